"""The memorandum as a document: accessible, in both languages, with its sources and what is unverified."""

from __future__ import annotations

import pytest
from django.utils.translation import override

from amparo.procedures.documents import make_pdf
from amparo.procedures.queries.memorandum import get_memorandum
from tests.documents import read_document
from tests.procedures.world import World

HEADS = {"es": ("Lista de fuentes", "Filas sin verificar"), "en": ("List of sources", "Rows not verified")}


@pytest.mark.parametrize("language", HEADS)
def test_it_ends_with_every_source_and_every_unverified_row(world: World, language: str):
    procedure_id = world.open("refugee-status")
    with override(language):
        content = get_memorandum(world.amina, world.person_id, procedure_id, language=language, now=world.now)
        text = read_document(make_pdf("memorandum", content, now=world.now), language)
    assert content["sources"]
    assert content["unverified"]
    sources, unverified = (text.rindex(head) for head in HEADS[language])
    assert 0 < sources < unverified
    for at, lines in ((sources, content["sources"]), (unverified, content["unverified"])):
        assert lines[0].split(",")[0] in text[at:]
