"""The thread, as one story in a real browser: from first contact to a refused return.

The tests are the steps of the README's walk, in order, on one demonstration: each goes on where the
one before stopped.
"""

from __future__ import annotations

import re
import sqlite3
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

import pytest
from pypdf import PdfReader

from amparo.doctrine.registry import decisions_for, get_guide, list_decisions
from tools.installation import AMPARO, Installation, run, served

if TYPE_CHECKING:
    from tools.walk import Deeds

pytestmark = [pytest.mark.journey, pytest.mark.timeout(1200)]

PEOPLE = 12
MOST_PAGES = 60
FOOTNOTES = {f"seed/fn{number}" for number in range(12, 17)}
NO_SUCH_FILE = "/files/AM-2222-2222/"
CSRF = re.compile(rb'name="csrfmiddlewaretoken" value="[^"]+"')

Enter = Callable[..., "Deeds"]


@dataclass
class Story:
    """What the steps leave for those after them."""

    installation: Installation
    code: str = ""
    identification: str = ""
    asylum: str = ""
    sent: str = ""
    received: str = ""


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Story]:
    """A demonstration of its own, made and served by the real commands."""
    home = tmp_path_factory.mktemp("thread")
    run(home, AMPARO, "demo", "--no-serve", "--people", str(PEOPLE))
    with served(home) as running:
        yield Story(running)


@pytest.fixture
def enter(browser: Any, story: Story) -> Iterator[Enter]:
    """Sign in as somebody, in a profile of their own."""
    from tools.browser import open_context
    from tools.walk import PATIENCE, Deeds, sign_in

    contexts: list[Any] = []

    def come_in(username: str, *, scripts: bool = True) -> Deeds:
        context = open_context(browser, story.installation.url, scripts=scripts)
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        page = context.new_page()
        sign_in(page, username)
        return Deeds(page)

    yield come_in
    for context in contexts:
        context.close()


def today() -> date:
    return datetime.now(UTC).date()


def text_of(deeds: Deeds) -> str:
    return str(deeds.page.locator("main").inner_text())


def pdf_text(deeds: Deeds, path: str) -> str:
    """Download a PDF and return its words, whatever its line breaks."""
    answer = deeds.page.request.get(path)
    assert answer.headers["content-type"] == "application/pdf"
    pages = PdfReader(BytesIO(answer.body())).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def code_of(deeds: Deeds, name: str) -> str:
    """Return the code of the file that a search by name finds first."""
    deeds.page.goto("/people/search/")
    deeds.page.locator("main input[name=text]").fill(name)
    deeds.submit()
    link = deeds.page.locator("main a[href^='/files/']", has_text=name.split()[0]).first
    return str(link.get_attribute("href")).split("/")[2]


def test_step_1_amina_unlocks_and_her_worklist_says_what_needs_her(enter: Enter) -> None:
    amina = enter("amina")
    assert amina.page.locator("h1").inner_text() == "Lo que me espera"
    assert amina.page.get_by_text("Desbloqueado", exact=True).is_visible()
    groups = amina.page.locator("main h2").all_inner_texts()
    assert "Por vencer" in groups
    waiting = amina.page.locator("main tbody tr", has_text="Marisol Arboleda")
    assert waiting.filter(has_text="Período de restablecimiento y reflexión").count() == 1
    assert waiting.filter(has_text="nadie ha empezado").count() == 0


def test_step_2_a_possible_duplicate_is_shown_before_anything_is_saved(enter: Enter, story: Story) -> None:
    from tools.walk import NEWCOMER

    amina = enter("amina")
    amina.type_newcomer(NEWCOMER)
    amina.submit()
    assert "¿Está ya registrada esta persona?" in text_of(amina)
    assert amina.page.locator("main tbody", has_text="Marisol Arboleda").count() == 1
    assert amina.page.locator("[name=names-1-given]").input_value() == "ماريسول"

    story.code = amina.register_anyway()
    assert "La persona está registrada" in text_of(amina)
    assert "Quién puede verlo" in text_of(amina)
    amina.page.goto(f"/files/{story.code}/")
    head = amina.page.locator(".am-file").inner_text()
    for words in ("Marizol Arboleda", "Se presume", "Estimad", "Español, Árabe", "guayacán"):
        assert words in head
    assert "Marizol Arboleda Quinónez" in text_of(amina)
    assert "ماريسول أربوليدا" in text_of(amina)
    assert code_of(amina, "Marizol") == story.code


