"""A country's pack as other rooms read it: who decides there, in which languages, and what differs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from amparo.doctrine.data import Status, Text


class Topic(StrEnum):
    """What a rule of a pack is about."""

    ASYLUM = "asylum"
    ASSISTANCE = "assistance"
    CHILDREN = "children"
    COORDINATION = "coordination"
    DATA = "data"
    DEFINITION = "definition"
    IDENTIFICATION = "identification"
    REFLECTION = "reflection"
    RESETTLEMENT = "resettlement"
    RESIDENCE = "residence"
    RETURN = "return"
    TRAINING = "training"


@dataclass(frozen=True, slots=True)
class Authority:
    """One authority. ``kind``: a code of the list ``agency_kind``, or of ``body_kind`` for what is no agency.

    ``verified_date``: the day on which somebody compared the row with an official source; None says
    that nobody has. ``verify``: what to compare it with.
    """

    id: str
    kind: str
    name: Text
    acronym: str
    languages: tuple[str, ...]
    does: Text | None
    sources: tuple[str, ...]
    status: Status
    verified_date: date | None = None
    verify: Text | None = None


@dataclass(frozen=True, slots=True)
class PackRule:
    """What a country's law or practice says on one topic. ``is_law`` is false for a practice."""

    id: str
    topic: Topic
    says: Text
    sources: tuple[str, ...]
    status: Status
    is_law: bool = True
    verify: Text | None = None


@dataclass(frozen=True)
class Pack:
    """A country's pack. ``about`` says what it is made of and what it does not know."""

    country: str
    about: Text
    languages: tuple[str, ...]
    authorities: Mapping[str, Authority]
    rules: Mapping[str, PackRule]

    def authorities_of(self, kind: str) -> tuple[Authority, ...]:
        """The authorities of one kind, in the order of the file."""
        return tuple(one for one in self.authorities.values() if one.kind == kind)

    def rules_on(self, topic: Topic) -> tuple[PackRule, ...]:
        return tuple(one for one in self.rules.values() if one.topic is topic)
