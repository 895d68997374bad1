"""Denials: the refused attempt is recorded, although everything the action did is rolled back."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime

from amparo.access.data import Actor
from amparo.ledger.record import record


@dataclass(frozen=True, slots=True)
class Denial:
    """One refused attempt: the right, the case code or "", and the ids of the rules that refused."""

    right: str
    code: str
    reasons: tuple[str, ...]


_denials: ContextVar[list[Denial] | None] = ContextVar("denials", default=None)


def remember(denial: Denial) -> None:
    """Keep a denial until the outermost action has rolled back or committed."""
    denials = _denials.get()
    if denials is not None:
        denials.append(denial)


@contextmanager
def recording_denials(actor: Actor, now: datetime) -> Iterator[None]:
    """Record the denials of the block after its transaction ended, committed or rolled back.

    Within a nested action it does nothing: what an inner transaction records would be rolled back
    together with the outer one.
    """
    if _denials.get() is not None:
        yield
        return
    denials: list[Denial] = []
    token = _denials.set(denials)
    try:
        yield
    finally:
        _denials.reset(token)
        for denial in denials:
            record_denial(actor, denial, now)


def turn_away(actor: Actor, denial: Denial) -> None:
    """Record a denial at once, or with the action that is running when it has ended."""
    if _denials.get() is None:
        record_denial(actor, denial, actor.at)
    else:
        remember(denial)


def record_denial(actor: Actor, denial: Denial, now: datetime) -> None:
    """Append one denial to the ledger."""
    details: dict[str, str | int | list[str]] = {"right": denial.right, "reasons": list(denial.reasons)}
    record(actor.ref, "access.denied", subject=denial.code, details=details, now=now)
