"""Work that is done later: what rooms declare, and how they ask for it.

A room declares its jobs in its ``jobs.py`` and imports that file when it starts. ``enqueue`` writes to
django-tasks' table in the caller's transaction, so that the work is promised exactly when the change
commits: that table is the outbox. Only ids are passed; a job reads everything else itself. A job can
run twice (a lease that ended while it worked), so what it does must bear repetition.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, TypeVar
from uuid import UUID

from django_tasks import task

from amparo.ledger.data import NotAnId

Body = TypeVar("Body", bound=Callable[..., None])


@dataclass(frozen=True, slots=True)
class Job:
    """One kind of work. It is taken up again after ``lease_minutes``, and given up after ``attempts``."""

    name: str
    call: Callable[..., None]
    lease_minutes: int
    attempts: int
    every_minutes: int = 0


JOBS: dict[str, Job] = {}


def job(name: str, *, lease_minutes: int = 10, attempts: int = 8) -> Callable[[Body], Body]:
    """Declare ``fn(*ids, now)`` as the job ``room.verb``."""

    def declare(body: Body) -> Body:
        _declare(Job(name, body, lease_minutes, attempts))
        return body

    return declare


def every(minutes: int, name: str, *, lease_minutes: int = 10) -> Callable[[Body], Body]:
    """Declare ``fn(now)`` as a job that is due every so many minutes. Its next turn is its retry."""

    def declare(body: Body) -> Body:
        _declare(Job(name, body, lease_minutes, 1, minutes))
        return body

    return declare


def enqueue(name: str, *ids: UUID, now: datetime, run_at: datetime | None = None) -> UUID:
    """Ask for a job in the caller's transaction, at once or at ``run_at``. Returns the task's id.

    Raises ``LookupError`` for a job that no room declared and ``NotAnId`` for anything but UUIDs.
    """
    if not all(isinstance(each, UUID) for each in ids):
        raise NotAnId("a task takes ids only; the job reads everything else itself")
    asked = run_job.using(run_after=run_at or now).enqueue(name, *map(str, ids))
    return UUID(asked.id)


@task()
def run_job(name: str, *ids: str) -> None:
    """Do one job now. The worker calls the job itself; this is what django-tasks' table names."""
    raise NotImplementedError("jobs are run by amparo's worker, which keeps their leases")


def refuse_all_but_ids(path: str, args: tuple[Any, ...], kwargs: dict[str, Any]) -> None:
    """Guard the task table, where arguments lie in clear: a declared job's name and ids, nothing else."""
    if path != run_job.module_path:
        raise NotAnId("tasks are asked for by amparo.ledger.tasks.enqueue")
    name, *ids = args
    if name not in JOBS:
        raise LookupError(f"no room declares the job {name!r}")
    if kwargs or not all(_is_id(each) for each in ids):
        raise NotAnId("a task takes ids only; the job reads everything else itself")


def backoff(attempts: int) -> timedelta:
    """Return how long to wait after so many attempts: 1, 2, 4 ... minutes, six hours at most."""
    return timedelta(minutes=min(2 ** (attempts - 1), 360))


def _declare(declared: Job) -> None:
    known = JOBS.get(declared.name)
    if known is not None and known.call.__module__ != declared.call.__module__:
        raise ValueError(f"the job {declared.name} is declared twice")
    JOBS[declared.name] = declared


def _is_id(text: object) -> bool:
    try:
        return isinstance(text, str) and str(UUID(text)) == text
    except ValueError:
        return False
