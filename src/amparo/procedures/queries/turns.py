"""In which procedures it is an actor's turn: a step of the work that they may take or sign now.

Guides are evaluated on the findings alone, all read at once. Records and the person's age are read only
where they alone could still decide, which is rare; then the answer is that of the page of the procedure.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Exists, OuterRef

from amparo.access.data import Actor
from amparo.core.evaluation import Answer, Evaluation, evaluate
from amparo.core.truth import Truth
from amparo.doctrine.data import GuideFile, Transition
from amparo.procedures.data.choices import list_lacks
from amparo.procedures.data.refusals import LawMissing
from amparo.procedures.models import Finding, Procedure, Replacement, Signature
from amparo.procedures.queries.assessing import Assessment, assess, child_on
from amparo.procedures.queries.choices import list_standing
from amparo.procedures.queries.editions import definition_of, guide_of
from amparo.procedures.queries.gate import CERTIFICATE, certificate_digest
from amparo.procedures.queries.missing_law import definition_in_lists
from amparo.procedures.queries.moves import brought_it_here, is_for, move_digest, running_clock, truths_beside
from amparo.procedures.queries.rows import list_findings
from amparo.procedures.rulings import find_ruling_for, goes_without, is_refused, list_lost, list_missing

MOVE, SIGN = "procedures.move_stage", "procedures.sign"
OPEN = Truth.NOT_ASSESSED
Answers = Mapping[str, list[Answer]]


@dataclass(frozen=True, slots=True)
class _Awaiting:
    """A procedure with the steps of its stage that are for the actor. ``said``: the findings that stand."""

    row: Procedure
    guide: GuideFile
    steps: tuple[Transition, ...]
    said: Answers


def list_turns(actor: Actor, *, now: datetime) -> frozenset[UUID]:
    """Return the open procedures in which the actor may take or sign a step now.

    Steps aside (withdrawing, suspending, reopening) are nobody's turn, nor is what the actor signed
    already. Three queries, and some for each procedure that records, a panel or a period decide.
    """
    found = [*_awaiting(actor, MOVE, is_gate=False), *_awaiting(actor, SIGN, is_gate=True)]
    said = _said([row.id for row, *_rest in found], now.date())
    awaiting = [_Awaiting(*one, said.get(one[0].id, {})) for one in found]
    return frozenset(one.row.id for one in awaiting if any(_may(actor, one, step, now) for step in one.steps))


def _awaiting(
    actor: Actor, right: str, *, is_gate: bool
) -> list[tuple[Procedure, GuideFile, tuple[Transition, ...]]]:
    """Return what waits for a right of the actor: stages are moved, of a gate the certificate is signed."""
    found = []
    for row in Procedure.objects.where(actor, right).filter(is_open=True).order_by("id"):
        definition = definition_in_lists(row.definition, row.definition_edition)
        steps = tuple(
            step
            for step in definition.transitions_from(row.stage)
            if is_for(step, actor) and not step.is_aside and (step.needs_signatures or not is_gate)
        )
        guide = _find_guide(row) if steps else None
        if guide is not None and guide.is_gate == is_gate:
            found.append((row, guide, steps))
    return found


def _find_guide(row: Procedure, name: str = "") -> GuideFile | None:
    """Return a guide of a procedure, "" for its own; nobody's turn comes while its law is missing."""
    if name and name not in row.editions:
        return None
    try:
        return guide_of(row, name)
    except LawMissing:
        return None


def _said(procedure_ids: Iterable[UUID], day: date) -> Mapping[UUID, Answers]:
    """Return the answers that stand in each procedure on a day, by element. One query."""
    replaced = Exists(Replacement.objects.filter(replaced=OuterRef("pk")))
    rows = Finding.objects.filter(~replaced, procedure_id__in=procedure_ids)
    found: dict[UUID, dict[str, list[Answer]]] = defaultdict(lambda: defaultdict(list))
    for procedure_id, element, truth, by, until_date in rows.values_list(
        "procedure_id", "element", "truth", "by", "until_date"
    ):
        if until_date is None or day <= until_date:
            found[procedure_id][element].append(Answer(Truth(truth), by=by, has_reasons=True))
    return found


