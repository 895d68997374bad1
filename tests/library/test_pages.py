"""The library's pages: what they show to whom, adding and editing, and what they never know."""

from __future__ import annotations

from html import unescape
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from amparo.ledger.models import Entry as LedgerRow
from amparo.library import queries
from amparo.library.actions import bring_up_to_date, edit_entry
from amparo.library.data import Decision
from tests.library.corpus import NOW
from tests.people import Cast

DECISION = {
    "key": "gt/cc/1234-2010",
    "title_es": "Amparo 1234-2010",
    "forum_es": "Corte de Constitucionalidad",
    "country": "GTM",
    "level": "supreme",
    "date": "2010",
    "aspects": ["A"],
    "summary_es": "No se devuelve a quien teme la trata.",
    "outcome": "favourable",
    "standing": "unknown",
    "status": "U-l",
    "text_language": "es",
    "elements": "refugee.persecution.inherent",
    "cites": "seed/fn12",
}
EDIT = reverse("library_edit", args=[DECISION["key"]])
ENTRY = reverse("library_entry", args=[DECISION["key"]])


@pytest.fixture
def bruno(cast: Cast) -> Client:
    """The supervisor's browser, in English, with doctrine in the library."""
    bring_up_to_date(now=NOW)
    client = cast.bruno.client(Client())
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    return client


def add(client: Client, **other: Any) -> Any:
    return client.post(reverse("library_add", args=["decision"]), DECISION | other)


def body(client: Client, path: str, **asked: str) -> str:
    return client.get(path, asked).content.decode()


def test_search_shows_marked_words_filters_and_a_correction(bruno: Client) -> None:
    page = body(bruno, "/library/", q="grupo social", country="USA")
    assert "<mark>grupo</mark>" in page
    assert "Matter of M-J-" in page
    assert "CRDD V95-02904" not in page
    page = body(bruno, "/library/", q="persecusion")
    assert "Perhaps you meant:" in page
    assert "q=persecucion" in page
    page = body(bruno, "/library/", q="persecusion", country="MEX")
    assert 'href="?q=persecucion">' in page
    assert "found only without the filters" in page
    assert 'href="?q=grupo+social">Search without' in body(
        bruno, "/library/", q="grupo social", country="ARG"
    )
    assert "Nothing in the library has all of these words." in body(bruno, "/library/", q="zorro azul")


def test_what_is_typed_is_never_markup(bruno: Client) -> None:
    assert "<script>alert" not in body(bruno, "/library/", q='"><script>alert(1)</script>')
    add(bruno, summary_es="<script>alert(1)</script> persecución")
    assert "<script>alert" not in body(bruno, "/library/", q="persecución alert")
    assert "<script>alert" not in body(bruno, ENTRY)


@pytest.mark.parametrize("asked", ["page=0", "page=99999999999", "page=-1", "kind=none", "element=x&q=%00"])
def test_an_odd_address_is_no_error(bruno: Client, asked: str) -> None:
    assert bruno.get(f"/library/?{asked}").status_code == 200


@pytest.mark.parametrize("typed", ["AND", "*", "\0", '"'])
def test_a_search_without_words_says_so(bruno: Client, typed: str) -> None:
    page = body(bruno, "/library/", q=typed)
    assert "There are no words to search for" in page
    assert "am-entry-line" not in page


def test_a_filter_that_does_not_exist_is_said(bruno: Client) -> None:
    page = body(bruno, "/library/", kind="none")
    assert "The filter “Kind” was left out" in page
    assert "was left out" not in body(bruno, "/library/", kind="decision")


def test_what_cannot_be_seen_is_not_kept(bruno: Client) -> None:
    add(bruno, title_es="Ampa\u202ero\u200e 1", summary_es="uno\tdos\x0ctres")
    entry = queries.find_entry(DECISION["key"])
    assert entry is not None
    assert entry.content.title.es == "Amparo 1"
    assert entry.content.summary is not None
    assert entry.content.summary.es == "uno dos tres"


def test_a_guide_is_read_as_a_tree_with_its_sources(bruno: Client) -> None:
    assert reverse("doctrine_guide", args=["trafficking"]) in body(bruno, "/doctrine/")
    page = body(bruno, reverse("doctrine_guide", args=["trafficking"]))
    assert "Any of these:" in page
    assert "/library/entries/" in page
    assert "Not verified" in page
    assert "As it applies in Uruguay" in body(
        bruno, reverse("doctrine_guide", args=["trafficking"]), country="ury"
    )
    assert bruno.get(reverse("doctrine_guide", args=["nothing"])).status_code == 404
    assert bruno.get("/doctrine/guides/trafficking/?country=XXX").status_code == 404


def test_an_entry_shows_what_cites_it_its_elements_and_its_notes(bruno: Client) -> None:
    page = body(bruno, reverse("library_entry", args=["seed/fn12"]))
    assert "Matter of M-J-" in page
    assert "Note on its quality" in page
    assert "refugee.persecution.inherent" in page
    assert "Not verified" in body(bruno, reverse("library_entry", args=["uk/ukhl/fornah-k-2006"]))
    assert bruno.get(reverse("library_entry", args=["no/such"])).status_code == 404


