"""Reading the HTCDS workbook: headings, dates, codes, texts, and what is said about each."""

from __future__ import annotations

import datetime
from collections import Counter
from pathlib import Path

import pytest

from amparo.statistics.data import Effect, Problem, ReadBook, ReadDate, ReadRow
from amparo.statistics.htcds.rows import read_book
from amparo.statistics.htcds.standard import load_standard
from amparo.statistics.refusals import NoFieldCodes, NoRows, OtherTemplate, RepeatedColumn
from tests.statistics.workbooks import CODES, make_book
from tools.make_htcds_workbook import write

TODAY = datetime.date(2026, 11, 24)
FILES = Path(__file__).parent / "files"


def read_one(birth: object, **changes: object) -> ReadRow:
    row = {
        "prs_FirstName": "Luz",
        "prs_SecondName": "Toc",
        "prs_Birthdate": birth,
        "con_Consent": True,
    } | changes
    return read_book(make_book([[row.get(code) for code in CODES]]), today=TODAY).rows[0]


def codes_of(row: ReadRow) -> list[str]:
    return [problem.code for problem in row.problems]


@pytest.fixture(scope="module")
def messy() -> ReadBook:
    return read_book((FILES / "htcds_messy_200.xlsx").read_bytes(), today=TODAY)


def test_the_committed_workbook_is_what_the_script_makes(tmp_path: Path) -> None:
    write(tmp_path / "again.xlsx")
    assert (tmp_path / "again.xlsx").read_bytes() == (FILES / "htcds_messy_200.xlsx").read_bytes()


def test_every_disagreement_of_the_template_is_said(messy: ReadBook) -> None:
    said = {(problem.column, problem.code) for problem in messy.column_problems}
    assert said == {
        ("N", "column.label_differs"),
        ("O", "column.label_differs"),
        ("Q", "column.label_differs"),
        ("R", "column.label_differs"),
        ("T", "column.spelling"),
        ("AJ", "column.no_code"),
        ("AN", "column.unknown"),
    }


def test_every_row_of_the_messy_workbook_is_accounted_for(messy: ReadBook) -> None:
    assert len(messy.rows) + len(messy.empty_rows) == 200
    effects = Counter(row.effect for row in messy.rows)
    assert effects == {Effect.NOTE: 159, Effect.LEFT_OUT: 21, Effect.HELD: 9, Effect.REFUSED: 5}


def test_problems_never_hold_what_the_cell_said(messy: ReadBook) -> None:
    said = repr([problem for row in messy.rows for problem in row.problems])
    names = {str(row.values.get("prs_SecondName")) for row in messy.rows} - {"None", ""}
    assert not [name for name in names if name in said]


@pytest.mark.parametrize(
    ("written", "iso", "how"),
    [
        (datetime.date(1999, 3, 4), "1999-03-04", "spreadsheet"),
        ("1999-03-04", "1999-03-04", "iso"),
        ("13/02/1999", "1999-02-13", "day-month-year"),
        ("02/13/1999", "1999-02-13", "month-day-year"),
        ("05.05.1999", "1999-05-05", "day-month-year"),
        ("5 de marzo de 1999", "1999-03-05", "month-name"),
        ("March 5, 1999", "1999-03-05", "month-name"),
        ("março de 1999", "1999-03", "month-name"),
        ("1999-03", "1999-03", "year-month"),
        (1999, "1999", "year"),
    ],
)
def test_a_date_is_read_and_the_report_says_how(written: object, iso: str, how: str) -> None:
    row = read_one(written)
    date = row.values["prs_Birthdate"]
    assert isinstance(date, ReadDate)
    assert (date.iso, row.problems[0].details["read_as"]) == (iso, how)


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("03/04/1999", "date.ambiguous"),
        ("5/6/98", "date.short_year"),
        (36526, "date.serial"),
        ("31/02/2001", "date.impossible"),
        ("ayer", "date.unreadable"),
        (datetime.date(2031, 5, 1), "date.future"),
        ("1890-01-01", "date.too_old"),
    ],
)
def test_a_doubtful_date_is_left_out_and_never_guessed(written: object, code: str) -> None:
    row = read_one(written)
    assert "prs_Birthdate" not in row.values
    assert row.problems[0].code == code
    assert row.effect is Effect.LEFT_OUT


def test_an_estimated_year_stays_estimated() -> None:
    assert read_one("c. 1990").values["prs_Birthdate"] == ReadDate("1990", "year", is_estimated=True)


