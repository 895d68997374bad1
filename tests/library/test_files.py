"""Entries out and in as files: the same comes back, faults are named, hostile files are refused quickly."""

from __future__ import annotations

import re
import time
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils.translation import override
from hypothesis import given
from hypothesis import settings as limits
from hypothesis import strategies as st

from amparo.library import queries
from amparo.library.actions import bring_up_to_date
from amparo.library.data import CONTENT, Decision, FileBroken, FileRefused, Instrument, Provision, Words
from amparo.library.doctrine_entries import list_doctrine_entries
from amparo.library.files import WEB_LIMIT, read_act, read_file, write_act, write_yaml
from amparo.library.models import Entry
from amparo.site.commands.library import library
from tests.library.corpus import NOW, make_corpus
from tests.library.hostile import HEAD, HOSTILE
from tests.people import Cast

ACT = Instrument(
    key="cr/ley-1",
    title=Words(es="Ley <1> & Cía.", en="Act 1"),
    kind="national",
    country="CRI",
    in_force_from=date(2013, 2, 8),
    status="V",
    languages=["es"],
)
ARTICLE = Provision(
    key="cr/ley-1/art_1",
    instrument="cr/ley-1",
    title=Words(es="Ley <1> & Cía., art. 1"),
    place=Words(es="art. 1"),
    kind="national",
    country="CRI",
    in_force_from=date(2013, 2, 8),
    status="U-h",
    text="Nadie será devuelto.\nTampoco en la frontera.",
)
WORDS = st.builds(
    Words,
    es=st.text(st.characters(blacklist_categories=["Cs", "Cc", "Cf", "Co"]), min_size=1).filter(str.strip),
)
WILD = st.builds(
    Decision,
    key=st.just("x/1"),
    title=WORDS,
    forum=WORDS,
    country=st.sampled_from(["", "NOR", "CRI"]),
    number=st.sampled_from(["no", "1e5", "2008-10-30", "~", "0o17", "null", "=cmd", "# a", "a: b"]),
    redacted=st.booleans(),
    date=st.sampled_from(["", "2008", "2008-10", "2008-10-30"]),
)


@limits(max_examples=200, deadline=None)
@given(content=WILD)
def test_yaml_reads_back_what_was_written(content: Decision) -> None:
    reading = read_file(write_yaml([content]).encode())
    assert reading.faults == ()
    assert reading.contents == (CONTENT.validate_python(content.model_dump(mode="json")),)


def test_all_of_doctrine_and_the_corpus_read_back_the_same() -> None:
    for contents in (list_doctrine_entries(), make_corpus()):
        reading = read_file(write_yaml(contents).encode())
        assert reading.faults == ()
        assert list(reading.contents) == contents


def test_an_act_reads_back_with_its_articles() -> None:
    written = write_act(ACT, [ARTICLE], language="es")
    reading = read_file(written)
    assert reading.faults == ()
    instrument, article = reading.contents
    assert instrument == ACT.model_copy(update={"title": Words(es=ACT.title.es)})
    assert article == ARTICLE


def test_an_act_of_somebody_else_comes_in_as_not_verified() -> None:
    foreign = b"""<akomaNtoso xmlns="http://docs.oasis-open.org/legaldocml/ns/akn/3.0"><act name="ley"><meta>
      <identification source="#x"><FRBRWork><FRBRthis value="/akn/uy/act/2018-07-20/19643"/>
      <FRBRdate date="2018-07-20" name="g"/><FRBRcountry value="uy"/></FRBRWork><FRBRExpression>
      <FRBRlanguage language="spa"/></FRBRExpression></identification></meta><preface><longTitle><p>
      <docTitle>Ley  de prueba</docTitle></p></longTitle></preface><body><chapter><article eId="chp_1__art_3">
      <num>Art. 3</num><content><p>Texto <b>de</b> prueba.</p></content></article></chapter></body></act>
      </akomaNtoso>"""
    instrument, article = read_act(foreign, WEB_LIMIT).contents
    assert isinstance(article, Provision)
    assert (instrument.key, instrument.country) == ("uy-act-2018-07-20-19643", "URY")
    assert (instrument.title.es, str(instrument.status)) == ("Ley de prueba", "U-l")
    assert (article.key, article.text) == ("uy-act-2018-07-20-19643/chp_1__art_3", "Texto de prueba.")


