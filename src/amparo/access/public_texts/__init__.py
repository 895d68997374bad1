"""Texts that everybody reads, or that leave the house without names: the one door they go through.

A code, a number or an address is told by its pattern. A name looks like any other word, so it is
compared with the names that the writer's unlocked session already holds in memory, and with nothing
else: nothing is opened for the comparison, and nobody whom the writer may not know can come out of it.
A rule for rooms: what is stored for everybody passes :func:`require_nobody` inside its action.
"""

from amparo.access.public_texts.checking import (
    EVERY_TRACE,
    LAW,
    NOTES,
    Slip,
    find_lone_names,
    find_slips,
    require_nobody,
)
from amparo.access.public_texts.comparing import Named, register
from amparo.access.public_texts.reading import ReadAgainForm

__all__ = [
    "EVERY_TRACE",
    "LAW",
    "NOTES",
    "Named",
    "ReadAgainForm",
    "Slip",
    "find_lone_names",
    "find_slips",
    "register",
    "require_nobody",
]
