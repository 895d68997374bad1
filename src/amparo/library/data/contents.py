"""What an entry says: the shape that is stored, written in files and shown. Unknown fields are refused.

Words are in Spanish, in English or in both; where one is missing the other is shown and marked with
its language. A date of a decision may be a year or a month only.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Annotated, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    TypeAdapter,
    model_validator,
)

from amparo.core.texts import plain_text
from amparo.doctrine.data import Status

MAX_WORDS = 4_000
MAX_TEXT = 60_000

SPACES = str.maketrans("\t\v\f", "   ")
RUNS = re.compile(r"(?:^|[\s;,<(\"'])(?:(?:javascript|vbscript)\s*:|data:\S)", re.IGNORECASE)
"""What a browser would run if it were ever made a link."""


def _seen(text: str) -> str:
    """Return what a reader sees of a text; a tab or a page break is a space."""
    return plain_text(text.translate(SPACES))


def _as_place(text: str) -> str:
    if RUNS.search(text):
        raise ValueError("unsafe_address")
    return text


def _as_day(text: str) -> str:
    """Refuse a day that no calendar has; a year or a month may stand alone."""
    try:
        if text:
            date.fromisoformat(f"{text}-01-01"[:10])
    except ValueError:
        raise ValueError("no_such_day") from None
    return text


Key = Annotated[
    str, StringConstraints(pattern=r"^[a-z0-9][A-Za-z0-9.()_-]*(/[A-Za-z0-9.()_-]+){0,3}$", max_length=120)
]
Written = Annotated[
    str, StringConstraints(strip_whitespace=True, max_length=MAX_WORDS), AfterValidator(_seen)
]
Where = Annotated[Written, AfterValidator(_as_place)]
Iso3 = Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")]
Language = Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}$")]
ElementId = Annotated[str, StringConstraints(pattern=r"^[a-z0-9_]+(\.[a-z0-9_]+)*$", max_length=120)]
PartialDate = Annotated[
    str,
    StringConstraints(pattern=r"^(\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?)?$"),
    AfterValidator(_as_day),
]
LawKind = Literal["international", "regional", "national", "soft_law", "protocol"]
Level = Literal["", "administrative", "first_instance", "appeal", "high", "supreme", "international"]
Outcome = Literal["favourable", "adverse", "mixed", "unknown"]
Standing = Literal["good_law", "overruled", "unknown"]
Aspect = Literal["A", "B", "C", "D", "E"]


class Shape(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Words(Shape):
    """One text in Spanish, in English or in both."""

    es: Written = ""
    en: Written = ""

    @model_validator(mode="after")
    def _says_something(self) -> Words:
        if not (self.es or self.en):
            raise ValueError("needs_words")
        return self

    def __getitem__(self, language: str) -> str:
        return (self.en or self.es) if language.lower().startswith("en") else (self.es or self.en)

    def language_shown(self, language: str) -> str:
        """Return the language that :meth:`__getitem__` answers in: "es" or "en"."""
        wanted = "en" if language.lower().startswith("en") else "es"
        return wanted if getattr(self, wanted) else ("es" if wanted == "en" else "en")


class Common(Shape):
    """What every entry has.

    ``text`` is the original wording in ``text_language``; ``where`` says where the original can be read.
    """

    key: Key
    title: Words
    summary: Words | None = None
    text: Annotated[
        str, StringConstraints(strip_whitespace=True, max_length=MAX_TEXT), AfterValidator(_seen)
    ] = ""
    text_language: Language = "es"
    languages: list[Language] = Field(default=[], max_length=20)
    country: Iso3 | Literal[""] = ""
    status: Status = Status.UNVERIFIED_LOW
    where: Where = ""
    notes: list[Words] = Field(default=[], max_length=20)
    elements: list[ElementId] = Field(default=[], max_length=200)


class InForce(Common):
    """A law or a part of one. ``in_force_until`` is its last day; none means in force, or not known."""

    kind: LawKind | Literal[""] = ""
    in_force_from: date | None = None
    in_force_until: date | None = None

    @model_validator(mode="after")
    def _in_order(self) -> InForce:
        if self.in_force_from and self.in_force_until and self.in_force_until < self.in_force_from:
            raise ValueError("wrong_order")
        return self


class Instrument(InForce):
    shape: Literal["instrument"] = "instrument"


class Provision(InForce):
    """One place of an instrument, which ``instrument`` names by its key."""

    shape: Literal["provision"] = "provision"
    instrument: Key
    place: Words


class Decision(Common):
    """A decision of a court or authority; its summary is the holding. ``aspects``: A to E."""

    shape: Literal["decision"] = "decision"
    forum: Words
    level: Level = ""
    number: Annotated[
        str, StringConstraints(strip_whitespace=True, max_length=120), AfterValidator(_seen)
    ] = ""
    date: PartialDate = ""
    redacted: bool = False
    aspects: list[Aspect] = []
    outcome: Outcome = "unknown"
    standing: Standing = "unknown"
    cites: list[Key] = Field(default=[], max_length=100)


Content = Annotated[Instrument | Provision | Decision, Field(discriminator="shape")]
CONTENT: TypeAdapter[Instrument | Provision | Decision] = TypeAdapter(Content)
AnyContent = Instrument | Provision | Decision


def texts_of(content: AnyContent) -> dict[str, str]:
    """Return every text of an entry by the path of its field, such as ``summary.es`` or ``notes.0.en``."""
    return dict(_leaves(content.model_dump(mode="json"), ""))


def _leaves(value: object, path: str) -> Iterator[tuple[str, str]]:
    match value:
        case str() if value:
            yield path, value
        case dict():
            for name, inner in value.items():
                yield from _leaves(inner, f"{path}.{name}" if path else name)
        case list():
            for number, inner in enumerate(value):
                yield from _leaves(inner, f"{path}.{number}")


def facets_of(content: AnyContent) -> set[tuple[str, str]]:
    """Return what an entry can be found by beside its words, as (name, value). Empty values are no facet."""
    found = {("status", str(content.status)), ("country", content.country)}
    found |= {("element", element) for element in content.elements}
    found |= {("language", language) for language in languages_of(content)}
    if isinstance(content, Decision):
        found |= {("kind", "decision"), ("level", content.level)}
        found |= {("outcome", content.outcome), ("standing", content.standing)}
        found |= {("aspect", aspect) for aspect in content.aspects}
        found |= {("cites", key) for key in content.cites}
    else:
        found.add(("kind", content.kind))
    return {(name, value) for name, value in found if value}


def languages_of(content: AnyContent) -> set[str]:
    """Return the languages in which an entry can be read here, or is published."""
    parts = [content.title, content.summary]
    read = {name for words in parts if words for name in ("es", "en") if getattr(words, name)}
    return read | set(content.languages) | ({content.text_language} if content.text else set())


def date_of(content: AnyContent) -> str:
    """Return the date by which entries are sorted, as an ISO date or a part of one; "" when unknown."""
    if isinstance(content, Decision):
        return content.date
    return content.in_force_from.isoformat() if content.in_force_from else ""
