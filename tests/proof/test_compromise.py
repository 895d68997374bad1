"""The table of compromises of THREAT_MODEL.md, run as an attack."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from amparo.access.actions import end_post, reset_password
from amparo.access.models import Membership, Staff
from amparo.access.queries import machine_actor
from amparo.core.names import normalise
from amparo.core.policy import Purpose
from amparo.site.paths import keys_folder
from amparo.vault import door, renewal
from amparo.vault.actions import complete_unit, create_agency_recovery, rotate_unit, unit_rotation
from amparo.vault.data import Compartment
from amparo.vault.door import PlainUse
from amparo.vault.locks import list_user_publics
from amparo.vault.models import Wrap
from tests.proof import routes
from tests.proof.homes import Canaries
from tests.proof.world import NOW, PASSPHRASES, Demo, register
from tests.vault.attacks import (
    Haul,
    Reached,
    open_everything,
    steal_database,
    steal_server_keys,
    unlock_stolen,
    with_old_locks,
)

pytestmark = pytest.mark.timeout(900)
NEW = "otra frase que nadie junta jamás"
ON_SQLITE = settings.DATABASES["default"]["ENGINE"].endswith("sqlite3")


@pytest.mark.slow
@pytest.mark.skipif(not ON_SQLITE, reason="the rows and locks that are attacked are the same on PostgreSQL")
def test_each_theft_opens_exactly_what_the_table_says(canaries: Canaries) -> None:
    said = canaries.run(sys.executable, "-m", "tests.proof.attack", "--prepare", log="attack.log")
    lines = said.splitlines()
    assert len([line for line in lines if line.endswith("holds")]) == len(PASSPHRASES) + 5
    assert not [line for line in lines if "DOES NOT HOLD" in line]


def steal(*privates: bytes, cards: Sequence[str] = (), rows: Mapping[str, Any] | None = None) -> Reached:
    """Open all that the database, the key files and these secrets open."""
    seals, pepper = steal_server_keys(keys_folder())
    return open_everything(Haul(rows or steal_database(), seals, pepper, privates, tuple(cards)))


def secret_of(demo: Demo, username: str) -> bytes:
    seals, pepper = steal_server_keys(keys_folder())
    haul = Haul(steal_database(), seals, pepper)
    private = unlock_stolen(haul, demo.staff[username], PASSPHRASES[username])
    assert private is not None
    return private


def test_two_cards_open_nothing_and_three_do(demo: Demo) -> None:
    agency_id = Staff.objects.values_list("agency_id", flat=True).get(username="bruno")
    cards = create_agency_recovery(agency_id, NOW)
    complete_unit(demo.keys["bruno"], demo.unit_of("bruno"), NOW)
    assert not steal(cards=cards[:2])
    assert steal(cards=cards[1:4]).fields


def test_an_expired_extract_opens_for_nobody_once_it_is_destroyed(demo: Demo) -> None:
    chidi = secret_of(demo, "chidi")
    sent = steal(chidi)
    assert sent.extracts
    assert not sent.fields
    rows = {**steal_database(), "Extract": []}
    assert not steal(chidi, rows=rows).extracts


def test_a_former_member_opens_nothing_that_is_left(demo: Demo) -> None:
    """With the key files and a new copy of the database. An old copy is what they had already."""
    amina = secret_of(demo, "amina")
    assert steal(amina).fields
    _end_post(demo, "amina")
    register(demo, "Nueva", "Llegada", states=("COL",))
    assert not steal(amina)


def test_a_former_member_who_kept_the_old_copy_opens_nothing_new_after_rotation(demo: Demo) -> None:
    """Until a supervisor rotates the unit's key, which is due at once, the kept key fits new files too."""
    amina, old = secret_of(demo, "amina"), steal_database()
    _end_post(demo, "amina")
    before = register(demo, "Antes", "Cambio", states=("COL",))
    assert before in _people(_with_old_keys(amina, old))
    rotate_unit(demo.keys["bruno"], demo.unit_of("bruno"), NOW)
    after = register(demo, "Después", "Cambio", states=("COL",))
    assert not _people(_with_old_keys(amina, old)) & {before, after}


