"""The law as data, for people to read: guides, procedures and country packs with their versions.

Nothing here reads a table: it is doctrine only, so it may be shown to everybody.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from amparo.core.refusal import Unknown
from amparo.core.truth import Truth
from amparo.doctrine import registry
from amparo.doctrine.data import GuideFile, ProcedureFile, Subject, Text
from amparo.doctrine.queries import Change, compare_guides, compare_procedures
from amparo.library.words import TOPICS


@dataclass(frozen=True, slots=True)
class VersionLine:
    """One version; ``state``: in_force, later or repealed."""

    edition: str
    effective: date
    repealed: date | None
    state: str


@dataclass(frozen=True, slots=True)
class TextLine:
    """A guide or a procedure. ``countries``: those with a text of their own, as (code, name).

    ``guide`` is the one to read: of a procedure, the guide that it applies.
    """

    id: str
    title: str
    is_gate: bool
    elements: int
    unverified: int
    versions: tuple[VersionLine, ...]
    countries: tuple[tuple[str, str], ...]
    guide: str


@dataclass(frozen=True, slots=True)
class PackLine:
    code: str
    name: str
    authorities: int
    rules: int
    unverified: int


@dataclass(frozen=True, slots=True)
class Index:
    guides: tuple[TextLine, ...]
    procedures: tuple[TextLine, ...]
    packs: tuple[PackLine, ...]


@dataclass(frozen=True, slots=True)
class SourceLine:
    title: str
    says: str
    is_unverified: bool
    key: str = ""


@dataclass(frozen=True, slots=True)
class AuthorityLine:
    kind: str
    name: str
    acronym: str
    languages: str
    does: str
    is_unverified: bool
    verified_date: date | None
    verify: str


@dataclass(frozen=True, slots=True)
class RuleLine:
    topic: str
    says: str
    sources: tuple[str, ...]
    is_law: bool
    is_unverified: bool
    verify: str


@dataclass(frozen=True, slots=True)
class DifferingText:
    """A country's own text and what of it is not as in the international one, as (change, label)."""

    title: str
    versions: tuple[VersionLine, ...]
    based_on: str
    changes: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Country:
    code: str
    name: str
    about: str
    languages: str
    authorities: tuple[AuthorityLine, ...]
    rules: tuple[RuleLine, ...]
    texts: tuple[DifferingText, ...]
    sources: tuple[SourceLine, ...]


@dataclass(frozen=True, slots=True)
class ElementLine:
    """One element with what is under it. ``is_again``: it stands above too, and is drawn there."""

    id: str
    label: str
    kind: str
    count: int
    ask: str
    look_for: tuple[str, ...]
    sources: tuple[SourceLine, ...]
    decisions: tuple[tuple[str, str], ...]
    is_unverified: bool
    is_again: bool
    children: tuple[ElementLine, ...]


@dataclass(frozen=True, slots=True)
class GuideView:
    """A guide to read, as in force in a country or everywhere ("").

    ``outcomes``: what it says for each truth of its root, as (truth, sentence); none of mere prompts.
    ``is_of_visit``: a team takes it to a place, it is about no person.
    """

    id: str
    title: str
    about: str
    country: str
    country_code: str
    edition: str
    versions: tuple[VersionLine, ...]
    countries: tuple[tuple[str, str], ...]
    is_gate: bool
    is_of_visit: bool
    outcomes: tuple[tuple[str, str], ...]
    root: ElementLine


def get_index(language: str, today: date) -> Index:
    """Return everything there is, guides by title, procedures in menu order, packs by name."""
    guides = [_guide(one, language, today) for one in registry.list_guides(as_of=today)]
    procedures = [_procedure(one, language, today) for one in registry.list_procedures(as_of=today)]
    packs = [_pack(one.country, language) for one in registry.list_packs()]
    return Index(
        guides=tuple(sorted(guides, key=lambda one: one.title)),
        procedures=tuple(procedures),
        packs=tuple(sorted(packs, key=lambda one: one.name)),
    )


