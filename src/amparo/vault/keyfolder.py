"""The server's half of the two locks: seal keys and pepper, in files outside the database.

Files in ``settings.AMPARO_KEYS``: ``seal-0001.key`` (one for each epoch) and ``pepper.key``, owner-only,
never in a database dump or a backup. The database holds check values, so that a missing or foreign
file is named in one sentence instead of showing as unreadable records.
"""

from __future__ import annotations

import logging
import os
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from django.conf import settings

from amparo.vault import primitives
from amparo.vault.data import ServerKeysMissing
from amparo.vault.models import SealEpoch

LOSS = (
    "Keep a copy of this folder offline, apart from the backups: whoever loses these keys and their copy "
    "loses every identity in the database, for ever, and nobody can undo it."
)

_log = logging.getLogger("amparo.vault")
_ciphers: dict[tuple[str, int, int], primitives.Cipher] = {}


def folder() -> Path:
    """Return the folder of the server's key files."""
    return Path(settings.AMPARO_KEYS)


def seal_path(epoch: int) -> Path:
    """Return where the seal key of an epoch lies."""
    return folder() / f"seal-{epoch:04d}.key"


def pepper_path() -> Path:
    """Return where the pepper lies."""
    return folder() / "pepper.key"


def outer(epoch: int) -> primitives.Cipher:
    """Return the outer lock of an epoch. The file is looked at each time: a destroyed key is gone."""
    path = seal_path(epoch)
    try:
        place = (str(path), epoch, path.stat().st_mtime_ns)
    except FileNotFoundError:
        raise ServerKeysMissing(_missing(f"The seal key of epoch {epoch}", path)) from None
    if place not in _ciphers:
        _ciphers[place] = primitives.Cipher(_read(path))
    return _ciphers[place]


def pepper() -> bytes:
    """Return the pepper that is mixed into every unlock key."""
    path = pepper_path()
    if not path.exists():
        raise ServerKeysMissing(_missing("The pepper", path))
    return _read(path)


def current_epoch(now: datetime) -> int:
    """Return the newest epoch; on an empty installation make the first keys. One query."""
    newest = SealEpoch.objects.order_by("-number").values_list("number", flat=True)
    number = newest.first()
    return number if number is not None else begin_epoch(now)


def begin_epoch(now: datetime) -> int:
    """Make the next seal key (and the pepper, the first time) and record it. Returns its number.

    The file is on disk before the row exists; a file left by a run that was killed is taken up.
    """
    last = SealEpoch.objects.order_by("-number").values_list("number", flat=True).first()
    number = (last or 0) + 1
    if last is not None:
        pepper()  # a pepper that went missing is put back, never made anew
    for path in (seal_path(number), pepper_path()):
        _make(path)
    SealEpoch.objects.create(
        number=number,
        check_value=_check_value(_read(seal_path(number))),
        pepper_check_value=_check_value(_read(pepper_path())),
        from_at=now,
    )
    _log.warning("vault.made_seal_key", extra={"epoch": number})
    return number


def destroy(epoch: int) -> None:
    """Destroy the key of an epoch. What only it locks, backups included, can never be opened again."""
    path = seal_path(epoch)
    if path.exists():
        with path.open("r+b") as stream:
            stream.write(os.urandom(path.stat().st_size))
            os.fsync(stream.fileno())
        path.unlink()
        _sync_folder()
    for place in [place for place in _ciphers if place[0] == str(path)]:
        del _ciphers[place]


def find_fault() -> str:
    """Return one sentence that says what is wrong with the key files, or "". One query."""
    for number, check_value, pepper_check in SealEpoch.objects.order_by("number").values_list(
        "number", "check_value", "pepper_check_value"
    ):
        for name, path, expected in (
            (f"The seal key of epoch {number}", seal_path(number), check_value),
            ("The pepper", pepper_path(), pepper_check),
        ):
            if not path.exists():
                return _missing(name, path)
            if not primitives.same(_check_value(_read(path)), bytes(expected)):
                return f"{name} ({path}) does not belong to this database; put the right file in its place."
    return ""


def _missing(name: str, path: Path) -> str:
    return f"{name} is missing: {path} does not exist; put the file back from its offline copy."


def _check_value(key: bytes) -> bytes:
    return primitives.derive(key, "check-value")


def _read(path: Path) -> bytes:
    lines = path.read_text(encoding="ascii").split()
    try:
        key = bytes.fromhex(lines[-1]) if lines else b""
    except ValueError:
        key = b""
    if len(key) != primitives.KEY_BYTES:
        raise ServerKeysMissing(f"{path} is damaged; put the file back from its offline copy.")
    return key


def _make(path: Path) -> None:
    """Write a new key file, complete or not at all; leave an existing one alone."""
    if path.exists():
        return
    folder().mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = path.with_name(f"{path.name}.{os.getpid()}.new")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as stream:
        stream.write(f"amparo {path.stem}\n{primitives.random_key().hex()}\n")
        stream.flush()
        os.fsync(stream.fileno())
    with suppress(FileExistsError):  # another process was first
        os.link(draft, path)
    draft.unlink()
    _sync_folder()


def _sync_folder() -> None:
    descriptor = os.open(folder(), os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
