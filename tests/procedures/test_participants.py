"""Somebody of the asylum authority takes part in one procedure, and sees nothing else of the file."""

from __future__ import annotations

from contextlib import suppress

import pytest
from django.test import Client

from amparo.access.data import Denied
from amparo.cases.actions import withdraw_consent
from amparo.cases.queries import find_by_code, get_worklist, list_consents
from amparo.core.policy import Purpose
from amparo.core.refusal import Refusal, Unknown
from amparo.doctrine.registry import get_guide, get_procedure
from amparo.ledger.models import Entry
from amparo.procedures.actions import add_participant, end_participation, send_reasons
from amparo.procedures.data import refusals
from amparo.procedures.data.refusals import NotForPeople
from amparo.procedures.providers import list_standing, list_work
from amparo.procedures.queries import get_guide_page
from amparo.procedures.queries.parts import get_part_page, list_invitable, list_parts
from amparo.vault.data import Compartment
from amparo.vault.door import PlainUse, open_extract, plain
from amparo.vault.models import Extract
from tests.people import Member
from tests.procedures.world import World, agree_to_return


def invite(world: World, member: Member, procedure_id):
    return add_participant(
        world.amina,
        now=world.now,
        person_id=world.person_id,
        procedure_id=procedure_id,
        unit_id=member.unit_id,
        staff_id=member.id,
    )


@pytest.fixture
def part(world: World):
    agree_to_return(world)
    procedure_id = world.open("return")
    finding_id = world.find(procedure_id, "return.safety")
    return procedure_id, finding_id, invite(world, world.cast.chidi, procedure_id)


def test_a_participant_reads_the_sealed_reasons(world: World, part):
    _procedure_id, finding_id, part_id = part
    shown = get_part_page(world.chidi, part_id, language="en", now=world.now)
    sealed = open_extract(world.chidi, shown.part.extract_id, Purpose.PROTECTION_DECISION, now=world.now)
    words = sealed.get(Compartment.NARRATIVE, f"finding.{finding_id}").part("reasons")
    assert plain(words, PlainUse.COMPARE) == "Consta en la entrevista sobre return.safety."


def test_a_long_analysis_is_shared_as_a_short_one_is(world: World):
    agree_to_return(world)
    procedure_id = world.open("refugee-status")
    logic = get_guide("refugee-status").logic
    found = []
    for element in (one.id for one in logic.elements if one.is_leaf and not logic.counted(one)):
        with suppress(NotForPeople):  # what other parts of the house answer
            found.append(world.find(procedure_id, element))
    shown = get_part_page(
        world.chidi, invite(world, world.cast.chidi, procedure_id), language="en", now=world.now
    )
    sealed = open_extract(world.chidi, shown.part.extract_id, Purpose.PROTECTION_DECISION, now=world.now)
    assert len(sealed.fields) == len(found)
    assert (
        Entry.objects.filter(verb="vault.seal_extract").latest("id").details["fields_in_all"]
        == len(found)
        > 60
    )


def test_a_participant_reads_what_each_finding_is_about(world: World, part, client: Client):
    _procedure_id, _finding_id, part_id = part
    chidi = world.cast.chidi.client(client)
    title = get_procedure("return").title["es"]
    assert f"{title} · {world.code}" in chidi.get("/taking-part/").content.decode()
    page = chidi.get(f"/taking-part/{part_id}/").content.decode()
    assert f"<strong>{get_guide('return-gate').texts['return.safety'].label['es']}</strong>" in page


def test_an_invitation_stands_in_the_worklist_of_whoever_is_invited(world: World, part):
    assert [item.kind for item in list_work(world.chidi, world.now)] == ["part"]
    assert list_work(world.cast.dora.actor_at(world.now), world.now) == []


def test_the_invitation_names_nobody_in_the_worklist_of_whoever_is_invited(world: World, part):
    ((_group, items),) = get_worklist(world.chidi, now=world.now).groups
    assert [(item.kind, item.name) for item in items] == [("part", None)]


def test_a_participant_never_sees_the_file(world: World, part):
    with pytest.raises(Unknown):
        find_by_code(world.chidi, world.code)
    with pytest.raises(Unknown):
        get_guide_page(world.chidi, world.person_id, part[0], "", language="en", now=world.now)


@pytest.mark.parametrize("who", ["amina", "dora", "eve", "ines", "consul", "fiscal"])
def test_nobody_else_reads_a_participants_page(world: World, part, who: str):
    actor = getattr(world.cast, who).actor_at(world.now)
    with pytest.raises(Unknown):
        get_part_page(actor, part[2], language="en", now=world.now)
    assert list_parts(actor) == []


def test_a_new_finding_shows_that_the_sealed_reasons_are_old(world: World, part):
    procedure_id, _finding_id, part_id = part
    assert not get_part_page(world.chidi, part_id, language="en", now=world.now).is_stale
    world.find(procedure_id, "return.data")
    assert get_part_page(world.chidi, part_id, language="en", now=world.now).is_stale
    send_reasons(
        world.amina,
        now=world.now,
        person_id=world.person_id,
        procedure_id=procedure_id,
        participant_id=part_id,
    )
    assert not get_part_page(world.chidi, part_id, language="en", now=world.now).is_stale


def test_an_ended_part_is_gone(world: World, part):
    end_participation(
        world.amina, now=world.now, person_id=world.person_id, procedure_id=part[0], participant_id=part[2]
    )
    with pytest.raises(Unknown):
        get_part_page(world.chidi, part[2], language="en", now=world.now)


def test_a_part_that_stands_on_a_consent_ends_when_the_person_takes_it_back(world: World, part):
    extract_id = get_part_page(world.chidi, part[2], language="en", now=world.now).part.extract_id
    (consent,) = list_consents(world.amina, world.person_id)
    assert [one.url for one in list_standing(world.amina, world.person_id, consent)]
    withdraw_consent(
        world.amina,
        now=world.now,
        person_id=world.person_id,
        consent_id=consent.id,
        version=consent.version,
    )
    with pytest.raises(Unknown):
        get_part_page(world.chidi, part[2], language="en", now=world.now)
    with pytest.raises((Refusal, Unknown)):
        open_extract(world.chidi, extract_id, Purpose.RETURN, now=world.now)
    assert not Extract.objects.filter(id=extract_id).exists()
    (consent,) = list_consents(world.amina, world.person_id)
    assert len(list_standing(world.amina, world.person_id, consent)) == 1


def test_without_a_consent_nobody_is_invited(world: World):
    procedure_id = world.open("return")
    assert list_invitable(world.amina, world.person_id, now=world.now) == []
    with pytest.raises(refusals.NeedsBasis):
        invite(world, world.cast.chidi, procedure_id)


@pytest.mark.parametrize("who", ["consul"])
def test_no_consent_lets_a_consulate_take_part(world: World, who: str):
    procedure_id = world.open("return")
    with pytest.raises(refusals.NotToThem):
        invite(world, getattr(world.cast, who), procedure_id)


def test_dora_invites_nobody(world: World, part):
    with pytest.raises((Unknown, Denied)):
        add_participant(
            world.cast.dora.actor_at(world.now),
            now=world.now,
            person_id=world.person_id,
            procedure_id=part[0],
            unit_id=world.cast.chidi.unit_id,
            staff_id=world.cast.chidi.id,
        )
    assert len(list_consents(world.amina, world.person_id)) == 1
