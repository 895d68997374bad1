"""Shapes and refusals of the advocacy room: what laws lack, and what is done about it. No person is here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from amparo.core.refusal import Refusal
from amparo.doctrine.gaps import Value

REGION = ""
"""The country of an instrument of the region."""

VALUE_LABELS = {
    Value.YES: _("Yes"),
    Value.PARTIAL: _("Partial"),
    Value.NO: _("No"),
    Value.NOT_ASSESSED: _("Not assessed"),
}
FIRST_STAGES = frozenset({"IDEA", "DRAFTED", "TABLED"})
"""Where a new initiative may begin."""
PUBLIC_TEXTS = {
    "es": _("Draft in Spanish"),
    "en": _("Draft in English"),
    "owner": _("Office that undertook it"),
    "text": _("Text"),
    "title": _("Title"),
}
"""What the texts are called where one is refused."""
CLOSED_STAGES = frozenset({"IN_FORCE", "REJECTED", "ABANDONED"})


@dataclass(frozen=True, slots=True)
class Reading:
    """What one instrument says on one row, as doctrine or somebody here read it.

    ``version`` is 0 for doctrine's reading; a reading made here stands in its place. ``last_day``: the
    last day of what it stands on, where that law is no longer in force; such a reading never counts.
    """

    row: str
    country: str
    instrument: str
    value: Value
    citations: tuple[str, ...]
    note: str
    assessor: str
    assessed_date: date
    is_unverified: bool
    version: int = 0
    last_day: date | None = None

    @property
    def value_label(self) -> str:
        return str(VALUE_LABELS[self.value])

    @property
    def counts(self) -> bool:
        """Whether it is a reading of law in force."""
        return self.last_day is None


@dataclass(frozen=True, slots=True)
class Cell:
    """A country on a row: the best of its instruments in force. Without a reading it is not assessed."""

    row: str
    country: str
    value: Value
    readings: tuple[Reading, ...] = ()

    @property
    def value_label(self) -> str:
        return str(VALUE_LABELS[self.value])

    @property
    def is_unverified(self) -> bool:
        return any(one.is_unverified for one in self._standing)

    @property
    def is_read(self) -> bool:
        """Whether somebody read the law in force: until then nobody knows whether there is a gap."""
        return self.value is not Value.NOT_ASSESSED

    @property
    def citations(self) -> tuple[str, ...]:
        """What is cited for the value that counts."""
        return tuple(dict.fromkeys(key for one in self._standing for key in one.citations))

    @property
    def ended(self) -> tuple[Reading, ...]:
        """Readings of law that is no longer in force: the law that followed is still to be read."""
        return tuple(one for one in self.readings if not one.counts)

    @property
    def _standing(self) -> list[Reading]:
        return [one for one in self.readings if one.counts and one.value is self.value]


@dataclass(frozen=True, slots=True)
class Row:
    """A provision that a law should hold, in the reader's language, with a cell for each country."""

    id: str
    provision: str
    note: str
    is_unverified: bool
    standards: tuple[str, ...]
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """A country, or the region, with its name and how many rows have which value."""

    code: str
    name: str
    yes: int = 0
    partial: int = 0
    no: int = 0
    not_assessed: int = 0


@dataclass(frozen=True, slots=True)
class Wording:
    """Model wording for a row, as doctrine drafts it or as edited here for a country."""

    es: str
    en: str
    version: int = 0
    by: str = ""


@dataclass(frozen=True, slots=True)
class Citation:
    """A library entry that is cited."""

    key: str
    label: str
    says: str = ""
    is_unverified: bool = False


@dataclass(frozen=True, slots=True)
class Gap:
    """A row on which a country falls short, and the way to close it."""

    row: Row
    cell: Cell
    initiatives: tuple[InitiativeLine, ...]

    @property
    def is_read(self) -> bool:
        """Whether somebody read the law on it."""
        return self.cell.is_read


@dataclass(frozen=True, slots=True)
class InitiativeTerms:
    """What an initiative is about. ``rows`` are those of the checklist that its adoption would meet."""

    kind: str
    country: str
    title: str
    stage: str
    rows: tuple[str, ...]
    text: str = ""


@dataclass(frozen=True, slots=True)
class InitiativeLine:
    """A bill, plan, protocol or process of a forum, in a list."""

    id: UUID
    kind: str
    country: str
    title: str
    stage: str
    rows: tuple[str, ...]
    version: int
    changed_at: datetime
    text: str = ""

    @property
    def is_open(self) -> bool:
        return self.stage not in CLOSED_STAGES


@dataclass(frozen=True, slots=True)
class EventLine:
    """What happened with an initiative: a change of stage, a meeting, a submission."""

    kind: str
    on: date
    text: str
    stage: str
    by: str


@dataclass(frozen=True, slots=True)
class CommitmentLine:
    """What somebody undertook to do, and by when."""

    id: UUID
    initiative_id: UUID
    initiative: str
    text: str
    owner: str
    due_date: date
    done_date: date | None
    version: int


class UnknownCitation(Refusal):
    """A citation that is no entry of the library."""

    code = "advocacy.unknown_citation"
    what = _("The reading was not saved.")
    why = _("“%(key)s” is no entry of the law library.")
    next_step = _("Add the provision to the library first, or correct its key.")


class NothingCited(Refusal):
    """A value other than "not assessed" without a citation."""

    code = "advocacy.nothing_cited"
    what = _("The reading was not saved.")
    why = _("“Yes”, “partial” and “no” need the provision on which they stand.")
    next_step = _("Cite the provision; for “no”, cite the instrument that was read whole.")


class CitedElsewhere(Refusal):
    """A citation of another instrument than the one that was read."""

    code = "advocacy.cited_elsewhere"
    what = _("The reading was not saved.")
    why = _("“%(key)s” is not a provision of “%(instrument)s”.")
    next_step = _("Cite a provision of the instrument that was read, or choose the instrument that is cited.")


class BeginsLate(Refusal):
    """A new initiative that would begin at a stage which only a history leads to."""

    code = "advocacy.begins_late"
    what = _("The initiative was not opened.")
    why = _("A new initiative is an idea, drafted or tabled; later stages are recorded as they happen.")
    next_step = _("Open it at one of these stages, then change its stage.")


class NoSuchRow(Refusal):
    """A row that the checklist does not have, or a country or instrument that nobody knows."""

    code = "advocacy.no_such_row"
    what = _("Nothing was saved.")
    why = _("The row, the country or the instrument is not known.")
    next_step = _("Choose from the lists of the page.")


class WrongDay(Refusal):
    """Something done in the future, or due in the past."""

    code = "advocacy.wrong_day"
    what = _("Nothing was saved.")
    why = _("What happened cannot lie in the future, and what is due cannot lie in the past.")
    next_step = _("Correct the date.")
