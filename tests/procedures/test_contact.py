"""No message to a foreign authority while a condition does not hold; each message needs its own."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from django.db import DatabaseError, transaction
from django.test import Client

from amparo.access.gate import writes_outside_actions
from amparo.cases.actions import record_consent, record_status
from amparo.cases.data import Axis
from amparo.core.refusal import Unknown
from amparo.core.sharing import Item
from amparo.procedures.actions import contact_foreign_authority
from amparo.procedures.data.refusals import ContactRefused, NeedsReasons
from amparo.procedures.models import ForeignContact
from amparo.procedures.queries import get_contact_page, list_procedures
from tests.people import Cast
from tests.procedures.world import NO, World, make_world, refute_asylum

CONDITIONS = (
    "contact.consent.this_authority",
    "contact.nothing_disclosed",
    "contact.family",
    "contact.advice.lawyer",
)


@pytest.fixture
def world(cast: Cast) -> World:
    """The same world at the real time: pages run on the clock of the request."""
    world = make_world(cast)
    world.now = datetime.now(UTC) - timedelta(minutes=5)
    return world


@pytest.fixture
def ready(world: World) -> UUID:
    """A statelessness procedure of an adult for whom every condition of contact holds."""
    asylum = refute_asylum(world)
    world.find(asylum, "refugee.fear.expressed", NO)
    world.find(asylum, "refugee.agents.state", NO)
    set_mandate_outside(world)
    record_consent(
        world.amina,
        now=world.now,
        person_id=world.person_id,
        purpose="NATIONALITY",
        recipients=[],
        data_items=(Item.LANGUAGE,),
        until_date=world.now.date() + timedelta(days=60),
    )
    procedure_id = world.open("statelessness")
    meet(world, procedure_id)
    return procedure_id


def set_mandate_outside(world: World) -> None:
    record_status(
        world.amina,
        now=world.now,
        person_id=world.person_id,
        axis=Axis.MANDATE,
        code="NONE",
        from_date=world.now.date(),
        basis="PROCEDURE",
    )


def meet(world: World, procedure_id: UUID) -> None:
    for element in CONDITIONS:
        world.find(procedure_id, element)


def asylum_of(world: World) -> UUID:
    listed = list_procedures(world.amina, world.person_id, "es")
    return next(one.id for one in listed if one.definition == "refugee-status")


def send(world: World, procedure_id: UUID, **changed: str) -> UUID:
    said = {"state": "NIC", "authority": "CIVIL_REGISTRY", "message": "Se pide la partida de nacimiento."}
    return contact_foreign_authority(
        world.amina, now=world.now, person_id=world.person_id, procedure_id=procedure_id, **(said | changed)
    )


def test_a_message_is_recorded_when_every_condition_holds(world: World, ready: UUID):
    send(world, ready)
    page = get_contact_page(world.amina, world.person_id, ready, language="es", now=world.now)
    assert [(one.state, one.authority) for one in page.contacts] == [("Nicaragua", "registro civil")]
    row = ForeignContact.objects.get()
    assert len(row.findings) == len(CONDITIONS)
    assert "partida" not in str(row.__dict__)


@pytest.mark.parametrize("element", CONDITIONS)
def test_one_refused_condition_stops_it(world: World, ready: UUID, element: str):
    world.find(ready, element, NO)
    with pytest.raises(ContactRefused):
        send(world, ready)
    assert not ForeignContact.objects.exists()


def test_nothing_assessed_stops_it(world: World):
    with pytest.raises(ContactRefused) as refused:
        send(world, world.open("statelessness"))
    assert refused.value.details["open"]


def test_fear_that_is_told_later_stops_it(world: World, ready: UUID):
    world.find(asylum_of(world), "refugee.fear.expressed")
    with pytest.raises(ContactRefused):
        send(world, ready)


def test_each_message_needs_its_own_conditions(world: World, ready: UUID):
    send(world, ready)
    world.now += timedelta(minutes=1)
    with pytest.raises(ContactRefused):
        send(world, ready, authority="CONSULATE")
    meet(world, ready)
    send(world, ready, authority="CONSULATE")
    assert ForeignContact.objects.count() == 2


def test_an_empty_message_and_another_procedure_are_refused(world: World, ready: UUID):
    with pytest.raises(NeedsReasons):
        send(world, ready, message="  ")
    with pytest.raises(Unknown):
        send(world, asylum_of(world))


def test_the_database_keeps_messages_as_they_were(world: World, ready: UUID):
    contact_id = send(world, ready)
    reason = "the database's own guard is tested"
    with writes_outside_actions(reason), pytest.raises(DatabaseError), transaction.atomic():
        ForeignContact.objects.filter(id=contact_id).update(state="USA")


def test_the_page_shows_what_blocks_and_then_takes_a_message(client: Client, world: World, ready: UUID):
    world.cast.amina.client(client)
    world.find(ready, "contact.family", NO)
    url = f"/files/{world.code}/procedures/{ready}/foreign-contact/"
    typed = {"state": "NIC", "authority": "CONSULATE", "message": "Se pide la partida."}
    shown = client.get(url).content.decode()
    assert ">N4<" in shown
    assert ">N2<" not in shown
    assert client.post(url, typed).status_code == 400
    world.find(ready, "contact.family")
    assert client.post(url, typed).status_code == 302
    assert ForeignContact.objects.get().authority == "CONSULATE"
    assert "Se pide la partida." in client.get(url).content.decode()
