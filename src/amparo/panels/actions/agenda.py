"""The unit of the file puts a procedure on an agenda, and shares a sealed extract with each seat."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from uuid_utils.compat import uuid7

from amparo.access.data import Actor
from amparo.access.gate import action, note, opens
from amparo.access.scoping import grant_receiver, shorten_receiver
from amparo.core.refusal import Unknown
from amparo.core.sharing import Item as SharedItem
from amparo.doctrine.registry import get_procedure_edition
from amparo.panels.data import Ending, MeetingState
from amparo.panels.data.refusals import (
    AlreadyOnAgenda,
    NotCompetent,
    TooLate,
)
from amparo.panels.models import Declaration, Item, Meeting, Sitting
from amparo.panels.queries.bodies import list_seats
from amparo.panels.queries.sharing import Share, facts_for, plan_shares
from amparo.panels.queries.words import place_of
from amparo.procedures.queries.rows import list_findings
from amparo.procedures.queries.stands import Stand, get_stand
from amparo.vault import door
from amparo.vault.data import Compartment


@opens("narrative")
@action("panels.put_on_agenda", about="person_id")
def put_on_agenda(
    actor: Actor, *, now: datetime, person_id: UUID, procedure_id: UUID, meeting_id: UUID
) -> UUID:
    """Put a procedure on the agenda of a meeting to come and share it with whoever may see it.

    Raises NotCompetent, TooLate, AlreadyOnAgenda; Unknown for what is not this person's.
    """
    stand = get_stand(procedure_id)
    meeting = Meeting.objects.select_related("body").filter(id=meeting_id).first()
    if stand.person_id != person_id or not stand.is_open or meeting is None:
        raise Unknown
    _require_competent(stand, meeting, now)
    if Item.objects.filter(procedure_id=procedure_id, meeting=meeting).exists():
        raise AlreadyOnAgenda
    item = Item.objects.create(
        person_id=person_id,
        procedure_id=procedure_id,
        meeting=meeting,
        added_at=now,
        added_by=actor.ref,
        added_by_name=actor.name,
    )
    note(item=str(item.id), meeting=str(meeting_id), procedure=stand.definition)
    share(actor, item, now)
    return item.id


def _require_competent(stand: Stand, meeting: Meeting, now: datetime) -> None:
    definition = get_procedure_edition(stand.definition, stand.edition)
    if definition.panel is None or definition.id not in meeting.body.procedures or meeting.body.ended_at:
        raise NotCompetent
    if meeting.state != MeetingState.CONVENED or meeting.held_at <= now:
        raise TooLate


@opens("narrative")
@action("panels.put_on_agenda", about="person_id")
def share_again(actor: Actor, *, now: datetime, person_id: UUID, item_id: UUID) -> int:
    """Share an item as it stands now; a seat for which a consent came later is added. Returns how many."""
    return share(actor, get_item(person_id, item_id), now)


def get_item(person_id: UUID, item_id: UUID) -> Item:
    """Lock an item of that person for the running action. Raises Unknown."""
    rows = Item.objects.select_for_update(of=("self",)).filter(id=item_id, person_id=person_id)
    item = rows.select_related("person", "procedure", "meeting__body").first()
    if not isinstance(item, Item):
        raise Unknown
    return item


def share(actor: Actor, item: Item, now: datetime) -> int:
    """Seal what each seat may read now, inside the running action. Nobody recused gets it again.

    What was sealed before is destroyed; what is no longer allowed ends. Returns the seats that have it.
    """
    sittings = {one.seat_id: one for one in Sitting.objects.filter(item=item).order_by("id")}
    recused = set(
        Declaration.objects.filter(item=item).exclude(conflict="").values_list("seat_id", flat=True)
    )
    over = {seat_id for seat_id, one in sittings.items() if one.ended_at is not None}
    seats = [one for one in list_seats([item.meeting.body_id]) if one.id not in recused | over]
    shared = 0
    for plan in plan_shares(actor, item, seats, now=now):
        sitting = sittings.get(plan.seat.id)
        if not plan.why_not and plan.expires_at > now:
            _share_one(actor, item, plan, sitting, now)
            shared += 1
        elif sitting is not None:
            end_sitting(sitting, Ending.TERM_OVER, now)
    note(shared=shared)
    return shared


def _share_one(actor: Actor, item: Item, share: Share, sitting: Sitting | None, now: datetime) -> None:
    if sitting is None:
        sitting = Sitting(id=uuid7(), item=item, seat_id=share.seat.id)
    sitting.shared_at, sitting.expires_at = now, share.expires_at
    if not share.is_home:
        _seal(actor, item, share, sitting, now)
    sitting.save()


def _seal(actor: Actor, item: Item, share: Share, sitting: Sitting, now: datetime) -> None:
    """Seal a fresh extract for the seat's unit and make its holder receiver of it, never of the file."""
    assert share.plan is not None
    assert share.consent is not None
    if sitting.extract_id is not None:
        door.destroy_extract(sitting.extract_id, now=now)
    if sitting.grant_id is None or sitting.consent_id != share.consent.id:
        if sitting.grant_id is not None:
            shorten_receiver(sitting.grant_id, until_at=now)
        sitting.grant_id = grant_receiver(
            actor,
            person_id=item.person_id,
            unit_id=share.seat.unit_id,
            staff_id=share.seat.staff_id,
            until_at=share.expires_at,
            now=now,
        )
    sitting.consent_id = share.consent.id
    sitting.extract_id = uuid7()
    sitting.shared_items = sorted(share.plan.included)
    door.seal_extract(
        actor,
        item.person_id,
        {Compartment.NARRATIVE: list_places(item, with_story=SharedItem.STORY in share.plan.included)},
        share.seat.unit_id,
        extract_id=sitting.extract_id,
        expires_at=share.expires_at,
        extra=facts_for(actor, item, share.plan, now=now),
        now=now,
    )


