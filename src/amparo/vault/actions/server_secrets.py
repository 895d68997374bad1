"""What stands on the pepper beside the vault, so that a copy of the database alone is worth nothing.

Short secrets of the server itself (second factors), locked, and the sign-in half of passphrases,
stretched. No database dump contains the pepper. Never for anything about a person.
"""

from __future__ import annotations

import base64
import unicodedata

from amparo.vault import keyfolder, primitives
from amparo.vault.primitives import Argon2Cost, Cipher, derive

_PURPOSE = "server-secrets.1"
_SIGN_IN = "sign-in.1"


def seal_text(text: str, context: str) -> str:
    """Return the text sealed, as letters that a text column can hold."""
    return base64.urlsafe_b64encode(_cipher().seal(text.encode(), context.encode())).decode()


def open_text(sealed: str, context: str) -> str:
    """Return the text again. Raises ``primitives.Unopenable`` when it was sealed elsewhere or altered."""
    return _cipher().open(base64.urlsafe_b64decode(sealed), context.encode()).decode()


def sign_in_cost() -> str:
    """Return what one guess of a passphrase costs now: ``KiB,passes,lanes``."""
    cost = primitives.argon2_cost
    return f"{cost.memory_kib},{cost.passes},{cost.lanes}"


def stretch_for_sign_in(passphrase: str, salt: str, cost: str) -> str:
    """Return Argon2id over the HMAC of the passphrase under the pepper, as letters.

    Composed and decomposed letters are the same, as for unlocking. ``salt`` has at least eight
    characters; ``cost`` is what :func:`sign_in_cost` returned. It shares the two places of
    ``primitives.stretch``: sign-ins cannot exhaust the memory of a process. Raises
    ``ServerKeysMissing`` without a pepper.
    """
    typed = unicodedata.normalize("NFKC", passphrase).encode()
    peppered = primitives.hmac(derive(keyfolder.pepper(), _SIGN_IN), typed)
    stretched = primitives.stretch(peppered, salt.encode(), Argon2Cost(*map(int, cost.split(","))))
    return base64.b64encode(stretched).decode()


def _cipher() -> Cipher:
    return Cipher(derive(keyfolder.pepper(), _PURPOSE))
