"""The worker: takes due tasks under a lease, retries with growing waits, and keeps the schedule.

django-tasks-db gives the table; its own worker leaves the task of a killed process running for ever,
retries nothing and stores tracebacks. Here a task that is running longer than its job's lease is
taken up again; only the class of an error is kept; the ids of finished work are wiped.
"""

from __future__ import annotations

import logging
import secrets
import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import DatabaseError, close_old_connections, transaction
from django.db.models import Q, QuerySet
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult, get_date_max

from amparo.ledger.models import Schedule
from amparo.ledger.outbox import JOBS, Job, backoff, enqueue, run_job

logger = logging.getLogger("amparo.tasks")

Clock = Callable[[], datetime]
TaskRow = DBTaskResult[Any, Any]
LEASE_ENDED = "amparo.ledger.worker.LeaseEnded"
UNKNOWN_JOB = "amparo.ledger.worker.UnknownJob"
WAIT_AFTER_ERROR_SECONDS = 5.0
LONGEST_LEASE = timedelta(minutes=10)


def utc_now() -> datetime:
    return datetime.now(UTC)


def work_until(stop: threading.Event, *, idle_seconds: float = 1.0, clock: Clock = utc_now) -> None:
    """Work until told to stop. A database that cannot be reached is tried again, not fatal."""
    worker_id = secrets.token_hex(8)
    while not stop.is_set():
        close_old_connections()
        try:
            wait = 0.0 if work_once(worker_id, clock) else idle_seconds
        except DatabaseError as error:
            logger.warning("tasks wait: the database answered %s", type(error).__name__)
            wait = WAIT_AFTER_ERROR_SECONDS
        stop.wait(wait)
    close_old_connections()


def run_due(clock: Clock = utc_now) -> int:
    """Run everything that is due, and return how many tasks ran. For commands and tests."""
    count = 0
    while work_once("once", clock):
        count += 1
    return count


def work_once(worker_id: str, clock: Clock) -> bool:
    """Keep the schedule, take back what lost its worker, run one due task. ``False`` when none was."""
    now = clock()
    enqueue_due(now)
    take_back(now)
    claimed = _claim(worker_id, now)
    if claimed is None:
        return False
    _run(claimed, clock)
    return True


def enqueue_due(now: datetime) -> int:
    """Enqueue each periodic job whose time has come, once however many workers ask. Returns how many."""
    due = {each.name: each for each in JOBS.values() if each.every_minutes}
    known = dict(Schedule.objects.filter(name__in=due).values_list("name", "due_at"))
    return sum(_enqueue_turn(each, now) for name, each in due.items() if known.get(name, now) <= now)


def _enqueue_turn(periodic: Job, now: datetime) -> bool:
    following = now + timedelta(minutes=periodic.every_minutes)
    with transaction.atomic():
        _turn, is_first = Schedule.objects.get_or_create(name=periodic.name, defaults={"due_at": following})
        is_ours = is_first or Schedule.objects.filter(name=periodic.name, due_at__lte=now).update(
            due_at=following
        )
        if is_ours:
            enqueue(periodic.name, now=now)
    return bool(is_ours)


def take_back(now: datetime) -> int:
    """Make tasks due again whose worker did not finish within the lease. Returns how many."""
    running = DBTaskResult.objects.filter(status=TaskResultStatus.RUNNING, task_path=run_job.module_path)
    count = 0
    for task in running.order_by("started_at", "id")[:100]:
        known = JOBS.get(_job_name(task))
        lease = LONGEST_LEASE if known is None else timedelta(minutes=known.lease_minutes)
        if task.started_at + lease <= now:
            count += _give_back(task, known, LEASE_ENDED, now)
    return count


def _claim(worker_id: str, now: datetime) -> TaskRow | None:
    """Take the task that is due longest; on SQLite one writer at a time, on PostgreSQL a row's lock."""
    due = Q(run_after__lte=now) | Q(run_after=get_date_max())
    ready = DBTaskResult.objects.filter(due, status=TaskResultStatus.READY, task_path=run_job.module_path)
    if not ready.exists():
        return None
    with transaction.atomic():
        task = ready.select_for_update(skip_locked=True).order_by("-priority", "run_after", "id").first()
        if task is not None:
            task.status, task.started_at = TaskResultStatus.RUNNING, now
            task.worker_ids = [*task.worker_ids, worker_id]
            task.save(update_fields=["status", "started_at", "worker_ids"])
    return task


def _run(task: TaskRow, clock: Clock) -> None:
    """Do the job and write down how it went, unless the lease ended meanwhile and others have it."""
    known = JOBS.get(_job_name(task))
    if known is None:
        _give_back(task, None, UNKNOWN_JOB, clock())
        return
    try:
        known.call(*[UUID(each) for each in task.args_kwargs["args"][1:]], now=clock())
    except Exception as error:
        _give_back(task, known, f"{type(error).__module__}.{type(error).__qualname__}", clock())
        return
    done = {"status": TaskResultStatus.SUCCESSFUL, "finished_at": clock(), "exception_class_path": ""}
    wiped = {"args": task.args_kwargs["args"][:1], "kwargs": {}}
    if not _ours(task).update(**done, args_kwargs=wiped, traceback="", return_value=None):
        logger.warning("task %s (%s) finished after its lease had ended", task.id, known.name)


def _give_back(task: TaskRow, known: Job | None, reason: str, now: datetime) -> int:
    """Make a task due again later, or fail it for good. Keeps the error's class, never its text."""
    attempts = len(task.worker_ids)
    changes: dict[str, Any] = {"exception_class_path": reason, "traceback": "", "return_value": None}
    if known is not None and _may_retry(known, reason, attempts):
        wait = timedelta() if reason == LEASE_ENDED else backoff(attempts)
        changes |= {"status": TaskResultStatus.READY, "run_after": now + wait}
        logger.warning("task %s (%s) will be tried again: %s", task.id, known.name, reason)
    else:
        changes |= {"status": TaskResultStatus.FAILED, "finished_at": now}
        logger.error("task %s (%s) failed for good: %s", task.id, _job_name(task), reason)
    return int(_ours(task).update(**changes))


def _may_retry(known: Job, reason: str, attempts: int) -> bool:
    """A turn of a periodic job is not retried when it fails, but is when its worker was killed."""
    return attempts < known.attempts or (known.every_minutes > 0 and reason == LEASE_ENDED and attempts < 3)


def _ours(task: TaskRow) -> QuerySet[TaskRow]:
    """Return the row while it is still under the claim that we hold or looked at."""
    return DBTaskResult.objects.filter(
        id=task.id, status=TaskResultStatus.RUNNING, started_at=task.started_at
    )


def _job_name(task: TaskRow) -> str:
    return str((task.args_kwargs["args"] or [""])[0])
