"""What people choose from code lists: in order, with reasons, never overwritten, part of what is signed."""

from __future__ import annotations

from itertools import pairwise
from uuid import UUID, uuid4

import pytest
from django.conf import settings
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse

from amparo.access.data import Denied, Stale
from amparo.access.gate import writes_outside_actions
from amparo.core.policy import Purpose
from amparo.core.refusal import Unknown
from amparo.doctrine.data import ProcedureFile
from amparo.doctrine.registry import get_guide, get_procedure
from amparo.procedures.actions import add_participant, move_stage, record_choice, send_reasons
from amparo.procedures.data import choices, refusals
from amparo.procedures.models import Choice, Procedure
from amparo.procedures.queries import gate, get_choice_page, get_guide_page
from amparo.procedures.queries.extracts import sealed_choices
from amparo.procedures.queries.memorandum import get_memorandum
from amparo.procedures.queries.parts import get_part_page
from amparo.procedures.queries.turns import list_turns
from amparo.vault.door import PlainUse, open_extract, plain
from tests.procedures.world import NO, YES, World, agree_to_return

RESETTLEMENT = get_procedure("resettlement")
TRACING = get_procedure("tracing")
EVERY = dict.fromkeys(get_guide("resettlement").texts, YES)
"""The guide of resettlement with every element established."""
MAIN_LINE = (
    "identified",
    "referred",
    "needs_assessment",
    "initial_review",
    "interview",
    "rrf_drafting",
    "submission_recommendation",
    "review",
    "submitted",
    "decision_pending",
    "pending_departure",
    "departed",
)
"""The states of a resettlement case in the order of the domain; tracing below."""
TRACING_LINE = ("preparation", "open", "in_progress", "verified", "mediated_contact", "reunified", "closed")


@pytest.fixture
def case(world: World) -> UUID:
    return world.open("resettlement")


def chosen(**codes: tuple[str, ...]) -> dict[str, choices.Chosen]:
    return {
        name: choices.Chosen(uuid4(), name, 1, said, "Amina", "shelter", World.now)
        for name, said in codes.items()
    }


def lacks(definition: ProcedureFile, step: str, truths: dict = EVERY, **codes: tuple[str, ...]) -> set:
    """Return what a step lacks, as (choice, why)."""
    wanted = next(one for one in definition.transitions if one.id == step)
    return {
        (choice.id, lack.name)
        for choice, lack, _codes in choices.list_lacks(definition, wanted, chosen(**codes), truths)
    }


SUBMITS = ("submit_emergency", "submit_urgent", "submit_normal")


@pytest.mark.parametrize("step", ["recommend", "send_to_review", *SUBMITS])
def test_resettlement_goes_to_submission_with_two_categories_and_a_priority(step: str) -> None:
    assert lacks(RESETTLEMENT, step) == {("categories", "TOO_FEW"), ("priority", "TOO_FEW")}
    assert ("categories", "TOO_FEW") in lacks(RESETTLEMENT, step, categories=("LPN",))
    assert lacks(RESETTLEMENT, "submit_normal", categories=("LPN", "SVT"), priority=("NORMAL",)) == set()


def test_a_category_counts_only_once_the_guide_has_established_it() -> None:
    hollow = EVERY | {"resettlement.svt": NO}
    told = lacks(RESETTLEMENT, "submit_normal", hollow, categories=("LPN", "SVT"), priority=("NORMAL",))
    assert told == {("categories", "NOT_ESTABLISHED")}


def test_every_category_of_the_list_stands_on_an_element_of_the_guide() -> None:
    from amparo.doctrine.registry import get_code_list

    stands_on = RESETTLEMENT.choices["categories"].stands_on
    assert set(stands_on) == set(get_code_list("resettlement_category").codes)
    assert all(get_guide("resettlement").texts[element].rule == code for code, element in stands_on.items())


@pytest.mark.parametrize(("step", "code"), [*zip(SUBMITS, ("EMERGENCY", "URGENT", "NORMAL"), strict=True)])
def test_a_case_is_submitted_in_the_priority_that_was_chosen(step: str, code: str) -> None:
    for other in {"EMERGENCY", "URGENT", "NORMAL"}:
        told = lacks(RESETTLEMENT, step, categories=("LPN", "AWR"), priority=(other,))
        assert told == (set() if other == code else {("priority", "ANOTHER_CODE")})


