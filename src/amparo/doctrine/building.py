"""Turn checked files into the shapes of ``data``."""

from __future__ import annotations

from collections.abc import Mapping

from amparo.core.guides import CHILD, Element, Guide, Kind
from amparo.core.quorum import Quorum
from amparo.doctrine import data, schema
from amparo.doctrine.data import Text

CHILD_TEXT = data.ElementText(
    id=CHILD,
    label=Text(
        "La persona es menor de 18 años o se presume que lo es", "The person is under 18 or presumed to be"
    ),
    ask=Text("¿Qué edad tiene la persona, y hay duda?", "How old is the person, and is there doubt?"),
    look_for=(),
    sources=("palermo/3d",),
    decisions=(),
    evidence=(),
    status=data.Status.VERIFIED,
)


CONCLUSION = data.Conclusion(
    established=Text(
        "Está documentado cada elemento que pide esta guía.",
        "Every element that this guide asks for is documented.",
    ),
    not_established=Text(
        "Al menos un elemento necesario tiene una respuesta negativa. "
        "Puede volver a examinarse en cualquier momento.",
        "At least one required element was answered in the negative. It can be looked at again at any time.",
    ),
    not_assessed=Text(
        "Quedan elementos por valorar. De lo que falta no se concluye nada.",
        "Elements are still to be assessed. Nothing follows from what is missing.",
    ),
    to_establish=Text("Lo que permitiría establecerlo", "What would establish it"),
    to_refute=Text("Lo que permitiría descartarlo", "What would rule it out"),
)
"""For a guide without sentences of its own: its root is a claim that all of its elements make up."""


def text(words: schema.Words) -> Text:
    return Text(words.es, words.en)


def text_or_none(words: schema.Words | None) -> Text | None:
    return text(words) if words else None


def build_sources(file: schema.SourcesFile, country: str) -> dict[str, data.Source]:
    """The places of a file. In a country's folder the law is national unless the file says otherwise."""
    found = {}
    for name, place in file.places.items():
        pattern = place.place or file.place
        source_id = f"{file.instrument}/{name}"
        found[source_id] = data.Source(
            id=source_id,
            instrument=text(file.title),
            place=Text(pattern.es.replace("{n}", name), pattern.en.replace("{n}", name)),
            says=text(place.says),
            status=place.status,
            effective=file.effective,
            repealed=file.repealed,
            evidence=tuple(place.evidence or file.evidence),
            kind=file.kind or ("national" if country else ""),
            country=file.country or country,
        )
    return found


def build_note(note_id: str, shape: schema.QualityShape) -> data.QualityNote:
    return data.QualityNote(note_id, tuple(shape.about), text(shape.says))


def build_decision(decision_id: str, shape: schema.DecisionShape) -> data.CaseDecision:
    return data.CaseDecision(
        id=decision_id,
        country=shape.country,
        forum=text(shape.forum),
        level=shape.level,
        name=shape.name,
        number=shape.number,
        date=shape.date,
        redacted=shape.redacted,
        aspects=tuple(shape.aspects),
        holding=text(shape.holding),
        outcome=shape.outcome,
        standing=shape.standing,
        sources=tuple(shape.sources),
        status=shape.status,
        elements=tuple(shape.elements),
        evidence=tuple(shape.evidence),
    )


def build_code_list(file: schema.CodesFile) -> data.CodeList:
    codes = {
        code: data.Code(
            code=code,
            label=Text(shape.es, shape.en),
            status=shape.status or file.status,
            sources=tuple(shape.sources or file.sources),
            note=text_or_none(shape.note),
            excludes=frozenset(shape.excludes),
        )
        for code, shape in file.codes.items()
    }
    retired = frozenset(code for code, shape in file.codes.items() if shape.retired)
    return data.CodeList(file.list_, text(file.title), codes, retired, text_or_none(file.verify))


def build_element(element_id: str, shape: schema.ElementShape) -> Element:
    children = shape.all_ or shape.any_ or shape.consider or shape.note or ()
    if shape.at_least:
        children = shape.at_least.of
    single = shape.not_ or shape.unless_child or shape.if_child
    return Element(
        id=element_id,
        kind=Kind(shape.combinator),
        children=(single,) if single else tuple(children),
        count=shape.at_least.n if shape.at_least else 0,
        fact=shape.fact or "",
        absolute=shape.absolute,
    )


def build_element_text(element_id: str, shape: schema.ElementShape) -> data.ElementText:
    weight = shape.weight
    return data.ElementText(
        id=element_id,
        label=text(shape.label),
        ask=text_or_none(shape.ask),
        look_for=tuple(text(words) for words in shape.look_for),
        sources=tuple(shape.sources),
        decisions=tuple(shape.decisions),
        evidence=tuple(shape.evidence),
        status=shape.status,
        fact=shape.fact or "",
        absolute=shape.absolute,
        override=data.Override(shape.override.role.value, shape.override.needs_expiry)
        if shape.override
        else None,
        hints=tuple(shape.hints),
        weight=data.Weight(weight.dimension, weight.strength, weight.status) if weight else None,
        rule=shape.rule,
        verify=text_or_none(shape.verify),
        grants=text_or_none(shape.grants),
    )


