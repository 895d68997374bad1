"""Facts about a child: what the guardianship, the best interests and the parents' role came to.

A conclusion counts only while its procedure stands where it was reached: reopened, closed or never
opened it is *not assessed*, so that a gate which reads it stays shut.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from amparo.access.data import Actor
from amparo.core.evaluation import Answer
from amparo.core.truth import Truth
from amparo.procedures import facts
from amparo.procedures.facts import computed
from amparo.procedures.queries.outcomes import Outcome, find_outcome, is_unchanged_since

ACTING = frozenset({"acting"})
APPROVED = frozenset({"approved", "case_plan"})
DECIDED = frozenset({"decided", "implemented", "reviewed"})
RETURN_OPTION = "bid.option.return"


def register_child_facts() -> None:
    """Register every fact about a child that is computed from procedures."""
    providers: Mapping[str, tuple[facts.Provider, object]] = {
        "child.guardian_in_place": (has_guardian, _("guardianship")),
        "child.parents_examined": (are_parents_examined, _("guide on the parents' role")),
        "child.parents_cleared": (are_parents_cleared, _("guide on the parents' role")),
        "child.best_interests_assessed": (is_assessed, _("best interests assessment")),
        "child.best_interests_decided": (is_decided, _("best interests determination")),
        "child.return_is_best": (is_return_best, _("best interests determination")),
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
    outcome = find_outcome(person_id, "best-interests-assessment", as_of=as_of)
    return computed(outcome.truth) if outcome and outcome.stage in APPROVED else None


def is_decided(actor: Actor, person_id: UUID, *, as_of: datetime) -> Answer | None:
    return computed(Truth.ESTABLISHED) if _find_decided(person_id, as_of) else None


def is_return_best(actor: Actor, person_id: UUID, *, as_of: datetime) -> Answer | None:
    decided = _find_decided(person_id, as_of)
    return computed(decided.evaluation.nodes[RETURN_OPTION].truth) if decided else None


def _find_decided(person_id: UUID, as_of: datetime) -> Outcome | None:
    """The determination as the panel decided it: later findings are new facts, and ask for a new decision."""
    outcome = find_outcome(person_id, "best-interests-determination", as_of=as_of)
    if outcome is None or outcome.stage not in DECIDED or outcome.truth is not Truth.ESTABLISHED:
        return None
    return outcome if is_unchanged_since(outcome.procedure_id, "decided") else None
