"""The recovery and reflection period: longer for a reason, or waived by an informed adult.

It never depends on cooperation, so nothing here asks about that. Both changes are new entries in the
stage history; what was there stays.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from uuid import UUID

from uuid_utils.compat import uuid7

from amparo.access.data import Actor
from amparo.access.gate import action, note
from amparo.core.truth import Truth
from amparo.doctrine.registry import get_code_list
from amparo.procedures.actions.changes import lock_procedure
from amparo.procedures.data.refusals import (
    ChildCannotWaive,
    NeedsReasons,
    NoPeriod,
    NotInformed,
    NotLonger,
    TooLong,
)
from amparo.procedures.data.shapes import EXTENDED, REFLECTION, WAIVED
from amparo.procedures.models import Procedure, StageEntry
from amparo.procedures.queries.assessing import child_on
from amparo.procedures.queries.editions import definition_of
from amparo.procedures.queries.moves import running_clock
from amparo.vault import door
from amparo.vault.data import Compartment


@action("procedures.extend_period", about="person_id")
def extend_period(
    actor: Actor,
    *,
    now: datetime,
    person_id: UUID,
    procedure_id: UUID,
    version: int,
    until_date: date,
    reason: str,
    reasons: str,
) -> None:
    """Let the running period end later. ``reason`` is a code of ``period_extension``.

    Raises NoPeriod, NotLonger, TooLong (where the country's law sets a maximum), NeedsReasons, and Stale.
    """
    procedure = lock_procedure(person_id, procedure_id, version=version)
    running = _running(procedure, now)
    get_code_list("period_extension").label(reason)
    if not reasons.strip():
        raise NeedsReasons
    assert running.due_date is not None
    if until_date <= running.due_date:
        raise NotLonger(day=running.due_date.isoformat())
    _require_lawful(procedure, until_date)
    entry = _change(actor, procedure, running, EXTENDED, reason, until_date, now)
    _seal(actor, procedure, entry, {"reasons": reasons.strip()}, now)
    note(clock=REFLECTION, change=EXTENDED, reason=reason, until=until_date.isoformat())


@action("procedures.waive_period", about="person_id")
def waive_period(
    actor: Actor,
    *,
    now: datetime,
    person_id: UUID,
    procedure_id: UUID,
    version: int,
    advised_by: str,
    is_informed: bool,
    reasons: str,
) -> None:
    """Record that an adult gave up the rest of the period, and who had advised them. It ends today.

    Raises NoPeriod, ChildCannotWaive (also while the age is in doubt), NotInformed, NeedsReasons, Stale.
    """
    procedure = lock_procedure(person_id, procedure_id, version=version)
    running = _running(procedure, now)
    if child_on(person_id, now) is not Truth.NOT_ESTABLISHED:
        raise ChildCannotWaive
    if not is_informed or not advised_by.strip():
        raise NotInformed
    if not reasons.strip():
        raise NeedsReasons
    entry = _change(actor, procedure, running, WAIVED, "", now.date(), now)
    _seal(actor, procedure, entry, {"reasons": reasons.strip(), "advised_by": advised_by.strip()}, now)
    note(clock=REFLECTION, change=WAIVED)


def _running(procedure: Procedure, now: datetime) -> StageEntry:
    running = running_clock(procedure.id, REFLECTION, now)
    if running is None:
        raise NoPeriod
    return running


def _require_lawful(procedure: Procedure, until_date: date) -> None:
    """Refuse an end beyond the maximum of the country's law, counted from the first start."""
    clock = definition_of(procedure).clocks.get(REFLECTION)
    if clock is None or clock.most_days is None:
        return
    starts = StageEntry.objects.filter(procedure=procedure, clock=REFLECTION, change="").order_by("-number")
    last_day = starts[0].at.date() + timedelta(days=clock.most_days)
    if until_date > last_day:
        raise TooLong(days=clock.most_days, day=last_day.isoformat())


def _change(
    actor: Actor,
    procedure: Procedure,
    running: StageEntry,
    change: str,
    reason: str,
    due_date: date,
    now: datetime,
) -> StageEntry:
    entry = StageEntry.objects.create(
        id=uuid7(),
        procedure=procedure,
        number=procedure.stage_entries.count() + 1,
        stage=procedure.stage,
        at=now,
        by=actor.ref,
        by_name=actor.name,
        clock=running.clock,
        clock_days=running.clock_days,
        clock_source=running.clock_source,
        change=change,
        reason=reason,
        due_date=due_date,
    )
    procedure.version += 1
    procedure.save(update_fields=["version"])
    return entry


def _seal(
    actor: Actor, procedure: Procedure, entry: StageEntry, words: Mapping[str, str], now: datetime
) -> None:
    field = {f"stage.{entry.id}": dict(words)}
    door.write(actor, procedure.person_id, Compartment.NARRATIVE, field, now=now)
