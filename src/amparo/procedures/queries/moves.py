"""The steps that a definition offers from the present stage, for one actor."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from uuid import UUID

from amparo.access.data import Actor
from amparo.core.truth import Truth
from amparo.doctrine.data import ProcedureFile, Transition
from amparo.doctrine.registry import get_guide
from amparo.procedures.data.digests import digest_of
from amparo.procedures.data.rulings import Ruling
from amparo.procedures.data.shapes import FindingView, MoveView, Unmet
from amparo.procedures.data.words import label_of
from amparo.procedures.models import Procedure, Signature, StageEntry
from amparo.procedures.queries.assessing import Assessment, assess
from amparo.procedures.queries.choices import list_missing_choices, list_standing, signed_choices
from amparo.procedures.queries.editions import guides_of
from amparo.procedures.queries.elements import element_label
from amparo.procedures.queries.signed import signed_findings
from amparo.procedures.rulings import goes_without, is_refused, list_lost, list_missing


def list_moves(
    actor: Actor,
    procedure: Procedure,
    definition: ProcedureFile,
    assessment: Assessment,
    others: Iterable[Assessment],
    child: Truth,
    ruling: Ruling | None,
    language: str,
) -> tuple[MoveView, ...]:
    """Return every step from the present stage, also those that are not this actor's. Four queries at most.

    ``others``: the guides that are answered here beside the procedure's own. ``ruling``: the decision of its
    panel as it stands. Where a panel decides, the queries of what it still lacks besides.
    """
    if not procedure.is_open or assessment.guide.is_gate:
        return ()
    number = definition.signatures.number
    steps = definition.transitions_from(procedure.stage)
    wanted = names_beside(steps)
    named = {one.guide.id: one for one in others if one.guide.id in wanted}
    beside = {name: one.evaluation.truth for name, one in named.items()}
    digest = (
        move_digest(procedure, assessment, beside) if any(step.needs_signatures for step in steps) else ""
    )
    asks_panel = any(step.needs_panel for step in steps)
    missing = list_missing(procedure.id, ruling, actor.at) if asks_panel else ()
    standing = list_standing(procedure)
    return tuple(
        MoveView(
            id=step.id,
            to_stage=step.to_stage,
            label=step.label[language],
            who=who_may(step, language),
            is_yours=is_for(step, actor),
            is_open_to_children=not (step.adults_only and child is not Truth.NOT_ESTABLISHED),
            needs_reasons=step.needs_reasons,
            clock=_clock_label(definition, step, language),
            signed=count_signed(procedure, step, digest) if step.needs_signatures else 0,
            signatures=number if step.needs_signatures else 1,
            missing=missing if step.needs_panel else (),
            is_refused=is_refused(step, ruling),
            unmet=() if goes_without(step, ruling) else _unmet_in_words(step, assessment, named, language),
            lost=list_lost(step, ruling),
            unchosen=list_missing_choices(definition, step, standing, assessment, language),
        )
        for step in steps
    )


def is_ready(step: Transition, assessment: Assessment, beside: Mapping[str, Truth]) -> bool:
    """Say whether the guides allow the step: the procedure's own, and those beside it that the step names.

    Of its own it is the root, or the one element that the step names. A guide that is not in ``beside``
    is one that nobody assessed.
    """
    return not _list_unmet(step, assessment, beside)


def _list_unmet(
    step: Transition, assessment: Assessment, beside: Mapping[str, Truth]
) -> list[tuple[str, frozenset[Truth], Truth]]:
    """Return what the guides do not allow yet: guide beside ("" is its own), truths wanted, truth now."""
    element = step.requires_of or assessment.guide.logic.root
    own = [("", step.requires, assessment.evaluation.nodes[element].truth)] if step.requires else []
    others = [(name, truths, beside.get(name, Truth.NOT_ASSESSED)) for name, truths in step.requires_beside]
    return [one for one in (*own, *others) if one[2] not in one[1]]


def _unmet_in_words(
    step: Transition, assessment: Assessment, named: Mapping[str, Assessment], language: str
) -> tuple[Unmet, ...]:
    """Return the same in words. ``named``: the guides beside that are answered here."""
    element = step.requires_of or assessment.guide.logic.root
    beside = {name: one.evaluation.truth for name, one in named.items()}

    def label(name: str) -> str:
        if not name:
            return element_label(assessment.guide, element, language)
        return (named[name].guide if name in named else get_guide(name)).title[language]

    return tuple(
        Unmet(label(name), tuple(sorted(one.value for one in wanted)), truth.value)
        for name, wanted, truth in _list_unmet(step, assessment, beside)
    )


def names_beside(steps: Iterable[Transition]) -> frozenset[str]:
    """Return the guides beside the procedure's own that one of the steps rests on."""
    return frozenset(name for step in steps for name, _truths in step.requires_beside)


