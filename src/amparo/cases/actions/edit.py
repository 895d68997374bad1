"""Change what is known of a person: coded facts, names, birth, contact."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from amparo.access.data import Actor, Stale
from amparo.access.gate import action, note
from amparo.access.scoping import update_scope
from amparo.cases.actions.changes import require_open_file
from amparo.cases.actions.names import announce_names
from amparo.cases.data import (
    BIRTH_FIELD,
    CONTACT_FIELD,
    NAMES_FIELD,
    AgeStatus,
    Birth,
    NameEntry,
    NationalityStanding,
    SafeContact,
    ThreeWay,
    age_facts,
)
from amparo.cases.data.limits import find_birth_problem, latest_day, require
from amparo.cases.models import File, Person
from amparo.core.truth import Truth
from amparo.vault import door
from amparo.vault.data import Compartment, Json


@action("cases.edit_person", about="person_id")
def edit_person(
    actor: Actor,
    *,
    now: datetime,
    person_id: UUID,
    version: int,
    names: Sequence[NameEntry],
    birth: Birth,
    age_status: AgeStatus,
    may_be_child: bool,
    sex_gender: str,
    languages: Sequence[str],
    needs_interpreter: ThreeWay,
    nationalities: Sequence[str],
    nationality_standing: NationalityStanding,
    statelessness_risks: Sequence[str],
    safe_contact: SafeContact,
) -> None:
    """Replace what is known of a person by what was submitted. Raises Stale on another version."""
    require_open_file(person_id)
    require(find_birth_problem(birth, latest_day(now)))
    age = age_facts(birth, status=age_status, may_be_child=may_be_child, as_of=now.date())
    _change_person(
        actor,
        person_id,
        version,
        {
            "sex_gender": sex_gender,
            "age_status": age.status,
            "age_band": age.band,
            "age_band_on": now.date(),
            "birth_precision": birth.precision,
            "adult_from": age.adult_from,
            "is_presumed_child": age.is_presumed_child,
            "languages": list(languages),
            "needs_interpreter": needs_interpreter,
            "nationalities": list(nationalities),
            "nationality_standing": nationality_standing,
            "statelessness_risks": list(statelessness_risks),
            "contact_mode": safe_contact.mode,
            "has_contact_warning": safe_contact.has_warning,
        },
        now,
    )
    update_scope(
        person_id,
        origin_states=nationalities,
        is_child=age.child_on(now.date()) is not Truth.NOT_ESTABLISHED,
    )
    identity: dict[str, Json] = {
        NAMES_FIELD: [name.to_json() for name in names],
        BIRTH_FIELD: birth.to_json(),
    }
    door.write(actor, person_id, Compartment.ID, identity, now=now)
    door.write(actor, person_id, Compartment.CONTACT, {CONTACT_FIELD: safe_contact.to_json()}, now=now)
    announce_names(person_id, File.objects.values_list("unit_id", flat=True).get(person_id=person_id))
    note(fields=["names", "birth", "facts", "contact"])


def _change_person(
    actor: Actor, person_id: UUID, version: int, changes: Mapping[str, Any], now: datetime
) -> None:
    changed = Person.objects.filter(person_id=person_id, version=version).update(
        **changes, version=version + 1, updated_at=now, updated_by=actor.ref
    )
    if not changed:
        raise Stale
