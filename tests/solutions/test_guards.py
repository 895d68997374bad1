"""No direct write records a return as planned or departed without a certificate that covers it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from django.db import DatabaseError, transaction

from amparo.access.gate import writes_outside_actions
from amparo.procedures.models import Certificate, Lapse, Procedure
from amparo.solutions.models import ReturnPlan
from tests.procedures.rows import (
    NOW,
    TODAY,
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


TRAVEL = TODAY + timedelta(days=10)
EXPIRES = TODAY + timedelta(days=30)


def make_plan(procedure: Procedure) -> ReturnPlan:
    return ReturnPlan.objects.create(
        person=procedure.person,
        procedure=procedure,
        travel_date=TRAVEL,
        destination="HND",
        is_voluntary=True,
        created_at=NOW,
        created_by="staff:x",
    )


def sign_certificate(procedure: Procedure, travel_date: date = TRAVEL) -> Certificate:
    if not procedure.signatures.exists():
        make_signature(procedure, make_staff("b"), "shelter")
        make_signature(procedure, make_staff("c", "asylum_authority"), "asylum_authority")
    return make_certificate(procedure, travel_date=travel_date, expires_date=EXPIRES)


def is_recorded(plan: ReturnPlan, **values: object) -> bool:
    """Write directly, past every action, and say whether the database took it."""
    try:
        with transaction.atomic():
            ReturnPlan.objects.filter(id=plan.id).update(**values)
    except DatabaseError:
        return False
    return True


@pytest.mark.parametrize("state", ["planned", "departed"])
def test_nothing_is_recorded_without_a_certificate(state: str):
    plan = make_plan(make_procedure())
    assert not is_recorded(plan, state=state, departed_date=TRAVEL)


@pytest.mark.parametrize("state", ["planned", "departed"])
def test_it_is_recorded_with_a_certificate_that_covers_it(state: str):
    plan = make_plan(make_procedure())
    certificate = sign_certificate(plan.procedure)
    departed_date = TRAVEL if state == "departed" else None
    assert is_recorded(plan, state=state, certificate=certificate, departed_date=departed_date)


@pytest.mark.parametrize("days", [-1, 1])
def test_a_departure_on_a_day_that_was_not_certified_is_not_recorded(days: int):
    """The other day lies within the certificate's dates: it covers one day of travel, not all of them."""
    plan = make_plan(make_procedure())
    certificate = sign_certificate(plan.procedure)
    day = TRAVEL + timedelta(days=days)
    assert certificate.issued_date < day < certificate.expires_date
    assert not is_recorded(plan, state="departed", certificate=certificate, departed_date=day)
    assert not is_recorded(
        plan, state="departed", certificate=certificate, departed_date=day, travel_date=day
    )
    assert not is_recorded(plan, state="departed", certificate=certificate)


def test_a_certificate_of_another_person_does_not_count():
    plan = make_plan(make_procedure())
    assert not is_recorded(plan, state="planned", certificate=sign_certificate(make_procedure()))


def test_a_certificate_for_another_travel_date_does_not_count():
    plan = make_plan(make_procedure())
    certificate = sign_certificate(plan.procedure)
    assert not is_recorded(
        plan, state="planned", certificate=certificate, travel_date=TRAVEL + timedelta(days=1)
    )


def test_a_lapsed_certificate_does_not_count():
    plan = make_plan(make_procedure())
    certificate = sign_certificate(plan.procedure)
    make_finding(plan.procedure)
    assert Lapse.objects.filter(certificate=certificate).exists()
    assert not is_recorded(plan, state="planned", certificate=certificate)


def test_a_departure_after_the_certificate_expired_is_not_recorded():
    plan = make_plan(make_procedure())
    certificate = sign_certificate(plan.procedure)
    late = EXPIRES + timedelta(days=1)
    assert not is_recorded(plan, state="departed", certificate=certificate, departed_date=late)
    assert not is_recorded(plan, state="departed", certificate=certificate)


def test_a_departure_is_final():
    plan = make_plan(make_procedure())
    certificate = sign_certificate(plan.procedure)
    assert is_recorded(plan, state="departed", certificate=certificate, departed_date=TRAVEL)
    assert not is_recorded(plan, state="draft")
