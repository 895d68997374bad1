"""The pages of the law as data: versions, countries, what differs there and what nobody verified."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from django.test import Client

from amparo.core.refusal import Unknown
from amparo.doctrine import registry
from amparo.library.guides import ElementLine, get_country, get_guide, get_index
from tests.later_law import load_later
from tests.people import Cast

TODAY = date(2026, 11, 24)


def test_every_guide_procedure_and_pack_is_listed_with_its_versions() -> None:
    index = get_index("en", TODAY)
    assert {one.id for one in index.guides} == {one.id for one in registry.list_guides()}
    assert {one.id for one in index.procedures} == {one.id for one in registry.list_procedures()}
    assert {one.code for one in index.packs} == {one.country for one in registry.list_packs()}
    trafficking = next(one for one in index.guides if one.id == "trafficking")
    assert ("URY", "Uruguay") in trafficking.countries
    assert [one.state for one in trafficking.versions] == ["in_force"]


def test_a_version_that_is_not_yet_in_force_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registry, "_library", load_later)
    guides = get_index("en", TODAY).guides
    trafficking = next(one for one in guides if one.id == "trafficking")
    assert [(one.edition, one.state) for one in trafficking.versions] == [
        ("INT/2", "later"),
        ("INT/1", "in_force"),
    ]


def test_a_country_says_what_differs_from_the_international_text() -> None:
    uruguay = get_country("URY", "en", TODAY)
    told = {text.title: text.changes for text in uruguay.texts}
    assert ("changed", "Means, not required by Act 19.643") in told[
        "Trafficking in persons (Uruguay, Act 19.643)"
    ]
    assert any(rule.topic and not rule.is_unverified for rule in uruguay.rules)
    assert uruguay.sources


def test_every_guide_can_be_read_and_draws_each_element_once() -> None:
    for guide in registry.list_guides(as_of=TODAY):
        shown = get_guide(guide.id, "", "es", TODAY)
        drawn = [one.id for one in _walk(shown.root) if not one.is_again]
        assert sorted(drawn) == sorted(set(guide.texts) - {"person.child"})
    with pytest.raises(Unknown):
        get_guide("trafficking", "FRA", "es", TODAY)


def _walk(one: ElementLine) -> Iterator[ElementLine]:
    yield one
    for child in one.children:
        yield from _walk(child)


def test_every_country_has_a_page_that_tags_what_nobody_verified() -> None:
    for pack in registry.list_packs():
        shown = get_country(pack.country, "es", TODAY)
        tags = [one.is_unverified for one in shown.authorities] + [one.is_unverified for one in shown.rules]
        assert any(tags)


def test_a_country_without_a_pack_has_no_page() -> None:
    with pytest.raises(Unknown):
        get_country("FRA", "es", TODAY)


@pytest.mark.django_db
def test_staff_read_the_pages(cast: Cast, client: Client) -> None:
    cast.dora.client(client)
    shown = client.get("/doctrine/").content.decode()
    assert "Guatemala" in shown
    assert "Sin verificar" in client.get("/doctrine/can/").content.decode()
    assert client.get("/doctrine/fra/").status_code == 404


@pytest.mark.django_db
def test_the_parts_of_a_guide_are_folded_until_all_are_asked_for(cast: Cast, client: Client) -> None:
    cast.dora.client(client)
    url = "/doctrine/guides/return-gate/"
    folded, opened = (client.get(one).content.decode() for one in (url, f"{url}?open=all"))
    parts = folded.count('<details class="am-fold am-fold--wide">')
    assert parts > 3
    assert opened.count('<details class="am-fold am-fold--wide" open>') == parts
    for html in (folded, opened):
        assert all(f'id="{one.id}"' in html for one in _walk(get_guide("return-gate", "", "es", TODAY).root))
