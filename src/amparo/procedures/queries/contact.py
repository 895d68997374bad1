"""The gate before a message to a foreign authority, and the messages that went through it."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from amparo.access.data import Actor
from amparo.cases.queries import open_parts
from amparo.core.policy import Purpose
from amparo.core.refusal import Unknown
from amparo.procedures.data.gates import ContactPage, ContactView, GateState
from amparo.procedures.data.shapes import CONTACT_GATE
from amparo.procedures.data.words import label_of
from amparo.procedures.models import ForeignContact, Procedure
from amparo.procedures.queries.gate import gate_beside
from amparo.procedures.queries.rows import get_procedure
from amparo.vault.data import Compartment


def get_contact_page(
    actor: Actor, person_id: UUID, procedure_id: UUID, *, language: str, now: datetime
) -> ContactPage:
    """Return the conditions and the messages sent. Opens what they said when the actor is unlocked.

    Raises Unknown for what may not be known, and where the procedure does not answer the gate.
    """
    procedure = get_procedure(actor, person_id, procedure_id)
    gate = contact_gate_of(procedure, language=language, as_of=now)
    opened = open_parts(actor, person_id, {Compartment.NARRATIVE}, Purpose.PROTECTION_DECISION, now=now)
    rows = ForeignContact.objects.filter(procedure=procedure).order_by("-at", "-id")
    contacts = tuple(
        ContactView(
            state=label_of("country", row.state, language),
            authority=label_of("foreign_authority", row.authority, language),
            at=row.at,
            by_name=row.by_name,
            words=opened.get(Compartment.NARRATIVE, f"contact.{row.id}") if opened else None,
        )
        for row in rows
    )
    return ContactPage(gate, contacts)


def contact_gate_of(procedure: Procedure, *, language: str, as_of: datetime) -> GateState:
    """Return the gate of contact that is answered in this procedure. Raises Unknown where it is not."""
    if CONTACT_GATE not in procedure.editions:
        raise Unknown
    return gate_beside(procedure, CONTACT_GATE, language=language, as_of=as_of)
