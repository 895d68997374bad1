"""Every route, method and role answers as the reviewed table says, and looking changes nothing."""

from __future__ import annotations

import os
from types import ModuleType

import pytest
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.test import override_settings
from django.urls import clear_url_caches, get_resolver, path

from amparo.access.models import Agency
from amparo.access.pages import public_page
from tests.proof import routes
from tests.proof.world import Demo

ON_SQLITE = settings.DATABASES["default"]["ENGINE"].endswith("sqlite3")


def test_every_route_declares_a_right_or_is_public() -> None:
    assert routes.undeclared(routes.walk()) == []


@pytest.mark.slow
@pytest.mark.timeout(1200)
@pytest.mark.skipif(
    not ON_SQLITE, reason="3,000 requests whose answers no database decides; pages run on both"
)
def test_every_route_answers_as_the_table_says(demo: Demo) -> None:
    rows, wrote = routes.make_rows(demo, routes.walk())
    assert [row[:2] for row in rows if any(cell.startswith("5") for cell in row[3:])] == []
    text = routes.as_text(rows)
    if os.environ.get("AMPARO_WRITE_ROUTES"):
        routes.PATH.write_text(text, encoding="utf-8")
    expected = routes.PATH.read_text(encoding="utf-8").splitlines()
    changed = [line for line in text.splitlines() if line not in expected]
    gone = [line for line in expected if line not in text.splitlines()]
    assert (changed, gone) == ([], []), "see tests/proof/routes.py"
    assert wrote == {}


def test_a_planted_route_without_declaration_is_named() -> None:
    def forgotten(request: HttpRequest) -> HttpResponse:
        return HttpResponse("x")

    planted = ModuleType("planted")
    planted.urlpatterns = [path("forgotten/", forgotten, name="forgotten")]  # type: ignore[attr-defined]
    with override_settings(ROOT_URLCONF=planted):
        clear_url_caches()
        assert routes.undeclared(routes.walk(get_resolver(planted))) == ["forgotten"]  # type: ignore[arg-type]
    clear_url_caches()


def test_a_planted_write_of_a_look_is_named(demo: Demo, monkeypatch: pytest.MonkeyPatch) -> None:
    @public_page
    def counting(request: HttpRequest) -> HttpResponse:
        Agency.objects.update(timezone="UTC")
        return HttpResponse("x")

    planted = ModuleType("planted")
    planted.urlpatterns = [path("counting/", counting, name="counting")]  # type: ignore[attr-defined]
    with override_settings(ROOT_URLCONF=planted):
        clear_url_caches()
        rows, wrote = routes.make_rows(demo, routes.walk(get_resolver(planted)))  # type: ignore[arg-type]
    clear_url_caches()
    assert wrote == {"counting": {"access_agency"}}
    assert all(cell == "200" for row in rows for cell in row[3:])
