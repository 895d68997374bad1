"""The one field for a day, in every room."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

EARLIEST_YEAR, LATEST_YEAR = 1800, 2199
"""The library holds laws of the nineteenth century. What is further away was mistyped, and the very first
and last days that a computer knows are no moment in every time zone."""

FORMATS = ["%Y-%m-%d", "%d/%m/%Y"]


class DayField(forms.DateField):
    """A day: the browser's own picker, or typed as day/month/year or year-month-day."""

    def __init__(self, **options: Any) -> None:
        attrs = {"type": "date", "class": "govuk-input--width-10"}
        options.setdefault("widget", forms.DateInput(attrs=attrs, format=FORMATS[0]))
        errors = {"required": _("Give the day."), "invalid": _("Give the day as a date.")}
        errors |= options.pop("error_messages", {})
        super().__init__(input_formats=FORMATS, error_messages=errors, **options)

    def clean(self, value: Any) -> date | None:
        day: date | None = super().clean(value)
        if day is not None and not EARLIEST_YEAR <= day.year <= LATEST_YEAR:
            raise forms.ValidationError(
                _("Check the year: it lies between %(first)s and %(last)s."),
                params={"first": EARLIEST_YEAR, "last": LATEST_YEAR},
            )
        return day
