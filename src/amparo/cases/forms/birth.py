"""What is known of a birth date: exact, partial, an estimated age, or nothing."""

from __future__ import annotations

from calendar import monthrange
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


def years_before(day: date, years: int) -> date:
    """Return the same day that many years earlier; 29 February becomes 28 February."""
    year = day.year - years
    return date(year, day.month, min(day.day, monthrange(year, day.month)[1]))


def day_after(day: date) -> date:
    return date.fromordinal(day.toordinal() + 1)


class BirthFields(forms.Form):
    """The part of a person's form that says how old they are."""

    precision = CodeChoice(
        "precision", _("What is known of the date of birth?"), radios=True, initial=Precision.UNKNOWN
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
        precision = typed.get("precision")
        if precision in {Precision.EXACT, Precision.PARTIAL}:
            self._check_date(Precision(precision), typed)
        elif precision == Precision.ESTIMATED:
            self._check_ages(typed)
        return typed

    def _check_date(self, precision: Precision, typed: dict[str, Any]) -> None:
        needed = ("day", "month", "year") if precision is Precision.EXACT else ("year",)
        for name in needed:
            if typed.get(name) is None and name not in self.errors:
                self.add_error(name, _("Type it, or say that less is known."))
        if self.errors:
            return
        try:
            first = date(typed["year"], typed.get("month") or 1, typed.get("day") or 1)
        except ValueError:
            self.add_error("day", _("There is no such day."))
        else:
            problem = find_birth_problem(Birth(precision, first, first), localdate())
            if problem is not None:
                self.add_error("year", problem.reason)

    def _check_ages(self, typed: dict[str, Any]) -> None:
        youngest, oldest = typed.get("age_from"), typed.get("age_to")
        if youngest is None and oldest is None:
            self.add_error("age_from", _("Type at least one age."))
        elif youngest is not None and oldest is not None and youngest > oldest:
            self.add_error("age_to", _("The oldest age is lower than the youngest."))

    def birth(self, today: date) -> Birth:
        """Return the birth as typed; the form is valid."""
        typed = self.cleaned_data
        precision = Precision(typed["precision"])
        match precision:
            case Precision.EXACT:
                day = date(typed["year"], typed["month"], typed["day"])
                return Birth(precision, day, day)
            case Precision.PARTIAL:
                return _partial(typed["year"], typed["month"])
            case Precision.ESTIMATED:
                ages = [age for age in (typed["age_from"], typed["age_to"]) if age is not None]
                return Birth(
                    precision, day_after(years_before(today, max(ages) + 1)), years_before(today, min(ages))
                )
            case Precision.UNKNOWN:
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
        """Return the initial values for a birth that was recorded."""
        values: dict[str, Any] = {"precision": birth.precision}
        if birth.earliest is None or birth.latest is None:
            return values
        if birth.precision is Precision.ESTIMATED:
            ages = {"age_from": age_on(birth.latest, today), "age_to": age_on(birth.earliest, today)}
            return values | ages
        values["year"] = birth.earliest.year
        if birth.earliest.month == birth.latest.month:
            values["month"] = birth.earliest.month
        if birth.precision is Precision.EXACT:
            values["day"] = birth.earliest.day
        return values


def _partial(year: int, month: int | None) -> Birth:
    first, last = (month, month) if month else (1, 12)
    return Birth(Precision.PARTIAL, date(year, first, 1), date(year, last, monthrange(year, last)[1]))