def test_kept_data_keys_open_nothing_of_the_same_people_after_rotation(demo: Demo) -> None:
    """Also what is written later to a person whose data key the thief has in an old copy."""
    amina, old = secret_of(demo, "amina"), steal_database()
    known = _people(steal(amina))
    _end_post(demo, "amina")
    assert _people(_with_old_keys(amina, old)) >= known, "until the rotation the kept keys open"
    rotate_unit(demo.keys["bruno"], demo.unit_of("bruno"), NOW)
    assert known
    assert not _with_old_keys(amina, old).fields


def test_a_planted_rotation_that_keeps_the_data_keys_is_caught(
    demo: Demo, monkeypatch: pytest.MonkeyPatch
) -> None:
    def keep(records: Any, old: Mapping[int, bytes], target: renewal.Target) -> set[UUID]:
        for wrap in Wrap.objects.filter(record__in=records).select_related("record"):
            renewal._wrap_anew(wrap, old[wrap.record_id], list_user_publics([wrap.holder_id]), target)
            wrap.save()
        return set()

    monkeypatch.setattr(unit_rotation, "renew", keep)
    with pytest.raises(AssertionError):
        test_kept_data_keys_open_nothing_of_the_same_people_after_rotation(demo)


def _with_old_keys(private: bytes, old: Mapping[str, Any]) -> Reached:
    """The database of now, with the keys that the thief could open in the old copy."""
    return steal(private, rows=with_old_locks(old, steal_database()))


def _people(reached: Reached) -> set[UUID]:
    return {person_id for person_id, _part, _name in reached.fields}


def _end_post(demo: Demo, username: str) -> None:
    post = Membership.objects.get(staff_id=demo.staff[username], until_at=None)
    end_post(machine_actor("setup", now=NOW), now=NOW, post_id=post.id)


def test_a_reset_passphrase_signs_in_and_shows_no_name_on_any_page(demo: Demo) -> None:
    names = _names_of_the_shelter(demo)
    seen = _pages(demo, demo.client("amina"))
    assert any(name in page for name in names for page in seen), "unlocked, the pages show names"
    reset_password(demo.actor("eve"), now=NOW, staff_id=demo.staff["amina"], passphrase=NEW)
    client = Client()
    answer = client.post(reverse("account_login"), {"login": "amina", "password": NEW})
    assert answer.status_code == 302
    pages = _pages(demo, client)
    assert len(pages) > 30
    assert [name for name in names for page in pages if name in page] == []
    answer = client.post(reverse("access_unlock"), {"passphrase": NEW})
    assert answer.status_code == 422
    assert [name for name in names for page in _pages(demo, client) if name in page] == []


def _names_of_the_shelter(demo: Demo) -> set[str]:
    """Return the surnames of the people of the shelter, as a page would write them."""
    amina = demo.actor("amina")
    people = list(steal_database()["Identity"])
    ids = [row["person_id"] for row in people if row["unit_id"] in amina.unit_ids]
    opened = door.open_many(amina, ids, {Compartment.ID}, Purpose.CASE_WORK, now=NOW)
    names = set()
    for each in opened.values():
        veiled = each.get(Compartment.ID, "names")
        assert veiled is not None
        for entry in door.plain(veiled, PlainUse.COMPARE):
            names.add(entry["full"])
    return {name for name in names if len(normalise(name)) > 6}


def _pages(demo: Demo, client: Client) -> list[str]:
    """Look at every page; return what was shown, whatever its status."""
    pages = []
    for route in routes.walk():
        answer = client.get(routes.address(route, demo))
        if not answer.streaming and answer.headers.get("Content-Type", "").startswith("text/html"):
            pages.append(answer.content.decode())
    return pages
