"""No acknowledged write is lost to kill -9, to a power cut of the database, or to a full disk."""

from __future__ import annotations

import os
import random
import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from django.conf import settings

from tools.pgcluster import Cluster, cluster

ROUNDS = 5
WRITERS = 2
SEED = 20260301
AMPARO = str(Path(sys.executable).with_name("amparo"))
WRITER = [sys.executable, "-m", "tests.doors.kill_writer"]
COUNTS = """
import django; django.setup()
from amparo.access.models import Agency
from amparo.ledger.models import Checkpoint, Entry
from amparo.ledger.verify import verify
print(*Agency.objects.values_list("id", flat=True))
print(Entry.objects.filter(verb="access.found_agency").count())
print(max(Checkpoint.objects.values_list("size", flat=True), default=0))
print(verify().first_bad)
"""


@dataclass
class House:
    """An installation of its own, what its writers were told is committed, and its server if it has one."""

    environment: dict[str, str]
    server: Cluster | None = None
    written: set[str] = field(default_factory=set)
    sealed: int = 0

    def run(self, *command: str) -> str:
        done = subprocess.run(
            [sys.executable, *command], env=self.environment, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def hear(self, lines: list[str]) -> None:
        """Take note of the lines that are whole: each was said after its commit."""
        for line in lines:
            word, _space, value = line.rstrip("\n").partition(" ")
            if word == "wrote" and line.endswith("\n"):
                self.written.add(value)
            elif word == "sealed" and line.endswith("\n"):
                self.sealed = max(self.sealed, int(value))

    def check(self) -> int:
        """Assert that all that was acknowledged is there, audited and verifiable. Returns the writes."""
        agencies, entries, sealed, bad = self.run("-c", COUNTS).splitlines()
        stored = set(agencies.split())
        assert self.written <= stored, f"{len(self.written - stored)} acknowledged writes are lost"
        assert len(stored) == int(entries), "a write without its entry, or an entry without its write"
        assert self.sealed <= int(sealed)
        assert bad == "None"
        return len(stored)


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    """A fresh installation on the kind of database that this run of the tests is for."""
    environment = os.environ | {"AMPARO_HOME": str(tmp_path), "AMPARO_DATABASE_URL": ""}
    if settings.DATABASES["default"]["ENGINE"].endswith("sqlite3"):
        made = House(environment)
        made.run(AMPARO, "migrate")
        yield made
        return
    with cluster(durable=True) as server:
        made = House(environment | {"AMPARO_DATABASE_URL": server.url()}, server)
        made.run(AMPARO, "migrate")
        yield made


def start_writers(house: House, count: int) -> list[subprocess.Popen[str]]:
    started = [
        subprocess.Popen(
            WRITER, env=house.environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
        )
        for _ in range(count)
    ]
    for writer in started:
        assert writer.stdout is not None
        assert writer.stdout.readline().startswith("ready")
    return started


def kill_after(house: House, writers: list[subprocess.Popen[str]], seconds: float) -> None:
    time.sleep(seconds)
    for writer in writers:
        writer.kill()
    for writer in writers:
        house.hear(writer.communicate()[0].splitlines(keepends=True))


@pytest.mark.slow
def test_nothing_acknowledged_is_lost_to_kill_9(house: House) -> None:
    dice = random.Random(SEED)
    before = 0
    for _round in range(ROUNDS):
        kill_after(house, start_writers(house, WRITERS), dice.uniform(0.05, 0.9))
        stored = house.check()
        assert stored > before, "the house went on working after the kill before"
        before = stored
    assert house.sealed > 0, "kills fell among sealings too"
    assert "is sound" in house.run(AMPARO, "ledger", "verify")


@pytest.mark.slow
def test_nothing_acknowledged_is_lost_when_the_database_server_is_cut_off(house: House) -> None:
    if house.server is None:
        pytest.skip("SQLite has no server; its process is the one that the test above kills")
    [writer] = start_writers(house, 1)
    time.sleep(0.7)
    house.server.crash()
    house.hear(writer.communicate(timeout=60)[0].splitlines(keepends=True))
    house.server.start()
    assert house.check() > 0


@pytest.mark.slow
def test_a_full_disk_is_said_and_loses_nothing(house: House) -> None:
    """SQLite's files may grow no further, as on a full disk; PostgreSQL's disk is its server's."""
    if house.server is not None:
        pytest.skip("a limit on the writing process does not reach PostgreSQL's server")
    files = Path(house.environment["AMPARO_HOME"]).glob("amparo.sqlite3*")
    room = max(path.stat().st_size for path in files) + 400_000

    def fill_up() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (room, room))

    done = subprocess.run(
        [*WRITER, "--until-refused"],
        env=house.environment,
        preexec_fn=fill_up,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    lines = done.stdout.splitlines(keepends=True)
    assert lines[-1].startswith("refused"), done.stdout[-500:] + done.stderr[-500:]
    house.hear(lines)
    assert len(house.written) > 10
    assert house.check() >= len(house.written)


def test_the_check_would_notice_a_lost_write(house: House) -> None:
    """The planted breach: a write that was never made is said to have been acknowledged."""
    house.written.add("00000000-0000-0000-0000-000000000000")
    with pytest.raises(AssertionError, match="1 acknowledged writes are lost"):
        house.check()