def test_step_3_reasonable_grounds_for_a_child_need_no_means_and_start_the_clock(
    enter: Enter, story: Story
) -> None:
    from tools.walk import GROUNDS

    amina = enter("amina")
    story.identification = amina.open_procedure(story.code, "victim-identification")
    amina.page.goto(f"{story.identification}trafficking.means/")
    assert "Establecido" in amina.page.locator("#element .am-chips").inner_text()
    amina.page.goto(f"{story.identification}trafficking.purpose.forced_labour/")
    assert amina.page.locator("input[name=indicators]").count() > 3
    for element, reasons in GROUNDS.items():
        amina.find(story.identification, element, reasons)
    assert "Los elementos de la trata están documentados." in text_of(amina)

    amina.take_step(story.identification, "screen", "Entrevista en privado, con calma.")
    amina.take_step(story.identification, "find_reasonable_grounds", "Un acto y un fin, en una niña.")
    assert "Plazo en curso" in amina.page.locator(".am-stage").inner_text()
    amina.page.goto("/")
    due = amina.page.locator("main tbody tr", has_text=story.code)
    assert due.filter(has_text="Período de restablecimiento y reflexión").count() == 1
    assert due.filter(has_text="nadie ha empezado").count() == 0


def test_step_4_the_refugee_guide_shows_sources_decisions_and_what_is_missing(
    enter: Enter, story: Story
) -> None:
    from tools.walk import FEARS

    amina = enter("amina")
    story.asylum = amina.open_procedure(story.code, "refugee-status")
    for element, reasons in FEARS.items():
        amina.find(story.asylum, element, reasons)
    said = text_of(amina)
    for words in ("En qué punto está", "elementos documentados", "Por dónde seguir"):
        assert words in said
    routes = amina.page.locator(".am-route").all_inner_texts()
    assert any("Cartagena" in route for route in routes)
    assert any("complementaria" in route for route in routes)

    beside = _decisions_of_the_seed()
    assert {name for names in beside.values() for name in names} == _names_in_the_footnotes()
    for element, names in beside.items():
        words = _element(amina, story, element)
        assert "Fuentes" in words, element
        assert [name for name in names if name not in words] == [], element

    memorandum = pdf_text(amina, f"{story.asylum}memorandum.pdf")
    for reasons in FEARS.values():
        assert reasons in memorandum


def _decisions_of_the_seed() -> dict[str, list[str]]:
    """Return the names of the decisions of the seed's footnotes 12 to 16, by element of the guide."""
    found = {
        element: [one.name or one.number for one in decisions_for(element) if FOOTNOTES & set(one.sources)]
        for element in get_guide("refugee-status").texts
    }
    return {element: names for element, names in found.items() if names}


def _names_in_the_footnotes() -> set[str]:
    return {one.name or one.number for one in list_decisions() if FOOTNOTES & set(one.sources)}


def _element(deeds: Deeds, story: Story, element: str) -> str:
    deeds.page.goto(f"{story.asylum}{element}/")
    return str(deeds.page.locator("#element").text_content())


def test_step_5_a_referral_needs_the_consent_of_the_child_and_her_guardian(
    enter: Enter, story: Story
) -> None:
    from tools.walk import GUARDIAN

    amina = enter("amina")
    amina.prepare_referral(story.code)
    refusal = amina.page.locator("[data-refusal]")
    assert "consent" in refusal.inner_text()
    assert refusal.get_by_text("Por qué", exact=True).count() == 1
    amina.page.goto(f"/files/{story.code}/referrals/")
    assert amina.page.locator("main tbody tr").count() == 0

    amina.record_consent(story.code, today())
    assert "no basta con que acepte sola" in text_of(amina)
    enter("bruno").appoint_guardian(story.code, GUARDIAN, today() + timedelta(days=180))
    amina.record_consent(story.code, today(), beside=GUARDIAN)
    amina.prepare_referral(story.code)
    assert "Esto es exactamente lo que se va a compartir" in text_of(amina)
    assert "Marizol" not in text_of(amina)
    amina.press("send")
    assert "La remisión se envió" in text_of(amina)
    assert "solo el extracto, nunca el expediente" in text_of(amina)
    link = amina.page.locator("main a[href*='/referrals/']", has_text="Ver la remisión").first
    story.sent = str(link.get_attribute("href"))


