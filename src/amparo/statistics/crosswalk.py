"""From the values of HTCDS to what a file of Amparo needs. Nothing is guessed and nothing is lost.

What has no place of its own in a file (methods of control, places, referrals in the past) becomes one
note, sealed in the narrative compartment. A consent in a workbook names no purpose, no recipient and
no end: it is kept in that note and is never a consent to share.
"""

from __future__ import annotations

import calendar
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from amparo.cases.data import AgeStatus, Birth, NameEntry, NameKind, Precision, SafeContact
from amparo.statistics.data import ReadDate, Value
from amparo.statistics.htcds.standard import load_standard

SEX_GENDER = {
    "Feminine": "FEMALE",
    "Masculine": "MALE",
    "TransgenderFeminine": "TRANS_WOMAN",
    "TransgenderMasculine": "TRANS_MAN",
    "NonConforming": "NON_BINARY",
    "NonSpecifiedUnknown": "UNKNOWN",
}
TRAFFICKING = {
    "PossibleVictimOfTrafficking": "PRESUMED",
    "ActualVictimOfTrafficking": "IDENTIFIED",
    "NotAVictimOfTrafficking": "NOT_IDENTIFIED",
}
REACH = (
    "prs_MobilePhone",
    "prs_HomePhone",
    "prs_Email",
    "prs_MailingStreet",
    "prs_MailingCity",
    "prs_MailingState",
    "prs_MailingPostalCode",
    "prs_MailingCountry",
)
PLACED = frozenset(REACH) | {
    "prs_FirstName",
    "prs_MiddleName",
    "prs_SecondName",
    "prs_Birthdate",
    "prs_Gender",
    "prs_Citizenship",
    "prs_PrimaryLanguage",
    "prs_SecondaryLanguage",
    "vic_TraffickingStatus",
}


@dataclass(frozen=True, slots=True, repr=False)
class Registration:
    """One row as the actions of cases take it. ``note`` is "" when nothing is left over."""

    name: NameEntry
    birth: Birth
    age_status: AgeStatus
    sex_gender: str
    languages: tuple[str, ...]
    nationalities: tuple[str, ...]
    safe_contact: SafeContact | None
    trafficking: str
    since: date
    note: str

    def __repr__(self) -> str:
        return "Registration(veiled)"


def to_registration(values: Mapping[str, Value], *, today: date) -> Registration:
    """Return what to register for one row."""
    birth, age_status = read_birth(values.get("prs_Birthdate"))
    since = values.get("cas_IncomingReferralDate")
    return Registration(
        name=read_name(values),
        birth=birth,
        age_status=age_status,
        sex_gender=SEX_GENDER.get(text_of(values, "prs_Gender"), "UNKNOWN"),
        languages=read_languages(values),
        nationalities=codes_of(values, "prs_Citizenship"),
        safe_contact=read_contact(values),
        trafficking=TRAFFICKING.get(text_of(values, "vic_TraffickingStatus"), ""),
        since=date.fromisoformat(since.iso) if isinstance(since, ReadDate) else today,
        note=write_note(values),
    )


def text_of(values: Mapping[str, Value], code: str) -> str:
    value = values.get(code, "")
    return value if isinstance(value, str) else ""


def codes_of(values: Mapping[str, Value], code: str) -> tuple[str, ...]:
    value = values.get(code, ())
    return value if isinstance(value, tuple) else ()


def read_name(values: Mapping[str, Value]) -> NameEntry:
    """Return the name. The standard has one field for surnames; where the second begins is not guessed."""
    given = " ".join(
        part for part in (text_of(values, "prs_FirstName"), text_of(values, "prs_MiddleName")) if part
    )
    return NameEntry(NameKind.OFFICIAL, given, text_of(values, "prs_SecondName"))


def read_languages(values: Mapping[str, Value]) -> tuple[str, ...]:
    spoken = (text_of(values, "prs_PrimaryLanguage"), text_of(values, "prs_SecondaryLanguage"))
    return tuple(dict.fromkeys(code for code in spoken if code))


def read_birth(value: Value | None) -> tuple[Birth, AgeStatus]:
    """Return the birth as exactly as the cell said it: a day, a month, a year, or nothing."""
    if not isinstance(value, ReadDate):
        return Birth(Precision.UNKNOWN), AgeStatus.UNKNOWN
    year, month, day = (*value.iso.split("-"), "01", "01")[:3]
    first = date(int(year), int(month), int(day))
    if value.precision == "day":
        last = first
    elif value.precision == "month":
        last = first.replace(day=calendar.monthrange(first.year, first.month)[1])
    else:
        last = date(first.year, 12, 31)
    if value.is_estimated:
        return Birth(Precision.ESTIMATED, first, last), AgeStatus.ESTIMATED
    precision = Precision.EXACT if value.precision == "day" else Precision.PARTIAL
    return Birth(precision, first, last), AgeStatus.KNOWN


def read_contact(values: Mapping[str, Value]) -> SafeContact | None:
    """Return the ways to reach the person, marked as not known to be safe."""
    reach = "; ".join(found for code in REACH if (found := text_of(values, code)))
    if not reach:
        return None
    warning = _("From an imported workbook: not known to be safe. Ask the person before using it.")
    return SafeContact(reach=reach, instructions=warning)


def write_note(values: Mapping[str, Value]) -> str:
    """Return the rest of the row as text, one line for each field, by its code in the standard."""
    fields = load_standard().fields
    lines = [f"{code}: {say(values[code])}" for code in fields if code in values and code not in PLACED]
    return "\n".join(["HTCDS 2.0", *lines]) if lines else ""


def say(value: Value) -> str:
    if isinstance(value, ReadDate):
        return value.iso
    if isinstance(value, tuple):
        return ", ".join(value)
    return str(value)
