"""Fills an installation with canaries, by actions and pages: ``python -m tests.proof.canaries N``.

Everything that a person could be recognised by holds one of two stems, which are looked for at rest
afterwards: ``STEM``, and ``ACCENTED``, which has letters outside ASCII. Run in a home of its own,
migrated and empty. Ends without closing anything, so that the write-ahead log stays as a crash leaves it.
"""

from __future__ import annotations

import io
import logging
import os
import sys
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import django

django.setup()

from django.core.files.uploadedfile import SimpleUploadedFile  # noqa: E402 (the rooms must be registered)
from django.test import Client  # noqa: E402
from django.urls import reverse  # noqa: E402

from amparo.access.data import Actor  # noqa: E402
from amparo.access.gate import action  # noqa: E402
from amparo.access.models import Staff  # noqa: E402
from amparo.access.queries import actor_for  # noqa: E402
from amparo.cases import actions as cases  # noqa: E402
from amparo.cases.data import (  # noqa: E402
    AgeStatus,
    Birth,
    NameEntry,
    NameKind,
    NationalityStanding,
    NoteKind,
    Precision,
    SafeContact,
    TaskKind,
)
from amparo.core.sharing import Item  # noqa: E402
from amparo.referrals.actions import accept_referral, send_referral  # noqa: E402
from amparo.referrals.data import ReferralRequest  # noqa: E402
from amparo.site.demo import build as demonstration  # noqa: E402
from amparo.site.demo.places import CAST  # noqa: E402
from amparo.vault import door, primitives  # noqa: E402
from amparo.vault.actions import unlock  # noqa: E402
from amparo.vault.data import OpenKeys  # noqa: E402
from tests.proof.stems import ACCENTED, STEM  # noqa: E402
from tests.proof.world import code_of  # noqa: E402
from tests.statistics.workbooks import make_book  # noqa: E402

PASSPHRASES = {player.username: player.passphrase for player in CAST}
TOLD = 12
"""People of the demonstration itself, among whom are the two stories."""
BY_PAGE = 3


def main(people: int) -> None:
    primitives.argon2_cost = primitives.Argon2Cost(memory_kib=8, passes=1, lanes=1)
    now = datetime.now(UTC)
    demonstration.build(TOLD, now, lambda _text: None)
    keys = {name: unlock(staff_id(name), PASSPHRASES[name], now) for name in ("amina", "bruno", "chidi")}
    made = [live(keys, number, now) for number in range(people)]
    for person_id in made[:5]:
        share(keys, person_id, now)
    browse(code_of(made[0]))
    logging.getLogger("amparo.cases").warning("planning for %s", f"{STEM} Abela")
    sys.stdout.write(f"{len(made)}\n")
    sys.stdout.flush()
    os._exit(0)


def staff_id(username: str) -> UUID:
    return Staff.objects.values_list("id", flat=True).get(username=username)


def act(keys: dict[str, OpenKeys], username: str, now: datetime) -> Actor:
    return actor_for(keys[username].user_id, keys[username], now=now)


def live(keys: dict[str, OpenKeys], number: int, now: datetime) -> UUID:
    """Register one canary and work on the file."""
    amina = act(keys, "amina", now)
    person_id = cases.register_person(
        amina,
        now=now,
        unit_id=min(amina.unit_ids),
        names=[
            NameEntry(NameKind.OFFICIAL, f"{STEM}{number}", f"{ACCENTED}es", ""),
            NameEntry(NameKind.ALIAS, f"La {STEM}", "", ""),
        ],
        birth=Birth(Precision.EXACT, date(1997, 2, 13), date(1997, 2, 13)),
        age_status=AgeStatus.KNOWN,
        sex_gender="FEMALE",
        languages=("es",),
        nationalities=("COL",),
        nationality_standing=NationalityStanding.STATED,
        safe_contact=SafeContact(
            mode="CALL",
            reach=f"Casa {STEM}, calle {ACCENTED}",
            must_not_contact=f"Su tío {STEM}",
            code_word=STEM,
            instructions=f"Decir {ACCENTED}",
        ),
    )
    about: dict[str, Any] = {"now": now, "person_id": person_id}
    cases.add_note(
        amina, **about, kind=NoteKind.INTERVIEW, happened_on=now.date(), text=f"Relato de {STEM} {ACCENTED}."
    )
    cases.add_note(
        amina, **about, kind=NoteKind.HEALTH, happened_on=now.date(), text=f"Dolor {STEM} {ACCENTED}."
    )
    cases.add_need(amina, **about, code="SM", urgency="PRIORITY", text=f"Pide {STEM} {ACCENTED}.")
    cases.add_task(
        amina, **about, kind=TaskKind.CALL, due_at=now + timedelta(days=2), text=f"Llamar a {STEM}."
    )
    cases.relate(
        amina, **about, kind="SIBLING", other_id=None, name=NameEntry(NameKind.OFFICIAL, STEM, ACCENTED, "")
    )
    if number % 20 == 0:
        _store_document(amina, **about)
    return person_id