def _may(actor: Actor, one: _Awaiting, step: Transition, now: datetime) -> bool:
    ruling = find_ruling_for(definition_of(one.row), one.row.id, now)
    return (
        (_is_supported(one, step, now) or goes_without(step, ruling))
        and not (step.adults_only and child_on(one.row.person_id, now) is not Truth.NOT_ESTABLISHED)
        and not (step.needs_panel and list_missing(one.row.id, ruling, now))
        and not list_lost(step, ruling)
        and not is_refused(step, ruling)
        and not (step.waits_for_clock and running_clock(one.row.id, step.waits_for_clock, now))
        and not (step.four_eyes and brought_it_here(actor, one.row.id))
        and not (step.needs_signatures and _has_signed(actor, one, step, now))
        and not _lacks_choice(one, step, now)
    )


def _lacks_choice(one: _Awaiting, step: Transition, now: datetime) -> bool:
    """Say whether something is still to be chosen; read only for a step that rests on a choice."""
    definition = definition_of(one.row)
    if not definition.choices_for(step):
        return False
    standing = list_standing(one.row)
    truths = {element: node.truth for element, node in _assess(one, one.guide, now).evaluation.nodes.items()}
    return bool(list_lacks(definition, step, standing, truths))


def _is_supported(one: _Awaiting, step: Transition, now: datetime) -> bool:
    """Say whether the procedure's own guide and those beside it allow the step."""
    return _allows(one, one.guide, step.requires_of, step.requires, now) and all(
        _allows(one, _find_guide(one.row, name), "", wanted, now) for name, wanted in step.requires_beside
    )


def _allows(
    one: _Awaiting, guide: GuideFile | None, element: str, wanted: frozenset[Truth], now: datetime
) -> bool:
    """Say whether an element of a guide, "" for its root, has one of the truths wanted; none takes any.

    Records are read only where they could still decide.
    """
    if guide is None or not wanted:
        return guide is not None
    name = element or guide.logic.root
    truths = {evaluation.nodes[name].truth for evaluation in _extremes(guide, one.said)}
    if len(truths) == 1 or not truths & wanted:
        return truths <= wanted
    return _assess(one, guide, now).evaluation.nodes[name].truth in wanted


def _extremes(guide: GuideFile, said: Answers) -> Iterator[Evaluation]:
    """Evaluate a guide with records silent, and with all of them for and against, of a child or not.

    No shipped guide denies a record, so that whatever the records say lies between these.
    """
    facts = [name for name, text in guide.texts.items() if text.fact]
    yield evaluate(guide.logic, said, child=OPEN)
    for child in (Truth.ESTABLISHED, Truth.NOT_ESTABLISHED):
        for truth in (Truth.ESTABLISHED, Truth.NOT_ESTABLISHED) if facts else (OPEN,):
            answer = [Answer(truth, by="", has_reasons=True)]
            yield evaluate(guide.logic, {**said, **dict.fromkeys(facts, answer)}, child=child)


def _assess(one: _Awaiting, guide: GuideFile, now: datetime) -> Assessment:
    child = child_on(one.row.person_id, now)
    return assess(one.row.person_id, guide, list_findings(one.row.id), child=child, as_of=now)


def _has_signed(actor: Actor, one: _Awaiting, step: Transition, now: datetime) -> bool:
    """Say whether the actor signed exactly this. Three queries besides those of the assessments."""
    assessment = _assess(one, one.guide, now)
    child, steps = child_on(one.row.person_id, now), definition_of(one.row).transitions_from(one.row.stage)
    beside = truths_beside(one.row, steps, list_findings(one.row.id), child, now)
    purpose, digest = f"stage:{step.id}", move_digest(one.row, assessment, beside)
    if one.guide.is_gate:
        purpose = CERTIFICATE
        digest = certificate_digest(one.row, assessment, child)
    signed = Signature.objects.filter(procedure=one.row, purpose=purpose, digest=digest)
    return signed.filter(staff_id=actor.staff_id).exists()
