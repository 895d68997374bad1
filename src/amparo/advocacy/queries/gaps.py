"""The gap analysis: doctrine's readings, with those made here in their place."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from uuid import UUID

from anyascii import anyascii
from django.utils.translation import gettext as _

from amparo.advocacy.data import REGION, Cell, Citation, Gap, InitiativeLine, Place, Reading, Row, Wording
from amparo.advocacy.models import DraftWording, GapReading
from amparo.advocacy.queries.tracker import list_initiatives
from amparo.core.refusal import Unknown
from amparo.doctrine.gaps import Assessment, ChecklistRow, Value
from amparo.doctrine.registry import get_code_list, list_assessments, list_checklist, list_packs
from amparo.library.data import Decision, EntryView, Provision
from amparo.library.queries import list_entries

RANK = (Value.YES, Value.PARTIAL, Value.NO, Value.NOT_ASSESSED)


def place_name(country: str, language: str) -> str:
    """Return the name of a country, or of the region for ""."""
    return get_code_list("country").label(country)[language] if country else _("Region")


def list_countries(language: str = "es") -> list[str]:
    """Return the countries with a pack in the order of their names, then the region."""
    names = {pack.country: anyascii(place_name(pack.country, language)) for pack in list_packs()}
    return [*sorted(names, key=lambda code: names[code]), REGION]


def list_readings(language: str, today: date) -> list[Reading]:
    """Return one reading for each instrument and row that was read. Two queries.

    A reading of law that is no longer in force says so, whoever made it.
    """
    readings = _list_all(language)
    cited = {key for one in readings for key in (one.instrument, *one.citations)}
    last_days = _list_last_days(cited, today)
    return [replace(one, last_day=_last_day(one, last_days)) for one in readings]


def _list_last_days(keys: set[str], today: date) -> dict[str, date]:
    """Return the last day of each instrument and provision whose last day has passed. One query."""
    entries = {one.key: one.content for one in list_entries(keys=tuple(keys))} if keys else {}
    last_days: dict[str, date] = {}
    for key, content in entries.items():
        whole = entries.get(content.instrument) if isinstance(content, Provision) else None
        for law in (content, whole):
            if law is None or isinstance(law, Decision):
                continue
            if law.in_force_until and law.in_force_until < today:
                last_days[key] = min(last_days.get(key, law.in_force_until), law.in_force_until)
    return last_days


def _last_day(reading: Reading, last_days: Mapping[str, date]) -> date | None:
    """Return the last day of what a reading stands on; ``None`` where any of it is in force.

    It stands on what it cites of the instrument itself: a paper that reports the law keeps no law alive.
    """
    inside = f"{reading.instrument}/"
    own = [key for key in reading.citations if key == reading.instrument or key.startswith(inside)]
    days = [last_days.get(key) for key in own or [reading.instrument]]
    ended = [day for day in days if day is not None]
    return max(ended) if len(ended) == len(days) else None


def _list_all(language: str) -> list[Reading]:
    readings = {_key(one): _of_doctrine(one, language) for one in list_assessments()}
    for row in GapReading.objects.order_by("country", "instrument", "row", "number"):
        readings[row.country, row.instrument, row.row] = _of_staff(row)
    return [readings[key] for key in sorted(readings)]


def _key(one: Assessment) -> tuple[str, str, str]:
    return one.country, one.instrument, one.row


def _of_doctrine(one: Assessment, language: str) -> Reading:
    return Reading(
        row=one.row,
        country=one.country,
        instrument=one.instrument,
        value=one.value,
        citations=one.sources,
        note=one.note[language] if one.note else "",
        assessor=one.assessor[language],
        assessed_date=one.assessed_date,
        is_unverified=one.status.is_unverified,
    )


def _of_staff(row: GapReading) -> Reading:
    return Reading(
        row=row.row,
        country=row.country,
        instrument=row.instrument,
        value=Value(row.value),
        citations=tuple(row.citations),
        note=row.note,
        assessor=row.by_name,
        assessed_date=row.at.date(),
        is_unverified=False,
        version=row.number,
    )


def find_reading(country: str, instrument: str, row: str, language: str) -> Reading | None:
    """Return what counts for one instrument and row, or ``None`` when nobody read it. One query."""
    wanted = (country, instrument, row)
    found = (one for one in _list_all(language) if (one.country, one.instrument, one.row) == wanted)
    return next(found, None)


def list_rows(language: str, today: date, countries: Sequence[str] | None = None) -> list[Row]:
    """Return the checklist with a cell for each country, in the order given. Two queries."""
    places = list_countries(language) if countries is None else list(countries)
    readings = list_readings(language, today)
    return [_row(one, places, readings, language) for one in list_checklist()]


def _row(row: ChecklistRow, countries: Iterable[str], readings: list[Reading], language: str) -> Row:
    here = [one for one in readings if one.row == row.id]
    return Row(
        id=row.id,
        provision=row.provision[language],
        note=row.note[language] if row.note else "",
        is_unverified=row.status.is_unverified,
        standards=row.standards,
        cells=tuple(_cell(row.id, country, here) for country in countries),
    )


def _cell(row: str, country: str, readings: list[Reading]) -> Cell:
    """A country has what the best of its instruments in force has; what nobody read stays not assessed."""
    own = tuple(one for one in readings if one.country == country)
    value = min((one.value for one in own if one.counts), key=RANK.index, default=Value.NOT_ASSESSED)
    return Cell(row, country, value, own)


def get_row(row_id: str, country: str, language: str, today: date) -> Row:
    """Return one row with the cell of one country. Raises Unknown. Two queries."""
    found = [one for one in list_rows(language, today, [country]) if one.id == row_id]
    if not found or country not in list_countries():
        raise Unknown
    return found[0]


def list_places(language: str, today: date) -> list[Place]:
    """Return the countries and the region, with their counts. Two queries."""
    rows, countries = list_rows(language, today), list_countries(language)
    return [_place(code, [row.cells[at] for row in rows], language) for at, code in enumerate(countries)]


def _place(code: str, cells: list[Cell], language: str) -> Place:
    counts = {value: sum(cell.value is value for cell in cells) for value in Value}
    return Place(
        code=code,
        name=place_name(code, language),
        yes=counts[Value.YES],
        partial=counts[Value.PARTIAL],
        no=counts[Value.NO],
        not_assessed=counts[Value.NOT_ASSESSED],
    )


def list_gaps(country: str, language: str, today: date) -> list[Gap]:
    """Return every row on which a country does not have "yes", with what would close it. Three queries."""
    if country not in list_countries():
        raise Unknown
    initiatives = [one for one in list_initiatives() if one.country in {country, REGION}]
    return [
        Gap(row, row.cells[0], tuple(one for one in initiatives if row.id in one.rows))
        for row in list_rows(language, today, [country])
        if row.cells[0].value is not Value.YES
    ]


def count_unread(initiatives: Sequence[InitiativeLine], language: str, today: date) -> dict[UUID, int]:
    """Return for each initiative on how many of its rows nobody read the law in force. Two queries."""
    rows = list_rows(language, today)
    unread = {(cell.country, cell.row) for row in rows for cell in row.cells if not cell.is_read}
    return {one.id: sum((one.country, row) in unread for row in one.rows) for one in initiatives}


def list_best(country: str, language: str, today: date) -> dict[str, list[Reading]]:
    """Return for each row the readings of others that say "yes", verified ones first. Two queries."""
    yes = [one for one in list_readings(language, today) if one.counts and one.value is Value.YES]
    others = [one for one in yes if one.country != country]
    best: dict[str, list[Reading]] = {row.id: [] for row in list_checklist()}
    for one in sorted(others, key=lambda one: (one.is_unverified, one.country, one.instrument)):
        best[one.row].append(one)
    return best


def list_wordings(country: str) -> dict[str, Wording]:
    """Return for each row the wording that counts in a country: doctrine's until it is edited. One query."""
    wordings = {row.id: Wording(row.draft.es, row.draft.en) for row in list_checklist()}
    for edited in DraftWording.objects.filter(country=country).order_by("row", "number"):
        wordings[edited.row] = Wording(edited.es, edited.en, edited.number, edited.by_name)
    return wordings


def get_wording(row_id: str, country: str) -> Wording:
    """Return the model wording of one row that counts in a country. Raises Unknown. One query."""
    wording = list_wordings(country).get(row_id)
    if wording is None:
        raise Unknown
    return wording


def list_instruments(country: str, language: str) -> list[Citation]:
    """Return the instruments of a country, or of the region, that can be read. One query."""
    read = {one.instrument for one in list_assessments(country=country)}
    entries = [one for one in list_entries() if one.content.shape == "instrument"]
    own = [one for one in entries if (country and one.content.country == country) or one.key in read]
    return [_citation(one, language) for one in own]


def cite(keys: Iterable[str], language: str) -> dict[str, Citation]:
    """Return library entries by key; one that the library has not keeps its key. One query."""
    wanted = tuple(dict.fromkeys(keys))
    known = {one.key: _citation(one, language) for one in list_entries(keys=wanted)} if wanted else {}
    return {key: known.get(key, Citation(key, key)) for key in wanted}


def _citation(entry: EntryView, language: str) -> Citation:
    content = entry.content
    says = content.summary[language] if content.summary else ""
    return Citation(entry.key, content.title[language], says, entry.is_unverified)
