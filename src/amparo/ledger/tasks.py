"""What other rooms use of the task table: declare a job, ask for it, run the worker."""

from __future__ import annotations

import threading

from amparo.ledger.outbox import enqueue as enqueue
from amparo.ledger.outbox import every as every
from amparo.ledger.outbox import job as job
from amparo.ledger.worker import run_due as run_due
from amparo.ledger.worker import work_until


def run_worker(stop: threading.Event, *, idle_seconds: float = 1.0) -> None:
    """Run due jobs until ``stop`` is set. ``amparo serve`` calls this in a process of its own."""
    work_until(stop, idle_seconds=idle_seconds)
