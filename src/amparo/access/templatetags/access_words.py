"""The filter ``said``: a code in words, or the code itself where there are none."""

from __future__ import annotations

from django import template

from amparo.access import words

register = template.Library()

LISTS = {
    "kind": words.AGENCY_KINDS,
    "role": words.ROLES,
    "relation": words.RELATIONS,
    "reason": words.EMERGENCY_REASONS,
    "outcome": words.OUTCOMES,
    "purpose": words.PURPOSES,
    "notice": words.NOTICES,
    "verb": words.VERBS,
    "request": words.REQUESTS,
}


@register.filter
def said(code: str, name: str) -> str:
    """Return the words for a code of the named list."""
    return str(LISTS[name].get(code, code))
