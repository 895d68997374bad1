"""A user's own keys: made, unlocked, and re-locked under another passphrase or code."""

from __future__ import annotations

import os
import secrets
import unicodedata
from datetime import datetime
from uuid import UUID

from django.db import transaction

from amparo.vault import hooks, keyfolder, primitives
from amparo.vault.data import OpenKeys, WrongPassphrase
from amparo.vault.models import Bundle, SigningKey, UnitWrap, UnlockMethod, UserKey, Wrap
from amparo.vault.primitives import Argon2Cost, Cipher, Unopenable

Kind = UnlockMethod.Kind
_CODE_ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
_CODE_GROUPS, _CODE_GROUP = 7, 4


@transaction.atomic
def create_user_keys(user_id: UUID, passphrase: str, now: datetime) -> OpenKeys:
    """Make a user's key pairs, locked under their passphrase, and return them opened.

    Called a second time it replaces them: what was wrapped to the old keys is gone, and colleagues
    must readmit the user. That is the way back for somebody who lost passphrase and code.
    """
    keyfolder.current_epoch(now)
    UserKey.objects.filter(user_id=user_id).delete()
    UnitWrap.objects.filter(holder=UnitWrap.Holder.MEMBER, holder_id=user_id).delete()
    Wrap.objects.filter(holder=Wrap.Holder.USER, holder_id=user_id).delete()
    Bundle.objects.filter(user_id=user_id).delete()
    hpke, signing = primitives.new_hpke_pair(), primitives.new_signing_pair()
    # The fingerprint in the ledger shows a public key that was exchanged in the database.
    details = {
        "signing": primitives.digest(signing.public).hex(),
        "sealing": primitives.digest(hpke.public).hex(),
    }
    hooks.record(user_ref(user_id), "vault.create_user_keys", [], details, now=now)
    UserKey.objects.create(user_id=user_id, hpke_public=hpke.public, from_at=now)
    SigningKey.objects.create(user_id=user_id, public=signing.public, from_at=now)
    keys = OpenKeys(user_id, hpke.private, signing.private)
    _lock(keys, Kind.PASSPHRASE, passphrase, now=now)
    return keys


def unlock(user_id: UUID, passphrase: str, now: datetime) -> OpenKeys:
    """Open a user's keys with their passphrase; ``WrongPassphrase`` otherwise. Both are recorded."""
    return _unlock(user_id, Kind.PASSPHRASE, passphrase, now=now)


@transaction.atomic
def change_passphrase(keys: OpenKeys, passphrase: str, now: datetime) -> None:
    """Lock the opened keys under a new passphrase; the old one opens nothing any more."""
    hooks.record(user_ref(keys.user_id), "vault.change_passphrase", [], {}, now=now)
    _lock(keys, Kind.PASSPHRASE, passphrase, now=now)


@transaction.atomic
def add_recovery_code(keys: OpenKeys, now: datetime) -> str:
    """Make a new recovery code, shown once and printed; the one before it stops working."""
    hooks.record(user_ref(keys.user_id), "vault.add_recovery_code", [], {}, now=now)
    groups = [
        "".join(secrets.choice(_CODE_ALPHABET) for _ in range(_CODE_GROUP)) for _ in range(_CODE_GROUPS)
    ]
    code = "-".join(groups)
    _lock(keys, Kind.RECOVERY_CODE, code, now=now)
    return code


def recover_with_code(user_id: UUID, code: str, passphrase: str, now: datetime) -> OpenKeys:
    """Open the keys with the recovery code, which is used up, and lock them under a new passphrase."""
    keys = _unlock(user_id, Kind.RECOVERY_CODE, code, now=now)
    with transaction.atomic():
        hooks.record(user_ref(user_id), "vault.recover_with_code", [], {}, now=now)
        _lock(keys, Kind.PASSPHRASE, passphrase, now=now)
        UnlockMethod.objects.filter(user_id=user_id, kind=Kind.RECOVERY_CODE).delete()
    return keys


def user_ref(user_id: UUID) -> str:
    """Return how the ledger names a user."""
    return f"staff:{user_id}"


def _unlock(user_id: UUID, kind: UnlockMethod.Kind, secret: str, *, now: datetime) -> OpenKeys:
    method = UnlockMethod.objects.filter(user_id=user_id, kind=kind).first()
    if method is None:
        _waste_the_same_time(secret)
    keys = _open_method(method, secret) if method else None
    with transaction.atomic():
        details = {"method": kind.value, "outcome": "opened" if keys else "refused"}
        hooks.record(user_ref(user_id), "vault.unlock", [], details, now=now)
        if keys and method and _cost_of(method) != primitives.argon2_cost:
            _lock(keys, kind, secret, now=now)
    if keys is None:
        raise WrongPassphrase
    return keys


def _open_method(method: UnlockMethod, secret: str) -> OpenKeys | None:
    key, commitment = _unlock_key(secret, bytes(method.salt), _cost_of(method), method.user_id, method.kind)
    if not primitives.same(commitment, bytes(method.commitment)):
        return None
    try:
        private = Cipher(key).open(bytes(method.sealed), _method_context(method.user_id, method.kind))
    except Unopenable:
        return None
    split = primitives.HPKE_PRIVATE_BYTES
    return OpenKeys(method.user_id, private[:split], private[split:])


def _lock(keys: OpenKeys, kind: UnlockMethod.Kind, secret: str, *, now: datetime) -> None:
    """Seal the private keys under one unlock method, replacing the method of that kind."""
    cost, salt = primitives.argon2_cost, os.urandom(16)
    key, commitment = _unlock_key(secret, salt, cost, keys.user_id, kind)
    private = keys.hpke_private + keys.signing_private
    UnlockMethod.objects.update_or_create(
        user_id=keys.user_id,
        kind=kind,
        defaults={
            "salt": salt,
            "memory_kib": cost.memory_kib,
            "passes": cost.passes,
            "lanes": cost.lanes,
            "commitment": commitment,
            "sealed": Cipher(key).seal(private, _method_context(keys.user_id, kind)),
            "from_at": now,
        },
    )


def _unlock_key(secret: str, salt: bytes, cost: Argon2Cost, user_id: UUID, kind: str) -> tuple[bytes, bytes]:
    """Argon2id, then the pepper, then a key and a commitment to it (GCM alone commits to no key)."""
    stretched = primitives.stretch(_normalise(secret, kind), salt, cost)
    peppered = primitives.hmac(keyfolder.pepper(), stretched)
    both = primitives.derive(peppered, f"unlock/{kind}", salt=user_id.bytes, length=64)
    return both[:32], both[32:]


def _normalise(secret: str, kind: str) -> bytes:
    """Make the same passphrase the same bytes on every keyboard; a code ignores case and dashes."""
    text = unicodedata.normalize("NFKC", secret)
    if kind == Kind.RECOVERY_CODE:
        text = "".join(character for character in text.upper() if character in _CODE_ALPHABET)
    return text.encode()


def _cost_of(method: UnlockMethod) -> Argon2Cost:
    return Argon2Cost(method.memory_kib, method.passes, method.lanes)


def _method_context(user_id: UUID, kind: str) -> bytes:
    return b"unlock|" + user_id.bytes + kind.encode()


def _waste_the_same_time(secret: str) -> None:
    """Answer as slowly for a user without keys as for one with keys."""
    primitives.stretch(secret.encode(), bytes(16), primitives.argon2_cost)
