"""Asylum, the Cartagena definition and complementary protection for one person, side by side."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date, datetime
from uuid import UUID

from amparo.access.data import Actor
from amparo.access.scoping import facts_of
from amparo.core.policy import decide
from amparo.core.refusal import Unknown
from amparo.core.truth import Truth
from amparo.doctrine.registry import get_guide
from amparo.doctrine.registry import get_procedure as get_definition
from amparo.procedures.data.shapes import ProcedureView, SideView
from amparo.procedures.queries.assessing import Assessment, assess, child_on
from amparo.procedures.queries.editions import guide_of
from amparo.procedures.queries.elements import beside_view, conclusion_view, node_view, ways_to
from amparo.procedures.queries.homes import home_of, list_homes
from amparo.procedures.queries.missing_law import definition_in_lists
from amparo.procedures.queries.rows import READ, list_findings

ASYLUM = "refugee-status"


def list_routes(country: str, as_of: date) -> tuple[str, ...]:
    """Return the guides of the routes of asylum in force on a day, the procedure's own first."""
    definition = get_definition(ASYLUM, country=country, as_of=as_of)
    return (definition.guide, *definition.beside)


def has_several_routes(country: str, guides: Collection[str], as_of: date) -> bool:
    """Say whether at least two of the guides are routes of asylum, so that there is something to compare."""
    return sum(route in guides for route in list_routes(country, as_of)) > 1


def is_on_several_routes(procedures: Iterable[ProcedureView], as_of: date) -> bool:
    """Say whether one of the procedures shows at least two routes of asylum beside each other."""
    return any(
        has_several_routes(one.country, {definition.guide, *definition.beside}, as_of)
        for one in procedures
        for definition in [definition_in_lists(one.definition, one.edition)]
    )


def list_sides(
    actor: Actor, person_id: UUID, *, country: str, language: str, now: datetime
) -> tuple[SideView, ...]:
    """Return each route with its main elements, in the order of the asylum procedure. Opens no reasons.

    A route that nobody opened stands beside the others, with everything not assessed. Queries: those of
    the policy, two, one for each procedure, and those of the facts. Raises Unknown.
    """
    if not decide(actor.facts(), facts_of(actor, person_id), READ).allowed:
        raise Unknown
    homes, child = list_homes(person_id), child_on(person_id, now)
    sides = []
    for guide_id in list_routes(country, now.date()):
        home = homes.get(home_of(guide_id, country))
        is_kept = home is not None and guide_id in home.editions
        in_force = get_guide(guide_id, country=country, as_of=now.date())
        guide = guide_of(home, guide_id) if home and is_kept else in_force
        findings = list_findings(home.id) if home else []
        assessment = assess(person_id, guide, findings, child=child, as_of=now)
        sides.append(_side(assessment, home.id if home else None, language))
    return tuple(sides)


def _side(assessment: Assessment, procedure_id: UUID | None, language: str) -> SideView:
    guide = assessment.guide
    root = guide.logic.root
    return SideView(
        summary=beside_view(assessment, language, "", procedure_id),
        about=guide.about[language],
        conclusion=conclusion_view(assessment, language),
        parts=tuple(node_view(assessment, part, 0, language) for part in guide.logic.by_id[root].children),
        to_establish=ways_to(assessment, root, Truth.ESTABLISHED, language),
        to_refute=ways_to(assessment, root, Truth.NOT_ESTABLISHED, language),
    )
