"""Forms of the advocacy room: text to typed values."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from amparo.access.days import DayField
from amparo.access.public_texts import ReadAgainForm
from amparo.advocacy.data import FIRST_STAGES, VALUE_LABELS, InitiativeTerms
from amparo.advocacy.queries import list_countries, list_instruments, place_name
from amparo.core.texts import plain_text
from amparo.doctrine.gaps import Value
from amparo.doctrine.registry import get_code_list, list_checklist

LONGEST = 20_000


class PlainForm(ReadAgainForm):
    """A form whose texts lose what cannot be seen; everybody will read them."""

    public_fields = ("title", "es", "en", "text", "owner")

    def clean(self) -> dict[str, Any]:
        for name, value in self.cleaned_data.items():
            if isinstance(value, str):
                self.cleaned_data[name] = plain_text(value)
        return self.cleaned_data


class ReadingForm(PlainForm):
    """What an instrument says on a row."""

    instrument = forms.ChoiceField(label=_("Instrument"))
    value = forms.ChoiceField(
        label=_("What it offers on this row"),
        choices=[(str(value), label) for value, label in VALUE_LABELS.items()],
        widget=forms.RadioSelect,
    )
    citations = forms.CharField(
        label=_("Provisions cited"),
        help_text=_("Keys of the law library, one on each line."),
        required=False,
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    text = forms.CharField(
        label=_("Note"), required=False, max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args: Any, country: str, language: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(one.key, one.label) for one in list_instruments(country, language)]
        self.fields["instrument"].choices = choices  # type: ignore[attr-defined]

    def value_of(self) -> Value:
        return Value(self.cleaned_data["value"])

    def keys(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(self.cleaned_data["citations"].split()))


class WordingForm(PlainForm):
    """Model wording in both languages."""

    es = forms.CharField(
        label=_("Draft in Spanish"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 6, "lang": "es"}),
    )
    en = forms.CharField(
        label=_("Draft in English"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 6, "lang": "en"}),
    )
    version = forms.IntegerField(widget=forms.HiddenInput)


class InitiativeForm(PlainForm):
    """A bill, plan, protocol or process."""

    title = forms.CharField(label=_("Title"), max_length=200)
    kind = forms.ChoiceField(label=_("Kind"))
    country = forms.ChoiceField(label=_("Country"), required=False)
    stage = forms.ChoiceField(label=_("Stage"))
    rows = forms.MultipleChoiceField(
        label=_("Rows of the checklist that its adoption would meet"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    text = forms.CharField(
        label=_("What it is about"),
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, language: str, is_new: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self.fields["kind"], _codes("initiative_kind", language))
        stages = _codes("initiative_stage", language)
        _offer(self.fields["stage"], [one for one in stages if not is_new or one[0] in FIRST_STAGES])
        places = [(code, place_name(code, language)) for code in list_countries(language)]
        _offer(self.fields["country"], places)
        rows = [(one.id, f"{one.id} {one.provision[language]}") for one in list_checklist()]
        _offer(self.fields["rows"], rows)

    def terms(self) -> InitiativeTerms:
        typed = self.cleaned_data
        return InitiativeTerms(
            kind=typed["kind"],
            country=typed["country"],
            title=typed["title"],
            stage=typed["stage"],
            rows=tuple(typed["rows"]),
            text=typed["text"],
        )


class EventForm(PlainForm):
    """A meeting or a submission."""

    kind = forms.ChoiceField(
        label=_("What"),
        choices=[("meeting", _("Meeting")), ("submission", _("Submission"))],
        widget=forms.RadioSelect,
    )
    on = DayField(label=_("When"))
    text = forms.CharField(
        label=_("With whom, and what came of it"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class CommitmentForm(PlainForm):
    """Who will do what by when."""

    text = forms.CharField(label=_("What will be done"), max_length=300)
    owner = forms.CharField(label=_("Office that undertook it"), max_length=120)
    due_date = DayField(label=_("By"))


class VersionForm(forms.Form):
    """The version that was shown."""

    version = forms.IntegerField(widget=forms.HiddenInput)


def _codes(name: str, language: str) -> list[tuple[str, str]]:
    return [(one.code, one.label[language].capitalize()) for one in get_code_list(name).in_use]


def _offer(field: forms.Field, choices: list[tuple[str, str]]) -> None:
    field.choices = choices  # type: ignore[attr-defined]
