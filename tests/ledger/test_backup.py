"""Backup and restore, as an administrator does them: by the commands, from one machine to another."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection, transaction

from amparo.access.gate import writes_outside_actions
from amparo.ledger.backup import age, guards, load
from amparo.ledger.backup.dump import Manifest
from tools.pgcluster import cluster

pytestmark = pytest.mark.slow
AMPARO = str(Path(sys.executable).with_name("amparo"))
PASSPHRASE = "una frase larga para la copia"
NAME = "Casa de la Ceiba Dorada"
ERASED = "0191b0c4-0000-7000-8000-000000000001"
FILL = f"""
import django; django.setup()
from datetime import UTC, datetime
from amparo.access.actions import found_agency
from amparo.access.queries import machine_actor
from amparo.core.policy import AgencyKind
from amparo.ledger.actions import seal_all
from amparo.ledger.record import record
from amparo.vault.models import Identity
now = datetime(2026, 3, 1, 12, 0, 0, 5, tzinfo=UTC)
for number in range(3):
    found_agency(machine_actor("setup"), now=now, name=f"{NAME} {{number}}", kind=AgencyKind.SHELTER)
details = {{"count": 2, "fields": ["names"]}}
record("staff:amina", "vault.open", details=details, among=["AM-1", "AM-2"], now=now)
seal_all(now)
record("staff:amina", "vault.open", subject="AM-1", now=now)
Identity.objects.create(person_id="{ERASED}", unit_id="{ERASED}", from_at=now)
"""
LOOK = """
import django; django.setup()
from amparo.access.models import Agency
from amparo.ledger.models import Entry, Mention
from amparo.vault.models import Identity, Tombstone
print(sorted(Agency.objects.values_list("id", "name")))
print(Mention.objects.count(), Identity.objects.count(), Tombstone.objects.count())
"""


@dataclass
class Machine:
    """A machine with its own home, and its own database server where the tests run on PostgreSQL."""

    home: Path
    url: str = ""

    def run(self, *command: str, script: str = "", **more: str) -> subprocess.CompletedProcess[str]:
        environment = os.environ | {"AMPARO_HOME": str(self.home), "AMPARO_DATABASE_URL": self.url} | more
        arguments = ["-c", script] if script else [AMPARO, *command]
        return subprocess.run(
            [sys.executable, *arguments],
            env=environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )

    def must(self, *command: str, script: str = "", **more: str) -> str:
        done = self.run(*command, script=script, **more)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def copy_keys(self, other: Machine) -> None:
        shutil.copytree(other.home / "keys", self.home / "keys", dirs_exist_ok=True)


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Machine]:
    """The machine that is backed up: three agencies, a ledger, a sealed file."""
    home = tmp_path_factory.mktemp("office")
    is_sqlite = settings.DATABASES["default"]["ENGINE"].endswith("sqlite3")
    if is_sqlite:
        yield _filled(Machine(home))
        return
    with cluster() as server:
        yield _filled(Machine(home, server.url()))


def _filled(made: Machine) -> Machine:
    made.must("migrate")
    made.must(script=FILL)
    (made.home / "files" / "ab").mkdir(parents=True)
    (made.home / "files" / "ab" / "abcdef").write_bytes(bytes(range(256)) * 100)
    return made


@pytest.fixture(scope="module")
def copy(office: Machine, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One backup of the office, with a passphrase."""
    path = tmp_path_factory.mktemp("copies") / "office.amparo"
    said = office.must("backup", str(path), AMPARO_BACKUP_PASSPHRASE=PASSPHRASE)
    assert "restored into a temporary place" in said
    assert "NOT in this backup" in said
    return path


@pytest.fixture
def clean(tmp_path: Path, office: Machine) -> Machine:
    """A clean machine that has the copy of the key files."""
    made = Machine(tmp_path / "home")
    made.copy_keys(office)
    return made


def is_untouched(machine: Machine) -> bool:
    if not (machine.home / "amparo.sqlite3").exists():
        return not (machine.home / "files").exists()
    looked = machine.must(script=LOOK).splitlines()
    return looked == ["[]", "0 0 0"] and not (machine.home / "files").exists()


