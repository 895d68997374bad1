"""The only door to identities. Everything here asks policy first and writes the ledger first.

``open`` and ``open_many`` commit their ledger row before they return plaintext, so they refuse to run
inside a transaction (the outer transaction of a test case does not count); inside an action use
``open_within_action``, whose row is committed with the action. If the ledger cannot be written,
nothing is opened.
"""

from amparo.vault.door.documents import destroy_file as destroy_file
from amparo.vault.door.documents import read_file as read_file
from amparo.vault.door.documents import store_file as store_file
from amparo.vault.door.extracts import destroy_expired_extracts as destroy_expired_extracts
from amparo.vault.door.extracts import destroy_extract as destroy_extract
from amparo.vault.door.extracts import open_extract as open_extract
from amparo.vault.door.extracts import seal_extract as seal_extract
from amparo.vault.door.intake import destroy_intake as destroy_intake
from amparo.vault.door.intake import open_intake as open_intake
from amparo.vault.door.intake import seal_to_unit as seal_to_unit
from amparo.vault.door.opening import open as open
from amparo.vault.door.opening import open_many as open_many
from amparo.vault.door.opening import open_names as open_names
from amparo.vault.door.opening import open_within_action as open_within_action
from amparo.vault.door.plain import PlainUse as PlainUse
from amparo.vault.door.plain import plain as plain
from amparo.vault.door.sharing import restrict as restrict
from amparo.vault.door.sharing import share as share
from amparo.vault.door.sharing import unrestrict as unrestrict
from amparo.vault.door.sharing import unshare as unshare
from amparo.vault.door.writing import create_person as create_person
from amparo.vault.door.writing import write as write
from amparo.vault.hooks import install as install
from amparo.vault.hooks import installed as installed
