"""The page before a message to a foreign authority: its conditions, and the messages sent."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from amparo.access.pages import page
from amparo.core.refusal import Refusal
from amparo.procedures import actions, queries
from amparo.procedures.forms import ContactForm
from amparo.procedures.pages import file_page, language_of, put_refusal

TAB = "procedures_of_file"


@page("procedures.contact_foreign_authority")
def contact(request: HttpRequest, code: str, procedure_id: UUID) -> HttpResponse:
    """Show the six conditions; record one message when they all hold."""
    at = file_page(request, code, tab=TAB)
    form = ContactForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            actions.contact_foreign_authority(
                at.actor, now=at.now, person_id=at.person.id, procedure_id=procedure_id, **form.cleaned_data
            )
        except Refusal as refusal:
            put_refusal(form, refusal)
        else:
            messages.success(request, _("The message was recorded. The next one needs its own conditions."))
            return redirect("procedures_contact", code, procedure_id)
    shown = queries.get_contact_page(at.actor, at.person.id, procedure_id, language=language_of(), now=at.now)
    context = {"page": shown, "form": form, "procedure_id": procedure_id}
    return at.show("procedures/contact.html", context, status=400 if form.is_bound else 200)
