"""Writes of the access room, one file for each subject."""

from amparo.access.actions.accounts import change_passphrase, deactivate_staff, reset_password
from amparo.access.actions.founding import add_staff, found_agency, found_unit
from amparo.access.actions.posts import end_post, grant_post, share_unit_key

__all__ = [
    "add_staff",
    "change_passphrase",
    "deactivate_staff",
    "end_post",
    "found_agency",
    "found_unit",
    "grant_post",
    "reset_password",
    "share_unit_key",
]
