"""The sign-in half of a passphrase, as Django keeps it: Argon2id over a peppered passphrase.

``staff.password`` then says nothing to whoever steals the database alone: to try one guess they also
need the pepper, which lies in the server's key folder and in no dump.
"""

from __future__ import annotations

from typing import Any

from django.contrib.auth.hashers import BasePasswordHasher, mask_hash
from django.utils.crypto import constant_time_compare

from amparo.vault.actions import sign_in_cost, stretch_for_sign_in


class PepperedHasher(BasePasswordHasher):
    """``peppered$<KiB>,<passes>,<lanes>$<salt>$<hash>``; a changed cost is applied at the next sign-in."""

    algorithm = "peppered"

    def encode(self, password: str, salt: str) -> str:
        return self._encode(password, salt, sign_in_cost())

    def decode(self, encoded: str) -> dict[str, Any]:
        algorithm, cost, salt, hashed = encoded.split("$", 3)
        return {"algorithm": algorithm, "cost": cost, "salt": salt, "hash": hashed}

    def verify(self, password: str, encoded: str) -> bool:
        parts = self.decode(encoded)
        return constant_time_compare(encoded, self._encode(password, parts["salt"], parts["cost"]))

    def must_update(self, encoded: str) -> bool:
        return bool(self.decode(encoded)["cost"] != sign_in_cost())

    def safe_summary(self, encoded: str) -> dict[Any, Any]:
        parts = self.decode(encoded)
        return {"algorithm": parts["algorithm"], "cost": parts["cost"], "salt": mask_hash(parts["salt"])}

    def harden_runtime(self, password: str, encoded: str) -> None:
        """Nothing to even out: a hash of an older cost is renewed at the next sign-in."""

    def _encode(self, password: str, salt: str, cost: str) -> str:
        return "$".join((self.algorithm, cost, salt, stretch_for_sign_in(password, salt, cost)))
