"""A message to a foreign authority: recorded only while every condition of contact holds."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from uuid_utils.compat import uuid7

from amparo.access.data import Actor
from amparo.access.gate import action, note
from amparo.doctrine.registry import get_code_list
from amparo.procedures.actions.changes import lock_procedure
from amparo.procedures.data.refusals import ContactRefused, NeedsReasons
from amparo.procedures.data.shapes import CONTACT_GATE
from amparo.procedures.models import ForeignContact
from amparo.procedures.queries.contact import contact_gate_of
from amparo.procedures.queries.editions import guide_of
from amparo.vault import door
from amparo.vault.data import Compartment

LANGUAGE = "es"
"""The language of labels that nobody reads here."""


@action("procedures.contact_foreign_authority", about="person_id")
def contact_foreign_authority(
    actor: Actor,
    *,
    now: datetime,
    person_id: UUID,
    procedure_id: UUID,
    state: str,
    authority: str,
    message: str,
) -> UUID:
    """Record one message before it is sent. Raises ContactRefused while any condition does not hold.

    ``state`` is an alpha-3 code, ``authority`` a code of ``foreign_authority``. The findings it rests on
    carry this message only: the next one needs its own. The words are sealed with the file.
    """
    if not message.strip():
        raise NeedsReasons
    procedure = lock_procedure(person_id, procedure_id)
    gate = contact_gate_of(procedure, language=LANGUAGE, as_of=now)
    if not gate.is_open:
        raise ContactRefused(unmet=len(gate.unmet), open=len(gate.unassessed))
    contact = ForeignContact.objects.create(
        id=uuid7(),
        procedure=procedure,
        state=_known("country", state),
        authority=_known("foreign_authority", authority),
        guide_version=guide_of(procedure, CONTACT_GATE).version,
        digest=gate.digest,
        findings=sorted(finding for rule in gate.rules for finding in rule.findings),
        at=now,
        by=actor.ref,
        by_name=actor.name,
    )
    words = {f"contact.{contact.id}": message.strip()}
    door.write(actor, person_id, Compartment.NARRATIVE, words, now=now)
    note(contact=str(contact.id), state=state, authority=authority)
    return contact.id


def _known(code_list: str, code: str) -> str:
    if code not in get_code_list(code_list).codes:
        raise ValueError(f"{code} is no code of {code_list}")
    return code
