"""What the ledger says, as lines to read: names of staff, case codes, words for verbs."""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from uuid import UUID

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from amparo.access.data import LedgerLine
from amparo.access.models import Staff
from amparo.access.words import COMPARTMENTS, DETAIL_WORDS, DETAILS, FIELD_OF_ANOTHER_KIND, FIELDS
from amparo.doctrine.registry import list_guides, list_procedures
from amparo.ledger.data import EntryLine
from amparo.ledger.queries import OPENING_PREFIX, Filters, list_entries


def list_ledger_lines(
    reader_ref: str, *, code: str, only_openings: bool, after: str, now: datetime
) -> tuple[list[LedgerLine], str]:
    """Return one page, the newest first, and the mark of the next page. The read is recorded.

    Raises ``ValueError`` for a mark that was not made here. Four queries.
    """
    filters = Filters(subject=code, openings_only=only_openings)
    page = list_entries(reader_ref, filters, now=now, after=after)
    names = _names_of(page.entries)
    return [_line(entry, names) for entry in page.entries], page.next


def _line(entry: EntryLine, names: dict[str, str]) -> LedgerLine:
    told = [
        f"{label}: {_told(name, entry.details[name])}"
        for name, label in DETAILS.items()
        if entry.details.get(name) and not _goes_without_saying(name, entry)
    ]
    actor = names.get(entry.actor_ref, entry.actor_ref)
    if entry.actor_ref.startswith("machine:"):
        actor = _("Amparo, by itself")
    return LedgerLine(entry.at, actor, entry.verb, entry.subject, _people(entry), tuple(told))


def _people(entry: EntryLine) -> int:
    """Return how many people of a list an opening was about; 0 where a file is named or none is meant."""
    count = entry.details.get("count")
    is_list = entry.verb == OPENING_PREFIX and not entry.subject
    return count if is_list and isinstance(count, int) else 0


def _goes_without_saying(name: str, entry: EntryLine) -> bool:
    """Whether the verb says it already: one person for a file, the right for what an action does."""
    if name == "count":
        return bool(entry.subject) or _people(entry) > 0
    return name == "rule" and str(entry.details[name]).startswith("action:")


def _told(name: str, value: object) -> str:
    words = DETAIL_WORDS.get(name, {})
    values = value if isinstance(value, list | tuple) else [value]
    if name == "fields":
        return _fields_in_words([str(one) for one in values])
    if name in {"procedure", "element"}:
        return ", ".join(_in_doctrine(str(one)) for one in values)
    return ", ".join(str(words.get(str(one), one)) for one in values)


def _in_doctrine(code: str) -> str:
    """Return the title of a procedure or the label of an element, or the code that doctrine has no more."""
    language = (get_language() or "es")[:2]
    for procedure in list_procedures():
        if procedure.id == code:
            return procedure.title[language]
    for guide in list_guides():
        if code in guide.texts:
            return guide.texts[code].label[language]
    return code


def _fields_in_words(names: list[str]) -> str:
    """Say what the fields hold, those of one kind once with their number; never an id.

    A field is named ``finding.<uuid>``, in an extract with its compartment before it.
    """
    counted = Counter(_kind_of(name) for name in names)
    return ", ".join(f"{label} × {count}" if count > 1 else label for label, count in counted.items())


def _kind_of(name: str) -> str:
    where, _, rest = name.partition(".")
    if where in COMPARTMENTS and rest.partition(".")[0] in FIELDS:
        name = rest
    kind, _, has_id = name.partition(".")
    if kind == "contact" and has_id:
        kind = "message"
    return str(FIELDS.get(kind, FIELD_OF_ANOTHER_KIND))


def _names_of(entries: tuple[EntryLine, ...]) -> dict[str, str]:
    refs = {entry.actor_ref for entry in entries if entry.actor_ref.startswith("staff:")}
    ids = [UUID(ref.removeprefix("staff:")) for ref in refs]
    rows = Staff.objects.filter(id__in=ids).order_by("id").values_list("id", "name", "agency__name")
    return {f"staff:{staff_id}": f"{name} ({agency})" for staff_id, name, agency in rows}
