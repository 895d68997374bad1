"""A private installation in its own home, served by the real command: for journeys, pictures, benches."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
AMPARO = Path(sys.executable).parent / "amparo"
START_SECONDS = 60


@dataclass(frozen=True)
class Installation:
    """Where it listens, its home, and the process that serves it."""

    url: str
    home: Path
    process: subprocess.Popen[bytes]


def run(home: Path, *command: str | Path, **environment: str) -> str:
    """Run a command in that home and return what it printed. Raises with its errors."""
    done = subprocess.run(
        [str(part) for part in command],
        cwd=ROOT,
        env=environment_of(home) | environment,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(f"{' '.join(map(str, command))} failed:\n{done.stdout}\n{done.stderr}")
    return done.stdout


@contextmanager
def served(home: Path, options: Sequence[str] = ()) -> Iterator[Installation]:
    """Serve the home on a free port until the block ends. The log is ``home/serve.log``."""
    port = free_port()
    log = (home / "serve.log").open("ab")
    process = subprocess.Popen(
        [AMPARO, "serve", "--port", str(port), *options],
        cwd=ROOT,
        env=environment_of(home),
        stdout=log,
        stderr=log,
        start_new_session=True,
    )
    try:
        url = f"http://127.0.0.1:{port}"
        _wait_until_well(url, process, home)
        yield Installation(url, home, process)
    finally:
        _stop(process)
        log.close()


def free_port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def environment_of(home: Path) -> dict[str, str]:
    """Return the environment in which a command works on that home."""
    return os.environ | {
        "AMPARO_HOME": str(home),
        "AMPARO_DATABASE_URL": "",
        "DJANGO_SETTINGS_MODULE": "amparo.site.settings",
    }


def _wait_until_well(url: str, process: subprocess.Popen[bytes], home: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with urllib.request.urlopen(f"{url}/health/", timeout=5):  # noqa: S310 (our own address)
                return
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.2)
    raise RuntimeError(f"the server did not start:\n{(home / 'serve.log').read_text()[-3000:]}")


def _stop(process: subprocess.Popen[bytes]) -> None:
    if process.poll() is None:
        process.send_signal(signal.SIGINT)
        try:
            process.wait(timeout=15)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
