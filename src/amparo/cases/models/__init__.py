"""Tables of the cases room: coded, pseudonymous facts. What identifies a person lies in the vault."""

from __future__ import annotations

from amparo.cases.models.consent import Consent
from amparo.cases.models.family import Family, FamilyMember, Relation
from amparo.cases.models.names import NameChange, NameCounter
from amparo.cases.models.people import File, FileEvent, Person
from amparo.cases.models.status import StatusInterval
from amparo.cases.models.work import Need, Note, Task

__all__ = [
    "Consent",
    "Family",
    "FamilyMember",
    "File",
    "FileEvent",
    "NameChange",
    "NameCounter",
    "Need",
    "Note",
    "Person",
    "Relation",
    "StatusInterval",
    "Task",
]
