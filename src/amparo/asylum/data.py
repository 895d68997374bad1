"""Shapes and refusals of the asylum room: advisory opinions (seed §11)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from amparo.core.refusal import Refusal

GUIDES = ("refugee-status", "cartagena", "complementary-protection")
"""The guides on whose elements an advisory opinion speaks."""


class OpinionState(StrEnum):
    ASKED = "asked"
    ANSWERED = "answered"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


STATE_LABELS = {
    OpinionState.ASKED: _("Waiting for an answer"),
    OpinionState.ANSWERED: _("Answered"),
    OpinionState.DECLINED: _("Not taken on"),
    OpinionState.WITHDRAWN: _("Withdrawn"),
}
DRAFT_LABEL = _("Answered, not in the register yet")


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked. ``summary`` is pseudonymous: it tells the facts, never who the person is."""

    to_unit_id: UUID
    elements: tuple[str, ...]
    summary: str
    due_date: date
    person_id: UUID | None = None
    """The asker's own file, if there is one. It stays with the asker."""


@dataclass(frozen=True, slots=True)
class Answer:
    """``advice`` is about the case and goes to the asker alone; the rest is law and is registered."""

    title: str
    statement: str
    elements: tuple[str, ...]
    sources: tuple[str, ...]
    decisions: tuple[str, ...]
    advice: str = ""


@dataclass(frozen=True, slots=True)
class OpinionLine:
    """A request, for one of its two sides. ``code`` is the asker's own file, "" for the adviser."""

    id: UUID
    reference: str
    state: OpinionState
    asker: str
    adviser: str
    is_asker: bool
    elements: tuple[str, ...]
    asked_at: datetime
    asked_by: str
    due_date: date
    version: int
    code: str = ""
    has_advice: bool = False
    is_draft: bool = False
    """Answered, and not read again yet by the agency that asked: outside the register."""

    @property
    def state_label(self) -> str:
        return str(DRAFT_LABEL if self.is_draft else STATE_LABELS[self.state])

    @property
    def is_waiting(self) -> bool:
        return self.is_open or self.is_draft

    @property
    def is_open(self) -> bool:
        return self.state is OpinionState.ASKED


@dataclass(frozen=True, slots=True)
class RegisteredOpinion:
    """An opinion as the register shows it: law only. Nothing leads from here to a request or a file."""

    number: str
    title: str
    statement: str
    adviser: str
    given_date: date
    elements: tuple[str, ...]
    sources: tuple[str, ...]
    decisions: tuple[str, ...]
    withdrawn_date: date | None = None
    is_own: bool = False


@dataclass(frozen=True, slots=True)
class Draft:
    """What an answer says about the law while it is outside the register, for its two sides."""

    title: str
    statement: str
    elements: tuple[str, ...]
    sources: tuple[str, ...]
    decisions: tuple[str, ...]


PUBLIC_TEXTS = {
    "statement": _("What the opinion says about the law"),
    "summary": _("The facts and the question"),
    "title": _("Title for the register"),
}
"""What the texts are called where one is refused."""


class NotAnAsylumAuthority(Refusal):
    """Only an asylum authority asks."""

    code = "asylum.not_an_authority"
    what = _("The opinion was not asked for.")
    why = _("Only a unit of an asylum authority asks for an advisory opinion.")
    next_step = _("Refer the person to the asylum authority, or write to the UN office directly.")


class NotAnAdviser(Refusal):
    """Only a unit of a UN agency is asked."""

    code = "asylum.not_an_adviser"
    what = _("The opinion was not asked for.")
    why = _("The unit that was chosen does not belong to a UN agency.")
    next_step = _("Choose a unit of the UN office.")


class NamesThePerson(Refusal):
    """The summary holds a name of the person of the file."""

    code = "asylum.names_the_person"
    what = _("The question was not sent.")
    why = _("The summary holds a name, a contact or a document number that the file knows.")
    next_step = _("Write “the applicant”, and tell only the facts that the question needs.")


class OpinionNamesThePerson(Refusal):
    """What would be registered holds a name of the person of the file."""

    code = "asylum.opinion_names_the_person"
    what = _("The opinion did not enter the register.")
    why = _("Its title or its statement holds a name, a contact or a document number that your file knows.")
    next_step = _("Keep it out of the register, and tell the office what you found.")


class NothingToPublish(Refusal):
    """No answer waits to be read again."""

    code = "asylum.nothing_to_publish"
    what = _("Nothing was changed.")
    why = _("No answer to this request waits to be read again.")
    next_step = _("Open the request again and look at what happened.")


class NotYourOpinion(Refusal):
    """An opinion of another agency."""

    code = "asylum.not_your_opinion"
    what = _("The opinion was not withdrawn.")
    why = _("Another agency gave it.")
    next_step = _("Tell the agency that gave it what is wrong with it.")


class NoElement(Refusal):
    """A question or answer without a point of law."""

    code = "asylum.no_element"
    what = _("Nothing was saved.")
    why = _("An opinion speaks on at least one element of a guide.")
    next_step = _("Choose the elements in question.")


class NoAuthorityCited(Refusal):
    """An answer without a source or a decision."""

    code = "asylum.nothing_cited"
    what = _("The opinion was not given.")
    why = _("It cites no source and no decision.")
    next_step = _("Cite at least one source or decision for what the opinion says.")


class AlreadyClosed(Refusal):
    """The request is no longer open."""

    code = "asylum.already_closed"
    what = _("Nothing was changed.")
    why = _("The request was answered, declined or withdrawn before.")
    next_step = _("Open the request again and look at what happened.")


class DueInThePast(Refusal):
    """A due date that is over."""

    code = "asylum.due_in_the_past"
    what = _("The question was not sent.")
    why = _("The date by which the answer is needed is over.")
    next_step = _("Choose today or a later day.")
