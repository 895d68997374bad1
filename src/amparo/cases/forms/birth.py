"""What is known of a birth date: exact, partial, an estimated age, or nothing."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from amparo.cases.data import AgeStatus, Birth, Precision
from amparo.cases.data.age import age_on
from amparo.cases.data.limits import EARLIEST_BIRTH_YEAR, find_birth_problem
from amparo.cases.forms.fields import CodeChoice

OLDEST = 120
DATE = ("day", "month", "year")
AGES = ("age_from", "age_to")


def years_before(day: date, years: int) -> date:
    """Return the same day that many years earlier; 29 February becomes 28 February."""
    year = day.year - years
    return date(year, day.month, min(day.day, monthrange(year, day.month)[1]))


def day_after(day: date) -> date:
    return date.fromordinal(day.toordinal() + 1)


class BirthFields(forms.Form):
    """The part of a person's form that says how old they are.

    What is typed says how much is known; nothing needs to be chosen. A choice that says something else
    than the fields, or ages that leave the date out, is an error: nothing typed is set aside in silence.
    """

    precision = CodeChoice(
        "precision",
        _("What is known of the date of birth?"),
        radios=True,
        required=False,
        help_text=_("You need not choose: it is read from what you type below."),
    )
    day = forms.IntegerField(label=_("Day"), required=False, min_value=1, max_value=31)
    month = forms.IntegerField(label=_("Month"), required=False, min_value=1, max_value=12)
    year = forms.IntegerField(label=_("Year"), required=False, min_value=EARLIEST_BIRTH_YEAR, max_value=2100)
    age_from = forms.IntegerField(
        label=_("Youngest age that is plausible"),
        required=False,
        min_value=0,
        max_value=OLDEST,
        widget=forms.NumberInput(attrs={"class": "govuk-input--width-3"}),
    )
    age_to = forms.IntegerField(
        label=_("Oldest age that is plausible"),
        required=False,
        min_value=0,
        max_value=OLDEST,
        widget=forms.NumberInput(attrs={"class": "govuk-input--width-3"}),
    )
    is_disputed = forms.BooleanField(label=_("The age is disputed"), required=False)
    may_be_child = forms.BooleanField(
        label=_("There are reasons to think that the person may be under 18"),
        help_text=_("Then every rule treats the person as a child until the age is settled."),
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        if self._is_wrong():
            return typed
        chosen = Precision(typed["precision"]) if typed["precision"] else None
        typed["precision"] = chosen or _read_precision(typed)
        self._check_choice(chosen, typed)
        if not self._is_wrong() and typed["precision"] in {Precision.EXACT, Precision.PARTIAL}:
            self._check_date(typed["precision"], typed)
        if not self._is_wrong():
            self._check_ages(typed)
        return typed

    def _is_wrong(self) -> bool:
        return bool(self.errors.keys() & {"precision", *DATE, *AGES})

    def _check_choice(self, chosen: Precision | None, typed: dict[str, Any]) -> None:
        """Refuse a choice that leaves no room for something that was typed."""
        dates, ages = _filled(DATE, typed), _filled(AGES, typed)
        if chosen is Precision.UNKNOWN and (dates or ages):
            self.add_error("precision", _("Something is typed below. Choose what is known, or empty it."))
        elif chosen is Precision.ESTIMATED and dates:
            self.add_error(dates[0], _("Only an estimated age is chosen. Empty the date, or choose it."))
        elif chosen is Precision.PARTIAL and typed["day"] is not None:
            self.add_error("day", _("The exact date is not chosen. Empty the day, or choose it."))

    def _check_date(self, precision: Precision, typed: dict[str, Any]) -> None:
        needed = DATE if precision is Precision.EXACT else ("year",)
        missing = [name for name in needed if typed[name] is None]
        for name in missing:
            self.add_error(name, _("Type it, or say that less is known."))
        if missing:
            return
        try:
            birth = _from_date(precision, typed)
        except ValueError:
            self.add_error("day", _("There is no such day."))
            return
        problem = find_birth_problem(birth, localdate())
        if problem is not None:
            self.add_error("year", problem.reason)

    def _check_ages(self, typed: dict[str, Any]) -> None:
        youngest, oldest = typed["age_from"], typed["age_to"]
        ages = _filled(AGES, typed)
        if not ages and typed["precision"] is Precision.ESTIMATED:
            self.add_error("age_from", _("Type at least one age."))
        elif len(ages) == len(AGES) and youngest > oldest:
            self.add_error("age_to", _("The oldest age is lower than the youngest."))
        elif ages and typed["precision"] is not Precision.ESTIMATED:
            birth = _from_date(typed["precision"], typed)
            if not _lies_within(birth, youngest, oldest, localdate()):
                self.add_error(
                    ages[0], _("The date of birth says another age. Correct or empty one of them.")
                )

    def birth(self, today: date) -> Birth:
        """Return the birth as typed; the form is valid."""
        typed = self.cleaned_data
        match Precision(typed["precision"]):
            case Precision.EXACT | Precision.PARTIAL as precision:
                return _from_date(precision, typed)
            case Precision.ESTIMATED as precision:
                ages = [typed[name] for name in _filled(AGES, typed)]
                return Birth(
                    precision, day_after(years_before(today, max(ages) + 1)), years_before(today, min(ages))
                )
            case Precision.UNKNOWN as precision:
                return Birth(precision)

    def age_status(self) -> AgeStatus:
        """Return how the age is known. Disputed beats the rest."""
        if self.cleaned_data["is_disputed"]:
            return AgeStatus.DISPUTED
        return {
            Precision.EXACT: AgeStatus.KNOWN,
            Precision.PARTIAL: AgeStatus.KNOWN,
            Precision.ESTIMATED: AgeStatus.ESTIMATED,
            Precision.UNKNOWN: AgeStatus.UNKNOWN,
        }[Precision(self.cleaned_data["precision"])]

    @staticmethod
    def initial_birth(birth: Birth, today: date) -> dict[str, Any]:
        """Return the initial values for a birth that was recorded; none where nothing is known."""
        if birth.earliest is None or birth.latest is None:
            return {}
        values: dict[str, Any] = {"precision": birth.precision}
        if birth.precision is Precision.ESTIMATED:
            ages = {"age_from": age_on(birth.latest, today), "age_to": age_on(birth.earliest, today)}
            return values | ages
        values["year"] = birth.earliest.year
        if birth.earliest.month == birth.latest.month:
            values["month"] = birth.earliest.month
        if birth.precision is Precision.EXACT:
            values["day"] = birth.earliest.day
        return values


def _filled(names: Sequence[str], typed: Mapping[str, Any]) -> list[str]:
    return [name for name in names if typed[name] is not None]


def _read_precision(typed: Mapping[str, Any]) -> Precision:
    """Read how much is known from which fields are filled. A date says more than ages."""
    if typed["day"] is not None:
        return Precision.EXACT
    if _filled(DATE, typed):
        return Precision.PARTIAL
    return Precision.ESTIMATED if _filled(AGES, typed) else Precision.UNKNOWN


def _from_date(precision: Precision, typed: Mapping[str, Any]) -> Birth:
    """Return the birth of a typed date. Raises ValueError where there is no such day."""
    year, month = typed["year"], typed["month"]
    if precision is Precision.EXACT:
        day = date(year, month, typed["day"])
        return Birth(precision, day, day)
    first, last = (month, month) if month else (1, 12)
    return Birth(precision, date(year, first, 1), date(year, last, monthrange(year, last)[1]))


def _lies_within(birth: Birth, youngest: int | None, oldest: int | None, today: date) -> bool:
    """Say whether a birth date leaves no age outside the plausible ones; ``None`` is an open end."""
    if birth.earliest is None or birth.latest is None:
        return True
    return (youngest is None or age_on(birth.latest, today) >= youngest) and (
        oldest is None or age_on(birth.earliest, today) <= oldest
    )