def list_places(item: Item, *, with_story: bool) -> list[str]:
    """Return the narrative fields that members read: the panel's own words, and the reasons if agreed."""
    decisions = item.decisions.filter(withdrawn_at=None)
    rows = [
        *item.wishes.order_by("at", "id"),
        *item.options.order_by("code", "id"),
        *item.agency_views.filter(is_taken_in=True).order_by("at", "id"),
        *decisions.order_by("recorded_at", "id"),
        *item.ballots.filter(decision__in=decisions, is_taken_in=True).order_by("at", "id"),
    ]
    story = [f"finding.{one.id}" for one in list_findings(item.procedure_id) if one.stands]
    return [place_of(row) for row in rows] + (story if with_story else [])


def end_sitting(sitting: Sitting, ending: Ending, now: datetime) -> None:
    """End a sitting inside the running action: the extract is destroyed, the receiver's relation ends."""
    if sitting.extract_id is not None:
        door.destroy_extract(sitting.extract_id, now=now)
    if sitting.grant_id is not None:
        shorten_receiver(sitting.grant_id, until_at=now)
    sitting.ended_at, sitting.ended_because, sitting.extract_id = now, ending, None
    sitting.save(update_fields=["ended_at", "ended_because", "extract_id"])
    note(sitting=str(sitting.id), ending=ending)


@action("panels.stop_sharing", about="person_id")
def stop_sharing(actor: Actor, *, now: datetime, person_id: UUID, consent_id: UUID) -> int:
    """End every sitting that stands on a withdrawn consent; return how many."""
    rows = Sitting.objects.filter(item__person_id=person_id, consent_id=consent_id, ended_at=None)
    sittings = list(rows.order_by("id"))
    for sitting in sittings:
        end_sitting(sitting, Ending.CONSENT_WITHDRAWN, now)
    note(sittings=len(sittings))
    return len(sittings)