def truths_beside(
    procedure: Procedure,
    steps: Iterable[Transition],
    findings: list[FindingView],
    child: Truth,
    now: datetime,
) -> dict[str, Truth]:
    """Return the truth of each of those guides, as it is answered in the procedure; no query without any."""
    wanted = names_beside(steps)
    guides = [guide for guide in guides_of(procedure) if guide.id in wanted] if wanted else []
    told = [assess(procedure.person_id, guide, findings, child=child, as_of=now) for guide in guides]
    return {one.guide.id: one.evaluation.truth for one in told}


def brought_it_here(actor: Actor, procedure_id: UUID) -> bool:
    """Say whether the actor took the step to the present stage: four eyes take the next. One query."""
    latest = StageEntry.objects.filter(procedure_id=procedure_id).order_by("-number")
    return latest.values_list("by", flat=True).first() == actor.ref


def is_for(step: Transition, actor: Actor) -> bool:
    """Say whether the actor's agency and roles are those of the step; an empty list means any."""
    kind_fits = not step.agency_kinds or str(actor.agency_kind) in step.agency_kinds
    return kind_fits and (not step.roles or bool({str(role) for role in actor.roles} & step.roles))


def who_may(step: Transition, language: str) -> str:
    """Return the agencies and roles of a step in words; "" means anybody who works on the file."""
    return "; ".join(
        part
        for part in (
            _listed("agency_kind", step.agency_kinds, language),
            _listed("role", step.roles, language),
        )
        if part
    )


def _listed(code_list: str, codes: Iterable[str], language: str) -> str:
    return ", ".join(sorted(label_of(code_list, code, language) for code in codes))


def _clock_label(definition: ProcedureFile, step: Transition, language: str) -> str:
    clock = definition.clocks.get(step.starts_clock) if step.starts_clock else None
    return clock.label[language] if clock else ""


def move_digest(procedure: Procedure, assessment: Assessment, beside: Mapping[str, Truth]) -> str:
    """Return the digest of what a step is signed on: procedure, stage and what stands in it. Two queries."""
    return digest_of(
        {
            "procedure": str(procedure.id),
            "version": procedure.version,
            "stage": procedure.stage,
            "guide": [assessment.guide.id, assessment.guide.edition],
            "truth": assessment.evaluation.truth.value,
            "beside": {name: truth.value for name, truth in beside.items()},
            "findings": signed_findings(procedure.id, assessment),
            "choices": signed_choices(procedure),
        }
    )


def count_signed(procedure: Procedure, step: Transition, digest: str) -> int:
    """Count the different people who signed this step on exactly this. One query."""
    signed = Signature.objects.filter(procedure=procedure, purpose=f"stage:{step.id}", digest=digest)
    return signed.values("staff_id").distinct().count()


def running_clock(procedure_id: UUID, clock: str, as_of: datetime) -> StageEntry | None:
    """Return the latest start of a clock that has not run out on that day, or ``None``. One query."""
    started = StageEntry.objects.filter(procedure_id=procedure_id, clock=clock)
    latest = started.order_by("-number").first()
    is_running = (
        isinstance(latest, StageEntry) and latest.due_date is not None and latest.due_date > as_of.date()
    )
    return latest if is_running else None
