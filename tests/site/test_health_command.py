"""``amparo health`` counts the files that were found damaged lately, and names none."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from click.testing import CliRunner, Result
from django.test import Client

from amparo.access.gate import writes_outside_actions
from amparo.access.vault_hooks import NAMED_AT_MOST, log
from amparo.cases import queries
from amparo.core.policy import Purpose
from amparo.ledger.record import record
from amparo.site import queries as site_queries
from amparo.site.commands.health import health
from amparo.vault.models import Field
from tests.access.test_vault_hooks import make_people
from tests.cases.conftest import House
from tests.cases.conftest import house as house

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def a_ledger() -> Iterator[None]:
    with writes_outside_actions("entries of a test"):
        yield


def run() -> Result:
    return CliRunner().invoke(health)


def tear(house: House) -> None:
    """Alter Lucía's names, and let Amina meet the damage by a search, twice."""
    row = Field.objects.get(record__identity_id=house.lucia, name="names")
    torn = bytes(row.sealed)[:-1] + bytes([bytes(row.sealed)[-1] ^ 1])
    Field.objects.filter(id=row.id).update(sealed=torn)
    now = datetime.now(UTC)
    for _ in range(2):
        queries.open_usual_names(house.cast.amina.actor_at(now), [house.lucia], Purpose.SEARCH, now=now)


def test_a_sound_installation_exits_0(house: House) -> None:
    said = run()
    assert (said.exit_code, "NO:" in said.output) == (0, False)


def test_a_damaged_file_is_counted_once_and_never_named(house: House) -> None:
    tear(house)
    said = run()
    assert said.exit_code == 1
    assert "sealed data of 1 files could not be opened" in said.output
    assert house.code not in said.output
    assert str(house.lucia) not in said.output


def test_a_stranger_learns_nothing_of_the_damage(house: House, client: Client) -> None:
    tear(house)
    assert client.get("/health/").json() == {"status": "ok"}


def test_damage_of_long_ago_is_not_lately(house: House) -> None:
    now = datetime.now(UTC)
    long_ago = now - timedelta(days=site_queries.DAMAGE_DAYS, seconds=1)
    record("staff:amina", "vault.damaged", subject=house.code, details={"count": 1}, now=long_ago)
    assert site_queries.count_damaged(now) == 0
    record("staff:amina", "vault.damaged", subject=house.code, details={"count": 1}, now=now)
    assert site_queries.count_damaged(now) == 1


@pytest.mark.parametrize("count", [3, NAMED_AT_MOST + 1])
def test_a_list_counts_each_of_its_files(db: None, count: int) -> None:
    now = datetime.now(UTC)
    people = make_people(count)
    for _ in range(2):
        log("staff:amina", "vault.damaged", people, {"count": count}, now=now)
    assert site_queries.count_damaged(now) == count


def test_a_planted_silence_of_the_vault_is_caught(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    from amparo.vault.door.opening import _Opening

    monkeypatch.setattr(_Opening, "alarm", lambda *_args: None)
    with pytest.raises(AssertionError):
        test_a_damaged_file_is_counted_once_and_never_named(house)


def test_a_part_that_does_not_answer_is_named(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(site_queries, "list_ailments", lambda: ["seal_key"])
    said = run()
    assert said.exit_code == 1
    assert "NO: The seal keys" in said.output
