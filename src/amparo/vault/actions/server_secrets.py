"""Short secrets of the server itself (second factors), so that a copy of the database holds none.

Locked under the pepper, which no database dump contains. Never for anything about a person.
"""

from __future__ import annotations

import base64

from amparo.vault import keyfolder
from amparo.vault.primitives import Cipher, derive

_PURPOSE = "server-secrets.1"


def seal_text(text: str, context: str) -> str:
    """Return the text sealed, as letters that a text column can hold."""
    return base64.urlsafe_b64encode(_cipher().seal(text.encode(), context.encode())).decode()


def open_text(sealed: str, context: str) -> str:
    """Return the text again. Raises ``primitives.Unopenable`` when it was sealed elsewhere or altered."""
    return _cipher().open(base64.urlsafe_b64decode(sealed), context.encode()).decode()


def _cipher() -> Cipher:
    return Cipher(derive(keyfolder.pepper(), _PURPOSE))
