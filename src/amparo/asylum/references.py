"""Random references, and the searchable form of a text."""

from __future__ import annotations

import secrets

from amparo.access.scoping.scopes import CODE_LETTERS
from amparo.core.names import romanise


def new_reference() -> str:
    """Return what both sides call a request, like ``OP-7KQ3-9XTR``; 40 bits, so unique in practice."""
    return _random("OP")


def new_number() -> str:
    """Return the number of a registered opinion; random, so that it tells no order and no count."""
    return _random("AO")


def _random(prefix: str) -> str:
    letters = "".join(secrets.choice(CODE_LETTERS) for _ in range(8))
    return f"{prefix}-{letters[:4]}-{letters[4:]}"


def fold(text: str) -> str:
    """Return a text without accents and case, between spaces.

    >>> fold("Persecución: el vínculo")
    ' persecucion el vinculo '
    """
    return f" {romanise(text)} "
