"""What the cast does in a browser, page by page: for the journeys and for the pictures of the README.

Fields are found by their names and choices by their codes, so that the walk is the same in every
language. Nothing here judges what a page answers; the journeys do.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from amparo.site.demo.places import CAST, PLACES

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

PASSPHRASES = {player.username: player.passphrase for player in CAST}
SHARED = ("SAFE_CONTACT", "NO_CONTACT", "LANGUAGE", "AGE_BAND", "SEX_GENDER", "RISKS")
PATIENCE = 90_000
"""Milliseconds to wait for a page: key derivation and PDF take their time on a busy machine."""


@dataclass(frozen=True)
class Name:
    """One row of names of the registration form."""

    given: str
    first_surname: str = ""
    second_surname: str = ""
    language: str = ""


@dataclass(frozen=True)
class Newcomer:
    """What is typed about the person of the walk."""

    names: tuple[Name, ...]
    ages: tuple[int, int] = (16, 19)
    languages: tuple[str, ...] = ("es", "ar")
    reach: str = "Teléfono de una vecina, 0000 1177"
    times: str = "Martes y jueves, después de las 16:00"
    must_not_contact: str = "El hombre que se presenta como su tío."
    code_word: str = "guayacán"
    instructions: str = "No dejar mensajes de voz."


NEWCOMER = Newcomer(
    names=(
        Name("Marizol", "Arboleda", "Quinónez", "es"),
        Name("ماريسول", "أربوليدا", language="ar"),
    )
)
"""Her name is written much like that of Marisol Arboleda Quiñones, a file of the demonstration."""

GUARDIAN = next(player.name for player in CAST if player.username == "tomas")
"""Who is appointed for the newcomer, since she may be a child."""

GROUNDS = {
    "trafficking.act.recruitment": "Una conocida de la familia le ofreció trabajo y pagó el viaje.",
    "trafficking.purpose.forced_labour": "Trabajaba dieciséis horas en una casa, sin pago y sin poder salir.",
}
"""What identification needs of a child: an act and a purpose, no means."""

FEARS = {
    "refugee.fear.expressed": "Dice que la encontrarán: saben dónde vive su abuela.",
    "refugee.persecution.reprisals": "Llamaron dos veces a su familia para cobrar la deuda del viaje.",
    "refugee.persecution.retrafficking": "La misma red capta en su barrio y nadie la ha denunciado.",
}


def sign_in(page: Page, username: str) -> None:
    """Sign in and unlock as one of the cast."""
    page.goto("/sign-in/")
    page.locator("main input:not([type=hidden]):not([type=password])").first.fill(username)
    page.locator("main input[type=password]").fill(PASSPHRASES[username])
    send(page, page.locator("main button[type=submit]").first)


def send(page: Page, button: Locator) -> None:
    """Press a button and wait for the page that answers."""
    with page.expect_navigation():
        button.click()


def path_of(page: Page) -> str:
    return urlsplit(page.url).path


class Deeds:
    """The deeds of one member of the cast on one page of the browser."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def press(self, name: str) -> None:
        """Press the first button of that name."""
        send(self.page, self.page.locator(f"main button[name={name}]").first)

    def submit(self, form: str = "main form") -> None:
        """Press the last button of a form that sends it."""
        send(self.page, self.page.locator(form).first.locator("button[type=submit]").last)

    def check(self, name: str, value: str) -> None:
        self.page.locator(f"main input[name={name}][value='{value}']").check()

    def tick(self, name: str) -> None:
        self.page.locator(f"main input[name={name}]").check()

    def unfold(self) -> None:
        """Open every folded part of the form."""
        folded = self.page.locator("main form details:not([open]) > summary")
        while folded.count():
            folded.first.click()

    def fill(self, name: str, text: str) -> None:
        self.page.locator(f"main [name={name}]").fill(text)

    def choose(self, name: str, value: str) -> None:
        self.page.locator(f"main select[name={name}]").select_option(value)

    def type_newcomer(self, person: Newcomer) -> None:
        """Fill in the registration form, without sending it."""
        self.page.goto("/people/register/")
        self.unfold()
        for number, name in enumerate(person.names):
            self.fill(f"names-{number}-given", name.given)
            self.fill(f"names-{number}-first_surname", name.first_surname)
            self.fill(f"names-{number}-second_surname", name.second_surname)
            self.choose(f"names-{number}-language", name.language)
        self.check("precision", "ESTIMATED")
        self.fill("age_from", str(person.ages[0]))
        self.fill("age_to", str(person.ages[1]))
        self.tick("may_be_child")
        self.choose("sex_gender", "FEMALE")
        for number, language in enumerate(person.languages, start=1):
            self.choose(f"language_{number}", language)
        self.check("needs_interpreter", "NO")
        self.check("nationality_standing", "UNKNOWN")
        self.choose("contact_mode", "CALL")
        for key in ("reach", "times", "must_not_contact", "code_word", "instructions"):
            self.fill(key, getattr(person, key))

    def register_anyway(self) -> str:
        """Say that the people shown are others, register, and return the new file's code."""
        self.tick("is_other_person")
        self.submit()
        return path_of(self.page).split("/")[2]

    def open_procedure(self, code: str, definition: str) -> str:
        """Open a procedure and return the address of its guide."""
        self.page.goto(f"/files/{code}/procedures/")
        self.submit(f"main form:has(input[value='{definition}'])")
        return "/".join(path_of(self.page).split("/")[:5]) + "/"

    def find(self, guide: str, element: str, reasons: str, truth: str = "established") -> None:
        """Record a finding with its reasons."""
        self.page.goto(f"{guide}{element}/")
        self.check("truth", truth)
        self.fill("reasons", reasons)
        self.submit(".am-record form")

    def take_step(self, guide: str, step: str, reasons: str) -> None:
        """Sign one step of the procedure."""
        self.page.goto(f"{guide}steps/{step}/")
        self.fill("reasons", reasons)
        self.submit()

    def prepare_referral(self, code: str) -> None:
        """Fill in a referral to the asylum authority and ask for its preview (refused without consent)."""
        self.page.goto(f"/files/{code}/referrals/new/")
        authority, unit = PLACES["asylum"].agency, PLACES["asylum"].unit
        offers = self.page.locator("main .govuk-radios__item", has_text=authority).filter(has_text=unit)
        offers.first.locator("input").check()
        self.choose("purpose", "ASYLUM")
        self.choose("urgency", "PRIORITY")
        self.fill("risks", "No llamar a ningún número de su familia.")
        self.press("preview")

    def appoint_guardian(self, code: str, name: str, until: date) -> None:
        """Appoint a child's guardian: choose, read what it means, confirm."""
        self.page.goto(f"/files/{code}/access/appoint-guardian/")
        choice = self.page.locator("main select[name=staff_id] option", has_text=name)
        self.choose("staff_id", str(choice.first.get_attribute("value")))
        self.fill("until", until.isoformat())
        self.submit()
        self.submit()

    def record_consent(self, code: str, today: date, beside: str = "") -> None:
        """Record that the person agrees to go to the asylum authority, for ninety days.

        ``beside`` is part of the name of who agrees beside a child, who says yes too.
        """
        self.page.goto(f"/files/{code}/consents/new/")
        self.check("answer", "GIVEN")
        self.choose("purpose", "ASYLUM")
        recipients = self.page.locator("main .govuk-checkboxes__item", has_text=PLACES["asylum"].agency)
        recipients.first.locator("input").check()
        for item in SHARED:
            self.check("data_items", item)
        self.fill("from_date", today.isoformat())
        self.fill("until_date", (today + timedelta(days=90)).isoformat())
        if beside:
            self.check("child_assent", "GIVEN")
            names = self.page.locator("main .govuk-radios__item", has_text=beside)
            names.first.locator("input").check()
        self.choose("language", "es")
        self.submit()

    def draft_return(self, code: str, destination: str, travel_date: date) -> None:
        """Draft a return: it opens the conditions and records no return."""
        self.page.goto(f"/files/{code}/return/")
        self.fill("travel_date", travel_date.isoformat())
        self.choose("destination", destination)
        self.check("is_voluntary", "yes")
        self.submit()
