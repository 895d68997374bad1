"""Every message is translated, in every room, and no page holds text that cannot be."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.template.base import Lexer, TokenType

from tools import messages

UNTRANSLATABLE = {"Amparo", "AM-7KQ3-9XTR"}
TEMPLATES = sorted(messages.SOURCE.glob("*/templates/**/*.html"))
PO = messages.HEADER.format(language="es")


def test_every_message_of_every_room_is_translated() -> None:
    assert messages.check(messages.SOURCE, messages.list_rooms(messages.SOURCE)) == []


@pytest.fixture
def room(tmp_path: Path) -> Path:
    """A source tree with one room, one Python message and one template."""
    folder = tmp_path / "src" / "amparo" / "porch"
    (folder / "templates").mkdir(parents=True)
    (folder / "apps.py").write_text("", encoding="utf-8")
    (folder / "data.py").write_text('WHAT = _("Shut the door")\n', encoding="utf-8")
    (folder / "templates" / "page.html").write_text(
        "<div>\n    {% blocktranslate trimmed count n=n %}\n  {{ n }} person\n  {% plural %}\n"
        '  {{ n }} people\n{% endblocktranslate %}\n  </div>{% translate "50% done" %}',
        encoding="utf-8",
    )
    return tmp_path / "src" / "amparo"


def write_po(source: Path, body: str) -> None:
    path = messages.catalogue_path(source, "porch", "es")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(PO + body, encoding="utf-8")


GOOD = (
    'msgid "Shut the door"\nmsgstr "Cierre la puerta"\n\n'
    'msgid "%(n)s person"\nmsgid_plural "%(n)s people"\n'
    'msgstr[0] "%(n)s persona"\nmsgstr[1] "%(n)s personas"\n\n'
    'msgid "50%% done"\nmsgstr "50%% hecho"\n'
)


def test_a_complete_catalogue_passes(room: Path) -> None:
    write_po(room, GOOD)
    assert messages.check(room, ["porch"]) == []


@pytest.mark.parametrize(
    ("breach", "fault"),
    [
        (GOOD.replace("Cierre la puerta", ""), "missing: 'Shut the door' (porch/data.py)"),
        (GOOD.replace('msgid "Shut', '#, fuzzy\nmsgid "Shut'), "fuzzy: 'Shut the door'"),
        (GOOD.replace("%(n)s personas", "%(m)s personas"), "placeholders differ: '%(n)s person'"),
        (GOOD + '\nmsgid "Gone"\nmsgstr "Ido"\n', "unused: 'Gone'"),
    ],
)
def test_a_planted_fault_is_named(
    room: Path, breach: str, fault: str, capsys: pytest.CaptureFixture[str]
) -> None:
    write_po(room, breach)
    assert messages.main(["check"], source=room) == 1
    printed = capsys.readouterr().out
    assert f"src/amparo/porch/locale/es/LC_MESSAGES/django.po: {fault}" in printed


def test_two_rooms_that_translate_one_text_differently_are_named(room: Path) -> None:
    """On a page only one of the two would ever be shown; a context keeps them apart."""
    write_po(room, GOOD)
    yard = room / "yard"
    yard.mkdir()
    (yard / "apps.py").write_text("", encoding="utf-8")
    (yard / "data.py").write_text('WHAT = _("Shut the door")\n', encoding="utf-8")
    path = messages.catalogue_path(room, "yard", "es")
    path.parent.mkdir(parents=True)
    path.write_text(PO + 'msgid "Shut the door"\nmsgstr "Cierra la puerta"\n', encoding="utf-8")
    clash = "es: two translations of 'Shut the door': 'Cierre la puerta' (porch), 'Cierra la puerta' (yard)"
    assert messages.check(room, ["porch", "yard"]) == [clash]
    (yard / "data.py").write_text('WHAT = pgettext("child", "Shut the door")\n', encoding="utf-8")
    path.write_text(
        PO + 'msgctxt "child"\nmsgid "Shut the door"\nmsgstr "Cierra la puerta"\n', encoding="utf-8"
    )
    assert messages.check(room, ["porch", "yard"]) == []


def test_update_keeps_translations_and_drops_what_is_gone(room: Path) -> None:
    write_po(room, GOOD + '\nmsgid "Gone"\nmsgstr "Ido"\n')
    messages.update(room, ["porch"])
    text = messages.catalogue_path(room, "porch", "es").read_text(encoding="utf-8")
    assert "Cierre la puerta" in text
    assert "Gone" not in text
    assert "#: porch/data.py\n" in text
    messages.update(room, ["porch"])
    assert messages.catalogue_path(room, "porch", "es").read_text(encoding="utf-8") == text


def literal_texts(template: str) -> list[str]:
    """Return the words of a template that stand outside translation tags, comments and attributes."""
    text, depth = "", 0
    for token in Lexer(template).tokenize():
        if token.token_type == TokenType.BLOCK:
            word = token.contents.split()[0]
            depth += word in {"blocktranslate", "blocktrans", "comment"}
            depth -= word in {"endblocktranslate", "endblocktrans", "endcomment"}
        elif token.token_type == TokenType.TEXT and depth == 0:
            text += token.contents
    bare = re.sub(r"<[^>]*>", "\n", text)
    return [line.strip() for line in bare.splitlines() if re.search(r"[^\W\d_]{2,}", line)]


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_no_page_holds_words_outside_translation_tags(path: Path) -> None:
    words = literal_texts(path.read_text(encoding="utf-8"))
    assert [word for word in words if word.strip("· ") not in UNTRANSLATABLE] == []


def test_a_planted_word_outside_translation_tags_is_found() -> None:
    template = '<p class="x">{% translate "Yes" %} No</p>{% blocktranslate %}Fine{% endblocktranslate %}'
    assert literal_texts(template) == ["No"]
