"""Pages of the ledger, and the receipts that a person can check without us."""

from __future__ import annotations

import copy
import json
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from amparo.ledger import receipts, triggers
from amparo.ledger.data import NotACode
from amparo.ledger.keyring import ledger_key
from amparo.ledger.models import Entry, Mention
from amparo.ledger.queries import Filters, count_since, entries_about, get_state, list_entries, list_openings
from amparo.ledger.record import record
from amparo.ledger.verify import verify

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
INES = "staff:ines"
pytestmark = pytest.mark.django_db


def opened(code: str, by: str = "staff:amina", minutes: int = 0) -> UUID:
    return record(
        by, "vault.open", subject=code, details={"compartments": ["id"]}, now=NOW + timedelta(minutes=minutes)
    )


def listed(*codes: str, minutes: int = 0) -> UUID:
    at = NOW + timedelta(minutes=minutes)
    return record("staff:bruno", "vault.open", details={"compartments": ["id"]}, among=codes, now=at)


def test_a_read_of_the_ledger_is_itself_recorded() -> None:
    opened("AM-1")
    entries_about(INES, "AM-1", now=NOW)
    read = Entry.objects.get(verb="ledger.read")
    assert (read.actor_ref, read.subject, read.details) == (INES, "AM-1", {"filters": ["subject"]})


def test_nothing_is_read_when_the_read_cannot_be_recorded() -> None:
    with pytest.raises(NotACode):
        list_entries("Ines Mora", Filters(), now=NOW)


def test_pages_follow_one_another_without_gap_or_repeat() -> None:
    made = [opened("AM-1", minutes=number // 3) for number in range(25)]
    seen: list[UUID] = []
    after = ""
    while True:
        page = entries_about(INES, "AM-1", now=NOW - timedelta(days=1), after=after, limit=7)
        seen += [line.id for line in page.entries if line.verb == "vault.open"]
        after = page.next
        if not after:
            break
    assert seen == sorted(made, key=lambda each: (made.index(each) // 3, each), reverse=True)


@pytest.mark.parametrize("place", ["x", "zz-00", "5-", "ffffffffffffffffffff-" + "0" * 32])
def test_a_malformed_place_is_refused(place: str) -> None:
    with pytest.raises(ValueError, match="not the place"):
        list_entries(INES, Filters(), now=NOW, after=place)


def test_each_condition_narrows_the_page() -> None:
    first, second = opened("AM-1"), opened("AM-2", by="staff:bruno", minutes=5)
    record("staff:amina", "cases.add_need", subject="AM-1", now=NOW)

    def ids(filters: Filters) -> set[UUID]:
        return {line.id for line in list_entries(INES, filters, now=NOW - timedelta(days=9)).entries}

    assert second in ids(Filters(actor_ref="staff:bruno"))
    assert first not in ids(Filters(actor_ref="staff:bruno"))
    assert ids(Filters(verb="vault.open")) == {first, second}
    assert ids(Filters(verb="vault.open", from_at=NOW + timedelta(minutes=1))) == {second}
    assert ids(Filters(verb="vault.open", until_at=NOW + timedelta(minutes=5))) == {first}


def test_openings_of_a_case_include_the_lists_it_was_on() -> None:
    alone, among = opened("AM-1"), listed("AM-2", "AM-1", minutes=1)
    record("staff:amina", "cases.add_need", subject="AM-1", now=NOW)
    page = list_openings(INES, "AM-1", now=NOW)
    assert [line.id for line in page.entries] == [among, alone]


def test_an_entry_about_many_people_is_one_entry_and_two_queries() -> None:
    with CaptureQueriesContext(
        connection,
    ) as queries:
        entry_id = listed(*[f"AM-{number}" for number in range(50)])
    assert sum("INSERT" in query["sql"] for query in queries) == 2
    assert Entry.objects.get(id=entry_id).details["among_count"] == 50


def test_a_page_costs_three_queries_however_many_entries_there_are() -> None:
    for number in range(60):
        opened("AM-1", minutes=number)
    with CaptureQueriesContext(connection) as queries:
        entries_about(INES, "AM-1", now=NOW)
    assert len(queries) == 3


def test_a_mention_added_taken_or_changed_is_found() -> None:
    entry_id = listed("AM-1", "AM-2")
    assert verify([]).is_sound
    Mention.objects.create(entry_id=entry_id, at=NOW, position=2, subject="AM-3")
    found = verify([]).first_bad
    assert found is not None
    assert (found.kind, found.entry_id) == ("mention", entry_id)
    triggers.drop(connection)
    Mention.objects.filter(position=2).delete()
    Mention.objects.filter(position=1).update(subject="AM-9")
    triggers.create(connection)
    assert {problem.kind for problem in verify([]).problems} == {"mention"}


def test_a_mention_of_an_entry_that_names_nobody_is_found() -> None:
    entry_id = opened("AM-1")
    Mention.objects.create(entry_id=entry_id, at=NOW, position=0, subject="AM-3")
    assert {problem.kind for problem in verify([]).problems} == {"mention"}


def test_entries_can_be_counted_for_a_limit_without_a_record() -> None:
    opened("AM-1")
    opened("AM-2", minutes=10)
    assert count_since("staff:amina", "vault.open", NOW + timedelta(minutes=1)) == 1
    assert Entry.objects.count() == 2


@pytest.fixture
def receipt() -> receipts.Document:
    for number in range(300):
        opened(f"AM-{number}", minutes=number)
    opened("AM-7", by="staff:chidi", minutes=301)
    listed("AM-6", "AM-7", "AM-8", minutes=302)
    made = receipts.make_receipt(INES, "AM-7", now=NOW)
    return json.loads(json.dumps(made))  # type: ignore[no-any-return]


def test_a_receipt_lists_every_opening_and_each_is_proved(receipt: receipts.Document) -> None:
    assert [line["actor"] for line in receipt["entries"]] == ["staff:amina", "staff:chidi", "staff:bruno"]
    assert receipts.check(receipt, ledger_key().public) == []
    assert get_state().size == 303
    assert Entry.objects.filter(verb="ledger.receipt", subject="AM-7").count() == 1


def test_a_receipt_names_no_other_case(receipt: receipts.Document) -> None:
    text = json.dumps(receipt)
    assert "AM-6" not in text
    assert "AM-8" not in text


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("actor", "staff:dora"),
        ("at", "2020-01-01 00:00:00.000000"),
        ("leaf", 5),
        ("path", []),
        ("verb", "a.b"),
    ],
)
def test_a_line_that_was_changed_is_not_proved(receipt: receipts.Document, field: str, value: object) -> None:
    forged = copy.deepcopy(receipt)
    forged["entries"][1][field] = value
    assert receipts.check(forged, ledger_key().public) == ["line 2: is not proved to be in the ledger"]


def test_a_list_cannot_be_passed_off_as_about_somebody_else(receipt: receipts.Document) -> None:
    forged = copy.deepcopy(receipt)
    forged["code"] = "AM-9"
    assert len(receipts.check(forged, ledger_key().public)) == 3


@pytest.mark.parametrize("broken", [{}, {"checkpoint": 1}, {"checkpoint": "x", "entries": []}])
def test_what_is_not_a_receipt_is_said_to_be_none(broken: receipts.Document) -> None:
    assert receipts.check(broken, b"x" * 32)
