"""Registering: what identifies goes to the vault, what is coded stays outside, doubt is for the child."""

from __future__ import annotations

from datetime import date

import pytest

from amparo.access.data import Actor, Stale
from amparo.access.models import Scope
from amparo.cases import queries
from amparo.cases.actions import edit_person, register_person
from amparo.cases.data import (
    AgeStatus,
    Birth,
    FileState,
    NationalityStanding,
    NoCustodians,
    Precision,
    SafeContact,
    ThreeWay,
)
from amparo.cases.models import File, Person
from amparo.core.policy import Purpose
from amparo.core.refusal import Refusal, Unknown
from amparo.core.truth import Truth
from amparo.ledger.models import Entry
from amparo.vault.models import Custodian
from tests.cases.conftest import NOW, House, name, register


def truth_of(house: House, birth: Birth, status: AgeStatus, *, may_be_child: bool = False) -> Truth:
    person_id = register_person(
        house.amina,
        now=NOW,
        unit_id=house.cast.amina.unit_id,
        names=[name("Sin", "Edad")],
        birth=birth,
        age_status=status,
        may_be_child=may_be_child,
    )
    return queries.child_truth(person_id, as_of=NOW.date())


def test_a_registered_person_has_a_file_and_a_code(house: House) -> None:
    assert queries.find_by_code(house.amina, house.code).id == house.lucia
    assert File.objects.get(person_id=house.lucia).state == FileState.OPEN
    header = queries.get_file_header(house.amina, house.lucia, purpose=Purpose.CASE_WORK, now=NOW)
    assert header.name is not None
    assert [status.is_unknown for status in header.statuses] == [True, True, True]
    assert header.child is Truth.NOT_ESTABLISHED


def test_no_identity_is_written_outside_the_vault(house: House) -> None:
    rows = [
        *Person.objects.values(),
        *Scope.objects.values(),
        *File.objects.values(),
        *Entry.objects.values(),
    ]
    text = repr(rows)
    assert house.code in text
    for secret in ("Lucía", "Ñáñez", "Quispe", "(1998, ", "1998-04", "0000 0000", "tío"):
        assert secret not in text


def test_locked_the_header_shows_the_code_only(house: House) -> None:
    header = queries.get_file_header(
        house.cast.amina.locked.as_of(NOW), house.lucia, purpose=Purpose.CASE_WORK, now=NOW
    )
    assert (header.name, header.safe_contact, header.is_unlocked) == (None, None, False)
    assert header.has_contact_warning


def test_without_two_custodians_nobody_is_registered(house: House) -> None:
    Custodian.objects.filter(card_number=1).delete()
    before = Scope.objects.count()
    with pytest.raises(NoCustodians):
        register(house.amina, house.cast.amina.unit_id, name("Nadie", "Todavía"))
    assert Scope.objects.count() == before


def test_a_locked_actor_registers_nobody(house: House) -> None:
    with pytest.raises(Refusal):
        register(house.cast.amina.locked.as_of(NOW), house.cast.amina.unit_id, name("Ana"))
    assert Person.objects.count() == 1


def test_dora_cannot_tell_the_person_exists(house: House) -> None:
    for ask in (
        lambda actor: queries.find_by_code(actor, house.code),
        lambda actor: queries.get_file_header(actor, house.lucia, purpose=Purpose.CASE_WORK, now=NOW),
    ):
        with pytest.raises(Unknown):
            ask(house.dora)


def test_nobody_registers_in_a_unit_that_is_not_theirs(house: House) -> None:
    with pytest.raises((Refusal, Unknown)):
        register(house.dora, house.cast.amina.unit_id, name("Ana"))
    assert Person.objects.count() == 1


@pytest.mark.parametrize(
    ("birth", "status", "may_be_child", "expected"),
    [
        (
            Birth(Precision.EXACT, date(2010, 1, 1), date(2010, 1, 1)),
            AgeStatus.KNOWN,
            False,
            Truth.ESTABLISHED,
        ),
        (
            Birth(Precision.EXACT, date(1990, 1, 1), date(1990, 1, 1)),
            AgeStatus.KNOWN,
            False,
            Truth.NOT_ESTABLISHED,
        ),
        (Birth(Precision.UNKNOWN), AgeStatus.UNKNOWN, False, Truth.NOT_ASSESSED),
        (Birth(Precision.UNKNOWN), AgeStatus.UNKNOWN, True, Truth.ESTABLISHED),
        (Birth(Precision.UNKNOWN), AgeStatus.DISPUTED, False, Truth.ESTABLISHED),
        (
            Birth(Precision.ESTIMATED, date(2006, 1, 1), date(2010, 1, 1)),
            AgeStatus.ESTIMATED,
            False,
            Truth.ESTABLISHED,
        ),
        (
            Birth(Precision.ESTIMATED, date(1990, 1, 1), date(2000, 1, 1)),
            AgeStatus.ESTIMATED,
            False,
            Truth.NOT_ESTABLISHED,
        ),
        (
            Birth(Precision.EXACT, date(1990, 1, 1), date(1990, 1, 1)),
            AgeStatus.DISPUTED,
            False,
            Truth.ESTABLISHED,
        ),
    ],
)
def test_doubt_about_age_is_decided_for_the_child(
    house: House, birth: Birth, status: AgeStatus, may_be_child: bool, expected: Truth
) -> None:
    assert truth_of(house, birth, status, may_be_child=may_be_child) is expected


def test_the_state_of_nationality_closes_the_file_to_its_consulate(house: House) -> None:
    assert Scope.objects.get(id=house.lucia).origin_states == " PER "


def edit(actor: Actor, house: House, version: int, given: str) -> None:
    edit_person(
        actor,
        now=NOW,
        person_id=house.lucia,
        version=version,
        names=[name(given, "Ñáñez")],
        birth=Birth(Precision.UNKNOWN),
        age_status=AgeStatus.UNKNOWN,
        may_be_child=False,
        sex_gender="FEMALE",
        languages=["spa"],
        needs_interpreter=ThreeWay.NO,
        nationalities=["PER"],
        nationality_standing=NationalityStanding.STATED,
        statelessness_risks=[],
        safe_contact=SafeContact(),
    )


def test_of_two_edits_of_one_version_the_second_is_stale(house: House) -> None:
    edit(house.amina, house, 1, "Luz")
    with pytest.raises(Stale):
        edit(house.bruno, house, 1, "Lucy")
    assert Person.objects.get(person_id=house.lucia).version == 2
