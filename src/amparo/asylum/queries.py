"""Reads of the asylum room."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db.models import Case, Q, QuerySet, When

from amparo.access.data import Actor
from amparo.access.scoping import unit_facts
from amparo.asylum.data import Draft, OpinionLine, OpinionState, RegisteredOpinion
from amparo.asylum.models import DraftOpinion, OpinionRequest, OpinionSubject
from amparo.asylum.models import RegisteredOpinion as Row
from amparo.asylum.references import fold
from amparo.core.policy import Purpose, decide
from amparo.core.refusal import Unknown
from amparo.vault import door
from amparo.vault.data import Veiled

ASK, GIVE = "asylum.ask_opinion", "asylum.give_opinion"
SHOWN = 200


def list_requests(actor: Actor) -> list[OpinionLine]:
    """Return what the actor's units asked or were asked, open ones first, soonest due first.

    One query for the requests, one for the askers' own files.
    """
    is_closed = Case(When(state=OpinionState.ASKED, then=0), default=1)
    rows = list(_requests(actor).order_by(is_closed, "due_date", "id")[:SHOWN])
    codes = _codes(actor, [row.id for row in rows])
    return [_line(row, actor, codes) for row in rows]


def get_request(actor: Actor, request_id: UUID) -> OpinionLine:
    """Return one request, for either side. Raises Unknown. Two queries."""
    row = _requests(actor).filter(id=request_id).first()
    if row is None:
        raise Unknown
    return _line(row, actor, _codes(actor, [row.id]))


def list_due(actor: Actor) -> list[OpinionLine]:
    """Return the open requests of either side, and the answers that the asker has to read again.

    Soonest due first, without the askers' files. One query.
    """
    if not _units(actor, ASK, GIVE):
        return []
    to_read = Q(draft__isnull=False, from_unit_id__in=_units(actor, ASK))
    rows = _requests(actor).filter(Q(state=OpinionState.ASKED) | to_read).order_by("due_date", "id")
    return [_line(row, actor, {}) for row in rows[:SHOWN]]


def open_summary(actor: Actor, line: OpinionLine, *, now: datetime) -> Veiled | None:
    """Open the side's own copy of the summary, or ``None`` when it was destroyed. Recorded first."""
    column = "kept_intake_id" if line.is_asker else "asked_intake_id"
    return _open(actor, line, column, now)


def open_advice(actor: Actor, line: OpinionLine, *, now: datetime) -> Veiled | None:
    """Open the answer as the asker received it, or ``None``. Recorded first."""
    return _open(actor, line, "advice_intake_id", now) if line.is_asker else None


def _open(actor: Actor, line: OpinionLine, column: str, now: datetime) -> Veiled | None:
    intake_id = OpinionRequest.objects.filter(id=line.id).values_list(column, flat=True).first()
    if intake_id is None:
        return None
    return door.open_intake(actor, intake_id, Purpose.PROTECTION_DECISION, now=now).part("text")


def get_draft(actor: Actor, line: OpinionLine) -> Draft | None:
    """Return what waits to be read again, for either side, in an unlocked session. One query."""
    row = DraftOpinion.objects.filter(request_id=line.id).first()
    if row is None or not actor.is_unlocked:
        return None
    return Draft(row.title, row.statement, tuple(row.elements), tuple(row.sources), tuple(row.decisions))


def search_register(text: str = "", element: str = "") -> list[RegisteredOpinion]:
    """Return registered opinions that hold every word, latest first. One query.

    Accents and case do not matter. The register knows no request and no file.
    """
    rows = Row.objects.select_related("agency").filter(withdrawn_date=None)
    for word in fold(text).split()[:12]:
        rows = rows.filter(folded__contains=f" {word}")
    found = rows.order_by("-given_date", "number")
    return [_registered(row) for row in found if not element or element in row.elements][:SHOWN]


def get_registered(number: str, agency_id: UUID | None = None) -> RegisteredOpinion:
    """Return one registered opinion, withdrawn ones too. Raises Unknown. One query.

    ``agency_id``: the reader's, to say whether the opinion is theirs to withdraw.
    """
    row = Row.objects.select_related("agency").filter(number=number).first()
    if row is None:
        raise Unknown
    return _registered(row, agency_id)


def find_number(registered_id: UUID) -> str:
    """Return the number of an opinion that was just registered. One query."""
    return str(Row.objects.values_list("number", flat=True).get(id=registered_id))


def _units(actor: Actor, *rights: str) -> set[UUID]:
    """Return the actor's units in which they hold one of these rights. No query."""
    facts = actor.facts()
    return {
        unit_id
        for unit_id in actor.unit_ids
        if any(decide(facts, unit_facts(actor, unit_id), right).allowed for right in rights)
    }


def _requests(actor: Actor) -> QuerySet[OpinionRequest]:
    """Return the requests of which the actor's units are one of the two sides."""
    sides = Q(from_unit_id__in=_units(actor, ASK)) | Q(to_unit_id__in=_units(actor, GIVE))
    rows = OpinionRequest.objects.select_related("from_unit__agency", "to_unit__agency", "asked_by", "draft")
    return rows.filter(sides)


def _codes(actor: Actor, request_ids: list[UUID]) -> dict[UUID, str]:
    """Return the askers' own case codes, of the files that this actor may know."""
    rows = OpinionSubject.objects.visible_to(actor).filter(request_id__in=request_ids)
    return dict(rows.order_by("request_id").values_list("request_id", "person__code"))


def _line(row: OpinionRequest, actor: Actor, codes: dict[UUID, str]) -> OpinionLine:
    is_asker = row.from_unit_id in _units(actor, ASK)
    return OpinionLine(
        id=row.id,
        reference=row.reference,
        state=OpinionState(row.state),
        asker=f"{row.from_unit.agency.name}, {row.from_unit.name}",
        adviser=f"{row.to_unit.agency.name}, {row.to_unit.name}",
        is_asker=is_asker,
        elements=tuple(row.elements),
        asked_at=row.asked_at,
        asked_by=row.asked_by.name,
        due_date=row.due_date,
        version=row.version,
        code=codes.get(row.id, "") if is_asker else "",
        has_advice=is_asker and row.advice_intake_id is not None,
        is_draft=getattr(row, "draft", None) is not None,
    )


def _registered(row: Row, agency_id: UUID | None = None) -> RegisteredOpinion:
    return RegisteredOpinion(
        number=row.number,
        title=row.title,
        statement=row.statement,
        adviser=row.agency.name,
        given_date=row.given_date,
        elements=tuple(row.elements),
        sources=tuple(row.sources),
        decisions=tuple(row.decisions),
        withdrawn_date=row.withdrawn_date,
        is_own=row.agency_id == agency_id and row.withdrawn_date is None,
    )
