"""What the vault's openings leave in the ledger."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID, uuid4

import pytest

from amparo.access.gate import writes_outside_actions
from amparo.access.models import Agency, Scope, Unit
from amparo.access.vault_hooks import NAMED_AT_MOST, log
from amparo.core.policy import AgencyKind
from amparo.ledger.models import Entry, Mention

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
pytestmark = pytest.mark.django_db


def make_people(count: int) -> list[UUID]:
    agency = Agency.objects.create(name="Casa Ceibo", kind=AgencyKind.SHELTER)
    unit = Unit.objects.create(agency=agency, name="Equipo")
    with writes_outside_actions("set-up of a test"):
        made = [Scope(id=uuid4(), code=f"AM-T{number:03}", unit=unit) for number in range(count)]
        Scope.objects.bulk_create(made)
    return [scope.id for scope in made]


@pytest.mark.parametrize("count", [2, 61, NAMED_AT_MOST])
def test_a_list_is_one_entry_that_every_person_on_it_finds(count: int) -> None:
    log("staff:amina", "vault.open", make_people(count), {"count": count}, now=NOW)
    entry = Entry.objects.get()
    assert (entry.subject, entry.details["among_count"]) == ("", count)
    assert Mention.objects.filter(entry=entry).count() == count


def test_one_person_is_the_entry_s_subject() -> None:
    log("staff:amina", "vault.open", make_people(1), {"count": 1}, now=NOW)
    assert Entry.objects.get().subject == "AM-T000"
    assert not Mention.objects.exists()


def test_a_very_long_list_is_counted_only() -> None:
    count = NAMED_AT_MOST + 1
    log("staff:amina", "vault.open", make_people(count), {"count": count}, now=NOW)
    assert Entry.objects.get().details == {"count": count}
