"""What procedures about a person came to, for facts, the worklist and the timeline."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum, auto
from typing import Any
from uuid import UUID

from django.db.models import OuterRef, Subquery
from django.urls import reverse
from django.utils.translation import gettext as _

from amparo.access.data import Actor
from amparo.access.scoping import ScopedQuerySet
from amparo.cases.data import TimelineItem
from amparo.core.truth import Truth
from amparo.procedures.data.refusals import LawMissing
from amparo.procedures.data.shapes import WAIVED
from amparo.procedures.data.words import label_of
from amparo.procedures.models import Certificate, Finding, Procedure, StageEntry
from amparo.procedures.queries.assessing import assess, child_on
from amparo.procedures.queries.editions import definition_of, guide_of, guides_of
from amparo.procedures.queries.missing_law import definition_in_lists
from amparo.procedures.queries.rows import READ, list_findings

SHOWN = 200
ASYLUM = "refugee-status"


class ClaimStand(Enum):
    """How far the claim of an asylum procedure has come."""

    PREPARED = auto()
    RUNS = auto()
    OVER = auto()


@dataclass(frozen=True, slots=True)
class Running:
    """A period that runs in a procedure."""

    procedure_id: UUID
    person_id: UUID
    code: str
    label: str
    due_date: date


def find_latest(person_id: UUID, definition: str) -> Procedure | None:
    """Return the latest procedure of that kind about a person. One query."""
    rows = Procedure.objects.filter(person_id=person_id, definition=definition)
    latest = rows.order_by("-opened_at", "-id").first()
    return latest if isinstance(latest, Procedure) else None


def list_claim_stands(person_id: UUID, pending: Collection[str]) -> set[ClaimStand]:
    """Return how the asylum procedures about a person stand. ``pending``: categories of a claim. One query.

    A stage that ends the claim is one whose arrival gives another category, as definitions say.
    """
    rows = Procedure.objects.filter(person_id=person_id, definition=ASYLUM).order_by("opened_at", "id")
    return {_claim_stand(row, pending) for row in rows}


def _claim_stand(row: Procedure, pending: Collection[str]) -> ClaimStand:
    definition = definition_of(row)
    if not row.is_open:
        return ClaimStand.OVER
    if row.stage == definition.first_stage:
        return ClaimStand.PREPARED
    arrivals = [step.sets_status for step in definition.transitions if step.to_stage == row.stage]
    is_over = any(status and status[0] == "mandate" and status[1] not in pending for status in arrivals)
    return ClaimStand.OVER if is_over else ClaimStand.RUNS


def list_route_truths(person_id: UUID, *, as_of: datetime) -> list[Truth]:
    """Return the truth of every route of the latest asylum procedure; [] when there is none.

    Of a re-run, the routes of what it runs again count too: neither law is asked to hide the other.
    """
    rows = Procedure.objects.filter(person_id=person_id, definition=ASYLUM).order_by("opened_at", "id")
    procedures = _latest_with_origins(list(rows))
    if not procedures:
        return []
    child = child_on(person_id, as_of)
    truths = []
    for procedure in procedures:
        findings = list_findings(procedure.id)
        scored = [guide for guide in guides_of(procedure) if guide.is_scored]
        told = [assess(person_id, guide, findings, child=child, as_of=as_of) for guide in scored]
        truths += [one.evaluation.truth for one in told]
    return truths


def _latest_with_origins(rows: list[Procedure]) -> list[Procedure]:
    """Return the last row and, where it is a re-run, what it runs again, and so on."""
    by_id = {row.id: row for row in rows}
    found = rows[-1:]
    while found and found[-1].rerun_of_id is not None:
        found.append(by_id[found[-1].rerun_of_id])
    return found


def has_standing(person_id: UUID, element: str) -> bool:
    """Say whether a standing finding about the person establishes an element. One query."""
    return Truth.ESTABLISHED in list_standing(person_id, element)


def list_standing(person_id: UUID, element: str) -> set[Truth]:
    """Return what the standing findings about the person say of an element, in any procedure. One query."""
    rows = Finding.objects.filter(procedure__person_id=person_id, element=element, replacement=None)
    return {Truth(truth) for truth in rows.order_by("truth").values_list("truth", flat=True).distinct()}


def find_clock_end(person_id: UUID, clock: str) -> date | None:
    """Return the end of the latest period of that kind about a person. One query."""
    rows = StageEntry.objects.filter(procedure__person_id=person_id, clock=clock)
    end: date | None = rows.order_by("-at", "-id").values_list("due_date", flat=True).first()
    return end


def list_running(actor: Actor, language: str) -> list[Running]:
    """Return the periods that run in open procedures of visible people, soonest first. One query."""
    latest = StageEntry.objects.filter(procedure_id=OuterRef("procedure_id")).order_by("-number")
    rows = (
        StageEntry.objects.where(actor, READ)
        .filter(procedure__is_open=True, due_date__isnull=False, id=Subquery(latest.values("id")[:1]))
        .select_related("procedure__person")
        .order_by("due_date", "id")[:SHOWN]
    )
    return [_running(row, language) for row in rows]


def find_running(person_id: UUID, language: str) -> Running | None:
    """Return the period that ends first in an open procedure about a person. One query."""
    rows = StageEntry.objects.filter(procedure__person_id=person_id, procedure__is_open=True)
    rows = rows.select_related("procedure__person").order_by("procedure_id", "number")
    latest = {row.procedure_id: row for row in rows}
    running = [_running(row, language) for row in latest.values() if row.due_date is not None]
    return min(running, key=lambda period: (period.due_date, period.procedure_id), default=None)


def _running(row: StageEntry, language: str) -> Running:
    procedure = row.procedure
    definition = definition_in_lists(procedure.definition, procedure.definition_edition)
    clock = definition.clocks.get(row.clock)
    assert row.due_date is not None
    return Running(
        procedure_id=procedure.id,
        person_id=procedure.person_id,
        code=procedure.person.code,
        label=clock.label[language] if clock else definition.title[language],
        due_date=row.due_date,
    )


def list_events(actor: Actor, person_id: UUID, language: str) -> list[TimelineItem]:
    """Return stages, findings and certificates about a person. Three queries."""
    stages = _about(StageEntry.objects.where(actor, READ), person_id)
    findings = _about(Finding.objects.where(actor, READ).filter(carried_from=None), person_id)
    certificates = _about(Certificate.objects.where(actor, READ), person_id)
    return [
        *(_stage_event(row, language) for row in stages),
        *(_finding_event(row, language) for row in findings),
        *(_certificate_event(row) for row in certificates),
    ]


def _about(rows: ScopedQuerySet, person_id: UUID) -> list[Any]:
    found = rows.filter(procedure__person_id=person_id).select_related("procedure__person")
    return list(found.order_by("id")[:SHOWN])


def _certificate_event(row: Certificate) -> TimelineItem:
    return TimelineItem(
        at=row.issued_at,
        kind="certificate",
        label=_("Certificate of return conditions issued"),
        by=row.issued_by,
        key=str(row.id),
    )


def _stage_event(row: StageEntry, language: str) -> TimelineItem:
    definition = definition_in_lists(row.procedure.definition, row.procedure.definition_edition)
    stage = definition.stages.get(row.stage)
    label = stage.label[language] if stage else row.stage
    if row.change:
        label = _("Period waived by the person") if row.change == WAIVED else _("Period extended")
    return TimelineItem(
        at=row.at,
        kind="stage",
        label=f"{definition.title[language]}: {label}",
        by=row.by,
        key=str(row.id),
        url=reverse("procedures_guide", args=[row.procedure.person.code, row.procedure_id]),
    )


def _element_label(row: Finding, language: str) -> str:
    try:
        text = guide_of(row.procedure, row.guide).texts.get(row.element)
    except LawMissing:
        return row.element
    return text.label[language] if text else row.element


def _finding_event(row: Finding, language: str) -> TimelineItem:
    label = _element_label(row, language)
    return TimelineItem(
        at=row.at,
        kind="finding",
        label=f"{label}: {label_of('truth', row.truth, language)}",
        by=row.by,
        key=str(row.id),
        url=reverse("procedures_element", args=[row.procedure.person.code, row.procedure_id, row.element]),
    )
