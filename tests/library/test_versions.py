"""Versions of an entry: kept by the database itself, and readable."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, connection, transaction

from amparo.library.models import EntryVersion
from tests.library.corpus import catalogue, make_corpus

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "statement",
    ["UPDATE library_entryversion SET by_name = 'Nadie'", "DELETE FROM library_entryversion"],
)
def test_a_version_is_never_changed_or_removed_even_past_the_program(statement: str) -> None:
    catalogue(make_corpus(3))
    with (
        pytest.raises(IntegrityError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)
    assert EntryVersion.objects.count() == 3
