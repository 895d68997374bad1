"""The gap report as a document: accessible, in both languages, with its sources and what is unverified."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.utils.translation import override

from amparo.advocacy.documents import gap_report_content
from amparo.library.actions import bring_up_to_date
from amparo.procedures.documents import make_pdf
from tests.documents import read_document

NOW = datetime(2026, 11, 20, 15, 0, tzinfo=UTC)
HEADS = {"es": ("Fuentes", "Filas sin verificar"), "en": ("Sources", "Unverified rows")}


@pytest.mark.django_db
@pytest.mark.parametrize("language", HEADS)
def test_it_ends_with_its_sources_and_those_nobody_verified(language: str) -> None:
    bring_up_to_date(now=NOW)
    with override(language):
        content = gap_report_content("GTM", language=language, printed_by="Chidi", now=NOW)
        text = read_document(make_pdf("gaps", content, now=NOW), language)
    assert content["sources"]
    assert content["unverified"]
    sources, rows = (text.rindex(head) for head in HEADS[language])
    assert 0 < sources < rows
    assert content["unverified"][0].split(",")[0] in text[rows:]