def test_a_clean_machine_becomes_the_one_that_was_backed_up(
    office: Machine, copy: Path, clean: Machine
) -> None:
    said = clean.must("restore", str(copy), AMPARO_BACKUP_PASSPHRASE=PASSPHRASE)
    assert "The ledger is sound" in said
    assert clean.must(script=LOOK) == office.must(script=LOOK)
    assert (clean.home / "files" / "ab" / "abcdef").read_bytes() == bytes(range(256)) * 100
    assert list((clean.home / "witness").glob("checkpoints-*.txt"))
    assert "is sound" in clean.must("ledger", "verify")
    clean.must("ledger", "seal")
    assert "is sound" in clean.must("ledger", "verify"), "the restored ledger goes on"


def test_the_file_shows_nothing_and_holds_no_key(office: Machine, copy: Path) -> None:
    content = copy.read_bytes()
    assert copy.stat().st_mode & 0o077 == 0
    assert NAME.encode() not in content
    for path in (office.home / "keys").iterdir():
        assert path.read_bytes().strip() not in content
    assert not list(office.home.glob("trial-*")), "the temporary place is gone"


def test_someone_erased_since_the_backup_does_not_come_back(copy: Path, clean: Machine) -> None:
    (clean.home / "keys" / "erased.list").write_text(
        f"{ERASED} 2026-03-02T10:00:00+00:00\n", encoding="ascii"
    )
    said = clean.must("restore", str(copy), AMPARO_BACKUP_PASSPHRASE=PASSPHRASE)
    assert "Erased again 1 people" in said
    assert clean.must(script=LOOK).splitlines()[1] == "2 0 1"


def test_nothing_is_restored_before_the_keys_are_there(copy: Path, tmp_path: Path) -> None:
    bare = Machine(tmp_path / "home")
    done = bare.run("restore", str(copy), AMPARO_BACKUP_PASSPHRASE=PASSPHRASE)
    assert done.returncode == 2
    assert "the key files are missing" in done.stderr


def test_a_wrong_passphrase_opens_nothing(copy: Path, clean: Machine) -> None:
    done = clean.run("restore", str(copy), AMPARO_BACKUP_PASSPHRASE="otra frase muy distinta")
    assert (done.returncode, "does not open the backup" in done.stderr) == (2, True), done.stderr
    assert is_untouched(clean)


@pytest.mark.parametrize("damage", ["changed", "cut", "not a backup"])
def test_a_damaged_file_restores_nothing(copy: Path, clean: Machine, tmp_path: Path, damage: str) -> None:
    content = bytearray(copy.read_bytes())
    if damage == "changed":
        content[-1000] ^= 1
    elif damage == "cut":
        del content[-3000:]
    else:
        content = bytearray(b"PK\x03\x04" + bytes(5000))
    broken = tmp_path / "broken.amparo"
    broken.write_bytes(content)
    done = clean.run("restore", str(broken), AMPARO_BACKUP_PASSPHRASE=PASSPHRASE)
    assert (done.returncode, "Traceback" in done.stderr) == (2, False), done.stderr
    assert "Not done: " in done.stderr
    assert is_untouched(clean)


def test_an_installation_is_not_overwritten_unless_told(copy: Path, clean: Machine) -> None:
    clean.must("restore", str(copy), AMPARO_BACKUP_PASSPHRASE=PASSPHRASE)
    again = clean.run("restore", str(copy), AMPARO_BACKUP_PASSPHRASE=PASSPHRASE)
    assert (again.returncode, "not empty" in again.stderr) == (2, True)
    told = clean.must("restore", "--replace", str(copy), AMPARO_BACKUP_PASSPHRASE=PASSPHRASE)
    assert "Set aside amparo.sqlite3" in told
    assert list(clean.home.glob("before-*-amparo.sqlite3")), "what was there is kept"
    assert "is sound" in clean.must("ledger", "verify")


def test_a_backup_is_not_overwritten(office: Machine, copy: Path) -> None:
    done = office.run("backup", str(copy), AMPARO_BACKUP_PASSPHRASE=PASSPHRASE)
    assert (done.returncode, "exists already" in done.stderr) == (2, True)


