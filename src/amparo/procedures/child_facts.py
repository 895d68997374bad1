"""Facts about a child: what the guardianship, the best interests and the parents' role came to.

A conclusion counts only while its procedure stands where it was reached: reopened, closed or never
opened it is *not assessed*, so that a gate which reads it stays shut. What a panel decided counts while
its decision stands.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from amparo.access.data import Actor
from amparo.core.evaluation import Answer
from amparo.core.truth import Truth, any_of
from amparo.procedures import facts
from amparo.procedures.facts import computed
from amparo.procedures.queries.outcomes import find_outcome, find_record

ACTING = frozenset({"acting"})
ASSESSMENT, DETERMINATION = "best-interests-assessment", "best-interests-determination"
ASYLUM, INTEGRATION = "ASYLUM", "LOCAL_INTEGRATION"
CARE = frozenset({"STAY_WITH_CARER", "KINSHIP", "FOSTER", "RESIDENTIAL", "INDEPENDENT"})


@dataclass(frozen=True, slots=True)
class Solution:
    """What a determination may decide for. ``options``: the panel's codes, with the element of the guide.

    ``beside``: the codes that may be chosen with it without making the decision ambiguous.
    """

    options: Mapping[str, str]
    beside: frozenset[str] = frozenset()


RETURN = Solution({"RETURN": "bid.option.return"})
REUNIFICATION = Solution(
    {
        "REUNIFY_HERE": "bid.option.reunify_here",
        "REUNIFY_ABROAD": "bid.option.reunify_abroad",
        "THIRD_COUNTRY_RELATIVE": "bid.option.third_country",
    },
    frozenset({ASYLUM, INTEGRATION}),
)
RESETTLEMENT = Solution({"RESETTLEMENT": "bid.option.resettlement"}, CARE | {ASYLUM})


def register_child_facts() -> None:
    """Register every fact about a child that is computed from procedures."""
    providers: Mapping[str, tuple[facts.Provider, object]] = {
        "child.guardian_in_place": (has_guardian, _("guardianship")),
        "child.parents_examined": (are_parents_examined, _("guide on the parents' role")),
        "child.parents_cleared": (are_parents_cleared, _("guide on the parents' role")),
        "child.best_interests_assessed": (is_assessed, _("best interests assessment")),
        "child.return_is_best": (is_return_best, _("best interests determination")),
        "child.reunification_is_best": (is_reunification_best, _("best interests determination")),
        "child.resettlement_is_best": (is_resettlement_best, _("best interests determination")),
    }
    for name, (provider, origin) in providers.items():
        facts.register(name, provider, origin=origin)


def has_guardian(actor: Actor, person_id: UUID, *, as_of: datetime) -> Answer | None:
    """The guide's conclusion while the guardian acts; before and after it, a failed one still fails."""
    outcome = find_outcome(person_id, "guardianship", as_of=as_of)
    if outcome is None or (outcome.stage not in ACTING and outcome.truth is Truth.ESTABLISHED):
        return None
    return computed(outcome.truth)


def are_parents_examined(actor: Actor, person_id: UUID, *, as_of: datetime) -> Answer | None:
    """Whether the guide is concluded, one way or the other; open or contested says nothing."""
    outcome = find_outcome(person_id, "parents-role", as_of=as_of)
    is_open = outcome is None or outcome.truth is Truth.NOT_ASSESSED
    return None if is_open else computed(Truth.ESTABLISHED)


def are_parents_cleared(actor: Actor, person_id: UUID, *, as_of: datetime) -> Answer | None:
    outcome = find_outcome(person_id, "parents-role", as_of=as_of)
    return computed(outcome.truth) if outcome else None


def is_assessed(actor: Actor, person_id: UUID, *, as_of: datetime) -> Answer | None:
    """The assessment's conclusion on the action proposed, once approved and until closed or reopened."""
    return computed(Truth.ESTABLISHED) if find_record(person_id, ASSESSMENT, as_of=as_of) else None


def is_return_best(actor: Actor, person_id: UUID, *, as_of: datetime) -> Answer | None:
    return _is_best(person_id, RETURN, as_of)


def is_reunification_best(actor: Actor, person_id: UUID, *, as_of: datetime) -> Answer | None:
    return _is_best(person_id, REUNIFICATION, as_of)


def is_resettlement_best(actor: Actor, person_id: UUID, *, as_of: datetime) -> Answer | None:
    return _is_best(person_id, RESETTLEMENT, as_of)


def _is_best(person_id: UUID, solution: Solution, as_of: datetime) -> Answer | None:
    """Whether the panel's decision that stands is for this, and the guide does not say otherwise.

    Another option is a no. A panel that decided without its guide, or for several things at once, says
    nothing here: nobody can set a condition of a child's journey aside.
    """
    record = find_record(person_id, DETERMINATION, as_of=as_of)
    if record is None:
        return None
    found = {code: record.evaluation.nodes[element].truth for code, element in solution.options.items()}
    if record.ruling is None:
        return computed(any_of(*found.values()))
    decided = set(record.ruling.options)
    chosen = decided & found.keys()
    if not chosen or any(found[code] is Truth.NOT_ESTABLISHED for code in chosen):
        return computed(Truth.NOT_ESTABLISHED)
    is_clear = decided <= found.keys() | solution.beside
    return computed(Truth.ESTABLISHED) if is_clear and record.rests_on_guide else None