def test_tracing_is_opened_on_a_cause_started_with_an_action_and_verified_on_success() -> None:
    assert lacks(TRACING, "open") == {("cause", "TOO_FEW")}
    assert lacks(TRACING, "open", cause=("TRAFFICKING", "MIGRATION")) == set()
    assert lacks(TRACING, "trace") == {("action", "TOO_FEW")}
    assert lacks(TRACING, "verify", outcome=("PENDING",)) == {("outcome", "ANOTHER_CODE")}
    assert lacks(TRACING, "verify", outcome=("SUCCESSFUL",)) == set()
    assert lacks(TRACING, "close_unsuccessful", outcome=("SUCCESSFUL",)) == {("outcome", "ANOTHER_CODE")}
    assert lacks(TRACING, "close") == {("follow_up", "TOO_FEW")}


def forward(definition: ProcedureFile, line: tuple[str, ...]) -> set[tuple[str, str]]:
    """Return every step that goes forward along a line of states."""
    place = {stage: at for at, stage in enumerate(line)}
    steps = [(one.from_stage, one.to_stage) for one in definition.transitions]
    return {(a, b) for a, b in steps if a in place and b in place and place[a] < place[b]}


def test_the_states_of_a_case_follow_each_other_in_the_order_of_the_domain() -> None:
    assert forward(RESETTLEMENT, MAIN_LINE) == set(pairwise(MAIN_LINE))
    ends = {("in_progress", "closed"), ("verified", "closed"), ("mediated_contact", "closed")}
    assert forward(TRACING, TRACING_LINE) == set(pairwise(TRACING_LINE)) | ends


def test_a_best_interests_report_has_a_direction_and_the_panel_options_to_compare() -> None:
    determination = get_procedure("best-interests-determination")
    assert lacks(determination, "draft") == {("direction", "TOO_FEW")}
    assert lacks(determination, "schedule") == {("options", "TOO_FEW")}


def test_what_was_chosen_stands_until_another_choice_and_stays_readable(world: World, case: UUID) -> None:
    world.choose(case, "categories", "LPN")
    world.choose(case, "categories", "LPN", "SVT", by=world.bruno)
    page = get_choice_page(world.amina, world.person_id, case, "categories", language="en", now=world.now)
    assert page.view.lines == (
        "Primary category: legal and/or physical protection needs",
        "Secondary category: survivors of violence or torture",
    )
    assert [one.codes for one, _lines in page.view.earlier] == [("LPN",)]
    assert page.view.standing is not None
    assert plain(page.view.standing.reasons, PlainUse.COMPARE) == "Consta en el informe sobre categories."
    world.choose(case, "categories")
    page = get_choice_page(world.amina, world.person_id, case, "categories", language="en", now=world.now)
    assert (page.view.lines, len(page.view.earlier)) == ((), 2)


def test_what_was_chosen_cannot_be_changed_past_the_actions(world: World, case: UUID) -> None:
    world.choose(case, "priority", "NORMAL")
    for change in (Choice.objects.all().delete, lambda: Choice.objects.update(codes=["EMERGENCY"])):
        planted = writes_outside_actions("the database must refuse it")
        with planted, pytest.raises(DatabaseError), transaction.atomic():
            change()


def test_two_who_choose_at_once_do_not_overwrite_each_other(world: World, case: UUID) -> None:
    world.choose(case, "priority", "NORMAL", number=0)
    with pytest.raises(Stale):
        world.choose(case, "priority", "URGENT", by=world.bruno, number=0)


@pytest.mark.parametrize(
    ("codes", "refused"),
    [
        (("LPN", "LPN"), choices.NotOffered),
        (("LPN", "MIGRATION"), choices.NotOffered),
        (("LPN", "SVT", "MED"), choices.TooMany),
    ],
)
def test_only_codes_of_the_list_each_once_and_no_more_than_the_choice_takes(
    world: World, case: UUID, codes: tuple[str, ...], refused: type[Exception]
) -> None:
    with pytest.raises(refused):
        world.choose(case, "categories", *codes)
    assert not Choice.objects.exists()


