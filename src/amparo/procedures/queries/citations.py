"""What findings cite of the law library. The library itself never knows who cites it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from uuid import UUID

from django.db.models import Q

from amparo.library.data import Choice
from amparo.library.queries import list_choices
from amparo.procedures.data.shapes import CitedView
from amparo.procedures.models import Finding, FindingCitation


def list_cited(procedure_id: UUID, language: str) -> dict[UUID, tuple[CitedView, ...]]:
    """Return what each finding of a procedure cites, in the order in which it was cited. Two queries.

    By the finding under which the words were said: one that was carried over cites what the first did.
    """
    carried = Finding.objects.filter(procedure_id=procedure_id).values("carried_from_id")
    own = Q(finding__procedure_id=procedure_id) | Q(finding_id__in=carried)
    rows = list(FindingCitation.objects.filter(own).order_by("finding_id", "number"))
    keys = tuple(dict.fromkeys(row.entry for row in rows))
    known = {one.key: one for one in list_choices("", language, keys=keys)} if keys else {}
    cited: defaultdict[UUID, list[CitedView]] = defaultdict(list)
    for row in rows:
        cited[row.finding_id].append(_view(row.entry, row.entry_version, known.get(row.entry)))
    return {finding_id: tuple(views) for finding_id, views in cited.items()}


def list_citable(
    text: str, language: str, *, ticked: Iterable[str], suggested: Iterable[str]
) -> list[tuple[str, str]]:
    """Return entries to tick: those ticked already, those of the element, and what ``text`` finds."""
    choices = list_choices(text, language, keys=(*ticked, *suggested))
    return [(one.key, one.label) for one in choices]


def _view(key: str, version: int, known: Choice | None) -> CitedView:
    if known is None:
        return CitedView(key, key, version, is_unverified=True)
    return CitedView(key, known.label, version, known.is_unverified)
