"""What a form refuses before an action is asked: names that cannot be seen, days that cannot be."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest
from django.utils.timezone import localdate

from amparo.access.forms.office import StaffForm
from amparo.cases import words
from amparo.cases.forms.files import ConsentForm
from amparo.cases.forms.person import BaseNameForms, NameForms, PersonForm
from amparo.cases.forms.work import StatusForm
from amparo.cases.queries import ConsentSetting
from amparo.core.names import romanise
from amparo.doctrine import registry
from amparo.solutions.forms import ReturnForm

TODAY = localdate()
YEAR = TODAY.year
UNIT = UUID(int=7)
INVISIBLE = [
    "\u200b",
    "\u200d",
    "\u200c\u200d",
    "\u2060",
    "\ufeff",
    "\u00ad",
    "\u3164",
    "\u115f",
    "\ufe0f",
    " \u200d ",
]


def names(given: str) -> BaseNameForms:
    typed = {"names-TOTAL_FORMS": "1", "names-INITIAL_FORMS": "0", "names-0-given": given}
    return NameForms(typed, prefix="names")


@pytest.mark.parametrize("given", INVISIBLE)
def test_a_name_that_cannot_be_seen_is_no_name(given: str) -> None:
    assert names(given).entries() == []


@pytest.mark.parametrize("given", [".", "123", "-", "\U0001f600", "¿?", "12.3"])
def test_a_name_without_a_letter_is_told_so_and_kept(given: str) -> None:
    form = names(given)
    assert form.entries() == []
    assert set(form.forms[0].errors) == {"given"}
    assert form.forms[0]["given"].value() == given


@pytest.mark.parametrize("given", ["Ñ", "李", "ليلى", "Ana 2", "O'Neil", "አበበ", "3ª hija"])
def test_a_name_in_any_script_is_a_name(given: str) -> None:
    assert [entry.given for entry in names(given).entries()] == [given]


def test_a_joiner_inside_a_name_stays() -> None:
    assert [entry.given for entry in names("Mi\u200cna").entries()] == ["Mi\u200cna"]


def staff_form(name: str) -> StaffForm:
    typed = {"agency": str(UNIT), "name": name, "username": "rosa"}
    return StaffForm(typed, agencies=[(UNIT, "Casa")], is_taken=lambda _: False)


@pytest.mark.parametrize("name", ["\u200b", "\u200d", "\u2060 \ufeff"])
def test_a_staff_name_that_cannot_be_seen_is_refused(name: str) -> None:
    assert "name" in staff_form(name).errors


def test_a_staff_name_loses_its_invisible_marks() -> None:
    form = staff_form("Ana\u200b\u202e Rojas\u200d")
    form.full_clean()
    assert form.cleaned_data["name"] == "Ana Rojas"


def person_errors(**typed: object) -> set[str]:
    always = {"needs_interpreter": "UNKNOWN", "nationality_standing": "UNKNOWN"}
    return set(PersonForm({**always, **typed}).errors)


def test_nobody_is_born_in_the_future() -> None:
    tomorrow = TODAY + timedelta(days=1)
    exact = {"precision": "EXACT", "day": tomorrow.day, "month": tomorrow.month, "year": tomorrow.year}
    assert person_errors(**exact) == {"year"}
    assert person_errors(precision="PARTIAL", year=YEAR + 1) == {"year"}
    assert person_errors(precision="ESTIMATED", age_from=-1) == {"age_from"}
    today = {"precision": "EXACT", "day": TODAY.day, "month": TODAY.month, "year": YEAR}
    assert person_errors(**today) == person_errors(precision="PARTIAL", year=YEAR) == set()


def consent_errors(start: int, end: int) -> set[str]:
    """Return the fields in error of a consent that runs between two days counted from today."""
    days = {"from_date": TODAY + timedelta(days=start), "until_date": TODAY + timedelta(days=end)}
    return set(ConsentForm(days, units=[], setting=ConsentSetting(False, "A25_39")).errors) & set(days)


def test_a_consent_is_neither_endless_nor_ancient() -> None:
    assert consent_errors(0, 5 * 366) == {"until_date"}
    assert consent_errors(-10 * 366, 1) == {"from_date"}
    assert consent_errors(-10 * 365, 5 * 365) == set()


def test_a_status_does_not_start_in_the_future() -> None:
    def errors(days: int) -> object:
        return StatusForm({"from_date": TODAY + timedelta(days=days)}, axis="trafficking_status").errors

    assert "from_date" in errors(1)  # type: ignore[operator]
    assert "from_date" not in errors(0)  # type: ignore[operator]


def test_a_journey_that_is_prepared_does_not_lie_in_the_past() -> None:
    assert "travel_date" in ReturnForm({"travel_date": TODAY - timedelta(days=1)}).errors
    assert "travel_date" not in ReturnForm({"travel_date": TODAY}).errors


def test_the_languages_of_the_countries_at_hand_come_first_and_each_once() -> None:
    codes = [code for code, _ in words.choices_by_word("language")]
    assert codes[:2] == ["es", "en"]
    assert set(codes[:8]) <= {code for pack in registry.list_packs() for code in pack.languages}
    assert len(codes) == len(set(codes)) > 300
    rest = [romanise(words.say("language", code)) for code in codes[20:]]
    assert rest == sorted(rest)
