"""Texts that everybody reads lead to nobody: planted names and codes in each room, and no oracle."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from amparo.access.actions import exclude
from amparo.access.data import Actor, NamesSomebody, TellsWhoItIs
from amparo.access.public_texts import EVERY_TRACE, LAW, Named, comparing, find_lone_names, find_slips
from amparo.access.queries import machine_actor
from amparo.advocacy.actions import (
    add_commitment,
    add_event,
    edit_initiative,
    edit_wording,
    open_initiative,
    record_reading,
)
from amparo.advocacy.data import InitiativeTerms
from amparo.asylum.actions import ask_opinion, give_opinion
from amparo.asylum.data import Answer, Question
from amparo.cases import name_memory
from amparo.cases.actions import register_person
from amparo.cases.data import Birth, NameEntry, NameKind, Precision
from amparo.cases.queries import search_people
from amparo.doctrine.gaps import Value
from amparo.ledger.models import Entry as LedgerRow
from amparo.library.actions import add_entry, bring_up_to_date, edit_entry, import_entries
from amparo.library.data import Decision, Words
from amparo.panels.actions import add_topic, convene, found_body, record_outcome
from amparo.panels.data import BodyKind
from amparo.referrals import queries as referrals
from tests.asylum.test_opinions import ANSWER, SUMMARY
from tests.asylum.test_opinions import Desk as Opinions
from tests.asylum.test_opinions import desk as desk
from tests.people import Cast
from tests.referrals.conftest import make_desk

NOW = datetime(2026, 11, 20, 15, 0, tzinfo=UTC)
NAMED = "Así lo contó la señora QUISPE, Lucia, en la audiencia."
ALONE = "Así lo contó Zunilda en la audiencia."
CLEAN = "La ley protege a quien fue víctima de trata."
TERMS = InitiativeTerms("BILL", "GTM", "Reforma", "DRAFTED", ("L14",))


@pytest.fixture(autouse=True)
def empty_memory() -> Iterator[None]:
    yield
    name_memory._held.clear()


def register(actor: Actor, full: NameEntry) -> None:
    (unit_id,) = actor.unit_ids
    register_person(actor, now=NOW, unit_id=unit_id, names=[full], birth=Birth(Precision.UNKNOWN))


def knowing(actor: Actor) -> Actor:
    """Return an actor in whose unit are Lucía and Zunilda, and whose memory a search has filled."""
    register(actor, NameEntry(NameKind.OFFICIAL, "Lucía Esperanza", "Ñáñez", "Quispe"))
    register(actor, NameEntry(NameKind.OFFICIAL, "Zunilda"))
    search_people(actor, "nadie de aquí", now=NOW)
    return actor


def decision(text: str = CLEAN, **other: object) -> Decision:
    said: dict[str, object] = {
        "title": Words(es="Caso"),
        "forum": Words(es="Corte"),
        "summary": Words(es=text),
    }
    return Decision.model_validate({"key": "gt/x/1"} | said | other)


@dataclass
class Rooms:
    """One who keeps the law, with people in memory, and every way to write what everybody reads."""

    actor: Actor

    def ways(self) -> dict[str, Callable[[str], object]]:
        who, said = self.actor, {"country": "GTM", "row": "L14", "version": 0}
        reading = said | {"instrument": "gtm-9-2009", "value": Value.PARTIAL, "citations": ("gtm-9-2009/16",)}
        made = open_initiative(who, now=NOW, terms=TERMS)
        add_entry(who, now=NOW, content=decision(key="gt/x/0"))
        old = decision(key="gt/x/0")
        meeting = {"now": NOW, "meeting_id": convened(who)}
        topic_id = add_topic(who, title="Protocolo de fronteras", **meeting)  # type: ignore[arg-type]
        return {
            "library, added": lambda text: add_entry(who, now=NOW, content=decision(text)),
            "library, edited": lambda text: edit_entry(
                who, now=NOW, content=old.model_copy(update={"notes": [Words(es=text)]}), version=1
            ),
            "library, imported": lambda text: import_entries(who, now=NOW, contents=[decision(text=text)]),
            "reading": lambda text: record_reading(who, now=NOW, text=text, **reading),  # type: ignore[arg-type]
            "wording": lambda text: edit_wording(who, now=NOW, es=CLEAN, en=text, **said),  # type: ignore[arg-type]
            "initiative": lambda text: open_initiative(who, now=NOW, terms=replace(TERMS, text=text)),
            "initiative, edited": lambda text: edit_initiative(
                who, now=NOW, initiative_id=made, version=1, terms=replace(TERMS, title=text)
            ),
            "meeting": lambda text: add_event(
                who, now=NOW, initiative_id=made, kind="meeting", on=NOW.date(), text=text
            ),
            "commitment": lambda text: add_commitment(
                who, now=NOW, initiative_id=made, text="Firmar", owner=text, due_date=date(2027, 1, 1)
            ),
            "general point": lambda text: add_topic(who, title=text, **meeting),  # type: ignore[arg-type]
            "general point, its outcome": lambda text: record_outcome(
                who,
                topic_id=topic_id,
                outcome=text,
                **meeting,  # type: ignore[arg-type]
            ),
        }


def convened(secretary: Actor) -> UUID:
    """Return a meeting of a body whose secretariat the actor's unit keeps."""
    (unit_id,) = secretary.unit_ids
    body_id = found_body(
        machine_actor("setup", now=NOW),
        now=NOW,
        name="Coalición",
        kind=BodyKind.COALITION,
        unit_id=unit_id,
        procedures=[],
    )
    return convene(secretary, now=NOW, body_id=body_id, held_at=NOW + timedelta(days=3))


