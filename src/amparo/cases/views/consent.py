"""Pages of consent: what the person agreed to, and taking it back."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from amparo.access.data import Actor
from amparo.access.pages import page
from amparo.access.queries import list_units
from amparo.cases import actions, queries, withdrawals
from amparo.cases.data import CodedFacts, ConsentGiver, ConsentState
from amparo.cases.forms.files import ConsentForm
from amparo.cases.views import editing
from amparo.cases.views.editing import Place
from amparo.cases.views.frame import file_page
from amparo.core.policy import AgencyKind
from amparo.core.sharing import ALWAYS, MINIMUM
from amparo.core.truth import Truth

TAB = "cases_consents"
form_page = require_http_methods(["GET", "POST"])


def _units() -> dict[UUID, str]:
    return {unit.id: f"{unit.agency_name}: {unit.name}" for unit in list_units()}


def _possible_recipients(actor: Actor, facts: CodedFacts) -> list[tuple[UUID, str]]:
    """Return the units that a person may choose: no consulate, no agency of a State of theirs."""
    units = [
        (unit.id, f"{unit.agency_name}: {unit.name}")
        for unit in list_units()
        if unit.agency_kind != AgencyKind.CONSULATE
        and unit.agency_state not in facts.nationalities
        and unit.id not in actor.unit_ids
    ]
    return sorted(units, key=lambda unit: unit[1].casefold())


@page("cases.read_file")
def consents(request: HttpRequest, code: str) -> HttpResponse:
    """Every consent and refusal, latest first, with what still holds today."""
    at = file_page(request, code)
    units, today = _units(), localdate(at.now)
    is_adult = queries.child_truth(at.person.id, as_of=today) is Truth.NOT_ESTABLISHED
    rows = [
        {
            "consent": consent,
            "holds": consent.holds_on(today) and (is_adult or consent.holds_for_child),
            "is_alone": consent.holds_on(today) and not is_adult and not consent.holds_for_child,
            "recipients": [units.get(unit_id, "") for unit_id in sorted(consent.recipients)],
        }
        for consent in queries.list_consents(at.actor, at.person.id)
    ]
    return at.show("consents.html", {"rows": rows}, tab=TAB)


@page("cases.record_consent")
@form_page
def record(request: HttpRequest, code: str) -> HttpResponse:
    at = file_page(request, code)
    today = localdate(at.now)
    units = _possible_recipients(at.actor, queries.get_coded_facts(at.actor, at.person.id, as_of=today))
    setting = queries.get_consent_setting(at.actor, at.person.id, as_of=today)

    def save(typed: dict[str, Any]) -> None:
        actions.record_consent(
            at.actor,
            now=at.now,
            person_id=at.person.id,
            purpose=typed["purpose"],
            recipients=typed["recipients"],
            data_items=typed["data_items"],
            restrictions=typed["restrictions"],
            restriction_text=typed["restriction_text"],
            from_date=typed["from_date"],
            until_date=typed["until_date"],
            legal_basis=typed["legal_basis"],
            given_by=ConsentGiver(typed.get("given_by") or ConsentGiver.PERSON),
            child_assent=typed["child_assent"],
            representative=typed["representative"],
            urgent_reason=typed["urgent_reason"],
            language=typed["language"],
            with_interpreter=typed["with_interpreter"],
            state=ConsentState(typed["answer"]),
        )

    lede = _("Ask in a language the person understands. Refusing changes nothing about the help they get.")
    return editing.add(
        at,
        Place(
            _("Record what the person agrees to"),
            TAB,
            _("Record the answer"),
            lede=lede,
            template="consent_form.html",
        ),
        lambda data, initial: ConsentForm(data, initial=initial, units=units, setting=setting),
        save,
        {"from_date": today, "data_items": sorted(MINIMUM - ALWAYS)},
    )


@page("cases.withdraw_consent")
@form_page
def withdraw(request: HttpRequest, code: str, consent_id: UUID) -> HttpResponse:
    """Say what will stop and ask once more; after the withdrawal, the same page says what stopped."""
    at = file_page(request, code)
    consent = queries.get_consent(at.actor, at.person.id, consent_id)
    if request.method != "POST":
        units = _units()
        context = {
            "consent": consent,
            "recipients": [units.get(unit_id, "") for unit_id in sorted(consent.recipients)],
            "standing": withdrawals.list_standing(at.actor, at.person.id, consent),
        }
        is_over = consent.state is ConsentState.WITHDRAWN
        return at.show("withdrawn.html" if is_over else "withdraw.html", context, tab=TAB)
    actions.withdraw_consent(
        at.actor,
        now=at.now,
        person_id=at.person.id,
        consent_id=consent_id,
        version=editing.typed_version(request.POST),
    )
    return redirect("cases_withdraw_consent", code, consent_id)
