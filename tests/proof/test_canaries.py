"""After a full run with 200 canaries nothing at rest holds one, in any encoding, and a planted one is found.

Looked through: the whole home (database, write-ahead log, sealed files, witnesses, and the key files
too), the backup, the log, the temporary folder of the run, and on PostgreSQL a logical dump. Mail is
not sent by any part of Amparo. The answers to the browser are not at rest and hold names, as they must.
"""

from __future__ import annotations

import base64
import gzip
import shutil
import sqlite3
import subprocess
from pathlib import Path

import pytest
from django.conf import settings

from tests.proof.homes import Canaries
from tests.proof.stems import ACCENTED, STEM, STEMS, find_in, scan
from tools.pgcluster import find_binaries

pytestmark = [pytest.mark.slow, pytest.mark.timeout(900)]
ON_SQLITE = settings.DATABASES["default"]["ENGINE"].endswith("sqlite3")


def test_nothing_at_rest_holds_a_canary(canaries: Canaries, tmp_path: Path) -> None:
    folders = [canaries.home, canaries.beside]
    if not ON_SQLITE:
        dump(canaries, tmp_path / "dump.sql")
        folders.append(tmp_path)
    assert scan(folders) == {}
    assert canaries.backup.stat().st_size > 100_000
    assert (canaries.beside / "command.log").stat().st_size > 1_000
    if ON_SQLITE:
        assert (canaries.beside / "wal").stat().st_size > 100_000


def dump(canaries: Canaries, path: Path) -> None:
    """Write a logical dump of the database of the canaries."""
    url = canaries.environment["AMPARO_DATABASE_URL"]
    with path.open("wb") as target:
        subprocess.run([find_binaries() / "pg_dump", url], stdout=target, check=True)
    assert b"vault_field" in path.read_bytes()


@pytest.mark.skipif(not ON_SQLITE, reason="the search of files is the same; the leak is planted in a file")
def test_a_leak_planted_in_a_column_and_in_a_log_is_found(canaries: Canaries, tmp_path: Path) -> None:
    copy = tmp_path / "amparo.sqlite3"
    shutil.copy(canaries.home / "amparo.sqlite3", copy)
    assert scan([tmp_path]) == {}
    with sqlite3.connect(copy) as connection:
        connection.execute("UPDATE access_unit SET name = ?", (f"Equipo de {STEM.lower()}",))
    connection.close()
    (tmp_path / "serve.log").write_text(f"saved {ACCENTED}", encoding="utf-8")
    assert {Path(path).name for path in scan([tmp_path])} == {"amparo.sqlite3", "serve.log"}


@pytest.mark.parametrize("stem", STEMS)
@pytest.mark.parametrize("coding", ["utf-8", "utf-16-le", "utf-16-be", "latin-1"])
def test_a_leak_is_found_in_every_encoding(stem: str, coding: str) -> None:
    for text in (stem, stem.upper(), stem.lower(), stem[::-1]):
        raw = f"a {text} b".encode(coding)
        assert find_in(raw), text
        assert find_in(raw.hex().encode()), text
        assert find_in(b"\0" + gzip.compress(raw) + b"\0"), text
    for before in range(4):
        raw = b"x" * before + stem.encode("utf-8") + b"yy"
        assert find_in(base64.b64encode(raw))
        assert find_in(base64.urlsafe_b64encode(raw))
