"""Shapes and refusals of the library room."""

from amparo.library.data.contents import (
    CONTENT,
    AnyContent,
    Decision,
    Instrument,
    Provision,
    Words,
)
from amparo.library.data.refusals import (
    AlreadyWithdrawn,
    FileRefused,
    FromDoctrine,
    KeyTaken,
    NoSuchCited,
    NoSuchElement,
    NoSuchInstrument,
    NotYetDecided,
    NotYourEntry,
)
from amparo.library.data.shapes import (
    Choice,
    ElementLink,
    EntryPage,
    EntryVersion,
    EntryView,
    Flaw,
    Hit,
    Piece,
    Results,
)

__all__ = [
    "CONTENT",
    "AlreadyWithdrawn",
    "AnyContent",
    "Choice",
    "Decision",
    "ElementLink",
    "EntryPage",
    "EntryVersion",
    "EntryView",
    "FileRefused",
    "Flaw",
    "FromDoctrine",
    "Hit",
    "Instrument",
    "KeyTaken",
    "NoSuchCited",
    "NoSuchElement",
    "NoSuchInstrument",
    "NotYetDecided",
    "NotYourEntry",
    "Piece",
    "Provision",
    "Results",
    "Words",
]
