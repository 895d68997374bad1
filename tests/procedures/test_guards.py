"""What people concluded and signed stays as it was, whoever writes to the database."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import DatabaseError, transaction

from amparo.access.gate import writes_outside_actions
from amparo.procedures.models import Finding, Lapse, Replacement
from tests.procedures.rows import (
    make_certificate,
    make_finding,
    make_procedure,
    make_signature,
    make_staff,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _past_the_gate() -> Iterator[None]:
    """The database must refuse by itself: these writes go round the gate's guard."""
    with writes_outside_actions("the database's own guards are tested"):
        yield


def refused(statement: object) -> bool:
    """Whether the database refuses; the surrounding test transaction stays usable."""
    try:
        with transaction.atomic():
            statement()  # type: ignore[operator]
    except DatabaseError:
        return True
    return False


def test_a_finding_is_neither_changed_nor_deleted():
    finding = make_finding(make_procedure())
    assert refused(lambda: Finding.objects.filter(id=finding.id).update(truth="not_established"))
    assert refused(lambda: Finding.objects.filter(id=finding.id).delete())
    assert Finding.objects.get(id=finding.id).truth == "established"


def test_a_finding_needs_a_known_truth_and_a_standard():
    procedure = make_procedure()
    assert refused(lambda: make_finding(procedure, truth="perhaps"))


def test_a_finding_is_replaced_once_and_not_by_itself():
    procedure = make_procedure()
    first, second, third = (make_finding(procedure) for _ in range(3))
    assert refused(lambda: Replacement.objects.create(replaced=first, finding=first))
    Replacement.objects.create(replaced=first, finding=second)
    assert refused(lambda: Replacement.objects.create(replaced=first, finding=third))


def test_a_certificate_needs_two_signatures_one_of_them_from_the_asylum_authority():
    procedure = make_procedure()
    bruno, chidi, dora = make_staff("b"), make_staff("c", "asylum_authority"), make_staff("d")
    assert refused(lambda: make_certificate(procedure))
    make_signature(procedure, bruno, "shelter")
    make_signature(procedure, dora, "ngo")
    assert refused(lambda: make_certificate(procedure))
    make_signature(procedure, chidi, "asylum_authority")
    assert not refused(lambda: make_certificate(procedure))


def test_signatures_on_another_digest_do_not_count():
    procedure = make_procedure()
    make_signature(procedure, make_staff("b"), "shelter")
    make_signature(procedure, make_staff("c", "asylum_authority"), "asylum_authority", digest="e" * 64)
    assert refused(lambda: make_certificate(procedure))


def certified() -> tuple[object, object]:
    procedure = make_procedure()
    make_signature(procedure, make_staff("b"), "shelter")
    make_signature(procedure, make_staff("c", "asylum_authority"), "asylum_authority")
    return procedure, make_certificate(procedure)


def test_a_new_finding_about_the_person_ends_the_certificate():
    procedure, certificate = certified()
    make_finding(make_procedure())
    assert not Lapse.objects.exists()
    make_finding(procedure)
    assert Lapse.objects.get(certificate=certificate).reason == "new_finding"


@pytest.mark.parametrize(("fact", "reason"), [("origin_states", "nationality"), ("feared_states", "fear")])
def test_a_change_of_nationality_or_of_fear_ends_the_certificate(fact: str, reason: str):
    procedure, certificate = certified()
    procedure.person.save()
    assert not Lapse.objects.exists()
    setattr(procedure.person, fact, " HND ")
    procedure.person.save()
    assert Lapse.objects.get(certificate=certificate).reason == reason


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("turn", [1, 2])
def test_the_guards_come_back_after_a_test_database_was_emptied(turn: int):
    finding = make_finding(make_procedure())
    assert refused(lambda: Finding.objects.filter(id=finding.id).delete()), turn
