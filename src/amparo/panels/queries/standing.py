"""A decision in force as it stands: the one answer behind the pages of both rooms, documents and facts."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

from django.db.models import Exists, QuerySet, Subquery

from amparo.panels.data import AnswerCode, MeetingState
from amparo.panels.models import Decision, Item
from amparo.panels.queries.words import place_of
from amparo.procedures.data.rulings import Ruling, reasons_to_look_again
from amparo.procedures.queries.basis import list_answered_since
from amparo.procedures.queries.editions import definition_of
from amparo.procedures.queries.stands import list_arrivals


def find_ruling(procedure_id: UUID, now: datetime) -> Ruling | None:
    """Return the latest decision in force of a procedure's panel, or ``None``. Eight queries at most."""
    rows = in_force(procedure_id).select_related("procedure", "item__meeting__body")
    latest = rows.order_by("-in_force_at", "-id").first()
    return ruling_of(latest, now) if isinstance(latest, Decision) else None


def in_force(procedure_id: UUID) -> QuerySet[Decision]:
    return Decision.objects.filter(procedure_id=procedure_id, withdrawn_at=None, in_force_at__isnull=False)


def ruling_of(decision: Decision, now: datetime) -> Ruling:
    """Return one decision in force as it stands; its item, meeting, body and procedure are read.

    Seven queries.
    """
    assert decision.in_force_at is not None
    procedure, meeting = decision.procedure, decision.item.meeting
    definition = definition_of(procedure)
    assert definition.panel is not None
    since = list_answered_since(procedure, decision.recorded_at)
    used_at = max(list_arrivals(procedure.id, definition.panel_stages), default=None)
    is_on_agenda, answer = _read_after(decision)
    reviewed_at = _day_after(decision.review_date)
    return Ruling(
        decision_id=decision.id,
        item_id=decision.item_id,
        body_name=meeting.body.name,
        held_at=meeting.held_at,
        options=tuple(decision.options),
        options_list=definition.panel.options,
        in_force_at=decision.in_force_at,
        review_date=decision.review_date,
        reviewed_at=reviewed_at,
        decides_without=decision.decides_without,
        elements_since=since,
        again=reasons_to_look_again(
            decision.in_force_at,
            reviewed_at,
            has_new_facts=bool(since),
            decided_at=[one.in_force_at for one in in_force(procedure.id) if one.in_force_at],
            lapsed_at=list_arrivals(procedure.id, definition.lapsed_stages),
            now=now,
        ),
        is_used=used_at is not None and used_at >= decision.in_force_at,
        place=place_of(decision),
        is_refused=answer == AnswerCode.REFUSED,
        is_on_agenda=is_on_agenda,
    )


def _day_after(day: date) -> datetime:
    return datetime.combine(day + timedelta(days=1), time(), tzinfo=UTC)


def _read_after(decision: Decision) -> tuple[bool, str]:
    """Return whether it was put on an agenda again, and the person's latest answer, or "". One query."""
    later = Item.objects.filter(procedure_id=decision.procedure_id, added_at__gt=decision.recorded_at)
    answers = decision.answers.order_by("-at", "-id").values("answer")[:1]
    rows = Decision.objects.filter(id=decision.id).values_list(
        Exists(later.exclude(meeting__state=MeetingState.CANCELLED)), Subquery(answers)
    )
    is_on_agenda, answer = rows.get()
    return is_on_agenda, answer or ""
