"""Tasks: promised with the change that asks for them, leased, retried, taken up after a kill, scrubbed."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from django.db import transaction
from django_tasks import task
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from amparo.ledger import jobs, outbox, tasks, worker
from amparo.ledger.data import NotAnId
from amparo.ledger.models import Leaf, Schedule
from amparo.ledger.record import record
from amparo.ledger.tasks import enqueue, every, job

START = datetime(2026, 3, 1, 12, tzinfo=UTC)
pytestmark = pytest.mark.django_db


class Clock:
    """A clock that tests move by hand."""

    def __init__(self) -> None:
        self.now = START

    def __call__(self) -> datetime:
        return self.now

    def pass_minutes(self, minutes: float) -> None:
        self.now += timedelta(minutes=minutes)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """A moved clock, and no job but those that the test declares."""
    monkeypatch.setattr(outbox, "JOBS", {})
    monkeypatch.setattr(worker, "JOBS", outbox.JOBS)
    return Clock()


@pytest.fixture
def done(clock: Clock) -> list[tuple[UUID, ...]]:
    """What the job ``tests.work`` was called with."""
    calls: list[tuple[UUID, ...]] = []

    @job("tests.work", lease_minutes=5, attempts=3)
    def work(*ids: UUID, now: datetime) -> None:
        calls.append(ids)

    return calls


def only_task() -> DBTaskResult:
    return DBTaskResult.objects.get()


def test_a_task_runs_once_with_its_ids_and_forgets_them(done: list[tuple[UUID, ...]], clock: Clock) -> None:
    first, second = uuid4(), uuid4()
    enqueue("tests.work", first, second, now=START)
    assert worker.run_due(clock) == 1
    assert done == [(first, second)]
    assert (only_task().status, only_task().args_kwargs["args"]) == (
        TaskResultStatus.SUCCESSFUL,
        ["tests.work"],
    )


def test_a_task_is_promised_only_when_its_change_commits(done: list[tuple[UUID, ...]], clock: Clock) -> None:
    with transaction.atomic():
        enqueue("tests.work", uuid4(), now=START)
        transaction.set_rollback(True)  # as the gate does when an action is refused after all
    assert worker.run_due(clock) == 0


def test_a_task_waits_for_its_time(done: list[tuple[UUID, ...]], clock: Clock) -> None:
    enqueue("tests.work", now=START, run_at=START + timedelta(hours=1))
    assert worker.run_due(clock) == 0
    clock.pass_minutes(60)
    assert worker.run_due(clock) == 1


@pytest.mark.parametrize("wrong", ["María Pérez", "AM-7KQ3-9XTR", 7, {"name": "María"}, None])
def test_anything_but_an_id_is_refused_and_not_stored(done: list[object], wrong: object) -> None:
    with pytest.raises(NotAnId) as refusal:
        enqueue("tests.work", wrong, now=START)  # type: ignore[arg-type]
    assert "María" not in str(refusal.value)
    with pytest.raises(NotAnId):
        outbox.run_job.enqueue("tests.work", wrong)
    assert not DBTaskResult.objects.exists()


@task()
def smuggler(text: str) -> None:
    """A task declared past the registry, as somebody might who reads django-tasks' manual."""


def test_a_task_that_goes_past_the_registry_is_refused() -> None:
    with pytest.raises(NotAnId):
        smuggler.enqueue("María Pérez")
    with pytest.raises(NotAnId):
        smuggler.enqueue(text="María Pérez")
    assert not DBTaskResult.objects.exists()


def test_an_undeclared_job_is_refused(done: list[object]) -> None:
    with pytest.raises(LookupError, match=r"tests\.nothing"):
        enqueue("tests.nothing", now=START)


def test_a_name_is_not_declared_twice(clock: Clock) -> None:
    every(5, "tests.turn")(lambda now: None)
    with pytest.raises(ValueError, match="declared twice"):
        every(5, "tests.turn")(jobs.seal)


@pytest.fixture
def failing(clock: Clock) -> list[datetime]:
    """When the job ``tests.fail`` was tried; it raises an error whose text names a person."""
    tried: list[datetime] = []

    @job("tests.fail", attempts=3)
    def fail(*, now: datetime) -> None:
        tried.append(now)
        raise LookupError("no contact for María Pérez")

    return tried


