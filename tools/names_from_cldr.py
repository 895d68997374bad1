"""Write the code lists of countries and languages from Unicode CLDR. Run once per CLDR release.

The names are Unicode CLDR data, (c) Unicode, Inc., under the Unicode License v3; the attribution
stands in the written files. Countries are the ISO 3166-1 alpha-3 codes; languages are BCP 47 tags.
"""

from __future__ import annotations

from pathlib import Path

from babel import Locale
from babel.core import get_global

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
        if spanish and len(tag) <= 3 and tag not in NOT_LANGUAGES
    )


def write(name: str, title: str, rows: list[Row], extra: str = "") -> None:
    lines = [f'  {code}: {{es: "{es[0].upper() + es[1:]}", en: "{en}"}}' for code, es, en in rows]
    head = f"{ATTRIBUTION}list: {name}\ntitle: {title}\nstatus: V\nsources: [cldr/territories]\ncodes:\n"
    if name == "language":
        head = head.replace("territories", "languages")
    CODES.joinpath(f"{name}.yaml").write_text(head + "\n".join(lines) + "\n" + extra, encoding="utf-8")


LOCAL_LANGUAGES = """\
  # Languages of the region that CLDR does not name in Spanish; names unverified.
  kek: {es: "Queqchí", en: "Qʼeqchiʼ", status: U-h}
  mam: {es: "Mam", en: "Mam", status: U-h}
  kjb: {es: "Kanjobal", en: "Qʼanjobʼal", status: U-h}
  cab: {es: "Garífuna", en: "Garifuna", status: U-h}
  gym: {es: "Ngäbere", en: "Ngäbere", status: U-h}
  bzd: {es: "Bribri", en: "Bribri", status: U-h}
  miq: {es: "Misquito", en: "Miskito", status: U-h}
  guc: {es: "Wayuunaiki", en: "Wayuu", status: U-h}
  ase: {es: "Lengua de señas americana", en: "American Sign Language", status: U-h}
"""


def main() -> None:
    countries, languages = list_countries(), list_languages()
    known = {tag for tag, _, _ in languages}
    extra = "".join(
        line + "\n" for line in LOCAL_LANGUAGES.splitlines() if line.split(":")[0].strip() not in known
    )
    write("country", "{es: Países y territorios, en: Countries and territories}", countries)
    write("language", "{es: Idiomas, en: Languages}", languages, extra)
    print(f"{len(countries)} countries, {len(languages)} languages")


if __name__ == "__main__":
    main()
