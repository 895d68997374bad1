"""What a thief can read: everything that a haul of stolen things opens, by trying everything.

Written against the stored rows and the primitives, never through the door, so that it also finds
what a mistake in the door's own lookups would hide. ``open_everything`` tries every known key on every
wrap, whoever it is for, until nothing new opens.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import UUID

from django.apps import apps

from amparo.vault import primitives
from amparo.vault.envelopes import extract_context, intake_context, key_context
from amparo.vault.locks import data_context, field_context, pair_context, unit_context
from amparo.vault.primitives import Cipher, Unopenable

Row = Mapping[str, Any]
SHORTEST_PUBLIC_BLOB = 1 + 1088 + 32 + 16
"""Suite, what ML-KEM-768 and X25519 encapsulate, and a tag: anything shorter is not HPKE."""


@dataclass(frozen=True)
class Haul:
    """What was stolen: the vault's rows, and perhaps keys. ``privates`` are users' HPKE private keys."""

    rows: Mapping[str, Sequence[Row]]
    seal_keys: Mapping[int, bytes] = field(default_factory=dict)
    pepper: bytes | None = None
    privates: tuple[bytes, ...] = ()
    cards: tuple[str, ...] = ()


@dataclass
class Reached:
    """What the haul opened. ``fields`` are values by person, compartment and name."""

    fields: dict[tuple[UUID, str, str], Any] = field(default_factory=dict)
    extracts: set[UUID] = field(default_factory=set)
    intakes: set[UUID] = field(default_factory=set)

    def __bool__(self) -> bool:
        return bool(self.fields or self.extracts or self.intakes)


def steal_database() -> dict[str, list[Row]]:
    """Copy every row of the vault's tables, as whoever holds the file or a dump has them."""
    models = apps.get_app_config("vault").get_models()
    return {model.__name__: list(model._default_manager.values()) for model in models}


def with_old_locks(
    old: Mapping[str, Sequence[Row]], new: Mapping[str, Sequence[Row]]
) -> dict[str, list[Row]]:
    """Add to a copy of the database the locks of an older one: whoever opened them then kept the keys."""
    rows = {table: list(kept) for table, kept in new.items()}
    for table in ("UnitKey", "UnitWrap", "Wrap"):
        known = {(row["id"], bytes(row["sealed"])) for row in new[table]}
        rows[table] += [row for row in old[table] if (row["id"], bytes(row["sealed"])) not in known]
    return rows


def steal_server_keys(folder: Path) -> tuple[dict[int, bytes], bytes | None]:
    """Copy the seal keys and the pepper."""
    seals = {int(path.stem.partition("-")[2]): _key_in(path) for path in folder.glob("seal-*.key")}
    pepper = folder / "pepper.key"
    return seals, _key_in(pepper) if pepper.exists() else None


def unlock_stolen(haul: Haul, user_id: UUID, secret: str) -> bytes | None:
    """Open a user's private key with their passphrase. Needs the pepper too."""
    for method in haul.rows["UnlockMethod"]:
        if method["user_id"] != user_id:
            continue
        cost = primitives.Argon2Cost(method["memory_kib"], method["passes"], method["lanes"])
        stretched = primitives.stretch(secret.encode(), bytes(method["salt"]), cost)
        for pepper in (haul.pepper, bytes(32)):
            if pepper is None:
                continue
            mixed = primitives.hmac(pepper, stretched)
            key = primitives.derive(mixed, f"unlock/{method['kind']}", salt=user_id.bytes, length=64)[:32]
            context = b"unlock|" + user_id.bytes + method["kind"].encode()
            opened = _try(Cipher(key), method["sealed"], context)
            if opened is not None:
                return opened[: primitives.HPKE_PRIVATE_BYTES]
    return None


def open_everything(haul: Haul) -> Reached:
    """Return all that the haul opens."""
    keys = _Keys(haul)
    keys.grow()
    reached = Reached()
    _open_fields(haul, keys, reached)
    for table, context_of, found in (
        ("Extract", extract_context, reached.extracts),
        ("Intake", intake_context, reached.intakes),
    ):
        for row in haul.rows[table]:
            if _opens_envelope(haul, keys, row, context_of(row["id"])):
                found.add(row["id"])
    return reached


def find_in_clear(rows: Mapping[str, Sequence[Row]], needles: Iterable[str]) -> set[str]:
    """Return the needles that lie anywhere in the rows in clear, in one of several encodings."""
    haystack = b"\0".join(
        bytes(value) if isinstance(value, bytes | memoryview) else str(value).encode()
        for table in rows.values()
        for row in table
        for value in row.values()
    ).lower()
    return {needle for needle in needles if any(form in haystack for form in _forms(needle))}


