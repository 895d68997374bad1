"""Signatures of people: Ed25519 over exactly what they were shown, made with their opened keys."""

from __future__ import annotations

from collections.abc import Sequence
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
    return are_signed_by([(user_id, content, signature)])[0]


def are_signed_by(claims: Sequence[tuple[UUID, bytes, bytes]]) -> list[bool]:
    """Tell the same of several claims (user, content, signature), in their order. One query."""
    keys: dict[UUID, list[bytes]] = {user_id: [] for user_id, _content, _signature in claims}
    for user_id, public in SigningKey.objects.filter(user_id__in=keys).values_list("user_id", "public"):
        keys[user_id].append(bytes(public))
    return [
        any(verifies(public, bytes(signature), _PREFIX + content) for public in keys[user_id])
        for user_id, content, signature in claims
    ]
