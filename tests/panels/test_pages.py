"""The pages of panels: what each of the cast finds there, and a decision made through them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from unittest.mock import patch
from uuid import uuid4

import pytest
import time_machine
from django.test import Client

from amparo.access.gate import writes_outside_actions
from amparo.access.public_texts import Named
from amparo.cases.models import Task
from amparo.panels.models import Answer, Body, Decision, FollowUp, Meeting, Topic
from amparo.panels.providers import list_events, list_work
from amparo.panels.queries.minutes import get_extract, get_minutes
from amparo.procedures.documents import make_pdf
from tests.documents import assert_ends_with_law, read_document
from tests.panels.world import NOW, PanelWorld


def signed_in(panel: PanelWorld, who: str) -> Client:
    return panel.member(who).client(Client())


def decided(panel: PanelWorld) -> None:
    panel.wish()
    panel.option()
    for who in ("bruno", "chidi", "dora"):
        panel.declare(who)
    panel.view("chidi", "La autoridad lo apoya.")
    panel.meet("bruno", "chidi", "dora")
    panel.decide()
    for who in ("bruno", "chidi"):
        panel.sign(who)


def get(panel: PanelWorld, who: str, path: str, status: int = 200) -> str:
    with time_machine.travel(panel.now + timedelta(minutes=1)):
        answer = signed_in(panel, who).get(path)
    assert answer.status_code == status, answer.content.decode()[:2000]
    return answer.content.decode()


def post(panel: PanelWorld, who: str, path: str, data: dict[str, object], status: int = 302) -> str:
    with time_machine.travel(panel.now + timedelta(minutes=1)):
        answer = signed_in(panel, who).post(path, data)
    assert answer.status_code == status, answer.content.decode()[:3000]
    return answer.content.decode()


def test_a_decision_is_made_through_the_pages(panel: PanelWorld):
    file = f"/files/{panel.world.code}/panels/{panel.item_id}"
    case = f"/panels/cases/{panel.item_id}"
    assert f"{file}/wishes/" in get(panel, "amina", f"{file}/")
    option = {"code": "M09", "for_it": "Cerca.", "against_it": ""}
    assert "deseos" in post(panel, "amina", f"{file}/options/", option, 400)
    post(panel, "amina", f"{file}/wishes/", {"how": "IN_PERSON", "text": "Quiere estudiar."})
    post(panel, "amina", f"{file}/options/", option)
    for who in ("bruno", "chidi", "dora"):
        post(panel, who, f"{case}/interest/", {"conflict": "NONE"})
    assert "Quiere estudiar." in get(panel, "chidi", f"{case}/")
    post(panel, "chidi", f"{case}/view/", {"stance-M09": "SUPPORTS", "text": "La apoyamos."})
    post(panel, "amina", f"{file}/take-in/", {})
    assert "La apoyamos." in get(panel, "dora", f"{case}/")
    panel.meet("bruno", "dora")
    decision = {"options": ["M09"], "reasons": "Lo pidió.", "review_date": "2027-01-15"}
    assert "quórum" in post(panel, "amina", f"{file}/decision/", decision, 400)
    version = Meeting.objects.get().version
    present = [str(panel.seats[who]) for who in ("bruno", "chidi", "dora")]
    attendance = f"/panels/meetings/{panel.meeting_id}/attendance/"
    post(panel, "bruno", attendance, {"present": present, "version": version})
    post(panel, "amina", f"{file}/decision/", decision)
    digest = Decision.objects.get().digest
    assert digest in get(panel, "chidi", f"{case}/sign/")
    for who in ("chidi", "bruno"):
        post(panel, who, f"{case}/sign/", {"digest": digest, "vote": "AGREES", "text": ""})
    assert Decision.objects.get().in_force_at is not None
    post(panel, "amina", f"{file}/answer/", {"answer": "ACCEPTED", "text": "Está de acuerdo."})
    due = {"kind": "DOCUMENT", "due_date": "2026-12-20", "text": "Pedir la plaza."}
    post(panel, "amina", f"{file}/task/", due)
    assert "Está de acuerdo." in get(panel, "amina", f"{file}/")


def test_a_recused_member_finds_no_page(panel: PanelWorld):
    case = f"/panels/cases/{panel.item_id}"
    post(panel, "dora", f"{case}/interest/", {"conflict": "FAMILY"})
    for path in ("/", "/view/", "/sign/", "/interest/"):
        get(panel, "dora", case + path, 404)
    meeting = get(panel, "dora", f"/panels/meetings/{panel.meeting_id}/")
    assert panel.world.code not in meeting


def test_an_agenda_shows_each_member_only_their_cases(panel: PanelWorld):
    path = f"/panels/meetings/{panel.meeting_id}/"
    assert panel.world.code in get(panel, "chidi", path)
    get(panel, "consul", path, 404)
    get(panel, "eve", path, 404)


def test_a_consulate_and_a_prosecutor_find_no_body_in_which_they_do_not_sit(panel: PanelWorld):
    for who in ("consul", "fiscal"):
        assert "Equipo de valoración" not in get(panel, who, "/panels/")
        get(panel, who, f"/panels/bodies/{panel.body_id}/", 404)
    assert "Equipo de valoración" in get(panel, "amina", "/panels/")


def test_only_the_secretariat_finds_its_pages(panel: PanelWorld):
    for page in ("attendance/", "topics/new/"):
        get(panel, "bruno", f"/panels/meetings/{panel.meeting_id}/{page}")
        get(panel, "dora", f"/panels/meetings/{panel.meeting_id}/{page}", 404)
    get(panel, "dora", f"/panels/bodies/{panel.body_id}/convene/", 404)


def test_the_file_side_says_with_whom_a_case_was_not_shared(panel: PanelWorld):
    seat_words = get(panel, "amina", f"/files/{panel.world.code}/panels/{panel.item_id}/")
    assert "Casa Ceibo" in seat_words
    get(panel, "dora", f"/files/{panel.world.code}/panels/{panel.item_id}/", 404)


def test_a_procedure_is_put_on_an_agenda_from_its_file(panel: PanelWorld):
    shown = get(panel, "amina", f"/files/{panel.world.code}/panels/")
    assert f"/panels/new/{panel.procedure_id}/" in shown
    path = f"/files/{panel.world.code}/panels/new/{panel.procedure_id}/"
    assert str(panel.meeting_id) in get(panel, "amina", path)
    twice = post(panel, "amina", path, {"meeting": str(panel.meeting_id)}, 400)
    assert "orden del día" in twice


def test_the_administrator_founds_a_body_and_gives_seats(panel: PanelWorld):
    amina = panel.member("amina")
    form = {"name": "Coalición", "kind": "COALITION", "unit": str(amina.unit_id)}
    post(panel, "eve", "/panels/new/", form)
    body = Body.objects.get(name="Coalición")
    seat = {
        "holder": f"{amina.unit_id}/{amina.id}",
        "standing": "OBSERVER",
        "from_date": NOW.date().isoformat(),
    }
    post(panel, "eve", f"/panels/bodies/{body.id}/seats/new/", seat)
    post(panel, "eve", f"/panels/bodies/{body.id}/seats/new/", seat, 400)
    get(panel, "amina", "/panels/new/", 403)
    post(panel, "eve", f"/panels/seats/{body.seats.get().id}/end/", {})


def test_the_secretariat_convenes_and_keeps_general_points(panel: PanelWorld):
    body = f"/panels/bodies/{panel.body_id}"
    post(panel, "bruno", f"{body}/convene/", {"held_on": "2026-01-02", "held_time": "09:00"}, 400)
    post(panel, "bruno", f"{body}/convene/", {"held_on": "2026-12-20", "held_time": "09:00"})
    post(panel, "chidi", f"{body}/convene/", {"held_on": "2026-12-21", "held_time": "09:00"}, 403)
    meeting = f"/panels/meetings/{panel.meeting_id}"
    post(panel, "bruno", f"{meeting}/topics/new/", {"title": "Protocolo de fronteras"})
    topic = Topic.objects.get()
    post(panel, "bruno", f"{meeting}/topics/{topic.id}/", {"outcome": "Se envía en enero."})
    assert "Se envía en enero." in get(panel, "dora", f"{meeting}/")
    post(panel, "bruno", f"{meeting}/cancel/", {})
    assert Meeting.objects.get(id=panel.meeting_id).state == "CANCELLED"


def test_a_general_point_takes_no_code_and_asks_again_for_a_lone_name(panel: PanelWorld):
    meeting = f"/panels/meetings/{panel.meeting_id}"
    refused = post(panel, "bruno", f"{meeting}/topics/new/", {"title": f"Lo de {panel.world.code}"}, 400)
    assert "Punto general" in refused
    assert not Topic.objects.exists()
    post(panel, "bruno", f"{meeting}/topics/new/", {"title": "Protocolo de fronteras"})
    topic = Topic.objects.get()
    outcome = f"{meeting}/topics/{topic.id}/"
    post(panel, "bruno", outcome, {"outcome": "Llamar al +502 5555 1234."}, 400)
    with patch("amparo.access.public_texts.comparing._comparisons", [_lone_in("Zunilda")]):
        asked = post(panel, "bruno", outcome, {"outcome": "Lo dijo Zunilda."}, 400)
        assert 'name="read_again"' in asked
        post(panel, "bruno", outcome, {"outcome": "Lo dijo Zunilda.", "read_again": "on"})
    assert Topic.objects.get().outcome == "Lo dijo Zunilda."


def test_no_link_and_no_form_is_shown_to_whom_it_would_refuse(panel: PanelWorld):
    with writes_outside_actions("another unit keeps the secretariat"):
        Body.objects.update(unit_id=panel.member("dora").unit_id)
    file = f"/files/{panel.world.code}/panels/{panel.item_id}/"
    assert f"{file}recuse/" not in get(panel, "amina", file)
    get(panel, "amina", f"{file}recuse/", 403)
    assert f"{file}recuse/" in get(panel, "bruno", file)
    get(panel, "bruno", f"{file}recuse/")
    for step in ("answer", "task"):
        get(panel, "amina", f"{file}{step}/", 409)


def test_the_same_form_sent_twice_makes_one_thing(panel: PanelWorld):
    decided(panel)
    file, form_id = f"/files/{panel.world.code}/panels/{panel.item_id}", str(uuid4())
    held = {"held_on": "2026-12-20", "held_time": "09:00"}
    task = {"kind": "DOCUMENT", "due_date": "2026-12-20", "text": "Pedir la plaza."}
    answer = {"answer": "ACCEPTED", "text": "Está de acuerdo."}
    for who, path, typed, made in (
        ("bruno", f"/panels/bodies/{panel.body_id}/convene/", held, Meeting),
        ("bruno", f"/panels/meetings/{panel.meeting_id}/topics/new/", {"title": "Protocolo"}, Topic),
        ("amina", f"{file}/task/", task, FollowUp),
        ("amina", f"{file}/answer/", answer, Answer),
    ):
        assert 'name="form_id"' in get(panel, who, path)
        before, tasks = made.objects.count(), Task.objects.count()
        post(panel, who, path, {**typed, "form_id": form_id})
        with time_machine.travel(panel.now + timedelta(minutes=1)):
            again = signed_in(panel, who).post(path, {**typed, "form_id": form_id}, follow=True)
        assert "por segunda vez" in again.content.decode()
        assert made.objects.count() == before + 1
        assert made.objects.filter(id=form_id).exists()
        assert Task.objects.count() == tasks + (made is FollowUp)


def _lone_in(name: str) -> Callable[..., list[Named]]:
    return lambda _actor, texts, _now: [Named.BY_A_WORD if name in one else Named.NOBODY for one in texts]


@pytest.mark.parametrize("language", ["es", "en"])
def test_the_minutes_are_a_tagged_pdf(panel: PanelWorld, language: str):
    from django.utils.translation import override

    decided(panel)
    with override(language):
        content = get_minutes(panel.act("dora"), panel.meeting_id, language=language, now=panel.now)
        text = read_document(make_pdf("minutes", content, now=panel.now), language)
    assert panel.world.code in text
    assert "Es lo que pidió" in text
    assert "Lucía" not in text
    assert_ends_with_law(text, content["law"], language)


def test_the_minutes_hold_only_what_their_reader_may_see(panel: PanelWorld):
    decided(panel)
    panel.consent("dora")
    pages = {
        who: get_minutes(panel.act(who), panel.meeting_id, language="es", now=panel.now)
        for who in ("bruno", "dora")
    }
    assert [len(one["items"]) for one in pages.values()] == [1, 1]
    get(panel, "consul", f"/panels/meetings/{panel.meeting_id}/minutes.pdf", 404)
    locked = panel.member("dora").locked.as_of(panel.now)
    withheld = get_minutes(locked, panel.meeting_id, language="es", now=panel.now)
    assert "Es lo que pidió" not in str(withheld)


def test_who_works_on_a_file_reads_what_the_minutes_say_of_it_and_no_more(panel: PanelWorld):
    decided(panel)
    post(panel, "bruno", f"/panels/meetings/{panel.meeting_id}/topics/new/", {"title": "Protocolo"})
    with writes_outside_actions("another unit keeps the secretariat"):
        Body.objects.update(unit_id=panel.member("dora").unit_id)
    file = f"/files/{panel.world.code}/panels/{panel.item_id}/"
    get(panel, "amina", f"/panels/meetings/{panel.meeting_id}/minutes.pdf", 404)
    assert f"{file}minutes.pdf" in get(panel, "amina", file)
    with time_machine.travel(panel.now):
        answer = signed_in(panel, "amina").get(f"{file}minutes.pdf")
    assert answer.content[:5] == b"%PDF-"
    told = {"language": "es", "now": panel.now}
    extract = get_extract(panel.act("amina"), panel.person_id, panel.item_id, **told)
    assert [one["title"].split()[0] for one in extract["items"]] == [panel.world.code]
    assert "Es lo que pidió" in str(extract["items"])
    assert len(extract["attendance"]) == 3
    assert extract["topics"] == []
    for who in ("dora", "chidi", "consul"):
        get(panel, who, f"{file}minutes.pdf", 404)
    locked = panel.member("amina").locked.as_of(panel.now)
    assert "Es lo que pidió" not in str(get_extract(locked, panel.person_id, panel.item_id, **told))


def test_what_is_due_stands_in_the_worklist(panel: PanelWorld):
    kinds = [item.kind for item in list_work(panel.act("chidi"), panel.now)]
    assert kinds == ["meeting", "panel"]
    assert [item.person_id for item in list_work(panel.act("chidi"), panel.now)] == [None, None]
    decided(panel)
    assert "panel" not in [item.kind for item in list_work(panel.act("dora"), panel.now)]
    assert [item for item in list_work(panel.act("chidi"), panel.now) if item.kind == "panel"] == []
    panel.world.now += timedelta(days=20)
    assert "panel" in [item.kind for item in list_work(panel.act("amina"), panel.now)]
    assert len(list_events(panel.act("amina"), panel.person_id)) == 2


def test_who_has_not_declared_sees_where_a_case_comes_from_and_nothing_of_it(panel: PanelWorld):
    panel.wish("Quiere estudiar.")
    panel.option()
    case = f"/panels/cases/{panel.item_id}"
    for who in ("chidi", "bruno"):
        shown = get(panel, who, f"{case}/")
        assert panel.world.code in shown
        assert 'name="conflict"' in shown
        for word in ("Quiere estudiar.", "M09", "Edad", "Está cerca", "Opciones", "Mateo"):
            assert word not in shown
        for step in ("view", "sign"):
            get(panel, who, f"{case}/{step}/", 409)
    minutes = get_minutes(panel.act("chidi"), panel.meeting_id, language="es", now=panel.now)
    assert minutes["items"] == []
    panel.declare("chidi")
    assert "Quiere estudiar." in get(panel, "chidi", f"{case}/")


def test_nothing_is_signed_before_a_decision_is_written(panel: PanelWorld):
    panel.declare("chidi")
    path = f"/panels/cases/{panel.item_id}/sign/"
    get(panel, "chidi", path, 409)
    shown = post(panel, "chidi", path, {"vote": "AGREES", "digest": ""}, 409)
    assert "Digest" not in shown


@pytest.mark.parametrize("who", ["consul", "ines", "fiscal"])
def test_a_body_shows_only_to_whom_it_concerns(panel: PanelWorld, who: str):
    path = f"/panels/bodies/{panel.body_id}/"
    for inside in ("chidi", "bruno", "amina", "eve"):
        assert path in get(panel, inside, "/panels/")
        get(panel, inside, path)
    assert path not in get(panel, who, "/panels/")
    nowhere = get(panel, who, f"/panels/bodies/{panel.meeting_id}/", 404)
    assert len(get(panel, who, path, 404)) == len(nowhere)


def test_the_worklist_names_its_kinds_and_says_a_meeting_once(panel: PanelWorld):
    shown = get(panel, "chidi", "/")
    assert "Equipo de valoración de necesidades" in shown
    assert "Reunión: Equipo" not in shown
    for words in ("Reuniones", "Paneles"):
        assert words in shown
    for raw in (">meeting<", ">panel<"):
        assert raw not in shown


def test_nobody_was_absent_from_a_meeting_that_is_to_come(panel: PanelWorld):
    panel.wish()
    panel.declare("chidi")
    shown = get(panel, "amina", f"/files/{panel.world.code}/panels/{panel.item_id}/")
    assert "No asistió" not in shown
    assert "Aún no" in shown
    assert "Para que haya quórum, el panel aún necesita: " in shown
    assert "nos lo dijo" in shown


def test_a_meeting_is_convened_neither_in_the_past_nor_years_ahead(panel: PanelWorld):
    path = f"/panels/bodies/{panel.body_id}/convene/"
    far = post(panel, "bruno", path, {"held_on": "2036-01-02", "held_time": "09:00"}, 400)
    assert "dos años" in far
    post(panel, "bruno", path, {"held_on": "2026-11-19", "held_time": "09:00"}, 400)
    assert Meeting.objects.count() == 1


def test_a_recusal_by_the_secretariat_says_who_and_why(panel: PanelWorld):
    path = f"/files/{panel.world.code}/panels/{panel.item_id}/"
    form = {"seat": str(panel.seats["dora"]), "conflict": "FAMILY", "reason": ""}
    post(panel, "bruno", f"{path}recuse/", form, 400)
    post(panel, "bruno", f"{path}recuse/", form | {"reason": "Es su cuñada."})
    shown = get(panel, "bruno", path)
    assert "Apartado por Bruno" in shown
    assert "Es su cuñada." in shown
    panel.declare("chidi")
    assert "Es su cuñada." not in get(panel, "chidi", f"/panels/cases/{panel.item_id}/")
