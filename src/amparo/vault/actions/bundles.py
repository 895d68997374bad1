"""Unlocked sessions: a user's opened keys, sealed under a secret that only their cookie holds.

The row is also under the seal key: a copy of the database and a stolen cookie open nothing alone.
"""

from __future__ import annotations

import base64
import binascii
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from amparo.vault import hooks, keyfolder, primitives
from amparo.vault.actions.users import user_ref
from amparo.vault.data import OpenKeys, ServerKeysMissing
from amparo.vault.models import Bundle
from amparo.vault.primitives import Cipher, Unopenable

IDLE_LIMIT = timedelta(minutes=10)
AGE_LIMIT = timedelta(hours=12)
_TOUCH_AFTER = timedelta(seconds=30)


@transaction.atomic
def hold_bundle(keys: OpenKeys, now: datetime) -> str:
    """Keep opened keys for the session and return the secret for the ``__Host-`` cookie."""
    Bundle.objects.filter(used_at__lt=now - IDLE_LIMIT).delete()
    secret, epoch = primitives.random_key(), keyfolder.current_epoch(now)
    locator, key = _split(secret)
    context = _context(keys.user_id, locator)
    sealed = Cipher(key).seal(keys.hpke_private + keys.signing_private, context)
    Bundle.objects.create(
        locator=locator,
        user_id=keys.user_id,
        epoch_id=epoch,
        sealed=keyfolder.outer(epoch).seal(sealed, context),
        from_at=now,
        used_at=now,
    )
    return base64.urlsafe_b64encode(secret).decode().rstrip("=")


def resume_bundle(secret: str, user_id: UUID, now: datetime) -> OpenKeys | None:
    """Return the held keys, or ``None`` when idle for ten minutes, dropped, or not this user's.

    One query, and one more every thirty seconds to note the use.
    """
    raw = _decode(secret)
    if raw is None:
        return None
    locator, key = _split(raw)
    bundle = Bundle.objects.filter(locator=locator, user_id=user_id).first()
    if bundle is None:
        return None
    if now - bundle.used_at >= IDLE_LIMIT or now - bundle.from_at >= AGE_LIMIT:
        Bundle.objects.filter(locator=locator).delete()
        return None
    context = _context(user_id, locator)
    try:
        private = Cipher(key).open(
            keyfolder.outer(bundle.epoch_id).open(bytes(bundle.sealed), context), context
        )
    except (Unopenable, ServerKeysMissing):
        return None
    if now - bundle.used_at >= _TOUCH_AFTER:
        Bundle.objects.filter(locator=locator).update(used_at=now)
    split = primitives.HPKE_PRIVATE_BYTES
    return OpenKeys(user_id, private[:split], private[split:])


def drop_bundle(secret: str) -> None:
    """Destroy the held keys behind a cookie: "lock", sign-out."""
    raw = _decode(secret)
    if raw is not None:
        Bundle.objects.filter(locator=_split(raw)[0]).delete()


@transaction.atomic
def drop_all_bundles(user_id: UUID, now: datetime) -> int:
    """Lock a user everywhere (post ended, device lost) and return how many sessions that closed."""
    count, _ = Bundle.objects.filter(user_id=user_id).delete()
    hooks.record(user_ref(user_id), "vault.lock_everywhere", [], {"count": count}, now=now)
    return count


def _split(secret: bytes) -> tuple[bytes, bytes]:
    return primitives.derive(secret, "bundle-locator"), primitives.derive(secret, "bundle-key")


def _decode(secret: str) -> bytes | None:
    try:
        raw = base64.urlsafe_b64decode(secret.encode("ascii") + b"=")
    except (ValueError, binascii.Error):
        return None
    return raw if len(raw) == primitives.KEY_BYTES else None


def _context(user_id: UUID, locator: bytes) -> bytes:
    return b"bundle|" + user_id.bytes + locator
