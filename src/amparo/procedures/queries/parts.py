"""Taking part: what a member of another agency sees of one procedure, and of nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from amparo.access.data import Actor
from amparo.access.queries import list_staff, list_units
from amparo.access.scoping import ScopedQuerySet, bars_on_receiver, permitted
from amparo.cases.data import ConsentRef
from amparo.cases.queries import list_consents
from amparo.core.refusal import Unknown
from amparo.procedures.data.gates import GateState
from amparo.procedures.data.shapes import FindingView
from amparo.procedures.models import Participant
from amparo.procedures.queries.gate import gate_of
from amparo.procedures.queries.rows import list_findings

TAKE_PART = "procedures.take_part"
CONSENT_PURPOSES = ("RETURN", "PANEL", "ASYLUM")
"""A consent for any of these, to that unit, allows its member to take part."""


@dataclass(frozen=True, slots=True)
class PartView:
    """Somebody's part in a procedure. ``is_stale``: the reasons were sealed before something changed."""

    id: UUID
    procedure_id: UUID
    person_id: UUID
    code: str
    definition: str
    name: str
    agency_kind: str
    from_at: datetime
    extract_id: UUID | None
    sealed_digest: str


@dataclass(frozen=True, slots=True)
class PartPage:
    """What a participant is asked to sign: the conditions, what was concluded on each, and the reasons."""

    part: PartView
    gate: GateState
    findings: tuple[FindingView, ...]
    is_stale: bool
    has_signed: bool


def find_person_of_extract(extract_id: UUID) -> UUID:
    """Return whom an extract of this room is about. Raises Unknown for those of other rooms."""
    rows = Participant.objects.filter(extract_id=extract_id, until_at=None)
    person_id = rows.values_list("procedure__person_id", flat=True).first()
    if person_id is None:
        raise Unknown
    return UUID(str(person_id))


def list_parts(actor: Actor) -> list[PartView]:
    """Return the procedures in which the actor takes part, latest first. One query."""
    rows = _parts_of(actor).filter(procedure__is_open=True)
    return [_part_view(row) for row in rows.order_by("-from_at", "-id")]


def list_on_consent(actor: Actor, person_id: UUID, consent: ConsentRef) -> list[PartView]:
    """Return the parts of other agencies that a consent carries, or that ended with it. One query."""
    stands = Q(until_at=None) | Q(until_at=consent.withdrawn_at)
    rows = Participant.objects.where(actor, "procedures.read").filter(
        stands, procedure__person_id=person_id, basis="consent", basis_id=consent.id
    )
    return [
        _part_view(row) for row in rows.select_related("procedure__person", "staff").order_by("from_at", "id")
    ]


def get_part_page(actor: Actor, part_id: UUID, *, language: str, now: datetime) -> PartPage:
    """Return a participant's page. Raises Unknown for anybody else's, and when the part ended."""
    part = _parts_of(actor).filter(id=part_id).first()
    if not isinstance(part, Participant):
        raise Unknown
    gate = gate_of(part.procedure, language=language, as_of=now)
    return PartPage(
        part=_part_view(part),
        gate=gate,
        findings=tuple(one for one in list_findings(part.procedure_id) if one.stands),
        is_stale=part.sealed_digest != gate.digest,
        has_signed=any(one.staff_id == actor.staff_id for one in gate.current_signatures),
    )


def _parts_of(actor: Actor) -> ScopedQuerySet:
    """Return the actor's own parts, while policy lets them receive anything about the person."""
    if actor.staff_id is None:
        return Participant.objects.none()
    allowed = permitted(actor, TAKE_PART, "procedure__person_id")
    parts: ScopedQuerySet = Participant.objects.select_related("procedure__person", "staff").filter(
        allowed, staff_id=actor.staff_id, until_at=None
    )
    return parts.order_by()


def list_participants(procedure_id: UUID) -> list[PartView]:
    """Return who takes part in a procedure that the caller may see. One query."""
    rows = Participant.objects.filter(procedure_id=procedure_id, until_at=None)
    return [
        _part_view(row) for row in rows.select_related("procedure__person", "staff").order_by("from_at", "id")
    ]


def list_invitable(actor: Actor, person_id: UUID, *, now: datetime) -> list[tuple[str, str]]:
    """Return colleagues of units with a consent in force, as ("unit/staff", words)."""
    consented = _consented_units(actor, person_id, now)
    found: list[tuple[str, str]] = []
    for unit in list_units():
        if unit.id not in consented or bars_on_receiver(
            person_id, agency_kind=unit.agency_kind, agency_state=unit.agency_state
        ):
            continue
        found += [
            (f"{unit.id}/{one.id}", f"{one.name}, {unit.name}, {unit.agency_name}")
            for one in list_staff(unit_id=unit.id)
        ]
    return found


def _consented_units(actor: Actor, person_id: UUID, now: datetime) -> frozenset[UUID]:
    in_force = [
        one
        for one in list_consents(actor, person_id)
        if one.purpose in CONSENT_PURPOSES and one.holds_on(now.date())
    ]
    return frozenset(unit_id for one in in_force for unit_id in one.recipients)


def _part_view(row: Participant) -> PartView:
    return PartView(
        id=row.id,
        procedure_id=row.procedure_id,
        person_id=row.procedure.person_id,
        code=row.procedure.person.code,
        definition=row.procedure.definition,
        name=row.staff.name,
        agency_kind=row.agency_kind,
        from_at=row.from_at,
        extract_id=row.extract_id,
        sealed_digest=row.sealed_digest,
    )
