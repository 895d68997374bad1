"""What may be recorded, and the bytes that an entry's hash is taken over.

Every column is part of the encoding, each preceded by its length, so that no two different entries
have the same bytes. The random bits of an entry's id keep its hash from being guessed, so that the
hashes in another person's receipt say nothing.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import UTC, datetime

from amparo.ledger.data import Details, NotACode

VERSION = b"amparo ledger entry 1"
LONGEST_LIST = 60
LONGEST_DETAILS = 4000
LARGEST_COUNT = 2**53

_ACTOR = re.compile(r"[a-z][a-z-]*(:[A-Za-z0-9._-]{1,64})?", re.ASCII)
_VERB = re.compile(r"[a-z][a-z0-9_-]*(\.[a-z0-9_-]+)*", re.ASCII)
_SUBJECT = re.compile(r"[A-Za-z0-9-]{0,40}", re.ASCII)
_KEY = re.compile(r"[a-z][a-z0-9_]{0,39}", re.ASCII)
_CODE = re.compile(r"[A-Za-z0-9._:/+-]{0,80}", re.ASCII)


def check_who_and_what(actor_ref: str, verb: str, subject: str) -> None:
    """Refuse references that are not codes: ``staff:<id>``, ``room.verb``, a case code or ""."""
    for name, value, shape in (
        ("actor_ref", actor_ref, _ACTOR),
        ("verb", verb, _VERB),
        ("subject", subject, _SUBJECT),
    ):
        if len(value) > 80 or not shape.fullmatch(value):
            raise NotACode(f"the ledger's {name} is not a code")


def details_text(details: Details) -> str:
    """Return the canonical text of an entry's details. Raises ``NotACode``, never repeating a value."""
    for key, value in details.items():
        if not (isinstance(key, str) and _KEY.fullmatch(key)):
            raise NotACode("a name in the ledger's details is not a field name")
        if not _may_be_recorded(value):
            raise NotACode(f"the ledger records codes, counts and short lists of codes; {key} is not one")
    text = json.dumps(dict(details), sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    if len(text) > LONGEST_DETAILS:
        raise NotACode("the details of a ledger entry are too long")
    return text


def _may_be_recorded(value: object) -> bool:
    if isinstance(value, int):
        return abs(value) <= LARGEST_COUNT
    if isinstance(value, (list, tuple)):
        return len(value) <= LONGEST_LIST and all(isinstance(item, str) and _is_code(item) for item in value)
    return isinstance(value, str) and _is_code(value)


def _is_code(text: str) -> bool:
    return _CODE.fullmatch(text) is not None


def time_text(at: datetime) -> str:
    """Return an aware time as both databases can say it: UTC, to the microsecond, without a zone."""
    return at.astimezone(UTC).replace(tzinfo=None).isoformat(sep=" ", timespec="microseconds")


def entry_bytes(id_hex: str, at: str, actor_ref: str, verb: str, subject: str, details: str) -> bytes:
    """Return the canonical encoding of one entry, from its columns as text."""
    columns = [text.encode() for text in (id_hex, at, actor_ref, verb, subject, details)]
    lengths = ",".join([str(len(column)) for column in columns])
    return b"\n".join([VERSION, lengths.encode(), *columns])


def read_details(text: str) -> Details:
    """Return details from their stored text."""
    found = json.loads(text)
    if not isinstance(found, Mapping):
        raise NotACode("the stored details of a ledger entry are not a table")
    return found
