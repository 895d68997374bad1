"""The shape of a country's own files: its pack, and the values of the gap analysis."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import Field, StringConstraints, model_validator

from amparo.doctrine.data import Status
from amparo.doctrine.gaps import Value
from amparo.doctrine.packs import Topic
from amparo.doctrine.schema import CodeName, Iso3, Shape, Slug, SourceId, Words

RowId = Annotated[str, StringConstraints(pattern=r"^L[0-9]{2,3}$")]


class AuthorityShape(Shape):
    """``kind``: a code of the lists ``agency_kind`` or ``body_kind``.

    ``verified``: the day on which somebody compared this with an official source; nobody did without.
    """

    kind: CodeName
    name: Words
    acronym: str = ""
    languages: list[CodeName] = Field(min_length=1)
    does: Words | None = None
    sources: list[SourceId] = []
    status: Status
    verified: date | None = None
    verify: Words | None = None

    @model_validator(mode="after")
    def is_dated_only_when_verified(self) -> AuthorityShape:
        if self.verified and self.status.is_unverified:
            raise ValueError("has a date of verification and an unverified status")
        return self


class PackRuleShape(Shape):
    topic: Topic
    says: Words
    sources: list[SourceId] = []
    status: Status
    is_law: bool = True
    verify: Words | None = None


class PackShape(Shape):
    """``country`` repeats the name of the folder, so that a copied pack cannot keep its old name."""

    country: Iso3
    about: Words
    languages: list[CodeName] = Field(min_length=1)
    authorities: dict[Slug, AuthorityShape]
    rules: dict[Slug, PackRuleShape] = {}


class ChecklistRowShape(Shape):
    provision: Words
    standards: list[SourceId] = []
    status: Status
    draft: Words
    note: Words | None = None


class ChecklistFile(Shape):
    checklist: dict[RowId, ChecklistRowShape]


class AssessmentShape(Shape):
    """``sources`` are places of the instrument, or the paragraph that reports it."""

    value: Value
    sources: list[SourceId] = []
    status: Status
    note: Words | None = None

    @model_validator(mode="after")
    def cites_what_it_found(self) -> AssessmentShape:
        if self.value is not Value.NOT_ASSESSED and not self.sources:
            raise ValueError("a value other than not_assessed cites a source")
        return self


class AssessmentsFile(Shape):
    """What instruments say on the checklist: by instrument, then by row."""

    assessor: Words
    assessed: date
    instruments: dict[Slug, dict[RowId, AssessmentShape]]
