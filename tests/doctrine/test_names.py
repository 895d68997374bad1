"""The lists of countries and languages are those that their script writes."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from amparo.doctrine import registry
from tools import names_from_cldr
from tools.languages_of_america import list_local


def test_the_languages_of_the_americas_are_there_and_those_that_nobody_speaks_are_not() -> None:
    codes = registry.get_code_list("language").codes
    assert {code for code, _es, _en in list_local()} <= codes.keys()
    assert {"qu", "gn", "ay", "arn", "ht", "pap", "iu", "cr", "nv", "quc", "cab", "mfs"} <= codes.keys()
    assert not codes.keys() & names_from_cldr.NOT_SPOKEN
    assert codes["mam"].label.es == "Mam"
    assert (codes["guc"].label.es, codes["pbb"].label.es) == ("Wayuunaiki", "Nasa yuwe (páez)")


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