def build_conclusion(shape: schema.ConclusionShape) -> data.Conclusion:
    return data.Conclusion(
        established=text(shape.established),
        not_established=text(shape.not_established),
        not_assessed=text(shape.not_assessed),
        to_establish=text(shape.to_establish),
        to_refute=text(shape.to_refute),
    )


def build_guide(
    shape: schema.GuideShape, elements: Mapping[str, schema.ElementShape], country: str, based_on: str
) -> data.GuideFile:
    """Build one guide from its head and its elements. Raises ``GuideError`` where they make none."""
    logic = Guide(
        shape.guide,
        shape.root,
        tuple(build_element(element_id, element) for element_id, element in elements.items()),
        is_gate=shape.kind == "gate",
    )
    texts = {element_id: build_element_text(element_id, element) for element_id, element in elements.items()}
    if CHILD in logic.leaf_ids:
        texts[CHILD] = CHILD_TEXT
    return data.GuideFile(
        id=shape.guide,
        version=shape.version,
        effective=shape.effective,
        country=country,
        title=text(shape.title),
        about=text(shape.about),
        standard_of_proof=shape.standard_of_proof,
        logic=logic,
        texts=texts,
        conclusion=build_conclusion(shape.conclusion) if shape.conclusion else CONCLUSION,
        is_scored=shape.kind != "prompts",
        lapses_after_days=shape.lapses_after_days,
        repealed=shape.repealed,
        based_on=based_on,
    )


def build_procedure(shape: schema.ProcedureShape, country: str, based_on: str) -> data.ProcedureFile:
    return data.ProcedureFile(
        id=shape.procedure,
        version=shape.version,
        effective=shape.effective,
        country=country,
        title=text(shape.title),
        about=text(shape.about),
        guide=shape.guide,
        beside=tuple(shape.beside),
        first_stage=shape.first_stage,
        stages={i: data.Stage(i, text(s.label), text(s.about), s.is_final) for i, s in shape.stages.items()},
        transitions=tuple(_build_transition(i, t) for i, t in shape.transitions.items()),
        clocks={i: _build_clock(i, c) for i, c in shape.clocks.items()},
        signatures=data.Signatures(shape.signatures.number, frozenset(shape.signatures.kinds)),
        documents=tuple(shape.documents),
        safeguards=tuple(
            data.Safeguard(i, text(s.says), tuple(s.sources), s.status, text_or_none(s.verify))
            for i, s in shape.safeguards.items()
        ),
        participants=tuple(kind.value for kind in shape.participants),
        parallel_with=tuple(shape.parallel_with),
        subject=shape.subject,
        order=shape.order,
        children_only=shape.children_only,
        repealed=shape.repealed,
        based_on=based_on,
        panel=_build_panel(shape.panel) if shape.panel else None,
        choices={i: _build_choice(i, one) for i, one in shape.choices.items()},
    )


def _build_choice(choice_id: str, shape: schema.ChoiceShape) -> data.Choice:
    return data.Choice(
        id=choice_id,
        code_list=shape.list_,
        label=text(shape.label),
        ask=text(shape.ask),
        least=shape.least,
        most=shape.most,
        ranks=tuple(text(one) for one in shape.ranks),
        stands_on=dict(shape.stands_on),
        before=frozenset(shape.before),
        sources=tuple(shape.sources),
        status=shape.status,
        verify=text_or_none(shape.verify),
    )


def _build_panel(shape: schema.PanelShape) -> data.Panel:
    quorum = shape.quorum
    return data.Panel(
        quorum=Quorum(
            quorum.members,
            frozenset(kind.value for kind in quorum.must_include),
            quorum.non_state,
            shape.most_members,
        ),
        options=shape.options,
        not_caseworker=shape.not_caseworker,
        four_eyes=shape.four_eyes,
        sources=tuple(shape.sources),
        status=shape.status,
        verify=text_or_none(shape.verify),
        review_days=shape.review_days,
    )


def _build_clock(clock_id: str, shape: schema.ClockShape) -> data.Clock:
    return data.Clock(
        clock_id,
        text(shape.label),
        shape.days,
        shape.is_minimum,
        tuple(shape.sources),
        shape.status,
        shape.most_days,
        text_or_none(shape.verify),
    )


def _build_transition(transition_id: str, shape: schema.TransitionShape) -> data.Transition:
    return data.Transition(
        id=transition_id,
        from_stage=shape.from_,
        to_stage=shape.to,
        label=text(shape.label),
        agency_kinds=frozenset(kind.value for kind in shape.agency_kinds),
        roles=frozenset(role.value for role in shape.roles),
        requires=frozenset(shape.requires),
        requires_of=shape.requires_of,
        requires_beside=tuple((name, frozenset(truths)) for name, truths in shape.requires_beside.items()),
        starts_clock=shape.starts_clock,
        waits_for_clock=shape.waits_for_clock,
        sets_status=next(iter(shape.sets_status.items()), None),
        adults_only=shape.adults_only,
        needs_reasons=shape.needs_reasons,
        needs_signatures=shape.needs_signatures,
        needs_panel=shape.needs_panel,
        needs_standing=shape.needs_standing,
        records_acceptance=shape.records_acceptance,
        four_eyes=shape.four_eyes,
        needs_codes=tuple((name, frozenset(codes)) for name, codes in shape.needs_codes.items()),
        records_best_interests=shape.records_best_interests,
        is_aside=shape.aside,
        lapses=shape.lapses,
        sources=tuple(shape.sources),
    )
