"""Shapes of the ledger, and what it says when it cannot do its work."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

Detail = str | int | list[str]
Details = Mapping[str, Detail]


class LedgerError(RuntimeError):
    """The ledger cannot do its work; whatever needed it must not happen."""


class LedgerUnwritable(LedgerError):
    """An entry could not be written. The caller's transaction is rolled back."""


class LedgerDamaged(LedgerError):
    """What is stored is not what was written: sealing stops until somebody has looked."""


class LedgerKeyMissing(LedgerError):
    """The ledger has entries, and the key file that marks and signs them is gone."""


class LedgerKeyDamaged(LedgerError):
    """The key file that marks and signs entries holds something else than a key."""


class NothingRecorded(LookupError):
    """The ledger holds nothing about a case code: no such file was ever opened here."""


class NotACode(ValueError):
    """Something that is not a code, a count or a short list of codes was about to be recorded."""


class NotAnId(ValueError):
    """Something other than an id was about to be put into the task table, where it would lie in clear."""


@dataclass(frozen=True, slots=True)
class EntryLine:
    """One recorded event, as pages show it. ``subject`` is a case code or ""."""

    id: UUID
    at: datetime
    actor_ref: str
    verb: str
    subject: str
    details: Details


@dataclass(frozen=True, slots=True)
class EntryPage:
    """A page of entries, newest first. ``next`` goes back into ``after`` for the page that follows."""

    entries: tuple[EntryLine, ...]
    next: str


@dataclass(frozen=True, slots=True)
class Sealed:
    """The state of the tree after a batch was sealed."""

    size: int
    root: bytes
    note: str
    count: int


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong. ``entry_id`` and ``number`` name the row where one can be named."""

    kind: str
    message: str
    entry_id: UUID | None = None
    number: int | None = None


@dataclass(slots=True)
class Report:
    """What a verification found. ``sealed`` and ``unsealed`` count the rows read."""

    sealed: int = 0
    unsealed: int = 0
    checkpoints: int = 0
    witnessed: int = 0
    root: bytes = b""
    problems: list[Problem] = field(default_factory=list)

    @property
    def first_bad(self) -> Problem | None:
        """Return the first problem that names a row, else the first of all: a missing trigger, a key."""
        named = [one for one in self.problems if one.entry_id is not None or one.number is not None]
        return next(iter(named or self.problems), None)

    @property
    def is_sound(self) -> bool:
        return not self.problems
