"""Register a person: scope, keys, coded facts, file, and the identifying data in the vault."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError
from uuid_utils.compat import uuid7

from amparo.access.data import Actor
from amparo.access.gate import action, note
from amparo.access.scoping import open_scope
from amparo.cases.actions.names import announce_names
from amparo.cases.data import (
    BIRTH_FIELD,
    CONTACT_FIELD,
    NAMES_FIELD,
    AgeStatus,
    AlreadyRegistered,
    Birth,
    FileState,
    NameEntry,
    NationalityStanding,
    NoCustodians,
    SafeContact,
    ThreeWay,
    age_facts,
)
from amparo.cases.data.limits import find_birth_problem, latest_day, require
from amparo.cases.models import File, FileEvent, Person
from amparo.core.truth import Truth
from amparo.vault import door
from amparo.vault.data import Compartment, Json
from amparo.vault.queries import has_custodians


@action("cases.register_person", within="unit_id")
def register_person(
    actor: Actor,
    *,
    now: datetime,
    unit_id: UUID,
    names: Sequence[NameEntry],
    birth: Birth,
    age_status: AgeStatus = AgeStatus.UNKNOWN,
    may_be_child: bool = False,
    sex_gender: str = "UNKNOWN",
    languages: Sequence[str] = (),
    needs_interpreter: ThreeWay = ThreeWay.UNKNOWN,
    nationalities: Sequence[str] = (),
    nationality_standing: NationalityStanding = NationalityStanding.UNKNOWN,
    origin_states: Sequence[str] = (),
    statelessness_risks: Sequence[str] = (),
    safe_contact: SafeContact | None = None,
    duplicates_dismissed: int = 0,
    person_id: UUID | None = None,
) -> UUID:
    """Register a person and open their file; return the person's id.

    ``origin_states`` are countries of origin or habitual residence beside the nationalities; both
    close the file to the agencies of those States. ``duplicates_dismissed`` counts the people whom
    the worker saw and called other people. ``person_id`` is the id that a form carried, so that the
    same form never registers two people: the second time raises :class:`AlreadyRegistered`. Raises
    :class:`NoCustodians` while nobody could recover the unit's keys.
    """
    if not has_custodians(unit_id):
        raise NoCustodians
    require(find_birth_problem(birth, latest_day(now)))
    form_id, person_id = person_id, person_id or uuid7()
    today = now.date()
    age = age_facts(birth, status=age_status, may_be_child=may_be_child, as_of=today)
    try:
        code = open_scope(
            actor,
            person_id=person_id,
            unit_id=unit_id,
            origin_states=sorted({*nationalities, *origin_states}),
            is_child=age.child_on(today) is not Truth.NOT_ESTABLISHED,
            now=now,
        )
    except IntegrityError as double:
        if form_id is None:
            raise
        raise AlreadyRegistered from double
    Person(
        person_id=person_id,
        sex_gender=sex_gender,
        age_status=age.status,
        age_band=age.band,
        age_band_on=today,
        birth_precision=birth.precision,
        adult_from=age.adult_from,
        is_presumed_child=age.is_presumed_child,
        languages=list(languages),
        needs_interpreter=needs_interpreter,
        nationalities=list(nationalities),
        nationality_standing=nationality_standing,
        statelessness_risks=list(statelessness_risks),
        contact_mode=safe_contact.mode if safe_contact else "",
        has_contact_warning=bool(safe_contact and safe_contact.has_warning),
        created_at=now,
        created_by=actor.ref,
        updated_at=now,
        updated_by=actor.ref,
    ).save(force_insert=True)
    _open_file(actor, person_id, unit_id, now)
    _seal_identity(actor, person_id, unit_id, names, birth, safe_contact, now)
    note(person=code, names=len(names), duplicates_dismissed=duplicates_dismissed)
    return person_id


def _open_file(actor: Actor, person_id: UUID, unit_id: UUID, now: datetime) -> None:
    File(
        person_id=person_id,
        unit_id=unit_id,
        opened_at=now,
        state=FileState.OPEN,
        updated_at=now,
        updated_by=actor.ref,
    ).save(force_insert=True)
    FileEvent(person_id=person_id, kind="OPENED", at=now, by=actor.ref).save(force_insert=True)


def _seal_identity(
    actor: Actor,
    person_id: UUID,
    unit_id: UUID,
    names: Sequence[NameEntry],
    birth: Birth,
    safe_contact: SafeContact | None,
    now: datetime,
) -> None:
    door.create_person(actor, person_id, unit_id, now=now)
    identity: dict[str, Json] = {
        NAMES_FIELD: [name.to_json() for name in names],
        BIRTH_FIELD: birth.to_json(),
    }
    door.write(actor, person_id, Compartment.ID, identity, now=now)
    if safe_contact is not None:
        door.write(actor, person_id, Compartment.CONTACT, {CONTACT_FIELD: safe_contact.to_json()}, now=now)
    announce_names(person_id, unit_id)
