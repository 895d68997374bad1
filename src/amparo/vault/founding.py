"""Keys of units that are being founded, in the memory of this process only.

A new unit has no member who could pass its key on. Its founder's process keeps the key for half an
hour, or until the first person is registered or the program ends; from then on only members admit
members. The key never lies on disk outside a member's wrap.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

_LIMIT = timedelta(minutes=30)
_keys: dict[UUID, tuple[bytes, datetime]] = {}


def hold(unit_id: UUID, key: bytes, now: datetime) -> None:
    """Keep a new unit's key for its first members."""
    _keys[unit_id] = (key, now)


def get(unit_id: UUID, now: datetime) -> bytes | None:
    """Return the key of a unit that is being founded here, or ``None``."""
    for old in [unit for unit, (_, since) in _keys.items() if now - since >= _LIMIT]:
        del _keys[old]
    held = _keys.get(unit_id)
    return held[0] if held else None


def close(unit_id: UUID) -> None:
    """End the founding of a unit."""
    _keys.pop(unit_id, None)
