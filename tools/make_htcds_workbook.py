"""Make the fictitious workbook of 200 messy rows that the import is tested with.

    python tools/make_htcds_workbook.py tests/statistics/files/htcds_messy_200.xlsx

Every person in it is invented. The same bytes come out every time. The two heading rows are those of
the HTCDS 2.0 template, with the disagreements that the template has (docs/decisions/0020).
"""

from __future__ import annotations

import datetime
import random
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import xlsxwriter

from amparo.statistics.htcds.standard import load_standard

ROWS = 200
FIRST_ROW = 3
EMPTY_ROWS = (41, 42, 100, 101, 150, 199)
TEMPLATE_LABELS = {
    "prs_MailingCity": "Mailing Street",
    "prs_MailingCountry": "Mailing City",
    "prs_MailingStreet": "Mailing Zip/Postal Code",
    "prs_MailingPostalCode": "Mailing Country",
}
TEMPLATE_CODES = {
    "vic_TraffickingStatusDecisionMakingOrg": "vic_TraffickinStatusDecisionMakingOrg",
    "cas_ReasonForOutgoingReferral": "",
}
GIVEN = [
    "Luz",
    "Marisol",
    "Yesenia",
    "Beto",
    "Ximena",
    "Nahuel",
    "Itzel",
    "Wendy",
    "Rosalba",
    "Tomasa",
    "Ñusta",
]
FAMILY = ["Quispe", "Ixchop", "Baptiste", "Zárate", "Ñamandú", "Colindres", "Toc", "Pop", "Sical", "Orozco"]
OTHER_SCRIPTS = [
    ("نور", "الحسيني"), ("ليلى", "بن صالح"), ("Анна", "Ковальчук"), ("Оксана", "Мельник"),
    ("ሰላም", "ተስፋዬ"), ("מרים", "לוי"), ("Nguyễn Thị", "Hoa"), ("Marie-Ange", "Jean-François"),
]  # fmt: skip
CITIZENSHIPS = [
    "GT",
    "HN",
    "SV",
    "HT",
    "VE",
    "CO",
    "Guatemala",
    "Honduras",
    "Haití",
    "GTM",
    "CU;VE",
    "ET",
    "UA",
    "PE",
]
MONTHS = ["enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto"]
MONTHS += ["septiembre", "octubre", "noviembre", "diciembre"]
STATUSES = ["PossibleVictimOfTrafficking", "ActualVictimOfTrafficking", "NotAVictimOfTrafficking"]
GENDERS = ["Feminine", "Masculine", "Feminine", "TransgenderFeminine", "NonSpecifiedUnknown", "Mujer", "Male"]
CONTROLS = [
    "DebtBondage;TakesEarnings",
    "Debt bondage, False promises",
    "WithholdsDocuments",
    "PhysicalAbuse|SexualAbuse",
]
EXPLOITATION = [
    "ForcedLabour",
    "SexualExploitation",
    "Forced labour; Forced begging",
    "Servitude",
    "ForcedMarriage",
]

Row = dict[str, Any]


class Formula:
    """A live formula with the value that the spreadsheet last showed."""

    def __init__(self, formula: str, value: Any) -> None:
        self.formula, self.value = formula, value


def plain_row(number: int, chance: random.Random) -> Row:
    """Return one tidy row; the mess comes after."""
    given, family = (
        f"{chance.choice(GIVEN)} {chance.choice(GIVEN)}",
        f"{chance.choice(FAMILY)} {chance.choice(FAMILY)}",
    )
    born = datetime.date(1975, 1, 1) + datetime.timedelta(days=chance.randrange(12_500))
    referred = datetime.date(2026, 1, 1) + datetime.timedelta(days=chance.randrange(300))
    return {
        "cas_CaseOwner": "Equipo A",
        "prs_FirstName": given,
        "prs_SecondName": family,
        "con_Consent": True,
        "prs_Birthdate": born,
        "prs_Gender": chance.choice(GENDERS),
        "prs_Citizenship": chance.choice(CITIZENSHIPS),
        "prs_MobilePhone": f"+5025550{number:04}",
        "prs_MailingCity": "Villa Ejemplo",
        "prs_MailingCountry": "GT",
        "prs_MailingState": "Ejemplo",
        "prs_MailingStreet": f"Calle {number}",
        "prs_MailingPostalCode": f"01{number:03}",
        "vic_TraffickingStatus": chance.choice(STATUSES),
        "vic_TraffickingStatusDecisionMakingOrg": "NGO",
        "vic_MethodsOfControl": chance.choice(CONTROLS),
        "vic_TypeOfExploitation": chance.choice(EXPLOITATION),
        "cas_Status": chance.choice(["Active", "Active", "FollowUp", "Closed", "Activo"]),
        "cas_ReferringOrganisation": "Casa Ficticia",
        "cas_IncomingReferralDate": referred,
    }


