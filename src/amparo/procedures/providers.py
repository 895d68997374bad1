"""What this room answers for others: facts of guides, work that is due, events of a person's timeline."""

from __future__ import annotations

from datetime import datetime, time
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from amparo.access.data import Actor
from amparo.access.queries import machine_actor
from amparo.access.scoping import is_fear_recorded
from amparo.cases.data import ConsentRef, ConsentState, TimelineItem, WorkGroup, WorkItem
from amparo.cases.queries import current_statuses, list_consents
from amparo.cases.withdrawals import Standing
from amparo.core.evaluation import Answer
from amparo.core.truth import Truth, negate
from amparo.doctrine.registry import get_procedure
from amparo.procedures import facts
from amparo.procedures.data.shapes import REFLECTION
from amparo.procedures.data.words import label_of, language_of
from amparo.procedures.queries import history
from amparo.procedures.queries.history import ClaimStand
from amparo.procedures.queries.parts import list_on_consent, list_parts

PENDING_CATEGORIES = {"ASY"}
RECOGNISED_CATEGORIES = {"REF", "OIP"}
PRESUMED = {"PRESUMED", "IDENTIFIED"}
NOT_KNOWN = {"", "UNKNOWN"}


def register_facts() -> None:
    """Register every fact that is computed from the records of cases and of procedures."""
    for purpose in ("RETURN", "NATIONALITY", "TRACING", "RESETTLEMENT"):
        facts.register(f"consent.{purpose.lower()}", _consent(purpose), origin=_("consents of the file"))
    facts.register("asylum.not_recognised", is_not_recognised, origin=_("history of mandate categories"))
    facts.register(
        "asylum.no_pending_claim",
        has_no_pending_claim,
        origin=_("asylum procedure and history of mandate categories"),
    )
    facts.register(
        "asylum.no_unresolved_fear",
        has_no_unresolved_fear,
        origin=_("guides on refugee status, Cartagena and complementary protection"),
    )
    for bar, element in INDICATORS.items():
        facts.register(
            bar, _no_indicator(element), origin=_("findings of the asylum procedure"), is_absence=True
        )
    facts.register(
        "asylum.no_expressed_fear",
        has_no_expressed_fear,
        origin=_("findings of the asylum procedure and fear of a State on the file"),
    )
    facts.register(
        "asylum.state_not_implicated", is_state_clear, origin=_("findings of the asylum procedure")
    )
    facts.register("clock.reflection_over", is_reflection_over, origin=_("periods of the identification"))


INDICATORS = {
    "asylum.no_exclusion_indicator": "refugee.bars.exclusion.indicator",
    "asylum.no_other_protection_indicator": "refugee.bars.elsewhere.indicator",
    "asylum.no_cessation_indicator": "refugee.bars.cessation.indicator",
}


def _consent(purpose: str) -> facts.Provider:
    def has_consent(actor: Actor, person_id: UUID, *, as_of: datetime) -> Answer | None:
        """The latest consent for the purpose: in force, or refused or withdrawn; none says nothing."""
        latest = next((one for one in list_consents(actor, person_id) if one.purpose == purpose), None)
        if latest is None:
            return None
        if latest.holds_on(as_of.date()):
            return _computed(Truth.ESTABLISHED)
        was_said_no = latest.state in {ConsentState.REFUSED, ConsentState.WITHDRAWN}
        return _computed(Truth.NOT_ESTABLISHED) if was_said_no else None

    return has_consent


def is_not_recognised(actor: Actor, person_id: UUID, *, as_of: datetime) -> Answer | None:
    """Whether neither refugee status nor complementary protection is recorded; unknown says nothing."""
    category = _status(person_id, "mandate", as_of)
    if category in NOT_KNOWN:
        return None
    return _computed(negate(_truth(category in RECOGNISED_CATEGORIES)))


def has_no_pending_claim(actor: Actor, person_id: UUID, *, as_of: datetime) -> Answer | None:
    """Not while the person is an asylum-seeker; not assessed where nobody looked, or a claim is prepared.

    The claim, the appeal and the time to appeal keep that category until the final decision. A
    procedure at its first stage is a claim being prepared, by somebody who may wish to lodge it: it says
    nothing of the absence of one until every route was answered in the negative.
    """
    is_seeking = _status(person_id, "mandate", as_of) in PENDING_CATEGORIES
    stands = history.list_claim_stands(person_id, PENDING_CATEGORIES)
    if is_seeking or ClaimStand.RUNS in stands:
        return _computed(Truth.NOT_ESTABLISHED)
    if not stands:
        return None
    if ClaimStand.PREPARED in stands and not _are_ruled_out(
        history.list_route_truths(person_id, as_of=as_of)
    ):
        return None
    return _computed(Truth.ESTABLISHED)


