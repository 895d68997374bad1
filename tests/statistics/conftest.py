"""A small workbook for the shelter's unit, and the messy one with the report it must produce."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from amparo.access.data import Actor
from amparo.statistics.data import ReadBook
from amparo.statistics.htcds.rows import read_book
from tests.people import Cast
from tests.statistics.workbooks import make_book

NOW = datetime.datetime(2026, 11, 24, 9, 0, tzinfo=datetime.UTC)
FILES = Path(__file__).parent / "files"
SMALL_CODES = [
    "prs_FirstName",
    "prs_SecondName",
    "prs_Birthdate",
    "prs_Citizenship",
    "prs_Gender",
    "prs_MobilePhone",
    "vic_TraffickingStatus",
    "vic_MethodsOfControl",
    "con_Consent",
]
BORN = datetime.date(1997, 2, 13)
POSSIBLE = "PossibleVictimOfTrafficking"
CONTROL = "DebtBondage;WithholdsDocuments"
SMALL_ROWS: list[list[object]] = [
    ["Itzel", "Colindres Pop", BORN, "HN", "Feminine", "+50499990001", POSSIBLE, CONTROL, True],
    ["نور", "الحسيني", None, None, None, None, "ActualVictimOfTrafficking", None, True],
    ["Itzel", "Colindres Pop", BORN, "HN", "Feminine", "+50499990001", POSSIBLE, CONTROL, True],
    ["Tomasa", "Sical", "05/06/1999", "GT", None, None, None, None, True],
    ["Wendy", "Orozco", 2001, "Prusia", None, None, None, None, True],
    ["Beto", "Zárate", 1990, "PE", "Masculine", None, None, None, "No"],
]  # fmt: skip


@pytest.fixture
def small() -> ReadBook:
    return read_book(make_book(SMALL_ROWS, SMALL_CODES), today=NOW.date())


@pytest.fixture
def amina(cast: Cast) -> Actor:
    return cast.amina.actor_at(NOW)
