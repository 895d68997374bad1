"""The content of an extract: one entry for each item of the plan, and nothing else."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from amparo.cases.data import BIRTH_FIELD, CONTACT_FIELD, NAMES_FIELD, CodedFacts, NeedView
from amparo.core.sharing import Item
from amparo.referrals.data import ReferralRequest
from amparo.vault import door
from amparo.vault.data import Compartment, Json, Opened
from amparo.vault.door.plain import PlainUse


@dataclass(frozen=True, slots=True, repr=False)
class Sources:
    """Where the values come from: coded facts, opened fields, the request, and who sends."""

    facts: CodedFacts
    needs: tuple[NeedView, ...]
    opened: Opened | None
    request: ReferralRequest
    reference: str
    sender: Mapping[str, str]
    consent: Mapping[str, str]


COMPARTMENTS = {
    Item.SAFE_CONTACT: Compartment.CONTACT,
    Item.NO_CONTACT: Compartment.CONTACT,
    Item.NAMES: Compartment.ID,
    Item.BIRTH: Compartment.ID,
}


def compartments_for(items: Iterable[Item]) -> frozenset[Compartment]:
    """Return the compartments to open for these items; the fewer items, the fewer are opened."""
    return frozenset(COMPARTMENTS[item] for item in items if item in COMPARTMENTS)


def build_content(items: Iterable[Item], sources: Sources) -> dict[str, Json]:
    """Return the content by item code, without the items that hold nothing."""
    content = {str(item): BUILDERS[item](sources) for item in sorted(items)}
    return {item: value for item, value in content.items() if value}


def _field(sources: Sources, compartment: Compartment, name: str) -> Any:
    veiled = sources.opened.get(compartment, name) if sources.opened else None
    return door.plain(veiled, PlainUse.DOCUMENT) if veiled is not None else None


def _names(sources: Sources) -> Json:
    names = _field(sources, Compartment.ID, NAMES_FIELD) or []
    return [name["full"] for name in names]


def _birth(sources: Sources) -> Json:
    birth = _field(sources, Compartment.ID, BIRTH_FIELD) or {}
    if not birth.get("earliest"):
        return None
    if birth["earliest"] == birth["latest"]:
        return {"date": birth["earliest"]}
    return {"earliest": birth["earliest"], "latest": birth["latest"]}


def _contact(sources: Sources, *parts: str) -> Json:
    contact = _field(sources, Compartment.CONTACT, CONTACT_FIELD) or {}
    return {part: contact[part] for part in parts if contact.get(part)}


def _languages(sources: Sources) -> Json:
    return {
        "languages": list(sources.facts.languages),
        "interpreter": str(sources.facts.needs_interpreter),
    }


def _age(sources: Sources) -> Json:
    facts = sources.facts
    return {
        "band": facts.age_band,
        "child": facts.child.name,
        "status": str(facts.age_status),
        "presumed": "yes" if facts.is_presumed_child else "",
    }


def _needs(sources: Sources) -> Json:
    return [need.code for need in sources.needs]


def _statuses(sources: Sources) -> Json:
    return [{"axis": str(one.axis), "code": one.code} for one in sources.facts.statuses if one.code]


BUILDERS: Mapping[Item, Callable[[Sources], Json]] = {
    Item.CASE_CODE: lambda sources: sources.reference,
    Item.SENDER: lambda sources: dict(sources.sender),
    Item.SERVICE: lambda sources: sources.request.service_type,
    Item.URGENCY: lambda sources: sources.request.urgency,
    Item.CONSENT: lambda sources: dict(sources.consent),
    Item.SAFE_CONTACT: lambda sources: _contact(
        sources, "mode", "reach", "times", "language", "code_word", "instructions"
    ),
    Item.NO_CONTACT: lambda sources: _contact(sources, "must_not_contact"),
    Item.LANGUAGE: _languages,
    Item.AGE_BAND: _age,
    Item.SEX_GENDER: lambda sources: sources.facts.sex_gender,
    Item.GUARDIAN: lambda sources: sources.request.guardian,
    Item.RISKS: lambda sources: sources.request.risks,
    Item.NAMES: _names,
    Item.BIRTH: _birth,
    Item.NATIONALITY: lambda sources: list(sources.facts.nationalities),
    Item.NEEDS: _needs,
    Item.STATUSES: _statuses,
}
