"""Invented names, by country: Spanish and Portuguese ones from Faker, others from short lists.

The lists pair a Latin spelling with the native script, so that a person can be found under both.
"""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from faker import Faker

from amparo.cases.data import NameEntry, NameKind

FAKER_LOCALES = {
    "COL": "es_CO",
    "VEN": "es_ES",
    "NIC": "es_MX",
    "HND": "es_MX",
    "SLV": "es_MX",
    "GTM": "es_MX",
    "CUB": "es_ES",
    "ECU": "es_CO",
    "PER": "es_CL",
    "CRI": "es_MX",
    "BRA": "pt_BR",
    "HTI": "fr_FR",
}


@dataclass(frozen=True, slots=True)
class Script:
    """Given names and family names as pairs of a Latin spelling and a native one."""

    language: str
    given: tuple[tuple[str, str], ...]
    family: tuple[tuple[str, str], ...]


ETHIOPIC = Script(
    "ti",
    (("Selam", "ሰላም"), ("Yohannes", "ዮሃንስ"), ("Mehret", "ምሕረት"), ("Tesfay", "ተስፋይ"), ("Saba", "ሳባ")),
    (("Tesfai", "ተስፋይ"), ("Haile", "ሃይለ"), ("Gebre", "ገብረ"), ("Berhane", "ብርሃነ"), ("Kidane", "ኪዳነ")),
)
ARABIC = Script(
    "ar",
    (("Layla", "ليلى"), ("Yusuf", "يوسف"), ("Mariam", "مريم"), ("Khaled", "خالد"), ("Nour", "نور")),
    (("Haddad", "حداد"), ("Mansour", "منصور"), ("Khalil", "خليل"), ("Darwish", "درويش"), ("Saleh", "صالح")),
)
CYRILLIC = Script(
    "ru",
    (("Oksana", "Оксана"), ("Dmitri", "Дмитрий"), ("Irina", "Ирина"), ("Olga", "Ольга"), ("Pavel", "Павел")),
    (("Kovalenko", "Коваленко"), ("Morozova", "Морозова"), ("Sokolov", "Соколов"), ("Orlova", "Орлова")),
)
SCRIPTS = {"ERI": ETHIOPIC, "ETH": ETHIOPIC, "SYR": ARABIC, "YEM": ARABIC, "RUS": CYRILLIC, "UKR": CYRILLIC}


class Namer:
    """Gives invented names, the same ones for the same seed."""

    def __init__(self, seed: int) -> None:
        self._random = Random(seed)  # noqa: S311
        self._fakers = {locale: Faker(locale) for locale in set(FAKER_LOCALES.values())}
        for number, locale in enumerate(sorted(self._fakers)):
            self._fakers[locale].seed_instance(seed + number)

    def name(self, state: str, sex: str) -> list[NameEntry]:
        """Return the ways in which a person of this State and sex code is named."""
        if state in SCRIPTS:
            return self._in_two_scripts(SCRIPTS[state])
        names = [self._iberian(FAKER_LOCALES.get(state, "es_CO"), sex)]
        if self._random.random() < 0.2:
            names.append(NameEntry(NameKind.ALIAS, names[0].given.split()[0][:4]))
        return names

    def _iberian(self, locale: str, sex: str) -> NameEntry:
        faker = self._fakers[locale]
        given = faker.first_name_female() if sex == "FEMALE" else faker.first_name_male()
        second = "" if locale == "fr_FR" or self._random.random() < 0.12 else faker.last_name()
        return NameEntry(NameKind.OFFICIAL, given, faker.last_name(), second)

    def _in_two_scripts(self, script: Script) -> list[NameEntry]:
        given = self._random.choice(script.given)
        family = self._random.choice(script.family)
        return [
            NameEntry(NameKind.OFFICIAL, given[0], family[0]),
            NameEntry(NameKind.OFFICIAL, given[1], family[1], language=script.language),
        ]