def test_a_choice_without_reasons_or_of_another_procedure_is_refused(world: World, case: UUID) -> None:
    said = {"now": world.now, "person_id": world.person_id, "procedure_id": case, "number": 0}
    with pytest.raises(refusals.NeedsReasons):
        record_choice(world.amina, choice="priority", codes=["NORMAL"], reasons=" ", **said)
    with pytest.raises(Unknown):
        record_choice(world.amina, choice="outcome", codes=["PENDING"], reasons="Consta.", **said)
    with pytest.raises((Unknown, Denied)):
        record_choice(
            world.cast.dora.actor_at(world.now), choice="priority", codes=["NORMAL"], reasons="x", **said
        )


def put_at(case: UUID, stage: str) -> None:
    with writes_outside_actions("the states before are walked elsewhere"):
        Procedure.objects.filter(id=case).update(stage=stage)


def step(world: World, case: UUID, step_id: str) -> None:
    version = Procedure.objects.get(id=case).version
    said = {"step_id": step_id, "version": version, "reasons": "Consta."}
    move_stage(world.bruno, now=world.now, person_id=world.person_id, procedure_id=case, **said)


def test_a_step_says_what_is_to_be_chosen_and_is_taken_once_it_is(world: World) -> None:
    case = world.open("best-interests-determination")
    with pytest.raises(choices.NeedsChoice) as caught:
        step(world, case, "draft")
    assert "Sentido de la determinación" in str(caught.value.reason)
    world.choose(case, "direction", "SEPARATION")
    step(world, case, "draft")
    assert Procedure.objects.get(id=case).stage == "report"


