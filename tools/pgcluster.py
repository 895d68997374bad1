"""A private PostgreSQL cluster for tests and measurements, removed afterwards.

    python tools/pgcluster.py run [--durable] -- COMMAND ...

runs COMMAND with ``AMPARO_DATABASE_URL`` naming an empty database of a new cluster. The server listens
on 127.0.0.1 and on a socket in its own folder, asks for a random password, and never runs as root:
where we are root, an existing unprivileged account starts it.
"""

from __future__ import annotations

import argparse
import os
import pwd
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

ACCOUNTS = ("postgres", "nobody")
OWNER = "amparo"
SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "max_connections": "60",
    "shared_buffers": "64MB",
    "timezone": "UTC",
    "log_timezone": "UTC",
}
QUICK = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
DURABLE = {"fsync": "on", "synchronous_commit": "on", "full_page_writes": "on"}


class NoPostgreSQL(RuntimeError):
    """The server's binaries are not on this machine."""


def find_binaries() -> Path:
    """Return the folder of the newest PostgreSQL server installed. Raises ``NoPostgreSQL``."""
    found = [path.parent for path in Path("/usr/lib/postgresql").glob("*/bin/initdb")]
    if found:
        return max(found, key=lambda path: int(path.parent.name))
    on_path = shutil.which("initdb")
    if on_path is None:
        raise NoPostgreSQL("PostgreSQL's server was not found (Debian: apt-get install postgresql)")
    return Path(on_path).resolve().parent


def _account() -> dict[str, int | list[int]]:
    """Say as whom the server's programs run: ourselves, or an unprivileged account when we are root."""
    if os.getuid() != 0:
        return {}
    known = {entry.pw_name: entry for entry in pwd.getpwall()}
    for name in ACCOUNTS:
        if name in known:
            return {"user": known[name].pw_uid, "group": known[name].pw_gid, "extra_groups": []}
    raise NoPostgreSQL("PostgreSQL does not run as root, and there is no account postgres or nobody")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@dataclass
class Cluster:
    """One private cluster in ``folder``. ``durable`` syncs every commit to the disk."""

    folder: Path
    durable: bool = False
    password: str = field(default_factory=lambda: secrets.token_hex(16))
    port: int = field(default_factory=_free_port)

    @property
    def data(self) -> Path:
        return self.folder / "data"

    def url(self, database: str = OWNER) -> str:
        """Return the address of a database, as ``AMPARO_DATABASE_URL`` wants it."""
        return f"postgresql://{OWNER}:{self.password}@127.0.0.1:{self.port}/{database}"

    def create(self) -> None:
        """Make the cluster's files, start the server and make the first database."""
        account = _account()
        if account:
            os.chown(self.folder, account["user"], account["group"])  # type: ignore[arg-type]
        secret = self.folder / "password"
        secret.write_text(self.password, encoding="ascii")
        secret.chmod(0o644)
        self._call(
            "initdb",
            "-D",
            self.data,
            "-U",
            OWNER,
            "--auth=scram-sha-256",
            f"--pwfile={secret}",
            "--encoding=UTF8",
            "--locale=C.UTF-8",
            "--no-sync",
        )
        secret.unlink()
        chosen = SETTINGS | (DURABLE if self.durable else QUICK)
        chosen |= {"port": str(self.port), "unix_socket_directories": str(self.folder)}
        lines = [f"{name} = '{value}'\n" for name, value in chosen.items()]
        with (self.data / "postgresql.auto.conf").open("a", encoding="ascii") as stream:
            stream.writelines(lines)
        self.start()
        self.create_database(OWNER)

    def start(self) -> None:
        """Start the server and wait until it answers."""
        self._call("pg_ctl", "-D", self.data, "-w", "-t", "60", "-l", self.folder / "log", "start")

    def stop(self) -> None:
        """Stop the server cleanly."""
        self._call("pg_ctl", "-D", self.data, "-w", "-m", "fast", "stop")

    def crash(self) -> None:
        """Stop every process of the server at once, as a power cut would, without a checkpoint."""
        self._call("pg_ctl", "-D", self.data, "-w", "-m", "immediate", "stop")

    def create_database(self, name: str) -> str:
        """Make an empty database and return its address."""
        self._call("createdb", "-h", "127.0.0.1", "-p", self.port, "-U", OWNER, name)
        return self.url(name)

    def _call(self, program: str, *arguments: object) -> None:
        command = [str(find_binaries() / program), *map(str, arguments)]
        environment = {"PATH": os.defpath, "PGPASSWORD": self.password, "LC_ALL": "C.UTF-8"}
        done = subprocess.run(
            command,
            env=environment,
            cwd="/",
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
            **_account(),  # type: ignore[call-overload]
        )
        if done.returncode:
            raise RuntimeError(f"{program} failed: {done.stderr.strip()}")


@contextmanager
def cluster(*, durable: bool = False) -> Iterator[Cluster]:
    """Give a running private cluster; stop it and remove its files at the end."""
    folder = Path(tempfile.mkdtemp(prefix="amparo-pg-", dir="/tmp"))
    made = Cluster(folder, durable)
    try:
        made.create()
        yield made
    finally:
        if (made.data / "postmaster.pid").exists():
            made.stop()
        shutil.rmtree(folder, ignore_errors=True)


def _stop_asked(_signal: int, _frame: object) -> None:
    raise KeyboardInterrupt


def main() -> int:
    parser = argparse.ArgumentParser(description="Run a command with a private PostgreSQL.")
    parser.add_argument("verb", choices=["run"])
    parser.add_argument("--durable", action="store_true", help="sync every commit to the disk")
    parser.add_argument("command", nargs=argparse.REMAINDER)
    options = parser.parse_args()
    command = options.command[1:] if options.command[:1] == ["--"] else options.command
    if not command:
        parser.error("name the command to run after --")
    signal.signal(signal.SIGTERM, _stop_asked)
    try:
        with cluster(durable=options.durable) as made:
            return subprocess.run(command, env=os.environ | {"AMPARO_DATABASE_URL": made.url()}).returncode
    except NoPostgreSQL as missing:
        print(missing, file=sys.stderr)
        return 3


if __name__ == "__main__":
    sys.exit(main())
