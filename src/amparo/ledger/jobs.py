"""Periodic work of the ledger: sealing, and removing what the task table no longer needs."""

from __future__ import annotations

from datetime import datetime, timedelta

from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from amparo.ledger.actions import seal_all, seal_batch
from amparo.ledger.tasks import every

KEEP_FINISHED_DAYS = 14


@every(1, "ledger.seal")
def seal(*, now: datetime) -> None:
    """Seal what was recorded since the last time."""
    while seal_batch(now):
        pass


@every(24 * 60, "ledger.sweep", lease_minutes=60)
def sweep(*, now: datetime) -> None:
    """Seal entries that committed so late that the sealing of the day did not look for them."""
    seal_all(now)


@every(24 * 60, "ledger.prune_tasks")
def prune_tasks(*, now: datetime) -> None:
    """Remove finished tasks. Those that failed for good stay twice as long, for somebody to see."""
    old = now - timedelta(days=KEEP_FINISHED_DAYS)
    DBTaskResult.objects.filter(status=TaskResultStatus.SUCCESSFUL, finished_at__lt=old).delete()
    very_old = now - timedelta(days=2 * KEEP_FINISHED_DAYS)
    DBTaskResult.objects.filter(status=TaskResultStatus.FAILED, finished_at__lt=very_old).delete()
