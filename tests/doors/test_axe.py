"""axe-core finds nothing on any page, in both languages, on a desk and on a phone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

import pytest
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from amparo.access.file_acts import FILE_ACTS
from tests.journeys.test_second_factors import LOOKED_AT

pytestmark = pytest.mark.journey

NOT_PAGES = {
    "access_app_picture": "a picture",
    "access_carry_out_request": "answers to POST only",
    "access_close": "answers to POST only",
    "access_confirm_request": "answers to POST only",
    "access_end_post": "answers to POST only",
    "access_lock": "answers to POST only",
    "cases_complete_task": "answers to POST only",
    "library_act": "a file in Akoma Ntoso",
    "library_export": "a file in YAML",
    "mfa_download_recovery_codes": "a text file",
    "mfa_login_webauthn": "JSON for the script of the passkey",
    "panels_approve": "answers to POST only",
    "panels_cancel": "answers to POST only",
    "panels_end_seat": "answers to POST only",
    "panels_extract": "a PDF",
    "panels_minutes": "a PDF",
    "panels_share": "answers to POST only",
    "panels_take_in": "answers to POST only",
    "procedures_memorandum": "a PDF",
    "procedures_sheet": "a PDF",
    "procedures_resend": "answers to POST only",
    "site_health": "JSON for machines",
    "site_language": "answers to POST only",
    "site_still_here": "answers without a page",
    "advocacy_close_commitment": "answers to POST only",
    "advocacy_html": "a file to take away",
    "advocacy_pdf": "a PDF",
    "advocacy_xlsx": "a workbook",
    "asylum_opinion_pdf": "a PDF",
    "solutions_acknowledge": "answers to POST only",
    "solutions_certificate": "a PDF",
    "solutions_depart": "answers to POST only",
    "solutions_issue": "answers to POST only",
    "solutions_plan": "answers to POST only",
    "solutions_sign": "answers to POST only",
    "statistics_report": "JSON",
}
"""Routes that show no page of their own, each with the reason."""

VISITORS = {
    "advocacy_edit_initiative": "chidi",
    "advocacy_new_initiative": "chidi",
    "advocacy_read": "chidi",
    "advocacy_wording": "chidi",
    "asylum_answer": "uma",
    "asylum_ask": "chidi",
    "asylum_request": "uma",
    "asylum_requests": "chidi",
    "access_add_agency": "eve",
    "access_add_post": "eve",
    "access_add_staff": "eve",
    "access_add_unit": "eve",
    "access_administration": "eve",
    "access_break_glass": "bruno",
    "access_emergencies": "ines",
    "access_key_passed_on": "bruno",
    "access_openings": "ines",
    "access_pass_key_on": "bruno",
    "access_request": "bruno",
    "access_requests": "bruno",
    "access_review": "ines",
    "access_reset": "eve",
    "access_staff": "eve",
    "access_unit_keys": "bruno",
    **{act.url_name: "bruno" for act in FILE_ACTS},
    "account_inactive": "",
    "account_login": "",
    "cases_answer_closure": "bruno",
    "cases_reopen": "bruno",
    "library_add": "bruno",
    "library_edit": "bruno",
    "library_import": "bruno",
    "library_withdraw": "bruno",
    "panels_attendance": "gael",
    "panels_body": "gael",
    "panels_convene": "gael",
    "panels_found": "eve",
    "panels_give_seat": "eve",
    "panels_interest": "chidi",
    "panels_item": "chidi",
    "panels_meeting": "gael",
    "panels_outcome": "gael",
    "panels_recuse": "bruno",
    "panels_recuse_seat": "gael",
    "panels_sign": "chidi",
    "panels_topic": "gael",
    "panels_view": "chidi",
    "procedures_part": "chidi",
    "procedures_parts": "chidi",
    "referrals_inbox": "chidi",
    "referrals_received": "chidi",
    "site_demonstration": "",
}
"""Who visits a route; Amina where nothing is said, a stranger where the name is empty."""

OF_THE_PANEL = {"code": "panel_code", "procedure_id": "panel_procedure_id"}
OTHER_ROWS = {
    **{
        f"panels_{page}": OF_THE_PANEL
        for page in (
            *("answer", "decision", "file_item", "of_file", "option"),
            *("put", "recuse", "task", "wishes"),
        )
    },
    "access_pass_key_on": {"post_id": "waiting_post_id"},
    "cases_answer_closure": {"code": "closing_code"},
    "cases_reopen": {"code": "closed_code"},
    "library_edit": {"key": "own_key"},
    "library_withdraw": {"key": "own_key"},
    "procedures_choice": {"procedure_id": "resettlement_procedure_id"},
    "procedures_contact": {"procedure_id": "nationality_procedure_id"},
}
"""What stands in for a parameter where the usual file would be refused."""


def walk(resolver: URLResolver, arguments: tuple[str, ...] = ()) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield the name and the parameter names of every route."""
    for entry in resolver.url_patterns:
        names = (*arguments, *entry.pattern.regex.groupindex)
        if isinstance(entry, URLResolver):
            yield from walk(entry, names)
        elif isinstance(entry, URLPattern):
            yield entry.name or str(entry.pattern), names


