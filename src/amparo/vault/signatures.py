"""Signatures of people: Ed25519 over exactly what they were shown, made with their opened keys."""

from __future__ import annotations

from uuid import UUID

from amparo.vault.data import NoKey, VaultActor
from amparo.vault.models import SigningKey
from amparo.vault.primitives import sign, verifies

_PREFIX = b"amparo.signature.1|"


def sign_as(actor: VaultActor, content: bytes) -> bytes:
    """Return the actor's signature over the content. ``NoKey`` while locked: a locked hand signs nothing."""
    if actor.keys is None:
        raise NoKey
    return sign(actor.keys.signing_private, _PREFIX + content)


def is_signed_by(user_id: UUID, content: bytes, signature: bytes) -> bool:
    """Tell whether a key of the user's made this signature over exactly this content. One query.

    Keys that the user has replaced since count too: old signatures stay theirs.
    """
    publics = SigningKey.objects.filter(user_id=user_id).values_list("public", flat=True)
    return any(verifies(bytes(public), bytes(signature), _PREFIX + content) for public in publics)
