"""The directory and referrals as lists; the sender's side and the receiver's are apart."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from amparo.access.data import Actor
from amparo.access.queries import list_staff
from amparo.access.scoping import permitted
from amparo.core.refusal import Unknown
from amparo.referrals.data import (
    OPEN_STATES,
    STOPPED_STATES,
    Ending,
    OfferLine,
    Party,
    ReferralLine,
    ReferralState,
    WaitingReferral,
)
from amparo.referrals.models import Referral, ServiceOffer
from amparo.referrals.receiving import received_by

SIDES = (
    "from_unit__agency",
    "to_unit__agency",
    "to_staff",
    "sent_by",
    "accepted_by",
    "answered_by",
    "stopped_by",
)
LIST_LIMIT = 200
READ = "referrals.read"
WAITING_STATES = [ReferralState.DRAFT, ReferralState.IN_PROGRESS]
WAITING_COLUMNS = (
    *("state", "id", "person_id", "reference", "person__code", "sent_by_id", "sent_at"),
    *("due_at", "escalate_at", "expires_at", "accepted_at", "ended_at"),
)


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


def list_on_consent(actor: Actor, person_id: UUID, consent_id: UUID) -> list[ReferralLine]:
    """Return the open referrals that stand on a consent, and those that ended with it. One query."""
    stands = Q(state__in=sorted(OPEN_STATES)) | Q(ended_because=Ending.CONSENT_WITHDRAWN)
    rows = sent_by(actor).filter(stands, person_id=person_id, consent_id=consent_id)
    return [line_of(row, for_sender=True) for row in rows.order_by("-sent_at", "-id")[:LIST_LIMIT]]


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
    return with_sides(_sent_by(actor))


def _sent_by(actor: Actor) -> QuerySet[Referral]:
    return Referral.objects.filter(permitted(actor, READ, "person_id"))


def list_waiting(actor: Actor) -> list[WaitingReferral]:
    """Return what the sender's side waits for or has not seen yet, soonest due first. One query."""
    return _waiting(_sent_by(actor).filter(Q(state__in=WAITING_STATES) | Q(seen_by_sender_at=None)))


def list_at_desk(actor: Actor, *, now: datetime) -> list[WaitingReferral]:
    """Return what reached the actor and asks something of them, soonest due first, without case codes.

    That is what is open, and what was withdrawn or expired until one of the desk says that they
    stopped. One query.
    """
    asks = Q(state__in=sorted(OPEN_STATES)) | Q(state__in=sorted(STOPPED_STATES), stopped_at=None)
    rows = _waiting(received_by(actor, now=now).filter(asks))
    return [replace(row, code="") for row in rows]


def find_waiting(person_id: UUID) -> WaitingReferral | None:
    """Return the referral about a person that waits and is due first, for the sender's side. One query."""
    rows = _waiting(Referral.objects.filter(person_id=person_id, state__in=WAITING_STATES), limit=1)
    return rows[0] if rows else None


def _waiting(rows: QuerySet[Referral], *, limit: int = LIST_LIMIT) -> list[WaitingReferral]:
    """Read only what a line of the worklist needs: a whole referral joins ten tables."""
    found = rows.order_by("due_at", "id").values_list(*WAITING_COLUMNS)[:limit]
    return [WaitingReferral(ReferralState(state), *rest) for state, *rest in found]


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
        has_arrived=row.grant_id is not None,
        stopped_by=name(row.stopped_by),
        stopped_at=row.stopped_at,
    )
