"""Codes from a cell: values of the standard, countries, languages, yes and no."""

from __future__ import annotations

import functools
import re
import unicodedata

from babel.core import Locale, get_global

from amparo.statistics.htcds.standard import Field, fold

SEPARATORS = re.compile(r"[;|\n]")
YES = frozenset({"true", "yes", "y", "si", "s", "1", "x", "verdadero", "oui", "sim"})
NO = frozenset({"false", "no", "n", "0", "falso", "non", "nao"})
UNKNOWN_WORDS = frozenset(
    {"unknown", "desconocida", "desconocido", "nosesabe", "sedesconoce", "na", "inconnue"}
)
# States that no longer exist share a two-letter code with their successor.
FORMER_STATES = frozenset({"BUR", "SCG", "DDR", "FXX", "TMP", "YMD", "YUG", "ZAR", "ANT", "NTZ", "SUN"})
PRIVATE_USE = re.compile(r"^(AAA|Q[M-Z].|X..|ZZZ)$")
NAME_LANGUAGES = ("en", "es", "fr", "pt")


def read_one(text: str, field: Field) -> tuple[str, bool] | None:
    """Return the value and whether it was written exactly, or None when it is not one of the field's."""
    value = field.spellings.get(fold(text))
    return None if value is None else (value, text.strip() == value)


def read_many(text: str, field: Field) -> tuple[list[str], list[str]]:
    """Return the values found, in the standard's order, and the parts that are not values."""
    whole = read_one(text, field)
    if whole is not None:
        return [whole[0]], []
    parts = split(text)
    if len(parts) == 1 and "," in text:
        parts = [part.strip() for part in text.split(",") if part.strip()]
    found = {part: read_one(part, field) for part in parts}
    values = {value[0] for value in found.values() if value is not None}
    return [value for value in field.values if value in values], [
        p for p, value in found.items() if value is None
    ]


def split(text: str) -> list[str]:
    return [part.strip() for part in SEPARATORS.split(text) if part.strip()]


def read_tick(text: str) -> bool | None:
    folded = strip_marks(text)
    return True if folded in YES else False if folded in NO else None


def is_unknown_word(text: str) -> bool:
    return strip_marks(text) in UNKNOWN_WORDS


def read_countries(text: str) -> tuple[list[str], list[str]]:
    """Return ISO 3166-1 alpha-3 codes and the parts that are not a country. Names in four languages count."""
    names = country_names()
    parts = [text] if strip_marks(text) in names else re.split(r"[;|\n,/]", text)
    found = {part: names.get(strip_marks(part)) for part in parts if part.strip()}
    return sorted({code for code in found.values() if code}), [
        part for part, code in found.items() if not code
    ]


@functools.cache
def country_names() -> dict[str, str]:
    """Return alpha-3 codes by folded alpha-2, alpha-3 and name. Source: CLDR, through Babel."""
    aliases = get_global("territory_aliases")
    by_alpha2 = {
        alpha2[0]: alpha3
        for alpha3, alpha2 in sorted(aliases.items())
        if len(alpha3) == 3
        and alpha3.isalpha()
        and alpha3 not in FORMER_STATES
        and not PRIVATE_USE.match(alpha3)
        and len(alpha2) == 1
    }
    names = {}
    for language in NAME_LANGUAGES:
        for alpha2, name in Locale(language).territories.items():
            if alpha2 in by_alpha2:
                names[strip_marks(str(name))] = by_alpha2[str(alpha2)]
                names[strip_marks(str(name).replace("&", "and"))] = by_alpha2[str(alpha2)]
    names |= {alpha3.casefold(): alpha3 for alpha3 in by_alpha2.values()}
    return names | {alpha2.casefold(): alpha3 for alpha2, alpha3 in by_alpha2.items()}


@functools.cache
def language_codes() -> dict[str, str]:
    """Return ISO 639 codes by folded code and name. Source: CLDR, through Babel."""
    codes = {}
    for language in NAME_LANGUAGES:
        for code, name in Locale(language).languages.items():
            if len(code) in (2, 3):
                codes[strip_marks(str(name))] = str(code)
    aliases = get_global("language_aliases")
    codes |= {three.casefold(): two for three, two in aliases.items() if len(three) == 3 and len(two) == 2}
    return codes | {code: code for code in codes.values()}


def read_language(text: str) -> str | None:
    return language_codes().get(strip_marks(text))


def strip_marks(text: str) -> str:
    folded = unicodedata.normalize("NFD", text.casefold())
    return fold("".join(character for character in folded if not unicodedata.combining(character)))
