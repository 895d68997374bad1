"""Delegation, guardians, exclusion, sealing, the firewall of origin, breaking the glass."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

import pytest

from amparo.access import liftings
from amparo.access.actions import (
    appoint_guardian,
    break_glass,
    confirm_request,
    delegate,
    end_grant,
    exclude,
    lift_firewall,
    propose_request,
    record_conflict,
    record_fear,
    review_emergency,
    seal_case,
)
from amparo.access.actions.emergencies import EmergencyReason, ReviewOutcome
from amparo.access.data import (
    Actor,
    Denied,
    EndTooFar,
    FearRecorded,
    NobodyLeft,
    NotAChild,
    NotEligible,
    PapersMissing,
    ReasonTooShort,
)
from amparo.access.gate import writes_outside_actions
from amparo.access.liftings import Paper, Papers
from amparo.access.models import Emergency, Grant, Membership, Notice, Scope
from amparo.access.queries import list_emergencies, list_notices, who_has_access
from amparo.access.scoping import visible_scopes
from amparo.core.policy import Relation, Role
from amparo.core.refusal import Unknown
from amparo.ledger.models import Entry
from amparo.vault import door
from amparo.vault.actions import create_emergency_unit, create_unit_keys, seed_unit_member
from amparo.vault.data import Compartment, NoKey
from tests.access.worlds import NOW, code_of, person_of
from tests.people import BORN_AT, Cast, Member

DAY = timedelta(days=1)
REASON = "La persona no responde y dijo que la buscaban en la terminal de buses"


def _name(
    member: Member, person: UUID, now: datetime = NOW, compartment: Compartment = Compartment.ID
) -> bool:
    """Tell whether a member really reads: policy, keys and all."""
    opened = door.open(member.actor_at(now), person, [compartment], "case_work", now=now)
    return bool(list(opened))


def test_amina_reads_what_dora_cannot_know(cast: Cast) -> None:
    person = person_of(cast)
    assert _name(cast.amina, person)
    for nobody in (cast.dora, cast.chidi, cast.eve, cast.ines, cast.consul, cast.fiscal):
        with pytest.raises(Unknown):
            _name(nobody, person)


def test_an_undeclared_purpose_is_an_error(cast: Cast) -> None:
    person = person_of(cast)
    with pytest.raises(ValueError, match="curiosity"):
        door.open(cast.amina.actor_at(NOW), person, [Compartment.ID], "curiosity", now=NOW)


def test_an_opening_names_the_case_and_the_rule_in_the_ledger(cast: Cast) -> None:
    person = person_of(cast)
    _name(cast.amina, person)
    row = Entry.objects.get(verb="vault.open")
    assert row.subject == code_of(person)
    assert (row.details["rule"], row.details["purpose"]) == ("unit", "case_work")


def test_a_delegate_of_another_agency_reads_until_the_end(cast: Cast) -> None:
    person = person_of(cast)
    delegate(cast.bruno.actor_at(NOW), now=NOW, person_id=person, staff_id=cast.dora.id, until_at=NOW + DAY)
    assert _name(cast.dora, person)
    with pytest.raises(Unknown):
        _name(cast.dora, person, NOW + DAY)


def test_ending_a_delegation_takes_relation_and_keys(cast: Cast) -> None:
    person = person_of(cast)
    bruno = cast.bruno.actor_at(NOW)
    grant = delegate(bruno, now=NOW, person_id=person, staff_id=cast.dora.id, until_at=NOW + DAY)
    end_grant(bruno, now=NOW, person_id=person, grant_id=grant)
    with writes_outside_actions("the relation alone comes back"):
        Grant.objects.filter(id=grant).update(until_at=NOW + DAY)
    with pytest.raises(NoKey):
        _name(cast.dora, person)


@pytest.mark.parametrize("days", [0, 91])
def test_a_delegation_needs_an_end_that_is_near(cast: Cast, days: int) -> None:
    person = person_of(cast)
    with pytest.raises(EndTooFar):
        delegate(
            cast.bruno.actor,
            now=NOW,
            person_id=person,
            staff_id=cast.dora.id,
            until_at=NOW + timedelta(days=days),
        )


@pytest.mark.parametrize("who", ["eve", "ines", "consul", "fiscal"])
def test_nobody_whom_a_rule_bars_can_be_made_a_delegate(cast: Cast, who: str) -> None:
    person = person_of(cast)
    with pytest.raises(NotEligible):
        delegate(
            cast.bruno.actor,
            now=NOW,
            person_id=person,
            staff_id=cast.everybody[who].id,
            until_at=NOW + DAY,
        )


def test_a_guardian_reads_identity_and_contact_only(cast: Cast) -> None:
    person = person_of(cast, is_child=True)
    Membership.objects.filter(staff_id=cast.dora.id).update(role=Role.GUARDIAN)
    with pytest.raises(Unknown):
        _name(cast.dora, person)
    appoint_guardian(cast.bruno.actor, now=NOW, person_id=person, staff_id=cast.dora.id, until_at=NOW + DAY)
    assert _name(cast.dora, person)
    with pytest.raises(Denied):
        _name(cast.dora, person, compartment=Compartment.NARRATIVE)


def test_a_conflict_of_interest_seals_at_once_and_locks_out_by_key(cast: Cast) -> None:
    person = person_of(cast)
    record_conflict(cast.bruno.actor, now=NOW, person_id=person, staff_id=cast.amina.id)
    scope = Scope.objects.get(id=person)
    assert scope.is_sealed
    assert not visible_scopes(cast.amina.actor).exists()
    assert _name(cast.bruno, person)
    with writes_outside_actions("every relation comes back"):
        Scope.objects.filter(id=person).update(is_sealed=False)
        Grant.objects.filter(relation=Relation.EXCLUDED).delete()
    with pytest.raises(NoKey):
        _name(cast.amina, person)


def _seal(cast: Cast, person: UUID, *members: Member) -> None:
    staff_ids = [member.id for member in members]
    seal_case(cast.bruno.actor_at(NOW), now=NOW, person_id=person, staff_ids=staff_ids)


@pytest.mark.parametrize("who", ["eve", "consul", "fiscal"])
def test_a_case_is_not_sealed_for_somebody_whom_a_rule_bars(cast: Cast, who: str) -> None:
    person = person_of(cast)
    with pytest.raises(NotEligible):
        _seal(cast, person, cast.bruno, cast.everybody[who])


def test_a_conflict_on_a_sealed_case_readmits_nobody(cast: Cast) -> None:
    """The unit's third worker was not named when the case was sealed, and stays outside."""
    Membership.objects.filter(staff_id=cast.dora.id).update(unit_id=cast.amina.unit_id)
    seed_unit_member(cast.amina.unit_id, cast.dora.id, BORN_AT)
    person = person_of(cast)
    _seal(cast, person, cast.bruno, cast.amina)
    record_conflict(cast.bruno.actor_at(NOW), now=NOW, person_id=person, staff_id=cast.amina.id)
    assert not visible_scopes(cast.dora.actor_at(NOW)).exists()
    assert _name(cast.bruno, person)


