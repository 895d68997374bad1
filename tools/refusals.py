"""Write ``docs/refusals.md``, the catalogue of every expected "no", in both languages.

``python tools/refusals.py`` writes it; the tests compare it with the classes.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages

from amparo.core.refusal import Refusal

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "refusals.md"
HEAD = """# Refusals

Every expected "no" of the program, by its stable code: the HTTP status, what happened, why, and what to do
next. Words in `%(…)s` are filled in with codes or counts, never with personal data.

Made by `.venv/bin/python tools/refusals.py`.
"""
LANGUAGES = ("es", "en")


def list_refusals() -> list[type[Refusal]]:
    """Return every refusal that a room declares, by room and code."""
    import amparo

    for module in walk_packages(amparo.__path__, "amparo."):
        if not module.name.startswith("amparo.site.settings") and ".migrations" not in module.name:
            import_module(module.name)
    found = {one for one in _below(Refusal) if one.code and one.__module__.startswith("amparo.")}
    return sorted(found, key=lambda one: (room_of(one), one.code))


def _below(parent: type[Refusal]) -> Iterator[type[Refusal]]:
    for child in parent.__subclasses__():
        yield child
        yield from _below(child)


def room_of(refusal: type[Refusal]) -> str:
    return refusal.__module__.split(".")[1]


def catalogue() -> str:
    """Return the page as it should be now."""
    parts, room = [HEAD], ""
    for refusal in list_refusals():
        if room_of(refusal) != room:
            room = room_of(refusal)
            parts.append(f"## {room}\n")
        parts.append(_entry(refusal))
    return "\n".join(parts)


def _entry(refusal: type[Refusal]) -> str:
    from django.utils.translation import override

    lines = [f"### `{refusal.code}` ({refusal.status})\n"]
    for language in LANGUAGES:
        with override(language):
            said = " ".join(str(getattr(refusal, part)) for part in ("what", "why", "next_step"))
        lines.append(f"- {language}: {said}")
    return "\n".join(lines) + "\n"


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "amparo.site.settings")
    import django

    django.setup()
    PAGE.write_text(catalogue(), encoding="utf-8")
    print(f"{PAGE.relative_to(ROOT)}: {len(list_refusals())} refusals")


if __name__ == "__main__":
    main()
