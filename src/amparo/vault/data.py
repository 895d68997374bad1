"""Shapes of the vault: compartments, opened keys, veiled values, refusals."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import NoReturn
from uuid import UUID


class Compartment(StrEnum):
    ID = "id"
    CONTACT = "contact"
    NARRATIVE = "narrative"
    DOCUMENT = "document"
    HEALTH = "health"


@dataclass(frozen=True, slots=True, repr=False)
class OpenKeys:
    """A user's opened private keys. Lives in memory only; never pickled, logged or shown."""

    user_id: UUID
    hpke_private: bytes
    signing_private: bytes

    def __repr__(self) -> str:
        return "OpenKeys(veiled)"

    def __reduce__(self) -> NoReturn:
        raise TypeError("opened keys do not leave memory")
