"""What a lifting of the firewall of origin may rest on: only consents that hold, only advice on record."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from amparo.access.liftings import list_papers
from amparo.cases import actions
from amparo.cases.data import ConsentState, NoteKind
from amparo.core.sharing import Item
from tests.cases.conftest import NOW, House


def _consent(house: House, **facts: Any) -> UUID:
    told: dict[str, Any] = {
        "purpose": "NATIONALITY",
        "recipients": [house.cast.amina.unit_id],
        "data_items": [Item.NAMES],
        "until_date": NOW.date() + timedelta(days=30),
    }
    return actions.record_consent(house.amina, now=NOW, person_id=house.lucia, **{**told, **facts})


def test_only_what_holds_for_that_purpose_can_be_named(house: House) -> None:
    amina = house.amina
    held = _consent(house)
    _consent(house, purpose="REFERRAL")
    _consent(house, state=ConsentState.REFUSED)
    _consent(house, legal_basis="VITAL_INTEREST", urgent_reason="Está en peligro. " * 3)
    _consent(house, from_date=NOW.date() + timedelta(days=3))
    about: dict[str, Any] = {"now": NOW, "person_id": house.lucia, "happened_on": NOW.date()}
    advice = actions.add_note(amina, **about, kind=NoteKind.LEGAL_ADVICE, text="Se le explicó a solas.")
    other = actions.add_note(amina, **about, kind=NoteKind.CONTACT, text="Otra cosa.")
    papers = list_papers(amina, house.lucia, NOW)
    assert [paper.id for paper in papers.consents] == [held]
    assert [paper.id for paper in papers.advices] == [advice]
    assert papers.hold(held, advice)
    assert not papers.hold(held, other)
    assert not papers.hold(advice, held)
    assert not list_papers(amina, house.lucia, NOW + timedelta(days=31)).hold(held, advice)


def test_a_withdrawn_consent_holds_nothing(house: House) -> None:
    amina = house.amina
    held = _consent(house)
    actions.withdraw_consent(amina, now=NOW, person_id=house.lucia, consent_id=held, version=1)
    assert list_papers(amina, house.lucia, NOW).consents == ()


def test_dora_is_told_of_no_paper(house: House) -> None:
    _consent(house)
    assert list_papers(house.dora, house.lucia, NOW).consents == ()
