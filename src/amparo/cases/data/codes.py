"""Closed lists that the code itself depends on. Every other code list is doctrine."""

from __future__ import annotations

from enum import StrEnum


class Axis(StrEnum):
    """The three independent histories; none may be derived from another (seed §2, §3)."""

    MANDATE = "mandate"
    TRAFFICKING = "trafficking"
    STATELESSNESS = "statelessness"


class AgeStatus(StrEnum):
    KNOWN = "KNOWN"
    ESTIMATED = "ESTIMATED"
    DISPUTED = "DISPUTED"
    UNKNOWN = "UNKNOWN"


class Precision(StrEnum):
    """How exactly the birth date is known."""

    EXACT = "EXACT"
    PARTIAL = "PARTIAL"
    ESTIMATED = "ESTIMATED"
    UNKNOWN = "UNKNOWN"


class ThreeWay(StrEnum):
    """A question that may be unanswered. Unanswered never reads as no."""

    YES = "YES"
    NO = "NO"
    UNKNOWN = "UNKNOWN"


class NationalityStanding(StrEnum):
    CONFIRMED = "CONFIRMED"
    STATED = "STATED"
    UNKNOWN = "UNKNOWN"


class NameKind(StrEnum):
    OFFICIAL = "OFFICIAL"
    ALIAS = "ALIAS"
    SPOKEN = "SPOKEN"


class FileState(StrEnum):
    OPEN = "OPEN"
    CLOSURE_REQUESTED = "CLOSURE_REQUESTED"
    CLOSED = "CLOSED"


class NeedState(StrEnum):
    OPEN = "OPEN"
    PLANNED = "PLANNED"
    MET = "MET"
    DECLINED = "DECLINED"
    UNAVAILABLE = "UNAVAILABLE"


class NoteKind(StrEnum):
    CONTACT = "CONTACT"
    INTERVIEW = "INTERVIEW"
    OBSERVATION = "OBSERVATION"
    HEALTH = "HEALTH"
    LEGAL_ADVICE = "LEGAL_ADVICE"
    OTHER = "OTHER"


class TaskKind(StrEnum):
    CALL = "CALL"
    MEET = "MEET"
    DOCUMENT = "DOCUMENT"
    FOLLOW_UP = "FOLLOW_UP"
    REVIEW = "REVIEW"
    OTHER = "OTHER"


class TaskState(StrEnum):
    OPEN = "OPEN"
    DONE = "DONE"
    CANCELLED = "CANCELLED"


class WaitingFor(StrEnum):
    NOBODY = "NOBODY"
    PERSON = "PERSON"
    AGENCY = "AGENCY"
    AUTHORITY = "AUTHORITY"


class ConsentState(StrEnum):
    GIVEN = "GIVEN"
    REFUSED = "REFUSED"
    WITHDRAWN = "WITHDRAWN"


class ConsentGiver(StrEnum):
    PERSON = "PERSON"
    GUARDIAN = "GUARDIAN"
    BOTH = "BOTH"


class WorkGroup(StrEnum):
    """The four questions of the worklist, in the order in which they are answered."""

    OVERDUE = "overdue"
    DUE = "due"
    WAITING = "waiting"
    NEW = "new"