def test_a_case_is_not_recommended_without_two_categories_that_the_guide_carries(
    world: World, case: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    for other_rule in ("is_for", "is_ready"):
        monkeypatch.setattr(f"amparo.procedures.actions.stages.{other_rule}", lambda *_asked: True)
    put_at(case, "rrf_drafting")
    world.choose(case, "priority", "NORMAL")
    for codes in ((), ("LPN",), ("LPN", "MED")):
        world.choose(case, "categories", *codes)
        with pytest.raises(choices.NeedsChoice):
            step(world, case, "recommend")
    for element in ("resettlement.lpn.threat", "resettlement.med"):
        world.find(case, element)
    step(world, case, "recommend")
    assert Procedure.objects.get(id=case).stage == "submission_recommendation"


def test_a_planted_step_without_its_choice_would_be_taken(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("amparo.procedures.actions.stages.list_missing_choices", lambda *_asked: ())
    case = world.open("best-interests-determination")
    with pytest.raises(pytest.fail.Exception, match="DID NOT RAISE"), pytest.raises(choices.NeedsChoice):
        step(world, case, "draft")


def test_the_page_offers_no_step_that_lacks_its_choice(world: World) -> None:
    case = world.open("best-interests-determination")

    def drafting() -> tuple[bool, tuple[str, ...]]:
        page = get_guide_page(world.bruno, world.person_id, case, "", language="es", now=world.now)
        move = next(one for one in page.moves if one.id == "draft")
        return move.may_be_taken, move.unchosen

    assert drafting() == (False, ("Sentido de la determinación: al menos 1",))
    world.choose(case, "direction", "SEPARATION")
    assert drafting() == (True, ())


def test_it_is_nobody_s_turn_until_what_a_step_rests_on_is_chosen(world: World) -> None:
    case = world.open("best-interests-determination")
    assert case not in list_turns(world.bruno, now=world.now)
    world.choose(case, "direction", "SEPARATION")
    assert case in list_turns(world.bruno, now=world.now)


def test_another_choice_after_a_signature_is_another_text(
    world: World, case: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    def digest() -> str:
        stands = gate.gate_state(world.amina, world.person_id, case, language="en", as_of=world.now)
        return stands.digest

    told = [digest()]
    for codes in (("LPN", "SVT"), ("SVT", "LPN"), ("SVT", "LPN")):
        world.choose(case, "categories", *codes)
        told.append(digest())
    assert len(set(told)) == len(told)
    monkeypatch.setattr(gate, "signed_choices", lambda _procedure: {})
    before = digest()
    world.choose(case, "categories", "MED", "LPN")
    assert digest() == before, "planted: a digest without the choices misses the change"


def test_the_memorandum_prints_what_stands_with_its_reasons(world: World, case: UUID) -> None:
    world.choose(case, "categories", "LPN", "SVT")
    paper = get_memorandum(world.amina, world.person_id, case, language="es", now=world.now)
    categories, priority = paper["choices"]
    assert categories["lines"][0] == "Categoría principal: necesidades de protección legal o física"
    assert categories["reasons"] == "Consta en el informe sobre categories."
    assert (priority["lines"], priority["by"]) == ([], "")


@pytest.fixture
def part(world: World, case: UUID) -> UUID:
    """Somebody of the asylum authority takes part, on an extract sealed while LPN and SVT stood."""
    world.choose(case, "categories", "LPN", "SVT")
    agree_to_return(world)
    chidi = world.cast.chidi
    about = {"now": world.now, "person_id": world.person_id, "procedure_id": case}
    return add_participant(world.amina, unit_id=chidi.unit_id, staff_id=chidi.id, **about)


def carried(world: World, part_id: UUID) -> list[tuple[list[str], str]]:
    shown = get_part_page(world.chidi, part_id, language="en", now=world.now)
    assert shown.part.extract_id is not None
    opened = open_extract(world.chidi, shown.part.extract_id, Purpose.PROTECTION_DECISION, now=world.now)
    return [
        ([plain(line, PlainUse.COMPARE) for line in one.lines], plain(one.reasons, PlainUse.COMPARE))
        for one in sealed_choices(opened, "en")
        if one.reasons is not None
    ]


def test_a_participant_reads_the_choices_that_were_sealed_and_no_later_one(
    world: World, case: UUID, part: UUID
) -> None:
    world.choose(case, "categories", "MED", "LPN")
    world.choose(case, "priority", "URGENT")
    ((lines, reasons),) = carried(world, part)
    assert lines[1] == "Secondary category: survivors of violence or torture"
    assert reasons == "Consta en el informe sobre categories."
    assert get_part_page(world.chidi, part, language="en", now=world.now).is_stale
    about = {"now": world.now, "person_id": world.person_id, "procedure_id": case}
    send_reasons(world.amina, participant_id=part, **about)
    assert [lines[0] for lines, _reasons in carried(world, part)] == [
        "Primary category: medical needs",
        "urgent",
    ]


@pytest.mark.parametrize("who", ["dora", "eve", "consul", "chidi"])
def test_who_may_not_know_the_file_finds_no_page_of_a_choice(
    world: World, case: UUID, part: UUID, who: str
) -> None:
    """Also somebody who takes part: they have the extract, never the page."""
    client = getattr(world.cast, who).client(Client())
    real = client.get(reverse("procedures_choice", args=[world.code, case, "categories"]))
    assert (
        real.status_code
        == client.get(f"/files/AM-2222-2222/procedures/{case}/choices/categories/").status_code
    )
    assert real.status_code in {403, 404}


@pytest.fixture
def amina(world: World) -> Client:
    client = world.cast.amina.client(Client())
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    return client


def test_a_choice_is_made_on_its_page_in_order_of_rank(amina: Client, world: World, case: UUID) -> None:
    url = reverse("procedures_choice", args=[world.code, case, "categories"])
    assert "Primary category" in amina.get(url).content.decode()
    typed = {"rank_0": "SVT", "rank_1": "LPN", "reasons": "Consta.", "number": "0", "form_id": str(uuid4())}
    assert amina.post(url, typed).status_code == 302
    assert Choice.objects.get().codes == ["SVT", "LPN"]
    assert amina.post(url, typed).status_code == 302
    assert Choice.objects.count() == 1
    twice = typed | {"rank_1": "SVT", "number": "1", "form_id": str(uuid4())}
    answer = amina.post(url, twice)
    assert (answer.status_code, "the same one was chosen twice" in answer.content.decode()) == (400, True)
    old = typed | {"reasons": "Otra cosa.", "form_id": str(uuid4())}
    answer = amina.post(url, old)
    page = answer.content.decode()
    assert (answer.status_code, "Otra cosa." in page, 'name="number" value="1"' in page) == (409, True, True)
    assert amina.get(reverse("procedures_choice", args=[world.code, case, "nothing"])).status_code == 404
