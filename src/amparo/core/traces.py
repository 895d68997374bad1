"""What in a text may lead to a person: codes, exact dates, numbers, addresses of mail.

For texts that many read and that must be about the law. It finds patterns, not names: a name looks
like any other word, so a person still has to read the text again.

>>> sorted(find_traces("AM-7KQ3-9XTR llamó al +506 8888 1234"))
['code', 'number']
>>> find_traces("Ley 19.643, art. 24 A), de 2018")
frozenset()
>>> find_traces("El plan 2019-2024")
frozenset()
"""

from __future__ import annotations

import re

_PATTERNS = {
    "code": re.compile(r"\b(?:AM|RF|OP)-[A-Z0-9]{4}-[A-Z0-9]{4}\b", re.IGNORECASE),
    "date": re.compile(
        r"\b(?:\d{4}-\d{2}-\d{2}|\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}"
        r"|\d{1,2}\s+(?:de\s+)?[a-zñ]{3,10}\s+(?:de\s+|del\s+)?\d{4}|[a-z]{3,9}\s+\d{1,2},\s*\d{4})\b",
        re.IGNORECASE,
    ),
    "mail": re.compile(r"[\w.+-]+@[\w-]+\.\w"),
    "number": re.compile(r"\+\d[\d\s().-]{6,}\d|\b\d[\d\s-]{6,}\d\b|\b[A-Z]{1,3}\d{6,9}\b"),
}


_YEARS = re.compile(r"\b(?:19|20)\d{2}\s*-\s*(?:19|20)\d{2}\b")


def find_traces(text: str) -> frozenset[str]:
    """Return the kinds of trace in a text: ``code``, ``date``, ``mail``, ``number``.

    ``date`` is a day, month and year together; ``number`` a telephone or document number.
    """
    undated = _YEARS.sub(" ", _PATTERNS["date"].sub(" ", text))
    return frozenset(
        kind for kind, pattern in _PATTERNS.items() if pattern.search(undated if kind == "number" else text)
    )