ROUTES = sorted(set(walk(get_resolver())))


def address(name: str, parameters: tuple[str, ...], made: dict[str, Any]) -> str:
    keys = {parameter: OTHER_ROWS.get(name, {}).get(parameter, parameter) for parameter in parameters}
    unknown = [key for key in keys.values() if key not in made]
    assert unknown == [], f"{name}: tests/journeys/prepare.py makes no {unknown}"
    return reverse(name, kwargs={parameter: made[key] for parameter, key in keys.items()})


WALKED = [route for route in ROUTES if route[0] not in {*NOT_PAGES, *LOOKED_AT}]


@pytest.mark.parametrize(("name", "parameters"), WALKED)
def test_a_page_has_no_violation(
    name: str, parameters: tuple[str, ...], made: dict[str, Any], open_page: Callable[..., Any]
) -> None:
    from tools.browser import list_faults

    path, who = address(name, parameters, made), VISITORS.get(name, "amina")
    faults = []
    for language in ("es", "en"):
        page = open_page(who, language=language, for_axe=True)
        answer = page.goto(path)
        assert answer.status < 400, f"{path} answered {answer.status} to {who or 'a stranger'}"
        assert urlsplit(page.url).path == path, f"{path} led {who or 'a stranger'} to {page.url}"
        assert page.locator("html").get_attribute("lang") == language
        faults += [f"{language} {fault}" for fault in list_faults(page)]
    assert faults == []


def test_every_declaration_is_of_a_route_that_exists() -> None:
    names = {name for name, _parameters in ROUTES}
    assert {*NOT_PAGES, *LOOKED_AT, *VISITORS, *OTHER_ROWS} - names == set()


UNSEEN = [route for route in ROUTES if route[0] in NOT_PAGES]


@pytest.mark.parametrize(("name", "parameters"), UNSEEN)
def test_what_is_left_out_of_the_walk_is_no_page(
    name: str, parameters: tuple[str, ...], made: dict[str, Any], open_page: Callable[..., Any]
) -> None:
    """A page cannot hide from the walk under a reason that is not true."""
    page = open_page(VISITORS.get(name, "amina"))
    stand_ins = {parameter: uuid4() for parameter in parameters}
    answer = page.request.get(address(name, parameters, {**stand_ins, **made}), max_redirects=0)
    is_file = answer.headers.get("content-disposition", "").startswith("attachment")
    is_page = answer.status < 300 and b"<html" in answer.body() and not is_file
    assert not is_page, f"{name} is a page: {NOT_PAGES[name]}"


def test_an_undeclared_parameter_fails_the_walk() -> None:
    with pytest.raises(AssertionError, match="makes no"):
        address("cases_secret", ("secret_id",), {"code": "AM-7KQ3-9XTR"})
