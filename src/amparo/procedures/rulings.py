"""Whether the panel of a procedure has decided: asked before any step that only the panel takes.

The room of panels registers what it knows when it is ready. Without it nothing is known to be decided,
and the step is refused: a procedure never goes on because nobody was there to say no.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from amparo.doctrine.data import ProcedureFile
from amparo.procedures.data.refusals import NeedsPanel

Ruling = Callable[[UUID, datetime], tuple[str, ...]]
"""From a procedure's id and a moment: what is missing for a decision in force, in words; () is none."""

_rulings: list[Ruling] = []


def register(ruling: Ruling) -> None:
    """Say who knows what is missing. There is one; a second registration of the same is ignored."""
    if ruling not in _rulings:
        _rulings.append(ruling)


def list_missing(procedure_id: UUID, now: datetime) -> tuple[str, ...]:
    """Return what is missing before the panel's decision is in force; empty when it is."""
    if not _rulings:
        return (_("nobody can say whether the panel decided"),)
    return tuple(line for ruling in _rulings for line in ruling(procedure_id, now))


def require_ruling(definition: ProcedureFile, procedure_id: UUID, stage: str, now: datetime) -> None:
    """Raise NeedsPanel when the stage is one that only a panel's decision leads to, and there is none."""
    if stage not in definition.panel_stages:
        return
    missing = list_missing(procedure_id, now)
    if missing:
        raise NeedsPanel(missing="; ".join(missing))
