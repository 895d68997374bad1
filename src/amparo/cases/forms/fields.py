"""Form fields that turn text into safe, typed values."""

from __future__ import annotations

import unicodedata
from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING, Any, TypeAlias

from django import forms
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.timezone import get_current_timezone, localdate

from amparo.access.days import DayField
from amparo.cases import words
from amparo.cases.data.limits import find_due_problem

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

Label: TypeAlias = "str | _StrPromise"

_KEPT_CONTROLS = {"\n", "\t"}
_JOINERS = {"\u200c", "\u200d"}
"""Zero-width joiners carry meaning in Persian and in Indic scripts; other invisible marks do not."""

_FILLERS = {"\u115f", "\u1160", "\u3164", "\uffa0", "\u2800"}
"""Letters and symbols that are drawn as nothing: the Hangul fillers and the blank Braille pattern."""


def plain_text(text: str) -> str:
    """Return composed text without control characters, direction overrides or invisible marks.

    >>> plain_text("Ana\\u202e\\x00 Rojas")
    'Ana Rojas'
    """
    composed = unicodedata.normalize("NFC", text.replace("\r\n", "\n"))
    return "".join(letter for letter in composed if _is_kept(letter))


def has_visible(text: str) -> bool:
    """Return whether anything of a text can be seen: blanks, joiners and fillers alone cannot.

    >>> has_visible("\\u200d \\u3164"), has_visible("\\u200dAna")
    (False, True)
    """
    return any(letter not in _FILLERS and unicodedata.category(letter)[0] in "LNPS" for letter in text)


def _is_kept(letter: str) -> bool:
    if letter in _KEPT_CONTROLS or letter in _JOINERS:
        return True
    return unicodedata.category(letter) not in {"Cc", "Cf", "Cs", "Co", "Cn"}


class PlainText(forms.CharField):
    """One line of text, or several with a text area, without anything invisible."""

    def __init__(self, label: Label, *, rows: int = 0, width: str = "", **options: Any) -> None:
        if rows:
            options["widget"] = forms.Textarea(attrs={"rows": rows})
        elif width:
            options["widget"] = forms.TextInput(attrs={"class": f"govuk-input--width-{width}"})
        options.setdefault("max_length", 5000 if rows else 120)
        super().__init__(label=label, **options)

    def to_python(self, value: object) -> str:
        text = super().to_python(plain_text(str(value or ""))) or ""
        return text if has_visible(text) else ""


class LongSelect(forms.Select):
    """A select of hundreds of options, drawn as text: a template for each option takes too long."""

    def render(
        self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None
    ) -> SafeString:
        chosen = str(value or "")
        options = format_html_join(
            "",
            '<option value="{}"{}>{}</option>',
            ((code, " selected" if str(code) == chosen else "", word) for code, word in self.choices),
        )
        all_attrs = self.build_attrs(self.attrs, {**(attrs or {}), "name": name})
        return format_html("<select{}>{}</select>", flatatt(all_attrs), options)


class CodeChoice(forms.ChoiceField):
    """One code of a list, as radios when it is short and a select when it is long."""

    def __init__(
        self,
        list_name: str,
        label: Label,
        *,
        radios: bool = False,
        long: bool = False,
        **options: Any,
    ) -> None:
        listed = words.choices_by_word if long else words.choices

        def offered() -> list[tuple[str, str]]:
            blank = [] if radios else [("", "—")]
            return [*blank, *listed(list_name)]

        if long:
            options["widget"] = LongSelect()
        if radios:
            options["widget"] = forms.RadioSelect()
        super().__init__(label=label, choices=offered, **options)


class CodeChoices(forms.MultipleChoiceField):
    """Several codes of a short list, as checkboxes."""

    def __init__(self, list_name: str, label: Label, **options: Any) -> None:
        super().__init__(
            label=label,
            choices=lambda: words.choices(list_name),
            widget=forms.CheckboxSelectMultiple(),
            **options,
        )


class DueDay(DayField):
    """A day by which something is to be done."""

    def clean(self, value: Any) -> date | None:
        day: date | None = super().clean(value)
        problem = find_due_problem(day, localdate()) if day else None
        if problem is not None:
            raise forms.ValidationError(problem.reason)
        return day


def end_of_day(day: date) -> datetime:
    """Return the moment until which something due that day is not late, in the shown time zone."""
    return datetime.combine(day, time(23, 59), get_current_timezone()).astimezone(UTC)
