"""Whatever is done to the ledger's tables behind its back is found, and the row is named."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from django.db import connection

from amparo.ledger import actions, tiles, triggers
from amparo.ledger.data import LedgerDamaged, Report
from amparo.ledger.keyring import ledger_key
from amparo.ledger.merkle import leaf_hash, root_of
from amparo.ledger.models import Checkpoint, Entry, Leaf
from amparo.ledger.record import build_entry, record
from amparo.ledger.signing import open_key
from amparo.ledger.verify import verify

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
pytestmark = pytest.mark.django_db


def write(count: int, start: int = 0) -> list[UUID]:
    return [
        record(
            "staff:amina", "vault.open", subject=f"AM-{number:04}", details={"compartments": ["id"]},
            now=NOW + timedelta(seconds=number),
        )
        for number in range(start, start + count)
    ]  # fmt: skip


@pytest.fixture
def ids() -> list[UUID]:
    """Ten sealed entries under two checkpoints, and two that wait."""
    first = write(6)
    actions.seal_batch(NOW)
    second = write(4, 6)
    actions.seal_batch(NOW)
    return first + second + write(2, 10)


@pytest.fixture
def breach() -> Iterator[None]:
    """What somebody can do who owns the database: the triggers are lifted, and put back afterwards."""
    triggers.drop(connection)
    yield
    triggers.create(connection)


def tamper(statement: str, *parameters: object) -> Report:
    """Run a statement that the triggers would have refused, and verify."""
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
    triggers.create(connection)
    return verify([])


def key_of(entry_id: UUID) -> str:
    return entry_id.hex if connection.vendor == "sqlite" else str(entry_id)


def test_an_untouched_ledger_is_sound(ids: list[UUID]) -> None:
    report = verify([])
    assert report.is_sound
    assert (report.sealed, report.unsealed, report.checkpoints) == (10, 2, 2)
    assert report.root == bytes(Checkpoint.objects.get(size=10).root)


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("verb", "vault.close"),
        ("actor_ref", "staff:bruno"),
        ("subject", "AM-9999"),
        ("details", '{"compartments":["health"]}'),
        ("at", "2026-03-01 12:00:03.000001"),
        ("leaf_hash", b"x" * 32),
    ],
)
@pytest.mark.parametrize("row", [3, 10])
def test_a_changed_column_is_named_sealed_or_not(
    ids: list[UUID], breach: None, column: str, value: object, row: int
) -> None:
    report = tamper(f"UPDATE ledger_entry SET {column} = %s WHERE id = %s", value, key_of(ids[row]))
    assert report.first_bad is not None
    assert report.first_bad.entry_id == ids[row]
    assert str(ids[row]) in report.first_bad.message


def test_an_entry_changed_together_with_its_hash_is_named(ids: list[UUID], breach: None) -> None:
    forged = build_entry("staff:dora", "vault.open", "AM-0003", {}, NOW)
    columns = "actor_ref = %s, leaf_hash = %s, details = '{}', at = %s"
    entry = Entry.objects.get(id=ids[3])
    from amparo.ledger.canonical import entry_bytes, time_text

    hashed = leaf_hash(
        entry_bytes(ids[3].hex, time_text(entry.at), "staff:dora", "vault.open", "AM-0003", "{}")
    )
    report = tamper(
        f"UPDATE ledger_entry SET {columns} WHERE id = %s",
        "staff:dora",
        hashed,
        str(entry.at)[:26],
        key_of(ids[3]),
    )
    assert forged.leaf_hash != hashed
    assert report.first_bad is not None
    assert (report.first_bad.kind, report.first_bad.entry_id) == ("changed", ids[3])


def test_an_entry_and_its_leaf_changed_alike_break_the_root(ids: list[UUID], breach: None) -> None:
    report = tamper("UPDATE ledger_leaf SET hash = %s WHERE number = 7", b"x" * 32)
    kinds = [problem.kind for problem in report.problems]
    assert kinds == ["changed", "root"]
    assert report.first_bad is not None
    assert report.first_bad.number == 7


def test_a_deleted_entry_is_named(ids: list[UUID], breach: None) -> None:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL session_replication_role = replica")  # no triggers, no foreign keys
    report = tamper("DELETE FROM ledger_entry WHERE id = %s", key_of(ids[4]))
    assert report.first_bad is not None
    assert (report.first_bad.kind, report.first_bad.entry_id) == ("deleted", ids[4])
    put_back(ids[4])


def put_back(entry_id: UUID) -> None:
    """Leave no dangling reference for the check at the end of a test."""
    Entry(id=entry_id, at=NOW, actor_ref="a:b", verb="a.b", leaf_hash=b"", mark=b"").save(force_insert=True)


def test_leaf_and_entry_deleted_together_leave_a_gap(ids: list[UUID], breach: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM ledger_leaf WHERE number = 4")
    report = tamper("DELETE FROM ledger_entry WHERE id = %s", key_of(ids[4]))
    assert report.first_bad is not None
    assert (report.first_bad.kind, report.first_bad.number) == ("missing", 5)
    assert "leaves 4 to 4" in report.first_bad.message


def test_renumbered_leaves_are_found(ids: list[UUID], breach: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE ledger_leaf SET number = 99 WHERE number = 2")
        cursor.execute("UPDATE ledger_leaf SET number = 2 WHERE number = 3")
    report = tamper("UPDATE ledger_leaf SET number = 3 WHERE number = 99")
    assert report.first_bad is not None
    assert report.first_bad.kind == "root"
    assert "leaves up to 5" in report.first_bad.message


def test_an_entry_put_among_the_sealed_is_found(ids: list[UUID], breach: None) -> None:
    """The leaves after it are moved up by one, as somebody would who wants no gap."""
    with connection.cursor() as cursor:
        cursor.execute("UPDATE ledger_leaf SET number = number + 1000 WHERE number >= 3")
        cursor.execute("UPDATE ledger_leaf SET number = number - 999 WHERE number >= 1000")
    put_in = build_entry("staff:dora", "vault.open", "AM-0001", {}, NOW)
    put_in.save(force_insert=True)
    Leaf.objects.create(number=3, entry=put_in, hash=put_in.leaf_hash)
    triggers.create(connection)
    kinds = [problem.kind for problem in verify([]).problems]
    assert kinds == ["root", "checkpoint"]


def test_a_tail_cut_off_after_a_checkpoint_is_found(ids: list[UUID], breach: None) -> None:
    report = tamper("DELETE FROM ledger_leaf WHERE number >= 8")
    assert report.first_bad is not None
    assert report.first_bad.kind == "truncated"
    assert "covers 10 rows and only 8" in report.first_bad.message


def test_a_tail_cut_off_with_its_checkpoint_is_found_by_a_witness(
    ids: list[UUID], breach: None, tmp_path: Path
) -> None:
    assert actions.export_checkpoints(tmp_path) == 2
    assert verify([tmp_path]).witnessed == 2
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM ledger_leaf WHERE number >= 6")
        cursor.execute("DELETE FROM ledger_entry WHERE id >= %s", [key_of(ids[6])])
    report = tamper("DELETE FROM ledger_checkpoint WHERE size = 10")
    assert report.is_sound, "the database alone is consistent"
    found = verify([tmp_path]).first_bad
    assert found is not None
    assert found.kind == "truncated"
    assert "witness" in found.message


def test_a_rewritten_history_is_found_by_a_witness_even_with_our_key(
    ids: list[UUID], breach: None, tmp_path: Path
) -> None:
    actions.export_checkpoints(tmp_path)
    with connection.cursor() as cursor:
        for table in ("checkpoint", "leaf"):
            cursor.execute(f"DELETE FROM ledger_{table}")
        cursor.execute("DELETE FROM ledger_entry WHERE id = %s", [key_of(ids[0])])
    triggers.create(connection)
    actions.seal_all(NOW)
    assert verify([]).is_sound
    found = verify([tmp_path]).first_bad
    assert found is not None
    assert found.kind == "root"


@pytest.mark.parametrize("is_own_key", [True, False])
def test_a_forged_checkpoint_is_found(
    ids: list[UUID], breach: None, tmp_path: Path, is_own_key: bool
) -> None:
    key = ledger_key() if is_own_key else open_key(tmp_path, is_new=True)
    root = root_of([leaf_hash(b"forged")])
    Checkpoint.objects.create(size=5, at=NOW, root=root, note=key.sign(5, root, NOW))
    triggers.create(connection)
    found = verify([]).first_bad
    assert found is not None
    assert found.kind == ("root" if is_own_key else "forged")


def test_a_checkpoint_whose_root_differs_from_its_note_is_found(ids: list[UUID], breach: None) -> None:
    found = tamper("UPDATE ledger_checkpoint SET root = %s WHERE size = 6", b"x" * 32).first_bad
    assert found is not None
    assert found.kind == "checkpoint"


def test_an_entry_written_without_the_key_is_found_and_never_sealed(ids: list[UUID]) -> None:
    forged = build_entry("staff:dora", "vault.open", "AM-0001", {}, NOW)
    forged.mark = b"x" * 32
    forged.save(force_insert=True)
    found = verify([]).first_bad
    assert found is not None
    assert (found.kind, found.entry_id) == ("unmarked", forged.id)
    with pytest.raises(LedgerDamaged, match=str(forged.id)):
        actions.seal_batch(NOW)


def test_a_missing_trigger_is_found(ids: list[UUID], breach: None) -> None:
    found = verify([]).first_bad
    assert found is not None
    assert found.kind == "trigger"


def test_the_first_bad_row_is_a_row_although_a_trigger_is_missing_too(ids: list[UUID], breach: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE ledger_entry SET subject = %s WHERE id = %s", ["AM-9999", key_of(ids[3])])
    report = verify([])
    assert report.problems[0].entry_id is None
    assert report.first_bad is not None
    assert report.first_bad.entry_id == ids[3]


def test_nothing_is_sealed_on_a_tree_that_was_changed(ids: list[UUID], breach: None) -> None:
    tamper("UPDATE ledger_leaf SET hash = %s WHERE number = 9", b"x" * 32)
    with pytest.raises(LedgerDamaged):
        actions.seal_batch(NOW)
    assert Leaf.objects.count() == 10


def test_stored_subtrees_are_compared_and_narrow_the_place(breach: None) -> None:
    write(300)
    actions.seal_batch(NOW)
    assert verify([]).is_sound is False, "the triggers are lifted"
    report = tamper("UPDATE ledger_node SET hash = %s", b"x" * 32)
    assert report.first_bad is not None
    assert report.first_bad.kind == "subtree"
    assert "leaves 0 to 255" in report.first_bad.message


def test_a_row_that_commits_late_is_sealed_late(ids: list[UUID]) -> None:
    """Ids are made before the commit, so one can be smaller than those already sealed."""
    late = build_entry("staff:amina", "vault.open", "AM-0001", {}, NOW)
    write(1)
    actions.seal_batch(NOW)
    late.save(force_insert=True)
    sealed = actions.seal_batch(NOW)
    assert sealed is not None
    assert sealed.count == 1
    assert verify([]).is_sound


@pytest.mark.parametrize("sizes", [[1, 1, 1], [255, 1, 1], [256, 257], [300, 213, 2]])
def test_batches_of_any_size_lead_to_the_root_of_all_leaves(sizes: list[int]) -> None:
    for size in sizes:
        write(size)
        actions.seal_batch(NOW)
    hashes = [bytes(stored) for stored in Leaf.objects.order_by("number").values_list("hash", flat=True)]
    assert bytes(Checkpoint.objects.get(size=sum(sizes)).root) == root_of(hashes)
    assert verify([]).is_sound
    assert tiles.range_hash(0, sum(sizes)) == root_of(hashes)