def test_every_fault_is_named_by_line_and_field() -> None:
    text = """library: 1
entries:
  - key: gt/1
    shape: decision
    title: {es: A}
    forum: {es: B}
    colour: red
    date: el martes
    outcome: splendid
  - key: gt/2
    shape: law
    title: {}
more: 1
"""
    reading = read_file(text.encode())
    assert reading.contents == ()
    assert [(fault.line, fault.field, fault.code) for fault in reading.faults] == [
        (7, "entries.0.colour", "extra_forbidden"),
        (8, "entries.0.date", "string_pattern_mismatch"),
        (9, "entries.0.outcome", "literal_error"),
        (10, "entries.1", "union_tag_invalid"),
        (13, "more", "extra_forbidden"),
    ]


@pytest.mark.parametrize(
    "twice", ["key: a\n    key: b", "key: a\n    shape: instrument\n    title: {es: A}\n  - key: a"]
)
def test_what_stands_twice_is_a_fault(twice: str) -> None:
    text = f"library: 1\nentries:\n  - {twice}\n    shape: instrument\n    title: {{es: A}}\n"
    assert "duplicate_key" in {fault.code for fault in read_file(text.encode()).faults}


@pytest.mark.parametrize("name", list(HOSTILE))
def test_a_hostile_file_is_refused_within_two_seconds(name: str) -> None:
    content, problem = HOSTILE[name]
    started = time.perf_counter()
    with pytest.raises(FileRefused) as refusal:
        read_file(content)
    assert refusal.value.details["problem"] == problem
    assert time.perf_counter() - started < 2


BROKEN = {
    "yaml": (b"library: 1\nentries:\n  - key: [a\n    shape: decision\n", 4),
    "indentation": (b"library: 1\nentries:\n  - key: a\n   shape: decision\n", 4),
    "xml": (HEAD + b"\n<act>\n</bill></akomaNtoso>", 3),
}


@pytest.mark.parametrize("name", list(BROKEN))
def test_a_broken_file_says_the_line_where_reading_ended(name: str) -> None:
    content, line = BROKEN[name]
    with pytest.raises(FileBroken) as refusal:
        read_file(content)
    assert refusal.value.details["line"] == line
    with override("en"):
        assert f"line {line};" in refusal.value.reason


@pytest.fixture
def bruno(cast: Cast) -> Client:
    bring_up_to_date(now=NOW)
    client = cast.bruno.client(Client())
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    return client


def upload(client: Client, content: bytes) -> str:
    return client.post("/library/import/", {"file": SimpleUploadedFile("x.yaml", content)}).content.decode()


def test_a_file_is_shown_first_and_taken_in_after(bruno: Client) -> None:
    page = upload(bruno, write_act(ACT, [ARTICLE], language="es"))
    assert "cr/ley-1/art_1" in page
    assert queries.find_entry("cr/ley-1") is None
    carried = write_yaml(read_file(write_act(ACT, [ARTICLE], language="es")).contents)
    assert bruno.post("/library/import/", {"yaml": carried}).status_code == 302
    assert [hit.entry.key for hit in queries.search("devuelto frontera").hits] == ["cr/ley-1/art_1"]
    assert 'name="yaml"' not in upload(bruno, carried.encode())


def test_a_file_with_a_fault_or_of_doctrine_offers_nothing_to_take_in(bruno: Client) -> None:
    page = upload(
        bruno, b"library: 1\nentries:\n  - {key: x/1, shape: instrument, title: {es: A}, colour: red}"
    )
    assert "There is no such field." in page
    assert 'name="yaml"' not in page
    changed = list_doctrine_entries()[0].model_copy(update={"where": "x"})
    page = upload(bruno, write_yaml([changed]).encode())
    assert "entries that come with the program" in page
    assert 'name="yaml"' not in page


@pytest.mark.parametrize("name", list(HOSTILE))
def test_a_hostile_upload_is_answered_with_a_page(bruno: Client, name: str) -> None:
    page = upload(bruno, HOSTILE[name][0])
    assert "govuk-error-summary" in page


def test_the_refusal_of_a_file_is_a_sentence_without_a_code(bruno: Client) -> None:
    bruno.cookies[settings.LANGUAGE_COOKIE_NAME] = "es"
    page = upload(bruno, HOSTILE["alias"][0])
    assert "anchor)" not in page
    assert re.search(r">\s*Archivo\s*<", page)