def _guide(guide: GuideFile, language: str, today: date) -> TextLine:
    own = [one.country for one in registry.list_packs()]
    return TextLine(
        id=guide.id,
        title=guide.title[language],
        is_gate=guide.is_gate,
        elements=len(guide.texts),
        unverified=sum(text.unverified for text in guide.texts.values()),
        versions=_versions(registry.list_guide_versions(guide.id), guide.edition, today),
        countries=tuple(
            (one, name_of(one, language))
            for one in own
            if registry.list_guide_versions(guide.id, country=one)
        ),
        guide=guide.id,
    )


def get_guide(guide_id: str, country: str, language: str, today: date) -> GuideView:
    """Return one guide as a tree; where a country has no text of its own, the international one.

    Raises Unknown for a guide or a country that nobody has.
    """
    known = {one.id for one in registry.list_guides(as_of=today)}
    if guide_id not in known or (country and registry.find_pack(country) is None):
        raise Unknown
    guide = registry.get_guide(guide_id, country=country, as_of=today)
    line = _guide(registry.get_guide(guide_id, as_of=today), language, today)
    own = registry.list_guide_versions(guide_id, country=guide.country)
    return GuideView(
        id=guide.id,
        title=guide.title[language],
        about=guide.about[language],
        country=name_of(country, language) if country else "",
        country_code=country,
        edition=guide.edition,
        versions=_versions(own, guide.edition, today),
        countries=line.countries,
        is_gate=guide.is_gate,
        is_of_visit=_is_of_visit(guide_id, today),
        outcomes=_outcomes(guide, language) if guide.is_scored else (),
        root=_element(guide, guide.logic.root, language, set()),
    )


def _is_of_visit(guide_id: str, today: date) -> bool:
    procedures = registry.list_procedures(as_of=today)
    return any(one.guide == guide_id and one.subject is Subject.VISIT for one in procedures)


def _outcomes(guide: GuideFile, language: str) -> tuple[tuple[str, str], ...]:
    return tuple((truth.value, guide.conclusion.says(truth)[language]) for truth in Truth)


def _element(guide: GuideFile, element_id: str, language: str, drawn: set[str]) -> ElementLine:
    """An element may stand under several others: what is under it is drawn once."""
    is_again = element_id in drawn
    drawn.add(element_id)
    text, node = guide.texts[element_id], guide.logic.by_id[element_id]
    sources = () if is_again else tuple(registry.get_source(one) for one in text.sources)
    decisions = () if is_again else tuple(registry.get_decision(one) for one in text.decisions)
    return ElementLine(
        id=element_id,
        label=text.label[language],
        kind=node.kind.value,
        count=node.count,
        ask=_said(text.ask, language),
        look_for=tuple(one[language] for one in text.look_for),
        sources=tuple(
            SourceLine(one.title[language], one.says[language], one.status.is_unverified, one.id)
            for one in sources
        ),
        decisions=tuple((one.id, one.name) for one in decisions),
        is_unverified=text.unverified,
        is_again=is_again,
        children=() if is_again else tuple(_element(guide, one, language, drawn) for one in node.children),
    )


def _procedure(one: ProcedureFile, language: str, today: date) -> TextLine:
    own = [pack.country for pack in registry.list_packs()]
    statuses = [row.status for row in one.clocks.values()] + [row.status for row in one.safeguards]
    return TextLine(
        id=one.id,
        title=one.title[language],
        is_gate=False,
        elements=len(one.stages),
        unverified=sum(status.is_unverified for status in statuses),
        versions=_versions(registry.list_procedure_versions(one.id), one.edition, today),
        countries=tuple(
            (code, name_of(code, language))
            for code in own
            if registry.list_procedure_versions(one.id, country=code)
        ),
        guide=one.guide,
    )


def _versions(
    versions: Sequence[GuideFile | ProcedureFile], in_force: str, today: date
) -> tuple[VersionLine, ...]:
    return tuple(
        VersionLine(one.edition, one.effective, one.repealed, _state(one, in_force, today))
        for one in reversed(versions)
    )


