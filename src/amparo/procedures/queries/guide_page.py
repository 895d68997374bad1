"""The page of a procedure: where it stands, what is missing, and one element in full."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from amparo.access.data import Actor
from amparo.cases.data import FileHeader
from amparo.cases.queries import HEADER_PARTS, get_file_header, make_header, open_parts
from amparo.core.policy import Purpose
from amparo.core.refusal import Unknown
from amparo.core.truth import Truth
from amparo.doctrine.data import GuideFile, ProcedureFile
from amparo.procedures.data.shapes import (
    REFLECTION,
    BesideView,
    ChangesView,
    FindingView,
    GuidePage,
    PeriodView,
    StageView,
)
from amparo.procedures.models import Procedure
from amparo.procedures.queries.assessing import Assessment, assess, child_on
from amparo.procedures.queries.choices import list_choices
from amparo.procedures.queries.citations import list_cited
from amparo.procedures.queries.editions import definition_of, guide_of, guides_of, is_same_law, list_others
from amparo.procedures.queries.elements import (
    beside_view,
    conclusion_view,
    element_label,
    element_view,
    list_branches,
    ways_to,
)
from amparo.procedures.queries.homes import home_of, list_homes
from amparo.procedures.queries.last_look import changed_since, find_last_look
from amparo.procedures.queries.moves import list_moves
from amparo.procedures.queries.rows import get_procedure, list_findings, list_stages, procedure_view
from amparo.procedures.queries.rulings import ruling_view
from amparo.procedures.queries.side_by_side import has_several_routes
from amparo.procedures.rulings import find_ruling_for
from amparo.vault.data import Compartment, Opened

OPEN = Truth.NOT_ASSESSED
PURPOSES = {"victim-identification": Purpose.IDENTIFICATION, "return": Purpose.RETURN}


def purpose_of(definition: str) -> Purpose:
    """Return the purpose that the ledger records when a procedure's reasons are opened."""
    return PURPOSES.get(definition, Purpose.PROTECTION_DECISION)


def get_guide_page(
    actor: Actor, person_id: UUID, procedure_id: UUID, element: str, *, language: str, now: datetime
) -> GuidePage:
    """Return the page of a procedure with one element open; "" opens the first that is missing.

    Opens the reasons and the header of the file when the actor is unlocked, which the ledger records.
    Raises Unknown for what may not be known and for an element of no guide of this procedure.
    """
    procedure = get_procedure(actor, person_id, procedure_id)
    definition = definition_of(procedure)
    opened, header = open_with_header(actor, person_id, purpose_of(procedure.definition), now)
    findings = list_findings(procedure.id, opened, list_cited(procedure.id, language))
    child = child_on(person_id, now)
    assessments = assess_all(procedure, findings, child=child, as_of=now)
    current = _assessment_of(assessments, element)
    element = element or first_open(current)
    return _page(
        actor, header, procedure, definition, assessments, current, element, child, language, opened, now
    )


def open_with_header(
    actor: Actor, person_id: UUID, purpose: Purpose, now: datetime
) -> tuple[Opened | None, FileHeader]:
    """Open the reasons and what the header shows at once: one opening in the ledger for one page.

    Who may not open reasons still gets the header.
    """
    opened = open_parts(actor, person_id, {*HEADER_PARTS, Compartment.NARRATIVE}, purpose, now=now)
    if opened is None and actor.is_unlocked:
        return None, get_file_header(actor, person_id, purpose=purpose, now=now)
    return opened, make_header(actor, person_id, opened, now=now)


def assess_all(
    procedure: Procedure,
    findings: list[FindingView],
    *,
    child: Truth,
    as_of: datetime,
) -> list[Assessment]:
    """Evaluate the guides that are answered in this procedure. One that fails never hides another."""
    return [
        assess(procedure.person_id, guide, findings, child=child, as_of=as_of)
        for guide in guides_of(procedure)
    ]


def list_beside(
    procedure: Procedure,
    own: list[Assessment],
    *,
    current: str,
    child: Truth,
    language: str,
    as_of: datetime,
) -> tuple[BesideView, ...]:
    """Return every route side by side: those answered here, and those answered in another procedure."""
    shown = [beside_view(one, language, current, procedure.id) for one in own if one.guide.is_scored]
    others = [one for one in list_others(procedure, as_of.date()) if one.is_scored]
    homes = list_homes(procedure.person_id) if others else {}
    for guide in others:
        home = homes.get(home_of(guide.id, procedure.country))
        findings = list_findings(home.id) if home else []
        kept = guide_of(home, guide.id) if home and guide.id in home.editions else guide
        assessment = assess(procedure.person_id, kept, findings, child=child, as_of=as_of)
        shown.append(beside_view(assessment, language, current, home.id if home else None))
    return tuple(shown)


