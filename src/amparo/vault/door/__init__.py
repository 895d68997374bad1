"""The only door to identities. Everything here asks policy first and writes the ledger first.

``open`` and ``open_many`` commit their ledger row before they return plaintext, so they refuse to run
inside a transaction (the outer transaction of a test case does not count); inside an action use
``open_within_action``, whose row is committed with the action. If the ledger cannot be written,
nothing is opened.
"""

from amparo.vault.door.opening import open as open
from amparo.vault.door.opening import open_many as open_many
from amparo.vault.door.opening import open_names as open_names
from amparo.vault.door.opening import open_within_action as open_within_action
from amparo.vault.door.plain import PlainUse as PlainUse
from amparo.vault.door.plain import plain as plain
from amparo.vault.door.writing import create_person as create_person
from amparo.vault.door.writing import write as write
from amparo.vault.hooks import install as install
from amparo.vault.hooks import installed as installed
