"""The decision of a panel: written with reasons, approved by other eyes, answered by the person."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from uuid import UUID

from django.utils.translation import gettext as _
from uuid_utils.compat import uuid7

from amparo.access.data import Actor
from amparo.access.gate import action, note, opens
from amparo.cases.actions import add_task
from amparo.cases.data import TaskKind
from amparo.core.truth import Truth
from amparo.doctrine.registry import get_code_list
from amparo.panels.actions.agenda import get_item, share
from amparo.panels.actions.once import require_new
from amparo.panels.actions.order import open_item, require_options, require_wishes, seal_words
from amparo.panels.actions.settling import settle
from amparo.panels.data import AnswerCode, MeetingState
from amparo.panels.data.refusals import (
    GuideFirst,
    NoQuorum,
    NotApproved,
    NotHeldYet,
    NothingDecided,
    OptionsExclude,
    ReviewTooEarly,
    ReviewTooFar,
)
from amparo.panels.data.shapes import ItemSeat
from amparo.panels.models import Answer, Decision, FollowUp, Item
from amparo.panels.queries.rulings import basis_words, words_of
from amparo.panels.queries.sitting import list_item_seats, panel_of, shortfall_on
from amparo.panels.queries.words import place_of
from amparo.procedures.data.digests import digest_of
from amparo.procedures.data.refusals import NeedsReasons
from amparo.procedures.data.words import language_of
from amparo.procedures.queries.assessing import child_on
from amparo.procedures.queries.basis import Basis, find_basis
from amparo.procedures.queries.stands import get_stand

CHILD_REVIEW_DAYS = 365
"""Where doctrine says nothing else. Our own number: the sources ask for a date of review."""


@opens("narrative")
@action("panels.record_decision", about="person_id")
def record_decision(
    actor: Actor,
    *,
    now: datetime,
    person_id: UUID,
    item_id: UUID,
    options: Iterable[str],
    reasons: str,
    conditions: str,
    review_date: date,
    why_without: str = "",
) -> UUID:
    """Write what a quorate meeting decided. It is in force once a quorum signed it, and it is approved.

    ``why_without``: why the panel decides although the guide is not answered as the procedure asks; kept only
    then. A decision that was written before and is not in force is withdrawn. Raises WishesFirst,
    OptionsFirst, OptionsExclude, NotHeldYet, NoQuorum and GuideFirst (naming what is missing), NeedsReasons,
    ReviewTooEarly, ReviewTooFar, AlreadyDecided.
    """
    item = open_item(person_id, item_id)
    chosen = sorted(set(options))
    require_wishes(item)
    require_options(item, set(chosen))
    _require_no_clash(item, chosen)
    if not reasons.strip():
        raise NeedsReasons
    _require_review(item, review_date, now)
    seats = _require_quorum(item, now)
    basis = _require_basis(item, why_without, now)
    Decision.objects.filter(item=item, withdrawn_at=None).update(withdrawn_at=now)
    decision = _make_decision(actor, item, chosen, review_date, seats, basis, now)
    words = {"reasons": reasons.strip(), "conditions": conditions.strip(), "salt": secrets.token_hex(16)}
    if decision.decides_without:
        words["without"] = why_without.strip()
    decision.digest = _digest(decision, words)
    decision.save(force_insert=True)
    seal_words(actor, item, place_of(decision), words, now)
    note(item=str(item_id), decision=str(decision.id), options=chosen, digest=decision.digest)
    share(actor, item, now)
    return decision.id


def _require_no_clash(item: Item, chosen: list[str]) -> None:
    """Raise OptionsExclude, naming the pairs, where doctrine says that options exclude each other."""
    listed = get_code_list(panel_of(item).options)
    language = language_of()
    pairs = [f"{one.label[language]} / {other.label[language]}" for one, other in listed.list_clashes(chosen)]
    if pairs:
        raise OptionsExclude(pairs="; ".join(pairs))


def _require_review(item: Item, day: date, now: datetime) -> None:
    """Raise ReviewTooEarly and ReviewTooFar. A child's waits a year at most by default."""
    days = panel_of(item).review_days
    if not days and child_on(item.person_id, now) is not Truth.NOT_ESTABLISHED:
        days = CHILD_REVIEW_DAYS
    if day <= now.date():
        raise ReviewTooEarly
    if days and day > now.date() + timedelta(days=days):
        raise ReviewTooFar(days=days)


def _require_quorum(item: Item, now: datetime) -> list[ItemSeat]:
    """Return the seats that count; raise NotHeldYet or NoQuorum. There is no other way to a decision."""
    if item.meeting.state != MeetingState.HELD:
        raise NotHeldYet
    seats = list_item_seats(item, now)
    missing = shortfall_on(panel_of(item), seats)
    if not missing.is_quorate:
        raise NoQuorum(missing="; ".join(words_of(missing)))
    return [one for one in seats if one.counts]


def _require_basis(item: Item, why_without: str, now: datetime) -> Basis:
    """Return what the decision rests on; raise GuideFirst where it is neither the guide nor a reason."""
    basis = find_basis(item.procedure, now)
    if not basis.carries and not why_without.strip():
        raise GuideFirst(missing="; ".join(basis_words(item, basis)))
    return basis