WAYS = [
    "library, added",
    "library, edited",
    "library, imported",
    "reading",
    "wording",
    "initiative",
    "initiative, edited",
    "meeting",
    "commitment",
    "general point",
    "general point, its outcome",
]


@pytest.mark.parametrize("way", WAYS)
def test_no_way_in_takes_a_name_or_a_code(cast: Cast, way: str) -> None:
    bring_up_to_date(now=NOW)
    write = Rooms(knowing(cast.bruno.actor_at(NOW))).ways()[way]
    with pytest.raises(NamesSomebody) as refused:
        write(NAMED)
    assert not {"quispe", "lucia"} & set(f"{refused.value.reason} {refused.value.details}".lower().split())
    assert refused.value.details["place"]
    with pytest.raises(TellsWhoItIs):
        write("Véase AM-G7UJ-FF7K.")
    write(ALONE)


def test_an_opinion_takes_no_name_in_any_of_its_texts(
    desk: Opinions, monkeypatch: pytest.MonkeyPatch
) -> None:
    asker, adviser = knowing(desk.asker), desk.answering
    with pytest.raises(NamesSomebody):
        ask(asker, desk, NAMED)
    with pytest.raises(TellsWhoItIs):
        ask(asker, desk, "El 3 de mayo de 2009 cruzó.")
    request_id = ask(asker, desk, SUMMARY)
    monkeypatch.setattr(comparing, "_comparisons", [_knows_quispe])
    for slip in ({"title": "Caso Quispe Ñáñez"}, {"statement": NAMED}):
        with pytest.raises(NamesSomebody):
            give_opinion(adviser, now=NOW, request_id=request_id, version=1, answer=answer(**slip))
    give_opinion(adviser, now=NOW, request_id=request_id, version=1, answer=answer(advice=NAMED))


def _knows_quispe(actor: Actor, texts: Sequence[str], now: datetime) -> list[Named]:
    return [Named.BY_NAME if "quispe" in text.lower() else Named.NOBODY for text in texts]


def ask(actor: Actor, desk: Opinions, summary: str) -> object:
    question: Question = desk.question(summary=summary)
    return ask_opinion(actor, now=NOW, unit_id=desk.officer.unit_id, question=question)


def answer(**changes: str) -> Answer:
    return replace(ANSWER, **changes)  # type: ignore[arg-type]


def slips(actor: Actor, text: str) -> list[str]:
    return [slip.kind for slip in find_slips(actor, {"x": text}, LAW, now=NOW)]


@pytest.mark.parametrize(
    ("text", "is_named"),
    [
        ("lucía ñáñez", True),
        ("NAÑEZ de QUISPE", True),
        ("Quispe, Lucia Esperanza", True),
        ("Lucía Gómez", False),
        ("Quispe pidió que no se supiera nada de lo que Lucía", False),
        ("Lucía Lucia", False),
        ("", False),
    ],
)
def test_two_parts_of_one_name_are_a_name(cast: Cast, text: str, is_named: bool) -> None:
    assert slips(knowing(cast.amina.actor_at(NOW)), text) == (["name"] if is_named else [])


