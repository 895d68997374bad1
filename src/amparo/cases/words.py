"""The words for codes: this room's closed lists, and doctrine's code lists, in the reader's language."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from functools import cache

from django.utils.functional import Promise
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from amparo.cases.data import (
    Axis,
    ChildAssent,
    ConsentGiver,
    ConsentState,
    FileState,
    NameKind,
    NationalityStanding,
    NeedState,
    NoteKind,
    Precision,
    StandIn,
    TaskKind,
    TaskState,
    ThreeWay,
    WaitingFor,
    WorkGroup,
)
from amparo.core.names import romanise
from amparo.core.sharing import ALWAYS, Item
from amparo.doctrine import registry

Words = Mapping[str, "str | Promise"]

DOCTRINE: dict[str, str] = {
    Axis.MANDATE: "mandate_category",
    Axis.TRAFFICKING: "trafficking_status",
    Axis.STATELESSNESS: "statelessness",
}
"""Where the codes of each axis come from. Every other name that is not below is doctrine's own."""

OWN: dict[str, Words] = {
    "axis": {
        Axis.MANDATE: _("Mandate category"),
        Axis.TRAFFICKING: _("Trafficking"),
        Axis.STATELESSNESS: _("Nationality and statelessness"),
    },
    "three_way": {ThreeWay.YES: _("Yes"), ThreeWay.NO: _("No"), ThreeWay.UNKNOWN: _("Not known yet")},
    "precision": {
        Precision.EXACT: _("The exact date"),
        Precision.PARTIAL: _("The year, or the month and the year"),
        Precision.ESTIMATED: _("Only an estimated age"),
        Precision.UNKNOWN: _("Nothing yet"),
    },
    "nationality_standing": {
        NationalityStanding.CONFIRMED: _("Confirmed by a document or an authority"),
        NationalityStanding.STATED: _("Stated by the person"),
        NationalityStanding.UNKNOWN: _("Not known yet"),
    },
    "name_kind": {
        NameKind.OFFICIAL: _("Official name"),
        NameKind.ALIAS: _("Also known as"),
        NameKind.SPOKEN: _("As the person says it"),
    },
    "file_state": {
        FileState.OPEN: pgettext_lazy("file", "Open"),
        FileState.CLOSURE_REQUESTED: _("Closure requested"),
        FileState.CLOSED: pgettext_lazy("file", "Closed"),
    },
    "need_state": {
        NeedState.OPEN: pgettext_lazy("need", "Open"),
        NeedState.PLANNED: _("In the plan"),
        NeedState.MET: _("Met"),
        NeedState.DECLINED: _("Declined by the person"),
        NeedState.UNAVAILABLE: _("Service not available"),
    },
    "note_kind": {
        NoteKind.CONTACT: _("Contact with the person"),
        NoteKind.INTERVIEW: _("Interview"),
        NoteKind.OBSERVATION: _("Observation"),
        NoteKind.HEALTH: _("Health (kept apart)"),
        NoteKind.LEGAL_ADVICE: _("Legal advice given to the person"),
        NoteKind.OTHER: pgettext_lazy("note", "Other"),
    },
    "task_kind": {
        TaskKind.CALL: _("Call"),
        TaskKind.MEET: _("Meet"),
        TaskKind.DOCUMENT: _("Obtain or write a document"),
        TaskKind.FOLLOW_UP: _("Follow up"),
        TaskKind.REVIEW: _("Review the plan"),
        TaskKind.OTHER: pgettext_lazy("task", "Other"),
        "NEW_FILE": _("New file: nobody has started"),
    },
    "task_state": {
        TaskState.OPEN: pgettext_lazy("task", "Open"),
        TaskState.DONE: pgettext_lazy("task", "Done"),
        TaskState.CANCELLED: _("Cancelled"),
    },
    "waiting_for": {
        WaitingFor.NOBODY: _("Nobody: it is up to us"),
        WaitingFor.PERSON: _("The person"),
        WaitingFor.AGENCY: _("Another agency"),
        WaitingFor.AUTHORITY: _("An authority's decision"),
    },
    "consent_state": {
        ConsentState.GIVEN: _("Given"),
        ConsentState.REFUSED: _("Refused by the person"),
        ConsentState.WITHDRAWN: pgettext_lazy("consent", "Withdrawn"),
    },
    "child_assent": {
        ChildAssent.GIVEN: _("The child agrees"),
        ChildAssent.REFUSED: _("The child does not agree"),
        ChildAssent.TOO_YOUNG: _("Too young to form a view"),
    },
    "stand_in": {
        StandIn.GUARDIAN: _("guardian"),
        StandIn.AUTHORITY: _("child protection authority"),
        StandIn.BEST_INTERESTS: _("best interests record of this file"),
    },
    "consent_giver": {
        ConsentGiver.PERSON: _("The person"),
        ConsentGiver.GUARDIAN: _("The guardian"),
        ConsentGiver.BOTH: _("The child and the guardian"),
    },
    "work_group": {
        WorkGroup.OVERDUE: _("Overdue"),
        WorkGroup.DUE: _("Due"),
        WorkGroup.WAITING: _("Waiting for others"),
        WorkGroup.NEW: _("New to you"),
    },
    "status_basis": {
        "STATED": _("What the person says"),
        "OBSERVED": _("What was observed"),
        "DOCUMENT": _("A document"),
        "DECISION": _("A decision of an authority"),
        "GUIDE": _("A signed guide"),
    },
    "statelessness_risk": {
        "UNREGISTERED_BIRTH": _("Birth not registered"),
        "DOCUMENTS_HELD": _("Documents held or destroyed"),
        "FALSE_IDENTITY": _("Travelled under a false identity"),
        "GENDER_LAW": _("Nationality law that discriminates by gender"),
        "BORN_ABROAD": _("Born abroad to a trafficked mother"),
        "LONG_ABSENCE": _("Nationality may be lost by long absence"),
        "RENUNCIATION": _("Renunciation or forced marriage"),
        "MINORITY": _("Belongs to a minority"),
        "STATE_SUCCESSION": _("State succession"),
    },
    "reopen_reason": {
        "NEW_RISK": _("New risk"),
        "PERSON_ASKED": _("At the person's request"),
        "NEW_FACTS": _("New facts"),
        "MISTAKE": _("Closed by mistake"),
    },
    "event": {
        "file_event": _("File"),
        "OPENED": _("File opened"),
        "CLOSURE_REQUESTED": _("Closure requested"),
        "CLOSED": _("File closed"),
        "CLOSURE_REFUSED": _("Closure refused"),
        "REOPENED": _("File reopened"),
        "status_mandate": _("Mandate category"),
        "status_trafficking": _("Trafficking"),
        "status_statelessness": _("Nationality and statelessness"),
        "need": _("Need recorded"),
        "note": _("Note"),
        "task_done": _("Task done"),
        "task_cancelled": _("Task cancelled"),
        "consent_given": _("Consent given"),
        "consent_refused": _("Consent refused"),
        "consent_withdrawn": _("Consent withdrawn"),
    },
    "share_item": {
        Item.CASE_CODE: _("Reference of the referral"),
        Item.SENDER: _("Who refers"),
        Item.SERVICE: _("Service asked for"),
        Item.URGENCY: _("Urgency"),
        Item.SAFE_CONTACT: _("How to contact safely"),
        Item.NO_CONTACT: _("Who must not be contacted"),
        Item.LANGUAGE: _("Language"),
        Item.AGE_BAND: _("Age band"),
        Item.SEX_GENDER: _("Sex or gender"),
        Item.GUARDIAN: _("Guardian"),
        Item.RISKS: _("Risks that matter to the service"),
        Item.CONSENT: _("Scope of the consent"),
        Item.NAMES: _("Names"),
        Item.BIRTH: _("Date of birth"),
        Item.NATIONALITY: _("Nationality"),
        Item.NEEDS: _("Specific needs"),
        Item.STATUSES: _("The three statuses"),
        Item.ADDRESS: _("Address"),
        Item.HEALTH: _("Health data"),
        Item.STORY: _("What happened to the person"),
        Item.ASYLUM_GROUNDS: _("Grounds of the asylum claim"),
        Item.PHOTO: _("Photograph"),
        Item.DOCUMENTS: _("Documents"),
    },
}


