"""Writes of the vault: the life of keys, bundles, recovery, rotation, erasure.

Access calls these from its own actions. Each writes a ledger row through the installed log in its
own transaction, so that a key never changes hands unrecorded.
"""

from amparo.vault.actions.bundles import drop_all_bundles as drop_all_bundles
from amparo.vault.actions.bundles import drop_bundle as drop_bundle
from amparo.vault.actions.bundles import hold_bundle as hold_bundle
from amparo.vault.actions.bundles import resume_bundle as resume_bundle
from amparo.vault.actions.erasure import erase_person as erase_person
from amparo.vault.actions.erasure import replay_erasures as replay_erasures
from amparo.vault.actions.erasure import sweep_files as sweep_files
from amparo.vault.actions.recovery import complete_unit as complete_unit
from amparo.vault.actions.recovery import confirm_card as confirm_card
from amparo.vault.actions.recovery import create_agency_recovery as create_agency_recovery
from amparo.vault.actions.recovery import recover_with_cards as recover_with_cards
from amparo.vault.actions.rotation import retire_epoch as retire_epoch
from amparo.vault.actions.rotation import rotate_seal_epoch as rotate_seal_epoch
from amparo.vault.actions.server import set_up_server_keys as set_up_server_keys
from amparo.vault.actions.server_secrets import sign_in_cost as sign_in_cost
from amparo.vault.actions.server_secrets import stretch_for_sign_in as stretch_for_sign_in
from amparo.vault.actions.unit_rotation import rotate_unit as rotate_unit
from amparo.vault.actions.units import create_emergency_unit as create_emergency_unit
from amparo.vault.actions.units import create_unit_keys as create_unit_keys
from amparo.vault.actions.units import grant_unit as grant_unit
from amparo.vault.actions.units import revoke_unit as revoke_unit
from amparo.vault.actions.units import seed_unit_member as seed_unit_member
from amparo.vault.actions.users import add_recovery_code as add_recovery_code
from amparo.vault.actions.users import change_passphrase as change_passphrase
from amparo.vault.actions.users import create_user_keys as create_user_keys
from amparo.vault.actions.users import recover_with_code as recover_with_code
from amparo.vault.actions.users import unlock as unlock
