"""The header's next step: what upper rooms wait for counts as much as a planned task."""

from __future__ import annotations

from datetime import timedelta

import pytest

from amparo.cases import next_steps
from amparo.cases.actions import add_task
from amparo.cases.data import TaskKind, WorkItem
from amparo.cases.queries import get_file_header
from amparo.core.policy import Purpose
from amparo.procedures.providers import find_next_step
from tests.procedures.test_stages import grounds_found
from tests.procedures.world import World


def next_step(world: World) -> WorkItem | None:
    header = get_file_header(world.amina, world.person_id, purpose=Purpose.CASE_WORK, now=world.now)
    return header.next_step


def plan_call(world: World, days: int) -> None:
    due_at = world.now + timedelta(days=days)
    add_task(world.amina, now=world.now, person_id=world.person_id, kind=TaskKind.CALL, due_at=due_at)


def test_nothing_is_planned_for_a_new_file(world: World):
    assert next_step(world) is None


def test_a_period_that_runs_is_the_next_step(world: World):
    grounds_found(world)
    step = next_step(world)
    assert step is not None
    assert (step.kind, step.due_at.date() > world.now.date()) == ("procedure", True)


def test_what_is_due_first_comes_first(world: World):
    grounds_found(world)
    plan_call(world, days=400)
    assert next_step(world).kind == "procedure"
    plan_call(world, days=1)
    assert next_step(world).kind == "task"


def test_who_may_not_read_procedures_is_told_of_no_period(world: World, monkeypatch: pytest.MonkeyPatch):
    """A guardian knows the file and reads no procedure; here the right is one that nobody holds."""
    grounds_found(world)
    monkeypatch.setitem(next_steps._providers, find_next_step, "referrals.expire")
    assert next_step(world) is None
