"""Small worlds for the tests of the gate: a person of the shelter, registered as an action would."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from uuid import UUID

from uuid_utils.compat import uuid7

from amparo.access.data import Actor
from amparo.access.gate import action, note
from amparo.access.models import Scope
from amparo.access.scoping import open_scope
from amparo.vault import door
from amparo.vault.data import Compartment
from tests.people import Cast

NOW = datetime(2026, 3, 2, 15, 0, tzinfo=UTC)


@action("cases.register_person", within="unit_id")
def register(
    actor: Actor, *, now: datetime, unit_id: UUID, origin_states: Iterable[str] = (), is_child: bool = False
) -> UUID:
    """Register a person as cases does, with a name and a note in the vault."""
    person_id = uuid7()
    code = open_scope(
        actor, person_id=person_id, unit_id=unit_id, origin_states=origin_states, is_child=is_child, now=now
    )
    door.create_person(actor, person_id, unit_id, now=now)
    door.write(actor, person_id, Compartment.ID, {"names": ["Yolanda Fictícia"]}, now=now)
    door.write(actor, person_id, Compartment.NARRATIVE, {"note.1": "Relato ficticio"}, now=now)
    note(subject=code)
    return person_id


def person_of(cast: Cast, **facts: object) -> UUID:
    """Register a person in the shelter's unit, by Amina."""
    return register(cast.amina.actor_at(NOW), now=NOW, unit_id=cast.amina.unit_id, **facts)  # type: ignore[arg-type]


def code_of(person_id: UUID) -> str:
    return Scope.objects.values_list("code", flat=True).get(id=person_id)
