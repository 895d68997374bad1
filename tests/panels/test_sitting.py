"""Who sees, counts and signs: consent, recusal, the firewall of origin, terms; one answer for all three."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from amparo.access.actions import exclude
from amparo.access.data import Denied
from amparo.access.gate import writes_outside_actions
from amparo.cases.actions import withdraw_consent
from amparo.cases.queries import find_by_code, get_consent
from amparo.core.quorum import Absence, Standing
from amparo.core.refusal import Unknown
from amparo.panels import actions
from amparo.panels.data import Conflict, Vote, refusals
from amparo.panels.models import AgencyView, Ballot, Body, Decision, Declaration, Item, Seat, Sitting
from amparo.panels.queries.items import get_item_of_member
from amparo.panels.queries.sitting import list_item_seats, panel_of, shortfall_on, sittings_of
from amparo.procedures.data.refusals import NeedsReasons
from amparo.vault.data import ExtractGone
from amparo.vault.door import PlainUse, open_extract, plain
from tests.panels.world import PanelWorld, make_panel_world, seat
from tests.people import Cast


def absences(panel: PanelWorld) -> dict[str, Absence | None]:
    item = Item.objects.select_related("person", "procedure", "meeting").get(id=panel.item_id)
    by_id = {one.seat.id: one.absence for one in list_item_seats(item, panel.now)}
    return {who: by_id[seat_id] for who, seat_id in panel.seats.items()}


def sees(panel: PanelWorld, who: str) -> bool:
    try:
        get_item_of_member(panel.act(who), panel.item_id, language="es", now=panel.now)
    except Unknown:
        return False
    return True


def test_a_member_reads_the_sealed_extract_and_never_the_file(panel: PanelWorld):
    panel.wish("Quiere estudiar.")
    panel.declare("chidi")
    shown = get_item_of_member(panel.act("chidi"), panel.item_id, language="es", now=panel.now)
    assert plain(shown.wishes.words, PlainUse.COMPARE) == "Quiere estudiar."
    assert set(shown.facts) >= {"AGE_BAND"}
    with pytest.raises(Unknown):
        find_by_code(panel.act("chidi"), panel.world.code)


def test_without_a_consent_nothing_is_shared_and_nobody_counts(cast: Cast):
    panel = make_panel_world(cast)
    panel.put()
    assert not sees(panel, "chidi")
    assert absences(panel)["chidi"] is Absence.UNDECLARED
    assert not Sitting.objects.filter(seat_id=panel.seats["chidi"]).exists()
    panel.consent("chidi")
    actions.share_again(panel.act("amina"), now=panel.now, person_id=panel.person_id, item_id=panel.item_id)
    assert sees(panel, "chidi")


def test_observers_are_shown_no_case(cast: Cast):
    panel = make_panel_world(cast, members=("bruno", "chidi"))
    panel.seats["dora"] = seat(cast, panel.body_id, "dora", Standing.OBSERVER)
    panel.consent("chidi", "dora")
    panel.put()
    assert sees(panel, "chidi")
    assert not sees(panel, "dora")


def test_a_consulate_on_a_panel_gets_nothing(cast: Cast):
    panel = make_panel_world(cast, members=("bruno", "chidi", "consul"))
    panel.consent("chidi", "consul")
    panel.put()
    assert not sees(panel, "consul")
    assert not Sitting.objects.filter(seat_id=panel.seats["consul"]).exists()


def test_a_recused_member_sees_nothing_and_signs_nothing(panel: PanelWorld):
    panel.wish()
    panel.option()
    for who in ("bruno", "chidi", "dora"):
        panel.declare(who)
    extract_id = Sitting.objects.get(seat_id=panel.seats["dora"]).extract_id
    panel.declare("dora", Conflict.FAMILY)
    assert not sees(panel, "dora")
    with pytest.raises((Unknown, ExtractGone)):
        open_extract(panel.act("dora"), extract_id, "protection_decision", now=panel.now)
    panel.meet("bruno", "chidi", "dora")
    assert absences(panel)["dora"] is Absence.RECUSED
    panel.decide()
    with pytest.raises((Unknown, Denied)):
        panel.sign("dora")
    with pytest.raises((Unknown, Denied)):
        panel.declare("dora")


def test_what_was_shared_before_a_recusal_is_not_shared_again(panel: PanelWorld):
    panel.declare("dora", Conflict.MONEY)
    actions.share_again(panel.act("amina"), now=panel.now, person_id=panel.person_id, item_id=panel.item_id)
    assert not sees(panel, "dora")


def test_the_side_of_the_file_recuses_before_anything_is_seen(cast: Cast):
    panel = make_panel_world(cast)
    panel.consent("chidi")
    panel.put()
    actions.recuse(
        panel.act("amina"),
        now=panel.now,
        person_id=panel.person_id,
        item_id=panel.item_id,
        seat_id=panel.seats["dora"],
        conflict=Conflict.CLOSE_TIE,
        reason="Es su cuñada.",
    )
    panel.consent("dora")
    actions.share_again(panel.act("amina"), now=panel.now, person_id=panel.person_id, item_id=panel.item_id)
    assert not sees(panel, "dora")


@pytest.mark.parametrize("table", [AgencyView, Ballot])
def test_the_database_takes_nothing_from_a_recused_seat(panel: PanelWorld, table: type):
    panel.wish()
    panel.option()
    for who in ("bruno", "chidi"):
        panel.declare(who)
    panel.meet("bruno", "chidi")
    panel.decide()
    panel.declare("dora", Conflict.FAMILY)
    about = {"item_id": panel.item_id, "seat_id": panel.seats["dora"], "at": panel.now}
    if table is Ballot:
        about |= {"decision": Decision.objects.get(), "staff_id": panel.cast.dora.id, "signature": b""}
    with (
        writes_outside_actions("a planted breach"),
        pytest.raises(DatabaseError),
        transaction.atomic(),
    ):
        table.objects.create(**about)


def test_an_excluded_member_neither_sees_nor_counts(panel: PanelWorld):
    panel.declare("chidi")
    exclude(panel.act("bruno"), now=panel.now, person_id=panel.person_id, staff_id=panel.cast.chidi.id)
    assert not sees(panel, "chidi")
    assert absences(panel)["chidi"] is Absence.NOT_SHARED


def test_a_withdrawn_consent_ends_the_sharing_at_once(panel: PanelWorld):
    consent_id = Sitting.objects.get(seat_id=panel.seats["chidi"]).consent_id
    amina = panel.act("amina")
    withdraw_consent(
        amina,
        now=panel.now,
        person_id=panel.person_id,
        consent_id=consent_id,
        version=get_consent(amina, panel.person_id, consent_id).version,
    )
    assert not sees(panel, "chidi")
    assert not sees(panel, "dora")


def test_an_extract_ends_a_while_after_the_meeting(panel: PanelWorld):
    panel.world.now = panel.held_at + timedelta(days=29)
    assert sees(panel, "chidi")
    panel.world.now = panel.held_at + timedelta(days=31)
    assert not sees(panel, "chidi")


def test_advisers_speak_and_do_not_sign(cast: Cast):
    panel = make_panel_world(cast, members=("bruno", "chidi"))
    panel.seats["dora"] = seat(cast, panel.body_id, "dora", Standing.ADVISER)
    panel.consent("chidi", "dora")
    panel.put()
    panel.wish()
    panel.option()
    for who in ("bruno", "chidi", "dora"):
        panel.declare(who)
    panel.view("dora")
    panel.meet("bruno", "chidi", "dora")
    panel.decide()
    with pytest.raises(refusals.MembersOnly):
        panel.sign("dora")


def test_who_prepared_the_case_does_not_decide_it_where_the_procedure_says_so(cast: Cast):
    panel = make_panel_world(cast, "panel-of-best-interests", members=("amina", "bruno", "chidi"))
    panel.consent("chidi")
    panel.put()
    panel.wish()
    panel.option()
    for who in ("amina", "bruno", "chidi"):
        panel.declare(who)
    panel.meet("amina", "bruno", "chidi")
    assert absences(panel)["amina"] is Absence.PREPARED_IT
    with pytest.raises(refusals.NoQuorum):
        panel.decide()


@pytest.mark.parametrize("who", ["amina", "eve", "ines", "consul", "fiscal"])
def test_nobody_without_a_seat_sees_an_item_as_a_member(panel: PanelWorld, who: str):
    assert not sees(panel, who)
    assert list(sittings_of(panel.act(who))) == []


OPTIONS = st.fixed_dictionaries(
    {
        "standing": st.sampled_from(Standing),
        "begins": st.integers(-5, 5),
        "lasts": st.integers(0, 6),
        "conflict": st.sampled_from(["", "", "FAMILY"]),
        "is_present": st.booleans(),
    }
)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.fixed_dictionaries({"bruno": OPTIONS, "chidi": OPTIONS, "dora": OPTIONS}))
def test_the_quorum_agrees_with_a_count_by_hand(panel: PanelWorld, table: dict):
    """Terms, standings, recusals and attendance of real rows, against the rule in words."""
    day = panel.held_at.date()
    before = panel.world.now
    with transaction.atomic():
        by_hand = set()
        for who, one in table.items():
            begins = day + timedelta(days=one["begins"])
            ends = begins + timedelta(days=one["lasts"])
            panel.declare(who, one["conflict"])
            with writes_outside_actions("terms of any kind"):
                Seat.objects.filter(id=panel.seats[who]).update(
                    standing=one["standing"], from_date=begins, until_date=ends
                )
            if (
                one["standing"] is Standing.MEMBER
                and begins <= day <= ends
                and not one["conflict"]
                and one["is_present"]
            ):
                by_hand.add(who)
        panel.meet(*(who for who, one in table.items() if one["is_present"]))
        item = Item.objects.select_related("person", "procedure", "meeting").get(id=panel.item_id)
        seats = list_item_seats(item, panel.now)
        names = {seat_id: who for who, seat_id in panel.seats.items()}
        assert {names[one.seat.id] for one in seats if one.counts} == by_hand
        is_quorate = len(by_hand) >= 2 and "chidi" in by_hand and bool(by_hand & {"bruno", "dora"})
        assert shortfall_on(panel_of(item), seats).is_quorate == is_quorate
        transaction.set_rollback(True)
    panel.world.now = before


def test_a_vote_of_dissent_is_kept_with_its_reasons(panel: PanelWorld):
    panel.wish()
    panel.option()
    for who in ("bruno", "chidi", "dora"):
        panel.declare(who)
    panel.meet("bruno", "chidi", "dora")
    panel.decide()
    panel.sign("dora", Vote.DISSENTS, "Preferimos otra medida.")
    panel.sign("bruno")
    assert panel.sign("chidi")
    shown = get_item_of_member(panel.act("bruno"), panel.item_id, language="es", now=panel.now)
    assert sorted(one.vote for one in shown.decision.ballots) == ["AGREES", "AGREES", "DISSENTS"]


def recuse(panel: PanelWorld, by: str, whom: str, reason: str = "Es su cuñada.") -> None:
    actions.recuse(
        panel.act(by),
        now=panel.now,
        person_id=panel.person_id,
        item_id=panel.item_id,
        seat_id=panel.seats[whom],
        conflict=Conflict.FAMILY,
        reason=reason,
    )


def test_only_the_member_or_the_secretariat_sets_a_member_aside(panel: PanelWorld):
    with writes_outside_actions("a secretariat elsewhere"):
        Body.objects.filter(id=panel.body_id).update(unit=panel.cast.chidi.unit_id)
    with pytest.raises(refusals.NotYoursToRecuse):
        recuse(panel, "amina", "dora")
    recuse(panel, "bruno", "bruno", reason="")
    assert absences(panel)["bruno"] is Absence.RECUSED
    assert absences(panel)["dora"] is not Absence.RECUSED


def test_another_sets_nobody_aside_without_a_reason(panel: PanelWorld):
    with pytest.raises(NeedsReasons):
        recuse(panel, "bruno", "dora", reason=" ")


def test_nobody_is_set_aside_once_the_decision_is_written_or_signed(panel: PanelWorld):
    panel.wish()
    panel.option()
    for who in ("bruno", "chidi", "dora"):
        panel.declare(who)
    panel.meet("bruno", "chidi", "dora")
    panel.decide()
    panel.sign("dora", Vote.DISSENTS, "Preferimos otra medida.")
    for by, whom in (("amina", "dora"), ("bruno", "dora"), ("bruno", "chidi")):
        with pytest.raises(refusals.TooLateToRecuse):
            recuse(panel, by, whom)
    with pytest.raises(refusals.TooLateToRecuse):
        panel.declare("dora", Conflict.FAMILY)
    about = {"item_id": panel.item_id, "seat_id": panel.seats["dora"], "at": panel.now, "by": "x"}
    with (
        writes_outside_actions("a planted breach"),
        pytest.raises(DatabaseError),
        transaction.atomic(),
    ):
        Declaration.objects.create(**about, conflict="FAMILY", by_name="x")
    panel.declare("chidi", Conflict.FAMILY)
    assert absences(panel)["chidi"] is Absence.RECUSED
    assert absences(panel)["dora"] is None
