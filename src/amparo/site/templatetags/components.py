"""Tags that draw the components of ``docs/components.md``. They are built in: no ``{% load %}``."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

from django import template
from django.forms import BaseForm, BaseFormSet, BoundField, widgets
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString

from amparo.site.looks import LOOKS

register = template.Library()

TAG = '<strong class="am-tag am-tag--{}">{}<span>{}</span></strong>'

CHOICE_KINDS = {
    widgets.CheckboxSelectMultiple: "checkboxes",  # first: Django makes it a kind of radio button
    widgets.RadioSelect: "radios",
}
SINGLE_KINDS = {
    widgets.CheckboxInput: "checkbox",
    widgets.Textarea: "textarea",
    widgets.Select: "select",
    widgets.FileInput: "file-upload",
}


@dataclass(frozen=True, slots=True)
class FieldError:
    """One line of the error summary: the words and the id of the field they lead to."""

    target: str
    message: str


def field_kind(bound: BoundField) -> str:
    """Return the GOV.UK component that draws this field's widget."""
    for kinds in (CHOICE_KINDS, SINGLE_KINDS):
        for widget_class, kind in kinds.items():
            if isinstance(bound.field.widget, widget_class):
                return kind
    return "input"


def described_by(bound: BoundField) -> str:
    """Return the ids of the field's hint and error, for ``aria-describedby``."""
    parts = [(bound.help_text, "hint"), (bound.errors, "error")]
    return " ".join(f"{bound.auto_id}-{suffix}" for present, suffix in parts if present)


def control(bound: BoundField, kind: str) -> SafeString:
    """Return the HTML control with GOV.UK's classes and the right ARIA attributes."""
    attrs: dict[str, Any] = {"class": f"govuk-{kind}"}
    own_class = bound.field.widget.attrs.get("class")
    if own_class:
        attrs["class"] += f" {own_class}"
    if bound.errors:
        attrs["class"] += f" govuk-{kind}--error"
        attrs["aria-invalid"] = "true"
    if described := described_by(bound):
        attrs["aria-describedby"] = described
    return bound.as_widget(attrs=attrs)


@register.inclusion_tag("site/components/_field.html")
def field(bound: BoundField, label_class: str = "govuk-label--s") -> dict[str, object]:
    """Draw one form field: label, hint, error and control, whatever its widget."""
    kind = field_kind(bound)
    is_group = kind in CHOICE_KINDS.values()
    return {
        "bound": bound,
        "kind": kind,
        "is_group": is_group,
        "label_class": label_class,
        "described_by": described_by(bound),
        "control": "" if is_group or kind == "checkbox" else control(bound, kind),
        "is_hidden": bound.is_hidden,
    }


@register.inclusion_tag("site/components/_date.html")
def date_fields(
    legend: str, day: BoundField, month: BoundField, year: BoundField, hint: str = ""
) -> dict[str, object]:
    """Draw a date in three parts, each of which may stay empty (a partial or estimated date)."""
    parts = [(day, 2), (month, 2), (year, 4)]
    drawn = [{"bound": part, "control": _date_part(part, width)} for part, width in parts]
    errors = [error for part, _width in parts for error in part.errors]
    return {"legend": legend, "hint": hint, "parts": drawn, "errors": errors, "id": day.auto_id}


def _date_part(bound: BoundField, width: int) -> SafeString:
    classes = f"govuk-input govuk-date-input__input govuk-input--width-{width}"
    if bound.errors:
        classes += " govuk-input--error"
    return bound.as_widget(attrs={"class": classes, "inputmode": "numeric"})


@register.simple_tag
def holds_something(*fields: BoundField) -> bool:
    """Say whether a folded part of a form must stand open: it has an error, or something was typed."""
    return any(bound.errors or _is_typed(bound) for bound in fields)


def _is_typed(bound: BoundField) -> bool:
    value = bound.value()
    return value not in (None, "", [], False) and value != bound.field.initial


@register.inclusion_tag("site/components/_error_summary.html")
def error_summary(*forms: BaseForm | BaseFormSet[Any]) -> dict[str, object]:
    """Draw the box at the top that lists every error and links to its field. Nothing without errors.

    A page has one such box, for all its forms and sets of forms.
    """
    return {"errors": list(_errors(forms))}


def _errors(forms: Iterable[BaseForm | BaseFormSet[Any]]) -> Iterable[FieldError]:
    for form in forms:
        if not form.is_bound:
            continue
        if isinstance(form, BaseFormSet):
            yield from _errors(form.forms)
            continue
        for message in form.non_field_errors():
            yield FieldError("", str(message))
        for bound in form:
            for message in bound.errors:
                yield FieldError(_first_control_id(bound), f"{bound.label}: {message}")


def _first_control_id(bound: BoundField) -> str:
    is_group = field_kind(bound) in CHOICE_KINDS.values()
    return f"{bound.auto_id}_0" if is_group else bound.auto_id


@register.simple_tag
def tag(look: str, text: object = "") -> SafeString:
    """Draw a state in its fixed look. ``text`` replaces the word when it must say more.

    A page may hold two hundred of them, so only the drawing comes from a template, once.
    """
    return format_html(TAG, look, icon(LOOKS[look].icon), text or LOOKS[look].word)


@register.simple_tag
def truth(value: object) -> SafeString:
    """Draw a ``Truth`` (or its name) as established, not established or not assessed."""
    return tag(str(getattr(value, "name", value)).lower().replace("_", "-"))


@register.simple_tag
@cache
def icon(name: str) -> SafeString:
    """Draw one of the small pictures, hidden from screen readers: words must stand beside it."""
    return render_to_string("site/components/_icon.html", {"icon": name})


@register.filter
def or_unknown(value: object) -> object:
    """Return the value, or the tag of what is unknown when there is none."""
    if value is None or value == "":
        return tag("unknown")
    return value
