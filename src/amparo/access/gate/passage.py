"""The run of one action through the gate, and what its body may say to the ledger."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field


@dataclass
class Passage:
    """One run of an action through the gate; the body adds coded details for the ledger row."""

    right: str
    subject: str = ""
    details: dict[str, str | int | list[str]] = field(default_factory=dict)


_passage: ContextVar[Passage | None] = ContextVar("passage", default=None)


@contextmanager
def running(passage: Passage) -> Iterator[None]:
    """Make a passage the current one; a nested action has its own."""
    token = _passage.set(passage)
    try:
        yield
    finally:
        _passage.reset(token)


def is_inside_action() -> bool:
    """Return whether an action is running, so that tables about people may be written."""
    return _passage.get() is not None


def note(*, subject: str | None = None, **details: str | int | list[str]) -> None:
    """Add coded details (never names or text) to the ledger row of the action that is running.

    ``subject`` names the case code where the action itself made the record.
    """
    passage = _passage.get()
    if passage is None:
        raise RuntimeError("gate.note is called inside an action")
    passage.details.update(details)
    if subject is not None:
        passage.subject = subject
