"""The gate: right, transaction, ledger row, denials, nesting, two people, and the guard on writes."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

import pytest
from django.db import IntegrityError, connection, transaction
from uuid_utils.compat import uuid7

from amparo.access.actions import (
    confirm_request,
    delegate,
    end_post,
    exclude,
    join_team,
    propose_request,
    seal_case,
    unseal_case,
)
from amparo.access.data import Actor, Denied, Locked, NotTwoPeople, SamePerson
from amparo.access.gate import UnguardedWrite, action, note, opens, writes_outside_actions
from amparo.access.models import Countersign, Grant, Membership, Scope
from amparo.access.queries import machine_actor
from amparo.access.scoping import visible_scopes
from amparo.core.policy import UnknownRight
from amparo.core.refusal import Unknown
from amparo.ledger.models import Entry
from tests.access.worlds import NOW, code_of, person_of
from tests.people import Cast


@action("cases.add_note", about="person_id")
def _add_note(actor: Actor, *, now: datetime, person_id: UUID) -> None:
    note(fields=["note"])


@action("cases.close_file", about="person_id")
def _close(actor: Actor, *, now: datetime, person_id: UUID) -> None:
    Scope.objects.filter(id=person_id).update(is_child=True)
    _add_note(actor, now=now, person_id=person_id)


@action("cases.add_note", about="person_id")
def _note_that_closes(actor: Actor, *, now: datetime, person_id: UUID) -> None:
    Scope.objects.filter(id=person_id).update(is_on_legal_hold=True)
    _close(actor, now=now, person_id=person_id)


def _rows(verb: str) -> list[Entry]:
    return list(Entry.objects.filter(verb=verb).order_by("id"))


def test_an_action_leaves_one_row_with_its_case_code(cast: Cast) -> None:
    person = person_of(cast)
    _add_note(cast.amina.actor, now=NOW, person_id=person)
    (row,) = _rows("cases.add_note")
    assert (row.actor_ref, row.subject, row.details["fields"]) == (
        f"staff:{cast.amina.id}",
        code_of(person),
        ["note"],
    )


def test_dora_is_told_that_it_does_not_exist_and_the_attempt_is_recorded(cast: Cast) -> None:
    person = person_of(cast)
    with pytest.raises(Unknown):
        _add_note(cast.dora.actor, now=NOW, person_id=person)
    (row,) = _rows("access.denied")
    assert (row.actor_ref, row.subject) == (f"staff:{cast.dora.id}", code_of(person))
    assert row.details == {"right": "cases.add_note", "reasons": ["no_relation"]}


def test_amina_may_know_the_file_and_is_told_that_she_may_not_close_it(cast: Cast) -> None:
    person = person_of(cast)
    with pytest.raises(Denied):
        _close(cast.amina.actor, now=NOW, person_id=person)
    assert len(_rows("access.denied")) == 1


def test_a_denial_inside_an_action_rolls_everything_back_and_is_still_recorded(cast: Cast) -> None:
    person = person_of(cast)
    with pytest.raises(Denied):
        _note_that_closes(cast.amina.actor, now=NOW, person_id=person)
    assert not Scope.objects.get(id=person).is_on_legal_hold
    assert not _rows("cases.add_note")
    assert [row.details["right"] for row in _rows("access.denied")] == ["cases.close_file"]


def test_a_nested_action_leaves_its_own_row(cast: Cast) -> None:
    person = person_of(cast)
    _close(cast.bruno.actor, now=NOW, person_id=person)
    assert len(_rows("cases.close_file")) == len(_rows("cases.add_note")) == 1


def test_an_unwritable_ledger_stops_the_action(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    person = person_of(cast)

    def fail(*_arguments: object, **_more: object) -> None:
        raise OSError("disk full")

    monkeypatch.setattr("amparo.access.gate.actions.record", fail)
    with pytest.raises(OSError, match="disk full"):
        _close(cast.bruno.actor, now=NOW, person_id=person)
    assert not Scope.objects.get(id=person).is_child


def test_a_machine_does_only_what_is_marked_for_machines(cast: Cast) -> None:
    person = person_of(cast)
    with pytest.raises(Denied):
        _add_note(machine_actor("clock", now=NOW), now=NOW, person_id=person)


def test_a_wrong_declaration_fails_at_import() -> None:
    with pytest.raises(UnknownRight):
        action("cases.teleport", about="person_id")
    with pytest.raises(TypeError, match="reaches record"):
        action("cases.add_note")
    with pytest.raises(TypeError, match="reaches house"):
        action("access.found_agency", about="person_id")
    with pytest.raises(TypeError, match="reaches unit"):
        action("cases.register_person", about="person_id")


def test_a_use_case_that_opens_is_refused_in_locked_mode(cast: Cast) -> None:
    @opens("id")
    def read(actor: Actor, *, now: datetime) -> str:
        return "read"

    assert read(cast.amina.actor, now=NOW) == "read"
    with pytest.raises(Locked):
        read(cast.amina.locked, now=NOW)


def test_note_belongs_inside_an_action() -> None:
    with pytest.raises(RuntimeError):
        note(count=1)


BREACHES = [
    'UPDATE "access_scope" SET "is_sealed" = 0',
    "update access_scope set is_sealed = 0",
    'DELETE FROM "access_grant"',
    'INSERT INTO "access_grant" ("id") VALUES (1)',
    'INSERT OR REPLACE INTO "cases_person" ("id") VALUES (1)',
    'REPLACE INTO "referrals_referral" ("id") VALUES (1)',
    'WITH x AS (SELECT 1) UPDATE "solutions_returnplan" SET state = 1',
    'DELETE FROM ONLY "procedures_finding"',
    'TRUNCATE TABLE "cases_person"',
    'UPDATE public."cases_person" SET x = 1',
]


@pytest.mark.django_db
@pytest.mark.parametrize("sql", BREACHES)
def test_a_write_outside_an_action_is_stopped_before_it_runs(sql: str) -> None:
    with connection.cursor() as cursor, pytest.raises(UnguardedWrite):
        cursor.execute(sql)


def test_the_orm_outside_an_action_is_stopped_too(cast: Cast) -> None:
    person = person_of(cast)
    with pytest.raises(UnguardedWrite), transaction.atomic():
        Scope.objects.filter(id=person).update(is_sealed=True)
    with writes_outside_actions("the test says so"):
        Scope.objects.filter(id=person).update(is_sealed=True)


def test_reads_and_other_tables_pass(cast: Cast) -> None:
    assert Scope.objects.count() == 0
    Membership.objects.filter(staff_id=cast.dora.id).update(until_at=NOW)
    assert list(Scope.objects.select_for_update().filter(code="AM-UPDATE-SCOPE")) == []


def test_excluded_means_that_it_does_not_exist(cast: Cast) -> None:
    person = person_of(cast)
    exclude(cast.bruno.actor, now=NOW, person_id=person, staff_id=cast.amina.id)
    assert not visible_scopes(cast.amina.actor).exists()
    with pytest.raises(Unknown):
        _add_note(cast.amina.actor, now=NOW, person_id=person)


def test_a_delegation_ends_by_itself(cast: Cast) -> None:
    person = person_of(cast)
    end = NOW + timedelta(days=3)
    delegate(cast.bruno.actor_at(NOW), now=NOW, person_id=person, staff_id=cast.dora.id, until_at=end)
    _add_note(cast.dora.actor_at(NOW), now=end - timedelta(seconds=1), person_id=person)
    with pytest.raises(Unknown):
        _add_note(cast.dora.actor_at(NOW), now=end, person_id=person)


def test_the_end_of_a_post_ends_what_it_showed(cast: Cast) -> None:
    person_of(cast)
    post = Membership.objects.get(staff_id=cast.amina.id)
    end_post(cast.eve.actor, now=NOW, post_id=post.id)
    assert not visible_scopes(cast.amina.actor_at(NOW)).exists()


def _sealed(cast: Cast) -> UUID:
    person = person_of(cast)
    names = {cast.bruno.id, cast.amina.id}
    seal_case(cast.bruno.actor, now=NOW, person_id=person, staff_ids=names)
    with writes_outside_actions("two supervisors, so that two people can sign"):
        Membership.objects.filter(staff_id=cast.amina.id).update(role="supervisor")
    return person


def test_unsealing_needs_two_people_and_the_exact_request(cast: Cast) -> None:
    person, other = _sealed(cast), person_of(cast)
    bruno, amina = cast.bruno.actor, cast.amina.actor
    asked = propose_request(bruno, now=NOW, right="access.unseal_case", arguments={"person_id": person})
    with pytest.raises(NotTwoPeople):
        unseal_case(bruno, now=NOW, person_id=person, countersign_id=asked)
    with pytest.raises(SamePerson):
        confirm_request(bruno, now=NOW, countersign_id=asked)
    confirm_request(amina, now=NOW, countersign_id=asked)
    with pytest.raises(NotTwoPeople):
        unseal_case(bruno, now=NOW, person_id=other, countersign_id=asked)
    unseal_case(bruno, now=NOW, person_id=person, countersign_id=asked)
    assert not Scope.objects.get(id=person).is_sealed
    with pytest.raises(NotTwoPeople):
        unseal_case(bruno, now=NOW, person_id=person, countersign_id=asked)


def test_a_forged_second_signature_is_worth_nothing(cast: Cast) -> None:
    person = _sealed(cast)
    bruno = cast.bruno.actor
    asked = propose_request(bruno, now=NOW, right="access.unseal_case", arguments={"person_id": person})
    with writes_outside_actions("somebody with the database in their hands"):
        row = Countersign.objects.get(id=asked)
        row.confirmed_by_id, row.second_signature = cast.amina.id, row.first_signature
        row.save()
    with pytest.raises(NotTwoPeople):
        unseal_case(bruno, now=NOW, person_id=person, countersign_id=asked)


def test_signatures_older_than_a_week_are_too_old(cast: Cast) -> None:
    person = _sealed(cast)
    asked = propose_request(
        cast.bruno.actor, now=NOW, right="access.unseal_case", arguments={"person_id": person}
    )
    confirm_request(cast.amina.actor, now=NOW, countersign_id=asked)
    with pytest.raises(NotTwoPeople):
        unseal_case(cast.bruno.actor, now=NOW + timedelta(days=7), person_id=person, countersign_id=asked)


def test_who_does_not_hold_the_right_can_neither_propose_nor_confirm(cast: Cast) -> None:
    person = _sealed(cast)
    with pytest.raises(Unknown):
        propose_request(cast.dora.actor, now=NOW, right="access.unseal_case", arguments={"person_id": person})
    asked = propose_request(
        cast.bruno.actor, now=NOW, right="access.unseal_case", arguments={"person_id": person}
    )
    with pytest.raises(Unknown):
        confirm_request(cast.dora.actor, now=NOW, countersign_id=asked)


def test_a_request_holds_no_text(cast: Cast) -> None:
    with pytest.raises((TypeError, Unknown)):
        propose_request(
            cast.bruno.actor,
            now=NOW,
            right="access.unseal_case",
            arguments={"person_id": _sealed(cast), "why": "porque ella lo pidió"},
        )


def test_a_grant_has_exactly_one_holder(cast: Cast) -> None:
    person = person_of(cast)
    with writes_outside_actions("a broken grant"), pytest.raises(IntegrityError), transaction.atomic():
        Grant.objects.create(
            id=uuid7(), scope_id=person, relation="case_team", from_at=NOW, granted_by="test"
        )


def test_the_team_of_a_sealed_case_grows_with_its_keys(cast: Cast) -> None:
    person = person_of(cast)
    seal_case(cast.bruno.actor, now=NOW, person_id=person, staff_ids={cast.bruno.id})
    with pytest.raises(Unknown):
        _add_note(cast.amina.actor, now=NOW, person_id=person)
    join_team(cast.bruno.actor, now=NOW, person_id=person, staff_id=cast.amina.id)
    _add_note(cast.amina.actor, now=NOW, person_id=person)
