"""Facts about a child: what the guardianship, the best interests and the parents' role came to.

A conclusion counts only while its procedure stands where it was reached: reopened, closed or never
opened it is *not assessed*, so that a gate which reads it stays shut. What a panel decided counts while
its decision stands.
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
from amparo.procedures.queries.outcomes import find_outcome, find_record

ACTING = frozenset({"acting"})
ASSESSMENT, DETERMINATION = "best-interests-assessment", "best-interests-determination"
RETURN_ELEMENT, RETURN_OPTION = "bid.option.return", "RETURN"
"""Return as the guide asks about it, and as the panel chooses it."""


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
    return computed(Truth.ESTABLISHED) if find_record(person_id, ASSESSMENT, as_of=as_of) else None


def is_decided(actor: Actor, person_id: UUID, *, as_of: datetime) -> Answer | None:
    return computed(Truth.ESTABLISHED) if find_record(person_id, DETERMINATION, as_of=as_of) else None


def is_return_best(actor: Actor, person_id: UUID, *, as_of: datetime) -> Answer | None:
    """Whether the panel's decision that stands chose return alone, and the guide does not say otherwise.

    A panel that decided without its guide says nothing here: nobody can set a condition of return aside.
    """
    record = find_record(person_id, DETERMINATION, as_of=as_of)
    if record is None:
        return None
    found = record.evaluation.nodes[RETURN_ELEMENT].truth
    if record.ruling is None:
        return computed(found)
    if RETURN_OPTION not in record.ruling.options or found is Truth.NOT_ESTABLISHED:
        return computed(Truth.NOT_ESTABLISHED)
    is_alone = set(record.ruling.options) == {RETURN_OPTION} and not record.ruling.decides_without
    return computed(Truth.ESTABLISHED) if is_alone else None