def test_dates_and_the_author_are_said_in_words_of_people(bruno: Client) -> None:
    page = body(bruno, reverse("library_entry", args=["mex-2007"]))
    versions = body(bruno, reverse("library_versions", args=["mex-2007"]))
    assert "15 Jun 2012" in page
    assert "2012-06-15" not in page + versions
    for shown in (page, versions):
        assert "the program's doctrine" in unescape(shown)
        assert ", library" not in shown


def test_an_order_by_words_is_explained_only_where_there_are_words(bruno: Client) -> None:
    assert "every word in its title" in body(bruno, "/library/", q="grupo social")
    assert "every word in its title" not in body(bruno, "/library/")


def test_a_text_in_another_language_says_which(bruno: Client) -> None:
    add(bruno)
    assert '<h1 class="govuk-heading-l" lang="es">' in body(bruno, ENTRY)


def test_who_holds_no_right_reads_but_adds_nothing(cast: Cast, bruno: Client) -> None:
    amina = cast.amina.client(Client())
    assert amina.get("/library/").status_code == 200
    assert "/library/add/" not in body(amina, "/library/")
    assert add(amina).status_code == 403
    assert queries.find_entry(DECISION["key"]) is None


def test_a_stranger_is_led_to_sign_in(db: None) -> None:
    assert Client().get("/library/").status_code == 302


def test_an_entry_is_added_found_and_recorded_without_its_words(bruno: Client) -> None:
    assert add(bruno).status_code == 302
    (hit,) = queries.search("amparo 1234-2010").hits
    assert isinstance(hit.entry.content, Decision)
    assert hit.entry.content.aspects == ["A"]
    row = LedgerRow.objects.get(verb="library.add_entry")
    assert row.details == {"entry": DECISION["key"], "version": 1}
    cited = body(bruno, reverse("library_entry", args=["seed/fn12"]))
    assert "Amparo 1234-2010" in cited


@pytest.mark.parametrize(
    ("other", "says"),
    [
        ({"key": "seed/fn12"}, "already called seed/fn12"),
        ({"key": "Con espacios"}, "form that is expected"),
        ({"title_es": ""}, "in Spanish, in English or in both"),
        ({"date": "el martes"}, "form that is expected"),
        ({"date": "2010-02-30"}, "No calendar has this day"),
        ({"date": "2999-02-28"}, "dated 2999-02-28, which has not come yet"),
        ({"date": "2999"}, "has not come yet"),
        ({"where": "JavaScript:alert(1)"}, "would run as a program"),
        ({"where": "data:text/html,x"}, "would run as a program"),
        ({"cites": "seed/fn12 no/such"}, "cites no/such, which is no entry"),
        ({"elements": "no.such.element"}, "No guide has an element"),
        ({"outcome": "splendid"}, "govuk-error-summary"),
    ],
)
def test_what_cannot_be_saved_says_why_and_keeps_what_was_typed(
    bruno: Client, other: dict[str, str], says: str
) -> None:
    answer = add(bruno, **other)
    assert answer.status_code == 400
    assert says in answer.content.decode()
    assert "No se devuelve a quien teme la trata." in answer.content.decode()


def test_an_edit_makes_a_version(bruno: Client) -> None:
    add(bruno)
    assert 'name="version" value="1"' in body(bruno, EDIT)
    answer = bruno.post(EDIT, DECISION | {"standing": "overruled", "version": "1"})
    assert answer.status_code == 302
    entry = queries.find_entry(DECISION["key"])
    assert entry is not None
    assert entry.version == 2
    assert [version.number for version in queries.list_versions(entry.key)] == [2, 1]
    assert "Overruled" in body(bruno, "/library/", q="amparo 1234-2010")


def test_a_stale_edit_shows_both_values_and_keeps_the_chosen(cast: Cast, bruno: Client) -> None:
    add(bruno)
    entry = queries.find_entry(DECISION["key"])
    assert entry is not None
    theirs = entry.content.model_copy(update={"date": "2011", "number": "77"})
    edit_entry(cast.eve.actor, now=NOW, content=theirs, version=1)
    mine = DECISION | {"date": "2012", "version": "1"}
    answer = bruno.post(EDIT, mine)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "2011" in page
    assert "2012" in page
    chosen = mine | {"version": "2", "keep-date": "mine", "keep-number": "theirs"}
    assert bruno.post(EDIT, chosen).status_code == 302
    saved = queries.find_entry(DECISION["key"])
    assert saved is not None
    assert isinstance(saved.content, Decision)
    assert (saved.content.date, saved.content.number) == ("2012", "77")


def test_an_entry_of_doctrine_is_not_edited(bruno: Client) -> None:
    answer = bruno.get(reverse("library_edit", args=["us/bia/m-j-2001"]))
    assert answer.status_code == 409
    assert "guides rely on its wording" in answer.content.decode()
    assert "/library/edit/" not in body(bruno, reverse("library_entry", args=["us/bia/m-j-2001"]))