def birth_in_words(row: Row) -> None:
    born = row["prs_Birthdate"]
    row["prs_Birthdate"] = f"{born.day} de {MONTHS[born.month - 1]} de {born.year}"


def set_value(code: str, value: Any) -> Callable[[Row], None]:
    def change(row: Row) -> None:
        row[code] = value

    return change


def swap_address(row: Row) -> None:
    """Fill the address by the labels, as a person would who never looks at the codes."""
    row |= {
        "prs_MailingCity": "Calle 9", "prs_MailingCountry": "Villa Ejemplo",
        "prs_MailingStreet": "01009", "prs_MailingPostalCode": "Guatemala",
    }  # fmt: skip


DATES: list[Callable[[Row], None]] = [
    lambda row: row.update(prs_Birthdate=row["prs_Birthdate"].isoformat()),
    lambda row: row.update(prs_Birthdate=row["prs_Birthdate"].strftime("%d/%m/%Y")),
    lambda row: row.update(prs_Birthdate=row["prs_Birthdate"].strftime("%m/%d/%Y")),
    birth_in_words,
    set_value("prs_Birthdate", "03/04/1999"),
    set_value("prs_Birthdate", "5/6/98"),
    set_value("prs_Birthdate", 1994),
    set_value("prs_Birthdate", "c. 1990"),
    set_value("prs_Birthdate", 36526),
    set_value("prs_Birthdate", "31/02/2001"),
    set_value("prs_Birthdate", "mayo de 2003"),
    set_value("prs_Birthdate", "no sabe"),
    set_value("prs_Birthdate", datetime.date(2031, 5, 1)),
    set_value("prs_Birthdate", None),
]
MESS: dict[int, Callable[[Row], None]] = {
    12: set_value("prs_FirstName", Formula('=CONCATENATE("Luz"," ","Elena")', "Luz Elena")),
    13: set_value("prs_Birthdate", Formula("=TODAY()-9000", 37000)),
    14: set_value("cas_IncomingReferralDetails", Formula('=HYPERLINK("http://a.invalid","ver")', "ver")),
    15: set_value("prs_Email", Formula("=B99", "")),
    16: set_value("cas_IncomingReferralDetails", "=HYPERLINK(\"http://a.invalid\",\"ver\")"),
    17: set_value("cas_OutgoingReferralDetails", "@SUM(A1:A9)"),
    18: set_value("cas_ReasonForCaseClosure", "+cmd|' /C calc'!A0"),
    19: set_value("vic_LocationOfExploitation", "-2+3+cmd|' /C calc'!A0"),
    21: set_value("prs_SecondName", Formula("=#REF!A1", "#REF!")),
    30: set_value("prs_SecondName", "Zárate\u202eatárez"),
    31: set_value("prs_FirstName", "Dul\u200bce \u2067نور\u2069"),
    32: set_value("prs_FirstName", "JosÃ©"),
    33: set_value("prs_SecondName", "Po\x07p"),
    34: set_value("cas_IncomingReferralDetails", "Texto largo. " * 900),
    35: set_value("prs_MobilePhone", 50255501234),
    36: set_value("prs_FirstName", "N" * 260),
    50: set_value("con_Consent", "No"),
    51: set_value("con_Consent", None),
    52: set_value("con_Consent", "quizás"),
    53: set_value("con_Consent", "Sí"),
    54: set_value("con_Consent", False),
    61: set_value("prs_Citizenship", "Prusia"),
    62: set_value("prs_Citizenship", "GT; Atlántida"),
    63: set_value("prs_Citizenship", "Desconocida"),
    64: set_value("prs_Citizenship", None),
    65: set_value("vic_TraffickingStatus", "Quizá víctima"),
    66: set_value("vic_TraffickingStatus", "Possible victim of trafficking"),
    67: set_value("vic_TraffickingStatus", None),
    68: set_value("vic_MethodsOfControl", "DebtBondage; Brujería"),
    69: set_value("vic_ForcedLabourIndustry", "Water supply; sewerage, waste management and remediation"),
    70: set_value("prs_Gender", "???"),
    71: set_value("cas_Status", "Archivado"),
    72: set_value("vic_MethodsOfControl", "RestrictsMovement"),
    80: swap_address,
    81: swap_address,
    90: lambda row: row.update(prs_FirstName=None, prs_SecondName=None),
    91: set_value("prs_SecondName", None),
    92: set_value("cas_IncomingReferralDate", "2026"),
    93: set_value("cas_IncomingReferralDate", "02/03/2026"),
}  # fmt: skip


