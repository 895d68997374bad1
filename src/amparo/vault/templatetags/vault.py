"""The filter ``reveal``: the one place where a template shows an opened value."""

from __future__ import annotations

from typing import Any

from django import template

from amparo.vault.veil import Veiled, unveil

register = template.Library()


@register.filter
def reveal(value: Veiled | None, key: str = "") -> str:
    """Show a veiled text, number or list of texts, or one entry of a veiled mapping.

    Usage: ``{{ names|reveal }}``, ``{{ name|reveal:"family" }}``. Nothing gives an empty text. The
    result is an ordinary string, so the template escapes it. A mapping without a key, or a value
    that was never veiled, is a mistake in the template and is refused.
    """
    if value is None or value == "":
        return ""
    if not isinstance(value, Veiled):
        raise TypeError("reveal shows veiled values only")
    return _text(unveil(value), key)


def _text(content: Any, key: str) -> str:
    if key:
        content = content.get(key) if isinstance(content, dict) else None
    if content is None:
        return ""
    if isinstance(content, list):
        return ", ".join(_text(item, "") for item in content)
    if isinstance(content, dict):
        raise TypeError("reveal needs the entry of a veiled mapping")
    return str(content)
