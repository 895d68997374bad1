"""The task table of django-tasks-db, behind a guard: names of jobs and ids go in, nothing else."""

from __future__ import annotations

from typing import Any

from django_tasks_db.backend import DatabaseBackend


class IdsOnlyBackend(DatabaseBackend):
    """Refuses, however a task is enqueued, arguments that would lie in the database in clear."""

    def enqueue(self, task: Any, args: Any, kwargs: Any) -> Any:
        _guard(task, args, kwargs)
        return super().enqueue(task, args, kwargs)

    async def aenqueue(self, task: Any, args: Any, kwargs: Any) -> Any:
        _guard(task, args, kwargs)
        return await super().aenqueue(task, args, kwargs)


def _guard(task: Any, args: Any, kwargs: Any) -> None:
    from amparo.ledger.outbox import refuse_all_but_ids  # declares a task, which needs this backend first

    refuse_all_but_ids(task.module_path, tuple(args), dict(kwargs))
