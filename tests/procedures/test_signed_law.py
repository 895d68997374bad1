"""The law that a finding cites is part of what people sign, and of what a participant's extract carries."""

from __future__ import annotations

from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse

from amparo.access.gate import writes_outside_actions
from amparo.access.models import Staff
from amparo.core.policy import Purpose
from amparo.library.actions import edit_entry
from amparo.procedures.actions import add_participant, rerun_procedure, send_reasons, sign_certificate
from amparo.procedures.data.refusals import GateClosed, SomethingElseNow
from amparo.procedures.models import Finding, FindingCitation, Procedure
from amparo.procedures.queries import gate, moves, signed
from amparo.procedures.queries.assessing import Assessment, assess, child_on
from amparo.procedures.queries.editions import guide_of
from amparo.procedures.queries.extracts import sealed_citations
from amparo.procedures.queries.parts import get_part_page
from amparo.procedures.queries.rows import list_findings
from amparo.vault.door import PlainUse, open_extract, plain
from tests.people import Cast
from tests.procedures.lawful import OWN, make_lawful_world
from tests.procedures.rows import make_signature
from tests.procedures.world import World, agree_to_return

CONDITION = "return.safety"
LINK = "trafficking.act.transport"
FIRST, SECOND = "seed/fn12", "us/bia/m-j-2001"


@pytest.fixture
def world(cast: Cast) -> World:
    return make_lawful_world(cast)


@pytest.fixture
def procedure_id(world: World) -> UUID:
    return world.open("return")


def cite(finding_id: UUID, entry: str, number: int = 9) -> None:
    """Add a citation to a finding that is there, past every action."""
    with writes_outside_actions("a citation that no action writes"):
        FindingCitation.objects.create(finding_id=finding_id, number=number, entry=entry, entry_version=1)


def sign(world: World, procedure_id: UUID) -> None:
    """Put a signature under what the gate says now."""
    with writes_outside_actions("a signature under an open gate takes minutes to reach"):
        make_signature(
            Procedure.objects.get(id=procedure_id),
            Staff.objects.get(id=world.cast.bruno.id),
            "shelter",
            stand(world, procedure_id).digest,
        )


def stand(world: World, procedure_id: UUID) -> gate.GateState:
    return gate.gate_state(world.amina, world.person_id, procedure_id, language="en", as_of=world.now)


def is_signed(world: World, procedure_id: UUID) -> bool:
    (signature,) = stand(world, procedure_id).signatures
    return signature.is_current


def test_a_citation_added_after_a_signature_makes_it_one_on_another_text(
    world: World, procedure_id: UUID
) -> None:
    finding_id = world.find(procedure_id, CONDITION, citations=[FIRST])
    sign(world, procedure_id)
    assert is_signed(world, procedure_id)
    cite(finding_id, SECOND)
    assert not is_signed(world, procedure_id)


def test_the_same_finding_without_its_citation_is_another_text(world: World, procedure_id: UUID) -> None:
    world.find(procedure_id, CONDITION, citations=[FIRST])
    sign(world, procedure_id)
    world.find(procedure_id, CONDITION)
    assert not is_signed(world, procedure_id)


def test_a_new_finding_and_a_new_citation_are_told_the_same_way(world: World, procedure_id: UUID) -> None:
    """Whoever signs what the page showed before is refused, in both cases."""
    finding_id = world.find(procedure_id, CONDITION, citations=[FIRST])
    before = stand(world, procedure_id).digest
    cite(finding_id, SECOND)
    after = stand(world, procedure_id).digest
    world.find(procedure_id, "return.data")
    assert len({before, after, stand(world, procedure_id).digest}) == 3
    with pytest.raises((SomethingElseNow, GateClosed)):
        sign_certificate(
            world.bruno, now=world.now, person_id=world.person_id, procedure_id=procedure_id, digest=before
        )


def test_a_later_edition_of_an_entry_changes_nothing_that_was_signed(
    world: World, procedure_id: UUID
) -> None:
    world.find(procedure_id, CONDITION, citations=[OWN.key])
    sign(world, procedure_id)
    edit_entry(world.bruno, now=world.now, content=OWN.model_copy(update={"number": "1"}), version=1)
    assert is_signed(world, procedure_id)
    world.find(procedure_id, CONDITION, citations=[OWN.key])
    assert not is_signed(world, procedure_id)