OWN["share_choice"] = {item: word for item, word in OWN["share_item"].items() if item not in ALWAYS}
"""What the person decides about: the rest is what makes a referral a referral."""


def say(list_name: str, code: str) -> str:
    """Return the word for a code in the reader's language; the code itself when no list knows it."""
    own = OWN.get(list_name)
    if own is not None:
        return str(own.get(code, code))
    return registry.get_code_list(DOCTRINE.get(list_name, list_name)).label(code)[get_language() or "es"]


def choices(list_name: str) -> list[tuple[str, str]]:
    """Return the codes in use and their words, in the order of the list."""
    return list(_choices(list_name, get_language() or "es"))


@cache
def _choices(list_name: str, language: str) -> tuple[tuple[str, str], ...]:
    own = OWN.get(list_name)
    if own is not None:
        return tuple((str(code), str(word)) for code, word in own.items())
    codes = registry.get_code_list(DOCTRINE.get(list_name, list_name)).in_use
    return tuple((code.code, code.label[language]) for code in codes)


def choices_by_word(list_name: str) -> list[tuple[str, str]]:
    """Return the choices in alphabetical order, for the long lists (countries, languages).

    The languages of the countries that have a pack come first, those of most countries before others.
    """
    return list(_by_word(list_name, get_language() or "es"))


@cache
def _by_word(list_name: str, language: str) -> tuple[tuple[str, str], ...]:
    first = _languages_here() if list_name == "language" else []
    places = {code: place for place, code in enumerate(first)}
    return tuple(
        sorted(
            _choices(list_name, language),
            key=lambda choice: (places.get(choice[0], len(first)), romanise(choice[1])),
        )
    )


def _languages_here() -> list[str]:
    """Return the languages of the countries with a pack; that of most countries first."""
    counted = Counter(code for pack in registry.list_packs() for code in pack.languages)
    return sorted(counted, key=lambda code: (-counted[code], code))
