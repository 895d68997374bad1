"""Staging, deciding, importing: through the actions of cases, resumable, nothing twice."""

from __future__ import annotations

import json
from uuid import UUID

import pytest
from django.utils import translation

from amparo.access.data import Actor, Denied, Locked
from amparo.access.models import Scope
from amparo.cases.data import CONTACT_FIELD, NAMES_FIELD, Axis
from amparo.cases.models import Consent, Note, Person
from amparo.cases.queries import current_statuses
from amparo.core.policy import Purpose
from amparo.core.refusal import Unknown
from amparo.ledger.models import Entry
from amparo.statistics import actions, imports, queries
from amparo.statistics.data import ReadBook, RowState
from amparo.statistics.models import ImportRun, StagedRow
from amparo.statistics.refusals import RowNotHeld
from amparo.statistics.report import as_json, as_text, build_report, lines_of_book
from amparo.vault import door
from amparo.vault.data import Compartment
from amparo.vault.models import Intake
from amparo.vault.veil import unveil
from tests.people import Cast
from tests.statistics.conftest import FILES, NOW

WORDS = [
    "Itzel",
    "Colindres",
    "Pop",
    "الحسيني",
    "Tomasa",
    "Wendy",
    "Beto",
    "99990001",
    "DebtBondage",
    "Prusia",
]


def stage(amina: Actor, cast: Cast, book: ReadBook) -> UUID:
    return imports.stage(amina, cast.amina.unit_id, book, now=NOW)


def states(run_id: UUID) -> list[str]:
    return list(StagedRow.objects.filter(run_id=run_id).order_by("number").values_list("state", flat=True))


def test_each_row_is_staged_where_it_belongs(amina: Actor, cast: Cast, small: ReadBook) -> None:
    run_id = stage(amina, cast, small)
    assert states(run_id) == ["ready", "ready", "duplicate", "ready", "held", "refused"]


def test_nothing_that_a_row_says_lies_in_clear(amina: Actor, cast: Cast, small: ReadBook) -> None:
    stage(amina, cast, small)
    tables = [ImportRun, StagedRow, Intake, Entry]
    content = repr([list(table.objects.values()) for table in tables])
    assert not [word for word in WORDS if word in content]


def test_what_is_refused_is_not_even_kept_sealed(amina: Actor, cast: Cast, small: ReadBook) -> None:
    rows = queries.open_rows(amina, stage(amina, cast, small), now=NOW)
    assert sorted(rows) == [2, 3, 5, 6]


def test_the_people_are_registered_through_the_actions(amina: Actor, cast: Cast, small: ReadBook) -> None:
    run_id = stage(amina, cast, small)
    summary = imports.apply(amina, run_id, now=NOW)
    assert (summary.imported_now, summary.by_state["imported"]) == (3, 3)
    assert Entry.objects.filter(verb="cases.register_person").count() == 3
    itzel = StagedRow.objects.get(run_id=run_id, number=2).person_id
    assert itzel is not None
    person = Person.objects.get(person_id=itzel)
    assert (person.sex_gender, person.nationalities, person.age_band) == ("FEMALE", ["HND"], "A25_39")
    assert Scope.objects.get(id=itzel).origin_states.split() == ["HND"]
    trafficking = next(s for s in current_statuses(itzel, as_of=NOW.date()) if s.axis is Axis.TRAFFICKING)
    assert trafficking.code == "PRESUMED"
    opened = door.open(amina, itzel, list(Compartment), Purpose.CASE_WORK, now=NOW)
    names = opened.get(Compartment.ID, NAMES_FIELD)
    contact = opened.get(Compartment.CONTACT, CONTACT_FIELD)
    note = opened.get(Compartment.NARRATIVE, f"note.{Note.objects.get(person_id=itzel).id}")
    assert names is not None
    assert contact is not None
    assert note is not None
    assert unveil(names)[0]["full"] == "Itzel Colindres Pop"
    assert unveil(contact)["reach"] == "+50499990001"
    assert unveil(contact)["instructions"]
    assert "vic_MethodsOfControl: DebtBondage, WithholdsDocuments" in unveil(note)


def test_a_ticked_consent_is_no_consent_to_share(amina: Actor, cast: Cast, small: ReadBook) -> None:
    imports.apply(amina, stage(amina, cast, small), now=NOW)
    assert not Consent.objects.exists()


def test_an_ambiguous_birth_leaves_the_age_open_and_counts_as_a_child(
    amina: Actor, cast: Cast, small: ReadBook
) -> None:
    run_id = stage(amina, cast, small)
    imports.apply(amina, run_id, now=NOW)
    tomasa = StagedRow.objects.get(run_id=run_id, number=5).person_id
    assert Person.objects.get(person_id=tomasa).age_band == "UNKNOWN"
    assert Scope.objects.get(id=tomasa).is_child


def test_the_same_file_again_imports_nothing_twice(amina: Actor, cast: Cast, small: ReadBook) -> None:
    first = stage(amina, cast, small)
    imports.apply(amina, first, now=NOW)
    again = stage(amina, cast, small)
    assert again == first
    assert imports.apply(amina, again, now=NOW).imported_now == 0
    assert Person.objects.count() == 3