def test_step_6_two_people_accept_at_once_and_one_is_told_who_did(enter: Enter, story: Story) -> None:
    both = {"Chidi Okoro": enter("chidi"), "Clara Ugalde": enter("clara")}
    story.received = f"/referrals/{story.sent.rstrip('/').split('/')[-1]}/"
    for one in both.values():
        one.page.goto(story.received)
        assert "0000 1177" in text_of(one)
        assert "Marizol" not in one.page.content()
        assert one.page.request.get(f"/files/{story.code}/").status == 404
        one.page.goto(story.received)
    for one in both.values():
        one.page.locator("button[name=accept]").click(no_wait_after=True)
    for one in both.values():
        one.page.locator("[name=done-outcome], [data-refusal]").first.wait_for(state="attached")

    winners = [name for name, one in both.items() if one.page.locator("[name=done-outcome]").count()]
    assert len(winners) == 1
    (loser,) = both.keys() - set(winners)
    assert winners[0] in text_of(both[loser])

    winner = both[winners[0]]
    winner.check("done-outcome", "PROVIDED")
    winner.press("done")
    amina = enter("amina")
    assert amina.page.locator("main tbody tr", has_text=story.code).filter(has_text="emisión").count() == 1
    amina.page.goto(story.sent)
    assert winners[0] in text_of(amina)


def test_step_7_no_one_can_record_a_return_whose_conditions_do_not_hold(enter: Enter, story: Story) -> None:
    from tools.walk import PASSPHRASES

    bruno = enter("bruno")
    bruno.draft_return(story.code, "COL", today() + timedelta(days=20))
    bruno.submit("form[action$='/plan/']")
    refused = bruno.page.locator("[data-refusal]")
    assert refused.count() == 1
    rules = bruno.page.locator("main > .am-rules > .am-rule")
    assert rules.count() > 10
    for rule in rules.all_text_contents():  # also what is folded
        assert "Fuente" in rule
        assert "Qué la cumpliría" in rule
        assert "Quién puede registrarla" in rule

    plan = f"/files/{story.code}/return/"
    bruno.page.goto(plan)
    action = str(bruno.page.locator("form[action$='/plan/']").get_attribute("action"))
    for username in PASSPHRASES:
        one = bruno if username == "bruno" else enter(username)
        for address in (action, action.replace("/plan/", "/depart/")):
            answer = _post(one, address, {"version": "1", "departed_date": today().isoformat()})
            assert answer.status in {403, 404, 409, 422}, f"{username} {address} {answer.status}"
    bruno.page.goto(plan)
    assert "En preparación" in bruno.page.locator("main .am-summary").first.inner_text()


def _post(deeds: Deeds, path: str, typed: dict[str, str]) -> Any:
    """Send a form of any address with a true token, as somebody with a tool would."""
    deeds.page.goto("/account/passphrase/")
    token = deeds.page.locator("input[name=csrfmiddlewaretoken]").first.input_value()
    address = deeds.page.url.split("/account/")[0]
    headers = {"Referer": deeds.page.url, "Origin": address}
    return deeds.page.request.post(
        path, form={"csrfmiddlewaretoken": token, **typed}, headers=headers, max_redirects=0
    )


def test_step_7_where_every_condition_holds_a_certificate_lapses_on_new_facts(enter: Enter) -> None:
    bruno = enter("bruno")
    code = code_of(bruno, "Yolanda Escobar")
    bruno.page.goto(f"/files/{code}/return/")
    assert "Certificado vigente" in text_of(bruno)
    path = str(bruno.page.locator("a[href$='certificate.pdf']").get_attribute("href"))
    printed = pdf_text(bruno, path)
    assert code in printed
    assert f"{(datetime.now(UTC) - timedelta(days=1)).year}" in printed

    conditions = str(
        bruno.page.locator(".govuk-button-group a[href*='/procedures/']").first.get_attribute("href")
    )
    bruno.find(
        conditions, "return.basis.voluntary.free", "Hoy dice que ya no quiere volver.", "not_established"
    )
    bruno.page.goto(f"/files/{code}/return/")
    assert "El certificado no está vigente" in text_of(bruno)
    bruno.submit("form[action$='/plan/']")
    assert bruno.page.locator("[data-refusal]").count() == 1


def test_step_8_for_dora_the_file_does_not_exist(enter: Enter, story: Story) -> None:
    dora = enter("dora")
    hidden, absent = (dora.page.request.get(path) for path in (f"/files/{story.code}/", NO_SUCH_FILE))
    assert hidden.status == absent.status == 404
    assert _without_token(hidden.body()) == _without_token(absent.body())
    for path in (story.identification, f"/files/{story.code}/return/", story.sent, story.received):
        assert _without_token(dora.page.request.get(path).body()) == _without_token(absent.body())


