"""What every kind of doctrine file is made of: ids, texts in both languages, and a strict shape."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, StringConstraints, model_validator

Written = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
ElementId = Annotated[str, StringConstraints(pattern=r"^[a-z0-9_]+(\.[a-z0-9_]+)*$")]
SourceId = Annotated[str, StringConstraints(pattern=r"^[a-z0-9-]+/[a-zA-Z0-9.()-]+$")]
DecisionId = Annotated[str, StringConstraints(pattern=r"^[a-z]{2,5}/[a-z0-9]+/[a-z0-9-]+$")]
FactName = Annotated[str, StringConstraints(pattern=r"^[a-z_]+\.[a-z_]+$")]
CodeName = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9_-]*$")]
Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+([_-][a-z0-9]+)*$")]
EvidenceId = Annotated[str, StringConstraints(pattern=r"^R[0-9]{2}$")]
Edition = Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}/[1-9][0-9]*$")]
Iso3 = Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")]


class Shape(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Words(Shape):
    es: Written
    en: Written


class Sentence(Words):
    """Words that stand alone: they end with a full stop in both languages."""

    @model_validator(mode="after")
    def ends_with_a_full_stop(self) -> Sentence:
        if not (self.es.endswith(".") and self.en.endswith(".")):
            raise ValueError("a sentence ends with a full stop")
        return self


class Introduction(Words):
    """Words before a list: whoever prints them adds the colon."""

    @model_validator(mode="after")
    def ends_open(self) -> Introduction:
        if self.es.endswith((".", ":")) or self.en.endswith((".", ":")):
            raise ValueError("the words before a list end without a full stop or colon")
        return self