def test_an_interrupted_run_goes_on_where_it_stopped(
    amina: Actor, cast: Cast, small: ReadBook, monkeypatch: pytest.MonkeyPatch
) -> None:
    run_id, real, calls = stage(amina, cast, small), actions.add_note, []

    def die_on_the_first_note(actor: Actor, **arguments: object) -> UUID:
        calls.append(1)
        if len(calls) == 2:
            raise KeyboardInterrupt
        return real(actor, **arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(actions, "add_note", die_on_the_first_note)
    with pytest.raises(KeyboardInterrupt):
        imports.apply(amina, run_id, now=NOW)
    half = Person.objects.count()
    assert half == StagedRow.objects.filter(state=RowState.IMPORTED).count() == 1
    monkeypatch.undo()
    assert imports.apply(amina, run_id, now=NOW).imported_now == 2
    assert Person.objects.count() == 3


def test_a_row_already_imported_is_left_alone(amina: Actor, cast: Cast, small: ReadBook) -> None:
    run_id = stage(amina, cast, small)
    values = queries.open_rows(amina, run_id, now=NOW)[2]
    row = StagedRow.objects.get(run_id=run_id, number=2)
    unit_id = cast.amina.unit_id
    first = actions.import_row(amina, now=NOW, unit_id=unit_id, row_id=row.id, values=values)
    second = actions.import_row(amina, now=NOW, unit_id=unit_id, row_id=row.id, values=values)
    assert (first is not None, second) == (True, None)
    assert Person.objects.count() == 1


def test_a_held_row_waits_for_a_person(amina: Actor, cast: Cast, small: ReadBook) -> None:
    run_id = stage(amina, cast, small)
    imports.apply(amina, run_id, now=NOW)
    assert states(run_id)[4] == "held"
    assert Intake.objects.exists()
    decide = {"now": NOW, "unit_id": cast.amina.unit_id, "run_id": run_id}
    actions.decide_rows(amina, numbers=[6], is_imported=True, **decide)  # type: ignore[arg-type]
    assert imports.apply(amina, run_id, now=NOW).imported_now == 1
    with pytest.raises(RowNotHeld):
        actions.decide_rows(amina, numbers=[6], is_imported=False, **decide)  # type: ignore[arg-type]


def test_the_sealed_rows_are_destroyed_when_none_waits(amina: Actor, cast: Cast, small: ReadBook) -> None:
    run_id = stage(amina, cast, small)
    actions.decide_rows(
        amina, now=NOW, unit_id=cast.amina.unit_id, run_id=run_id, numbers=[6], is_imported=False
    )
    imports.apply(amina, run_id, now=NOW)
    assert not Intake.objects.exists()
    assert queries.open_rows(amina, run_id, now=NOW) == {}


def test_somebody_who_has_a_file_is_held_not_registered_again(
    amina: Actor, cast: Cast, small: ReadBook
) -> None:
    imports.apply(amina, stage(amina, cast, small), now=NOW)
    changed = ReadBook(small.sheet, "f" * 64, small.rows[:1], (), ())
    run_id = stage(amina, cast, changed)
    assert states(run_id) == ["held"]
    assert queries.list_rows(amina, run_id)[0].problems[-1].code == "row.maybe_known"


@pytest.mark.parametrize("who", ["dora", "chidi", "eve", "ines", "consul"])
def test_another_unit_neither_imports_nor_sees_the_run(
    cast: Cast, amina: Actor, small: ReadBook, who: str
) -> None:
    run_id = stage(amina, cast, small)
    other = cast.everybody[who].actor_at(NOW)
    with pytest.raises((Denied, Unknown)):
        imports.stage(other, cast.amina.unit_id, ReadBook("x", "0" * 64, small.rows, (), ()), now=NOW)
    for attempt in (queries.list_rows, queries.summarise, queries.list_column_problems):
        with pytest.raises(Unknown):
            attempt(other, run_id)
    with pytest.raises(Unknown):
        imports.apply(other, run_id, now=NOW)


def test_locked_nothing_is_staged(cast: Cast, small: ReadBook) -> None:
    with pytest.raises(Locked):
        imports.stage(cast.amina.locked, cast.amina.unit_id, small, now=NOW)
    assert not ImportRun.objects.exists()


@pytest.mark.slow
def test_the_messy_workbook_produces_exactly_its_committed_report(cast: Cast, amina: Actor) -> None:
    book = imports.read_workbook((FILES / "htcds_messy_200.xlsx").read_bytes(), now=NOW)
    dry = build_report(
        columns=book.column_problems, lines=lines_of_book(book), empty_rows=book.empty_rows, is_dry=True
    )
    run_id = stage(amina, cast, book)
    imports.apply(amina, run_id, now=NOW)
    columns, lines = queries.list_column_problems(amina, run_id), queries.list_rows(amina, run_id)
    report = build_report(columns=columns, lines=lines, empty_rows=book.empty_rows, is_dry=False)
    problems = [*columns, *(problem for line in lines for problem in line.problems)]
    assert Person.objects.count() == report["rows"]["imported"] == dry["rows"]["ready"]
    assert report["row_problems"] == dry["row_problems"]
    assert as_json(report) == (FILES / "htcds_messy_200.report.json").read_text("utf-8")
    for language in ("es", "en"):
        with translation.override(language):
            text = as_text(report, problems)
        assert text == (FILES / f"htcds_messy_200.report.{language}.txt").read_text("utf-8")
    assert json.loads(as_json(report))["rows"]["read"] + report["rows"]["empty"] == 200
