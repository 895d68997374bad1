"""Forms of the pages about access to one file: a colleague, an end, a State, the papers of a lifting."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, time
from typing import Any
from uuid import UUID

from django import forms
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.timezone import get_current_timezone, localdate
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from amparo.access.data import AccessLine, StaffLine
from amparo.access.days import DayField
from amparo.access.liftings import Paper
from amparo.access.words import COMPARTMENTS, RELATIONS
from amparo.doctrine.registry import get_code_list

Choices = list[tuple[str, str]]


class ColleagueForm(forms.Form):
    """One colleague."""

    staff_id = forms.TypedChoiceField(label=_("Colleague"), coerce=UUID)

    def __init__(self, *args: Any, colleagues: Iterable[StaffLine], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["staff_id"].choices = [("", "—"), *staff_choices(colleagues)]  # type: ignore[attr-defined]


class PassingForm(ColleagueForm):
    """One colleague until the end of a day, at most ``longest_days`` away."""

    until = DayField(label=_("Until the end of"))

    def __init__(self, *args: Any, longest_days: int, now: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._longest_days, self._today = longest_days, localdate(now)

    def clean_until(self) -> date:
        until: date = self.cleaned_data["until"]
        if not 0 <= (until - self._today).days < self._longest_days:
            raise forms.ValidationError(
                _("Choose a day from today, less than %(days)s days away."),
                params={"days": self._longest_days},
            )
        return until


class DelegationForm(PassingForm):
    """A delegation, with the parts of the file whose keys go along."""

    compartments = forms.MultipleChoiceField(
        label=_("What they can open"),
        choices=lambda: [(part, capfirst(str(word))) for part, word in COMPARTMENTS.items()],
        widget=forms.CheckboxSelectMultiple,
        initial=["id", "contact"],
    )


class NamedPeopleForm(forms.Form):
    """The people for whom a case is sealed: two at least, so that one lost passphrase loses no file."""

    staff_ids = forms.TypedMultipleChoiceField(
        label=_("Who keeps the file"), coerce=UUID, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, colleagues: Iterable[StaffLine], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["staff_ids"].choices = staff_choices(colleagues)  # type: ignore[attr-defined]

    def clean_staff_ids(self) -> list[UUID]:
        chosen: list[UUID] = self.cleaned_data["staff_ids"]
        if len(chosen) < 2:
            raise forms.ValidationError(
                _("Name at least two people: if one loses their keys, the other has them.")
            )
        return chosen


class GrantForm(forms.Form):
    """One relation that somebody holds."""

    grant_id = forms.TypedChoiceField(label=_("Whose access ends"), coerce=UUID, widget=forms.RadioSelect)

    def __init__(self, *args: Any, lines: Iterable[AccessLine], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["grant_id"].choices = [  # type: ignore[attr-defined]
            (str(line.grant_id), f"{line.name} ({line.agency_name}): {RELATIONS[line.relation]}")
            for line in lines
        ]


class StateForm(forms.Form):
    """One State."""

    state = forms.ChoiceField(label=_("State"))

    def __init__(self, *args: Any, states: Iterable[str] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["state"].choices = [("", "—"), *state_choices(states)]  # type: ignore[attr-defined]


class LiftingForm(StateForm):
    """A State, and the two records on which the lifting rests."""

    consent_id = forms.TypedChoiceField(
        label=_("The person's written consent"), coerce=UUID, widget=forms.RadioSelect
    )
    advice_id = forms.TypedChoiceField(
        label=_("The legal advice on record"), coerce=UUID, widget=forms.RadioSelect
    )

    def __init__(
        self, *args: Any, consents: Iterable[Paper], advices: Iterable[Paper], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["consent_id"].choices = paper_choices(consents)  # type: ignore[attr-defined]
        self.fields["advice_id"].choices = paper_choices(advices)  # type: ignore[attr-defined]


def staff_choices(colleagues: Iterable[StaffLine]) -> Choices:
    """Return staff with their agency: two people may bear one name."""
    return [(str(line.id), f"{line.name} ({line.agency_name})") for line in colleagues]


def state_choices(states: Iterable[str] | None) -> Choices:
    """Return States by name in the reader's language: these, or every one."""
    language = get_language() or "es"
    codes = get_code_list("country")
    wanted = [code.code for code in codes.in_use] if states is None else list(states)
    named = [(code, codes.label(code)[language]) for code in wanted]
    return sorted(named, key=lambda pair: pair[1])


def paper_choices(papers: Iterable[Paper]) -> Choices:
    return [
        (str(paper.id), f"{paper.label}, {date_format(paper.on, 'SHORT_DATE_FORMAT')}") for paper in papers
    ]


def end_of(day: date) -> datetime:
    """Return the last minute of a day in the shown time zone, in UTC."""
    return datetime.combine(day, time(23, 59), get_current_timezone()).astimezone(UTC)


def told(form: forms.Form) -> list[tuple[str, list[str]]]:
    """Return what a valid form says, in words: the label of each field and the chosen values."""
    lines = []
    for bound in form:
        value = form.cleaned_data[bound.name]
        labels = {str(key): str(label) for key, label in getattr(bound.field, "choices", ())}
        values = value if isinstance(value, list) else [value]
        said = [labels.get(str(one)) or date_format(one, "SHORT_DATE_FORMAT") for one in values]
        lines.append((str(bound.label), said))
    return lines
