"""Rows made directly, for tests of what the database itself refuses."""

from __future__ import annotations

from datetime import UTC, date, datetime
from uuid import UUID

from uuid_utils.compat import uuid7

from amparo.access.models import Agency, Scope, Staff, Unit
from amparo.procedures.models import Certificate, Finding, Procedure, Signature

NOW = datetime(2026, 3, 2, 15, 0, tzinfo=UTC)
TODAY = NOW.date()


def make_staff(username: str, kind: str = "ngo") -> Staff:
    agency = Agency.objects.create(name=f"Agency of {username}", kind=kind)
    return Staff.objects.create(username=username, name=username.title(), agency=agency)


def make_procedure(definition: str = "return") -> Procedure:
    agency = Agency.objects.create(name="Shelter", kind="shelter")
    unit = Unit.objects.create(name="Unit", agency=agency)
    person_id = uuid7()
    scope = Scope.objects.create(id=person_id, code=f"AM-{person_id.hex[-8:]}", unit=unit)
    return Procedure.objects.create(
        person=scope,
        definition=definition,
        definition_edition="INT/1",
        guide="return-gate",
        guide_version=1,
        editions={"return-gate": "INT/1"},
        stage="draft",
        opened_at=NOW,
        opened_by="staff:x",
    )


def make_finding(procedure: Procedure, element: str = "x.y", truth: str = "established") -> Finding:
    return Finding.objects.create(
        procedure=procedure,
        element=element,
        guide=procedure.guide,
        guide_version=1,
        truth=truth,
        standard="suspicion",
        by="staff:x",
        by_name="X",
        by_agency="ngo",
        at=NOW,
    )


def make_signature(procedure: Procedure, staff: Staff, kind: str, digest: str = "d" * 64) -> Signature:
    return Signature.objects.create(
        procedure=procedure,
        purpose="certificate",
        digest=digest,
        staff=staff,
        staff_name=staff.name,
        agency_kind=kind,
        signature=b"s" * 64,
        at=NOW,
    )


def make_certificate(
    procedure: Procedure, *, travel_date: date = TODAY, expires_date: date = TODAY, id: UUID | None = None
) -> Certificate:
    return Certificate.objects.create(
        id=id or uuid7(),
        procedure=procedure,
        digest="d" * 64,
        rules=[],
        signatories=[],
        travel_date=travel_date,
        issued_at=NOW,
        issued_by="staff:x",
        issued_date=TODAY,
        expires_date=expires_date,
    )