def _make_decision(
    actor: Actor,
    item: Item,
    options: list[str],
    review_date: date,
    seats: list[ItemSeat],
    basis: Basis,
    now: datetime,
) -> Decision:
    panel, stand = panel_of(item), get_stand(item.procedure_id)
    assert actor.staff_id is not None
    return Decision(
        id=uuid7(),
        item=item,
        person_id=item.person_id,
        procedure_id=item.procedure_id,
        stage=stand.stage,
        stage_number=stand.number,
        options=options,
        review_date=review_date,
        counted=[str(one.seat.id) for one in seats],
        guide_carries=basis.carries,
        decides_without=not basis.carries,
        open_elements=list(basis.open_elements),
        members_needed=panel.quorum.members,
        needs_approval=panel.four_eyes,
        author_id=actor.staff_id,
        author_name=actor.name,
        recorded_at=now,
    )


def _digest(decision: Decision, words: dict[str, str]) -> str:
    """Return what members sign: the decision and its words. The salt keeps the words from being guessed."""
    return digest_of(
        {
            "decision": str(decision.id),
            "item": str(decision.item_id),
            "procedure": str(decision.procedure_id),
            "stage": [decision.stage, decision.stage_number],
            "options": decision.options,
            "review_date": decision.review_date.isoformat(),
            "without": decision.open_elements if decision.decides_without else None,
            "words": digest_of(words),
        }
    )


@action("panels.approve", about="person_id")
def approve_decision(actor: Actor, *, now: datetime, person_id: UUID, item_id: UUID) -> bool:
    """Approve as a supervisor what others wrote and signed; say whether the decision is in force now.

    Raises NothingDecided, and NotApproved for its author and for whoever signed it.
    """
    item = get_item(person_id, item_id)
    decision = Decision.objects.select_for_update().filter(item=item, withdrawn_at=None).first()
    if not isinstance(decision, Decision) or not decision.needs_approval or decision.approved_at:
        raise NothingDecided
    assert actor.staff_id is not None
    has_signed = decision.ballots.filter(staff_id=actor.staff_id).exists()
    if has_signed or decision.author_id == actor.staff_id:
        raise NotApproved
    decision.approved_by_id, decision.approved_by_name = actor.staff_id, actor.name
    decision.approved_at = now
    decision.save(update_fields=["approved_by", "approved_by_name", "approved_at"])
    note(item=str(item_id), decision=str(decision.id))
    return settle(decision, now)


@opens("narrative")
@action("panels.record_answer", about="person_id")
def record_answer(
    actor: Actor,
    *,
    now: datetime,
    person_id: UUID,
    item_id: UUID,
    answer: AnswerCode,
    text: str,
    new_id: UUID | None = None,
) -> None:
    """Record what the person said when they heard the decision. A refusal closes no other service.

    A refusal is a task of the file's unit: nobody goes on as if the person had accepted.

    ``new_id`` is the id that the form carried. Raises NothingDecided before the decision is in force, and
    SentBefore.
    """
    item, decision = _require_force(person_id, item_id)
    require_new(Answer, new_id)
    row = Answer.objects.create(
        id=new_id or uuid7(),
        item=item,
        decision=decision,
        answer=answer,
        at=now,
        by=actor.ref,
        by_name=actor.name,
    )
    seal_words(actor, item, place_of(row), {"text": text.strip()}, now)
    if answer is AnswerCode.REFUSED:
        _hear_again(actor, item, decision, now)
    note(item=str(item_id), answer=answer)


def _hear_again(actor: Actor, item: Item, decision: Decision, now: datetime) -> None:
    """Make of a refusal a task of the file's unit, due at once."""
    text = _("The person refused what the panel decided: hear what they want, and look at it again.")
    kind = TaskKind.MEET
    task_id = add_task(actor, now=now, person_id=item.person_id, kind=kind, due_at=now, text=text)
    FollowUp.objects.create(item=item, decision=decision, task_id=task_id, kind=kind, due_at=now, at=now)


@opens("narrative")
@action("panels.record_decision", about="person_id")
def add_follow_up(
    actor: Actor,
    *,
    now: datetime,
    person_id: UUID,
    item_id: UUID,
    kind: TaskKind,
    due_at: datetime,
    text: str,
    new_id: UUID | None = None,
) -> UUID:
    """Plan a task of the file that follows from the decision.

    ``new_id`` is the id that the form carried. Raises NothingDecided before it is in force, and SentBefore.
    """
    item, decision = _require_force(person_id, item_id)
    require_new(FollowUp, new_id)
    task_id = add_task(actor, now=now, person_id=person_id, kind=kind, due_at=due_at, text=text)
    FollowUp.objects.create(
        id=new_id or uuid7(),
        item=item,
        decision=decision,
        task_id=task_id,
        kind=kind,
        due_at=due_at,
        at=now,
    )
    note(item=str(item_id), task=str(task_id))
    return task_id


def _require_force(person_id: UUID, item_id: UUID) -> tuple[Item, Decision]:
    item = get_item(person_id, item_id)
    decision = Decision.objects.filter(item=item, withdrawn_at=None).exclude(in_force_at=None).first()
    if not isinstance(decision, Decision):
        raise NothingDecided
    return item, decision
