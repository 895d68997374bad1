"""Search answers what looking at every entry answers, in the same order, on either database."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from amparo.library import queries
from amparo.library.data import AnyContent, Decision, Words
from amparo.library.index import ask
from amparo.library.index.tables import is_complete, rebuild
from amparo.library.models import Card
from amparo.library.queries import search
from tests.library.corpus import EN, ES, QUOTED, by_hand, catalogue, make_corpus

pytestmark = pytest.mark.django_db
CORPUS = make_corpus()
TYPED = st.lists(st.sampled_from([*ES, *EN, *QUOTED, "PERSECUCION", "ninez", "zorro"]), max_size=3)
FILTERS = st.fixed_dictionaries(
    {},
    optional={
        "country": st.sampled_from(["CRI", "GTM", "MEX", ""]),
        "kind": st.sampled_from(["national", "decision"]),
        "aspect": st.sampled_from(["A", "E"]),
        "element": st.sampled_from(["refugee.fear", "refugee.ground.psg"]),
        "language": st.sampled_from(["es", "en", "pt"]),
        "outcome": st.sampled_from(["adverse", "favourable"]),
        "status": st.sampled_from(["S", "U-m"]),
    },
)


@pytest.fixture(scope="module")
def corpus(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[list[AnyContent]]:
    """The invented entries, written once for the module and taken away at its end."""
    with django_db_blocker.unblock(), transaction.atomic():  # type: ignore[attr-defined]
        catalogue(CORPUS)
        yield CORPUS
        transaction.set_rollback(True)


def keys_of(text: str, filters: dict[str, str]) -> list[str]:
    first = search(text, filters)
    pages = [search(text, filters, page=page).hits for page in range(1, first.pages + 1)]
    keys = [hit.entry.key for hit in chain(*pages)]
    assert len(keys) == first.total
    return keys


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(typed=TYPED, filters=FILTERS)
def test_search_is_looking_at_every_entry(
    corpus: list[AnyContent], typed: list[str], filters: dict[str, str]
) -> None:
    text = " ".join(typed)
    terms = [term.words for term in ask(text).terms]
    wanted = by_hand(corpus, terms, filters) if terms or not text.strip() else []
    assert keys_of(text, filters) == wanted


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(typed=st.text(max_size=80))
def test_nothing_that_can_be_typed_breaks_the_search(corpus: list[AnyContent], typed: str) -> None:
    text = typed.replace("\0", " ")
    terms = [term.words for term in ask(text).terms]
    wanted = by_hand(corpus, terms, {}) if terms or not text.strip() else []
    assert keys_of(text, {}) == wanted


@pytest.mark.parametrize("typed", ["AND", "*", '""', "\0", "de la", "!!"])
def test_without_a_word_to_look_for_nothing_is_listed(corpus: list[AnyContent], typed: str) -> None:
    found = search(typed)
    assert found.is_wordless
    assert found.total == 0
    assert search(" ").total == len(corpus)


@pytest.mark.parametrize(
    ("typed", "same_as"),
    [
        ("persecucion", "persecuciones"),
        ("PERSECUCIÓN", "persecución"),
        ("ninos", "niño"),
        ("refugiadas", "refugiados"),
        ("trafficked", "trafficking"),
        ("la víctima de la trata", "victimas tratas"),
    ],
)
def test_accents_case_and_endings_do_not_matter(corpus: list[AnyContent], typed: str, same_as: str) -> None:
    assert keys_of(typed, {}) == keys_of(same_as, {})
    assert keys_of(typed, {}) != []


def test_adverse_decisions_are_never_left_out_by_default(corpus: list[AnyContent]) -> None:
    adverse = {one.key for one in corpus if isinstance(one, Decision) and one.outcome == "adverse"}
    assert adverse
    assert adverse <= set(keys_of("", {}))
    assert adverse <= set(keys_of("tribunal", {}))


def test_neither_outcome_nor_standing_moves_an_entry() -> None:
    def decision(key: str, outcome: str, standing: str) -> Decision:
        words = Words(es="Cobertizo ajeno")
        fields = {"outcome": outcome, "standing": standing, "date": "2010"}
        return Decision(key=key, title=words, forum=Words(es="Tribunal"), **fields)

    catalogue(
        [
            decision("d/1", "adverse", "overruled"),
            decision("d/2", "favourable", "good_law"),
            decision("d/3", "unknown", "unknown"),
        ]
    )
    assert keys_of("cobertizo", {}) == ["d/1", "d/2", "d/3"]


def test_a_misspelt_word_is_corrected_to_one_that_finds_something(corpus: list[AnyContent]) -> None:
    found = search("persecusion")
    assert (found.total, found.did_you_mean) == (0, "persecucion")
    found = search("persecusion", {"country": "MEX"})
    assert (found.did_you_mean, found.is_filtered_out) == ("persecucion", True)
    assert search('"grupo sosial"').did_you_mean == '"grupo social"'
    found = search("persecucion", {"country": "MEX"})
    assert (found.did_you_mean, found.is_filtered_out) == ("", True)
    assert not search("xyzzyqwerty", {"country": "MEX"}).is_filtered_out
    assert search("xyzzyqwerty").did_you_mean == ""


@pytest.mark.parametrize(("typed", "asked"), [('"grupo social"', 1), ("grupo social", 2)])
def test_a_phrase_is_looked_for_once(corpus: list[AnyContent], typed: str, asked: int) -> None:
    with CaptureQueriesContext(connection) as queries:
        assert search(typed).total > 0
    cards = [one["sql"] for one in queries if 'FROM "library_card" WHERE' in one["sql"]]
    assert len(cards) == asked


def test_a_snippet_marks_the_words_and_holds_no_markup() -> None:
    said = "<b>Nadie</b> será devuelto: la «expulsión» " + "sigue " * 60 + "y las expulsiones también."
    title = Words(es="Prueba & <script>")
    catalogue([Decision(key="d/9", title=title, forum=Words(es="T"), summary=Words(es=said))])
    (hit,) = search("expulsiones").hits
    assert [piece.text for piece in hit.snippet if piece.is_marked] == ["expulsión"]
    assert "".join(piece.text for piece in hit.snippet).startswith("<b>Nadie</b>")
    assert hit.language == "es"


def test_an_unknown_filter_is_a_programming_error() -> None:
    with pytest.raises(ValueError, match="colour"):
        search("", {"colour": "red"})


def test_the_index_follows_its_cards_and_can_be_made_again(corpus: list[AnyContent]) -> None:
    before = keys_of("persecución", {})
    rebuild()
    assert is_complete()
    assert keys_of("persecución", {}) == before
    with transaction.atomic():
        Card.objects.filter(entry__key=before[0]).delete()
        assert keys_of("persecución", {}) == before[1:]
        transaction.set_rollback(True)


def test_a_search_asks_three_queries(
    corpus: list[AnyContent], django_assert_num_queries: pytest.FixtureRequest
) -> None:
    settings_and_savepoint = 4 if connection.vendor == "postgresql" else 0
    with django_assert_num_queries(3 + settings_and_savepoint):  # type: ignore[operator]
        assert search("persecución", {"country": "CRI"}).total


def test_facets_that_exist_are_offered(corpus: list[AnyContent]) -> None:
    assert queries.list_facet_values("country") == ["CRI", "GTM"]
