"""The digest of exactly what a person signs."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any


def digest_of(content: Mapping[str, Any]) -> str:
    """Return the SHA-256 of the canonical JSON, in hexadecimal. Key order does not matter."""
    text = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    return hashlib.sha256(text.encode("ascii")).hexdigest()
