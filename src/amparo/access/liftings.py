"""What a lifting of the firewall of origin rests on: a written consent, and legal advice on record.

The room that keeps such records registers when it is ready. While none does, nothing is ever lifted.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from amparo.access.data import Actor


@dataclass(frozen=True, slots=True)
class Paper:
    """One record that can be named. ``label`` says its kind, never a word of what it says."""

    id: UUID
    label: str
    on: date


@dataclass(frozen=True, slots=True)
class Papers:
    """The consents and the legal advice of one person on which a lifting may rest at that moment."""

    consents: tuple[Paper, ...] = ()
    advices: tuple[Paper, ...] = ()

    def hold(self, consent_id: UUID, advice_id: UUID) -> bool:
        """Return whether both records named are among them."""
        return consent_id in {paper.id for paper in self.consents} and advice_id in {
            paper.id for paper in self.advices
        }


Provider = Callable[[Actor, UUID, datetime], Papers]

_providers: list[Provider] = []


def register(provider: Provider) -> None:
    """Add a provider once. It returns what the actor may know about that person, no more."""
    if provider not in _providers:
        _providers.append(provider)


def list_papers(actor: Actor, person_id: UUID, now: datetime) -> Papers:
    """Return the records of every room that keeps some."""
    found = [provider(actor, person_id, now) for provider in _providers]
    return Papers(
        tuple(paper for papers in found for paper in papers.consents),
        tuple(paper for papers in found for paper in papers.advices),
    )