def test_a_step_is_signed_on_the_law_cited_too(world: World) -> None:
    procedure_id = world.open("victim-identification")
    finding_id = world.find(procedure_id, LINK)

    def digest() -> str:
        row = Procedure.objects.get(id=procedure_id)
        child = child_on(world.person_id, world.now)
        found = list_findings(procedure_id)
        told = assess(world.person_id, guide_of(row), found, child=child, as_of=world.now)
        return moves.move_digest(row, told, {})

    before = digest()
    cite(finding_id, FIRST)
    assert digest() != before


def test_a_planted_digest_of_findings_alone_would_miss_the_law(
    world: World, procedure_id: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    def only_ids(procedure_id: UUID, assessment: Assessment) -> list[list[object]]:
        return [[row[0]] for row in signed.signed_findings(procedure_id, assessment)]

    monkeypatch.setattr(gate, "signed_findings", only_ids)
    finding_id = world.find(procedure_id, CONDITION, citations=[FIRST])
    sign(world, procedure_id)
    cite(finding_id, SECOND)
    with pytest.raises(AssertionError):
        assert not is_signed(world, procedure_id)


def invite(world: World, procedure_id: UUID) -> UUID:
    agree_to_return(world)
    chidi = world.cast.chidi
    return add_participant(
        world.amina,
        now=world.now,
        person_id=world.person_id,
        procedure_id=procedure_id,
        unit_id=chidi.unit_id,
        staff_id=chidi.id,
    )


def carried(world: World, part_id: UUID, language: str = "en") -> list[tuple[str, str]]:
    """Return the key and label of every citation in the extract, in the order of findings."""
    shown = get_part_page(world.chidi, part_id, language=language, now=world.now)
    assert shown.part.extract_id is not None
    opened = open_extract(world.chidi, shown.part.extract_id, Purpose.PROTECTION_DECISION, now=world.now)
    found = [one for finding in shown.findings for one in sealed_citations(opened, finding, language)]
    return [(plain(one.key, PlainUse.COMPARE), plain(one.label, PlainUse.COMPARE)) for one in found]


def test_an_extract_carries_the_law_that_its_findings_cite(world: World, procedure_id: UUID) -> None:
    world.find(procedure_id, CONDITION, citations=[SECOND, OWN.key])
    part_id = invite(world, procedure_id)
    assert [key for key, _label in carried(world, part_id)] == [SECOND, OWN.key]
    assert carried(world, part_id)[0][1] == "Matter of M-J- (USA)"
    send_again(world, procedure_id, part_id, citations=[FIRST])
    assert carried(world, part_id, "es")[0][1] != carried(world, part_id, "en")[0][1]


def send_again(world: World, procedure_id: UUID, part_id: UUID, citations: list[str] | None = None) -> None:
    """Seal the reasons as they stand now; first record the finding anew, where it cites something else."""
    if citations is not None:
        world.find(procedure_id, CONDITION, citations=citations)
    send_reasons(
        world.amina,
        now=world.now,
        person_id=world.person_id,
        procedure_id=procedure_id,
        participant_id=part_id,
    )


def part_page(world: World, part_id: UUID) -> str:
    client = world.cast.chidi.client(Client())
    return client.get(reverse("procedures_part", args=[part_id])).content.decode()


def test_what_was_cited_after_the_sealing_is_not_shown_until_it_is_sealed_again(
    world: World, procedure_id: UUID
) -> None:
    finding_id = world.find(procedure_id, CONDITION, citations=[FIRST])
    part_id = invite(world, procedure_id)
    cite(finding_id, SECOND)
    entry = reverse("library_entry", args=[SECOND])
    assert reverse("library_entry", args=[FIRST]) in part_page(world, part_id)
    assert entry not in part_page(world, part_id)
    assert get_part_page(world.chidi, part_id, language="en", now=world.now).is_stale
    send_again(world, procedure_id, part_id)
    assert entry in part_page(world, part_id)


def test_a_finding_that_no_longer_stands_leaves_its_law_out_of_the_extract(
    world: World, procedure_id: UUID
) -> None:
    world.find(procedure_id, CONDITION, citations=[FIRST])
    world.find(procedure_id, CONDITION, citations=[SECOND])
    assert [key for key, _label in carried(world, invite(world, procedure_id))] == [SECOND]


def test_carried_findings_are_signed_with_the_law_of_the_first(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    procedure_id = world.open("victim-identification")
    first = world.find(procedure_id, LINK, citations=[FIRST])
    monkeypatch.setattr("amparo.procedures.actions.rerun.is_same_law", lambda *_asked: False)
    again = rerun_procedure(world.amina, now=world.now, person_id=world.person_id, procedure_id=procedure_id)
    assert Finding.objects.get(procedure_id=again).carried_from_id == first
    assert signed.list_cited_entries(again)[first] == [(FIRST, 1)]
