"""Forms of the secretariat: convening, attendance and general points."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from amparo.access.days import DayField
from amparo.access.public_texts import ReadAgainForm
from amparo.core.texts import plain_text
from amparo.panels.forms import OnceForm, WordsField, offer

if TYPE_CHECKING:
    from amparo.panels.forms import Choices


class ConveneForm(OnceForm):
    held_on = DayField(label=_("Day"))
    held_time = forms.TimeField(
        label=_("Hour"),
        widget=forms.TimeInput(attrs={"type": "time", "class": "govuk-input--width-5"}),
        error_messages={"required": _("Give the hour."), "invalid": _("Give the hour as 14:30.")},
    )

    @property
    def held_at(self) -> datetime:
        """The moment, in the zone of the page."""
        when = datetime.combine(self.cleaned_data["held_on"], self.cleaned_data["held_time"])
        return timezone.make_aware(when)


class AttendanceForm(forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput)
    present = forms.MultipleChoiceField(
        label=_("Who was there"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, data: object = None, *, seats: Choices, present: list[str], version: int) -> None:
        super().__init__(data, initial={"present": present, "version": version})  # type: ignore[arg-type]
        offer(self, "present", seats)


class TopicForm(OnceForm, ReadAgainForm):
    """A general point. Everybody in the body reads it, and it stands in the minutes."""

    public_fields = ("title",)

    title = forms.CharField(
        label=_("General point"),
        help_text=_("A protocol, a plan, figures. Never a person: cases reach the agenda from their file."),
        max_length=200,
        error_messages={"required": _("Say what it is about.")},
    )

    def clean_title(self) -> str:
        return plain_text(self.cleaned_data["title"])


class OutcomeForm(ReadAgainForm):
    """What came of a general point, for the same readers."""

    public_fields = ("outcome",)

    outcome = WordsField(label=_("What came of it"), help_text=_("Never about a person."))
