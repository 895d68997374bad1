"""Facts of the measures of protection: what the records say of each route, whatever came of another.

A route of asylum stays open to the person until it is ruled out: what nobody assessed keeps it open.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from amparo.access.data import Actor
from amparo.cases.queries import current_statuses
from amparo.core.evaluation import Answer
from amparo.core.truth import Truth
from amparo.procedures import facts
from amparo.procedures.facts import computed
from amparo.procedures.queries.history import has_standing
from amparo.procedures.queries.outcomes import find_outcome

UNKNOWN = frozenset({"", "UNKNOWN"})
REASONABLE_GROUNDS = frozenset({"PRESUMED", "IDENTIFIED"})
NO_GROUNDS = frozenset({"NONE", "NOT_IDENTIFIED"})


def register_measure_facts() -> None:
    """Register the facts that the measures of protection read."""
    providers: Mapping[str, tuple[facts.Provider, object]] = {
        "asylum.recognised": (is_recognised, _("history of mandate categories")),
        "asylum.route_open": (is_asylum_open, _("guides on refugee status and Cartagena")),
        "asylum.complementary_open": (is_complementary_open, _("guides on the routes of asylum")),
        "identification.presumed": (is_presumed, _("trafficking status of the file")),
        "return.conditions_met": (are_conditions_met, _("return conditions")),
    }
    for name, (provider, origin) in providers.items():
        facts.register(name, provider, origin=origin)


def is_recognised(actor: Actor, person_id: UUID, *, as_of: datetime) -> Answer | None:
    """Whether the person is a recognised refugee; a category that nobody recorded says nothing."""
    category = _status(person_id, "mandate", as_of)
    return None if category in UNKNOWN else computed(_truth(category == "REF"))


def is_asylum_open(actor: Actor, person_id: UUID, *, as_of: datetime) -> Answer | None:
    """Open unless no fear is expressed and persecution and Cartagena are both ruled out."""
    if has_standing(person_id, "refugee.fear.expressed"):
        return computed(Truth.ESTABLISHED)
    refused = [
        _node(person_id, "refugee-status", "refugee.persecution", as_of) is Truth.NOT_ESTABLISHED,
        _node(person_id, "cartagena", "", as_of) is Truth.NOT_ESTABLISHED,
    ]
    return computed(_truth(not all(refused)))


def is_complementary_open(actor: Actor, person_id: UUID, *, as_of: datetime) -> Answer | None:
    """Open unless it is ruled out, or the definition of a refugee is met."""
    is_refugee = _node(person_id, "refugee-status", "", as_of) is Truth.ESTABLISHED
    is_refused = _node(person_id, "complementary-protection", "", as_of) is Truth.NOT_ESTABLISHED
    return computed(_truth(not is_refugee and not is_refused))


def is_presumed(actor: Actor, person_id: UUID, *, as_of: datetime) -> Answer | None:
    """Reasonable grounds or more; a person at risk, or whom nobody asked, is not assessed."""
    status = _status(person_id, "trafficking", as_of)
    if status in REASONABLE_GROUNDS | NO_GROUNDS:
        return computed(_truth(status in REASONABLE_GROUNDS))
    return None


def are_conditions_met(actor: Actor, person_id: UUID, *, as_of: datetime) -> Answer | None:
    return computed(_node(person_id, "return-gate", "", as_of))


def _node(person_id: UUID, guide_id: str, element: str, as_of: datetime) -> Truth:
    outcome = find_outcome(person_id, guide_id, as_of=as_of)
    if outcome is None:
        return Truth.NOT_ASSESSED
    return outcome.evaluation.nodes[element].truth if element else outcome.truth


def _status(person_id: UUID, axis: str, as_of: datetime) -> str:
    statuses = current_statuses(person_id, as_of=as_of.date())
    return next(status.code for status in statuses if status.axis == axis)


def _truth(holds: bool) -> Truth:
    return Truth.ESTABLISHED if holds else Truth.NOT_ESTABLISHED
