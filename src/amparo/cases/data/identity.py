"""Identifying data as typed values. They are written to the vault as plain JSON and nowhere else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from amparo.cases.data.codes import NameKind, Precision
from amparo.vault.data import Json

NAMES_FIELD = "names"
BIRTH_FIELD = "birth"
CONTACT_FIELD = "safe_contact"


@dataclass(frozen=True, slots=True, repr=False)
class NameEntry:
    """One way a person is named: in one script or language, with up to two surnames."""

    kind: NameKind
    given: str
    first_surname: str = ""
    second_surname: str = ""
    language: str = ""

    def __repr__(self) -> str:
        return "NameEntry(veiled)"

    @property
    def full(self) -> str:
        return " ".join(part for part in (self.given, self.first_surname, self.second_surname) if part)

    @property
    def usual(self) -> str:
        """The name to address the person by: without the second surname."""
        return " ".join(part for part in (self.given, self.first_surname) if part)

    def to_json(self) -> dict[str, Json]:
        """Return what the vault keeps. The two written-out forms let a page show a veiled part."""
        return {
            "kind": str(self.kind),
            "given": self.given,
            "first_surname": self.first_surname,
            "second_surname": self.second_surname,
            "language": self.language,
            "full": self.full,
            "usual": self.usual,
        }

    @classmethod
    def from_json(cls, value: Mapping[str, str]) -> NameEntry:
        return cls(
            kind=NameKind(value["kind"]),
            given=value["given"],
            first_surname=value["first_surname"],
            second_surname=value["second_surname"],
            language=value["language"],
        )


@dataclass(frozen=True, slots=True, repr=False)
class Birth:
    """A birth date as it is known: the first and last plausible day, both unknown together.

    EXACT has equal days; PARTIAL covers a month or a year; ESTIMATED covers the ages somebody
    judged plausible; UNKNOWN has neither day.
    """

    precision: Precision
    earliest: date | None = None
    latest: date | None = None

    def __post_init__(self) -> None:
        if (self.earliest is None) != (self.latest is None) or (
            (self.earliest is None) != (self.precision is Precision.UNKNOWN)
        ):
            raise ValueError("a birth has two days, or none and precision UNKNOWN")
        if self.earliest and self.latest and self.earliest > self.latest:
            raise ValueError("the first plausible day lies after the last")

    def __repr__(self) -> str:
        return "Birth(veiled)"

    def to_json(self) -> dict[str, Json]:
        return {
            "precision": str(self.precision),
            "earliest": self.earliest.isoformat() if self.earliest else "",
            "latest": self.latest.isoformat() if self.latest else "",
        }

    @classmethod
    def from_json(cls, value: Mapping[str, str]) -> Birth:
        return cls(
            precision=Precision(value["precision"]),
            earliest=date.fromisoformat(value["earliest"]) if value["earliest"] else None,
            latest=date.fromisoformat(value["latest"]) if value["latest"] else None,
        )


@dataclass(frozen=True, slots=True, repr=False)
class SafeContact:
    """How the person may be reached without danger. ``mode`` is a code of ``contact_mode``."""

    mode: str = ""
    reach: str = ""
    times: str = ""
    language: str = ""
    must_not_contact: str = ""
    code_word: str = ""
    instructions: str = ""

    def __repr__(self) -> str:
        return "SafeContact(veiled)"

    @property
    def has_warning(self) -> bool:
        return bool(self.must_not_contact or self.code_word or self.instructions)

    def to_json(self) -> dict[str, Json]:
        return {name: getattr(self, name) for name in self.__slots__}

    @classmethod
    def from_json(cls, value: Mapping[str, str]) -> SafeContact:
        return cls(**{name: value.get(name, "") for name in cls.__slots__})
