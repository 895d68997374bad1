"""The lists of countries and languages are those that their script writes."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from amparo.doctrine import registry
from tools import names_from_cldr


@pytest.mark.parametrize(
    ("name", "made"),
    [("country", names_from_cldr.list_countries), ("language", names_from_cldr.list_languages)],
)
def test_the_list_is_the_one_the_script_writes(
    name: str, made: Callable[[], list[names_from_cldr.Row]]
) -> None:
    codes = registry.get_code_list(name).codes
    for code, spanish, english in made():
        assert codes[code].label.en == english
        assert codes[code].label.es.lower() == spanish.lower()
