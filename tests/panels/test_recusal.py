"""A secretariat in another unit sets a member aside, and the member is told without learning of whom."""

from __future__ import annotations

from datetime import timedelta

import pytest

from amparo.core.quorum import Absence
from amparo.core.refusal import Unknown
from amparo.panels import actions
from amparo.panels.data import Conflict, refusals
from amparo.panels.models import Declaration, RecusalReason
from amparo.panels.providers import list_work
from tests.panels.test_pages import get, post
from tests.panels.test_sitting import absences
from tests.panels.test_standing import move_secretariat
from tests.panels.world import PanelWorld, make_panel_world
from tests.people import Cast

REASON = "Es cuñado de uno de los acusados."


@pytest.fixture
def away(cast: Cast) -> PanelWorld:
    """A panel whose secretariat is another NGO, which sits on the case and declared."""
    made = make_panel_world(cast)
    move_secretariat(made, "dora")
    made.consent("chidi", "dora")
    made.put()
    made.declare("dora")
    return made


def recuse(panel: PanelWorld, by: str, whom: str) -> None:
    actions.recuse_from_seat(
        panel.act(by),
        now=panel.now,
        item_id=panel.item_id,
        seat_id=panel.seats[whom],
        conflict=Conflict.FAMILY,
        reason=REASON,
    )


def test_the_secretariat_recuses_from_its_own_page_and_the_file_gets_the_reason(away: PanelWorld):
    path = f"/panels/cases/{away.item_id}/"
    assert f"{path}recuse/" in get(away, "dora", path)
    form = {"seat": str(away.seats["chidi"]), "conflict": "FAMILY", "reason": ""}
    post(away, "dora", f"{path}recuse/", form, 400)
    post(away, "dora", f"{path}recuse/", form | {"reason": REASON})
    assert absences(away)["chidi"] is Absence.RECUSED
    get(away, "chidi", path, 404)
    file = f"/files/{away.world.code}/panels/{away.item_id}/"
    assert "take-in/" in get(away, "amina", file)
    post(away, "amina", f"{file}take-in/", {})
    assert RecusalReason.objects.get().is_taken_in
    shown = get(away, "amina", file)
    assert REASON in shown
    assert "Apartado por Dora" in shown
    assert REASON not in get(away, "dora", path)


def test_a_member_of_no_secretariat_sets_nobody_else_aside(away: PanelWorld):
    away.declare("chidi")
    path = f"/panels/cases/{away.item_id}/"
    assert "recuse/" not in get(away, "chidi", path)
    get(away, "chidi", f"{path}recuse/", 403)
    with pytest.raises(refusals.NotYoursToRecuse):
        recuse(away, "chidi", "bruno")


def test_a_secretariat_that_does_not_sit_on_the_case_finds_nothing(cast: Cast):
    panel = make_panel_world(cast)
    move_secretariat(panel, "dora")
    panel.consent("chidi")
    panel.put()
    get(panel, "dora", f"/panels/cases/{panel.item_id}/recuse/", 404)
    with pytest.raises(Unknown):
        recuse(panel, "dora", "chidi")
    assert not Declaration.objects.exists()


def test_a_secretariat_of_the_files_unit_is_led_to_the_file(panel: PanelWorld):
    panel.declare("bruno")
    get(panel, "bruno", f"/panels/cases/{panel.item_id}/recuse/", 302)


def notices(panel: PanelWorld, who: str) -> list[str]:
    meeting = f"/panels/meetings/{panel.meeting_id}/"
    found = [one for one in list_work(panel.act(who), panel.now) if one.url == meeting]
    told = [one for one in found if one.kind == "panel"]
    assert all(one.code == "" and one.person_id is None for one in told)
    return [f"{one.label} {one.what}" for one in told]


def test_who_was_set_aside_is_told_of_the_meeting_and_not_of_whom(away: PanelWorld):
    assert notices(away, "chidi") == []
    recuse(away, "dora", "chidi")
    (told,) = notices(away, "chidi")
    assert away.world.code not in told
    assert away.world.code not in get(away, "chidi", "/")
    get(away, "chidi", f"/panels/meetings/{away.meeting_id}/")
    assert [notices(away, who) for who in ("dora", "bruno", "amina")] == [[], [], []]
    away.world.now += timedelta(days=15)
    assert notices(away, "chidi") == []


def test_who_recuses_themselves_needs_no_notice(away: PanelWorld):
    away.declare("chidi", Conflict.FAMILY)
    assert notices(away, "chidi") == []


def test_who_was_never_shown_a_case_does_not_learn_of_one(cast: Cast, monkeypatch: pytest.MonkeyPatch):
    panel = make_panel_world(cast)
    move_secretariat(panel, "dora")
    panel.consent("dora")
    panel.put()
    panel.declare("dora")
    recuse(panel, "dora", "chidi")
    assert notices(panel, "chidi") == []
    assert notices_without_the_guard(panel, monkeypatch) != []


def notices_without_the_guard(panel: PanelWorld, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The planted breach: as if whether the case was shared were not asked."""
    from django.db.models import Q

    monkeypatch.setattr("amparo.panels.queries.sitting.Exists", lambda _rows: Q())
    return notices(panel, "chidi")
