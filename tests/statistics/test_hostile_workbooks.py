"""Hostile and mistaken files: refused with a reason, in bounded time and memory, never a traceback."""

from __future__ import annotations

import contextlib
import subprocess
import sys
import time
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from amparo.core.refusal import Refusal
from amparo.statistics.htcds import child
from amparo.statistics.htcds.sandbox import MAX_FILE_BYTES, read_workbook
from amparo.statistics.refusals import (
    EmptyFile,
    MacroWorkbook,
    NotAWorkbook,
    OldWorkbook,
    OtherEncoding,
    ProtectedWorkbook,
    SlowWorkbook,
    TooLarge,
    UnreadableWorkbook,
    WorkbookRefused,
)
from tests.statistics import hostile

REFUSED: list[tuple[Callable[[], bytes], type[Refusal]]] = [
    (hostile.zip_bomb, TooLarge),
    (hostile.lying_zip_bomb, Refusal),
    (hostile.ratio_bomb, TooLarge),
    (hostile.many_parts, TooLarge),
    (hostile.entity_bomb, UnreadableWorkbook),
    (hostile.external_entity, UnreadableWorkbook),
    (hostile.deep_nesting, TooLarge),
    (hostile.million_columns, TooLarge),
    (hostile.far_corner, TooLarge),
    (hostile.unnumbered_columns, TooLarge),
    (hostile.too_many_cells, WorkbookRefused),  # too large, or too slow on a busy machine
    (hostile.repeated_long_text, TooLarge),
    (hostile.latin_1, OtherEncoding),
    (hostile.utf_16, OtherEncoding),
    (hostile.wrong_bytes, UnreadableWorkbook),
    (hostile.truncated, UnreadableWorkbook),
    (hostile.flipped_bytes, UnreadableWorkbook),
    (hostile.with_macros, MacroWorkbook),
    (hostile.protected, ProtectedWorkbook),
    (hostile.old_excel, OldWorkbook),
    (hostile.word_document, NotAWorkbook),
    (lambda: b"", EmptyFile),
    (lambda: b"\0" * 1000, EmptyFile),
    (lambda: b"nombre;apellido\nLuz;Toc\n", NotAWorkbook),
    (lambda: "nombre;apellido\nLuz;Ñandú\n".encode("utf-16"), NotAWorkbook),
    (lambda: b"%PDF-1.7 ...", NotAWorkbook),
    (lambda: b"\x7fELF" + bytes(range(256)), NotAWorkbook),
    (lambda: b"PK\x03\x04" + b"x" * MAX_FILE_BYTES, TooLarge),
]


def name_of(value: object) -> str:
    return getattr(value, "__name__", "")


@pytest.mark.parametrize(("make", "refusal"), REFUSED, ids=name_of)
def test_a_bad_file_is_refused_in_time(make: Callable[[], bytes], refusal: type[Refusal]) -> None:
    data = make()
    started = time.monotonic()
    with pytest.raises(refusal) as caught:
        read_workbook(data)
    assert time.monotonic() - started < 3
    assert caught.value.what_happened
    assert caught.value.reason
    assert caught.value.what_next
    assert "%(" not in caught.value.reason


def test_the_same_parts_without_the_attack_are_read() -> None:
    assert read_workbook(hostile.honest()).rows[1][0] == ["s", "Luz"]


def test_the_reader_never_takes_more_than_its_memory() -> None:
    greedy = f"from amparo.statistics.htcds import child; child.limit_self(); bytearray({child.MEMORY_BYTES})"
    died = subprocess.run([sys.executable, "-c", greedy], capture_output=True, check=False)
    assert died.returncode == 1
    assert b"MemoryError" in died.stderr


def test_a_reader_that_takes_too_long_is_stopped() -> None:
    with pytest.raises(SlowWorkbook):
        read_workbook(hostile.honest(), wall_seconds=0.001)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(cut=st.integers(4, 1_500), patch=st.binary(min_size=1, max_size=40))
def test_any_corruption_gives_cells_or_a_refusal(cut: int, patch: bytes) -> None:
    data = bytearray(hostile.honest())
    data[cut : cut + len(patch)] = patch
    with contextlib.suppress(Refusal):
        assert read_workbook(bytes(data)).rows
