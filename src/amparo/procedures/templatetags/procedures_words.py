"""Filters that put codes of findings into words."""

from __future__ import annotations

from collections.abc import Sequence

from django import template

from amparo.access.data.days import say_day
from amparo.doctrine.registry import get_procedure, list_guides
from amparo.procedures.data.ways import WayView
from amparo.procedures.data.words import label_of, language_of

register = template.Library()


@register.filter
def code_label(code: str, list_name: str) -> str:
    """Return the label of a code of that list, with a capital, or the code itself."""
    label = label_of(list_name, str(code), language_of())
    return label[:1].upper() + label[1:]


@register.filter
def element_label(element_id: str) -> str:
    """Return the label of an element or indicator, or its id when no guide has it any more."""
    for guide in list_guides():
        if element_id in guide.texts:
            return guide.texts[element_id].label[language_of()]
    return element_id


@register.filter
def day_in_words(text: str) -> str:
    """Return a day that is kept as text in the reader's language."""
    return say_day(text)


@register.filter
def procedure_title(procedure_id: str) -> str:
    """Return the title of a procedure, in the version that is newest."""
    return get_procedure(procedure_id).title[language_of()]


@register.filter
def stand_alone(ways: Sequence[WayView]) -> bool:
    """Say whether each of the ways asks for one thing only, so that nothing on a line goes together."""
    return all(len(way.slots) == 1 for way in ways)
