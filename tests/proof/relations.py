"""Relations that make what policy permits differ from what a unit holds, for the attack."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from amparo.access.actions import delegate, end_post, record_conflict, seal_case
from amparo.access.data import Actor
from amparo.access.models import Membership, Scope, Staff
from amparo.access.queries import actor_for, machine_actor
from amparo.site.demo.places import CAST
from amparo.vault.actions import unlock

PASSPHRASES = {player.username: player.passphrase for player in CAST}


def act(username: str, now: datetime) -> Actor:
    """Return a member of the demonstration's cast, unlocked."""
    staff_id = Staff.objects.values_list("id", flat=True).get(username=username)
    return actor_for(staff_id, unlock(staff_id, PASSPHRASES[username], now), now=now)


def prepare(now: datetime) -> None:
    """Exclude Amina from one file, delegate one to Dora, seal one to two people, end Clara's posts."""
    bruno = act("bruno", now)
    dora = _staff("dora")
    excluded, delegated, sealed = _ordinary(min(bruno.unit_ids))[:3]
    record_conflict(bruno, now=now, person_id=excluded, staff_id=_staff("amina"))
    delegate(bruno, now=now, person_id=delegated, staff_id=dora, until_at=now + timedelta(days=30))
    both = {_staff("amina"), _staff("bruno")}
    seal_case(bruno, now=now, person_id=sealed, staff_ids=both)
    for post in Membership.objects.filter(staff_id=_staff("clara"), until_at=None).order_by("id"):
        end_post(machine_actor("setup", now=now), now=now, post_id=post.id)


def _staff(username: str) -> UUID:
    return Staff.objects.values_list("id", flat=True).get(username=username)


def _ordinary(unit_id: UUID) -> list[UUID]:
    """Return the files of a unit that nothing was shared of, in a fixed order."""
    return list(
        Scope.objects.filter(unit_id=unit_id, is_sealed=False).order_by("id").values_list("id", flat=True)
    )
