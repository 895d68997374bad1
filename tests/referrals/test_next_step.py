"""A referral that waits is the next step of the file; an answered one no longer is."""

from __future__ import annotations

from uuid import UUID

from amparo.cases.queries import get_file_header
from amparo.core.policy import Purpose
from amparo.referrals.actions import accept_referral
from amparo.referrals.queries import get_received_referral
from tests.referrals.conftest import LATER, Desk


def kind_of_next_step(desk: Desk) -> str:
    header = get_file_header(desk.actor("amina", LATER), desk.lucia, purpose=Purpose.CASE_WORK, now=LATER)
    return header.next_step.kind if header.next_step else ""


def test_a_referral_that_waits_is_the_next_step(desk: Desk, sent: UUID) -> None:
    assert kind_of_next_step(desk) == "referral"


def test_an_accepted_referral_waits_no_longer(desk: Desk, sent: UUID) -> None:
    chidi = desk.actor("chidi", LATER)
    version = get_received_referral(chidi, sent, now=LATER).version
    accept_referral(chidi, now=LATER, referral_id=sent, version=version)
    assert kind_of_next_step(desk) == ""