@pytest.mark.parametrize("name", ["نور الحسيني", "Ковальчук", "ተስፋዬ", "מרים", "Ñusta D’Ángelo", "می‌خواهم"])
def test_names_in_every_script_are_kept_as_they_are(name: str) -> None:
    row = read_one(1999, prs_FirstName=name)
    assert row.values["prs_FirstName"] == name
    assert codes_of(row) == ["date.read"]


@pytest.mark.parametrize(
    ("name", "code", "effect", "kept"),
    [
        ("Zá\u202erate", "text.invisible", Effect.NOTE, "Zárate"),
        ("Po\x07p", "text.control", Effect.HELD, None),
        ("JosÃ©", "text.encoding", Effect.HELD, None),
        ("N" * 201, "text.too_long", Effect.HELD, None),
        (".", "text.no_letter", Effect.HELD, None),
        ("=1+1", "text.no_letter", Effect.HELD, None),
        ("@SUM(A1)", "text.formula", Effect.NOTE, "@SUM(A1)"),
    ],
)
def test_bad_text_is_neutralised_or_refused(name: str, code: str, effect: Effect, kept: str | None) -> None:
    row = read_one(1999, prs_FirstName=name)
    assert code in codes_of(row)
    assert row.effect is effect
    assert row.values.get("prs_FirstName") == kept


def test_a_row_without_a_letter_in_its_names_is_about_nobody() -> None:
    row = read_one(1999, prs_FirstName=".", prs_SecondName=None)
    assert codes_of(row)[-1] == "row.no_name"
    assert row.effect is Effect.REFUSED


def test_half_a_nationality_waits_for_a_person() -> None:
    row = read_one(1999, prs_Citizenship="GT; Atlántida")
    assert "prs_Citizenship" not in row.values
    assert row.effect is Effect.HELD
    assert read_one(1999, prs_Citizenship="Haití; HN").values["prs_Citizenship"] == ("HND", "HTI")


def test_a_refused_consent_stops_the_row_and_a_missing_one_does_not() -> None:
    assert read_one(1999, con_Consent="No").effect is Effect.REFUSED
    assert "row.consent_missing" in codes_of(read_one(1999, con_Consent=None))


def test_values_are_read_as_code_or_label_and_others_left_out() -> None:
    by_label = read_one(1999, vic_TraffickingStatus="possible victim of trafficking")
    assert by_label.values["vic_TraffickingStatus"] == "PossibleVictimOfTrafficking"
    assert "code.unknown" in codes_of(read_one(1999, vic_TraffickingStatus="Quizá"))


def test_repeated_rows_are_found_across_order_case_and_accents() -> None:
    born = datetime.date(1999, 1, 1)
    rows: list[list[object]] = [
        ["Luz", "Tóc", born, None, None, True],
        ["Luz", "Tóc", born, None, None, True],
        ["TOC", "luz", None, None, None, True],
        ["Luz", "Toc", datetime.date(2001, 1, 1), None, None, True],
    ]
    book = read_book(make_book(rows), today=TODAY)
    found = [[p.code for p in row.problems if p.code.endswith("repeated")] for row in book.rows]
    assert found == [[], ["row.repeated"], ["row.maybe_repeated"], ["row.maybe_repeated"]]


@pytest.mark.parametrize(
    ("codes", "rows", "refusal"),
    [
        (["First Name", "Second Name", "Birthdate"], [["Luz", "Toc", 1999]], NoFieldCodes),
        (["prs_FirstName", "prs_SecondName", "prs_Gender"], [["Luz", "Toc", "F"]], OtherTemplate),
        ([*CODES, "prs_FirstName"], [["Luz"]], RepeatedColumn),
        (CODES, [], NoRows),
    ],
)
def test_another_layout_is_refused_with_its_reason(
    codes: list[str], rows: list[list[object]], refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        read_book(make_book(rows, codes), today=TODAY)


def test_columns_may_stand_in_any_order() -> None:
    book = read_book(
        make_book([["Toc", None, "Luz", "Active"]], [CODES[1], CODES[2], CODES[0], CODES[3]]), today=TODAY
    )
    assert book.rows[0].values == {"prs_SecondName": "Toc", "prs_FirstName": "Luz"}
    assert Problem(1, "", "prs_Gender", "column.missing", Effect.NOTE) in book.column_problems


def test_everything_that_identifies_or_tells_is_sealed() -> None:
    coded = {field.code for field in load_standard().fields.values() if not field.is_sealed}
    assert coded == {
        "prs_Gender",
        "prs_Citizenship",
        "prs_PrimaryLanguage",
        "prs_SecondaryLanguage",
        "vic_TraffickingStatus",
        "vic_AgreementToManagePersonalData",
        "cas_Status",
        "con_Consent",
    }
