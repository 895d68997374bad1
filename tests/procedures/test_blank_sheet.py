"""The blank sheet of a guide: every question with its boxes, in both languages, and nothing about anybody.

Nothing here but the last test may read a table, so the sheets hold doctrine only.
"""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.test import Client
from django.utils.translation import override

from amparo.core.guides import Kind
from amparo.core.refusal import Unknown
from amparo.doctrine.registry import list_guides
from amparo.procedures.documents import make_pdf
from amparo.procedures.queries.blank_sheet import get_blank_sheet
from tests.documents import read_document
from tests.people import Cast

NOW = datetime(2026, 11, 20, tzinfo=UTC)
GUIDES = sorted(guide.id for guide in list_guides())
BOXES = {"es": "Sí No Sin preguntar", "en": "Yes No Not asked"}


@pytest.mark.parametrize("language", BOXES)
@pytest.mark.parametrize("guide_id", GUIDES)
def test_a_sheet_asks_every_question_once_with_its_boxes(guide_id: str, language: str) -> None:
    guide = next(one for one in list_guides() if one.id == guide_id)
    with override(language):
        content = get_blank_sheet(guide_id, "", language=language, today=NOW.date())
        text = read_document(make_pdf("sheet", content, now=NOW), language)
    asked = [row for row in content["rows"] if not row["is_group"]]
    logic = guide.logic
    answered = [one for one in logic.elements if not one.children or one.kind is Kind.CONSIDER]
    assert sorted(row["label"] for row in asked) == sorted(
        guide.texts[one.id].label[language] for one in answered if one.id != logic.root
    )
    assert text.count(BOXES[language]) == len(asked)
    assert guide.edition in text
    marks = text.count("[sin verificar]" if language == "es" else "[not verified]")
    assert marks >= sum(row["is_unverified"] for row in asked)


def test_a_conclusion_is_asked_after_the_factors_that_it_weighs() -> None:
    rows = get_blank_sheet("return-gate", "", language="en", today=NOW.date())["rows"]
    labels = [row["label"] for row in rows if not row["is_group"]]
    conclusion = labels.index("Individual risk assessment, complete")
    assert labels.index("Risk of reprisals") < labels.index("Risk of ostracism or punishment") < conclusion


def test_a_country_prints_its_own_text() -> None:
    content = get_blank_sheet("trafficking", "URY", language="es", today=NOW.date())
    assert "URY/" in content["edition"]
    for guide_id, country in (("nothing", ""), ("trafficking", "XXX")):
        with pytest.raises(Unknown):
            get_blank_sheet(guide_id, country, language="es", today=NOW.date())


def test_staff_print_it_from_the_page_of_the_guide(cast: Cast, client: Client) -> None:
    cast.dora.client(client)
    for guide_id, is_of_visit in (("border-visit", True), ("trafficking", False)):
        html = client.get(f"/doctrine/guides/{guide_id}/").content.decode()
        assert f"/doctrine/guides/{guide_id}/sheet.pdf" in html
        assert ("Una lista para llevar a la visita" in html) is is_of_visit
    answer = client.get("/doctrine/guides/border-visit/sheet.pdf")
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == 'inline; filename="border-visit-sheet.pdf"'
    assert client.get("/doctrine/guides/nothing/sheet.pdf").status_code == 404