def test_the_last_keeper_of_a_sealed_case_is_neither_excluded_nor_ended(cast: Cast) -> None:
    person = person_of(cast)
    _seal(cast, person, cast.bruno, cast.amina)
    bruno = cast.bruno.actor_at(NOW)
    held = Grant.objects.filter(relation=Relation.CASE_TEAM, until_at=None)
    end_grant(bruno, now=NOW, person_id=person, grant_id=held.get(staff_id=cast.amina.id).id)
    last = held.get(staff_id=cast.bruno.id).id
    with pytest.raises(NobodyLeft):
        end_grant(bruno, now=NOW, person_id=person, grant_id=last)
    with pytest.raises(NobodyLeft):
        exclude(bruno, now=NOW, person_id=person, staff_id=cast.bruno.id)
    assert _name(cast.bruno, person)


def test_an_adult_gets_no_guardian(cast: Cast) -> None:
    Membership.objects.filter(staff_id=cast.dora.id).update(role=Role.GUARDIAN)
    with pytest.raises(NotAChild):
        appoint_guardian(
            cast.bruno.actor, now=NOW, person_id=person_of(cast), staff_id=cast.dora.id, until_at=NOW + DAY
        )


def test_a_case_is_never_sealed_for_nobody(cast: Cast) -> None:
    person = person_of(cast)
    with pytest.raises(NobodyLeft):
        seal_case(cast.bruno.actor, now=NOW, person_id=person, staff_ids=[])


