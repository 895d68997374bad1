"""A decision as its readers see it: what it says, who signed it, how it stands."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from amparo.core.quorum import Shortfall
from amparo.panels.data.shapes import AnswerLine, BallotLine, DecisionView, ItemSeat, TaskLine, Words
from amparo.panels.models import Decision, Item
from amparo.panels.queries.rulings import Votes, count_votes, missing_to_force
from amparo.panels.queries.sitting import panel_of, shortfall_on
from amparo.panels.queries.standing import ruling_of
from amparo.panels.queries.words import find_words
from amparo.procedures.data.rulings import RulingView
from amparo.procedures.data.words import option_label
from amparo.procedures.queries.rulings import ruling_view


def make_decision_view(
    item: Item, decision: Decision, words: Words | None, seats: tuple[ItemSeat, ...], language: str
) -> DecisionView:
    """Return a decision with its signatures, and what it still needs to be in force. Six queries at most."""
    code_list = panel_of(item).options
    votes = None if decision.in_force_at else count_votes(decision, seats)
    return DecisionView(
        id=decision.id,
        options=tuple((code, option_label(code_list, code, language)) for code in decision.options),
        review_date=decision.review_date,
        digest=decision.digest,
        author_name=decision.author_name,
        recorded_at=decision.recorded_at,
        needs_approval=decision.needs_approval,
        approved_by=decision.approved_by_name,
        approved_at=decision.approved_at,
        in_force_at=decision.in_force_at,
        reasons=find_words(words, decision, "reasons"),
        conditions=find_words(words, decision, "conditions"),
        decides_without=decision.decides_without,
        why_without=find_words(words, decision, "without") if decision.decides_without else None,
        ballots=_ballot_lines(decision, words, seats, _counted(decision, votes)),
        shortfall=shortfall_on(panel_of(item), votes.signed) if votes else Shortfall(),
        missing=missing_to_force(item, decision, votes) if votes else (),
        answers=tuple(
            AnswerLine(row.answer, row.at, row.by_name, find_words(words, row))
            for row in decision.answers.order_by("at", "id")
        ),
        tasks=tuple(TaskLine(row.kind, row.due_at) for row in decision.follow_ups.order_by("due_at", "id")),
    )


def _counted(decision: Decision, votes: Votes | None) -> set[UUID]:
    """Return the seats whose signature counts: as they counted then, once the decision is in force."""
    if votes is None:
        return {UUID(seat_id) for seat_id in decision.counted}
    return {one.seat.id for one in votes.signed}


def _ballot_lines(
    decision: Decision, words: Words | None, seats: tuple[ItemSeat, ...], counted: set[UUID]
) -> tuple[BallotLine, ...]:
    lines = []
    for row in decision.ballots.order_by("at", "id"):
        name, agency = named(seats, row.seat_id)
        lines.append(
            BallotLine(
                row.id,
                name,
                agency,
                row.vote,
                row.at,
                find_words(words, row),
                not row.is_taken_in,
                row.seat_id in counted,
            )
        )
    return tuple(lines)


def named(seats: Iterable[ItemSeat], seat_id: UUID) -> tuple[str, str]:
    """Return the name and the agency of whoever holds a seat."""
    seat = next(one.seat for one in seats if one.seat.id == seat_id)
    return seat.name, seat.agency_name


def make_ruling_view(
    item: Item, decision: Decision, words: Words | None, language: str, now: datetime
) -> RulingView:
    """Return a decision in force as it stands. Seven queries."""
    decision.item, decision.procedure = item, item.procedure
    return ruling_view(item.procedure, ruling_of(decision, now), words, language)
