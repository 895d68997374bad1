"""The recovery and reflection period: longer for a reason, waived only by an informed adult."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

import pytest
from django.conf import settings
from django.test import Client

from amparo.access.data import Denied, Stale
from amparo.core.refusal import Unknown
from amparo.core.truth import Truth
from amparo.procedures.actions import extend_period, move_stage, open_procedure, waive_period
from amparo.procedures.data import refusals
from amparo.procedures.models import Procedure, StageEntry
from amparo.procedures.providers import is_reflection_over, list_work
from amparo.procedures.queries import get_guide_page
from tests.procedures.test_stages import grounds_found, move
from tests.procedures.world import World


def version_of(procedure_id: UUID) -> int:
    return Procedure.objects.get(id=procedure_id).version


def extend(world: World, procedure_id: UUID, days: int = 60, **changes: object) -> date:
    until_date = world.now.date() + timedelta(days=days)
    asked = {"reason": "TRAUMA", "reasons": "No duerme; pide tiempo.", "version": version_of(procedure_id)}
    extend_period(
        world.amina,
        now=world.now,
        person_id=world.person_id,
        procedure_id=procedure_id,
        until_date=until_date,
        **asked | changes,  # type: ignore[arg-type]
    )
    return until_date


def waive(world: World, procedure_id: UUID, *, by=None, **changes: object) -> None:
    asked = {"advised_by": "Defensa pública", "is_informed": True, "reasons": "Quiere volver ya."}
    waive_period(
        by or world.amina,
        now=world.now,
        person_id=world.person_id,
        procedure_id=procedure_id,
        version=version_of(procedure_id),
        **asked | changes,  # type: ignore[arg-type]
    )


def reflection(world: World) -> Truth | None:
    answer = is_reflection_over(world.amina, world.person_id, as_of=world.now)
    return answer.truth if answer else None


def test_an_extension_moves_the_end_for_the_gate_and_the_worklist(world: World):
    procedure_id = grounds_found(world)
    until_date = extend(world, procedure_id)
    (item,) = list_work(world.bruno, world.now)
    assert item.due_at.date() == until_date
    world.now += timedelta(days=31)
    assert reflection(world) is Truth.NOT_ESTABLISHED
    world.now += timedelta(days=31)
    assert reflection(world) is Truth.ESTABLISHED


def test_the_history_keeps_both_ends_and_the_reason(world: World):
    procedure_id = grounds_found(world)
    until_date = extend(world, procedure_id)
    shown = get_guide_page(world.amina, world.person_id, procedure_id, "", language="en", now=world.now)
    latest, before = shown.stages[0], shown.stages[1]
    assert (latest.change, latest.reason, latest.due_date) == ("EXTENDED", "TRAUMA", until_date)
    assert before.due_date == world.now.date() + timedelta(days=30)
    assert shown.procedure.stage == "reasonable_grounds"
    assert shown.period.due_date == until_date


def test_a_period_is_never_shortened(world: World):
    procedure_id = grounds_found(world)
    with pytest.raises(refusals.NotLonger):
        extend(world, procedure_id, days=30)
    assert StageEntry.objects.filter(change="EXTENDED").count() == 0


def test_the_maximum_of_the_country_holds(world: World):
    procedure_id = open_procedure(
        world.amina,
        now=world.now,
        person_id=world.person_id,
        definition="victim-identification",
        country="URY",
    )
    move(world, procedure_id, "screen")
    move(world, procedure_id, "find_reasonable_grounds")
    with pytest.raises(refusals.TooLong):
        extend(world, procedure_id, days=181)


def test_nothing_is_extended_before_a_period_runs_or_after_it_ended(world: World):
    procedure_id = world.open("victim-identification")
    with pytest.raises(refusals.NoPeriod):
        extend(world, procedure_id)
    move(world, procedure_id, "screen")
    move(world, procedure_id, "find_reasonable_grounds")
    world.now += timedelta(days=31)
    with pytest.raises(refusals.NoPeriod):
        extend(world, procedure_id)


def test_an_informed_adult_may_waive_and_the_conclusive_decision_no_longer_waits(world: World):
    procedure_id = grounds_found(world)
    assert reflection(world) is Truth.NOT_ESTABLISHED
    waive(world, procedure_id)
    assert reflection(world) is Truth.ESTABLISHED
    assert move(world, procedure_id, "start_conclusive").is_done
    entry = StageEntry.objects.get(change="WAIVED")
    shown = get_guide_page(world.amina, world.person_id, procedure_id, "", language="en", now=world.now)
    (stage,) = [one for one in shown.stages if one.number == entry.number]
    assert stage.advised_by is not None


def test_a_child_can_never_waive(child_world: World):
    procedure_id = grounds_found(child_world)
    with pytest.raises(refusals.ChildCannotWaive):
        waive(child_world, procedure_id)
    assert reflection(child_world) is Truth.NOT_ESTABLISHED


@pytest.mark.parametrize("lack", [{"is_informed": False}, {"advised_by": " "}])
def test_a_waiver_without_advice_is_not_valid(world: World, lack: dict[str, object]):
    procedure_id = grounds_found(world)
    with pytest.raises(refusals.NotInformed):
        waive(world, procedure_id, **lack)


def test_a_waiver_takes_back_nothing_twice(world: World):
    procedure_id = grounds_found(world)
    waive(world, procedure_id)
    with pytest.raises(refusals.NoPeriod):
        waive(world, procedure_id)


def test_of_two_who_change_it_at_once_one_is_told(world: World):
    procedure_id = grounds_found(world)
    read = version_of(procedure_id)
    extend(world, procedure_id)
    with pytest.raises(Stale):
        extend(world, procedure_id, days=90, version=read)


def test_others_change_no_period(world: World):
    procedure_id = grounds_found(world)
    with pytest.raises((Denied, Unknown)):
        waive(world, procedure_id, by=world.cast.dora.actor_at(world.now))


def test_the_pages_extend_and_waive_and_keep_what_was_typed(client: Client, cast):
    from tests.procedures.test_pages import datetime
    from tests.procedures.world import make_world

    world = make_world(cast)
    world.now = datetime.now(world.now.tzinfo)
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    procedure_id = grounds_found(world)
    cast.amina.client(client)
    url = f"/files/{world.code}/procedures/{procedure_id}/"
    assert f"{url}period/extend/" in client.get(url).content.decode()
    typed = {
        "version": version_of(procedure_id),
        "until_date": world.now.date().isoformat(),
        "reason": "HEALTH",
        "reasons": "Operada la semana pasada.",
    }
    answer = client.post(f"{url}period/extend/", typed)
    assert answer.status_code == 400
    assert "Operada la semana pasada." in answer.content.decode()
    until_date = world.now.date() + timedelta(days=45)
    assert client.post(f"{url}period/extend/", {**typed, "until_date": until_date}).status_code == 302
    assert "Period extended" in client.get(url).content.decode()
    typed = {
        "version": version_of(procedure_id),
        "advised_by": "Defensa pública",
        "reasons": "Quiere volver.",
        "is_informed": "on",
    }
    assert client.post(f"{url}period/waive/", typed).status_code == 302
    html = client.get(url).content.decode()
    assert "Period waived by the person" in html
    assert "Defensa pública" in html
    assert f"{url}period/waive/" not in html


def test_a_step_that_reads_another_version_is_refused_after_an_extension(world: World):
    procedure_id = grounds_found(world)
    read = version_of(procedure_id)
    extend(world, procedure_id)
    with pytest.raises(Stale):
        move_stage(
            world.amina,
            now=world.now,
            person_id=world.person_id,
            procedure_id=procedure_id,
            step_id="withdraw_early",
            version=read,
            reasons="Consta.",
        )
