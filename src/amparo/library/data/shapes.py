"""Frozen shapes that the library's reads return."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from amparo.library.data.contents import AnyContent

FACETS = ("kind", "country", "aspect", "element", "language", "level", "outcome", "standing", "status")
PAGE = 20


@dataclass(frozen=True, slots=True)
class EntryView:
    """One entry as it stands. ``is_from_doctrine``: it comes with the program and is changed there."""

    key: str
    content: AnyContent
    version: int
    is_from_doctrine: bool
    changed_at: datetime
    changed_by_name: str
    withdrawn_at: datetime | None = None
    withdrawn_by_name: str = ""
    withdrawn_why: str = ""
    agency_id: UUID | None = None

    @property
    def is_unverified(self) -> bool:
        return self.content.status.is_unverified


@dataclass(frozen=True, slots=True)
class EntryVersion:
    """What an entry said in one version. ``changed`` names the fields that differ from the one before."""

    number: int
    content: AnyContent
    at: datetime
    by_name: str
    changed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Flaw:
    """What keeps one of several entries out: which, at which field, the code of the fault and the value."""

    number: int
    field: str
    code: str
    value: str = ""


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a snippet; ``is_marked`` where it is a word that was looked for."""

    text: str
    is_marked: bool = False


@dataclass(frozen=True, slots=True)
class Hit:
    """One result: the entry, the piece of its text that answers, and the language of that piece."""

    entry: EntryView
    snippet: tuple[Piece, ...]
    language: str


@dataclass(frozen=True, slots=True)
class Results:
    """One page of results. ``did_you_mean`` is a spelling that finds something, or "".

    ``is_filtered_out``: that, or what was typed, is found only without the filters.

    ``is_wordless``: something was typed, and none of it is a word that can be looked for.
    """

    hits: tuple[Hit, ...]
    total: int
    page: int
    pages: int
    did_you_mean: str = ""
    has_words: bool = False
    is_wordless: bool = False
    is_filtered_out: bool = False


@dataclass(frozen=True, slots=True)
class Choice:
    """An entry as offered for citing: its key, what it is called, and whether it is unverified."""

    key: str
    label: str
    is_unverified: bool


@dataclass(frozen=True, slots=True)
class ElementLink:
    """An element of a guide that an entry speaks to."""

    element: str
    label: str
    guide: str


@dataclass(frozen=True, slots=True)
class EntryPage:
    """What the page of an entry shows beside it."""

    entry: EntryView
    provisions: tuple[EntryView, ...] = ()
    part_of: EntryView | None = None
    cited_by: tuple[EntryView, ...] = ()
    cites: tuple[EntryView, ...] = ()
    elements: tuple[ElementLink, ...] = ()
    notes: tuple[str, ...] = field(default=())
