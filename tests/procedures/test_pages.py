"""The pages of a procedure, through HTTP: what each person sees, and what a form does."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest
from django.conf import settings
from django.test import Client
from pypdf import PdfReader

from amparo.ledger.models import Entry
from amparo.procedures.models import Finding
from tests.people import Cast
from tests.procedures.world import World, make_world

ELEMENT = "trafficking.act.transport"
SECRET = "Consta en la entrevista"


@pytest.fixture
def world(cast: Cast) -> World:
    """The same world at the real time: pages run on the clock of the request."""
    world = make_world(cast)
    world.now = datetime.now(UTC)
    return world


@pytest.fixture
def opened(world: World):
    procedure_id = world.open("victim-identification")
    world.find(procedure_id, ELEMENT, evidence=["INTERVIEW"])
    return procedure_id, f"/files/{world.code}/procedures/{procedure_id}/"


@pytest.fixture(autouse=True)
def _in_english(client: Client) -> None:
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"


def read(client: Client, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def test_the_page_says_where_it_stands_and_what_would_conclude_it(client: Client, world: World, opened):
    world.cast.amina.client(client)
    html = read(client, opened[1])
    for words in (
        "Where this stands",
        "How to go on",
        "What would establish trafficking:",
        "What would rule it out:",
        "Elements are still to be assessed. Who is at risk is protected too.",
        "People decide and sign",
    ):
        assert words in html


@pytest.mark.parametrize("definition", ["nothing", "border-visit", "return", ""])
def test_what_is_not_offered_is_not_opened_and_says_so(client: Client, world: World, definition: str):
    world.cast.amina.client(client)
    answer = client.post(f"/files/{world.code}/procedures/", {"definition": definition} if definition else {})
    assert answer.status_code == 400
    assert "Nothing was opened" in answer.content.decode()


def test_the_open_element_shows_question_sources_and_reasons(client: Client, world: World, opened):
    world.cast.amina.client(client)
    html = read(client, f"{opened[1]}{ELEMENT}/")
    assert SECRET in html
    assert "Palermo" in html
    assert "Amina Diallo" in html


def test_the_region_s_decisions_stand_beside_the_element_adverse_ones_too(client: Client, world: World):
    procedure_id = world.open("refugee-status")
    world.cast.amina.client(client)
    url = f"/files/{world.code}/procedures/{procedure_id}/refugee.persecution.retrafficking/"
    assert "Decisions of the region on this point" in read(client, url)


def test_locked_pages_show_codes_and_no_reasons(client: Client, world: World, opened):
    world.cast.amina.client(client, is_unlocked=False)
    html = read(client, f"{opened[1]}{ELEMENT}/")
    assert SECRET not in html
    assert "Reasons withheld" in html
    assert world.code in html
    assert "Lucía" not in html


def test_a_form_records_a_finding_and_keeps_what_was_typed_when_it_cannot(
    client: Client, world: World, opened
):
    world.cast.bruno.client(client)
    url = f"{opened[1]}trafficking.act.transfer/"
    typed = {"truth": "established", "reasons": "", "standard": "REASONABLE_GROUNDS"}
    answer = client.post(url, typed)
    assert answer.status_code == 400
    assert "Write the reasons." in answer.content.decode()
    answer = client.post(url, {**typed, "reasons": "Cambió de manos\u202e dos veces."})
    assert answer.status_code == 302
    assert Finding.objects.filter(element="trafficking.act.transfer", by_name="Bruno Salas").count() == 1
    assert "Cambió de manos dos veces." in read(client, url)


def test_a_step_out_of_its_order_is_refused_and_one_of_no_law_does_not_exist(
    client: Client, world: World, opened
):
    world.cast.amina.client(client)
    early = client.get(f"{opened[1]}steps/find_reasonable_grounds/")
    assert early.status_code == 409
    assert "no step from its present stage" in early.content.decode()
    assert client.get(f"{opened[1]}steps/invented/").status_code == 404


def test_a_concluded_guide_opens_at_an_element_and_its_steps_too(client: Client, world: World, opened):
    procedure_id, url = opened
    world.find(procedure_id, "trafficking.means.deception")
    world.find(procedure_id, "trafficking.purpose.forced_labour")
    world.cast.amina.client(client)
    assert "The elements of trafficking are documented" in read(client, url)
    assert "Sign this step" in read(client, f"{url}steps/screen/")


def test_for_others_the_page_does_not_exist(client: Client, world: World, opened):
    for who in ("dora", "consul", "eve"):
        getattr(world.cast, who).client(client)
        real = client.get(opened[1])
        invented = client.get("/files/AM-2222-2222/procedures/")
        assert (real.status_code, invented.status_code) == (404, 404)


def test_the_memorandum_is_a_tagged_pdf_that_names_no_one_in_its_file_name(
    client: Client, world: World, opened, tmp_path
):
    world.cast.amina.client(client)
    before = Entry.objects.filter(verb="vault.open").count()
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "es"
    answer = client.get(f"{opened[1]}memorandum.pdf")
    assert answer["Content-Type"] == "application/pdf"
    assert world.code in answer["Content-Disposition"]
    assert Entry.objects.filter(verb="vault.open").count() == before + 1
    (tmp_path / "memo.pdf").write_bytes(answer.content)
    document = PdfReader(tmp_path / "memo.pdf")
    text = "\n".join(page.extract_text() for page in document.pages)
    assert "DOCUMENTA; NO DECIDE" in text
    assert SECRET in text
    assert document.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert "pdfuaid" in document.trailer["/Root"]["/Metadata"].get_data().decode()


def test_a_memorandum_printed_while_locked_withholds_the_reasons(
    client: Client, world: World, opened, tmp_path
):
    world.cast.amina.client(client, is_unlocked=False)
    answer = client.get(f"{opened[1]}memorandum.pdf")
    (tmp_path / "memo.pdf").write_bytes(answer.content)
    text = "\n".join(page.extract_text() for page in PdfReader(tmp_path / "memo.pdf").pages)
    assert SECRET not in text
    assert "The reasons are withheld" in text


@pytest.mark.parametrize("text", ["#eval(1) *no* $x$ @label", "أمينة 😀 አማርኛ"])
def test_what_people_typed_is_never_read_as_markup(client: Client, world: World, text: str, tmp_path):
    from amparo.core.truth import Truth
    from amparo.procedures.actions import record_finding

    procedure_id = world.open("victim-identification")
    record_finding(
        world.amina,
        now=world.now,
        person_id=world.person_id,
        procedure_id=procedure_id,
        element=ELEMENT,
        truth=Truth.ESTABLISHED,
        reasons=text,
    )
    world.cast.amina.client(client)
    answer = client.get(f"/files/{world.code}/procedures/{procedure_id}/memorandum.pdf")
    assert answer.status_code == 200
    (tmp_path / "memo.pdf").write_bytes(answer.content)
    printed = "\n".join(page.extract_text() for page in PdfReader(tmp_path / "memo.pdf").pages)
    assert text.split()[0][:5] in printed or not text.isascii()


def test_the_queries_of_the_guide_page_do_not_grow_with_its_findings(
    client: Client, world: World, opened, django_assert_max_num_queries
):
    world.cast.amina.client(client)
    for element in ("trafficking.act.transfer", "trafficking.means.fraud", "trafficking.means.force"):
        world.find(opened[0], element)
    with django_assert_max_num_queries(37):
        read(client, opened[1])


def test_a_guide_that_reads_the_age_opens_on_an_element_of_its_own(client: Client, world: World) -> None:
    """The age is a leaf of the return gate, and no element: it has no page."""
    world.cast.amina.client(client)
    url = f"/files/{world.code}/procedures/{world.open('return')}/"
    assert "Where this stands" in read(client, url)
    assert client.get(f"{url}person.child/").status_code == 404


def branches_of(html: str) -> list[tuple[str, bool]]:
    """Return the label of every branch of the tree and whether it is open."""
    heads = re.findall(r'<details class="am-branch"( open)?>.*?am-branch__label">([^<]*)<', html, re.DOTALL)
    return [(label, bool(is_open)) for is_open, label in heads]


def test_only_the_branch_of_the_open_element_is_open(client: Client, world: World, opened):
    world.cast.amina.client(client)
    branches = branches_of(read(client, f"{opened[1]}trafficking.means.fraud/"))
    assert len(branches) > 2
    assert [label for label, is_open in branches if is_open] == ["Means, not required for a child"]


def test_a_closed_branch_says_its_state_and_how_much_is_open(client: Client, world: World, opened):
    world.cast.amina.client(client)
    heads = re.findall(
        r"<summary class=\"am-branch__head\">(.*?)</summary>", read(client, opened[1]), re.DOTALL
    )
    act, means = heads[0], heads[1]
    assert "am-tag--established" in act
    assert "open" not in act
    assert "am-tag--not-assessed" in means
    assert re.search(r"\d+ elements open", means)


def test_a_top_level_element_without_parts_is_a_plain_link(client: Client, world: World):
    procedure_id = world.open("refugee-status")
    world.cast.amina.client(client)
    url = f"/files/{world.code}/procedures/{procedure_id}/cartagena.outside/"
    assert '<ul class="am-branch am-branch--single">' in read(client, url)


@pytest.mark.parametrize(
    ("text", "is_accessible"),
    [("لا أستطيع العودة · መመለስ አልችልም · она боится", True), ("Dijo que sí 😀", False)],
)
def test_a_memorandum_claims_pdf_ua_where_its_fonts_have_every_letter(
    client: Client, world: World, text: str, is_accessible: bool, tmp_path
):
    from amparo.core.truth import Truth
    from amparo.procedures.actions import record_finding

    procedure_id = world.open("victim-identification")
    record_finding(
        world.amina,
        now=world.now,
        person_id=world.person_id,
        procedure_id=procedure_id,
        element=ELEMENT,
        truth=Truth.ESTABLISHED,
        reasons=text,
    )
    world.cast.amina.client(client)
    answer = client.get(f"/files/{world.code}/procedures/{procedure_id}/memorandum.pdf")
    (tmp_path / "memo.pdf").write_bytes(answer.content)
    metadata = PdfReader(tmp_path / "memo.pdf").trailer["/Root"]["/Metadata"].get_data().decode()
    assert ("pdfuaid" in metadata) is is_accessible


def test_a_spanish_memorandum_has_no_english_mark(client: Client, world: World, tmp_path):
    procedure_id = world.open("refugee-status")
    world.cast.amina.client(client)
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "es"
    answer = client.get(f"/files/{world.code}/procedures/{procedure_id}/memorandum.pdf")
    (tmp_path / "memo.pdf").write_bytes(answer.content)
    text = "\n".join(page.extract_text() for page in PdfReader(tmp_path / "memo.pdf").pages)
    assert "[sin verificar]" in text
    assert "[not verified]" not in text
    assert "versión 1" in text


def test_the_routes_stand_side_by_side_also_while_none_is_opened(client: Client, world: World) -> None:
    world.cast.amina.client(client)
    url = f"/files/{world.code}/procedures/side-by-side/"
    before = read(client, url)
    assert before.count('<section class="am-side"') == 3
    assert before.count("Not opened yet") == 3
    procedure_id = world.open("refugee-status")
    world.find(procedure_id, "refugee.outside.nationality")
    after = read(client, url)
    assert "Not opened yet" not in after
    assert after.count("am-tag--established") > before.count("am-tag--established")
    assert f"{procedure_id}/cartagena.outside/" in after


def test_a_comparison_is_offered_only_where_there_are_routes_to_compare(client: Client, world: World) -> None:
    world.cast.amina.client(client)
    base = f"/files/{world.code}/procedures/"
    alone = world.open("screening")
    for url in (base, f"{base}{alone}/"):
        assert "procedures/side-by-side/" not in read(client, url)
    claim = world.open("refugee-status")
    for url in (base, f"{base}{claim}/"):
        assert "procedures/side-by-side/" in read(client, url)
    assert "procedures/side-by-side/" not in read(client, f"{base}{alone}/")


def test_for_others_the_routes_do_not_exist_either(client: Client, world: World) -> None:
    for who in ("dora", "consul", "eve"):
        getattr(world.cast, who).client(client)
        assert client.get(f"/files/{world.code}/procedures/side-by-side/").status_code == 404


def test_interchangeable_grounds_stand_on_one_line_and_further_ways_are_folded(client: Client, world: World):
    procedure_id = world.open("refugee-status")
    world.cast.amina.client(client)
    html = read(client, f"/files/{world.code}/procedures/{procedure_id}/")
    top = html[: html.index('id="element-title"')]
    assert top.count("For race") == 1
    assert "The other ways" in top


def test_a_page_opens_on_what_could_establish_never_on_a_bar(client: Client, world: World) -> None:
    procedure_id = world.open("refugee-status")
    world.find(procedure_id, "refugee.outside.nationality")
    world.cast.amina.client(client)
    html = read(client, f"/files/{world.code}/procedures/{procedure_id}/")
    shown = re.search(r'id="element-title">([^<]*)<', html)
    assert shown is not None
    assert shown[1] not in {"Relocation not relevant", "No indication of exclusion"}


def test_an_element_without_a_source_says_so_and_what_would_verify_it(client: Client, world: World) -> None:
    world.cast.amina.client(client)
    url = f"/files/{world.code}/procedures/{world.open('return')}/return.fitness.override/"
    html = read(client, url)
    assert "No source recorded" in html
    assert "What would verify it" in html
