"""Writes of the access room, one file for each subject."""

from amparo.access.actions.accounts import change_passphrase, deactivate_staff, reset_password, see_notices
from amparo.access.actions.carrying_out import carry_out_request
from amparo.access.actions.countersigns import confirm_request, propose_request
from amparo.access.actions.emergencies import break_glass, review_emergency
from amparo.access.actions.founding import add_staff, found_agency, found_unit
from amparo.access.actions.posts import end_post, grant_post, share_unit_key
from amparo.access.actions.relations import (
    appoint_guardian,
    delegate,
    end_grant,
    exclude,
    join_team,
    record_conflict,
)
from amparo.access.actions.sealing import (
    correct_fear,
    hold_for_law,
    lift_firewall,
    propose_lifting,
    propose_unsealing,
    record_fear,
    release_hold,
    seal_case,
    unseal_case,
)
from amparo.access.actions.telling import tell_supervisors
from amparo.access.actions.twofold import change_custodians, erase_early

__all__ = [
    "add_staff",
    "appoint_guardian",
    "break_glass",
    "carry_out_request",
    "change_custodians",
    "change_passphrase",
    "confirm_request",
    "correct_fear",
    "deactivate_staff",
    "delegate",
    "end_grant",
    "end_post",
    "erase_early",
    "exclude",
    "found_agency",
    "found_unit",
    "grant_post",
    "hold_for_law",
    "join_team",
    "lift_firewall",
    "propose_lifting",
    "propose_request",
    "propose_unsealing",
    "record_conflict",
    "record_fear",
    "release_hold",
    "reset_password",
    "review_emergency",
    "seal_case",
    "see_notices",
    "share_unit_key",
    "tell_supervisors",
    "unseal_case",
]
