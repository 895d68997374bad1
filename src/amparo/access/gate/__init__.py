"""The write gate: named actor, right, transaction, ledger row, or nothing happens.

An action is a function ``fn(actor, *, now, ...)`` decorated with ``@action("room.verb")``. The gate
decides the right, opens the transaction, runs the body and writes the ledger row. A refusal or an
error rolls everything back; a denial is then recorded on its own.
"""

from amparo.access.gate.actions import About, action, opens
from amparo.access.gate.guard import UnguardedWrite, writes_outside_actions
from amparo.access.gate.passage import Passage, is_inside_action, note

__all__ = [
    "About",
    "Passage",
    "UnguardedWrite",
    "action",
    "is_inside_action",
    "note",
    "opens",
    "writes_outside_actions",
]