def _without_token(body: bytes) -> bytes:
    """Return a page without its form token, the only part that is drawn anew for each answer."""
    return CSRF.sub(b"", body)


def test_step_8_the_consulate_finds_nothing(enter: Enter, story: Story) -> None:
    camilo = enter("camilo")
    assert "Arboleda" not in camilo.page.content()
    absent = camilo.page.request.get(NO_SUCH_FILE)
    hidden = camilo.page.request.get(f"/files/{story.code}/")
    assert (hidden.status, _without_token(hidden.body())) == (404, _without_token(absent.body()))
    search = camilo.page.request.get("/people/search/")
    if search.status == 200:
        camilo.page.goto("/people/search/")
        camilo.page.locator("main input[name=text]").fill("Marisol Arboleda")
        camilo.submit()
        assert camilo.page.locator("main a[href^='/files/']").count() == 0


def test_step_8_eve_administers_and_sees_no_name_anywhere(enter: Enter, story: Story) -> None:
    from tools.walk import NEWCOMER

    eve = enter("eve")
    names = {"Marisol", "Yolanda Escobar", NEWCOMER.names[0].given, NEWCOMER.names[1].given, story.code}
    seen: set[str] = set()
    ahead = ["/", "/administration/"]
    while ahead:
        path = ahead.pop()
        if path in seen:
            continue
        seen.add(path)
        answer = eve.page.request.get(path)
        assert [name for name in names if name.encode() in answer.body()] == [], path
        if "content-disposition" in answer.headers or "text/html" not in answer.headers["content-type"]:
            continue
        eve.page.goto(path)
        links = eve.page.locator("a[href^='/']").evaluate_all("links => links.map(a => a.pathname)")
        ahead += [link for link in links if link not in seen and len(seen) < MOST_PAGES]
    assert any(path.startswith("/administration/staff/") for path in seen)
    assert eve.page.request.get(f"/files/{story.code}/").status == 404


def test_without_scripts_amina_registers_finds_and_refers(enter: Enter) -> None:
    from amparo.site.demo.places import PLACES
    from tools.walk import GROUNDS, Name, Newcomer, path_of

    amina = enter("amina", scripts=False)
    amina.type_newcomer(Newcomer((Name("Wendolyn", "Ixcoy", "Tzul", "es"),)))
    amina.submit()
    assert "La persona está registrada" in text_of(amina)
    code = path_of(amina.page).split("/")[2]
    guide = amina.open_procedure(code, "victim-identification")
    for element, reasons in GROUNDS.items():
        amina.find(guide, element, reasons)
    assert "Los elementos de la trata están documentados." in text_of(amina)
    amina.prepare_referral(code)
    assert amina.page.locator("[data-refusal]").count() == 1
    amina.record_consent(code, today(), beside=PLACES["childhood"].agency)
    amina.prepare_referral(code)
    amina.press("send")
    assert "La remisión se envió" in text_of(amina)


def test_step_9_ines_reads_who_opened_what_and_a_changed_row_is_named(enter: Enter, story: Story) -> None:
    ines = enter("ines")
    ines.page.goto(f"/oversight/openings/?code={story.code}")
    said = text_of(ines)
    for words in ("Amina Diallo", "Bruno Salas", story.code):
        assert words in said
    assert "Marizol" not in ines.page.content()

    home = story.installation.home
    assert verify(home).returncode == 0
    changed = change_a_row(home / "amparo.sqlite3", story.code)
    verdict = verify(home)
    assert verdict.returncode == 1
    assert changed in verdict.stdout + verdict.stderr


def verify(home: Path) -> subprocess.CompletedProcess[str]:
    from tools.installation import environment_of

    return subprocess.run(
        [AMPARO, "ledger", "verify"], env=environment_of(home), capture_output=True, text=True, check=False
    )


def change_a_row(database: Path, code: str) -> str:
    """Change who did something in the ledger, as somebody with the file would; return the row's id."""
    with sqlite3.connect(database, timeout=60) as connection:
        triggers = connection.execute(
            "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'ledger_entry'"
        )
        for (name,) in triggers.fetchall():
            connection.execute(f'DROP TRIGGER "{name}"')
        (row,) = connection.execute("SELECT id FROM ledger_entry WHERE subject = ? LIMIT 1", [code])
        connection.execute("UPDATE ledger_entry SET actor_ref = 'staff:nobody' WHERE id = ?", row)
    connection.close()
    return str(UUID(row[0]))
