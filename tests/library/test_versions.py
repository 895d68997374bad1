"""Versions of an entry, kept by the database itself and readable; entries that their agency takes back."""

from __future__ import annotations

from typing import Any

import pytest
from django.conf import settings
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse

from amparo.access.data import Actor, Denied, Stale, TellsWhoItIs
from amparo.library import queries
from amparo.library.actions import add_entry, bring_up_to_date, edit_entry, import_entries, withdraw_entry
from amparo.library.data import AlreadyWithdrawn, Decision, FromDoctrine, NotYourEntry, Words
from amparo.library.models import EntryVersion
from tests.library.corpus import NOW, catalogue, make_corpus
from tests.people import Cast

pytestmark = pytest.mark.django_db
KEY = "gt/cc/1-2010"


def decision(**changes: Any) -> Decision:
    said = {"key": KEY, "title": Words(es="Amparo cobertizo"), "forum": Words(es="Corte")}
    return Decision.model_validate(said | changes)


def withdraw(actor: Actor, **changes: Any) -> None:
    withdraw_entry(actor, now=NOW, **{"key": KEY, "version": 1, "why": "Se anuló en 2011."} | changes)


@pytest.fixture
def bruno(cast: Cast) -> Actor:
    actor = cast.bruno.actor_at(NOW)
    add_entry(actor, now=NOW, content=decision())
    return actor


def test_its_agency_takes_an_entry_back_and_it_stays_marked(cast: Cast, bruno: Actor) -> None:
    withdraw(bruno)
    (hit,) = queries.search("cobertizo").hits
    assert (hit.entry.withdrawn_at, hit.entry.withdrawn_why) == (NOW, "Se anuló en 2011.")
    assert queries.list_choices("cobertizo") == []
    assert [one.key for one in queries.list_choices("", keys=(KEY,))] == [KEY]
    client = cast.amina.client(Client())
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    page = client.get(reverse("library_entry", args=[KEY])).content.decode()
    assert "Withdrawn on" in page
    assert "Se anuló en 2011." in page
    assert "library/edit" not in page
    assert "Withdrawn" in client.get("/library/?q=cobertizo").content.decode()


def test_who_may_not_take_it_back(cast: Cast, bruno: Actor) -> None:
    with pytest.raises(Denied):
        withdraw(cast.amina.actor_at(NOW))
    with pytest.raises(NotYourEntry):
        withdraw(cast.chidi.actor_at(NOW))
    with pytest.raises(Stale):
        withdraw(bruno, version=2)
    with pytest.raises(TellsWhoItIs):
        withdraw(bruno, why="Véase AM-G7UJ-FF7K")
    bring_up_to_date(now=NOW)
    with pytest.raises(FromDoctrine):
        withdraw(bruno, key="us/bia/m-j-2001")


def test_what_was_taken_back_is_not_changed_in_any_way(bruno: Actor) -> None:
    withdraw(bruno)
    with pytest.raises(AlreadyWithdrawn):
        withdraw(bruno)
    with pytest.raises(AlreadyWithdrawn):
        edit_entry(bruno, now=NOW, content=decision(number="7"), version=1)
    with pytest.raises(AlreadyWithdrawn):
        import_entries(bruno, now=NOW, contents=[decision(number="7")])
    assert import_entries(bruno, now=NOW, contents=[decision()]) == (0, 0)


def test_the_pages_take_an_entry_back_and_show_what_it_said_before(cast: Cast, bruno: Actor) -> None:
    edit_entry(bruno, now=NOW, content=decision(title=Words(es="Amparo nuevo")), version=1)
    client = cast.bruno.client(Client())
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    entry = client.get(reverse("library_entry", args=[KEY])).content.decode()
    assert reverse("library_withdraw", args=[KEY]) in entry
    assert reverse("library_versions", args=[KEY]) in entry
    page = client.get(reverse("library_versions", args=[KEY])).content.decode()
    assert "Amparo cobertizo" in page
    assert "Amparo nuevo" in page
    assert "Changed: Title" in page
    address = reverse("library_withdraw", args=[KEY])
    assert client.get(address).status_code == 200
    assert client.post(address, {"why": "", "version": "2"}).status_code == 400
    assert client.post(address, {"why": "Se anuló.", "version": "2"}).status_code == 302
    assert client.get(reverse("library_versions", args=["no/such"])).status_code == 404
    other = cast.chidi.client(Client())
    assert address not in other.get(reverse("library_entry", args=[KEY])).content.decode()


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
