"""Amina's file of Lucía, a recorded consent, and what a referral to the asylum authority asks for."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest

from amparo.access.data import Actor
from amparo.access.queries import machine_actor
from amparo.cases.actions import record_consent, register_person
from amparo.cases.data import AgeStatus, Birth, NameEntry, NameKind, Precision, SafeContact
from amparo.cases.queries import get_refs
from amparo.core.sharing import Item
from amparo.referrals.actions import offer_service, send_referral
from amparo.referrals.data import ReferralRequest
from tests.people import Cast

NOW = datetime(2026, 11, 20, 15, 0, tzinfo=UTC)
LATER = NOW + timedelta(minutes=5)
AGREED = (Item.SAFE_CONTACT, Item.LANGUAGE, Item.AGE_BAND, Item.SEX_GENDER, Item.NAMES, Item.RISKS)
RISKS = "Un familiar la busca cerca de la terminal."


@dataclass
class Desk:
    """The cast, Lucía (Colombian, adult) in the shelter's unit, and the requests of the tests."""

    cast: Cast
    lucia: UUID
    code: str

    def actor(self, name: str, now: datetime = NOW) -> Actor:
        member = self.cast.everybody[name]
        actor: Actor = member.actor_at(now)
        return actor

    def request(self, to: str = "chidi", **changes: object) -> ReferralRequest:
        asked = ReferralRequest(
            to_unit_id=self.cast.everybody[to].unit_id,
            to_staff_id=None,
            purpose="ASYLUM",
            service_type="ASYLUM",
            urgency="PRIORITY",
            items=frozenset(AGREED),
            risks=RISKS,
        )
        return replace(asked, **changes)  # type: ignore[arg-type]

    def consent(self, to: str = "chidi", **changes: object) -> UUID:
        asked: dict[str, object] = {
            "purpose": "ASYLUM",
            "recipients": [self.cast.everybody[to].unit_id],
            "data_items": AGREED,
            "until_date": date(2027, 1, 31),
        }
        return record_consent(self.actor("amina"), now=NOW, person_id=self.lucia, **asked | changes)  # type: ignore[arg-type]

    def send(self, request: ReferralRequest | None = None, now: datetime = NOW) -> UUID:
        return send_referral(
            self.actor("amina", now), now=now, person_id=self.lucia, request=request or self.request()
        )


def make_desk(cast: Cast) -> Desk:
    amina = cast.amina.actor_at(NOW)
    lucia = register_person(
        amina,
        now=NOW,
        unit_id=cast.amina.unit_id,
        names=[NameEntry(NameKind.OFFICIAL, "Lucía Esperanza", "Ñáñez", "Quispe")],
        birth=Birth(Precision.EXACT, date(1998, 4, 2), date(1998, 4, 2)),
        age_status=AgeStatus.KNOWN,
        sex_gender="FEMALE",
        languages=["es"],
        nationalities=["COL"],
        safe_contact=SafeContact(mode="CALL", reach="+506 0000 0000", must_not_contact="su tío"),
    )
    setup = machine_actor("setup", now=NOW)
    asylum, shelter = cast.chidi.unit_id, cast.amina.unit_id
    offer_service(setup, now=NOW, unit_id=asylum, service_type="ASYLUM", call_line="+506 2222 0000")
    offer_service(setup, now=NOW, unit_id=shelter, service_type="SHELTER", call_line="+506 2222 1111")
    return Desk(cast, lucia, get_refs(amina, [lucia])[lucia].code)


@pytest.fixture
def desk(cast: Cast) -> Desk:
    return make_desk(cast)


@pytest.fixture
def sent(desk: Desk) -> UUID:
    """Return a referral that Amina sent to Chidi's unit with Lucía's consent."""
    desk.consent()
    return desk.send()
