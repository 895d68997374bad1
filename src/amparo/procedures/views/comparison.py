"""Two versions of the law beside each other, for one procedure; and running it again."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from amparo.access.pages import page
from amparo.procedures import actions, queries
from amparo.procedures.pages import file_page, language_of

TAB = "procedures_of_file"


@page("procedures.read")
def comparison(request: HttpRequest, code: str, procedure_id: UUID) -> HttpResponse:
    """What differs, element by element; sending the page runs the procedure again, beside the first."""
    at = file_page(request, code, tab=TAB)
    if request.method == "POST":
        again = actions.rerun_procedure(
            at.actor, now=at.now, person_id=at.person.id, procedure_id=procedure_id
        )
        messages.success(request, _("It was run again under the law in force. The first one stays as it is."))
        return redirect("procedures_comparison", code, again)
    shown = queries.get_comparison(at.actor, at.person.id, procedure_id, language=language_of(), now=at.now)
    return at.show("procedures/comparison.html", {"page": shown}, header=shown.header)
