"""The directory and referrals as lists; the sender's side and the receiver's are apart."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from amparo.access.data import Actor
from amparo.access.queries import list_staff
from amparo.access.scoping import scopes_where
from amparo.core.refusal import Unknown
from amparo.referrals.data import (
    OPEN_STATES,
    OfferLine,
    Party,
    ReferralLine,
    ReferralState,
)
from amparo.referrals.models import Referral, ServiceOffer
from amparo.referrals.receiving import received_by

SIDES = ("from_unit__agency", "to_unit__agency", "to_staff", "sent_by", "accepted_by", "answered_by")
LIST_LIMIT = 200
READ = "referrals.read"


def list_offers(service_type: str = "") -> list[OfferLine]:
    """Return the directory: active offers by service, agency and unit. One query."""
    rows = ServiceOffer.objects.filter(is_active=True).select_related("unit__agency")
    if service_type:
        rows = rows.filter(service_type=service_type)
    ordered = rows.order_by("service_type", "unit__agency__name", "unit__name", "id")
    return [OfferLine(row.id, row.service_type, party_of(row.unit), row.call_line) for row in ordered]


def list_desk_staff(unit_ids: Collection[UUID]) -> dict[UUID, list[tuple[UUID, str]]]:
    """Return who works in each of these units, by name. One query for each unit."""
    return {
        unit_id: [(line.id, line.name) for line in list_staff(unit_id=unit_id) if line.is_active]
        for unit_id in sorted(unit_ids)
    }


def list_referrals(actor: Actor, person_id: UUID) -> list[ReferralLine]:
    """Return the referrals of a person, latest first, for the side that holds the file. One query."""
    rows = sent_by(actor).filter(person_id=person_id).order_by("-sent_at", "-id")
    return [line_of(row, for_sender=True) for row in rows[:LIST_LIMIT]]


def get_sent_referral(actor: Actor, referral_id: UUID) -> ReferralLine:
    """Return one referral for the side that holds the file. Raises Unknown. One query."""
    row = sent_by(actor).filter(id=referral_id).first()
    if row is None:
        raise Unknown
    return line_of(row, for_sender=True)


def was_sent(actor: Actor, person_id: UUID, referral_id: UUID) -> bool:
    """Return whether the side that holds the person's file has this referral. One query."""
    return sent_by(actor).filter(id=referral_id, person_id=person_id).exists()


def list_inbox(actor: Actor, *, now: datetime) -> list[ReferralLine]:
    """Return what reached the actor, open ones first and soonest due first. One query."""
    rows = with_sides(received_by(actor, now=now)).order_by("due_at", "id")[:LIST_LIMIT]
    lines = [line_of(row, for_sender=False) for row in rows]
    return sorted(lines, key=lambda line: not line.is_open)


def get_received_referral(actor: Actor, referral_id: UUID, *, now: datetime) -> ReferralLine:
    """Return one referral that reached the actor. Raises Unknown. One query."""
    row = with_sides(received_by(actor, now=now)).filter(id=referral_id).first()
    if row is None:
        raise Unknown
    return line_of(row, for_sender=False)


def find_person_of_extract(extract_id: UUID) -> UUID:
    """Return whom an extract is about, for the vault's permit. Raises Unknown. One query."""
    rows = Referral.objects.filter(id=extract_id)
    person_id: UUID | None = rows.values_list("person_id", flat=True).first()
    if person_id is None:
        raise Unknown
    return person_id


@dataclass(frozen=True, slots=True)
class DueReferral:
    """A referral whose clock asks for something."""

    id: UUID
    person_id: UUID


def list_to_expire(now: datetime) -> list[DueReferral]:
    """Return the open referrals whose time is over. One query."""
    rows = Referral.objects.filter(state__in=sorted(OPEN_STATES), expires_at__lte=now)
    return [DueReferral(*row) for row in rows.order_by("expires_at", "id").values_list("id", "person_id")]


def list_to_escalate(now: datetime) -> list[DueReferral]:
    """Return the referrals that nobody accepted in half the window and that are not escalated. One query."""
    rows = Referral.objects.filter(
        state=ReferralState.IN_PROGRESS, escalated_at=None, escalate_at__lte=now, expires_at__gt=now
    )
    return [DueReferral(*row) for row in rows.order_by("escalate_at", "id").values_list("id", "person_id")]


def sent_by(actor: Actor) -> QuerySet[Referral]:
    """Return the referrals that the actor may read as the side that holds the file."""
    allowed = scopes_where(actor, READ).filter(pk=OuterRef("person_id"))
    return with_sides(Referral.objects.filter(Exists(allowed)))


def list_waiting(actor: Actor) -> list[ReferralLine]:
    """Return what the sender's side waits for or has not seen yet, soonest due first. One query."""
    waiting = Q(state__in=[ReferralState.DRAFT, ReferralState.IN_PROGRESS])
    rows = sent_by(actor).filter(waiting | Q(seen_by_sender_at=None)).order_by("due_at", "id")
    return [line_of(row, for_sender=True) for row in rows[:LIST_LIMIT]]


def find_waiting(person_id: UUID) -> ReferralLine | None:
    """Return the referral about a person that waits and is due first, for the sender's side.

    One query, and one more when there is one: most files have none, and a line joins ten tables.
    """
    waiting = [ReferralState.DRAFT, ReferralState.IN_PROGRESS]
    rows = Referral.objects.filter(person_id=person_id, state__in=waiting).order_by("due_at", "id")
    first_id = rows.values_list("id", flat=True).first()
    if first_id is None:
        return None
    return line_of(with_sides(Referral.objects.filter(id=first_id)).get(), for_sender=True)


def with_sides(rows: QuerySet[Referral]) -> QuerySet[Referral]:
    return rows.select_related("person", *SIDES, "override_signed_by")


def party_of(unit: object) -> Party:
    return Party(unit.id, unit.name, unit.agency.name, unit.agency.kind)  # type: ignore[attr-defined]


def line_of(row: Referral, *, for_sender: bool) -> ReferralLine:
    """Return a referral as a line. The receiver's side never learns the case code."""

    def name(staff: object) -> str:
        return staff.name if staff is not None else ""  # type: ignore[attr-defined]

    return ReferralLine(
        id=row.id,
        person_id=row.person_id,
        reference=row.reference,
        code=row.person.code if for_sender else "",
        sender=party_of(row.from_unit),
        receiver=party_of(row.to_unit),
        to_staff=name(row.to_staff),
        purpose=row.purpose,
        service_type=row.service_type,
        urgency=row.urgency,
        state=ReferralState(row.state),
        version=row.version,
        sent_by=name(row.sent_by),
        sent_by_id=row.sent_by_id,
        sent_at=row.sent_at,
        due_at=row.due_at,
        escalate_at=row.escalate_at,
        expires_at=row.expires_at,
        accepted_by=name(row.accepted_by),
        accepted_at=row.accepted_at,
        rejection=row.rejection,
        outcome=row.outcome,
        answered_by=name(row.answered_by),
        answered_at=row.answered_at,
        ended_because=row.ended_because,
        ended_at=row.ended_at,
        shared_items=tuple(row.shared_items),
        override_basis=row.override_basis if for_sender else "",
        override_signed_by=name(row.override_signed_by) if for_sender else "",
        answer_intake_id=row.answer_intake_id if for_sender else None,
        is_confirmed=row.confirmed_with_person_at is not None,
        is_seen=row.seen_by_sender_at is not None,
    )
