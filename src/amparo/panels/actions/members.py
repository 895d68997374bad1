"""What members do: declare their interest, give their agency's view, sign the decision.

Each act exists twice behind the gate: for members of other agencies, who hold a sealed extract, and for
members of the unit that holds the file. Which one runs follows from the sitting.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from uuid_utils.compat import uuid7

from amparo.access.data import Actor
from amparo.access.gate import action, note, opens
from amparo.core.quorum import Absence
from amparo.panels.actions.order import require_options, require_wishes, seal_words
from amparo.panels.actions.recusal import declare_for, person_of_item
from amparo.panels.actions.settling import settle
from amparo.panels.data import Stance, Vote
from amparo.panels.data.refusals import (
    AlreadyDecided,
    ApprovedIt,
    DeclareFirst,
    MembersOnly,
    NothingDecided,
    PreparedIt,
    SomethingElseNow,
)
from amparo.panels.data.shapes import ItemSeat
from amparo.panels.models import AgencyView, Ballot, Decision, Item, Sitting
from amparo.panels.queries.rulings import find_decision, signed_content
from amparo.panels.queries.sitting import get_sitting, list_item_seats
from amparo.panels.queries.words import place_of
from amparo.procedures.data.refusals import NeedsReasons
from amparo.vault import door
from amparo.vault.signatures import sign_as


def declare_interest(actor: Actor, *, now: datetime, item_id: UUID, conflict: str) -> None:
    """Declare that there is no conflict of interest ("") or which; a conflict recuses for good."""
    act = _declare_at_home if _is_home(actor, item_id, now) else _declare
    act(actor, now=now, item_id=item_id, conflict=conflict)


def give_view(
    actor: Actor, *, now: datetime, item_id: UUID, stances: Mapping[str, Stance], text: str
) -> None:
    """Say what one's agency thinks of each option. Raises DeclareFirst, WishesFirst, OptionsFirst."""
    act = _give_view_at_home if _is_home(actor, item_id, now) else _give_view
    act(actor, now=now, item_id=item_id, stances=stances, text=text)


def sign_decision(actor: Actor, *, now: datetime, item_id: UUID, digest: str, vote: Vote, text: str) -> bool:
    """Sign exactly what was shown, with it or with dissent; say whether the decision is in force now.

    Raises NothingDecided, SomethingElseNow, DeclareFirst, PreparedIt, MembersOnly; NeedsReasons for a
    dissent without reasons.
    """
    act = _sign_at_home if _is_home(actor, item_id, now) else _sign
    return act(actor, now=now, item_id=item_id, digest=digest, vote=vote, text=text)


def _is_home(actor: Actor, item_id: UUID, now: datetime) -> bool:
    return get_sitting(actor.as_of(now), item_id).grant_id is None


@action("panels.sit", by=person_of_item)
def _declare(actor: Actor, *, now: datetime, item_id: UUID, conflict: str) -> None:
    _write_declaration(actor, item_id, conflict, now)


@action("panels.sit_at_home", by=person_of_item)
def _declare_at_home(actor: Actor, *, now: datetime, item_id: UUID, conflict: str) -> None:
    _write_declaration(actor, item_id, conflict, now)


def _write_declaration(actor: Actor, item_id: UUID, conflict: str, now: datetime) -> None:
    sitting = get_sitting(actor, item_id)
    declare_for(actor, sitting.item, sitting.seat_id, conflict, now)


@opens("narrative")
@action("panels.sit", by=person_of_item)
def _give_view(
    actor: Actor, *, now: datetime, item_id: UUID, stances: Mapping[str, Stance], text: str
) -> None:
    _write_view(actor, item_id, stances, text, now)


@opens("narrative")
@action("panels.sit_at_home", by=person_of_item)
def _give_view_at_home(
    actor: Actor, *, now: datetime, item_id: UUID, stances: Mapping[str, Stance], text: str
) -> None:
    _write_view(actor, item_id, stances, text, now)


