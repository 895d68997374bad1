"""The encryption of backups: age. The only file of the house, beside the vault's, that uses it.

A backup for recipients is a plain age file. One with a passphrase starts with a line that says so and
a fresh identity, itself encrypted with the passphrase, since age's own passphrase mode would need the
whole backup in memory.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

import pyrage

MAGIC = b"amparo backup with a passphrase 1\n"
_AGE = b"age-encryption.org/v1"
_LENGTH_BYTES = 4
_LONGEST_HEADER = 100_000


class NotOpened(ValueError):
    """The file is not a backup, is damaged, or this passphrase or identity does not open it."""


@dataclass(frozen=True, slots=True, repr=False)
class Lock:
    """What a backup is closed with: a passphrase, or public keys (``age1...``) of those who may open it."""

    passphrase: str = ""
    recipients: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, repr=False)
class Key:
    """What opens a backup: its passphrase, or secret identities (``AGE-SECRET-KEY-...``)."""

    passphrase: str = ""
    identities: tuple[str, ...] = ()


def encrypt(source: BinaryIO, target: BinaryIO, lock: Lock) -> None:
    """Encrypt what can be read from ``source`` until its end, in bounded memory."""
    recipients: list[Any] = [pyrage.x25519.Recipient.from_str(each) for each in lock.recipients]
    if lock.passphrase:
        identity = pyrage.x25519.Identity.generate()
        header = pyrage.passphrase.encrypt(str(identity).encode(), lock.passphrase)
        target.write(MAGIC + len(header).to_bytes(_LENGTH_BYTES, "big") + header)
        recipients.append(identity.to_public())
    pyrage.encrypt_io(source, target, recipients)


def decrypt(source: BinaryIO, target: BinaryIO, key: Key) -> None:
    """Write to ``target`` what a backup holds. Raises ``NotOpened``; what was written then is not whole."""
    try:
        pyrage.decrypt_io(source, target, _identities(source, key))
    except (pyrage.DecryptError, pyrage.IdentityError, OSError) as error:
        raise NotOpened(
            "this passphrase or identity does not open the backup, or the file is damaged"
        ) from error


def new_identity() -> tuple[str, str]:
    """Return a fresh identity and its recipient, for one check of a backup that was just made."""
    identity = pyrage.x25519.Identity.generate()
    return str(identity), str(identity.to_public())


def check_recipient(text: str) -> None:
    """Raise ``ValueError`` when a text is not a recipient's public key."""
    try:
        pyrage.x25519.Recipient.from_str(text)
    except pyrage.RecipientError as error:
        raise ValueError(f"{text!r} is not the public key of an age recipient (age1...)") from error


def needs_passphrase(path: Path) -> bool:
    """Say whether a backup was closed with a passphrase. Raises ``NotOpened`` for any other file."""
    with path.open("rb") as stream:
        start = stream.read(len(MAGIC))
    if start != MAGIC and not start.startswith(_AGE):
        raise NotOpened("this is not a backup: name a file that amparo backup wrote")
    return start == MAGIC


def _identities(source: BinaryIO, key: Key) -> list[Any]:
    """Return what opens the body, having read the passphrase header where there is one."""
    start = source.read(len(MAGIC))
    identities = [pyrage.x25519.Identity.from_str(each) for each in key.identities]
    if start != MAGIC:
        source.seek(0)
        if not identities:
            raise NotOpened("this backup is for recipients: name the file of an identity that opens it")
        return identities
    length = int.from_bytes(source.read(_LENGTH_BYTES), "big")
    header = source.read(min(length, _LONGEST_HEADER))
    if key.passphrase:
        opened = pyrage.passphrase.decrypt(header, key.passphrase)
        identities.append(pyrage.x25519.Identity.from_str(opened.decode()))
    return identities
