"""The ledger: appending, sealing, verifying a million rows, proving one, on the database that is named.

Runs in a child process with a home of its own, so that it never touches an installation.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta

from tools.bench.figure import Figure

ROWS = int(os.environ.get("AMPARO_BENCH_LEDGER_ROWS", "1000000"))
APPENDS = 1000
PEOPLE = 5000
START = datetime(2026, 1, 1, tzinfo=UTC)


def measure() -> list[Figure]:
    """Measure on SQLite, or on the PostgreSQL that ``AMPARO_DATABASE_URL`` names (it must be empty)."""
    with tempfile.TemporaryDirectory(prefix="amparo-bench-") as home:
        environment = os.environ | {"AMPARO_HOME": home}
        command = [sys.executable, "-m", "tools.bench.ledger"]
        done = subprocess.run(command, env=environment, check=True, stdout=subprocess.PIPE, text=True)
    found = json.loads(done.stdout.splitlines()[-1])
    return [
        Figure("ledger: entries appended, each its own commit", found["append"], "per second", 200, "more"),
        Figure("ledger: entries sealed", found["seal"], "per second", 5000, "more"),
        Figure(f"ledger: verify {found['rows']:,} rows", found["verify"], "s", 30, "less"),
        Figure("ledger: peak memory of the process that verifies", found["memory"], "MB", 120, "less"),
        Figure("ledger: proof of one row among them", found["proof"], "ms", 50, "less"),
        Figure("ledger: page of what concerns one person", found["page"], "ms", 20, "less"),
    ]


def _fill(count: int) -> None:
    """Write entries as the rooms do, but many in one statement, so that the bench is not the appending."""
    from django.db import connection, transaction
    from uuid_utils.compat import uuid7

    from amparo.ledger.canonical import details_text, entry_bytes, time_text
    from amparo.ledger.keyring import ledger_key
    from amparo.ledger.merkle import leaf_hash

    key, is_sqlite = ledger_key(), connection.vendor == "sqlite"
    details = details_text({"compartments": ["id", "contact"], "purpose": "ASSISTANCE"})

    def row(number: int) -> tuple[object, ...]:
        entry_id, at = uuid7(), time_text(START + timedelta(seconds=number))
        who, verb, subject = f"staff:{number % 60}", "vault.open", f"AM-{number % PEOPLE:05}"
        hashed = leaf_hash(entry_bytes(entry_id.hex, at, who, verb, subject, details))
        stored = entry_id.hex if is_sqlite else str(entry_id)
        stated = at if is_sqlite else f"{at}+00"
        return stored, stated, who, verb, subject, details, hashed, key.mark(hashed)

    columns = "id, at, actor_ref, verb, subject, details, leaf_hash, mark"
    statement = f"INSERT INTO ledger_entry ({columns}) VALUES (%s, %s, %s, %s, %s, %s, %s, %s)"  # noqa: S608
    for first in range(0, count, 20_000):
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.executemany(
                statement, [row(number) for number in range(first, min(first + 20_000, count))]
            )


def _run() -> dict[str, float]:
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)
    from amparo.ledger.actions import seal_all

    found = {"append": _append()}
    _fill(ROWS - APPENDS)
    began = time.perf_counter()
    sealed = seal_all(START)
    found["seal"] = sealed / (time.perf_counter() - began)
    verifying = [sys.executable, "-m", "tools.bench.ledger", "verify"]
    found |= json.loads(subprocess.run(verifying, check=True, stdout=subprocess.PIPE, text=True).stdout)
    return found | {"rows": ROWS, "proof": _proof(), "page": _page()}


def _verify() -> dict[str, float]:
    """Verify in a process that did nothing else, so that its peak memory is the verifier's."""
    import django

    django.setup()
    from amparo.ledger.verify import verify

    began = time.perf_counter()
    report = verify([])
    seconds = time.perf_counter() - began
    if not report.is_sound or report.sealed != ROWS:
        raise SystemExit(f"the ledger of the measurement is not sound: {report.first_bad}")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return {"verify": seconds, "memory": peak / 1024}


def _append() -> float:
    from amparo.ledger.record import record

    began = time.perf_counter()
    for number in range(APPENDS):
        record("staff:amina", "vault.open", subject="AM-00001", details={"n": number}, now=START)
    return APPENDS / (time.perf_counter() - began)


def _proof() -> float:
    from amparo.ledger.merkle import inclusion_path
    from amparo.ledger.tiles import range_hash

    began = time.perf_counter()
    for number in range(0, ROWS, ROWS // 20):
        inclusion_path(number, ROWS, range_hash)
    return (time.perf_counter() - began) / 20 * 1000


def _page() -> float:
    from amparo.ledger.queries import entries_about

    began = time.perf_counter()
    for number in range(50):
        entries_about("staff:ines", f"AM-{number:05}", now=START)
    return (time.perf_counter() - began) / 50 * 1000


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "amparo.site.settings")
    print(json.dumps(_verify() if sys.argv[1:] == ["verify"] else _run()))
