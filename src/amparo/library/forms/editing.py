"""Adding and editing an entry: one form for each shape, which the shape of ``data.contents`` judges last."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from pydantic import ValidationError

from amparo.access.days import DayField
from amparo.access.public_texts import ReadAgainForm
from amparo.library.data import CONTENT, AnyContent
from amparo.library.data import Words as NoteWords
from amparo.library.data.contents import MAX_TEXT, MAX_WORDS
from amparo.library.words import (
    ASPECTS,
    KINDS,
    LEVELS,
    OUTCOMES,
    STANDINGS,
    STATUSES,
    Words,
    list_countries,
    say_fault,
)

PAIRS = ("title", "place", "forum", "summary", "note")
LISTS = ("elements", "cites", "languages")
DATES = ("in_force_from", "in_force_until")
PLAIN = (
    "key",
    "instrument",
    "kind",
    "country",
    "level",
    "number",
    "date",
    "outcome",
    "standing",
    "status",
    "where",
)
TEXTS = ("text", "text_language")
BLANK = {"status": "U-l", "text_language": "es", "outcome": "unknown", "standing": "unknown"}
"""Nothing is supposed of a new entry: neither whom it favours nor that it still holds."""


def _line(label: object, *, required: bool = False, help_text: object = "") -> forms.CharField:
    return forms.CharField(label=label, required=required, max_length=MAX_WORDS, help_text=help_text)  # type: ignore[arg-type]


def _area(label: object, *, rows: int = 4, limit: int = MAX_WORDS, help_text: object = "") -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, required=False, max_length=limit, widget=widget, help_text=help_text)  # type: ignore[arg-type]


def _choice(label: object, words: Words, *, empty: bool = True) -> forms.ChoiceField:
    choices: list[tuple[str, Any]] = [("", "—")] if empty else []
    return forms.ChoiceField(label=label, required=not empty, choices=[*choices, *words.items()])  # type: ignore[arg-type]


def _day(label: object) -> forms.DateField:
    return DayField(label=label, required=False)


class EntryForm(ReadAgainForm):
    """What every entry has. Texts may be in Spanish, in English or in both.

    The form edits the first note on quality; ``more_notes`` are kept as they are.
    """

    key = forms.CharField(
        label=_("Key"),
        max_length=120,
        help_text=_("A short name that never changes, such as cr/ley-9095 or gt/cc/1234-2010."),
    )
    title_es = _line(_("Title in Spanish"))
    title_en = _line(_("Title in English"))
    summary_es = _area(_("Summary or holding in Spanish"))
    summary_en = _area(_("Summary or holding in English"))
    country = forms.ChoiceField(label=_("Country"), required=False)
    text = _area(
        _("Original text"), rows=10, limit=MAX_TEXT, help_text=_("As published, if it may be copied.")
    )
    text_language = forms.CharField(
        label=_("Language of the original text"),
        required=False,
        initial="es",
        max_length=3,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-3"}),
        help_text=_("Two letters, such as es, en, fr or pt."),
    )
    languages = _line(
        _("Languages in which it is published"), help_text=_("Two letters each, with spaces between.")
    )
    where = _line(_("Where the original can be read"))
    status = _choice(_("How it was checked"), STATUSES, empty=False)
    note_es = _area(_("Note on its quality in Spanish"), rows=2)
    note_en = _area(_("Note on its quality in English"), rows=2)
    elements = _area(
        _("Elements of guides it speaks to"),
        help_text=_("Their ids, one on a line. The list is below the form."),
    )

    shape = ""
    public_fields = (*(f"{name}_{language}" for name in PAIRS for language in ("es", "en")), "text", "where")

    def __init__(
        self,
        data: Any = None,
        initial: Mapping[str, Any] | None = None,
        *,
        language: str,
        more_notes: Sequence[NoteWords] = (),
    ) -> None:
        super().__init__(data, initial=dict(initial or BLANK))
        self.fields["country"].choices = [("", "—"), *list_countries(language)]  # type: ignore[attr-defined]
        self.content: AnyContent | None = None
        self.more_notes = more_notes

    def clean(self) -> dict[str, Any]:
        typed: dict[str, Any] = super().clean() or {}
        if self.errors:
            return typed
        try:
            self.content = CONTENT.validate_python(self._as_data(typed))
        except ValidationError as error:
            for fault in error.errors():
                self.add_error(self.field_at(fault["loc"]), say_fault(fault["type"], fault["msg"]))
        return typed

    def _as_data(self, typed: Mapping[str, Any]) -> dict[str, Any]:
        data: dict[str, Any] = {"shape": self.shape}
        data |= {name: typed[name] for name in (*PLAIN, *DATES) if typed.get(name)}
        for name in PAIRS:
            words = {language: typed.get(f"{name}_{language}", "") for language in ("es", "en")}
            if any(words.values()) or name == "title":
                data[name] = words
        data["notes"] = ([data.pop("note")] if "note" in data else []) + list(self.more_notes)
        data |= {name: typed[name].split() for name in LISTS if typed.get(name)}
        if typed.get("text"):
            data |= {name: typed[name] for name in TEXTS if typed.get(name)}
        if "aspects" in typed:
            data |= {"aspects": typed["aspects"], "redacted": typed["redacted"]}
        return data

    def field_at(self, path: Sequence[int | str]) -> str | None:
        """Return the field of the form that edits the place ``path`` of an entry, None for none."""
        names = [part for part in path if isinstance(part, str) and part != self.shape]
        if not names:
            return None
        name = {"notes": "note"}.get(names[0], names[0])
        return next((one for one in (f"{name}_{names[-1]}", name, f"{name}_es") if one in self.fields), None)


class _InForceForm(EntryForm):
    kind = _choice(_("Kind"), KINDS)
    in_force_from = _day(_("In force from"))
    in_force_until = _day(_("Last day in force"))


class InstrumentForm(_InForceForm):
    shape = "instrument"
    field_order = ("key", "title_es", "title_en", "kind", "country", "in_force_from", "in_force_until")


class ProvisionForm(_InForceForm):
    shape = "provision"
    instrument = forms.CharField(label=_("Key of its instrument"), max_length=120)
    place_es = _line(_("Place in the instrument, in Spanish"), help_text=_("Such as: art. 3, párr. 2."))
    place_en = _line(_("Place in the instrument, in English"))
    field_order = ("key", "instrument", "title_es", "title_en", "place_es", "place_en", "kind", "country")


class DecisionForm(EntryForm):
    shape = "decision"
    forum_es = _line(_("Court or authority, in Spanish"))
    forum_en = _line(_("Court or authority, in English"))
    level = _choice(_("Level of the forum"), LEVELS)
    number = _line(_("Number or neutral citation"))
    date = forms.CharField(
        label=_("Date"),
        required=False,
        max_length=10,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-10"}),
        help_text=_("Year, year and month, or the day: 2008, 2008-10 or 2008-10-30."),
    )
    redacted = forms.BooleanField(label=_("Names are left out in the published copy"), required=False)
    aspects = forms.MultipleChoiceField(
        label=_("Aspects"), required=False, widget=forms.CheckboxSelectMultiple, choices=list(ASPECTS.items())
    )
    outcome = _choice(_("Outcome"), OUTCOMES, empty=False)
    standing = _choice(_("Standing"), STANDINGS, empty=False)
    cites = _area(_("Entries that it cites"), rows=3, help_text=_("Their keys, one on a line."))
    field_order = (
        "key",
        "title_es",
        "title_en",
        "country",
        "forum_es",
        "forum_en",
        "level",
        "number",
        "date",
    )


FORMS: dict[str, type[EntryForm]] = {
    form.shape: form for form in (InstrumentForm, ProvisionForm, DecisionForm)
}


def form_for(shape: str) -> type[EntryForm] | None:
    """Return the form of a shape, None for a shape that does not exist."""
    return FORMS.get(shape)


def initial_of(content: AnyContent) -> dict[str, Any]:
    """Return the values of the form that would say what an entry says."""
    data = content.model_dump(mode="json")
    values = {name: data[name] for name in (*PLAIN, *DATES, *TEXTS, "aspects", "redacted") if name in data}
    values |= {name: "\n".join(data[name]) for name in LISTS if name in data}
    data["note"] = data["notes"][0] if data["notes"] else None
    for name in PAIRS:
        words = data.get(name) or {}
        values |= {f"{name}_{language}": words.get(language, "") for language in ("es", "en")}
    known = FORMS[content.shape].base_fields
    return {name: value for name, value in values.items() if name in known and value is not None}
