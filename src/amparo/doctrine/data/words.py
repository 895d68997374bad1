"""What every row of doctrine has: words in both languages, a status, and the name of its version."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Status(StrEnum):
    SEED = "S"
    VERIFIED = "V"
    SECONDARY = "V2"
    UNVERIFIED_HIGH = "U-h"
    UNVERIFIED_MEDIUM = "U-m"
    UNVERIFIED_LOW = "U-l"

    @property
    def is_unverified(self) -> bool:
        return self.value.startswith("U")


INTERNATIONAL = "INT"


class Subject(StrEnum):
    """What a procedure is about."""

    PERSON = "person"
    VISIT = "visit"


@dataclass(frozen=True, slots=True)
class Text:
    """One text in Spanish and English. ``text["es-mx"]`` falls back to Spanish, the default language."""

    es: str
    en: str

    def __getitem__(self, language: str) -> str:
        return self.en if language.lower().startswith("en") else self.es


def edition_of(country: str, version: int) -> str:
    """The name of one version of one country: "URY/2", or "INT/2" for the international text."""
    return f"{country or INTERNATIONAL}/{version}"