def _forms(needle: str) -> list[bytes]:
    escaped = json.dumps(needle)[1:-1]
    texts = {needle.lower(), escaped.lower()}
    forms = [text.encode(coding) for text in texts for coding in ("utf-8", "utf-16-le", "utf-16-be")]
    return forms + [form.hex().encode() for form in forms]


class _Keys:
    """Everything known so far: private keys, units' keys, emergency keys."""

    def __init__(self, haul: Haul) -> None:
        self.haul = haul
        self.privates: set[bytes] = set(haul.privates) | set(_from_cards(haul.cards))
        self.ciphers: dict[bytes, Cipher] = {}

    def learn(self, key: bytes | None) -> bool:
        """Note an AES key; tells whether it is new."""
        if key is None or len(key) != primitives.KEY_BYTES or key in self.ciphers:
            return False
        self.ciphers[key] = Cipher(key)
        return True

    def grow(self) -> None:
        """Open unit keys and private keys with each other until nothing new opens."""
        publics = {row["id"]: row for row in self.haul.rows["UnitKey"]}
        is_growing = True
        while is_growing:
            is_growing = False
            for wrap in self.haul.rows["UnitWrap"]:
                unit = publics[wrap["unit_key_id"]]
                context = unit_context(
                    unit["keyring_id"], unit["generation"], wrap["holder"], wrap["holder_id"]
                )
                is_growing |= self.learn(self.open_public(wrap["sealed"], context))
            for unit in publics.values():
                context = pair_context(unit["keyring_id"], unit["generation"])
                private = self.open_secret(unit["sealed"], context)
                if private is not None and private not in self.privates:
                    self.privates.add(private)
                    is_growing = True

    def open_public(self, blob: bytes, context: bytes) -> bytes | None:
        if len(blob) < SHORTEST_PUBLIC_BLOB:
            return None
        for private in self.privates:
            try:
                return primitives.open_with(private, bytes(blob), context)
            except Unopenable:
                continue
        return None

    def open_secret(self, blob: bytes, context: bytes) -> bytes | None:
        for cipher in self.ciphers.values():
            opened = _try(cipher, blob, context)
            if opened is not None:
                return opened
        return None


def _from_cards(cards: Sequence[str]) -> Iterable[bytes]:
    """Take the secret if the cards give it, and each card's own words as if they were the secret."""
    guesses = [primitives.digest(card.encode()) for card in cards]
    with suppress(Unopenable):
        guesses.append(primitives.join_cards(cards))
    return [primitives.new_hpke_pair(guess).private for guess in guesses]


def _open_fields(haul: Haul, keys: _Keys, reached: Reached) -> None:
    records = {row["id"]: row for row in haul.rows["Record"]}
    data_keys: dict[int, list[Cipher]] = {}
    for wrap in haul.rows["Wrap"]:
        record = records[wrap["record_id"]]
        context = data_context(
            record["identity_id"],
            record["compartment"],
            wrap["holder"],
            wrap["holder_id"],
            wrap["generation"],
        )
        inner = _through_outer(haul, wrap["epoch_id"], wrap["sealed"], context)
        for blob in (inner, bytes(wrap["sealed"])):
            key = blob and (keys.open_secret(blob, context) or keys.open_public(blob, context))
            if key:
                data_keys.setdefault(record["id"], []).append(Cipher(key))
    for row in haul.rows["Field"]:
        record = records[row["record_id"]]
        person_id, part = record["identity_id"], record["compartment"]
        context = field_context(person_id, part, row["name"], row["version"])
        for cipher in [*data_keys.get(record["id"], []), *keys.ciphers.values()]:
            opened = _try(cipher, row["sealed"], context)
            if opened is not None:
                reached.fields[person_id, part, row["name"]] = json.loads(primitives.unpad(opened))


def _opens_envelope(haul: Haul, keys: _Keys, row: Row, context: bytes) -> bool:
    where = key_context(context, row["unit_id"], row["generation"])
    inner = _through_outer(haul, row["epoch_id"], row["sealed_key"], where)
    for blob in (inner, bytes(row["sealed_key"])):
        key = keys.open_public(blob, where) if blob else None
        if key is not None and _try(Cipher(key), row["body"], context) is not None:
            return True
    return False


def _through_outer(haul: Haul, epoch: int, blob: bytes, context: bytes) -> bytes | None:
    key = haul.seal_keys.get(epoch)
    return _try(Cipher(key), blob, context) if key else None


def _try(cipher: Cipher, blob: bytes, context: bytes) -> bytes | None:
    try:
        return cipher.open(bytes(blob), context)
    except Unopenable:
        return None


def _key_in(path: Path) -> bytes:
    return bytes.fromhex(path.read_text(encoding="ascii").split()[-1])
