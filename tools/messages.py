"""Message catalogues without the gettext tools: ``update``, ``check`` and ``compile``.

    python tools/messages.py update [room ...]     extract messages, keep translations, drop unused ones
    python tools/messages.py check [room ...]      exit 1 naming each message that is wrong
    python tools/messages.py compile               write the .mo files that Django reads

The English text in the code is the message id; each room holds its own Spanish catalogue. Catalogues
name files but no line numbers, so that they change only when messages do.
"""

from __future__ import annotations

import argparse
import io
import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

SOURCE = Path(__file__).resolve().parent.parent / "src" / "amparo"
LANGUAGES = ("es",)
KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
HEADER = (
    'msgid ""\n'
    'msgstr ""\n'
    '"Project-Id-Version: Amparo\\n"\n'
    '"Language: {language}\\n"\n'
    '"MIME-Version: 1.0\\n"\n'
    '"Content-Type: text/plain; charset=utf-8\\n"\n'
    '"Content-Transfer-Encoding: 8bit\\n"\n'
    '"Plural-Forms: nplurals=2; plural=(n != 1);\\n"\n'
    "\n"
)
PLACEHOLDER = re.compile(r"%\((\w+)\)[sdif]|%[sdif]|\{(\w*)\}")


def list_rooms(source: Path) -> list[str]:
    """Return the rooms that are Django applications: only their catalogues are loaded."""
    return sorted(path.parent.name for path in source.glob("*/apps.py"))


def catalogue_path(source: Path, room: str, language: str) -> Path:
    return source / room / "locale" / language / "LC_MESSAGES" / "django.po"


def extract_room(source: Path, room: str) -> Catalog:
    """Return every message of the room's Python files and templates, in order of files."""
    catalog = Catalog(charset="utf-8")
    folder = source / room
    for path in sorted([*folder.rglob("*.py"), *folder.rglob("*.html"), *folder.rglob("*.txt")]):
        if "migrations" in path.parts:
            continue
        where = path.relative_to(source).as_posix()
        for _line, message, comments, context in extract(
            "python", _as_python(path), keywords=KEYWORDS, comment_tags=("Translators",)
        ):
            _require_id(message, where)
            catalog.add(message, locations=[(where, 0)], auto_comments=comments, context=context)
    return catalog


def _as_python(path: Path) -> io.BytesIO:
    text = path.read_text(encoding="utf-8")
    if path.suffix != ".py":
        # Templates indent as HTML does, which the tokenizer would take for broken Python blocks.
        text = "\n".join(line.lstrip() for line in templatize(text, origin=str(path)).splitlines())
    return io.BytesIO(text.encode())


def _require_id(message: str | tuple[str, ...], where: str) -> None:
    if not message:
        raise SystemExit(f"{where}: an empty message cannot be translated")


def read_catalogue(path: Path, language: str) -> Catalog:
    if not path.exists():
        return Catalog(locale=language, charset="utf-8")
    with path.open("rb") as stream:
        return read_po(stream, locale=language, charset="utf-8")


def update(source: Path, rooms: Iterable[str]) -> None:
    for room in rooms:
        found = extract_room(source, room)
        if not len(found):
            continue
        for language in LANGUAGES:
            path = catalogue_path(source, room, language)
            catalogue = read_catalogue(path, language)
            catalogue.update(found, no_fuzzy_matching=True)
            catalogue.obsolete.clear()
            _write(catalogue, path, language)
            missing = sum(1 for message in catalogue if message.id and not _is_translated(message))
            print(f"{room} {language}: {len(catalogue)} messages, {missing} to translate")


def _write(catalogue: Catalog, path: Path, language: str) -> None:
    body = io.BytesIO()
    write_po(body, catalogue, width=100, omit_header=True, sort_by_file=True, include_lineno=False)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(
        HEADER.format(language=language) + body.getvalue().decode().strip() + "\n", encoding="utf-8"
    )


