"""The start is refused on law that cannot be used, and the law is that of the installation's country."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from amparo.doctrine import registry
from amparo.procedures.pages import country_of
from amparo.site.checks import doctrine_is_sound
from tests.people import Cast


@pytest.fixture(autouse=True)
def _fresh_registry() -> Iterator[None]:
    registry._library.cache_clear()
    yield
    registry._library.cache_clear()


def test_a_broken_pack_stops_the_start_with_file_line_and_field(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert doctrine_is_sound() == []
    registry._library.cache_clear()
    path = tmp_path / "hnd" / "pack.yaml"
    path.parent.mkdir()
    path.write_text("country: HND\nlanguages: [es]\nauthorities: {}\n", encoding="utf-8")
    monkeypatch.setenv(registry.PACKS, str(tmp_path))
    told = [error.msg for error in doctrine_is_sound()]
    assert told == [f"{path}:1: about: missing_field: Field required"]


@pytest.mark.django_db
def test_the_law_is_the_installation_s_and_where_it_serves_several_countries_the_agency_s(
    cast: Cast, settings: Any
) -> None:
    consul = replace(cast.consul.actor, agency_state="HND")
    settings.AMPARO_HOST_STATE = "URY"
    assert country_of(consul) == "URY"
    settings.AMPARO_HOST_STATE = ""
    assert country_of(replace(consul, agency_state="GTM")) == "GTM"
    assert country_of(replace(consul, agency_state="")) == ""
