"""The gap analysis and the tracker: what nobody read is not "no", and every reading stays."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client
from django.utils.translation import override
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries
from python_calamine import CalamineWorkbook

from amparo.access.data import Actor, Denied, Stale, TellsWhoItIs
from amparo.advocacy import queries
from amparo.advocacy.actions import (
    add_commitment,
    add_event,
    close_commitment,
    edit_initiative,
    edit_wording,
    open_initiative,
    record_reading,
)
from amparo.advocacy.data import (
    BeginsLate,
    CitedElsewhere,
    InitiativeTerms,
    NoSuchRow,
    NothingCited,
    Reading,
    UnknownCitation,
    WrongDay,
)
from amparo.advocacy.documents import gap_report_content, make_workbook
from amparo.advocacy.models import GapReading
from amparo.advocacy.queries.gaps import _cell
from amparo.doctrine.gaps import Value
from amparo.doctrine.registry import list_assessments, list_checklist, list_packs
from amparo.library.actions import bring_up_to_date
from tests.people import Cast

NOW = datetime(2026, 11, 20, 15, 0, tzinfo=UTC)
TERMS = InitiativeTerms("BILL", "GTM", "Reforma del Decreto 9-2009", "DRAFTED", ("L14", "L26"))


@pytest.fixture
def chidi(cast: Cast) -> Actor:
    bring_up_to_date(now=NOW)
    return cast.chidi.actor_at(NOW)


def read(actor: Actor, **changes: object) -> int:
    said: dict[str, object] = {
        "country": "GTM",
        "instrument": "gtm-9-2009",
        "row": "L14",
        "value": Value.PARTIAL,
        "citations": ("gtm-9-2009/16",),
        "text": "",
        "version": 0,
    }
    return record_reading(actor, now=NOW, **(said | changes))  # type: ignore[arg-type]


def test_what_nobody_read_is_not_assessed(db: None) -> None:
    read_rows = {(one.country, one.row) for one in list_assessments()}
    for row in queries.list_rows("es", NOW.date()):
        for cell in row.cells:
            if (cell.country, cell.row) not in read_rows:
                assert cell.value is Value.NOT_ASSESSED


@given(st.lists(st.sampled_from(list(Value)), max_size=6))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_never_comes_from_silence(values: list[Value]) -> None:
    readings = [_reading(value) for value in values]
    cell = _cell("L14", "GTM", readings)
    assert (cell.value is Value.NO) == (Value.NO in values and not {Value.YES, Value.PARTIAL} & set(values))
    assert (cell.value is Value.NOT_ASSESSED) == (set(values) <= {Value.NOT_ASSESSED})


def _reading(value: Value) -> Reading:
    return Reading("L14", "GTM", "x", value, (), "", "", date(2026, 1, 1), is_unverified=False)


def test_a_reading_stands_in_the_place_of_doctrine_and_stays(chidi: Actor) -> None:
    assert queries.get_row("L14", "GTM", "es", NOW.date()).cells[0].value is Value.NOT_ASSESSED
    assert read(chidi) == 1
    assert read(chidi, value=Value.YES, version=1) == 2
    cell = queries.get_row("L14", "GTM", "es", NOW.date()).cells[0]
    assert (cell.value, cell.readings[0].assessor) == (Value.YES, chidi.name)
    assert GapReading.objects.count() == 2


def test_of_two_who_read_at_once_the_second_is_told(chidi: Actor) -> None:
    read(chidi)
    with pytest.raises(Stale):
        read(chidi)


def test_a_value_needs_what_it_stands_on(chidi: Actor) -> None:
    with pytest.raises(NothingCited):
        read(chidi, citations=())
    with pytest.raises(UnknownCitation):
        read(chidi, citations=("no/such",))
    with pytest.raises(CitedElsewhere):
        read(chidi, citations=("gtm-9-2009/16", "palermo/3"))
    for wrong in ({"row": "L99"}, {"country": "XXX"}, {"instrument": "ury-19643"}):
        with pytest.raises(NoSuchRow):
            read(chidi, **wrong)
    read(chidi, value=Value.NOT_ASSESSED, citations=())


def test_no_code_of_a_case_enters_what_everybody_reads(chidi: Actor) -> None:
    for slip in ("Véase AM-G7UJ-FF7K.", "Llame al +506 8888 1234.", "escriba a x@example.org"):
        with pytest.raises(TellsWhoItIs):
            read(chidi, text=slip)
    with pytest.raises(TellsWhoItIs):
        open_initiative(chidi, now=NOW, terms=replace(TERMS, title="AM-G7UJ-FF7K"))


def test_only_who_keeps_the_law_writes(cast: Cast, chidi: Actor) -> None:
    with pytest.raises(Denied):
        read(cast.amina.actor_at(NOW))
    with pytest.raises(Denied):
        open_initiative(cast.amina.actor_at(NOW), now=NOW, terms=TERMS)


def test_the_best_of_the_region_is_another_countrys_yes(chidi: Actor) -> None:
    best = queries.list_best("GTM", "es", NOW.date())["L14"]
    assert [one.country for one in best] == ["URY"]
    assert queries.list_best("URY", "es", NOW.date())["L14"] == []


def test_law_no_longer_in_force_never_counts(chidi: Actor, cast: Cast, client: Client) -> None:
    last = date(2012, 6, 15)
    then, now = (
        queries.get_row("L30", "MEX", "es", day).cells[0] for day in (last, last + timedelta(days=1))
    )
    assert (then.value, then.ended) == (Value.YES, ())
    assert (now.value, now.citations, now.is_unverified) == (Value.NOT_ASSESSED, (), False)
    assert [one.last_day for one in now.ended] == [last]
    assert "MEX" not in {one.country for one in queries.list_best("URY", "es", NOW.date())["L30"]}
    ours = cast.chidi.client(client)
    assert "dejó de estar vigente" in ours.get("/advocacy/countries/MEX/L30/").content.decode()
    country = ours.get("/advocacy/countries/MEX/").content.decode()
    assert "Nadie ha leído aún la ley vigente aquí" in country
    unread = country.split('id="unread"')[1]
    assert unread.count("Leída solo en una ley que ya no está vigente") == 1
    with override("es"):
        told = gap_report_content("MEX", language="es", printed_by="Chidi", now=NOW)["gaps"]
    assert "Ley para Prevenir" in next(gap["here"][0] for gap in told if gap["id"] == "L30")


def test_a_reading_made_here_of_law_no_longer_in_force_does_not_count_either(chidi: Actor) -> None:
    cited = ("mex-2007", "mex-2007/13-II-b")
    for version, citations in enumerate((cited, cited[:1])):
        read(chidi, country="MEX", instrument="mex-2007", row="L30", citations=citations, version=version)
        assert queries.get_row("L30", "MEX", "es", NOW.date()).cells[0].value is Value.NOT_ASSESSED
    read(chidi, country="MEX", instrument="mex-2012", row="L30", citations=("mex-2012/act",))
    assert queries.get_row("L30", "MEX", "es", NOW.date()).cells[0].value is Value.PARTIAL


def test_a_country_that_alone_has_a_provision_is_not_told_that_none_is_known(
    cast: Cast, client: Client
) -> None:
    bring_up_to_date(now=NOW)
    ours = cast.chidi.client(client)
    page = ours.get("/advocacy/countries/URY/L01/").content.decode()
    assert "Ninguna conocida además de la de este país." in page
    assert "o una más amplia" in page
    assert "Más amplia que el artículo 3: no exige los medios" in page
    assert "además de la de este país" not in ours.get("/advocacy/countries/CRI/L36/").content.decode()


def test_countries_stand_in_the_order_of_their_names_and_the_region_last(cast: Cast, client: Client) -> None:
    for language, before, after in (("es", "USA", "GTM"), ("en", "MEX", "USA")):
        places = [one.code for one in queries.list_places(language, NOW.date())]
        assert places.index(before) < places.index(after) < places.index("URY")
        assert places[-1] == ""
        assert [cell.country for cell in queries.list_rows(language, NOW.date())[0].cells] == places


def test_the_draft_is_edited_and_the_earlier_one_stays(chidi: Actor) -> None:
    assert queries.get_wording("L14", "GTM").version == 0
    edit_wording(chidi, now=NOW, country="GTM", row="L14", es="Habrá…", en="There shall…", version=0)
    assert queries.get_wording("L14", "GTM").es == "Habrá…"
    with pytest.raises(Stale):
        edit_wording(chidi, now=NOW, country="GTM", row="L14", es="a", en="b", version=0)
    assert queries.get_wording("L14", "CRI").version == 0


def test_an_initiative_stands_beside_the_gaps_that_it_closes(chidi: Actor) -> None:
    made = open_initiative(chidi, now=NOW, terms=TERMS)
    ways = {
        gap.row.id: [one.id for one in gap.initiatives] for gap in queries.list_gaps("GTM", "es", NOW.date())
    }
    assert ways["L14"] == [made]
    assert ways["L15"] == []


def test_an_initiative_calls_no_gap_what_nobody_has_read(chidi: Actor, cast: Cast, client: Client) -> None:
    made = open_initiative(chidi, now=NOW, terms=TERMS)
    ours = cast.chidi.client(client)
    read(chidi)
    told = ours.get("/advocacy/initiatives/").content.decode()
    page = ours.get(f"/advocacy/initiatives/{made}/").content.decode()
    assert "(1 sin valorar)" in told
    assert "no se sabe si son vacíos" in page
    assert "Vacíos" not in told + page
    read(chidi, row="L26")
    assert "sin valorar" not in ours.get("/advocacy/initiatives/").content.decode()
    assert "no se sabe si son vacíos" not in ours.get(f"/advocacy/initiatives/{made}/").content.decode()


def test_a_new_stage_enters_the_history(chidi: Actor) -> None:
    made = open_initiative(chidi, now=NOW, terms=TERMS)
    tabled = InitiativeTerms(TERMS.kind, TERMS.country, TERMS.title, "TABLED", TERMS.rows)
    edit_initiative(chidi, now=NOW, initiative_id=made, version=1, terms=tabled)
    add_event(chidi, now=NOW, initiative_id=made, kind="meeting", on=date(2026, 11, 19), text="Comisión")
    assert sorted(one.stage for one in queries.list_events(made)) == ["", "DRAFTED", "TABLED"]
    with pytest.raises(Stale):
        edit_initiative(chidi, now=NOW, initiative_id=made, version=1, terms=TERMS)
    with pytest.raises(WrongDay):
        add_event(chidi, now=NOW, initiative_id=made, kind="meeting", on=date(2026, 11, 21), text="x")
    with pytest.raises(NoSuchRow):
        open_initiative(chidi, now=NOW, terms=InitiativeTerms("BILL", "GTM", "x", "NOWHERE", ()))


@pytest.mark.parametrize("stage", ["DEBATED", "ADOPTED", "IN_FORCE", "REJECTED", "ABANDONED"])
def test_a_new_initiative_begins_at_the_beginning(
    chidi: Actor, cast: Cast, client: Client, stage: str
) -> None:
    late = InitiativeTerms(TERMS.kind, TERMS.country, TERMS.title, stage, TERMS.rows)
    with pytest.raises(BeginsLate):
        open_initiative(chidi, now=NOW, terms=late)
    made = open_initiative(chidi, now=NOW, terms=TERMS)
    edit_initiative(chidi, now=NOW, initiative_id=made, version=1, terms=late)
    page = cast.chidi.client(client).get("/advocacy/initiatives/new/").content.decode()
    assert f'value="{stage}"' not in page


def test_what_nobody_read_is_not_among_the_gaps(chidi: Actor, cast: Cast, client: Client) -> None:
    ours = cast.chidi.client(client)
    page = ours.get("/advocacy/countries/GTM/").content.decode()
    gaps, unread = page.split('id="unread"')
    assert "/GTM/L14/read/" in unread
    assert "row=L14" not in page
    read(chidi)
    gaps, unread = ours.get("/advocacy/countries/GTM/").content.decode().split('id="unread"')
    assert "row=L14" in gaps
    assert "/L14/read/" not in unread


def test_a_commitment_waits_until_it_is_kept(chidi: Actor) -> None:
    made = open_initiative(chidi, now=NOW, terms=TERMS)
    owed = add_commitment(
        chidi,
        now=NOW,
        initiative_id=made,
        text="Enviar observaciones",
        owner="ACNUR",
        due_date=date(2026, 12, 1),
    )
    assert [one.id for one in queries.list_open_commitments()] == [owed]
    close_commitment(chidi, now=NOW, initiative_id=made, commitment_id=owed, version=1)
    assert queries.list_open_commitments() == []
    with pytest.raises(Stale):
        close_commitment(chidi, now=NOW, initiative_id=made, commitment_id=owed, version=1)
    with pytest.raises(WrongDay):
        add_commitment(chidi, now=NOW, initiative_id=made, text="x", owner="y", due_date=date(2026, 11, 1))


def test_the_workbook_holds_the_whole_matrix_and_no_formula(chidi: Actor) -> None:
    read(chidi, text="=HYPERLINK(1)")
    book = CalamineWorkbook.from_filelike(io.BytesIO(make_workbook("es", NOW)))
    matrix = book.get_sheet_by_index(0).to_python()
    assert len(matrix) == 1 + len(list_checklist())
    assert len(matrix[0]) == 2 + len(list_packs()) + 1
    notes = [row[5] for row in book.get_sheet_by_index(1).to_python()]
    assert "=HYPERLINK(1)" in notes


def test_the_pages_lead_from_gap_to_adoption(chidi: Actor, cast: Cast, client: Client) -> None:
    ours = cast.chidi.client(client)
    for path in (
        "",
        "matrix/",
        "matrix/?country=GTM",
        "countries/GTM/",
        "countries/REGION/",
        "countries/GTM/L14/",
    ):
        assert ours.get(f"/advocacy/{path}").status_code == 200, path
    assert ours.get("/advocacy/countries/XXX/").status_code == 404
    assert ours.get("/advocacy/countries/GTM/L99/").status_code == 404
    wrong = ours.post(
        "/advocacy/countries/GTM/L14/read/", {"instrument": "gtm-9-2009", "value": "no", "text": "n"}
    )
    assert wrong.status_code == 400
    sent = ours.post(
        "/advocacy/countries/GTM/L14/read/",
        {"instrument": "gtm-9-2009", "value": "partial", "citations": "gtm-9-2009/16", "text": ""},
    )
    assert sent.status_code == 302
    typed = {
        "title": "Reforma",
        "kind": "BILL",
        "country": "GTM",
        "stage": "IDEA",
        "rows": ["L14"],
        "text": "",
    }
    made = ours.post("/advocacy/initiatives/new/", typed)
    assert made.status_code == 302
    assert "Reforma" in ours.get("/advocacy/countries/GTM/").content.decode()
    owed = {"text": "Enviar", "owner": "ACNUR", "due_date": "2099-01-01", "commitment": "1"}
    assert ours.post(made["Location"], owed).status_code == 302
    assert ours.post(made["Location"], owed | {"due_date": "x"}).status_code == 400
    assert ours.get("/advocacy/gaps.xlsx").content[:2] == b"PK"
    assert "not_assessed" not in ours.get("/advocacy/gaps.html").content.decode()
    assert ours.get("/advocacy/countries/GTM/gaps.pdf").content[:5] == b"%PDF-"
    assert cast.amina.client(Client()).post("/advocacy/initiatives/new/", typed).status_code == 403


def test_a_country_is_read_with_few_queries(
    chidi: Actor, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_max_num_queries(7):
        gap_report_content("GTM", language="es", printed_by="Chidi", now=NOW)
