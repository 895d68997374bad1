"""Closed lists that the code of this room depends on, and the words for them."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from amparo.core.quorum import Absence, Standing

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


class BodyKind(StrEnum):
    COALITION = "COALITION"
    RAPID_RESPONSE = "RAPID_RESPONSE"
    NEEDS_PANEL = "NEEDS_PANEL"
    BEST_INTERESTS_PANEL = "BEST_INTERESTS_PANEL"
    WORKING_GROUP = "WORKING_GROUP"


class MeetingState(StrEnum):
    CONVENED = "CONVENED"
    HELD = "HELD"
    CANCELLED = "CANCELLED"


class Ending(StrEnum):
    RECUSED = "RECUSED"
    CONSENT_WITHDRAWN = "CONSENT_WITHDRAWN"
    TERM_OVER = "TERM_OVER"


class Conflict(StrEnum):
    """Why a member does not sit on an item."""

    FAMILY = "FAMILY"
    CLOSE_TIE = "CLOSE_TIE"
    ACCUSED_OR_WITNESS = "ACCUSED_OR_WITNESS"
    MONEY = "MONEY"
    DECIDED_BEFORE = "DECIDED_BEFORE"
    OTHER = "OTHER"


class WishesHow(StrEnum):
    """How the wishes were heard. Declining to say is an answer, and is recorded as one."""

    IN_PERSON = "IN_PERSON"
    WITH_INTERPRETER = "WITH_INTERPRETER"
    WITH_GUARDIAN = "WITH_GUARDIAN"
    THROUGH_ADVOCATE = "THROUGH_ADVOCATE"
    DECLINED_TO_SAY = "DECLINED_TO_SAY"


class Stance(StrEnum):
    SUPPORTS = "SUPPORTS"
    OPPOSES = "OPPOSES"
    ABSTAINS = "ABSTAINS"


class Vote(StrEnum):
    AGREES = "AGREES"
    DISSENTS = "DISSENTS"


class AnswerCode(StrEnum):
    ACCEPTED = "ACCEPTED"
    PARTLY = "PARTLY"
    REFUSED = "REFUSED"
    ASKED_FOR_TIME = "ASKED_FOR_TIME"


WORDS: dict[type[StrEnum], dict[StrEnum, _StrPromise]] = {
    BodyKind: {
        BodyKind.COALITION: _("Coalition"),
        BodyKind.RAPID_RESPONSE: _("Rapid-response team"),
        BodyKind.NEEDS_PANEL: _("Needs panel"),
        BodyKind.BEST_INTERESTS_PANEL: _("Best-interests panel"),
        BodyKind.WORKING_GROUP: _("Working group"),
    },
    Standing: {
        Standing.MEMBER: _("Member"),
        Standing.ADVISER: _("Adviser"),
        Standing.OBSERVER: _("Observer"),
    },
    MeetingState: {
        MeetingState.CONVENED: _("Convened"),
        MeetingState.HELD: _("Held"),
        MeetingState.CANCELLED: _("Cancelled"),
    },
    Conflict: {
        Conflict.FAMILY: _("Family of the person or of somebody involved"),
        Conflict.CLOSE_TIE: _("A close tie to the person or to somebody involved"),
        Conflict.ACCUSED_OR_WITNESS: _("Accused or witness in a matter of the case"),
        Conflict.MONEY: _("Would gain or lose by the decision"),
        Conflict.DECIDED_BEFORE: _("Decided on the same matter before"),
        Conflict.OTHER: _("Another conflict of interest"),
    },
    WishesHow: {
        WishesHow.IN_PERSON: _("The person said them to us"),
        WishesHow.WITH_INTERPRETER: _("The person said them through an interpreter"),
        WishesHow.WITH_GUARDIAN: _("The child said them, with the guardian present"),
        WishesHow.THROUGH_ADVOCATE: _("Through the advocate whom the person chose"),
        WishesHow.DECLINED_TO_SAY: _("The person was asked and prefers not to say"),
    },
    Stance: {
        Stance.SUPPORTS: _("In favour"),
        Stance.OPPOSES: _("Against"),
        Stance.ABSTAINS: _("No position"),
    },
    Vote: {
        Vote.AGREES: _("Agrees"),
        Vote.DISSENTS: _("Dissents"),
    },
    AnswerCode: {
        AnswerCode.ACCEPTED: _("Accepts"),
        AnswerCode.PARTLY: _("Accepts in part"),
        AnswerCode.REFUSED: _("Refuses"),
        AnswerCode.ASKED_FOR_TIME: _("Asks for time to think"),
    },
    Absence: {
        Absence.NOT_A_MEMBER: _("Adviser or observer: speaks, does not count"),
        Absence.TERM_OVER: _("Outside their term"),
        Absence.RECUSED: _("Recused"),
        Absence.UNDECLARED: _("Has not declared whether there is a conflict of interest"),
        Absence.NOT_SHARED: _("The case was not shared with them"),
        Absence.PREPARED_IT: _("Prepared the case"),
        Absence.NOT_PRESENT: _("Was not there"),
    },
}


def choices_of(codes: type[StrEnum]) -> list[tuple[str, _StrPromise]]:
    """Return a list's codes with their words, for a form."""
    return [(str(code), words) for code, words in WORDS[codes].items()]


def word_of(codes: type[StrEnum], code: str) -> str:
    """Return the words for a code of a list, or the code itself where the list has none."""
    return str(WORDS[codes].get(codes(code), code)) if code else ""