def test_the_consulate_of_origin_learns_nothing_even_with_a_grant(cast: Cast) -> None:
    person = person_of(cast, origin_states=["COL"])
    with writes_outside_actions("a grant that no action would give"):
        for relation in Relation:
            if relation not in {Relation.UNIT, Relation.EXCLUDED}:
                Grant.objects.create(
                    scope_id=person,
                    staff_id=cast.consul.id,
                    relation=relation,
                    from_at=NOW,
                    granted_by="test",
                )
    assert not visible_scopes(cast.consul.actor).exists()
    with pytest.raises(Unknown):
        _name(cast.consul, person)


def test_the_host_state_is_never_a_state_of_origin(cast: Cast) -> None:
    person = person_of(cast, origin_states=["CRI", "NIC"])
    assert Scope.objects.get(id=person).origin_states == " NIC "


@pytest.fixture
def papers(monkeypatch: pytest.MonkeyPatch) -> set[UUID]:
    """The records that a lifting may name; a test fills them with any id."""
    held: set[UUID] = set()

    def provide(_actor: Actor, _person_id: UUID, now: datetime) -> Papers:
        found = tuple(Paper(one, "ficticio", now.date()) for one in sorted(held))
        return Papers(found, found)

    monkeypatch.setattr(liftings, "_providers", [provide])
    return held


def _lift(cast: Cast, person: UUID) -> None:
    told = {"person_id": person, "state": "COL", "consent_id": person, "advice_id": person}
    asked = propose_request(cast.bruno.actor, now=NOW, right="access.lift_firewall", arguments=told)
    confirm_request(cast.amina.actor, now=NOW, countersign_id=asked)
    lift_firewall(
        cast.bruno.actor,
        now=NOW,
        person_id=person,
        state="COL",
        consent_id=person,
        advice_id=person,
        countersign_id=asked,
    )


def test_two_people_lift_the_firewall_and_fear_puts_it_back(cast: Cast, papers: set[UUID]) -> None:
    person = person_of(cast, origin_states=["COL"])
    with pytest.raises(PapersMissing):
        _lift(cast, person)
    papers.add(person)
    _lift(cast, person)
    assert Scope.objects.get(id=person).lifted_states == " COL "
    record_fear(cast.amina.actor, now=NOW, person_id=person, state="COL")
    assert Scope.objects.get(id=person).lifted_states == ""
    with pytest.raises(FearRecorded):
        _lift(cast, person)


@pytest.fixture
def emergency_cast(cast: Cast) -> Cast:
    """The shelter's agency has an emergency unit, and Dora moved to another unit of that agency."""
    from amparo.access.models import Staff, Unit

    agency_id = cast.amina.agency_id
    duty = Unit.objects.create(agency_id=agency_id, name="Guardia")
    create_emergency_unit(duty.id, agency_id=agency_id, now=NOW)
    seed_unit_member(duty.id, cast.dora.id, NOW)
    Staff.objects.filter(id=cast.dora.id).update(agency_id=agency_id)
    Membership.objects.filter(staff_id=cast.dora.id).update(unit_id=duty.id)
    cast.dora.unit_id = duty.id
    shelter = Unit.objects.create(agency_id=agency_id, name="Acogida nocturna")
    create_unit_keys(shelter.id, agency_id=agency_id, now=NOW)
    for member in (cast.amina, cast.bruno):
        seed_unit_member(shelter.id, member.id, NOW)
        Membership.objects.filter(staff_id=member.id).update(unit_id=shelter.id)
        member.unit_id = shelter.id
    return cast


def _break(member: Member, code: str, reason: str = REASON) -> UUID:
    return break_glass(
        member.actor_at(NOW),
        now=NOW,
        unit_id=member.unit_id,
        code=code,
        reason_code=EmergencyReason.MISSING_PERSON,
        reason=reason,
    )


