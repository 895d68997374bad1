"""Doctrine comes into the library, again and again, and what it no longer holds stays, dated."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from amparo.doctrine import registry
from amparo.ledger.models import Entry as LedgerRow
from amparo.library import doctrine_entries, queries
from amparo.library.actions import bring_up_to_date
from amparo.library.data import Decision
from amparo.library.models import Entry, EntryVersion

NOW = datetime(2026, 11, 20, 15, 0, tzinfo=UTC)
LATER = NOW + timedelta(days=1)
FOOTNOTES = [f"seed/fn{number}" for number in range(1, 17)]
PARAGRAPHS = [f"seed/{number}" for number in range(14, 19)]

pytestmark = pytest.mark.django_db


def ledger_rows() -> int:
    return LedgerRow.objects.filter(verb="library.sync").count()


def test_all_law_of_the_seed_is_in_the_library_with_its_quality_notes() -> None:
    bring_up_to_date(now=NOW)
    for key in [*FOOTNOTES, *PARAGRAPHS]:
        assert queries.find_entry(key) is not None, key
    for note in registry.list_quality_notes():
        for key in note.about:
            entry = queries.find_entry(key)
            assert entry is not None
            assert note.says.es in {words.es for words in entry.content.notes}


def test_every_source_and_decision_of_doctrine_is_an_entry() -> None:
    bring_up_to_date(now=NOW)
    wanted = {one.id for one in (*registry.list_sources(), *registry.list_decisions())}
    assert wanted <= set(Entry.objects.values_list("key", flat=True))


def test_every_instrument_has_a_kind() -> None:
    bring_up_to_date(now=NOW)
    entries = [row for row in Entry.objects.filter(shape="instrument") if not row.content["kind"]]
    assert [row.key for row in entries] == []


def test_every_decision_of_the_seed_is_reached_from_its_elements() -> None:
    bring_up_to_date(now=NOW)
    for decision in registry.list_decisions():
        if not {f"seed/fn{number}" for number in range(12, 17)} & set(decision.sources):
            continue
        entry = queries.find_entry(decision.id)
        assert entry is not None
        assert entry.content.elements, decision.id
        for element in entry.content.elements:
            keys = {hit.entry.key for hit in queries.search(decision.name, {"element": element}).hits}
            assert decision.id in keys


def test_a_second_sync_writes_nothing_and_records_nothing() -> None:
    bring_up_to_date(now=NOW)
    before = (list(Entry.objects.values_list("key", "version")), EntryVersion.objects.count(), ledger_rows())
    assert bring_up_to_date(now=LATER).is_empty
    after = (list(Entry.objects.values_list("key", "version")), EntryVersion.objects.count(), ledger_rows())
    assert before == after
    assert ledger_rows() == 1


def test_a_changed_entry_gets_a_version_and_a_withdrawn_one_stays_dated(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    bring_up_to_date(now=NOW)
    contents = doctrine_entries.list_doctrine_entries()
    gone = next(one for one in contents if isinstance(one, Decision))
    changed = next(one for one in contents if one.key == "seed/20")
    now_said = changed.model_copy(update={"where": "en otro lugar"})
    others = [one for one in contents if one.key not in {gone.key, changed.key}]
    patched = "amparo.library.actions.syncing.list_doctrine_entries"
    monkeypatch.setattr(patched, lambda: [*others, now_said])
    bring_up_to_date(now=LATER)
    kept, entry = queries.find_entry(gone.key), queries.find_entry("seed/20")
    assert kept is not None
    assert kept.withdrawn_at == LATER
    assert kept.content == gone
    assert entry is not None
    assert (entry.version, entry.content.where) == (2, "en otro lugar")
    monkeypatch.setattr(patched, lambda: contents)
    bring_up_to_date(now=LATER)
    back = queries.find_entry(gone.key)
    assert back is not None
    assert back.withdrawn_at is None


def test_a_source_without_a_kind_would_be_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    source = replace(registry.get_source("palermo/3"), kind="")
    monkeypatch.setattr(doctrine_entries.registry, "list_sources", lambda: [source])
    (instrument, *_rest) = doctrine_entries.list_doctrine_entries()
    assert instrument.model_dump()["kind"] == ""
