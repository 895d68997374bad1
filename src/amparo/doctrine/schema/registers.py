"""Sources, decisions, code lists and the other registers that guides refer to."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from amparo.doctrine.data import Status
from amparo.doctrine.schema.words import (
    CodeName,
    DecisionId,
    ElementId,
    EvidenceId,
    FactName,
    Iso3,
    Shape,
    Slug,
    SourceId,
    Words,
    Written,
)


class EvidenceShape(Shape):
    what: Words
    where: Written


class EvidenceFile(Shape):
    evidence: dict[EvidenceId, EvidenceShape]


class QualityShape(Shape):
    about: list[str] = Field(min_length=1)
    says: Words


class QualityFile(Shape):
    quality: dict[Slug, QualityShape]


class FactShape(Shape):
    """``room`` is the room that owns the data and registers the provider."""

    says: Words
    room: Literal["cases", "procedures", "referrals", "solutions"]


class FactsFile(Shape):
    facts: dict[FactName, FactShape]


class PlaceShape(Shape):
    place: Words | None = None
    says: Words
    status: Status
    evidence: list[EvidenceId] = []


class SourcesFile(Shape):
    """One instrument and the places in it that are cited. ``place`` is a pattern with ``{n}``."""

    instrument: Slug
    kind: Literal["", "international", "regional", "national", "soft_law", "protocol"] = ""
    country: Iso3 | Literal[""] = ""
    title: Words
    place: Words
    effective: date | None = None
    repealed: date | None = None
    evidence: list[EvidenceId] = []
    places: dict[str, PlaceShape]


class DecisionShape(Shape):
    country: Iso3
    forum: Words
    level: Literal["administrative", "first_instance", "appeal", "high", "supreme", "international"]
    name: Written
    number: str = ""
    date: Annotated[str, StringConstraints(pattern=r"^\d{4}(-\d{2}-\d{2})?$")]
    redacted: bool = False
    aspects: list[Literal["A", "B", "C", "D", "E"]] = []
    elements: list[ElementId] = []
    holding: Words
    outcome: Literal["favourable", "adverse", "mixed", "unknown"]
    standing: Literal["good_law", "overruled", "unknown"] = "unknown"
    sources: list[SourceId] = []
    evidence: list[EvidenceId] = []
    status: Status


class DecisionsFile(Shape):
    decisions: dict[DecisionId, DecisionShape]


class CodeShape(Shape):
    es: Written
    en: Written
    status: Status | None = None
    sources: list[SourceId] = []
    note: Words | None = None
    excludes: list[CodeName] = []
    retired: bool = False


class CodesFile(Shape):
    list_: Annotated[Slug, Field(alias="list")]
    title: Words
    status: Status
    sources: list[SourceId] = []
    verify: Words | None = None
    codes: dict[CodeName, CodeShape]
