"""A procedure under the law it keeps and under another: the law in force, or that of its re-run."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from amparo.access.data import Actor
from amparo.cases.queries import get_file_header
from amparo.core.guides import CHILD, Element, Kind
from amparo.doctrine.data import GuideFile, ProcedureFile
from amparo.doctrine.queries import Change, ElementDifference, compare_guides, compare_procedures
from amparo.doctrine.registry import get_guide_edition
from amparo.doctrine.registry import get_procedure as get_definition
from amparo.procedures.data.comparison import (
    ComparedElement,
    ComparedGuide,
    ComparedRow,
    Comparison,
    SideOfElement,
)
from amparo.procedures.data.shapes import FindingView
from amparo.procedures.models import Procedure
from amparo.procedures.queries.assessing import Assessment, assess, child_on
from amparo.procedures.queries.editions import definition_of, guides_of, is_same_law, pin
from amparo.procedures.queries.elements import element_label, source_view
from amparo.procedures.queries.guide_page import purpose_of
from amparo.procedures.queries.rows import get_procedure, list_findings, procedure_view


@dataclass(frozen=True, slots=True)
class Law:
    """A definition with its guides, and the findings that are evaluated under them."""

    definition: ProcedureFile
    guides: Mapping[str, GuideFile]
    findings: list[FindingView]


def get_comparison(
    actor: Actor, person_id: UUID, procedure_id: UUID, *, language: str, now: datetime
) -> Comparison:
    """Return a procedure beside its re-run, or under the law in force, or beside what it runs again.

    The first of the three that there is. Opens no reasons. Raises Unknown for what may not be known.
    """
    shown = get_procedure(actor, person_id, procedure_id)
    first, again = _pair(shown, now)
    before = Law(definition_of(first), {one.id: one for one in guides_of(first)}, list_findings(first.id))
    after = _law_of(again) if again else _law_in_force(first, before.findings, now)
    child = child_on(person_id, now)

    def evaluate(guide: GuideFile, law: Law) -> Assessment:
        return assess(person_id, guide, law.findings, child=child, as_of=now)

    guides = tuple(
        _compare(evaluate(before.guides[name], before), evaluate(guide, after), language)
        for name, guide in after.guides.items()
        if name in before.guides
    )
    same_law = is_same_law(shown, now.date())
    is_gate = before.guides[first.guide].is_gate
    return Comparison(
        header=get_file_header(actor, person_id, purpose=purpose_of(shown.definition), now=now),
        shown=shown.id,
        before=procedure_view(first, None, language),
        after=procedure_view(again, None, language) if again else None,
        edition_after=after.definition.edition,
        guides=guides,
        rows=_rows(before.definition, after.definition, language),
        is_same_law=same_law,
        may_rerun=again is None and not same_law and not is_gate,
    )


def _pair(shown: Procedure, now: datetime) -> tuple[Procedure, Procedure | None]:
    rerun = shown.reruns.select_related("person").order_by("-opened_at", "-id").first()
    if isinstance(rerun, Procedure):
        return shown, rerun
    if shown.rerun_of_id is not None and is_same_law(shown, now.date()):
        return Procedure.objects.select_related("person").get(id=shown.rerun_of_id), shown
    return shown, None


def _law_of(procedure: Procedure) -> Law:
    guides = {one.id: one for one in guides_of(procedure)}
    return Law(definition_of(procedure), guides, list_findings(procedure.id))


def _law_in_force(procedure: Procedure, findings: list[FindingView], now: datetime) -> Law:
    definition = get_definition(procedure.definition, country=procedure.country, as_of=now.date())
    editions = pin(definition, procedure.country, now.date())
    return Law(definition, {name: get_guide_edition(name, one) for name, one in editions.items()}, findings)


def _compare(before: Assessment, after: Assessment, language: str) -> ComparedGuide:
    told = [_element(one, before, after, language) for one in compare_guides(before.guide, after.guide)]
    differs = [one for one in told if one.change != Change.SAME or one.has_other_state]
    return ComparedGuide(
        id=after.guide.id,
        title=after.guide.title[language],
        edition_before=before.guide.edition,
        edition_after=after.guide.edition,
        in_force_from=after.guide.effective,
        state_before=before.state_of(before.guide.logic.root),
        state_after=after.state_of(after.guide.logic.root),
        elements=tuple(differs),
        same=len(told) - len(differs),
    )


def _element(one: ElementDifference, before: Assessment, after: Assessment, language: str) -> ComparedElement:
    said = after.findings.get(one.id, ())
    return ComparedElement(
        id=one.id,
        change=one.change.value,
        parts=tuple(sorted(part.value for part in one.parts)),
        before=_side(one.id, before, language) if one.before else None,
        after=_side(one.id, after, language) if one.after else None,
        is_carried=any(finding.stands and finding.carried_from for finding in said),
    )


def _side(element: str, assessment: Assessment, language: str) -> SideOfElement:
    guide = assessment.guide
    text = guide.texts[element]
    sources = (source_view(one, language) for one in text.sources)
    return SideOfElement(
        state=assessment.state_of(element),
        label=text.label[language],
        ask=text.ask[language] if text.ask else "",
        made_of=_made_of(guide, guide.logic.by_id[element], language),
        sources=tuple(f"{one.label}, {one.place}" for one in sources),
        is_unverified=text.unverified,
    )


def _made_of(guide: GuideFile, shape: Element, language: str) -> str:
    """Return how an element follows from its parts, in words; "" for what is answered itself."""
    if not shape.children:
        return ""
    names = "; ".join(
        element_label(guide, one, language) for one in shape.children if one == CHILD or one in guide.texts
    )
    said = {
        Kind.ALL: _("All of: %(names)s"),
        Kind.ANY: _("Any of: %(names)s"),
        Kind.AT_LEAST: _("At least %(count)d of: %(names)s"),
        Kind.NOT: _("Not: %(names)s"),
        Kind.UNLESS_CHILD: _("For adults: %(names)s"),
        Kind.IF_CHILD: _("For a child: %(names)s"),
        Kind.CONSIDER: _("Concluded after weighing: %(names)s"),
        Kind.NOTE: _("Recorded, never counted: %(names)s"),
    }
    return said[shape.kind] % {"names": names, "count": shape.count}


def _rows(before: ProcedureFile, after: ProcedureFile, language: str) -> tuple[ComparedRow, ...]:
    return tuple(
        ComparedRow(
            kind=one.kind,
            change=one.change.value,
            before=one.before[language] if one.before else "",
            after=one.after[language] if one.after else "",
        )
        for one in compare_procedures(before, after)
    )
