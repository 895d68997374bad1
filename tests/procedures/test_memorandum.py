"""The memorandum as a document: accessible, in both languages, with its sources and what is unverified."""

from __future__ import annotations

import pytest
from django.utils.translation import override

from amparo.procedures.documents import make_pdf
from amparo.procedures.queries.memorandum import get_memorandum
from tests.documents import LAW_HEADS, assert_ends_with_law, read_document
from tests.procedures.world import World


@pytest.mark.parametrize("language", LAW_HEADS)
def test_it_ends_with_every_source_and_every_unverified_row(world: World, language: str):
    procedure_id = world.open("refugee-status")
    with override(language):
        content = get_memorandum(world.amina, world.person_id, procedure_id, language=language, now=world.now)
        text = read_document(make_pdf("memorandum", content, now=world.now), language)
    assert_ends_with_law(text, content["law"], language)
