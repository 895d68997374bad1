"""Codes in words: ``said`` for those of this room, ``country`` for States."""

from __future__ import annotations

from django import template
from django.utils.translation import get_language

from amparo.access import words
from amparo.access.verbs import VERBS
from amparo.doctrine.registry import get_code_list

register = template.Library()

LISTS = {
    "kind": words.AGENCY_KINDS,
    "role": words.ROLES,
    "relation": words.RELATIONS,
    "reason": words.EMERGENCY_REASONS,
    "outcome": words.OUTCOMES,
    "purpose": words.PURPOSES,
    "notice": words.NOTICES,
    "verb": VERBS,
    "request": words.REQUESTS,
}


@register.filter
def country(code: str) -> str:
    """Return the name of a State in the reader's language; nothing for none."""
    return get_code_list("country").label(code)[(get_language() or "es")[:2]] if code else ""


@register.filter
def said(code: str, name: str) -> str:
    """Return the words for a code of the named list."""
    return str(LISTS[name].get(code, code))