def check(source: Path, rooms: Iterable[str]) -> list[str]:
    """Return one line for each message that is missing, fuzzy, unused or has other placeholders.

    Django shows the same English text with the words of one room on the pages of all: two rooms that
    translate it differently need a context (``pgettext``), or the same words.
    """
    faults: list[str] = []
    rooms = list(rooms)
    for language in LANGUAGES:
        faults += _clashes(source, rooms, language)
    for room in rooms:
        found = extract_room(source, room)
        for language in LANGUAGES:
            path = catalogue_path(source, room, language)
            catalogue = read_catalogue(path, language)
            name = path.relative_to(source.parent.parent).as_posix()
            faults += [f"{name}: {fault}" for fault in _faults(found, catalogue)]
    return faults


def _clashes(source: Path, rooms: Iterable[str], language: str) -> Iterator[str]:
    said: dict[tuple[str, str], dict[str, str]] = {}
    for room in rooms:
        for message in read_catalogue(catalogue_path(source, room, language), language):
            if message.id and _is_translated(message):
                said.setdefault(_key(message), {}).setdefault(_texts(message.string or "")[0], room)
    for (_context, text), words in sorted(said.items()):
        if len(words) > 1:
            found = ", ".join(f"{translation!r} ({room})" for translation, room in words.items())
            yield f"{language}: two translations of {text!r}: {found}"


def _faults(found: Catalog, catalogue: Catalog) -> Iterator[str]:
    known = {_key(message): message for message in catalogue if message.id}
    wanted = {_key(message): message for message in found if message.id}
    for key, message in wanted.items():
        translation = known.get(key)
        if translation is None or not _is_translated(translation):
            yield f"missing: {_show(message)} ({message.locations[0][0]})"
        elif translation.fuzzy:
            yield f"fuzzy: {_show(message)}"
        elif not _has_same_placeholders(translation):
            yield f"placeholders differ: {_show(message)}"
    for key, message in known.items():
        if key not in wanted:
            yield f"unused: {_show(message)}"


def _key(message: Message) -> tuple[str, str]:
    return message.context or "", _texts(message.id)[0]


def _texts(value: str | Iterable[str]) -> list[str]:
    return [value] if isinstance(value, str) else list(value)


def _is_translated(message: Message) -> bool:
    texts = _texts(message.string or "")
    return len(texts) >= len(_texts(message.id)) and all(texts)


def _show(message: Message) -> str:
    return repr(_texts(message.id)[0])


def _has_same_placeholders(message: Message) -> bool:
    """A plural form may leave out the number; otherwise every placeholder stands in every text."""
    allowed = [_placeholders(text) for text in _texts(message.id)]
    return all(_placeholders(text) in allowed for text in _texts(message.string or ""))


def _placeholders(text: str) -> list[str]:
    return sorted(match[0] for match in PLACEHOLDER.finditer(text))


def compile_all(source: Path) -> None:
    count = 0
    for path in sorted(source.glob("*/locale/*/LC_MESSAGES/django.po")):
        with path.open("rb") as stream:
            catalogue = read_po(stream, charset="utf-8")
        with path.with_suffix(".mo").open("wb") as stream:
            write_mo(stream, catalogue)
        count += 1
    print(f"compiled {count} catalogues")


def main(arguments: list[str], source: Path = SOURCE) -> int:
    parser = argparse.ArgumentParser(description="Message catalogues of Amparo")
    parser.add_argument("verb", choices=["update", "check", "compile"])
    parser.add_argument("rooms", nargs="*")
    options = parser.parse_args(arguments)
    rooms = options.rooms or list_rooms(source)
    if options.verb == "compile":
        compile_all(source)
    elif options.verb == "update":
        update(source, rooms)
    else:
        faults = check(source, rooms)
        print("\n".join(faults) or "every message is translated")
        return 1 if faults else 0
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