def has_no_unresolved_fear(actor: Actor, person_id: UUID, *, as_of: datetime) -> Answer | None:
    """Every route concluded and none established; one established fails, one open is not assessed."""
    truths = history.list_route_truths(person_id, as_of=as_of)
    if Truth.ESTABLISHED in truths:
        return _computed(Truth.NOT_ESTABLISHED)
    return _computed(Truth.ESTABLISHED) if _are_ruled_out(truths) else None


def _are_ruled_out(truths: list[Truth]) -> bool:
    """Say whether there are routes and every one was answered in the negative."""
    return bool(truths) and all(truth is Truth.NOT_ESTABLISHED for truth in truths)


def _no_indicator(element: str) -> facts.Provider:
    def has_no_indicator(actor: Actor, person_id: UUID, *, as_of: datetime) -> Answer | None:
        """The authority bears the burden: the bar is not triggered unless somebody recorded an indicator."""
        return _computed(negate(_truth(history.has_standing(person_id, element))))

    return has_no_indicator


def has_no_expressed_fear(actor: Actor, person_id: UUID, *, as_of: datetime) -> Answer | None:
    """Not while any fear is on record; holds only where somebody asked and found none."""
    if is_fear_recorded(person_id):
        return _computed(Truth.NOT_ESTABLISHED)
    return _ruled_out(history.list_standing(person_id, "refugee.fear.expressed"))


def is_state_clear(actor: Actor, person_id: UUID, *, as_of: datetime) -> Answer | None:
    """Whether it was ruled out that officials of the State of origin tolerate or facilitate."""
    return _ruled_out(history.list_standing(person_id, "refugee.agents.state"))


def _ruled_out(said: set[Truth]) -> Answer | None:
    """One finding that establishes it fails; one that rules it out holds; nobody looked says nothing."""
    if Truth.ESTABLISHED in said:
        return _computed(Truth.NOT_ESTABLISHED)
    return _computed(Truth.ESTABLISHED) if Truth.NOT_ESTABLISHED in said else None


def is_reflection_over(actor: Actor, person_id: UUID, *, as_of: datetime) -> Answer | None:
    """Not while the period runs, as extended or waived.

    Reasonable grounds without a period say nothing: it is still owed. Nor does a person whom nobody
    has asked about trafficking: unknown never opens the gate.
    """
    end = history.find_clock_end(person_id, REFLECTION)
    if end is not None:
        return _computed(_truth(end <= as_of.date()))
    status = _status(person_id, "trafficking", as_of)
    is_open = status in PRESUMED or status in NOT_KNOWN
    return None if is_open else _computed(Truth.ESTABLISHED)


def _status(person_id: UUID, axis: str, as_of: datetime) -> str:
    statuses = current_statuses(person_id, as_of=as_of.date())
    return next(status.code for status in statuses if status.axis == axis)


def _truth(holds: bool) -> Truth:
    return Truth.ESTABLISHED if holds else Truth.NOT_ESTABLISHED


def _computed(truth: Truth) -> Answer:
    return Answer(truth, by=machine_actor("facts").ref, has_reasons=True)


def list_work(actor: Actor, now: datetime) -> list[WorkItem]:
    """Return the invitations to take part, and the periods that run, soonest end first. Two queries."""
    invitations = [
        WorkItem(
            due_at=part.from_at,
            kind="part",
            label=str(_("You are asked to take part in a procedure")),
            url=reverse("procedures_part", args=[part.id]),
            code=part.code,
            person_id=None,
            group=WorkGroup.NEW,
        )
        for part in list_parts(actor)
    ]
    return invitations + [_period(row, now) for row in history.list_running(actor, language_of())]


def find_next_step(actor: Actor, person_id: UUID, now: datetime) -> WorkItem | None:
    """Return the period about a person that ends first. One query."""
    row = history.find_running(person_id, language_of())
    return _period(row, now) if row else None


def _period(row: history.Running, now: datetime) -> WorkItem:
    return WorkItem(
        due_at=datetime.combine(row.due_date, time(), tzinfo=now.tzinfo),
        kind="procedure",
        label=row.label,
        url=reverse("procedures_guide", args=[row.code, row.procedure_id]),
        code=row.code,
        person_id=row.person_id,
        group=WorkGroup.OVERDUE if row.due_date < now.date() else WorkGroup.DUE,
    )


def list_events(actor: Actor, person_id: UUID) -> list[TimelineItem]:
    """Return the stages, findings, signatures and certificates about a person. Four queries."""
    return history.list_events(actor, person_id, language_of())


def list_standing(actor: Actor, person_id: UUID, consent: ConsentRef) -> list[Standing]:
    """Return who takes part in procedures on a consent, or did until it was withdrawn. One query."""
    return [
        Standing(
            str(get_procedure(part.definition).title[language_of()]),
            f"{label_of('agency_kind', part.agency_kind, language_of())}: {part.name}",
            reverse("procedures_participants", args=[part.code, part.procedure_id]),
        )
        for part in list_on_consent(actor, person_id, consent)
    ]