def make_rows() -> dict[int, Row]:
    chance = random.Random(20260924)  # noqa: S311 - invented people, not keys
    rows = {number: plain_row(number, chance) for number in range(FIRST_ROW, FIRST_ROW + ROWS)}
    for position, names in enumerate(OTHER_SCRIPTS):
        rows[110 + position] |= {"prs_FirstName": names[0], "prs_SecondName": names[1]}
    for position in range(2 * len(DATES)):
        DATES[position % len(DATES)](rows[120 + position])
    for number, change in MESS.items():
        change(rows[number])
    rows[160] = dict(rows[20])
    rows[161] = dict(rows[22])
    rows[162] = rows[23] | {
        "prs_FirstName": rows[23]["prs_SecondName"],
        "prs_SecondName": rows[23]["prs_FirstName"],
    }
    rows[163] = rows[24] | {"prs_FirstName": rows[24]["prs_FirstName"].upper(), "prs_Birthdate": None}
    for number in EMPTY_ROWS:
        rows[number] = {}
    return rows


def write(path: Path) -> None:
    standard = load_standard()
    book = xlsxwriter.Workbook(
        path, {"strings_to_formulas": False, "strings_to_urls": False, "default_date_format": "dd/mm/yyyy"}
    )
    book.set_properties({"created": datetime.datetime(2026, 1, 1), "title": "Fictitious"})  # noqa: DTZ001
    sheet = book.add_worksheet("Sheet1")
    for column, code in enumerate(standard.template, start=1):
        sheet.write(0, column, TEMPLATE_CODES.get(code, code))
        sheet.write(1, column, TEMPLATE_LABELS.get(code, standard.fields[code].label))
    sheet.write(1, len(standard.template) + 1, "Notas del equipo")
    for number, row in make_rows().items():
        sheet.write(number - 1, 0, number - FIRST_ROW + 1)
        for column, code in enumerate(standard.template, start=1):
            write_cell(sheet, number - 1, column, row.get(code))
    sheet.write(4, len(standard.template) + 1, "columna que nadie pidió")
    book.close()


def write_cell(sheet: Any, row: int, column: int, value: Any) -> None:
    if isinstance(value, Formula):
        sheet.write_formula(row, column, value.formula, None, value.value)
    elif isinstance(value, bool):
        sheet.write_boolean(row, column, value)
    elif isinstance(value, datetime.date):
        sheet.write_datetime(row, column, datetime.datetime(value.year, value.month, value.day))  # noqa: DTZ001
    elif isinstance(value, int):
        sheet.write_number(row, column, value)
    elif value is not None:
        sheet.write_string(row, column, value)


if __name__ == "__main__":
    write(Path(sys.argv[1]))