def _assessment_of(assessments: list[Assessment], element: str) -> Assessment:
    if not element:
        return assessments[0]
    for assessment in assessments:
        if element in assessment.guide.logic.by_id:
            return assessment
    raise Unknown


def first_open(assessment: Assessment) -> str:
    """Return the first element of the shortest way to establish the guide, in its order.

    A page never opens on a bar while something else could establish the guide. Once nothing can, it
    opens on the first element that nobody has assessed, else on the first. Whether the person is a
    child is a leaf of the law but no element of a guide: it cannot be opened.
    """
    order = [leaf for leaf in assessment.guide.logic.leaf_ids if leaf in assessment.guide.logic.by_id]
    for way in assessment.evaluation.root.to_establish:
        known = [leaf for leaf in order if leaf in way]
        if known:
            return known[0]
    nodes = assessment.evaluation.nodes
    return next((leaf for leaf in assessment.counted_leaves if nodes[leaf].truth is OPEN), order[0])


def _page(
    actor: Actor,
    header: FileHeader,
    procedure: Procedure,
    definition: ProcedureFile,
    assessments: list[Assessment],
    current: Assessment,
    element: str,
    child: Truth,
    language: str,
    opened: Opened | None,
    now: datetime,
) -> GuidePage:
    guide = current.guide
    beside = list_beside(procedure, assessments, current=guide.id, child=child, language=language, as_of=now)
    stages = tuple(list_stages(procedure, language, opened))
    standing = beside_view(current, language, guide.id, procedure.id)
    since = find_last_look(
        actor.ref,
        header.person.code,
        purpose_of(procedure.definition),
        opened_at=procedure.opened_at,
        is_open=opened is not None,
        now=now,
    )
    changed = changed_since(current, since, actor.ref, now)
    ruling = find_ruling_for(definition, procedure.id, now)
    return GuidePage(
        header=header,
        procedure=procedure_view(procedure, stages[0].due_date if stages else None, language),
        guide=guide.id,
        guide_title=guide.title[language],
        guide_about=guide.about[language],
        guide_version=guide.version,
        standard=guide.standard_of_proof,
        child=child,
        standing=standing,
        conclusion=conclusion_view(current, language),
        contested_elements=tuple(
            (leaf, element_label(guide, leaf, language)) for leaf in current.evaluation.conflicts
        ),
        to_establish=ways_to(current, guide.logic.root, Truth.ESTABLISHED, language),
        to_refute=ways_to(current, guide.logic.root, Truth.NOT_ESTABLISHED, language),
        beside=beside,
        compares_routes=has_several_routes(procedure.country, {one.guide for one in beside}, now.date()),
        tree=list_branches(current, language, element, frozenset(changed)),
        element=element_view(current, element, language),
        stages=stages,
        period=_period(definition, stages, child, language, now) if procedure.is_open else None,
        moves=list_moves(
            actor, procedure, definition, assessments[0], assessments[1:], child, ruling, language
        ),
        choices=list_choices(procedure, language, opened),
        prompts=_prompts(procedure, element, language),
        safeguards=tuple(one.says[language] for one in definition.safeguards),
        is_unlocked=opened is not None,
        is_newer_law=not is_same_law(procedure, now.date()),
        changes=_changes(guide, stages, since, changed, actor, language),
        ruling=ruling_view(procedure, ruling, opened, language) if ruling else None,
    )


def _changes(
    guide: GuideFile,
    stages: tuple[StageView, ...],
    since: datetime | None,
    changed: tuple[str, ...],
    actor: Actor,
    language: str,
) -> ChangesView | None:
    if since is None:
        return None
    elements = tuple((element, element_label(guide, element, language)) for element in changed)
    moved = tuple(stage for stage in stages if stage.at > since and stage.by != actor.ref)
    return ChangesView(since, elements, moved)


def _period(
    definition: ProcedureFile, stages: tuple[StageView, ...], child: Truth, language: str, now: datetime
) -> PeriodView | None:
    """Return the reflection period that runs: the latest entry of its clock says when it ends."""
    latest = next((stage for stage in stages if stage.clock == REFLECTION), None)
    clock = definition.clocks.get(REFLECTION)
    if latest is None or clock is None or latest.due_date is None or latest.due_date <= now.date():
        return None
    return PeriodView(clock.label[language], latest.due_date, child is Truth.NOT_ESTABLISHED)


def _prompts(procedure: Procedure, element: str, language: str) -> tuple[tuple[str, str], ...]:
    """Return the indicators that may be evidence for an element, as (id, label). Nothing counts them."""
    found: list[tuple[str, str]] = []
    for guide in guides_of(procedure):
        if guide.is_scored:
            continue
        for text in guide.texts.values():
            if any(element == hint or element.startswith(f"{hint}.") for hint in text.hints):
                found.append((text.id, text.label[language]))
    return tuple(found)
