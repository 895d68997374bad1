"""Fill an installation that has the demonstration with invented people of Amina's unit, in one process."""

from __future__ import annotations

import sys
from datetime import UTC, datetime

BATCH = 500


def main(count: int) -> None:
    """Register ``count`` people through the real action, in the home of the environment."""
    import django

    django.setup()
    from django.db import transaction

    from amparo.access.models import Staff
    from amparo.access.queries import actor_for
    from amparo.site.demo.people import Sketcher, register
    from amparo.site.demo.places import CAST
    from amparo.vault.actions import unlock

    now = datetime.now(UTC)
    passphrase = next(player.passphrase for player in CAST if player.username == "amina")
    staff_id = Staff.objects.values_list("id", flat=True).get(username="amina")
    actor = actor_for(staff_id, unlock(staff_id, passphrase, now), now=now)
    sketcher = Sketcher(count, now.date())
    for first in range(0, count, BATCH):
        with transaction.atomic():  # one wait for the disk for many people; only to build the crowd
            for _number in range(min(BATCH, count - first)):
                register(actor, sketcher.draw(), now)


if __name__ == "__main__":
    main(int(sys.argv[1]))
