"""What both sides call a referral: random, so that it links to nothing else.

The receiver never learns the case code: two receivers of one person could compare it.
"""

from __future__ import annotations

import secrets

from amparo.access.scoping.scopes import CODE_LETTERS
from amparo.referrals.models import Referral


def new_reference() -> str:
    """Return a reference that no other referral has, like ``RF-7KQ3-9XTR``."""
    while True:
        letters = [secrets.choice(CODE_LETTERS) for _ in range(8)]
        reference = f"RF-{''.join(letters[:4])}-{''.join(letters[4:])}"
        if not Referral.objects.filter(reference=reference).exists():
            return reference
