"""The door to doctrine for the other rooms. Loaded and checked once per process; everything is frozen.

``get_`` raises ``UnknownDoctrine`` for an id that does not exist: ids are written by programmers and
in doctrine, never by users. Countries are ISO 3166-1 alpha-3; a country without its own version of a
guide or procedure uses the international one.
"""

from __future__ import annotations

import os
from datetime import date
from functools import cache
from pathlib import Path
from typing import TypeVar

from amparo.doctrine.data import (
    CaseDecision,
    CodeList,
    EvidenceEntry,
    Fact,
    GuideFile,
    ProcedureFile,
    QualityNote,
    Source,
)
from amparo.doctrine.gaps import Assessment, ChecklistRow
from amparo.doctrine.library import Library, find_edition
from amparo.doctrine.loading import load
from amparo.doctrine.packs import Pack

ROOT = Path(__file__).parent
PACKS = "AMPARO_DOCTRINE_PACKS"
T = TypeVar("T")


class UnknownDoctrine(LookupError):
    """No such guide, procedure, source, decision or code list."""


def pack_folders() -> tuple[Path, ...]:
    """Other folders of country packs: those of ``AMPARO_DOCTRINE_PACKS``, and ``AMPARO_HOME/doctrine``.

    Each holds one folder a country (``hnd/pack.yaml``), as ``countries`` does here. They may add a
    country, or versions and sources to a country that is here; no id may be used twice.
    """
    named = [Path(one) for one in os.environ.get(PACKS, "").split(os.pathsep) if one]
    at_home = Path(os.environ.get("AMPARO_HOME", "var")) / "doctrine"
    return (*named, *([at_home] if at_home.is_dir() else []))


@cache
def _library() -> Library:
    return load(ROOT, pack_folders())


def get_guide(guide_id: str, *, country: str = "", as_of: date | None = None) -> GuideFile:
    """The guide in force at ``as_of`` (a UTC date; the newest when None) in ``country``."""
    found = _library().find_guide(guide_id, country, as_of)
    if found is None:
        raise UnknownDoctrine(guide_id)
    return found


def get_guide_edition(guide_id: str, edition: str) -> GuideFile:
    """One version for ever, by its edition ("URY/2", "INT/1"), in force or not."""
    found = find_edition(_library().guides, guide_id, edition)
    if found is None:
        raise UnknownDoctrine(f"{guide_id} {edition}")
    return found


def list_guides(*, country: str = "", as_of: date | None = None) -> list[GuideFile]:
    """Every guide as in force at ``as_of`` (the newest when None) in ``country``, by id."""
    names = sorted({name for _, name in _library().guides})
    found = (_library().find_guide(name, country, as_of) for name in names)
    return [one for one in found if one is not None]


def list_guide_versions(guide_id: str, *, country: str = "") -> list[GuideFile]:
    """Every version that a country has of its own ("": of the international text), oldest first."""
    return list(_library().guides.get((country, guide_id), []))


def get_procedure(procedure_id: str, *, country: str = "", as_of: date | None = None) -> ProcedureFile:
    """The procedure in force at ``as_of`` (the newest when None) in ``country``."""
    found = _library().find_procedure(procedure_id, country, as_of)
    if found is None:
        raise UnknownDoctrine(procedure_id)
    return found


def get_procedure_edition(procedure_id: str, edition: str) -> ProcedureFile:
    """One version for ever, by its edition, in force or not."""
    found = find_edition(_library().procedures, procedure_id, edition)
    if found is None:
        raise UnknownDoctrine(f"{procedure_id} {edition}")
    return found


def list_procedures(*, country: str = "", as_of: date | None = None) -> list[ProcedureFile]:
    """Every procedure in force in ``country``, in the order in which menus offer them."""
    names = {name for _, name in _library().procedures}
    found = (_library().find_procedure(name, country, as_of) for name in names)
    return sorted((one for one in found if one is not None), key=lambda one: (one.order, one.id))


def list_procedure_versions(procedure_id: str, *, country: str = "") -> list[ProcedureFile]:
    """Every version that a country has of its own ("": of the international text), oldest first."""
    return list(_library().procedures.get((country, procedure_id), []))


def get_pack(country: str) -> Pack:
    """The pack of a country by its alpha-3 code."""
    return _get(_library().packs, country)


def find_pack(country: str) -> Pack | None:
    """The pack of a country, or None where it has none and the international texts apply."""
    return _library().packs.get(country)


def list_packs() -> list[Pack]:
    """Every country that has a pack, by code."""
    return sorted(_library().packs.values(), key=lambda pack: pack.country)


def get_checklist_row(row_id: str) -> ChecklistRow:
    return _get(_library().checklist, row_id)


def list_checklist() -> list[ChecklistRow]:
    """The rows of the gap analysis, L01 first."""
    return sorted(_library().checklist.values(), key=lambda row: row.id)


def list_assessments(*, country: str | None = None) -> list[Assessment]:
    """What instruments say on the checklist, by country, instrument and row.

    ``country``: alpha-3; "" for instruments of the region; None for all. A row without an entry is not
    assessed, which is not "no".
    """
    found = [one for one in _library().assessments if country is None or one.country == country]
    return sorted(found, key=lambda one: (one.country, one.instrument, one.row))


def get_source(source_id: str) -> Source:
    return _get(_library().sources, source_id)


def list_sources() -> list[Source]:
    return sorted(_library().sources.values(), key=lambda source: source.id)


def get_decision(decision_id: str) -> CaseDecision:
    return _get(_library().decisions, decision_id)


def list_decisions() -> list[CaseDecision]:
    """Every decision of the register, favourable and adverse, oldest first."""
    return sorted(_library().decisions.values(), key=lambda decision: (decision.date, decision.id))


def decisions_for(element_id: str) -> list[CaseDecision]:
    """The decisions on one element, from the register and from the guides, oldest first."""
    library = _library()
    named = {
        name
        for versions in library.guides.values()
        for guide in versions
        if element_id in guide.texts
        for name in guide.texts[element_id].decisions
    }
    return [one for one in list_decisions() if element_id in one.elements or one.id in named]


def quality_notes_for(cited_id: str) -> list[QualityNote]:
    """The known defects of a source or decision."""
    return [note for note in _library().quality.values() if cited_id in note.about]


def list_quality_notes() -> list[QualityNote]:
    return list(_library().quality.values())


def get_evidence(evidence_id: str) -> EvidenceEntry:
    """What was checked, and where, for the statuses V and V2."""
    return _get(_library().evidence, evidence_id)


def get_code_list(name: str) -> CodeList:
    return _get(_library().code_lists, name)


def list_code_lists() -> list[CodeList]:
    return sorted(_library().code_lists.values(), key=lambda code_list: code_list.name)


def list_facts() -> list[Fact]:
    """Every computed leaf by provider name: what it means and which room registers the provider."""
    return sorted(_library().facts.values(), key=lambda fact: fact.name)


def _get(found: dict[str, T], key: str) -> T:
    if key not in found:
        raise UnknownDoctrine(key)
    return found[key]
