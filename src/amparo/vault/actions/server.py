"""The first set-up of the server's keys, which says in words what losing them means."""

from __future__ import annotations

from datetime import datetime

from amparo.vault import keyfolder
from amparo.vault.data import ServerKeys
from amparo.vault.models import SealEpoch


def set_up_server_keys(now: datetime) -> ServerKeys:
    """Make the first seal key and the pepper where there are none; show the result to a person."""
    is_new = not SealEpoch.objects.exists()
    epoch = keyfolder.current_epoch(now)
    return ServerKeys(epoch, str(keyfolder.folder()), keyfolder.LOSS, is_new)
