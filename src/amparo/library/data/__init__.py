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
    FileRefused,
    FromDoctrine,
    KeyTaken,
    NoSuchCited,
    NoSuchElement,
    NoSuchInstrument,
    NotYetDecided,
)
from amparo.library.data.shapes import (
    Choice,
    ElementLink,
    EntryPage,
    EntryView,
    Flaw,
    Hit,
    Piece,
    Results,
)

__all__ = [
    "CONTENT",
    "AnyContent",
    "Choice",
    "Decision",
    "ElementLink",
    "EntryPage",
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
    "Piece",
    "Provision",
    "Results",
    "Words",
]