def test_a_failure_is_retried_with_growing_waits_then_given_up(failing: list[datetime], clock: Clock) -> None:
    enqueue("tests.fail", now=START)
    for _minute in range(20):
        worker.run_due(clock)
        clock.pass_minutes(1)
    assert [(at - START).seconds // 60 for at in failing] == [0, 1, 3]
    assert only_task().status == TaskResultStatus.FAILED


def test_only_the_class_of_an_error_is_kept(failing: list[datetime], clock: Clock) -> None:
    enqueue("tests.fail", now=START)
    worker.run_due(clock)
    kept = " ".join(str(value) for value in DBTaskResult.objects.values_list()[0])
    assert "builtins.LookupError" in kept
    assert "María" not in kept
    assert "Traceback" not in kept


def test_the_task_of_a_killed_worker_is_taken_up_when_its_lease_ends(
    done: list[tuple[UUID, ...]], clock: Clock
) -> None:
    enqueue("tests.work", now=START)
    assert worker._claim("killed", START) is not None
    clock.pass_minutes(4)
    assert worker.run_due(clock) == 0
    clock.pass_minutes(1)
    assert worker.run_due(clock) == 1
    assert len(done) == 1
    assert only_task().worker_ids == ["killed", "once"]


def test_a_worker_that_wakes_after_its_lease_changes_nothing(
    done: list[tuple[UUID, ...]], clock: Clock
) -> None:
    enqueue("tests.work", now=START)
    late = worker._claim("late", START)
    assert late is not None
    clock.pass_minutes(5)
    worker.take_back(clock.now)
    before = DBTaskResult.objects.values()[0]
    worker._run(late, clock)
    assert DBTaskResult.objects.values()[0] == before


def test_a_task_that_kills_its_workers_is_given_up(done: list[object], clock: Clock) -> None:
    enqueue("tests.work", now=START)
    for _attempt in range(3):
        assert worker._claim("killed", clock.now) is not None
        clock.pass_minutes(5)
        worker.take_back(clock.now)
    assert only_task().status == TaskResultStatus.FAILED
    assert only_task().exception_class_path == worker.LEASE_ENDED


def test_a_task_whose_job_is_gone_fails_without_stopping_the_others(
    done: list[tuple[UUID, ...]], clock: Clock
) -> None:
    job("tests.old")(lambda now: None)
    enqueue("tests.old", now=START)
    enqueue("tests.work", now=START)
    del outbox.JOBS["tests.old"]
    assert worker.run_due(clock) == 2
    assert len(done) == 1
    assert DBTaskResult.objects.filter(status=TaskResultStatus.FAILED).count() == 1


def test_a_periodic_job_has_one_turn_each_time_however_many_workers_ask(clock: Clock) -> None:
    turns: list[datetime] = []
    every(10, "tests.turn")(lambda now: turns.append(now))
    for _minute in range(25):
        assert worker.enqueue_due(clock.now) + worker.enqueue_due(clock.now) <= 1
        worker.run_due(clock)
        clock.pass_minutes(1)
    assert [(at - START).seconds // 60 for at in turns] == [0, 10, 20]


def test_after_a_long_stop_a_periodic_job_has_one_turn_not_all_it_missed(clock: Clock) -> None:
    turns: list[datetime] = []
    every(10, "tests.turn")(lambda now: turns.append(now))
    worker.run_due(clock)
    clock.pass_minutes(600)
    worker.run_due(clock)
    assert len(turns) == 2


def test_a_turn_that_fails_is_not_retried_before_the_next(clock: Clock) -> None:
    def fail(now: datetime) -> None:
        raise LookupError

    every(10, "tests.turn")(fail)
    for _minute in range(15):
        worker.run_due(clock)
        clock.pass_minutes(1)
    assert list(DBTaskResult.objects.values_list("status", flat=True)) == [TaskResultStatus.FAILED] * 2


def test_the_ledger_is_sealed_by_the_schedule() -> None:
    record("staff:amina", "cases.add_need", now=START)
    worker.run_due(Clock())
    assert Leaf.objects.count() == 1
    assert {"ledger.seal", "ledger.sweep", "ledger.prune_tasks"} <= set(
        Schedule.objects.values_list("name", flat=True)
    )


def test_finished_tasks_are_removed_after_a_while(done: list[object], clock: Clock) -> None:
    enqueue("tests.work", now=START)
    worker.run_due(clock)
    jobs.prune_tasks(now=START + timedelta(days=13))
    assert DBTaskResult.objects.count() == 1
    jobs.prune_tasks(now=START + timedelta(days=15))
    assert DBTaskResult.objects.count() == 0


def test_the_loop_ends_when_it_is_told_to(monkeypatch: pytest.MonkeyPatch) -> None:
    stop = threading.Event()

    def once(_worker_id: str, _clock: worker.Clock) -> bool:
        stop.set()
        return True

    monkeypatch.setattr(worker, "work_once", once)
    monkeypatch.setattr(worker, "close_old_connections", lambda: None)
    tasks.run_worker(stop)
    assert stop.is_set()
