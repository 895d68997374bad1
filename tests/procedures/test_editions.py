"""A procedure keeps the law it was opened under, and can be run again under the law in force beside it."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import UTC, date, datetime
from uuid import UUID

import pytest
from django.test import Client

from amparo.access.gate import writes_outside_actions
from amparo.core.evaluation import Answer, evaluate
from amparo.core.refusal import Refusal
from amparo.core.truth import Truth
from amparo.doctrine import registry
from amparo.doctrine.library import Library
from amparo.procedures.actions import open_procedure, rerun_procedure
from amparo.procedures.data.refusals import AlreadyRerun, GateKeepsItsLaw, SameLaw
from amparo.procedures.models import Finding, Lapse, Procedure
from amparo.procedures.queries import get_comparison, get_guide_page
from amparo.procedures.queries.editions import definition_of, guide_of, guides_of
from amparo.procedures.queries.memorandum import get_memorandum
from amparo.vault.door import PlainUse, plain
from tests.later_law import load_later
from tests.people import Cast
from tests.procedures.rows import make_certificate, make_finding, make_procedure, make_signature, make_staff
from tests.procedures.world import NO, OPEN, YES, World, make_world

pytestmark = pytest.mark.django_db

LATER = datetime(2026, 12, 5, 15, 0, tzinfo=UTC)
RECRUITMENT = "trafficking.act.recruitment"
TRANSFER = "trafficking.act.transfer"
RETENTION = "trafficking.act.retention"
FORCE = "trafficking.means.force"
SERVITUDE = "trafficking.purpose.servitude"


@pytest.fixture
def world(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> World:
    """A file while the second version of the law is known and not yet in force."""
    monkeypatch.setattr(registry, "_library", load_later)
    return make_world(cast)


@pytest.fixture
def opened(world: World) -> UUID:
    """An identification opened under the first version, concluded on a transfer, in December."""
    procedure_id = world.open("victim-identification")
    for element in (TRANSFER, FORCE, SERVITUDE):
        world.find(procedure_id, element)
    world.now = LATER
    return procedure_id


def rerun(world: World, procedure_id: UUID) -> UUID:
    return rerun_procedure(world.amina, now=world.now, person_id=world.person_id, procedure_id=procedure_id)


def row(procedure_id: UUID) -> Procedure:
    return Procedure.objects.get(id=procedure_id)


def test_what_was_opened_before_keeps_its_law_on_every_page_and_paper(world: World, opened: UUID) -> None:
    assert (row(opened).definition_edition, row(opened).editions["trafficking"]) == ("INT/1", "INT/1")
    assert definition_of(row(opened)).clocks["recovery_reflection"].days == 30
    assert world.truths(opened)["trafficking"] is YES
    page = get_guide_page(world.amina, world.person_id, opened, TRANSFER, language="es", now=world.now)
    assert (page.guide_version, page.element.id, page.standing.state) == (1, TRANSFER, "established")
    paper = get_memorandum(world.amina, world.person_id, opened, language="es", now=world.now)
    assert "versión 1" in str(paper["particulars"])
    world.find(opened, TRANSFER, NO)
    assert world.truths(opened)["trafficking"] is OPEN


def test_what_is_opened_after_has_the_new_law(world: World) -> None:
    world.now = LATER
    procedure_id = world.open("victim-identification")
    assert row(procedure_id).definition_edition == "INT/2"
    assert guide_of(row(procedure_id)).edition == "INT/2"
    assert RETENTION in guide_of(row(procedure_id)).texts


def test_a_country_with_its_own_text_keeps_that(world: World) -> None:
    world.now = LATER
    procedure_id = open_procedure(
        world.amina,
        now=LATER,
        person_id=world.person_id,
        definition="victim-identification",
        country="URY",
    )
    assert (row(procedure_id).definition_edition, guide_of(row(procedure_id)).edition) == ("URY/1", "URY/1")


def test_a_rerun_is_a_procedure_of_its_own_with_what_was_found_carried_over(
    world: World, opened: UUID
) -> None:
    before = world.truths(opened)
    again = rerun(world, opened)
    assert (row(again).rerun_of_id, row(again).stage) == (opened, "detected")
    assert row(again).editions["trafficking"] == "INT/2"
    carried = {one.element: one for one in Finding.objects.filter(procedure_id=again)}
    assert set(carried) == {FORCE, SERVITUDE}
    first = Finding.objects.get(procedure_id=opened, element=FORCE)
    assert (carried[FORCE].carried_from_id, carried[FORCE].by, carried[FORCE].at) == (
        first.id,
        first.by,
        first.at,
    )
    assert world.truths(again)["trafficking"] is OPEN
    assert world.truths(opened) == before


def test_the_reasons_of_what_was_carried_are_those_that_were_given(world: World, opened: UUID) -> None:
    again = rerun(world, opened)
    page = get_guide_page(world.amina, world.person_id, again, FORCE, language="es", now=world.now)
    finding = page.element.findings[0]
    assert finding.carried_from is not None
    assert plain(finding.reasons, PlainUse.COMPARE) == f"Consta en la entrevista sobre {FORCE}."


def test_a_later_finding_takes_the_place_of_the_carried_one_in_the_rerun_only(
    world: World, opened: UUID
) -> None:
    again = rerun(world, opened)
    world.find(again, RETENTION)
    assert world.truths(again)["trafficking"] is YES
    world.find(again, FORCE, NO)
    assert world.truths(again)["trafficking"] is OPEN
    assert world.truths(opened)["trafficking"] is YES


@pytest.mark.parametrize("seed", range(4))
def test_a_rerun_equals_a_fresh_evaluation_of_the_same_answers(world: World, seed: int) -> None:
    choose = random.Random(seed)
    procedure_id = world.open("victim-identification")
    old = guide_of(row(procedure_id))
    asked = [
        one
        for one in old.logic.leaf_ids
        if one in old.logic.by_id
        and one.startswith(("trafficking.act", "trafficking.means", "trafficking.purpose"))
    ]
    told = {element: choose.choice([YES, NO]) for element in choose.sample(asked, 7)}
    for element, truth in told.items():
        world.find(procedure_id, element, truth)
    kept = world.truths(procedure_id)
    world.now = LATER
    again = rerun(world, procedure_id)
    new = next(one for one in guides_of(row(again)) if one.id == "trafficking")
    answers = {i: [Answer(one, "amina", True)] for i, one in told.items() if i in new.logic.leaf_ids}
    fresh = evaluate(new.logic, answers, child=Truth.NOT_ESTABLISHED)
    assert world.truths(again)["trafficking"] is fresh.truth
    assert world.truths(procedure_id) == kept


def refused(world: World, procedure_id: UUID) -> type[Refusal]:
    with pytest.raises(Refusal) as caught:
        rerun(world, procedure_id)
    return caught.type


def test_the_same_law_a_second_rerun_and_a_gate_are_refused(world: World) -> None:
    procedure_id, gate = world.open("victim-identification"), world.open("return")
    assert refused(world, procedure_id) is SameLaw
    world.now = LATER
    rerun(world, procedure_id)
    assert refused(world, procedure_id) is AlreadyRerun
    assert refused(world, gate) is GateKeepsItsLaw


def test_carrying_a_finding_over_is_no_new_fact_and_ends_no_certificate() -> None:
    with writes_outside_actions("the database's own guards are tested"):
        procedure = make_procedure()
        for name, kind in (("one", "ngo"), ("two", "asylum_authority")):
            make_signature(procedure, make_staff(name, kind), kind)
        first = make_finding(procedure)
        certificate = make_certificate(procedure)
        carried = Finding.objects.get(id=first.id)
        carried.id, carried.carried_from_id, carried._state.adding = UUID(int=7), first.id, True
        carried.save(force_insert=True)
        assert not Lapse.objects.filter(certificate=certificate).exists()
        make_finding(procedure)
        assert Lapse.objects.filter(certificate=certificate).exists()


def test_the_page_of_two_versions_shows_what_differs_before_anything_is_recorded(
    world: World, opened: UUID
) -> None:
    page = get_comparison(world.amina, world.person_id, opened, language="es", now=world.now)
    assert (page.after, page.is_same_law, page.may_rerun) == (None, False, True)
    guide = next(one for one in page.guides if one.id == "trafficking")
    assert (guide.state_before, guide.state_after) == ("established", "not_assessed")
    told = {one.id: one for one in guide.elements}
    assert (told[TRANSFER].change, told[TRANSFER].after) == ("removed", None)
    assert (told[RETENTION].change, told[RETENTION].before) == ("added", None)
    assert "combinator" in told["trafficking.act"].parts
    assert told["trafficking"].has_other_state
    assert [(one.kind, one.change) for one in page.rows] == [("clock", "changed"), ("safeguard", "added")]
    assert Procedure.objects.count() == 1


def test_the_page_of_a_rerun_shows_it_beside_the_first(world: World, opened: UUID) -> None:
    again = rerun(world, opened)
    world.find(again, RETENTION)
    for shown in (opened, again):
        page = get_comparison(world.amina, world.person_id, shown, language="es", now=world.now)
        assert page.after is not None
        assert (page.before.id, page.after.id, page.may_rerun) == (opened, again, False)
        guide = next(one for one in page.guides if one.id == "trafficking")
        assert (guide.state_before, guide.state_after) == ("established", "established")


def in_force_already() -> Library:
    """The law that changes, as if its second versions had begun before the tests' clock."""
    library, begun = load_later(), date(2026, 11, 1)
    first, second = library.guides["", "trafficking"]
    one, two = library.procedures["", "victim-identification"]
    return replace(
        library,
        guides={**library.guides, ("", "trafficking"): [first, replace(second, effective=begun)]},
        procedures={
            **library.procedures,
            ("", "victim-identification"): [one, replace(two, effective=begun)],
        },
    )


