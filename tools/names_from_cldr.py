"""Write the code lists of countries and languages from Unicode CLDR. Run once per CLDR release.

The names are Unicode CLDR data, (c) Unicode, Inc., under the Unicode License v3; the attribution
stands in the written files. Countries are the ISO 3166-1 alpha-3 codes; languages are BCP 47 tags.
"""

from __future__ import annotations

from pathlib import Path

from babel import Locale
from babel.core import get_global

from tools.languages_of_america import list_local

CODES = Path("src/amparo/doctrine/international/codes")
ATTRIBUTION = (
    "# Names: Unicode CLDR, (c) Unicode, Inc., Unicode License v3, through Babel.\n"
    "# Made by tools/names_from_cldr.py.\n"
)
NOT_ISO_COUNTRIES = {
    "AA",
    "AC",
    "CP",
    "CQ",
    "DG",
    "EU",
    "EZ",
    "IC",
    "QO",
    "QU",
    "TA",
    "UN",
    "XA",
    "XB",
    "XK",
    "ZZ",
}
REPLACED_ALPHA3 = {"BUR", "DDR", "FXX", "TMP", "YMD", "ZAR"}
NOT_LANGUAGES = {"mul", "und", "zxx", "mis", "root"}
_NOT_SPOKEN = (
    "ae afh akk ang arc chb chg cop crr cu dum egy elx enm eo frm fro gez gmh goh got grc hit ia ie io jbo "
    "kaw kho la lui mga non nwc ota pal peo phn pi prg pro sa sam sga sog sux syc tlh tok uga vo zbl"
)
NOT_SPOKEN = frozenset(_NOT_SPOKEN.split())
"""Ancient, extinct, constructed and invented languages (types A, C, E and H of ISO 639-3, and Prussian)."""
IN_SPANISH, IN_ENGLISH = Locale("es"), Locale("en")

Row = tuple[str, str, str]


def list_countries() -> list[Row]:
    """Alpha-3 codes from CLDR's territory aliases, with both names."""
    rows = []
    for alpha3, places in get_global("territory_aliases").items():
        if len(alpha3) != 3 or not alpha3.isalpha() or len(places) != 1 or places[0] in NOT_ISO_COUNTRIES:
            continue
        english, spanish = (locale.territories.get(places[0]) for locale in (IN_ENGLISH, IN_SPANISH))
        if english and spanish and alpha3 not in REPLACED_ALPHA3:
            rows.append((alpha3, spanish, english))
    return sorted(rows)


def list_languages() -> list[Row]:
    names = [(tag, IN_SPANISH.languages.get(tag), name) for tag, name in IN_ENGLISH.languages.items()]
    return sorted(
        (tag, spanish, english)
        for tag, spanish, english in names
        if spanish and len(tag) <= 3 and tag not in NOT_LANGUAGES | NOT_SPOKEN
    )


def write(name: str, title: str, rows: list[Row], extra: str = "") -> None:
    lines = [f'  {code}: {{es: "{es[0].upper() + es[1:]}", en: "{en}"}}' for code, es, en in rows]
    head = f"{ATTRIBUTION}list: {name}\ntitle: {title}\nstatus: V\nsources: [cldr/territories]\ncodes:\n"
    if name == "language":
        head = head.replace("cldr/territories", "cldr/languages, iso639/codes")
    CODES.joinpath(f"{name}.yaml").write_text(head + "\n".join(lines) + "\n" + extra, encoding="utf-8")


def list_local_languages(known: set[str]) -> str:
    """Return the lines of languages of the Americas that CLDR does not name; their names are unverified."""
    rows = [row for row in list_local() if row[0] not in known]
    lines = [f'  {code}: {{es: "{es}", en: "{en}", status: U-h}}\n' for code, es, en in rows]
    return (
        "  # Languages of the Americas, from tools/languages_of_america.py; Spanish names unverified.\n"
        + "".join(lines)
    )


def main() -> None:
    countries, languages = list_countries(), list_languages()
    extra = list_local_languages({tag for tag, _, _ in languages})
    write("country", "{es: Países y territorios, en: Countries and territories}", countries)
    write("language", "{es: Idiomas, en: Languages}", languages, extra)
    print(f"{len(countries)} countries, {len(languages)} languages")


if __name__ == "__main__":
    main()
