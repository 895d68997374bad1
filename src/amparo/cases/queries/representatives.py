"""Who may agree beside a person who is or may be a child."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from amparo.access.data import Actor
from amparo.access.queries import list_guardians, list_units
from amparo.access.scoping import facts_of
from amparo.cases.data import Representative, StandIn
from amparo.cases.queries.facts import get_coded_facts
from amparo.core.policy import AgencyKind
from amparo.core.truth import Truth


@dataclass(frozen=True, slots=True)
class ConsentSetting:
    """What an agreement depends on. ``representatives`` are named by who they are, "" for a record."""

    may_be_child: bool
    age_band: str
    representatives: Mapping[Representative, str] = field(default_factory=dict)


def get_consent_setting(actor: Actor, person_id: UUID, *, as_of: date) -> ConsentSetting:
    """Return whether the person may be a child, and who can agree beside them. Raises Unknown.

    Two queries for an adult, seven for anybody else.
    """
    facts = get_coded_facts(actor, person_id, as_of=as_of)
    if facts.child is Truth.NOT_ESTABLISHED:
        return ConsentSetting(False, facts.age_band)
    found = {
        Representative(StandIn.GUARDIAN, staff_id): name
        for staff_id, name in list_guardians(actor, person_id).items()
    }
    for unit in list_units():
        if unit.agency_kind == AgencyKind.CHILD_PROTECTION:
            found[Representative(StandIn.AUTHORITY, unit.id)] = f"{unit.agency_name}: {unit.name}"
    if facts_of(actor, person_id).has_best_interests:
        found[Representative(StandIn.BEST_INTERESTS)] = ""
    return ConsentSetting(True, facts.age_band, found)
