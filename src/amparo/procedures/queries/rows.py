"""Rows of procedures as shapes: findings, stages, procedures."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from uuid import UUID

from django.db.models import Exists, OuterRef

from amparo.access.data import Actor
from amparo.access.scoping import is_allowed
from amparo.core.refusal import Unknown
from amparo.core.truth import Truth
from amparo.doctrine.data import Stage
from amparo.procedures.data.shapes import CONTACT_GATE, CitedView, FindingView, ProcedureView, StageView
from amparo.procedures.models import Finding, ForeignContact, Procedure, Replacement, StageEntry
from amparo.procedures.queries.editions import definition_of
from amparo.procedures.queries.missing_law import definition_in_lists
from amparo.vault.data import Compartment, Opened, Veiled

READ = "procedures.read"
Cited = Mapping[UUID, tuple[CitedView, ...]]
NOTHING_CITED: Cited = {}


def get_procedure(actor: Actor, person_id: UUID, procedure_id: UUID) -> Procedure:
    """Return a procedure of that person. Raises Unknown, also for what may not be known. Two queries."""
    found = Procedure.objects.select_related("person").filter(id=procedure_id, person_id=person_id)
    procedure = found.first()
    if not isinstance(procedure, Procedure) or not is_allowed(actor, procedure.person, READ):
        raise Unknown
    return procedure


def list_findings(
    procedure_id: UUID, opened: Opened | None = None, cited: Cited = NOTHING_CITED
) -> list[FindingView]:
    """Return every finding of a procedure, latest first, with reasons where they were opened. One query.

    A finding on a condition of contact carries one message: after it, it no longer stands. ``cited``: what
    each finding cites of the law library, where the caller shows it.
    """
    replaced = Exists(Replacement.objects.filter(replaced=OuterRef("pk")))
    sent = ForeignContact.objects.filter(procedure=OuterRef("procedure"), at__gte=OuterRef("at"))
    rows = Finding.objects.filter(procedure_id=procedure_id).annotate(
        is_replaced=replaced, is_sent=Exists(sent)
    )
    return [_finding_view(row, opened, cited) for row in rows.order_by("-at", "-id")]


def _finding_view(row: Finding, opened: Opened | None, cited: Cited) -> FindingView:
    words = opened.get(Compartment.NARRATIVE, f"finding.{row.said_id}") if opened else None
    return FindingView(
        id=row.id,
        element=row.element,
        guide=row.guide,
        truth=Truth(row.truth),
        standard=row.standard,
        confidence=row.confidence,
        evidence=tuple(row.evidence),
        indicators=tuple(row.indicators),
        by=row.by,
        by_name=row.by_name,
        by_agency=row.by_agency,
        at=row.at,
        until_date=row.until_date,
        stands=_stands(row),
        carried_from=row.carried_from_id,
        reasons=words.part("reasons") if words else None,
        confidence_note=words.part("confidence") if words else None,
        cited=cited.get(row.said_id, ()),
    )


def _stands(row: Finding) -> bool:
    is_used_up = row.guide == CONTACT_GATE and row.is_sent  # type: ignore[attr-defined]
    return not (row.is_replaced or is_used_up)  # type: ignore[attr-defined]


def list_stages(procedure: Procedure, language: str, opened: Opened | None = None) -> list[StageView]:
    """Return the stages that a procedure went through, latest first. One query."""
    definition = definition_of(procedure)
    return [
        StageView(
            number=row.number,
            stage=row.stage,
            label=_stage_label(definition.stages, row.stage, language),
            at=row.at,
            by=row.by,
            by_name=row.by_name,
            due_date=row.due_date,
            clock_days=row.clock_days,
            clock_source=row.clock_source,
            clock=row.clock,
            change=row.change,
            reason=row.reason,
            reasons=_stage_words(row, opened, "reasons"),
            advised_by=_stage_words(row, opened, "advised_by"),
        )
        for row in StageEntry.objects.filter(procedure_id=procedure.id).order_by("-number")
    ]


def _stage_words(row: StageEntry, opened: Opened | None, part: str) -> Veiled | None:
    words = opened.get(Compartment.NARRATIVE, f"stage.{row.id}") if opened else None
    return words.part(part) if words else None


def _stage_label(stages: Mapping[str, Stage], stage: str, language: str) -> str:
    known = stages.get(stage)
    return known.label[language] if known else stage


def list_procedures(actor: Actor, person_id: UUID, language: str) -> list[ProcedureView]:
    """Return the procedures about a person, open ones first, then by date. Two queries."""
    rows = Procedure.objects.where(actor, READ).select_related("person").filter(person_id=person_id)
    return procedure_views(rows.order_by("-is_open", "opened_at", "id"), language)


def procedure_views(rows: Iterable[Procedure], language: str) -> list[ProcedureView]:
    """Return procedures as shapes with the clock that runs in each. One query for all clocks."""
    procedures = list(rows)
    entries = StageEntry.objects.filter(procedure__in=procedures).order_by("procedure_id", "number")
    due_dates = {entry.procedure_id: entry.due_date for entry in entries}
    return [procedure_view(row, due_dates.get(row.id), language) for row in procedures]


def procedure_view(row: Procedure, due_date: date | None, language: str) -> ProcedureView:
    definition = definition_in_lists(row.definition, row.definition_edition)
    return ProcedureView(
        id=row.id,
        person_id=row.person_id,
        code=row.person.code,
        definition=row.definition,
        title=definition.title[language],
        guide=row.guide,
        country=row.country,
        stage=row.stage,
        stage_label=_stage_label(definition.stages, row.stage, language),
        is_open=row.is_open,
        version=row.version,
        opened_at=row.opened_at,
        due_date=due_date,
        edition=row.definition_edition,
        rerun_of=row.rerun_of_id,
    )
