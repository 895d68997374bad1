"""A gate on one day: every condition, what is signed, and the certificate if there is one."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from amparo.access.data import Actor
from amparo.core.guides import Kind
from amparo.core.truth import Truth
from amparo.doctrine.data import GuideFile
from amparo.procedures.data.digests import digest_of
from amparo.procedures.data.gates import CertificateView, GateState, RuleGroup, RuleView, SignatureView
from amparo.procedures.data.words import label_of
from amparo.procedures.models import Certificate, Procedure, Signature
from amparo.procedures.queries.assessing import Assessment, assess, child_on
from amparo.procedures.queries.choices import signed_choices
from amparo.procedures.queries.editions import guide_of
from amparo.procedures.queries.elements import element_label, source_view
from amparo.procedures.queries.rows import get_procedure, list_findings
from amparo.procedures.queries.signed import signed_findings

CERTIFICATE = "certificate"


def gate_state(
    actor: Actor, person_id: UUID, procedure_id: UUID, *, language: str, as_of: datetime
) -> GateState:
    """Return a gate as it stands. Fails closed. Raises Unknown for what may not be known."""
    return gate_of(get_procedure(actor, person_id, procedure_id), language=language, as_of=as_of)


def gate_of(procedure: Procedure, *, language: str, as_of: datetime) -> GateState:
    """Return the gate of a procedure that the caller may see. Everybody gets the same answer."""
    return gate_beside(procedure, procedure.guide, language=language, as_of=as_of)


def gate_beside(procedure: Procedure, guide_id: str, *, language: str, as_of: datetime) -> GateState:
    """Return a gate that is answered in this procedure, its own or one beside it. Fails closed."""
    guide = guide_of(procedure, guide_id)
    child = child_on(procedure.person_id, as_of)
    findings = list_findings(procedure.id)
    assessment = assess(procedure.person_id, guide, findings, child=child, as_of=as_of)
    digest = certificate_digest(procedure, assessment, child)
    is_open = assessment.evaluation.truth is Truth.ESTABLISHED
    return GateState(
        procedure_id=procedure.id,
        guide=guide.id,
        guide_title=guide.title[language],
        child=child,
        is_gate=guide.is_gate,
        is_open=is_open,
        rules=tuple(_rule(assessment, *one, language) for one in list_rules(assessment)),
        terms=dict(procedure.terms),
        digest=digest,
        signatures=_signatures(procedure, digest),
        certificate=find_certificate(procedure, digest if is_open else "", as_of),
        lapses_after_days=guide.lapses_after_days or 0,
    )


def list_rules(assessment: Assessment) -> list[tuple[str, str]]:
    """Return the conditions that bind this person as (element, rule number), in guide order.

    They are what the root requires, with groups opened; what the child rule lifts is left out.
    """
    logic = assessment.guide.logic
    found: list[tuple[str, str]] = []
    stack = [logic.root]
    while stack:
        element = stack.pop()
        if _opens(assessment, element):
            children = () if _is_lifted(assessment, element) else logic.counted(logic.by_id[element])
            stack.extend(reversed(children))
        else:
            found.append((element, assessment.guide.texts[element].rule or _numbers(assessment, element)))
    return found


def _numbers(assessment: Assessment, element: str) -> str:
    """Return the rule numbers under an element that has none of its own: "G08 / G09"."""
    texts = assessment.guide.texts
    numbers = {texts[one].rule for one in _under(assessment.guide, element)} - {""}
    return " / ".join(sorted(numbers))


def _opens(assessment: Assessment, element: str) -> bool:
    """Say whether an element is a group whose parts are conditions of their own."""
    kind = assessment.guide.logic.by_id[element].kind
    is_group = kind is Kind.ALL and not assessment.guide.texts[element].rule
    return is_group or kind in {Kind.UNLESS_CHILD, Kind.IF_CHILD}


def _is_lifted(assessment: Assessment, element: str) -> bool:
    """Say whether the age of the person alone lifts everything under an element."""
    kind, child = assessment.guide.logic.by_id[element].kind, assessment.evaluation.child
    return (kind is Kind.UNLESS_CHILD and child is Truth.ESTABLISHED) or (
        kind is Kind.IF_CHILD and child is Truth.NOT_ESTABLISHED
    )


def _under(guide: GuideFile, element: str) -> set[str]:
    found: set[str] = set()
    stack = [element]
    while stack:
        current = stack.pop()
        found.add(current)
        stack.extend(guide.logic.by_id[current].children)
    return found


def _rule(assessment: Assessment, element: str, number: str, language: str) -> RuleView:
    guide = assessment.guide
    text, result = guide.texts[element], assessment.evaluation.nodes[element]
    ways = result.to_establish or result.missing
    leaves = sorted(ways[0]) if ways else ([element] if guide.logic.by_id[element].is_leaf else [])
    return RuleView(
        id=element,
        group=_group(guide, element),
        rule=number,
        label=text.label[language],
        ask=text.ask[language] if text.ask else "",
        truth=result.truth,
        state=assessment.state_of(element),
        is_absolute=text.absolute,
        is_unverified=text.unverified,
        sources=tuple(source_view(one, language) for one in text.sources),
        needs=tuple((leaf, element_label(guide, leaf, language)) for leaf in leaves),
        evidence=tuple(label_of("evidence_kind", code, language) for code in text.evidence),
        fact=assessment.facts.get(element),
        findings=tuple(
            str(one.id)
            for leaf in _under(guide, element)
            for one in assessment.findings.get(leaf, ())
            if one.stands
        ),
    )


def _group(guide: GuideFile, element: str) -> RuleGroup:
    """Return where a condition stands: a child's own conditions are those under a rule for children."""
    logic = guide.logic
    if any(element in _under(guide, one.id) for one in logic.elements if one.kind is Kind.IF_CHILD):
        return RuleGroup.CHILD
    return RuleGroup.ABSOLUTE if guide.texts[element].absolute else RuleGroup.OTHER


