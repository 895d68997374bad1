"""A finding cites the law; the library never shows which files cite it."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

import pytest
from django.conf import settings
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse

from amparo.access.gate import writes_outside_actions
from amparo.library.actions import edit_entry
from amparo.library.queries import search
from amparo.procedures.data.refusals import NotInLibrary
from amparo.procedures.models import Finding, FindingCitation
from amparo.procedures.queries import get_guide_page
from amparo.procedures.queries.memorandum import get_memorandum
from tests.doors.noninterference import Request, assert_same, observe, worlds
from tests.people import Cast
from tests.procedures.lawful import OWN, make_lawful_world
from tests.procedures.world import World

LINK = "trafficking.act.transport"
CITED = ["seed/fn12", "us/bia/m-j-2001", OWN.key]


@pytest.fixture
def world(cast: Cast) -> World:
    """A file at the real time, with doctrine and one entry of staff in the library."""
    return make_lawful_world(cast)


@pytest.fixture
def procedure_id(world: World) -> UUID:
    return world.open("victim-identification")


@pytest.fixture
def amina(world: World) -> Client:
    client = world.cast.amina.client(Client())
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    return client


def element_url(world: World, procedure_id: UUID) -> str:
    return reverse("procedures_element", args=[world.code, procedure_id, LINK])


def test_a_finding_shows_what_it_cites_in_the_version_that_was_cited(
    world: World, procedure_id: UUID
) -> None:
    world.find(procedure_id, LINK, citations=[*CITED, CITED[0]])
    edit_entry(world.bruno, now=world.now, content=OWN.model_copy(update={"number": "1"}), version=1)
    shown = get_guide_page(world.amina, world.person_id, procedure_id, LINK, language="en", now=world.now)
    (finding,) = shown.element.findings
    assert [(one.key, one.version) for one in finding.cited] == [(key, 1) for key in CITED]
    assert finding.cited[1].label == "Matter of M-J- (USA)"
    assert finding.cited[2].is_unverified


def test_the_memorandum_prints_the_law_cited(world: World, procedure_id: UUID) -> None:
    world.find(procedure_id, LINK, citations=CITED)
    memo = get_memorandum(world.amina, world.person_id, procedure_id, language="en", now=world.now)
    elements = [one for guide in memo["guides"] for one in guide["elements"] if one["findings"]]
    assert "Matter of M-J- (USA)" in elements[0]["findings"][0]["cited"]


def test_what_is_not_in_the_library_cannot_be_cited(world: World, procedure_id: UUID) -> None:
    with pytest.raises(NotInLibrary):
        world.find(procedure_id, LINK, citations=["no/such"])
    assert not Finding.objects.exists()


def test_what_was_cited_cannot_be_changed(world: World, procedure_id: UUID) -> None:
    world.find(procedure_id, LINK, citations=CITED)
    planted = writes_outside_actions("the database itself must refuse it")
    with planted, pytest.raises(DatabaseError), transaction.atomic():
        FindingCitation.objects.update(entry="seed/fn1")


def test_looking_for_law_records_nothing_and_keeps_what_was_typed(
    amina: Client, world: World, procedure_id: UUID
) -> None:
    typed = {"truth": "established", "reasons": "Consta en la nota.", "citations": ["seed/fn12"]}
    url = element_url(world, procedure_id)
    answer = amina.post(url, typed | {"law": "zarzamora", "find_law": "1"})
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "Consta en la nota." in page
    assert 'value="seed/fn12" id="id_citations_0" checked' in page
    assert f'value="{OWN.key}"' in page
    assert "govuk-error-summary" not in page
    assert not Finding.objects.exists()


def test_a_finding_is_recorded_with_what_was_ticked(amina: Client, world: World, procedure_id: UUID) -> None:
    url = element_url(world, procedure_id)
    typed = {"truth": "established", "reasons": "Consta.", "standard": "reasonable_degree_of_likelihood"}
    typed["standard"] = str(amina.get(url).context["form"].initial["standard"])
    assert amina.post(url, typed | {"citations": [OWN.key]}).status_code == 302
    assert list(FindingCitation.objects.values_list("entry", flat=True)) == [OWN.key]
    page = amina.get(url).content.decode()
    assert reverse("library_entry", args=[OWN.key]) in page
    assert amina.post(url, typed | {"citations": ["no/such"]}).status_code == 400


def requests() -> list[Request]:
    """Every page of the library that tells of the cited entries, and where they could have moved."""
    entries = [Request(reverse("library_entry", args=[key])) for key in CITED]
    searches = [Request("/library/", {"q": text}) for text in ("", "zarzamora", "persecutorio", "zarzamoro")]
    files = [
        Request("/library/export/"),
        Request("/library/export/", {"key": OWN.key}),
        Request("/library/acts/seed.xml"),
    ]
    return [*entries, *searches, *files]


def citing(world: World, procedure_id: UUID) -> Callable[[], object]:
    return lambda: world.find(procedure_id, LINK, citations=CITED)


@pytest.mark.parametrize("who", ["amina", "bruno", "dora", "eve"])
def test_the_library_is_the_same_byte_for_byte_whether_or_not_a_file_cites(
    world: World, procedure_id: UUID, who: str
) -> None:
    present, absent = worlds(getattr(world.cast, who), requests(), citing(world, procedure_id))
    assert_same(present, absent)


def test_a_planted_count_of_citations_would_be_seen(
    world: World, procedure_id: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    def telling(*arguments: object, **more: object) -> object:
        results = search(*arguments, **more)  # type: ignore[arg-type]
        return type(results)(results.hits, FindingCitation.objects.count(), 1, 1)

    monkeypatch.setattr("amparo.library.views.reading.queries.search", telling)
    present, absent = worlds(world.cast.dora, requests(), citing(world, procedure_id))
    with pytest.raises(AssertionError):
        assert_same(present, absent)
    assert len(observe(world.cast.dora, requests())) == len(present)
