"""The choices of a procedure: what stands, what stood, and what a step still lacks, in words."""

from __future__ import annotations

from collections import defaultdict
from uuid import UUID

from django.utils.translation import gettext as _

from amparo.core.refusal import Unknown
from amparo.doctrine.data import Choice, ProcedureFile, Transition
from amparo.procedures.data.choices import ChoiceView, Chosen, Lack, Standing, list_lacks
from amparo.procedures.data.words import label_of
from amparo.procedures.models import Choice as ChoiceRow
from amparo.procedures.models import Procedure
from amparo.procedures.queries.assessing import Assessment
from amparo.procedures.queries.editions import definition_of
from amparo.vault.data import Compartment, Opened


def place_of(chosen_id: UUID) -> str:
    """Return the narrative field in which the reasons of a choice lie."""
    return f"choice.{chosen_id}"


def get_choice(procedure: Procedure, name: str) -> Choice:
    """Return a choice of the procedure's definition. Raises Unknown where it has none of that name."""
    found = definition_of(procedure).choices.get(name)
    if found is None:
        raise Unknown
    return found


def list_chosen(procedure: Procedure, opened: Opened | None = None) -> dict[str, list[Chosen]]:
    """Return by choice everything that was chosen, latest first. One query, none without choices."""
    if not definition_of(procedure).choices:
        return {}
    found: defaultdict[str, list[Chosen]] = defaultdict(list)
    for row in ChoiceRow.objects.filter(procedure_id=procedure.id).order_by("choice", "-number"):
        found[row.choice].append(_chosen(row, opened))
    return dict(found)


def list_standing(procedure: Procedure, opened: Opened | None = None) -> Standing:
    """Return by choice what stands. One query, none where the definition asks for no choice."""
    return {name: said[0] for name, said in list_chosen(procedure, opened).items()}


def _chosen(row: ChoiceRow, opened: Opened | None) -> Chosen:
    words = opened.get(Compartment.NARRATIVE, place_of(row.id)) if opened else None
    return Chosen(
        id=row.id,
        choice=row.choice,
        number=row.number,
        codes=tuple(row.codes),
        by_name=row.by_name,
        by_agency=row.by_agency,
        at=row.at,
        reasons=words.part("reasons") if words else None,
    )


def signed_choices(procedure: Procedure) -> dict[str, list[object]]:
    """Return what stands, as content of a digest: another choice, or other codes, is another text."""
    return {name: [str(one.id), list(one.codes)] for name, one in list_standing(procedure).items()}


def list_choices(procedure: Procedure, language: str, opened: Opened | None) -> tuple[ChoiceView, ...]:
    """Return every choice of the procedure in the order of its definition. One query at most."""
    chosen = list_chosen(procedure, opened)
    choices = definition_of(procedure).choices.values()
    return tuple(choice_view(one, chosen.get(one.id, []), language) for one in choices)


def choice_view(choice: Choice, said: list[Chosen], language: str) -> ChoiceView:
    standing = said[0] if said else None
    return ChoiceView(
        id=choice.id,
        label=choice.label[language],
        ask=choice.ask[language],
        is_unverified=choice.status.is_unverified,
        standing=standing,
        lines=lines_of(choice, standing, language) if standing else (),
        earlier=tuple((one, lines_of(choice, one, language)) for one in said[1:]),
    )


def lines_of(choice: Choice, chosen: Chosen, language: str) -> tuple[str, ...]:
    """Return the chosen codes in words, each after what its rank stands for."""
    labels = [label_of(choice.code_list, code, language) for code in chosen.codes]
    ranks = [rank[language] for rank in choice.ranks]
    named = [f"{rank}: {label}" for rank, label in zip(ranks, labels, strict=False)]
    return tuple(named + labels[len(named) :])


def list_missing_choices(
    definition: ProcedureFile, step: Transition, standing: Standing, assessment: Assessment, language: str
) -> tuple[str, ...]:
    """Return what a step still lacks of the choices, in words. No query."""
    truths = {element: node.truth for element, node in assessment.evaluation.nodes.items()}
    return tuple(_in_words(*one, language) for one in list_lacks(definition, step, standing, truths))


def _in_words(choice: Choice, lack: Lack, codes: tuple[str, ...], language: str) -> str:
    names = "; ".join(label_of(choice.code_list, code, language) for code in codes)
    said = {
        Lack.TOO_FEW: _("%(choice)s: at least %(least)d"),
        Lack.NOT_ESTABLISHED: _("%(choice)s: the guide has not established %(codes)s"),
        Lack.ANOTHER_CODE: _("%(choice)s: this step is for %(codes)s"),
    }
    return said[lack] % {"choice": choice.label[language], "least": choice.least, "codes": names}