def certificate_digest(procedure: Procedure, assessment: Assessment, child: Truth) -> str:
    """Return the digest of everything that a signature under a certificate covers.

    It names every standing finding with the law it cites, what was chosen, every computed fact, the
    person's age rule and the terms; any change of them gives another digest, so that earlier signatures no
    longer count.
    """
    facts = {name: fact.answer.truth.value for name, fact in assessment.facts.items()}
    return digest_of(
        {
            "procedure": str(procedure.id),
            "guide": [assessment.guide.id, assessment.guide.edition],
            "terms": procedure.terms,
            "child": child.value,
            "truth": assessment.evaluation.truth.value,
            "findings": signed_findings(procedure.id, assessment),
            "choices": signed_choices(procedure),
            "facts": facts,
        }
    )


def _signatures(procedure: Procedure, digest: str) -> tuple[SignatureView, ...]:
    rows = Signature.objects.filter(procedure=procedure, purpose=CERTIFICATE).order_by("at", "id")
    return tuple(
        SignatureView(
            staff_id=row.staff_id,
            name=row.staff_name,
            agency_kind=row.agency_kind,
            purpose=row.purpose,
            at=row.at,
            is_current=row.digest == digest,
        )
        for row in rows
    )


def find_certificate(procedure: Procedure, digest: str, as_of: datetime) -> CertificateView | None:
    """Return the latest certificate and whether it is in force. ``digest`` is "" while the gate is closed."""
    rows = Certificate.objects.filter(procedure=procedure).select_related("lapse")
    row = rows.order_by("-issued_at", "-id").first()
    if not isinstance(row, Certificate):
        return None
    lapse = _lapse_of(row, digest, as_of)
    return CertificateView(
        id=row.id,
        procedure_id=row.procedure_id,
        issued_date=row.issued_date,
        expires_date=row.expires_date,
        travel_date=row.travel_date,
        rules=tuple(row.rules),
        signatories=tuple(row.signatories),
        lapse=lapse,
        is_valid=not lapse,
    )


def _lapse_of(row: Certificate, digest: str, as_of: datetime) -> str:
    """Return why a certificate is not in force, or "". A certificate whose facts changed is not."""
    recorded = getattr(row, "lapse", None)
    if recorded is not None:
        return str(recorded.reason)
    if as_of.date() > row.expires_date:
        return "expired"
    return "" if row.digest == digest else "facts"
