"""A version that a procedure keeps was taken out of the doctrine: said in one sentence, at the start too."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID

import click
import pytest
from click.testing import CliRunner
from django.test import Client
from django.urls import reverse

from amparo.doctrine import registry
from amparo.procedures.data.refusals import LawMissing
from amparo.procedures.queries import get_guide_page, list_missing_law, list_procedures
from amparo.procedures.queries.history import list_events
from amparo.procedures.queries.missing_law import MissingLaw
from amparo.site.checks import law_of_procedures_is_here
from amparo.site.commands import doctrine
from amparo.site.commands.serve import require_sound_installation
from tests.later_law import load_later
from tests.people import Cast
from tests.procedures.world import World, make_world

LATER = datetime(2026, 12, 5, 15, 0, tzinfo=UTC)
GONE = [MissingLaw("trafficking", "INT/2", 1), MissingLaw("victim-identification", "INT/2", 1)]
ELEMENT = "trafficking.act.retention"


@pytest.fixture
def world(cast: Cast) -> World:
    return make_world(cast)


@pytest.fixture
def lost(world: World, monkeypatch: pytest.MonkeyPatch) -> UUID:
    """An identification opened under a second version, whose files were then deleted."""
    shipped = registry._library
    monkeypatch.setattr(registry, "_library", load_later)
    world.now = LATER
    procedure_id = world.open("victim-identification")
    world.find(procedure_id, ELEMENT)
    monkeypatch.setattr(registry, "_library", shipped)
    return procedure_id


def test_the_page_says_which_text_is_missing_and_whom_to_tell(world: World, lost: UUID) -> None:
    with pytest.raises(LawMissing):
        get_guide_page(world.amina, world.person_id, lost, "", language="es", now=world.now)
    answer = world.cast.amina.client(Client()).get(reverse("procedures_guide", args=[world.code, lost]))
    page = answer.content.decode()
    assert answer.status_code == 503
    assert "victim-identification INT/2" in page
    assert "Avise a quien administra la instalación" in page


@pytest.mark.parametrize("route", ["procedures_guide", "procedures_memorandum", "procedures_comparison"])
def test_no_page_of_it_is_a_defect(world: World, lost: UUID, route: str) -> None:
    client = world.cast.amina.client(Client(raise_request_exception=False))
    assert client.get(reverse(route, args=[world.code, lost])).status_code == 503


def test_who_may_not_know_the_file_does_not_learn_that_its_law_is_missing(world: World, lost: UUID) -> None:
    answer = world.cast.dora.client(Client()).get(reverse("procedures_guide", args=[world.code, lost]))
    assert answer.status_code == 404


def test_one_procedure_without_its_law_hides_no_other(world: World, lost: UUID) -> None:
    world.open("refugee-status")
    titles = {one.title for one in list_procedures(world.amina, world.person_id, "en")}
    assert len(titles) == 2
    assert "victim-identification INT/2 (its text is missing)" in titles
    told = {event.label for event in list_events(world.amina, world.person_id, "en")}
    assert any(label.startswith(ELEMENT) for label in told)


@pytest.mark.parametrize(
    "route", ["cases_worklist", "procedures_every", "procedures_of_file", "cases_timeline"]
)
def test_lists_are_answered_all_the_same(world: World, lost: UUID, route: str) -> None:
    arguments = [world.code] if route in {"procedures_of_file", "cases_timeline"} else []
    answer = world.cast.amina.client(Client()).get(reverse(route, args=arguments))
    assert answer.status_code == 200
    if route != "cases_worklist":
        assert "victim-identification INT/2" in answer.content.decode()


def test_the_start_names_versions_and_numbers_and_no_case(world: World, lost: UUID) -> None:
    assert list_missing_law() == GONE
    (fault,) = law_of_procedures_is_here(databases=["default"])
    assert "trafficking INT/2 (procedures: 1)" in fault.msg
    assert world.code not in fault.msg
    with pytest.raises(click.ClickException, match="no longer in the doctrine"):
        require_sound_installation()


def test_the_check_of_doctrine_names_it_too_where_there_is_a_database(
    lost: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AMPARO_DATABASE_URL", "sqlite:///of-the-tests")
    monkeypatch.setattr(doctrine, "start_django", lambda: None)
    told = CliRunner().invoke(doctrine.doctrine, ["check"])
    assert told.exit_code == 1
    assert "victim-identification INT/2 (procedures: 1)" in told.output


def test_the_check_of_doctrine_makes_no_database(
    lost: UUID, monkeypatch: pytest.MonkeyPatch, tmp_path: object
) -> None:
    monkeypatch.setenv("AMPARO_HOME", str(tmp_path))
    monkeypatch.delenv("AMPARO_DATABASE_URL", raising=False)
    assert doctrine.list_missing_law() == []


def test_nothing_is_missing_while_every_version_is_there(world: World) -> None:
    world.open("victim-identification")
    assert list_missing_law() == []
    assert law_of_procedures_is_here(databases=["default"]) == []


def test_a_planted_check_that_reads_the_law_in_force_would_miss_it(
    lost: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The version in force is there; what is missing is the one that the procedure keeps."""
    planted = "amparo.procedures.queries.missing_law"
    monkeypatch.setattr(f"{planted}.get_procedure_edition", lambda law, _edition: registry.get_procedure(law))
    monkeypatch.setattr(f"{planted}.get_guide_edition", lambda law, _edition: registry.get_guide(law))
    assert list_missing_law() == []
