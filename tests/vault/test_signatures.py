"""A person's signature stands under exactly what they were shown."""

from __future__ import annotations

import pytest

from amparo.vault.data import NoKey
from amparo.vault.signatures import is_signed_by, sign_as
from tests.vault.world import World


def test_a_signature_holds_for_its_content_and_its_signer_only(world: World):
    amina, bruno = world.user(), world.user()
    signature = sign_as(amina, b"the certificate")
    assert is_signed_by(amina.staff_id, b"the certificate", signature)
    assert not is_signed_by(amina.staff_id, b"another certificate", signature)
    assert not is_signed_by(bruno.staff_id, b"the certificate", signature)


def test_a_locked_hand_signs_nothing(world: World):
    amina = world.user()
    with pytest.raises(NoKey):
        sign_as(amina.locked(), b"the certificate")