def decision(**changes: object) -> Decision:
    said = {"key": "x/1", "title": {"es": "A"}, "forum": {"es": "B"}, "outcome": "unknown"}
    return Decision.model_validate(said | changes)


def test_a_file_is_held_to_what_a_form_is(bruno: Client) -> None:
    assert "No calendar has this day." in upload(
        bruno,
        b"library: 1\nentries:\n"
        b"  - {key: x/1, shape: decision, title: {es: A}, forum: {es: B}, date: 2999-02-30}",
    )
    for wrong, says in (
        ([decision(date="2999-02-28")], "has not come yet"),
        ([decision(cites=["no/such"])], "cites no/such"),
    ):
        answer = bruno.post("/library/import/", {"yaml": write_yaml(wrong)})
        assert (answer.status_code, says in answer.content.decode()) == (400, True)
    among_each_other = [decision(cites=["x/2"]), decision(key="x/2", cites=["x/1"])]
    assert bruno.post("/library/import/", {"yaml": write_yaml(among_each_other)}).status_code == 302


def test_the_preview_names_what_the_import_would_refuse_by_line_and_field(bruno: Client) -> None:
    page = upload(
        bruno,
        b"""library: 1
entries:
  - key: x/1
    shape: decision
    title: {es: A}
    forum: {es: B}
    date: 2999-01
    cites: [seed/fn12,
      no/such]
    elements: [no.such]
  - {key: x/2, shape: provision, instrument: no/such, place: {es: 1}, title: {es: AM-G7UJ-FF7K}}
  - key: x/3
    shape: instrument
    title: {es: A}
    in_force_from: 2020-01-02
    in_force_until: 2020-01-01
  - {key: x/1, shape: instrument, title: {es: A}}
""",
    )
    for line, name, says in (
        (7, "entries.0.date", "has not come yet"),
        (9, "entries.0.cites.1", "no entry of the library"),
        (10, "entries.0.elements.0", "No guide"),
        (11, "entries.1.instrument", "no such instrument"),
        (11, "entries.1.title.es", "the code of a file"),
        (16, "entries.2.in_force_until", "before the first"),
        (17, "entries.3.key", "twice"),
    ):
        assert re.search(rf"Line {line}, <code>{name}</code>:[^<]*{says}", page), name
    assert "Take it in" not in page


def test_a_whole_file_is_taken_in_or_nothing(bruno: Client) -> None:
    orphan = ARTICLE.model_copy(update={"key": "zz/1", "instrument": "no/such"})
    text = write_yaml([ACT, orphan])
    answer = bruno.post("/library/import/", {"yaml": text})
    assert answer.status_code == 400
    assert "no instrument with the key no/such" in answer.content.decode()
    assert queries.find_entry("cr/ley-1") is None


def test_entries_are_downloaded_as_yaml_and_as_an_act(bruno: Client) -> None:
    answer = bruno.get("/library/export/", {"key": "palermo"})
    keys = {content.key for content in read_file(answer.content).contents}
    assert {"palermo", "palermo/3"} <= keys
    assert read_file(bruno.get("/library/acts/palermo.xml").content).faults == ()
    assert bruno.get("/library/acts/seed/fn12.xml").status_code == 404
    assert read_file(bruno.get("/library/export/").content).contents == ()


@pytest.mark.django_db
def test_the_command_imports_and_exports(tmp_path: Path) -> None:
    file, out = tmp_path / "in.yaml", tmp_path / "out.yaml"
    file.write_text(write_yaml([ACT, ARTICLE]), encoding="utf-8")
    run = CliRunner()
    assert "Nothing was written" in run.invoke(library, ["import", "--dry-run", str(file)]).output
    assert Entry.objects.count() == 0
    assert "2 added, 0 changed" in run.invoke(library, ["import", str(file)]).output
    assert "0 added, 0 changed" in run.invoke(library, ["import", str(file)]).output
    assert run.invoke(library, ["export", str(out)]).exit_code == 0
    assert out.read_text(encoding="utf-8") == file.read_text(encoding="utf-8")
    assert run.invoke(library, ["export", str(out), "--format", "akn", "--key", "cr/ley-1"]).exit_code == 0
    file.write_text("library: 1\nentries:\n  - {key: x/1, shape: law}", encoding="utf-8")
    refused = run.invoke(library, ["import", str(file)])
    assert refused.exit_code == 1
    assert "line 3: entries.0" in refused.output
    assert "New: 0." not in run.invoke(library, ["sync"]).output
