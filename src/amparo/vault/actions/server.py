"""The first set-up of the server's keys, which says in words what losing them means."""

from __future__ import annotations

from datetime import datetime

from amparo.vault import keyfolder
from amparo.vault.data import ServerKeys


def set_up_server_keys(now: datetime) -> ServerKeys:
    """Make the first seal key and the pepper where there are none; show the result to a person."""
    epoch = keyfolder.current_epoch(now)
    return ServerKeys(epoch, str(keyfolder.folder()), keyfolder.LOSS)
