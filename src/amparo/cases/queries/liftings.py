"""What this room keeps that a lifting of the firewall of origin rests on."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from amparo.access.data import Actor
from amparo.access.liftings import Paper, Papers
from amparo.cases import words
from amparo.cases.data import NoteKind
from amparo.cases.models import Note
from amparo.cases.queries.consent import list_consents

PURPOSES = frozenset({"NATIONALITY", "RETURN"})
"""Consents under which the person agreed to deal with an authority of a State of origin."""
BASES = frozenset({"CONSENT", "ASSENT_AND_GUARDIAN"})


def list_lifting_papers(actor: Actor, person_id: UUID, now: datetime) -> Papers:
    """Return the consents that hold today for such a purpose, and the legal advice noted. Two queries."""
    consents = [
        Paper(row.id, words.say("consent_purpose", row.purpose), row.from_date)
        for row in list_consents(actor, person_id)
        if row.holds_on(now.date()) and row.purpose in PURPOSES and row.legal_basis in BASES
    ]
    notes = (
        Note.objects.visible_to(actor)
        .filter(person_id=person_id, kind=NoteKind.LEGAL_ADVICE, happened_on__lte=now.date())
        .order_by("-happened_on", "id")
    )
    label = words.say("note_kind", NoteKind.LEGAL_ADVICE)
    advices = [Paper(note_id, label, on) for note_id, on in notes.values_list("id", "happened_on")]
    return Papers(tuple(consents), tuple(advices))
