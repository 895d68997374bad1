"""An opinion as a document: accessible, in both languages, with its sources and what is unverified."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.utils.translation import override

from amparo.asylum.data import RegisteredOpinion
from amparo.asylum.document import opinion_content
from amparo.doctrine.registry import list_sources
from amparo.procedures.documents import make_pdf
from tests.documents import read_document

NOW = datetime(2026, 11, 20, 15, 0, tzinfo=UTC)
HEADS = {"es": ("Fuentes", "Filas sin verificar"), "en": ("Sources", "Rows not verified")}


@pytest.mark.parametrize("language", HEADS)
def test_it_ends_with_its_sources_and_those_nobody_verified(language: str) -> None:
    unverified = next(one for one in list_sources() if one.status.is_unverified)
    opinion = RegisteredOpinion(
        number="OP-2026-001",
        title="El vínculo basta en un lado",
        statement="El vínculo puede estar en la persecución o en la falta de protección.",
        adviser="ACNUR",
        given_date=date(2026, 11, 1),
        elements=("refugee.persecution",),
        sources=("gip7/17", unverified.id),
        decisions=(),
    )
    with override(language):
        content = opinion_content(opinion, language=language, printed_by="Uma")
        text = read_document(make_pdf("opinion", content, now=NOW), language)
    sources, rows = (text.rindex(head) for head in HEADS[language])
    assert 0 < sources < rows
    named = unverified.title[language].split(",")[0]
    assert named in text[sources:rows]
    assert named in text[rows:]
