"""One Spanish word for one idea of the house, in every catalogue, as docs/glossary.md says."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

ROOT = Path(__file__).parents[2]
WORDS = [
    (r"\bpassphrases?\b", r"frases?\s+de\s+acceso", r"contraseña"),
    (r"\basylum authorit(y|ies)\b", r"autoridad(es)?\s+de\s+asilo", r"de refugio"),
    (r"\bhistor(y|ies)\b", r"historial(es)?\b", r"historias?\b"),
]
"""Where the English matches the first, the Spanish has the second and not the third."""


def wrong_words(messages: list[tuple[str, str]]) -> Iterator[str]:
    for english, spanish in messages:
        for said, must, never in WORDS:
            if re.search(said, english, re.IGNORECASE) and (
                not re.search(must, spanish, re.IGNORECASE) or re.search(never, spanish, re.IGNORECASE)
            ):
                yield f"{english} → {spanish}"


def catalogue(path: Path) -> list[tuple[str, str]]:
    with path.open("rb") as file:
        return [
            (str(message.id), str(message.string)) for message in read_po(file, locale="es") if message.id
        ]


@pytest.mark.parametrize("path", sorted(ROOT.glob("src/amparo/*/locale/es/LC_MESSAGES/django.po")), ids=str)
def test_a_catalogue_keeps_to_the_words_of_the_glossary(path: Path) -> None:
    assert list(wrong_words(catalogue(path))) == []


def test_a_planted_second_word_is_named() -> None:
    planted = [("Passphrase", "Contraseña"), ("Asylum authority", "Autoridad de refugio")]
    assert len(list(wrong_words(planted))) == len(planted)
