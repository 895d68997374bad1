"""``amparo keys`` and ``amparo erase``: what they do, say, and exit with."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import pytest
from click import Command
from click.testing import CliRunner, Result
from django.conf import settings
from django.core.checks import run_checks
from django.db.models import Model
from django.utils import translation

from amparo.access.actions import add_staff, grant_post
from amparo.access.models import Scope
from amparo.access.queries import machine_actor
from amparo.core.policy import Purpose, Role
from amparo.core.refusal import Unknown
from amparo.site.commands.erase import erase
from amparo.site.commands.keys import keys
from amparo.vault import door, keyfolder, queries
from amparo.vault.actions import replay_erasures
from amparo.vault.data import Compartment, NoKey
from amparo.vault.models import Custodian, Field, Identity, Record, Tombstone, Wrap
from tests.cases.conftest import name, register
from tests.people import BORN_AT, Cast

OTHER_PASSPHRASE = "el mirlo vuelve en marzo"


def run(command: Command, *arguments: str, typed: str = "") -> Result:
    return CliRunner().invoke(command, list(arguments), input=typed)


def second_person(cast: Cast, username: str, role: Role) -> None:
    setup = machine_actor("setup", now=BORN_AT)
    staff_id = add_staff(
        setup,
        now=BORN_AT,
        username=username,
        name=username,
        passphrase=OTHER_PASSPHRASE,
        agency_id=cast.ines.agency_id,
    )
    grant_post(setup, now=BORN_AT, staff_id=staff_id, unit_id=cast.ines.unit_id, role=role)


def test_status_names_the_seal_key_in_use(cast: Cast) -> None:
    result = run(keys, "status")
    assert result.exit_code == 0, result.output
    assert "Seal key 1" in result.output
    assert "Casa Ceibo: 2 custodians confirmed, 0 units without recovery" in result.output


def test_a_missing_seal_key_stops_the_start_in_one_sentence(cast: Cast) -> None:
    assert not [fault for fault in run_checks() if fault.id == "vault.E001"]
    keyfolder.seal_path(1).unlink()
    (fault,) = [fault for fault in run_checks() if fault.id == "vault.E001"]
    assert "seal key of epoch 1 is missing" in fault.msg
    assert run(keys, "status").exit_code == 2


def test_the_seal_key_is_rotated_and_the_old_one_retired(cast: Cast) -> None:
    assert run(keys, "rotate-seal").exit_code == 0
    refused = run(keys, "retire-epoch", "2", "--yes")
    assert (refused.exit_code, "was not destroyed" in refused.output) == (2, True), (
        "in the program's language"
    )
    assert translation.get_language() == settings.LANGUAGE_CODE, "English only while it runs"
    result = run(keys, "retire-epoch", "1", "--yes")
    assert result.exit_code == 0, result.output
    assert [epoch.number for epoch in queries.list_epochs()] == [2]


def test_set_up_says_that_losing_the_keys_loses_everything(db: None) -> None:
    result = run(keys, "set-up")
    assert result.exit_code == 0, result.output
    assert "loses every identity" in result.output


def test_a_member_rotates_the_unit_and_dora_does_not(cast: Cast) -> None:
    unit = str(cast.amina.unit_id)
    result = run(keys, "rotate-unit", unit, "--by", "amina", typed=cast.amina.passphrase + "\n")
    assert result.exit_code == 0, result.output
    result = run(keys, "rotate-unit", unit, "--by", "dora", typed=cast.dora.passphrase + "\n")
    assert result.exit_code == 2
    assert run(keys, "rotate-unit", unit, "--by", "amina", typed="otra\n").exit_code == 2
    assert "0 units" in run(keys, "rotate-unit", "no such", "--by", "amina").output


def cards_in(result: Result) -> list[str]:
    lines = result.output.splitlines()
    return [lines[place + 1] for place, line in enumerate(lines) if line.startswith("Card ")]


def test_cards_are_made_confirmed_replaced_by_two_and_used(cast: Cast) -> None:
    second_person(cast, "elena", Role.ADMINISTRATOR)
    Custodian.objects.all().delete()
    agency = "Oficina del Mecanismo"
    first = run(keys, "recovery-cards", agency)
    cards = cards_in(first)
    assert len(cards) == 5, first.output
    typed = f"{cast.ines.passphrase}\n{cards[0]}\n"
    assert "1 custodians" in run(keys, "confirm-card", agency, "--by", "ines", typed=typed).output
    assert run(keys, "recovery-cards", agency).exit_code == 2
    typed = f"{cast.eve.passphrase}\n{OTHER_PASSPHRASE}\n"
    alone = f"{cast.eve.passphrase}\n{cast.eve.passphrase}\n"
    replaced = ["recovery-cards", agency, "--by", "eve", "--and-by"]
    assert run(keys, *replaced, "eve", typed=alone).exit_code == 2
    result = run(keys, *replaced, "elena", typed=typed)
    assert len(cards_in(result)) == 5, result.output
    typed = "\n".join(cards_in(result)[:3]) + "\n"
    assert run(keys, "recover-unit", "Administración", "--to", "elena", typed=typed).exit_code == 2


@pytest.fixture
def lucia(cast: Cast) -> UUID:
    return register(cast.amina.actor, cast.amina.unit_id, name("Lucía", "Mamani"), now=datetime.now(UTC))


def test_two_data_protection_officers_erase_and_one_alone_does_not(cast: Cast, lucia: UUID) -> None:
    second_person(cast, "olga", Role.DATA_PROTECTION)
    code = Scope.objects.get(id=lucia).code
    ines = {"typed": cast.ines.passphrase + "\n"}
    for said in ("Proposed.", "You proposed this already"):
        alone = run(erase, code, "--by", "ines", **ines)
        assert alone.exit_code == 3, alone.output
        assert said in alone.output
        assert Identity.objects.filter(person_id=lucia).exists()
    result = run(erase, code.lower(), "--by", "olga", typed=OTHER_PASSPHRASE + "\n")
    assert result.exit_code == 0, result.output
    assert "Erased the identity" in result.output
    assert queries.is_erased(lucia)
    again = run(erase, code, "--by", "ines", **ines)
    assert (again.exit_code, "was erased on" in again.output) == (0, True)


def test_the_passphrase_comes_from_a_file_or_not_at_all(cast: Cast, lucia: UUID, tmp_path: Path) -> None:
    code = Scope.objects.get(id=lucia).code
    secret = tmp_path / "passphrase"
    secret.write_text(cast.ines.passphrase + "\nanother line\n", encoding="utf-8")
    assert run(erase, code, "--by", "ines", "--passphrase-file", str(secret)).exit_code == 3
    without = run(erase, code, "--by", "ines")
    assert (without.exit_code, "no passphrase was given" in without.output) == (2, True)


def opens(cast: Cast, person_id: UUID) -> bool:
    now = datetime.now(UTC)
    try:
        opened = door.open(cast.amina.actor_at(now), person_id, {Compartment.ID}, Purpose.CASE_WORK, now=now)
    except (Unknown, NoKey):
        return False
    return opened.get(Compartment.ID, "names") is not None


def test_what_two_officers_erased_stays_erased_after_a_restore(cast: Cast, lucia: UUID) -> None:
    second_person(cast, "olga", Role.DATA_PROTECTION)
    code = Scope.objects.get(id=lucia).code
    assert opens(cast, lucia)
    of_identity = {"record__identity_id": lucia}
    backup: list[list[Model]] = [
        list(Identity.objects.filter(person_id=lucia)),
        list(Record.objects.filter(identity_id=lucia)),
        list(Wrap.objects.filter(**of_identity)),
        list(Field.objects.filter(**of_identity)),
    ]
    assert run(erase, code, "--by", "ines", typed=cast.ines.passphrase + "\n").exit_code == 3
    assert opens(cast, lucia), "one officer alone erases nothing"
    assert run(erase, code, "--by", "olga", typed=OTHER_PASSPHRASE + "\n").exit_code == 0
    assert not opens(cast, lucia)
    assert Tombstone.objects.filter(person_id=lucia).exists()
    Tombstone.objects.all().delete()  # an older backup has none; the list beside the keys has
    for rows in backup:
        type(rows[0])._default_manager.bulk_create(rows)
    assert opens(cast, lucia), "the rows of the backup are whole"
    assert replay_erasures(datetime.now(UTC)) == [lucia]
    assert not opens(cast, lucia)
    assert queries.is_erased(lucia)


@pytest.mark.parametrize("username", ["amina", "eve", "dora"])
def test_nobody_else_erases_or_learns_that_the_person_exists(cast: Cast, lucia: UUID, username: str) -> None:
    member = cast.everybody[username]
    answers = {
        run(erase, code, "--by", username, typed=member.passphrase + "\n").output.replace(code, "")
        for code in (Scope.objects.get(id=lucia).code, "AM-2222-2222")
    }
    assert len(answers) == 1
    assert "no such record" in answers.pop()
