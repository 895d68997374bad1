"""Facts of a guide: answers computed from records, by named providers of the rooms that own them.

A provider is registered once, when its room is ready. A fact whose provider nobody registered, or
whose provider answers ``None``, is *not assessed*, and the page says which of the two it is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

from amparo.access.data import Actor
from amparo.access.queries import machine_actor
from amparo.core.evaluation import Answer
from amparo.core.truth import Truth


class Provider(Protocol):
    """Answers one question about one person from records, or ``None`` when they do not say."""

    def __call__(self, actor: Actor, person_id: UUID, *, as_of: datetime) -> Answer | None: ...


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact with its origin. ``is_provided`` is false when no room registered a provider.

    ``is_absence``: it holds as long as nothing to the contrary is recorded; nobody documented it.
    """

    name: str
    answer: Answer
    origin: str
    is_provided: bool
    is_absence: bool = False

    @property
    def holds_unexamined(self) -> bool:
        """Say whether it is established only because nothing to the contrary was recorded."""
        return self.is_absence and self.answer.truth is Truth.ESTABLISHED


_providers: dict[str, tuple[Provider, Callable[[], str]]] = {}
_absences: set[str] = set()


def register(name: str, provider: Provider, *, origin: object = "", is_absence: bool = False) -> None:
    """Register the provider of one fact. ``origin`` (lazy text) says which records it reads."""
    if name in _providers and _providers[name][0] is not provider:
        raise ValueError(f"the fact {name} has two providers")
    _providers[name] = (provider, lambda: str(origin))
    if is_absence:
        _absences.add(name)


def computed(truth: Truth) -> Answer | None:
    """Return an answer of the machine; what is not assessed says nothing."""
    if truth is Truth.NOT_ASSESSED:
        return None
    return Answer(truth, by=machine_actor("facts").ref, has_reasons=True)


def list_registered() -> frozenset[str]:
    return frozenset(_providers)


def compute_facts(
    actor: Actor, person_id: UUID, names: Iterable[str], *, as_of: datetime
) -> Mapping[str, Fact]:
    """Return every named fact. Total: a missing provider or answer is *not assessed*."""
    return {name: _compute(actor, person_id, name, as_of) for name in sorted(set(names))}


def _compute(actor: Actor, person_id: UUID, name: str, as_of: datetime) -> Fact:
    if name not in _providers:
        return Fact(name, Answer(Truth.NOT_ASSESSED, by=f"fact:{name}", has_reasons=False), "", False)
    provider, origin = _providers[name]
    answer = provider(actor, person_id, as_of=as_of)
    if answer is None:
        answer = Answer(Truth.NOT_ASSESSED, by=f"fact:{name}", has_reasons=False)
    return Fact(name, answer, origin(), True, name in _absences)
