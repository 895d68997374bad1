"""Rights that need two people: each signs a hash of the exact request (rule 7)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from amparo.access.data import Actor, Denied
from amparo.core.rights import Right


def consume(actor: Actor, right: Right, arguments: Mapping[str, Any], now: datetime) -> UUID:
    """Use up the confirmed request that matches this call. Refuses until signing is built."""
    raise Denied
