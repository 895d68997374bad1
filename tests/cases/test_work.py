"""Needs, tasks, notes, consents, relations and closing."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from uuid_utils.compat import uuid7

from amparo.access.data import Denied, Stale
from amparo.cases import actions, queries, withdrawals
from amparo.cases.data import (
    ConsentState,
    FileNotOpen,
    FileState,
    NeedState,
    NoteKind,
    NotInThisState,
    SamePersonApproves,
    TaskKind,
)
from amparo.cases.models import Consent, File, Need, Note, Relation, Task
from amparo.core.policy import Purpose
from amparo.core.refusal import Refusal, Unknown
from amparo.core.sharing import Item
from amparo.ledger.models import Entry
from tests.cases.conftest import NOW, House, name, register

SECRET = "tiene miedo de volver a la finca"


def add_need(house: House) -> object:
    return actions.add_need(
        house.amina, now=NOW, person_id=house.lucia, code="LP-RR", urgency="URGENT", text=SECRET
    )


def change_need(house: House, actor: object, version: int) -> None:
    actions.change_need(
        actor,  # type: ignore[arg-type]
        now=NOW,
        person_id=house.lucia,
        need_id=Need.objects.get().id,
        version=version,
        urgency="ROUTINE",
        state=NeedState.PLANNED,
        service_type="SHELTER",
        target_date=None,
        responsible_id=None,
        text="",
    )


def test_free_text_is_only_in_the_vault(house: House) -> None:
    add_need(house)
    actions.add_note(
        house.amina, now=NOW, person_id=house.lucia, kind=NoteKind.HEALTH, happened_on=NOW.date(), text=SECRET
    )
    actions.add_task(house.amina, now=NOW, person_id=house.lucia, kind=TaskKind.CALL, due_at=NOW, text=SECRET)
    outside = [
        *Need.objects.values(),
        *Note.objects.values(),
        *Task.objects.values(),
        *Entry.objects.values(),
    ]
    assert "finca" not in repr(outside)
    opened = queries.open_narrative(house.amina, house.lucia, Purpose.CASE_WORK, now=NOW)
    assert queries.list_needs(house.amina, house.lucia, opened)[0].text is not None


def test_of_two_changes_of_one_version_the_second_is_stale(house: House) -> None:
    add_need(house)
    change_need(house, house.amina, 1)
    with pytest.raises(Stale):
        change_need(house, house.bruno, 1)


def test_a_task_is_finished_once(house: House) -> None:
    task_id = actions.add_task(
        house.amina, now=NOW, person_id=house.lucia, kind=TaskKind.CALL, due_at=NOW, assigned_to=None
    )
    actions.complete_task(house.amina, now=NOW, person_id=house.lucia, task_id=task_id, version=1)
    with pytest.raises(NotInThisState):
        actions.complete_task(house.bruno, now=NOW, person_id=house.lucia, task_id=task_id, version=2)


def consent(house: House, state: ConsentState = ConsentState.GIVEN, until: date | None = None) -> object:
    return actions.record_consent(
        house.amina,
        now=NOW,
        person_id=house.lucia,
        purpose="ASYLUM",
        recipients=[house.cast.chidi.unit_id],
        data_items=[Item.NAMES],
        until_date=until or NOW.date() + timedelta(days=30),
        restriction_text=SECRET,
        language="es",
        state=state,
    )


def found(house: House, *, days: int = 0, purpose: str = "ASYLUM", unit: object = None) -> object:
    return queries.find_consent(
        house.amina,
        house.lucia,
        purpose=purpose,
        recipient_unit_id=unit or house.cast.chidi.unit_id,  # type: ignore[arg-type]
        as_of=NOW.date() + timedelta(days=days),
    )


def test_a_consent_holds_for_its_purpose_its_recipients_and_its_days(house: House) -> None:
    assert found(house) is None
    consent(house)
    assert found(house) is not None
    assert found(house, days=31) is None
    assert found(house, purpose="STATISTICS") is None
    assert found(house, unit=house.cast.dora.unit_id) is None


def test_a_later_refusal_silences_an_earlier_consent(house: House) -> None:
    consent(house)
    actions.record_consent(
        house.amina,
        now=NOW + timedelta(minutes=1),
        person_id=house.lucia,
        purpose="ASYLUM",
        recipients=[house.cast.chidi.unit_id],
        data_items=[],
        until_date=NOW.date() + timedelta(days=30),
        state=ConsentState.REFUSED,
    )
    assert found(house) is None


def test_withdrawal_ends_it_tells_the_listeners_and_happens_once(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    consent(house)
    row = Consent.objects.get()
    told: list[object] = []
    monkeypatch.setattr(withdrawals, "_listeners", [lambda actor, person, consent, now: told.append(consent)])
    actions.withdraw_consent(house.amina, now=NOW, person_id=house.lucia, consent_id=row.id, version=1)
    assert (found(house), told) == (None, [row.id])
    with pytest.raises(NotInThisState):
        actions.withdraw_consent(house.amina, now=NOW, person_id=house.lucia, consent_id=row.id, version=2)


def test_a_relation_to_somebody_who_may_not_be_known_is_unknown(house: House) -> None:
    theirs = register(house.dora, house.cast.dora.unit_id, name("Otra", "Persona"))
    for other_id in (theirs, uuid7()):
        with pytest.raises(Unknown):
            actions.relate(house.amina, now=NOW, person_id=house.lucia, kind="SIBLING", other_id=other_id)
    actions.relate(house.amina, now=NOW, person_id=house.lucia, kind="MOTHER", name=name("Rosa"))
    assert Relation.objects.count() == 1


def close(house: House) -> None:
    actions.request_closure(
        house.amina, now=NOW, person_id=house.lucia, version=1, reason="GOALS_REACHED", text=SECRET
    )
    actions.approve_closure(house.bruno, now=NOW, person_id=house.lucia, version=2)


def test_closing_takes_two_people(house: House) -> None:
    actions.request_closure(
        house.bruno, now=NOW, person_id=house.lucia, version=1, reason="GOALS_REACHED", text=SECRET
    )
    with pytest.raises(SamePersonApproves):
        actions.approve_closure(house.bruno, now=NOW, person_id=house.lucia, version=2)
    with pytest.raises(Denied):
        actions.approve_closure(house.amina, now=NOW, person_id=house.lucia, version=2)


def test_a_closed_file_does_not_change_until_it_is_reopened(house: House) -> None:
    close(house)
    with pytest.raises(FileNotOpen):
        add_need(house)
    actions.reopen_file(
        house.bruno, now=NOW, person_id=house.lucia, version=3, reason="NEW_RISK", text=SECRET
    )
    add_need(house)
    assert File.objects.get(person_id=house.lucia).state == FileState.OPEN


def test_dora_does_nothing_to_the_file(house: House) -> None:
    with pytest.raises((Unknown, Refusal)):
        actions.add_note(
            house.dora,
            now=NOW,
            person_id=house.lucia,
            kind=NoteKind.OTHER,
            happened_on=NOW.date(),
            text=SECRET,
        )
    assert Note.objects.count() == 0