def _state(one: GuideFile | ProcedureFile, in_force: str, today: date) -> str:
    if one.edition == in_force:
        return "in_force"
    return "later" if one.effective > today else "repealed"


def _pack(code: str, language: str) -> PackLine:
    pack = registry.get_pack(code)
    statuses = [one.status for one in pack.authorities.values()] + [one.status for one in pack.rules.values()]
    return PackLine(
        code=code,
        name=name_of(code, language),
        authorities=len(pack.authorities),
        rules=len(pack.rules),
        unverified=sum(status.is_unverified for status in statuses),
    )


def name_of(code: str, language: str) -> str:
    return registry.get_code_list("country").label(code)[language]


def get_country(code: str, language: str, today: date) -> Country:
    """Return one country's pack and what its texts change. Raises Unknown where it has no pack."""
    pack = registry.find_pack(code)
    if pack is None:
        raise Unknown
    own = [one for one in registry.list_sources() if one.country == code]
    return Country(
        code=code,
        name=name_of(code, language),
        about=pack.about[language],
        languages=_languages(pack.languages, language),
        authorities=tuple(
            AuthorityLine(
                kind=_kind(one.kind, language),
                name=one.name[language],
                acronym=one.acronym,
                languages=_languages(one.languages, language),
                does=one.does[language] if one.does else "",
                is_unverified=one.status.is_unverified,
                verified_date=one.verified_date,
                verify=_said(one.verify, language),
            )
            for one in pack.authorities.values()
        ),
        rules=tuple(
            RuleLine(
                topic=str(TOPICS.get(one.topic.value, one.topic.value)),
                says=one.says[language],
                sources=tuple(registry.get_source(source).title[language] for source in one.sources),
                is_law=one.is_law,
                is_unverified=one.status.is_unverified,
                verify=_said(one.verify, language),
            )
            for one in pack.rules.values()
        ),
        texts=(*_own_guides(code, language, today), *_own_procedures(code, language, today)),
        sources=tuple(
            SourceLine(one.title[language], one.says[language], one.status.is_unverified) for one in own
        ),
    )


def _own_guides(code: str, language: str, today: date) -> list[DifferingText]:
    found = []
    for guide in registry.list_guides(country=code, as_of=today):
        if guide.country != code:
            continue
        versions = _versions(registry.list_guide_versions(guide.id, country=code), guide.edition, today)
        changes: list[tuple[str, str]] = []
        if guide.based_on:
            base = registry.get_guide_edition(guide.id, guide.based_on)
            told = [one for one in compare_guides(base, guide) if one.change is not Change.SAME]
            changes = [(one.change.value, one.label[language]) for one in told]
        found.append(DifferingText(guide.title[language], versions, guide.based_on, tuple(changes)))
    return found


def _own_procedures(code: str, language: str, today: date) -> list[DifferingText]:
    found = []
    for one in registry.list_procedures(country=code, as_of=today):
        if one.country != code:
            continue
        versions = _versions(registry.list_procedure_versions(one.id, country=code), one.edition, today)
        changes: list[tuple[str, str]] = []
        if one.based_on:
            told = compare_procedures(registry.get_procedure_edition(one.id, one.based_on), one)
            changes = [(row.change.value, _said(row.after or row.before, language)) for row in told]
        found.append(DifferingText(one.title[language], versions, one.based_on, tuple(changes)))
    return found


def _said(text: Text | None, language: str) -> str:
    return text[language] if text else ""


def _kind(code: str, language: str) -> str:
    for name in ("agency_kind", "body_kind"):
        listed = registry.get_code_list(name)
        if code in listed.codes:
            return listed.label(code)[language]
    return code


def _languages(codes: Sequence[str], language: str) -> str:
    listed = registry.get_code_list("language")
    return ", ".join(listed.label(code)[language] for code in codes)
