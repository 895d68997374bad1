"""Accounts: one's own passphrase, and what an administrator may do to an account."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from amparo.access.data import Actor
from amparo.access.gate import action, note
from amparo.access.models import Notice, Staff
from amparo.core.refusal import Unknown
from amparo.vault import actions as vault_actions


@action("access.own_account")
def change_passphrase(actor: Actor, *, now: datetime, present: str, new: str) -> None:
    """Change both halves of one's passphrase. Raises ``WrongPassphrase`` when the present one is wrong."""
    assert actor.staff_id is not None
    keys = vault_actions.unlock(actor.staff_id, present, now)
    vault_actions.change_passphrase(keys, new, now)
    staff = Staff.objects.get(id=actor.staff_id)
    staff.set_password(new)
    staff.save(update_fields=["password"])


@action("access.reset_password")
def reset_password(actor: Actor, *, now: datetime, staff_id: UUID, passphrase: str) -> None:
    """Give somebody a new sign-in half. It never unlocks: their keys still want the old passphrase,
    a recovery code, or a colleague who readmits them. Their open sessions are locked.
    """
    staff = _find(staff_id)
    staff.set_password(passphrase)
    staff.save(update_fields=["password"])
    vault_actions.drop_all_bundles(staff_id, now)
    note(staff=str(staff_id))


@action("access.deactivate_staff")
def deactivate_staff(actor: Actor, *, now: datetime, staff_id: UUID) -> None:
    """Close an account: no sign-in any more, held keys destroyed at once. Posts end one by one."""
    staff = _find(staff_id)
    staff.is_active = False
    staff.save(update_fields=["is_active"])
    vault_actions.drop_all_bundles(staff_id, now)
    note(staff=str(staff_id))


def _find(staff_id: UUID) -> Staff:
    staff = Staff.objects.filter(id=staff_id).first()
    if staff is None:
        raise Unknown
    return staff


@action("access.own_account")
def see_notices(actor: Actor, *, now: datetime) -> int:
    """Mark one's own notices as seen, and return how many there were."""
    assert actor.staff_id is not None
    return Notice.objects.filter(staff_id=actor.staff_id, seen_at=None).update(seen_at=now)