@action("cases.edit_person", about="person_id")
def _store_document(actor: Actor, *, now: datetime, person_id: UUID) -> None:
    """Store a file: no page does it yet, the vault's door does."""
    content = f"Pasaporte de {STEM} {ACCENTED}\n".encode() * 5000
    door.store_file(actor, person_id, io.BytesIO(content), now=now)


def share(keys: dict[str, OpenKeys], person_id: UUID, now: datetime) -> None:
    """Consent, refer with every field that can be shared, and accept."""
    amina, chidi = act(keys, "amina", now), act(keys, "chidi", now)
    cases.record_consent(
        amina,
        now=now,
        person_id=person_id,
        purpose="ASYLUM",
        recipients=[min(chidi.unit_ids)],
        data_items=list(Item),
        restriction_text=f"Nunca a {STEM}",
        until_date=now.date() + timedelta(days=90),
    )
    request = ReferralRequest(
        to_unit_id=min(chidi.unit_ids),
        to_staff_id=None,
        purpose="ASYLUM",
        service_type="ASYLUM",
        urgency="PRIORITY",
        items=frozenset(Item),
        risks=f"La busca {STEM} {ACCENTED}.",
    )
    referral_id = send_referral(amina, now=now, person_id=person_id, request=request)
    accept_referral(chidi, now=now, referral_id=referral_id, version=1)


def browse(code: str) -> None:
    """Do by the pages what Amina does: search, register, fail a form, import, print, lose the way."""
    client = Client(raise_request_exception=False)
    answer = client.post(
        reverse("account_login"), {"login": "amina", "password": PASSPHRASES["amina"]}, secure=True
    )
    assert answer.status_code == 302, answer.status_code
    unit = str(min(actor_for(staff_id("amina"), None, now=datetime.now(UTC)).unit_ids))
    for number in range(BY_PAGE):
        form = _registration(unit) | {"names-0-first_surname": f"{ACCENTED}{number}"}
        client.post(reverse("cases_register"), form, secure=True)
        client.post(reverse("cases_register"), form | {"year": STEM}, secure=True)
    found = client.post(reverse("cases_search"), {"text": f"{STEM}0 {ACCENTED}es"}, secure=True)
    assert STEM in found.content.decode()
    client.get(reverse("cases_search"), {"q": f"{STEM} {ACCENTED}"}, secure=True)
    client.get(f"/{STEM}/{ACCENTED}/", secure=True)
    note = {"kind": "CONTACT", "happened_on": "", "text": f"{STEM} sin fecha"}
    assert client.post(reverse("cases_add_note", args=[code]), note, secure=True).status_code == 422
    for name in ("cases_file", "cases_plan", "cases_timeline", "cases_access", "referrals_of_file"):
        assert client.get(reverse(name, args=[code]), secure=True).status_code == 200, name
    _print_memorandum(client, code)
    _import(client, unit)
    client.get(reverse("mfa_activate_totp"), secure=True)


def _registration(unit: str) -> dict[str, str]:
    return {
        "names-TOTAL_FORMS": "2",
        "names-INITIAL_FORMS": "0",
        "names-0-given": f"{STEM}a",
        "precision": "UNKNOWN",
        "needs_interpreter": "UNKNOWN",
        "nationality_standing": "UNKNOWN",
        "reach": f"Barrio {STEM}",
        "unit": unit,
    }


def _print_memorandum(client: Client, code: str) -> None:
    opened = client.post(
        reverse("procedures_of_file", args=[code]), {"definition": "refugee-status"}, secure=True
    )
    guide = opened.headers["Location"]
    finding = {
        "truth": "ESTABLISHED",
        "reasons": f"Lo dijo {STEM} {ACCENTED}",
        "standard": "reasonable_degree_of_likelihood",
        "confidence_note": STEM,
    }
    client.post(f"{guide}refugee.fear.expressed/", finding, secure=True)
    pdf = client.get(f"{guide}memorandum.pdf", secure=True)
    assert pdf.content[:4] == b"%PDF", pdf.status_code


def _import(client: Client, unit: str) -> None:
    book = make_book(
        [[f"{STEM}o", ACCENTED, "1997-02-13", None, "CO", True], [STEM, None, None, None, "X", 1]]
    )
    upload = {"unit": unit, "workbook": SimpleUploadedFile("casos.xlsx", book)}
    staged = client.post(reverse("statistics_imports"), upload, secure=True)
    assert staged.status_code == 302, staged.content.decode()[:2000]
    numbers = {"row": ["2", "3"], "import_held": "1"}
    client.post(staged.headers["Location"], numbers, secure=True)
    client.post(staged.headers["Location"], {"apply": "1"}, secure=True)


if __name__ == "__main__":
    main(int(sys.argv[1]))