def test_what_is_no_backup_is_named(clean: Machine, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.write_bytes(b"a letter, no backup")
    done = clean.run("restore", str(other), AMPARO_BACKUP_PASSPHRASE=PASSPHRASE)
    assert (done.returncode, "this is not a backup" in done.stderr) == (2, True)


def test_nothing_is_set_aside_for_what_is_no_backup(copy: Path, clean: Machine, tmp_path: Path) -> None:
    clean.must("restore", str(copy), AMPARO_BACKUP_PASSPHRASE=PASSPHRASE)
    other = tmp_path / "other"
    other.write_bytes(b"a letter, no backup")
    done = clean.run("restore", "--replace", str(other), AMPARO_BACKUP_PASSPHRASE=PASSPHRASE)
    assert (done.returncode, list(clean.home.glob("before-*"))) == (2, [])


def test_nothing_is_backed_up_without_its_seal_key(office: Machine, tmp_path: Path) -> None:
    [seal] = (office.home / "keys").glob("seal-*.key")
    away = seal.rename(tmp_path / seal.name)
    try:
        path = tmp_path / "new"
        done = office.run("backup", str(path), AMPARO_BACKUP_PASSPHRASE=PASSPHRASE)
    finally:
        away.rename(seal)
    assert (done.returncode, seal.name in done.stderr, path.exists()) == (1, True, False)


def test_a_short_passphrase_is_refused(office: Machine, tmp_path: Path) -> None:
    done = office.run("backup", str(tmp_path / "b"), AMPARO_BACKUP_PASSPHRASE="corta")
    assert (done.returncode, "fewer than 12" in done.stderr) == (2, True)
    assert not (tmp_path / "b").exists()


def test_a_recipient_opens_it_with_their_identity(office: Machine, clean: Machine, tmp_path: Path) -> None:
    identity, recipient = age.new_identity()
    path, key = tmp_path / "for-ines.age", tmp_path / "ines.txt"
    key.write_text(f"# public key: {recipient}\n{identity}\n", encoding="ascii")
    office.must("backup", "--recipient", recipient, str(path))
    assert path.read_bytes().startswith(b"age-encryption.org/v1"), "any age tool opens it"
    assert "can be restored" in clean.must("restore", "--check", "--identity-file", str(key), str(path))
    assert not (clean.home / "amparo.sqlite3").exists() or is_untouched(clean)
    assert "Restored" in clean.must("restore", "--identity-file", str(key), str(path))


def test_a_backup_that_lacks_rows_is_not_accepted(db: None) -> None:
    """The planted breach: a manifest that states a row more than what was read."""
    found = load._Reading()
    found.is_whole, found.stated = True, Manifest(tables=load.tables.counts() | {"access.Agency": 1})
    with pytest.raises(load.NotRestored, match="tables"):
        load._compare(found)
    found.stated = Manifest(tables=load.tables.counts(), ledger_size=5, ledger_root="00")
    with pytest.raises(load.NotRestored, match="ledger_size, ledger_root"):
        load._compare(found)
    found.is_whole = False
    with pytest.raises(load.NotRestored, match="ends before its manifest"):
        load._compare(found)


def list_guards() -> list[tuple[object, ...]]:
    """Return the triggers of the database that are in force, with what they do."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' ORDER BY name")
        else:
            cursor.execute(
                "SELECT tgname, tgrelid::regclass::text, tgfoid::regproc::text FROM pg_trigger "
                "WHERE NOT tgisinternal AND tgenabled <> 'D' ORDER BY 1, 2"
            )
        return list(cursor.fetchall())


def test_the_same_guards_stand_again_after_a_restore(db: None) -> None:
    before = list_guards()
    assert before
    with writes_outside_actions("as a restore does"), transaction.atomic(), guards.set_aside():
        assert list_guards() == []
    assert list_guards() == before


def test_guards_are_not_set_aside_outside_a_transaction(transactional_db: None) -> None:
    with pytest.raises(RuntimeError, match="transaction"), guards.set_aside():
        pass