def test_breaking_the_glass_opens_identity_for_an_hour_and_tells_everybody(emergency_cast: Cast) -> None:
    cast = emergency_cast
    person = person_of(cast)
    with pytest.raises(Unknown):
        _name(cast.dora, person)
    _break(cast.dora, code_of(person))
    assert _name(cast.dora, person)
    with pytest.raises(Denied):
        _name(cast.dora, person, compartment=Compartment.NARRATIVE)
    with pytest.raises(Unknown):
        _name(cast.dora, person, NOW + timedelta(minutes=60))
    told = set(Notice.objects.filter(kind="glass_broken").values_list("staff_id", flat=True))
    assert told == {cast.amina.id, cast.bruno.id, cast.ines.id}
    assert [line.kind for line in list_notices(cast.bruno.actor)] == ["glass_broken"]


def test_the_reason_lies_sealed_and_only_its_length_outside(emergency_cast: Cast) -> None:
    cast = emergency_cast
    _break(cast.dora, code_of(person_of(cast)))
    row = Emergency.objects.get()
    assert row.reason_length == len(REASON)
    stored = " ".join(map(str, Entry.objects.values_list("details", flat=True)))
    assert "terminal" not in stored
    assert door.open_intake(cast.bruno.actor_at(NOW), row.id, "supervision", now=NOW)


def test_a_short_reason_opens_nothing(emergency_cast: Cast) -> None:
    cast = emergency_cast
    with pytest.raises(ReasonTooShort):
        _break(cast.dora, code_of(person_of(cast)), "Es urgente".ljust(60))


def test_the_glass_of_a_sealed_case_does_not_break(emergency_cast: Cast) -> None:
    cast = emergency_cast
    person = person_of(cast)
    seal_case(cast.bruno.actor, now=NOW, person_id=person, staff_ids=[cast.bruno.id, cast.amina.id])
    with pytest.raises(Unknown):
        _break(cast.dora, code_of(person))


def test_another_agency_cannot_tell_a_real_code_from_a_guess(cast: Cast) -> None:
    code = code_of(person_of(cast))
    for guess in (code, "AM-2222-2222"):
        with pytest.raises(Unknown):
            _break(cast.dora, guess)


def test_a_notice_goes_with_the_exclusion_of_whom_it_told(emergency_cast: Cast) -> None:
    cast = emergency_cast
    person = person_of(cast)
    _break(cast.dora, code_of(person))
    assert [line.code for line in list_notices(cast.amina.actor)] == [code_of(person)]
    exclude(cast.bruno.actor, now=NOW, person_id=person, staff_id=cast.amina.id)
    assert list_notices(cast.amina.actor) == []
    assert [line.code for line in list_notices(cast.bruno.actor)] == [code_of(person)]


def test_the_review_is_somebody_elses_and_happens_once(emergency_cast: Cast) -> None:
    cast = emergency_cast
    emergency = _break(cast.dora, code_of(person_of(cast)))
    (line,) = list_emergencies(only_open=True)
    assert line.review_due_at == NOW + timedelta(hours=72)
    with pytest.raises(Denied):
        review_emergency(cast.bruno.actor, now=NOW, emergency_id=emergency, outcome=ReviewOutcome.JUSTIFIED)
    review_emergency(cast.ines.actor, now=NOW, emergency_id=emergency, outcome=ReviewOutcome.JUSTIFIED)
    with pytest.raises(Unknown):
        review_emergency(cast.ines.actor, now=NOW, emergency_id=emergency, outcome=ReviewOutcome.JUSTIFIED)


def test_a_file_says_who_can_reach_it(cast: Cast) -> None:
    person = person_of(cast)
    delegate(cast.bruno.actor, now=NOW, person_id=person, staff_id=cast.dora.id, until_at=NOW + DAY)
    lines = who_has_access(cast.amina.actor_at(NOW), person)
    assert {(line.staff_id, line.relation) for line in lines} == {
        (cast.amina.id, "unit"),
        (cast.bruno.id, "unit"),
        (cast.dora.id, "delegate"),
    }
    with pytest.raises(Unknown):
        who_has_access(cast.chidi.actor, person)
