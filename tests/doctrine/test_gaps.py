"""The checklist of the gap analysis and what instruments say on it. Blank is "not assessed", never "no"."""

from __future__ import annotations

from amparo.doctrine import registry
from amparo.doctrine.gaps import Value


def test_the_checklist_has_its_forty_rows_in_order() -> None:
    assert [row.id for row in registry.list_checklist()] == [f"L{n:02}" for n in range(1, 41)]


def test_every_row_offers_a_draft_in_both_languages_and_a_standard_or_says_why_not() -> None:
    for row in registry.list_checklist():
        assert row.draft.es != row.draft.en
        assert row.standards or row.note


def test_nobody_says_no_without_having_read_the_whole_text() -> None:
    assert Value.NO not in {one.value for one in registry.list_assessments()}


def test_what_was_found_is_cited_and_what_was_not_is_left_blank() -> None:
    found = registry.list_assessments()
    assert all(one.sources for one in found if one.value is not Value.NOT_ASSESSED)
    assert {one.country for one in found} == {"", "CRI", "GTM", "MEX", "URY"}
    assert registry.list_assessments(country="CAN") == []


def test_the_findings_of_the_paper_stand_in_the_table() -> None:
    def value(country: str, row: str) -> set[Value]:
        return {one.value for one in registry.list_assessments(country=country) if one.row == row}

    assert value("GTM", "L05") == {Value.YES}
    assert value("CRI", "L08") == {Value.YES}
    assert value("CRI", "L05") == {Value.PARTIAL}
    assert value("MEX", "L30") == {Value.YES}
    assert value("", "L17") == {Value.YES}
    assert value("URY", "L08") == {Value.NOT_ASSESSED}
    assert value("MEX", "L01") == set()
