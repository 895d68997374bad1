"""People of other agencies who take part: invited on a consent, shown what is signed, and nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, time, timedelta
from typing import Any
from uuid import UUID

from uuid_utils.compat import uuid7

from amparo.access.data import Actor, UnitLine
from amparo.access.gate import action, note
from amparo.access.queries import list_staff, list_units
from amparo.access.scoping import bars_on_receiver, grant_receiver, shorten_receiver
from amparo.cases.data import ConsentRef
from amparo.cases.queries import find_consent
from amparo.core.refusal import Unknown
from amparo.procedures.actions.changes import lock_procedure
from amparo.procedures.data.refusals import NeedsBasis, NotToThem
from amparo.procedures.models import Participant, Procedure
from amparo.procedures.queries.choices import list_standing, place_of
from amparo.procedures.queries.extracts import build_extra
from amparo.procedures.queries.gate import gate_of
from amparo.procedures.queries.parts import CONSENT_PURPOSES
from amparo.procedures.queries.rows import list_findings
from amparo.vault.data import Compartment
from amparo.vault.door import destroy_extract, seal_extract


@action("procedures.add_participant", about="person_id")
def add_participant(
    actor: Actor,
    *,
    now: datetime,
    person_id: UUID,
    procedure_id: UUID,
    unit_id: UUID,
    staff_id: UUID,
    standing: str = "member",
) -> UUID:
    """Invite a member of another unit into one procedure, on a consent in force for that unit.

    They become a receiver of this extract, never of the file, until the consent ends. Raises
    NeedsBasis without a consent, and NotToThem where no setting could allow it.
    """
    procedure = lock_procedure(person_id, procedure_id)
    unit = _find_unit(unit_id, staff_id)
    if bars_on_receiver(person_id, agency_kind=unit.agency_kind, agency_state=unit.agency_state):
        raise NotToThem
    consent = _find_basis(actor, person_id, unit_id, now)
    until_at = datetime.combine(consent.until_date + timedelta(days=1), time(), tzinfo=now.tzinfo)
    grant_id = grant_receiver(
        actor, person_id=person_id, unit_id=unit_id, staff_id=staff_id, until_at=until_at, now=now
    )
    participant = Participant.objects.create(
        id=uuid7(),
        procedure=procedure,
        staff_id=staff_id,
        unit_id=unit_id,
        agency_kind=unit.agency_kind,
        standing=standing,
        basis="consent",
        basis_id=consent.id,
        grant_id=grant_id,
        invited_by=actor.ref,
        from_at=now,
    )
    note(participant=str(participant.id), unit=str(unit_id), agency_kind=unit.agency_kind)
    _seal_reasons(actor, procedure, participant, consent, now)
    return participant.id


@action("procedures.add_participant", about="person_id")
def send_reasons(
    actor: Actor, *, now: datetime, person_id: UUID, procedure_id: UUID, participant_id: UUID
) -> None:
    """Seal the reasons as they stand now for a participant: what was sealed before is not changed.

    Raises NeedsBasis when the consent ended in the meantime.
    """
    procedure = lock_procedure(person_id, procedure_id)
    participant = _find_participant(procedure, participant_id)
    consent = _find_basis(actor, person_id, participant.unit_id, now)
    _seal_reasons(actor, procedure, participant, consent, now)


@action("procedures.add_participant", about="person_id")
def end_participation(
    actor: Actor, *, now: datetime, person_id: UUID, procedure_id: UUID, participant_id: UUID
) -> None:
    """End somebody's part; what they signed stays."""
    procedure = lock_procedure(person_id, procedure_id)
    _end_part(_find_participant(procedure, participant_id), now)


@action("procedures.stop_sharing", about="person_id")
def stop_sharing(actor: Actor, *, now: datetime, person_id: UUID, consent_id: UUID) -> int:
    """End every part that stands on a withdrawn consent; return how many. What was signed stays."""
    rows = Participant.objects.filter(
        procedure__person_id=person_id, basis="consent", basis_id=consent_id, until_at=None
    )
    parts = list(rows.select_for_update(of=("self",)).order_by("id"))
    for participant in parts:
        _end_part(participant, now)
    note(participants=len(parts))
    return len(parts)


def _end_part(participant: Participant, now: datetime) -> None:
    """End a part inside the running action: its extract is destroyed, the receiver's relation ends."""
    if participant.extract_id is not None:
        destroy_extract(participant.extract_id, now=now)
    if participant.grant_id is not None:
        shorten_receiver(participant.grant_id, until_at=now)
    participant.until_at, participant.extract_id = now, None
    participant.save(update_fields=["until_at", "extract_id"])
    note(participant=str(participant.id))


def person_of_part(arguments: Mapping[str, Any]) -> UUID:
    """Find whom a participant's action is about. Raises Unknown."""
    found = Participant.objects.filter(id=arguments["participant_id"], until_at=None)
    person_id = found.values_list("procedure__person_id", flat=True).first()
    if person_id is None:
        raise Unknown
    return UUID(str(person_id))


def _find_unit(unit_id: UUID, staff_id: UUID) -> UnitLine:
    unit = next((one for one in list_units() if one.id == unit_id), None)
    is_member = any(one.id == staff_id and one.is_active for one in list_staff(unit_id=unit_id))
    if unit is None or not is_member:
        raise Unknown
    return unit


def _find_participant(procedure: Procedure, participant_id: UUID) -> Participant:
    found = Participant.objects.filter(id=participant_id, procedure=procedure, until_at=None).first()
    if not isinstance(found, Participant):
        raise Unknown
    return found


def _find_basis(actor: Actor, person_id: UUID, unit_id: UUID, now: datetime) -> ConsentRef:
    for purpose in CONSENT_PURPOSES:
        consent = find_consent(actor, person_id, purpose=purpose, recipient_unit_id=unit_id, as_of=now.date())
        if consent is not None:
            return consent
    raise NeedsBasis


def _seal_reasons(
    actor: Actor, procedure: Procedure, participant: Participant, consent: ConsentRef, now: datetime
) -> None:
    """Seal the reasons of what stands, findings and choices, with the law cited; only those, for the unit."""
    chosen = [place_of(one.id) for one in list_standing(procedure).values()]
    standing = [one for one in list_findings(procedure.id) if one.stands]
    extract_id = uuid7()
    participant.extract_id = extract_id
    participant.sealed_digest = gate_of(procedure, language="es", as_of=now).digest
    participant.save(update_fields=["extract_id", "sealed_digest"])
    seal_extract(
        actor,
        procedure.person_id,
        {Compartment.NARRATIVE: [f"finding.{one.said_id}" for one in standing] + chosen},
        participant.unit_id,
        extract_id=extract_id,
        expires_at=datetime.combine(consent.until_date + timedelta(days=1), time(), tzinfo=now.tzinfo),
        extra=build_extra(procedure, standing),
        now=now,
    )
