"""Forms of a return: text to typed values."""

from __future__ import annotations

from datetime import date

from django import forms
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from amparo.access.days import DayField
from amparo.core.texts import plain_text
from amparo.doctrine.registry import get_code_list
from amparo.procedures.data.words import language_of
from amparo.solutions.data import find_travel_problem

INCIDENT_KINDS = (
    ("REMOVED", _("Removed by an authority")),
    ("LEFT", _("Left with somebody or alone")),
    ("TAKEN", _("Taken by somebody against the person's will")),
    ("OTHER_DAY", _("The journey that was prepared, on a day that was not certified")),
    ("UNKNOWN", _("Not known")),
)


def _countries() -> list[tuple[str, str]]:
    language = language_of()
    named = [(code.code, code.label[language]) for code in get_code_list("country").in_use]
    return [("", "—"), *sorted(named, key=lambda pair: pair[1])]


class ReturnForm(forms.Form):
    """What a return is about."""

    travel_date = DayField(label=_("Date of travel"))
    destination = forms.ChoiceField(label=_("Country of destination"), choices=_countries)
    is_voluntary = forms.TypedChoiceField(
        label=_("Is the return voluntary?"),
        choices=[("yes", _("Yes, the person decided it")), ("no", _("No"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def clean_travel_date(self) -> date:
        day: date = self.cleaned_data["travel_date"]
        problem = find_travel_problem(day, localdate())
        if problem is not None:
            raise forms.ValidationError(problem.reason)
        return day


class VersionForm(forms.Form):
    """The version that the person read."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class DepartureForm(VersionForm):
    """The day on which the person left."""

    departed_date = DayField(label=_("Date of departure"))


class SignForm(forms.Form):
    """The digest of what the person was shown."""

    digest = forms.RegexField(r"^[0-9a-f]{64}$", widget=forms.HiddenInput)


class IncidentForm(forms.Form):
    """A departure that happened without a valid certificate."""

    kind = forms.ChoiceField(label=_("What happened"), choices=INCIDENT_KINDS, widget=forms.RadioSelect)
    departed_date = DayField(label=_("When"))
    destination = forms.ChoiceField(
        label=_("Country of destination, if known"), choices=_countries, required=False
    )
    what_happened = forms.CharField(
        label=_("What is known"), max_length=20_000, widget=forms.Textarea(attrs={"rows": 5})
    )

    def clean_what_happened(self) -> str:
        return plain_text(self.cleaned_data["what_happened"])