def test_a_name_of_one_word_asks_for_a_second_look(cast: Cast) -> None:
    actor = knowing(cast.amina.actor_at(NOW))
    assert slips(actor, ALONE) == []
    assert find_lone_names(actor, {"a": ALONE, "b": CLEAN, "c": "Lucía"}, now=NOW) == ["a"]


def test_nothing_is_opened_for_the_comparison(cast: Cast) -> None:
    register(cast.amina.actor_at(NOW), NameEntry(NameKind.OFFICIAL, "Lucía", "Ñáñez"))
    before = LedgerRow.objects.count()
    actor = cast.amina.actor_at(NOW)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert slips(actor, "Lucía Ñáñez") == []
    assert len(queries) == 0
    search_people(actor, "nadie de aquí", now=NOW)
    searched = LedgerRow.objects.count()
    assert searched > before
    with CaptureQueriesContext(connection) as queries:
        assert slips(actor, "Lucía Ñáñez") == ["name"]
    assert len(queries) <= 2
    assert LedgerRow.objects.count() == searched


def test_it_is_no_oracle_of_whom_the_actor_may_not_know(cast: Cast) -> None:
    actor = knowing(cast.amina.actor_at(NOW))
    assert slips(actor, NAMED) == ["name"]
    assert slips(cast.dora.actor_at(NOW), NAMED) == []
    assert slips(cast.bruno.actor_at(NOW), NAMED) == []
    assert slips(cast.amina.locked.as_of(NOW), NAMED) == []
    name_memory.forget(cast.amina.id)
    assert slips(actor, NAMED) == []


def test_who_was_set_aside_since_the_search_learns_nothing(cast: Cast) -> None:
    actor = knowing(cast.amina.actor_at(NOW))
    (lucia,) = {one.person.id for one in search_people(actor, "Lucía Ñáñez Quispe", now=NOW)[:1]}
    exclude(
        cast.bruno.actor_at(NOW),
        now=NOW,
        person_id=lucia,
        staff_id=cast.amina.id,
    )
    assert slips(cast.amina.actor_at(NOW), NAMED) == []


def test_the_names_of_an_extract_that_was_opened_count_too(cast: Cast) -> None:
    desk = make_desk(cast)
    desk.consent()
    referral_id = desk.send()
    chidi = cast.chidi.actor_at(NOW)
    assert slips(chidi, NAMED) == []
    referrals.open_extract(chidi, referrals.get_received_referral(chidi, referral_id, now=NOW), now=NOW)
    assert slips(chidi, NAMED) == ["name"]
    assert slips(cast.dora.actor_at(NOW), NAMED) == []
    long_after = NOW.replace(year=2028)
    assert find_slips(chidi.as_of(long_after), {"x": NAMED}, EVERY_TRACE, now=long_after) == []


def test_the_page_puts_the_refusal_on_its_field_and_asks_to_read_again(cast: Cast) -> None:
    bring_up_to_date(now=NOW)
    knowing(cast.bruno.actor_at(NOW))
    bruno = cast.bruno.client(Client())
    bruno.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    typed = {"key": "gt/x/1", "title_es": "Caso", "forum_es": "Corte", "outcome": "unknown"}
    typed |= {"standing": "unknown", "status": "U-l", "text_language": "es"}
    address = reverse("library_add", args=["decision"])
    page = bruno.post(address, typed | {"summary_es": NAMED}).content.decode()
    assert 'id="id_summary_es-error"' in page
    assert "stands the name of a person" in page
    answer = bruno.post(address, typed | {"summary_es": ALONE})
    assert answer.status_code == 400
    assert 'name="read_again"' in answer.content.decode()
    assert bruno.post(address, typed | {"summary_es": ALONE, "read_again": "on"}).status_code == 302


def test_a_long_text_is_compared_quickly(cast: Cast) -> None:
    actor = knowing(cast.amina.actor_at(NOW))
    law = " ".join(f"articulo{number} Lucía del reino Quispe" for number in range(8000))
    started = datetime.now(UTC)
    slips(actor, law)
    assert (datetime.now(UTC) - started).total_seconds() < 3
