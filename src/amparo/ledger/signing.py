"""The ledger's key: marks each entry, signs each checkpoint. The only file here that uses cryptography.

The key file ``ledger.key`` lies in the keys folder, outside the database and its backups. Public keys
that were in use before it, one a line in base64, are trusted when ``ledger.trusted`` lists them.
Checkpoints are signed notes as transparency logs use them: origin, size, root, then the signature
line, so that outside witnesses can check them with tools that are not ours.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import os
import secrets
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from amparo.ledger.canonical import time_text
from amparo.ledger.data import LedgerKeyDamaged, LedgerKeyMissing

KEY_FILE = "ledger.key"
TRUSTED_FILE = "ledger.trusted"
SEED_BYTES = 32
_DASH = "\u2014 "


class Forged(ValueError):
    """A checkpoint's text or signature is not ours."""


@dataclass(frozen=True, slots=True, repr=False)
class LedgerKey:
    """The opened key. ``mark_key`` and the signing key both come from the one secret in the file."""

    private: Ed25519PrivateKey
    mark_key: bytes
    trusted: tuple[bytes, ...]

    @property
    def public(self) -> bytes:
        return self.private.public_key().public_bytes_raw()

    def mark(self, leaf_hash: bytes) -> bytes:
        """Return the code that shows an entry was written by someone who holds the key file."""
        return hmac.digest(self.mark_key, leaf_hash, "sha256")

    def is_marked(self, leaf_hash: bytes, mark: bytes) -> bool:
        return hmac.compare_digest(self.mark(leaf_hash), mark)

    def sign(self, size: int, root: bytes, at: datetime) -> str:
        """Return the signed note of one checkpoint."""
        body = f"{origin(self.public)}\n{size}\n{_text(root)}\nsealed {time_text(at)}\n"
        signature = self.private.sign(body.encode())
        return f"{body}\n{_DASH}{origin(self.public)} {_text(_key_id(self.public) + signature)}\n"

    def read_note(self, note: str) -> tuple[int, bytes]:
        """Return the size and root that a note states. Raises ``Forged`` unless a trusted key signed it."""
        return read_note(note, self.trusted)


def open_key(folder: Path, *, is_new: bool = False) -> LedgerKey:
    """Open the ledger's key; make it first when ``is_new``. Raises ``LedgerKeyMissing``."""
    path = folder / KEY_FILE
    if not path.exists():
        if not is_new:
            raise LedgerKeyMissing(
                f"the ledger has entries but its key file {path} is missing; put its copy back first"
            )
        _make(path)
    return _open(path, path.stat().st_mtime_ns)


@lru_cache(maxsize=4)
def _open(path: Path, _changed: int) -> LedgerKey:
    seed = _read_seed(path)
    private = Ed25519PrivateKey.from_private_bytes(hmac.digest(seed, b"amparo ledger signing 1", "sha256"))
    trusted = (private.public_key().public_bytes_raw(), *_read_trusted(path.with_name(TRUSTED_FILE)))
    return LedgerKey(private, hmac.digest(seed, b"amparo ledger mark 1", "sha256"), trusted)


def _read_seed(path: Path) -> bytes:
    try:
        seed = bytes.fromhex(path.read_text(encoding="ascii").strip())
    except (OSError, ValueError):
        seed = b""
    if len(seed) != SEED_BYTES:
        raise LedgerKeyDamaged(f"the ledger's key file {path} is damaged; put its copy back first")
    return seed


def _read_trusted(path: Path) -> list[bytes]:
    """Return the public keys that were in use before; none where there is no such file."""
    if not path.exists():
        return []
    try:
        return [base64.b64decode(line, validate=True) for line in path.read_text(encoding="ascii").split()]
    except (OSError, ValueError):
        raise LedgerKeyDamaged(f"the ledger's list of former keys {path} is damaged") from None


def _make(path: Path) -> None:
    """Write a fresh secret so that of several processes that start at once, one wins and all agree."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = path.with_name(f"{KEY_FILE}.{secrets.token_hex(8)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as stream:
        stream.write(secrets.token_hex(SEED_BYTES) + "\n")
        stream.flush()
        os.fsync(stream.fileno())
    try:
        os.link(draft, path)
    except FileExistsError:
        return
    finally:
        draft.unlink()


def origin(public: bytes) -> str:
    """Return the name under which a key signs: it tells installations apart, and says nothing else."""
    return f"amparo-ledger/{hashlib.sha256(public).hexdigest()[:16]}"


def read_note(note: str, trusted: tuple[bytes, ...]) -> tuple[int, bytes]:
    """Return the size and root of a note that one of the ``trusted`` public keys signed, or ``Forged``."""
    body, _gap, signature_line = note.partition(f"\n\n{_DASH}")
    lines = body.split("\n")
    try:
        signature = base64.b64decode(signature_line.split()[1], validate=True)[4:]
        size, root = int(lines[1]), base64.b64decode(lines[2], validate=True)
    except (IndexError, ValueError) as error:
        raise Forged("the checkpoint is not a signed note") from error
    for public in trusted:
        if lines[0] == origin(public) and _is_signed(public, signature, f"{body}\n".encode()):
            return size, root
    raise Forged("the checkpoint is not signed by this ledger's key")


def _is_signed(public: bytes, signature: bytes, body: bytes) -> bool:
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, body)
    except InvalidSignature:
        return False
    return True


def _key_id(public: bytes) -> bytes:
    return hashlib.sha256(origin(public).encode() + b"\n\x01" + public).digest()[:4]


def _text(data: bytes) -> str:
    return base64.b64encode(data).decode()