def test_the_pages_lead_from_the_changed_law_to_the_rerun(
    cast: Cast, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    world = make_world(cast)
    procedure_id = world.open("victim-identification")
    world.find(procedure_id, TRANSFER)
    world.find(procedure_id, FORCE)
    url = f"/files/{world.code}/procedures/{procedure_id}/"
    cast.amina.client(client)
    assert "La ley ha cambiado" not in client.get(url).content.decode()
    monkeypatch.setattr(registry, "_library", in_force_already)
    assert "La ley ha cambiado" in client.get(url).content.decode()
    shown = client.get(f"{url}versions/").content.decode()
    assert "Retención" in shown
    assert "No está en esta versión" in shown
    answer = client.post(f"{url}versions/")
    assert answer.status_code == 302
    again = Procedure.objects.get(rerun_of_id=procedure_id)
    assert answer["Location"].endswith(f"{again.id}/versions/")
    compared = client.get(answer["Location"]).content.decode()
    title = registry.get_guide("trafficking").title.es
    assert f"(INT/1; {title}: INT/1)" in compared
    assert f"(INT/2; {title}: INT/2)" in compared
    carried = client.get(f"/files/{world.code}/procedures/{again.id}/{FORCE}/").content.decode()
    assert "Trasladado del primer procedimiento" in carried
    assert client.get(f"{url}{TRANSFER}/").status_code == 200
    assert client.post(f"{url}versions/").status_code == 409


def test_who_may_not_know_the_person_finds_no_comparison(cast: Cast, client: Client) -> None:
    world = make_world(cast)
    procedure_id = world.open("victim-identification")
    cast.dora.client(client)
    assert client.get(f"/files/{world.code}/procedures/{procedure_id}/versions/").status_code == 404