def _write_view(actor: Actor, item_id: UUID, stances: Mapping[str, Stance], text: str, now: datetime) -> None:
    sitting = get_sitting(actor, item_id)
    item = sitting.item
    require_wishes(item)
    require_options(item, set(stances))
    if _find_seat(sitting, now).absence is Absence.UNDECLARED:
        raise DeclareFirst
    decision = find_decision(item)
    if decision is not None and decision.in_force_at is not None:
        raise AlreadyDecided
    view = AgencyView(
        id=uuid7(), item=item, seat_id=sitting.seat_id, stances={**stances}, at=now, is_taken_in=True
    )
    _put_words(actor, sitting, view, text, now)
    view.save(force_insert=True)
    note(item=str(item_id), seat=str(sitting.seat_id), options=sorted(stances))


@opens("narrative")
@action("panels.sit", by=person_of_item)
def _sign(actor: Actor, *, now: datetime, item_id: UUID, digest: str, vote: Vote, text: str) -> bool:
    return _write_ballot(actor, item_id, digest, vote, text, now)


@opens("narrative")
@action("panels.sit_at_home", by=person_of_item)
def _sign_at_home(actor: Actor, *, now: datetime, item_id: UUID, digest: str, vote: Vote, text: str) -> bool:
    return _write_ballot(actor, item_id, digest, vote, text, now)


def _write_ballot(actor: Actor, item_id: UUID, digest: str, vote: Vote, text: str, now: datetime) -> bool:
    sitting = get_sitting(actor, item_id)
    decision = _require_open(sitting.item, digest)
    _require_vote(_find_seat(sitting, now))
    if vote is Vote.DISSENTS and not text.strip():
        raise NeedsReasons
    assert actor.staff_id is not None
    if decision.approved_by_id == actor.staff_id:
        raise ApprovedIt
    if not Ballot.objects.filter(decision=decision, seat_id=sitting.seat_id).exists():
        ballot = Ballot(
            id=uuid7(),
            item=sitting.item,
            decision=decision,
            seat_id=sitting.seat_id,
            staff_id=actor.staff_id,
            vote=vote,
            signature=sign_as(actor, signed_content(digest, vote)),
            at=now,
            is_taken_in=True,
        )
        _put_words(actor, sitting, ballot, text, now)
        ballot.save(force_insert=True)
    note(item=str(item_id), seat=str(sitting.seat_id), vote=vote, digest=digest)
    return settle(decision, now)


def _require_open(item: Item, digest: str) -> Decision:
    decision = Decision.objects.select_for_update().filter(item=item, withdrawn_at=None).first()
    if not isinstance(decision, Decision):
        raise NothingDecided
    if decision.digest != digest:
        raise SomethingElseNow
    return decision


def _find_seat(sitting: Sitting, now: datetime) -> ItemSeat:
    return next(one for one in list_item_seats(sitting.item, now) if one.seat.id == sitting.seat_id)


def _require_vote(seat: ItemSeat) -> None:
    """Raise unless the seat counts on this item: nobody else signs."""
    if seat.absence is Absence.UNDECLARED:
        raise DeclareFirst
    if seat.absence is Absence.PREPARED_IT:
        raise PreparedIt
    if seat.absence is not None:
        raise MembersOnly


def _put_words(actor: Actor, sitting: Sitting, row: AgencyView | Ballot, text: str, now: datetime) -> None:
    """Write a member's words to the file, or seal them to its unit where the member holds no key of it."""
    if not text.strip():
        return
    if sitting.grant_id is None:
        seal_words(actor, sitting.item, place_of(row), {"text": text.strip()}, now)
        return
    row.intake_id, row.is_taken_in = uuid7(), False
    door.seal_to_unit(sitting.item.person.unit_id, {"text": text.strip()}, intake_id=row.intake_id, now=now)
