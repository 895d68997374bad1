"""The page of the ledger says what sealed fields hold, in words, and shows no id."""

from __future__ import annotations

import re
from pathlib import Path
from uuid import uuid4

import pytest
from django.conf import settings
from django.test import Client
from django.utils import translation

from amparo.access.gate import writes_outside_actions
from amparo.access.queries import ledger_lines
from amparo.access.verbs import VERBS
from amparo.access.words import COMPARTMENTS, FIELD_OF_ANOTHER_KIND, FIELDS
from amparo.ledger.record import record
from amparo.panels.queries.words import PLACES
from tests.people import BORN_AT, Cast

SOURCE = Path(__file__).parents[2] / "src" / "amparo"
UUID_PATTERN = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-")
WRITTEN = re.compile(
    r"""(?:seal_text\([^"]*|words = \{|field = \{|NARRATIVE, \{|\.ID, \{|return )f"([a-z_]+)\.\{"""
)
"""Where a room names a sealed field after a row of its own."""


def kinds_written() -> set[str]:
    """Return the first words of the sealed fields that the source writes."""
    found = {
        kind
        for path in SOURCE.rglob("*.py")
        if path.parent.name in {"actions", "queries"} and "vault" not in path.parts
        for kind in WRITTEN.findall(path.read_text(encoding="utf-8"))
    }
    return found | set(PLACES.values())


def words_of(*names: str) -> str:
    with translation.override("en"):
        return ledger_lines._told("fields", list(names))


def test_the_id_of_a_row_becomes_what_the_field_holds() -> None:
    assert words_of(f"finding.{uuid4()}") == "reasons of a finding"
    assert words_of(f"narrative.finding.{uuid4()}", f"narrative.finding.{uuid4()}", "id.names") == (
        "reasons of a finding × 2, names"
    )


def test_contact_is_a_part_of_an_extract_a_message_or_the_contact() -> None:
    assert words_of("contact.safe_contact") == "safe contact"
    assert words_of(f"contact.{uuid4()}") == "message to a foreign authority"
    assert words_of("contact") == "contact"


def test_a_field_of_an_unknown_kind_shows_no_id_either() -> None:
    assert words_of(f"novelty.{uuid4()}") == "another sealed field"
    assert words_of(str(uuid4())) == "another sealed field"


def test_every_kind_that_the_rooms_write_has_words() -> None:
    kinds = kinds_written()
    assert {"finding", "note", "relative", "dissent", "contact", "referral"} <= kinds
    assert kinds <= FIELDS.keys()


def test_a_planted_kind_without_words_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(FIELDS, "finding")
    with pytest.raises(AssertionError):
        test_every_kind_that_the_rooms_write_has_words()


@pytest.mark.parametrize("language", ["es", "en"])
def test_the_page_shows_words_in_both_languages_and_no_id(cast: Cast, language: str) -> None:
    names = [f"{kind}.{uuid4()}" for kind in FIELDS] + [f"narrative.note.{uuid4()}"]
    with writes_outside_actions("an entry of every kind"):
        for name in names:
            record(cast.amina.actor.ref, "vault.write", details={"fields": [name]}, now=BORN_AT)
    client = cast.ines.client(Client())
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    page = client.get("/oversight/openings/", {"all": "1"}).content.decode()
    table = page[page.index("<tbody>") : page.index("</tbody>")]
    assert not UUID_PATTERN.search(table)
    with translation.override(language):
        assert str(FIELDS["finding"]) in table
        assert str(FIELD_OF_ANOTHER_KIND) not in table


ACTS = re.compile(r"""(?:@action\(|hooks\.record\([^,]+,)\s*"([a-z]+\.[a-z_]+)\"""")
"""Where the source names an action of the gate, or an act that the vault writes into the ledger."""


def acts_written() -> set[str]:
    found = {
        name for path in SOURCE.glob("*/**/*.py") for name in ACTS.findall(path.read_text(encoding="utf-8"))
    }
    return found - {"room.verb"}


def test_every_act_that_is_recorded_has_words() -> None:
    assert {"cases.register_person", "procedures.record_finding", "vault.unlock"} <= acts_written()
    assert acts_written() - VERBS.keys() == set()


def test_a_planted_act_without_words_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(VERBS, "procedures.record_finding")
    with pytest.raises(AssertionError):
        test_every_act_that_is_recorded_has_words()


def test_a_line_names_procedures_and_machines_in_words(cast: Cast) -> None:
    with writes_outside_actions("an entry of the clock"):
        details = {"procedure": "resettlement", "element": "trafficking.act.transport"}
        record("machine:clock", "referrals.escalate", details=details, now=BORN_AT)
    client = cast.ines.client(Client())
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    page = client.get("/oversight/openings/", {"all": "1"}).content.decode()
    for words in (
        "Amparo, by itself",
        "Reminded of a referral",
        "Procedure: Resettlement",
        "Element: Transport",
    ):
        assert words in page


def test_spanish_has_words_of_its_own() -> None:
    for promise in (*FIELDS.values(), *VERBS.values(), FIELD_OF_ANOTHER_KIND, *COMPARTMENTS.values()):
        with translation.override("en"):
            english = str(promise)
        with translation.override("es"):
            assert str(promise) != english, english
