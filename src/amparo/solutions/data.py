"""Shapes and refusals of the solutions room."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from amparo.core.refusal import Refusal
from amparo.vault.data import Veiled


@dataclass(frozen=True, slots=True)
class ReturnView:
    """One plan of a return. ``state`` is draft, planned, departed or cancelled."""

    id: UUID
    person_id: UUID
    procedure_id: UUID
    state: str
    travel_date: date
    destination: str
    is_voluntary: bool
    certificate_id: UUID | None
    departed_date: date | None
    version: int
    created_at: datetime
    changed_at: datetime | None = None
    changed_by_name: str = ""

    @property
    def is_open(self) -> bool:
        return self.state in {"draft", "planned"}


@dataclass(frozen=True, slots=True)
class IncidentView:
    """One departure without a valid certificate, as reported."""

    id: UUID
    kind: str
    departed_date: date
    destination: str
    reported_at: datetime
    is_acknowledged: bool
    version: int
    text: Veiled | None = None


@dataclass(frozen=True, slots=True)
class OpenIncident:
    """An incident that no supervisor has acknowledged."""

    id: UUID
    person_id: UUID
    code: str
    reported_at: datetime


@dataclass(frozen=True, slots=True)
class PlannedReturn:
    """A return that is planned, or drafted. ``has_lapsed``: its certificate ended on new facts."""

    id: UUID
    person_id: UUID
    code: str
    travel_date: date
    has_lapsed: bool
    is_planned: bool = True


@dataclass(frozen=True, slots=True)
class ReturnTerms:
    """What a return is about; a change of any of it is a change of what was certified."""

    travel_date: date
    destination: str
    is_voluntary: bool

    def as_terms(self) -> dict[str, str | bool]:
        return {
            "travel_date": self.travel_date.isoformat(),
            "destination": self.destination,
            "is_voluntary": self.is_voluntary,
        }


class ReturnAlreadyOpen(Refusal):
    """A second plan while one is open."""

    code = "solutions.return_already_open"
    what = _("A second return was not drafted.")
    why = _("A return of this person is already being assessed.")
    next_step = _("Continue with that one, or cancel it first.")


class ReturnRefused(Refusal):
    """No certificate in force covers the return."""

    code = "solutions.return_refused"
    what = _("The return was not recorded.")
    why = _(
        "No certificate in force covers it: %(unmet)d conditions are not met and %(open)d were not assessed."
    )
    next_step = _("The page of the return lists every condition, its source and what would satisfy it.")


class NotCertified(ReturnRefused):
    """Every condition holds, but no certificate in force covers the return."""

    code = "solutions.not_certified"
    why = _("Every condition holds today, but no certificate in force covers it.")
    next_step = _("Two people sign, one of them of the asylum authority; then issue the certificate.")


class NotInThatState(Refusal):
    """The plan is not in the state that this step starts from."""

    code = "solutions.not_in_that_state"
    what = _("The return was not changed.")
    why = _("It is in another state than this step starts from.")
    next_step = _("Open the page of the return again and look at what happened.")


class NotAsShown(Refusal):
    """What was sent is not what a button of the page sends: no day, or a part is missing."""

    code = "solutions.not_as_shown"
    what = _("Nothing was recorded.")
    why = _("A date is missing or is not a day, or a part of what the page sends did not arrive.")
    next_step = _("Go back to the return, check the date if there is one, and press the button again.")
    status = 400


class TravelInPast(Refusal):
    """A journey that is prepared for a day that has passed everywhere."""

    code = "solutions.travel_in_past"
    what = _("The return was not saved.")
    why = _("A journey that is prepared cannot lie in the past.")
    next_step = _("Correct the date of travel.")


class TravelTooFar(Refusal):
    """A journey further ahead than anybody prepares one: a year was mistyped."""

    code = "solutions.travel_too_far"
    what = _("The return was not saved.")
    why = _("A journey is prepared at most %(days)d days ahead.")
    next_step = _("Correct the date of travel.")


LONGEST_PREPARED_DAYS = 731
"""Our own number: two years."""


def find_travel_problem(day: date, today: date) -> Refusal | None:
    """Return why no journey is prepared for that day, or ``None``."""
    if day < today:
        return TravelInPast()
    return TravelTooFar(days=LONGEST_PREPARED_DAYS) if (day - today).days > LONGEST_PREPARED_DAYS else None


class NotToday(Refusal):
    """A departure on a day that has not come."""

    code = "solutions.not_today"
    what = _("The departure was not recorded.")
    why = _("Its date lies in the future.")
    next_step = _("Record the departure when it has happened.")


class OnAnotherDay(Refusal):
    """A departure on a day for which the conditions were not certified."""

    code = "solutions.on_another_day"
    what = _("The return was not recorded as done.")
    why = _(
        "The certificate covers one day of travel, the one that was examined and signed. "
        "The day given is another one."
    )
    next_step = _(
        "If the person left on that day, report it as an incident, so that what happened stands in the "
        "file. If the day was mistyped, go back and correct it."
    )
