"""A set-up that is put back is the set-up that was made."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.conf import settings
from django.db import transaction

from amparo.access.actions import found_agency
from amparo.access.gate import writes_outside_actions
from amparo.access.models import Staff
from amparo.access.queries import machine_actor
from amparo.core.policy import AgencyKind
from amparo.ledger.models import Entry
from amparo.vault.actions import unlock
from tests import remembered
from tests.people import BORN_AT, Cast, get_cast
from tests.remembered import Rows


@pytest.fixture
def forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(remembered, "_memories", {})


def _everything() -> dict[str, Rows]:
    return {
        table: Rows(rows.table, rows.columns, sorted(rows.rows, key=repr))
        for table, count in remembered._count_rows().items()
        if count
        for rows in [Rows.read(table)]
    }


def _undone() -> tuple[Cast, dict[str, Rows]]:
    """Return the cast and all rows as they are, and take them away again."""
    with transaction.atomic():
        cast, rows = get_cast(), _everything()
        transaction.set_rollback(True)
    return cast, rows


def test_every_row_is_put_back_as_it_was_made(db: None, forgotten: None) -> None:
    made, first = _undone()
    assert not Entry.objects.exists()
    again, second = _undone()
    assert first == second
    assert len(first["ledger_entry"].rows) > 50
    assert made.everybody == again.everybody


def test_what_a_test_does_to_its_cast_reaches_no_other(db: None, forgotten: None) -> None:
    cast, _ = _undone()
    cast.amina.passphrase = "otra"
    with transaction.atomic():
        again = get_cast()
        with writes_outside_actions("a test spoils its cast"):
            Staff.objects.update(name="otra")
        transaction.set_rollback(True)
    assert again.amina.passphrase != "otra"
    cast = get_cast()
    assert not Staff.objects.filter(name="otra").exists()
    assert unlock(cast.amina.id, cast.amina.passphrase, BORN_AT) == cast.amina.keys


def test_a_database_that_is_not_empty_gets_a_cast_of_its_own(db: None, forgotten: None) -> None:
    made, _ = _undone()
    found_agency(machine_actor("setup", now=BORN_AT), now=BORN_AT, name="Otra", kind=AgencyKind.NGO, state="")
    assert get_cast().amina.id != made.amina.id


def test_other_key_files_get_a_cast_of_their_own(
    db: None, forgotten: None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    made, _ = _undone()
    monkeypatch.setattr(settings, "AMPARO_KEYS", tmp_path)
    cast = get_cast()
    assert cast.amina.id != made.amina.id
    assert unlock(cast.amina.id, cast.amina.passphrase, BORN_AT) == cast.amina.keys
