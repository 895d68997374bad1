"""Without consent: proposed with reasons, signed by a second person, never to those who may harm."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

import pytest

from amparo.access.data import Denied
from amparo.core.refusal import Refusal, Unknown
from amparo.core.sharing import MINIMUM
from amparo.ledger.models import Entry
from amparo.referrals.actions import propose_override, refuse_override, sign_override
from amparo.referrals.data import Justification, ReferralState
from amparo.referrals.models import Referral
from amparo.referrals.providers import list_work
from amparo.referrals.queries import get_received_referral, get_sent_referral, list_inbox, open_extract
from amparo.referrals.refusals import (
    FirewallHolds,
    NeverWithoutConsent,
    OnlyForChildren,
    OverrideNotJustified,
    SignedByTheSame,
)
from amparo.vault.models import Extract
from amparo.vault.veil import unveil
from tests.referrals.conftest import LATER, NOW, RISKS, Desk

WHY = Justification(
    "VITAL_INTEREST", "Perdió el conocimiento y nadie puede preguntarle; su vida corre peligro.", True, True
)


def propose(desk: Desk, to: str = "chidi", why: Justification = WHY) -> UUID:
    return propose_override(
        desk.actor("amina"), now=NOW, person_id=desk.lucia, request=desk.request(to), justification=why
    )


def sign(desk: Desk, referral_id: UUID, who: str = "bruno") -> None:
    sign_override(desk.actor(who, LATER), now=LATER, person_id=desk.lucia, referral_id=referral_id, version=1)


def test_a_proposal_shares_nothing_until_a_supervisor_signs(desk: Desk) -> None:
    draft = propose(desk)
    assert get_sent_referral(desk.actor("amina"), draft).state is ReferralState.DRAFT
    assert list_inbox(desk.actor("chidi", LATER), now=LATER) == []
    assert not Extract.objects.exists()
    sign(desk, draft)
    chidi = desk.actor("chidi", LATER)
    content = unveil(open_extract(chidi, get_received_referral(chidi, draft, now=LATER), now=LATER))
    assert content["RISKS"] == RISKS
    assert content["CONSENT"]["basis"] == "VITAL_INTEREST"
    assert set(content) <= {str(item) for item in MINIMUM}
    assert "NAMES" not in content


def test_bruno_is_asked_to_sign_and_amina_waits(desk: Desk) -> None:
    propose(desk)
    assert [item.group for item in list_work(desk.actor("bruno", LATER), LATER)] == ["due"]
    assert [item.group for item in list_work(desk.actor("amina", LATER), LATER)] == ["waiting"]


def test_a_refused_proposal_never_reaches_anybody(desk: Desk) -> None:
    draft = propose(desk)
    refuse_override(desk.actor("bruno", LATER), now=LATER, person_id=desk.lucia, referral_id=draft, version=1)
    assert Referral.objects.get().state == ReferralState.REVOKED
    with pytest.raises(Refusal):
        sign(desk, draft)
    assert not Extract.objects.exists()


@pytest.mark.parametrize("who", ["amina", "dora", "chidi", "eve", "consul"])
def test_only_a_supervisor_of_the_unit_signs(desk: Desk, who: str) -> None:
    draft = propose(desk)
    with pytest.raises((Unknown, Denied)):
        sign(desk, draft, who)
    assert Referral.objects.get().state == ReferralState.DRAFT


def test_who_proposed_does_not_sign(desk: Desk) -> None:
    draft = propose_override(
        desk.actor("bruno"), now=NOW, person_id=desk.lucia, request=desk.request(), justification=WHY
    )
    with pytest.raises(SignedByTheSame):
        sign(desk, draft)


def test_never_to_the_prosecution(desk: Desk) -> None:
    with pytest.raises(NeverWithoutConsent):
        propose(desk, to="fiscal")
    assert not Referral.objects.exists()


def test_never_to_a_consulate(desk: Desk) -> None:
    with pytest.raises(FirewallHolds):
        propose(desk, to="consul")


@pytest.mark.parametrize(
    "why",
    [
        replace(WHY, reason="Es urgente."),
        replace(WHY, was_explained=False),
        replace(WHY, refoulement_checked=False),
        replace(WHY, basis="LEGAL_OBLIGATION"),
        replace(WHY, basis=""),
    ],
    ids=["short", "not explained", "refoulement not checked", "other basis", "no basis"],
)
def test_a_proposal_without_its_grounds_is_refused(desk: Desk, why: Justification) -> None:
    with pytest.raises(OverrideNotJustified) as refused:
        propose(desk, why=why)
    assert "40" in refused.value.reason
    assert not Referral.objects.exists()


def test_the_best_interests_of_the_child_are_for_children(desk: Desk) -> None:
    with pytest.raises(OnlyForChildren):
        propose(desk, why=replace(WHY, basis="BEST_INTEREST"))


def test_the_reason_is_sealed_and_never_in_the_ledger_or_the_table(desk: Desk) -> None:
    draft = propose(desk)
    sign(desk, draft)
    assert "conocimiento" not in repr([row.details for row in Entry.objects.all()])
    assert "conocimiento" not in repr(list(Referral.objects.values()))
