"""Whether the panel of a procedure has decided: asked before any step that only the panel takes.

The room of panels registers what it knows when it is ready. Without it nothing is known to be decided,
and the step is refused: a procedure never goes on because nobody was there to say no.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from amparo.doctrine.data import ProcedureFile, Transition
from amparo.procedures.data.refusals import NeedsPanel, PanelLooksFirst, PersonRefused
from amparo.procedures.data.rulings import Ruling
from amparo.procedures.data.words import label_of, language_of


@dataclass(frozen=True, slots=True)
class Source:
    """Who knows what panels decided.

    ``find``: the latest decision in force as it stands, of a procedure's id at a moment. ``list_missing``:
    what is missing, beside that decision, for one on which a stage can be entered, in words; () is none.
    """

    list_missing: Callable[[UUID, Ruling | None, datetime], tuple[str, ...]]
    find: Callable[[UUID, datetime], Ruling | None]


_sources: list[Source] = []


def register(source: Source) -> None:
    """Say who knows. There is one; a second registration of the same is ignored."""
    if source not in _sources:
        _sources.append(source)


def list_missing(procedure_id: UUID, ruling: Ruling | None, now: datetime) -> tuple[str, ...]:
    """Return what is missing before the panel's decision can be acted on; empty when nothing is."""
    if not _sources:
        return (_("nobody can say whether the panel decided"),)
    return tuple(line for source in _sources for line in source.list_missing(procedure_id, ruling, now))


def find_ruling(procedure_id: UUID, now: datetime) -> Ruling | None:
    """Return the latest decision in force of the procedure's panel as it stands, or ``None``.

    The page of the procedure, the page of the panel, their documents and the facts about a child read this.
    """
    found = (source.find(procedure_id, now) for source in _sources)
    return next((ruling for ruling in found if ruling is not None), None)


def find_ruling_for(definition: ProcedureFile, procedure_id: UUID, now: datetime) -> Ruling | None:
    """Return the same for a procedure of this definition: nothing is read where no panel decides."""
    return find_ruling(procedure_id, now) if definition.panel is not None else None


def goes_without(step: Transition, ruling: Ruling | None) -> bool:
    """Say whether a step is open although the guide does not carry it: the panel said in words why."""
    return step.needs_panel and ruling is not None and ruling.opens_stage and ruling.decides_without


def require_ruling(definition: ProcedureFile, procedure_id: UUID, stage: str, now: datetime) -> None:
    """Raise NeedsPanel when the stage is one that only a panel's decision leads to, and there is none."""
    if stage not in definition.panel_stages:
        return
    missing = list_missing(procedure_id, find_ruling(procedure_id, now), now)
    if missing:
        raise NeedsPanel(missing="; ".join(missing))


def list_lost(step: Transition, ruling: Ruling | None) -> tuple[str, ...]:
    """Return in words why a step that carries out what the panel decided waits; empty when it does not."""
    if not step.needs_standing:
        return ()
    if ruling is None:
        return (_("No decision of the panel is in force"),)
    return tuple(label_of("again", reason, language_of()) for reason in ruling.again_sorted)


def is_refused(step: Transition, ruling: Ruling | None) -> bool:
    """Say whether a step would record as accepted what the person refused."""
    return step.records_acceptance and ruling is not None and ruling.is_refused


def require_standing(step: Transition, ruling: Ruling | None) -> None:
    """Raise PanelLooksFirst, with the reasons, when a step rests on a decision that does not stand.

    Raise PersonRefused when it would record as accepted what the person refused.
    """
    if is_refused(step, ruling):
        raise PersonRefused
    lost = list_lost(step, ruling)
    if lost:
        raise PanelLooksFirst(why="; ".join(lost))
