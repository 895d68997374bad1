"""A panel decides about a girl, in a real browser: wishes first, no quorum, a quorum, dissent, minutes."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from io import BytesIO
from typing import TYPE_CHECKING, Any

import pytest
from pypdf import PdfReader

from tools.installation import AMPARO, Installation, run, served

if TYPE_CHECKING:
    from tools.walk import Deeds

pytestmark = [pytest.mark.journey, pytest.mark.timeout(1200)]

Enter = Callable[[str], "Deeds"]
WISHES = "Quiere vivir con su prima y terminar el curso."
VIEW = "La visita a la casa de la prima fue favorable."
WHY = "El informe se completa esta semana y la prima la recibe hoy."
DISSENT = "Habría esperado a la entrevista."


@dataclass(frozen=True)
class Case:
    """The served demonstration and the addresses of the case."""

    installation: Installation
    made: dict[str, Any]

    @property
    def file(self) -> str:
        return f"/files/{self.made['code']}/panels/{self.made['item_id']}/"

    @property
    def seat(self) -> str:
        return f"/panels/cases/{self.made['item_id']}/"

    @property
    def meeting(self) -> str:
        return f"/panels/meetings/{self.made['meeting_id']}/"


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Case]:
    home = tmp_path_factory.mktemp("panel")
    run(home, AMPARO, "migrate")
    made = run(home, sys.executable, "-m", "tests.journeys.prepare_panel", PYTHONPATH="src:.")
    with served(home) as running:
        yield Case(running, json.loads(made.strip().splitlines()[-1]))


@pytest.fixture(scope="module")
def enter(browser: Any, case: Case) -> Iterator[Enter]:
    """Sign in as somebody once, in a profile of their own, without JavaScript."""
    from tools.browser import open_context
    from tools.walk import PATIENCE, Deeds, sign_in

    inside: dict[str, Deeds] = {}
    contexts: list[Any] = []

    def come_in(username: str) -> Deeds:
        if username not in inside:
            context = open_context(browser, case.installation.url, scripts=False)
            context.set_default_timeout(PATIENCE)
            contexts.append(context)
            page = context.new_page()
            sign_in(page, username)
            inside[username] = Deeds(page)
        return inside[username]

    yield come_in
    for context in contexts:
        context.close()


def words(deeds: Deeds) -> str:
    return str(deeds.page.locator("main").inner_text())


def write_decision(amina: Deeds, case: Case, *, without: str = "") -> None:
    amina.page.goto(f"{case.file}decision/")
    amina.check("options", "KINSHIP")
    amina.fill("reasons", "Es lo que pide y la visita fue favorable.")
    amina.fill("why_without", without)
    amina.fill("review_date", (datetime.now(UTC) + timedelta(days=60)).date().isoformat())
    amina.submit()


def record_attendance(gael: Deeds, case: Case, *present: str) -> None:
    gael.page.goto(f"{case.meeting}attendance/")
    for username in present:
        gael.check("present", case.made["seats"][username])
    gael.submit()


def test_1_options_wait_for_what_the_girl_wants(enter: Enter, case: Case) -> None:
    amina = enter("amina")
    amina.page.goto(f"{case.file}options/")
    amina.page.locator("main select[name=code]").select_option("KINSHIP")
    amina.submit()
    assert "Los deseos de la persona aún no están registrados" in words(amina)
    amina.page.goto(f"{case.file}wishes/")
    amina.check("how", "WITH_GUARDIAN")
    amina.fill("text", WISHES)
    amina.submit()
    assert WISHES in words(amina)
    for code in ("KINSHIP", "RETURN"):
        amina.page.goto(f"{case.file}options/")
        amina.page.locator("main select[name=code]").select_option(code)
        amina.fill("for_it", f"Se valoró {code}.")
        amina.submit()
    assert words(amina).count("Se valoró") == 2


def test_2_members_declare_and_give_the_view_of_their_agency(enter: Enter, case: Case) -> None:
    for username in ("gael", "dora", "chidi"):
        member = enter(username)
        member.page.goto("/")
        assert case.made["code"] in words(member)
        member.page.goto(f"{case.seat}interest/")
        member.check("conflict", "NONE")
        member.submit()
        assert WISHES in words(member)
    gael = enter("gael")
    gael.page.goto(f"{case.seat}view/")
    gael.check("stance-KINSHIP", "SUPPORTS")
    gael.check("stance-RETURN", "OPPOSES")
    gael.fill("text", VIEW)
    gael.submit()
    amina = enter("amina")
    amina.page.goto(case.file)
    amina.submit("main form[action$='take-in/']")
    dora = enter("dora")
    dora.page.goto(case.seat)
    assert VIEW in words(dora)
    assert dora.page.goto(f"/files/{case.made['code']}/").status == 404


def test_3_who_has_a_conflict_is_shown_the_case_no_more(enter: Enter, case: Case) -> None:
    clara = enter("clara")
    clara.page.goto(f"{case.seat}interest/")
    clara.check("conflict", "CLOSE_TIE")
    clara.submit()
    assert clara.page.goto(case.seat).status == 404
    clara.page.goto(case.meeting)
    assert case.made["code"] not in words(clara)


def test_4_without_a_quorum_nothing_is_decided(enter: Enter, case: Case) -> None:
    amina, gael = enter("amina"), enter("gael")
    record_attendance(gael, case, "gael", "dora")
    write_decision(amina, case)
    assert "No hubo quórum" in words(amina)
    assert "1 integrante más" in words(amina)
    bruno = enter("bruno")
    bruno.page.goto(f"/files/{case.made['code']}/procedures/{case.made['procedure_id']}/steps/decide/")
    assert "una decisión con sus razones" in words(bruno)


def test_5_a_quorum_signs_one_dissents_and_other_eyes_approve(enter: Enter, case: Case) -> None:
    amina = enter("amina")
    record_attendance(enter("gael"), case, "gael", "dora", "chidi")
    write_decision(amina, case)
    assert "La guía en la que se apoya no está respondida" in words(amina)
    write_decision(amina, case, without=WHY)
    assert "No está en vigor" in words(amina)
    assert WHY in words(amina)
    for username in ("gael", "dora", "chidi"):
        member = enter(username)
        member.page.goto(f"{case.seat}sign/")
        assert "Es lo que pide y la visita fue favorable." in words(member)
        assert WHY in words(member)
        member.check("vote", "DISSENTS" if username == "chidi" else "AGREES")
        if username == "chidi":
            member.fill("text", DISSENT)
        member.submit()
    bruno = enter("bruno")
    bruno.page.goto(case.file)
    amina.page.goto(case.file)
    amina.submit("main form[action$='take-in/']")
    bruno.page.goto(case.file)
    bruno.submit("main form[action$='approve/']")
    assert "No está en vigor" not in words(bruno)
    assert "Registrar la respuesta de la persona" in words(bruno)


def test_6_the_girl_answers_and_the_minutes_say_it_all(enter: Enter, case: Case) -> None:
    amina = enter("amina")
    amina.page.goto(f"{case.file}answer/")
    amina.check("answer", "ACCEPTED")
    amina.fill("text", "Pide ver a sus hermanos por video.")
    amina.submit()
    amina.submit("main form[action$='share/']")
    dora = enter("dora")
    answer = dora.page.request.get(f"{case.meeting}minutes.pdf")
    reader = PdfReader(BytesIO(answer.body()))
    said = " ".join(" ".join(page.extract_text() for page in reader.pages).split())
    for text in (case.made["code"], WISHES, VIEW, DISSENT, WHY, "Hubo quórum", "En vigor desde", "Acepta"):
        assert text in said
    assert "Itzel" not in said
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]
