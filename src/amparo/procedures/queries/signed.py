"""What people sign of the findings of a procedure: each that stands, with the law it cites."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from uuid import UUID

from django.db.models import Q, QuerySet

from amparo.procedures.data.shapes import FindingView
from amparo.procedures.models import Finding, FindingCitation
from amparo.procedures.queries.assessing import Assessment

Entry = tuple[str, int]
"""The key of an entry of the law library, and the version that was cited."""


def citations_of(procedure_id: UUID) -> QuerySet[FindingCitation]:
    """Return what the findings of a procedure cite, in order; of carried ones, what the first cited."""
    carried = Finding.objects.filter(procedure_id=procedure_id).values("carried_from_id")
    own = Q(finding__procedure_id=procedure_id) | Q(finding_id__in=carried)
    rows: QuerySet[FindingCitation] = FindingCitation.objects.filter(own).order_by("finding_id", "number")
    return rows


def list_cited_entries(procedure_id: UUID) -> Mapping[UUID, list[Entry]]:
    """Return the entries that each finding cites, by the finding that first said its words. One query."""
    cited: defaultdict[UUID, list[Entry]] = defaultdict(list)
    for row in citations_of(procedure_id):
        cited[row.finding_id].append((row.entry, row.entry_version))
    return cited


def signed_findings(procedure_id: UUID, assessment: Assessment) -> list[list[object]]:
    """Return each standing finding of a guide with what it cites, as content of a digest. One query.

    A citation that is added, removed or of another version of its entry gives another digest.
    """
    standing = [one for said in assessment.findings.values() for one in said if one.stands]
    cited = list_cited_entries(procedure_id)
    return [_signed(one, cited) for one in sorted(standing, key=lambda one: str(one.id))]


def _signed(finding: FindingView, cited: Mapping[UUID, list[Entry]]) -> list[object]:
    return [str(finding.id), [list(entry) for entry in cited.get(finding.said_id, [])]]
