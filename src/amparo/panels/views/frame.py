"""What the forms of this room share: one thing on a page, one call, and back to where it stands."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise

from amparo.access.data import Locked
from amparo.access.public_texts import ReadAgainForm
from amparo.core.refusal import Refusal
from amparo.panels.data.refusals import SentBefore
from amparo.procedures.pages import FilePage, actor_of, now_of, put_refusal
from amparo.vault.data import NoKey

TAB = "panels_of_file"


@dataclass(frozen=True, slots=True)
class Step:
    """One form: its words, where it leads back, and what it does with what was typed."""

    title: str | Promise
    lede: str | Promise
    button: str | Promise
    back_url: str
    done: str | Promise
    form: Form
    act: Callable[[], object]


def run_step(
    request: HttpRequest, step: Step, *, file: FilePage | None = None, more: dict[str, Any] | None = None
) -> HttpResponse:
    """Show a form, or do what it says; a refusal stands above it and what was typed stays.

    Locked mode is left to the page, which asks for the passphrase and keeps the form. A form whose words
    everybody reads may ask for a second look first. One that was sent before leads back like the first.
    """
    if step.form.is_valid() and not _asks_again(request, step.form):
        try:
            step.act()
        except (Locked, NoKey):
            raise
        except SentBefore as refusal:
            messages.info(request, f"{refusal.what_happened} {refusal.reason}")
            return redirect(step.back_url)
        except Refusal as refusal:
            put_refusal(step.form, refusal)
        else:
            messages.success(request, str(step.done))
            return redirect(step.back_url)
    context = {"step": step, "form": step.form, **(more or {})}
    status = 400 if step.form.is_bound else 200
    if file is not None:
        return file.show("panels/file_form.html", context, status=status)
    return render(request, "panels/form.html", context, status=status)


def _asks_again(request: HttpRequest, form: Form) -> bool:
    if not isinstance(form, ReadAgainForm):
        return False
    return form.asks_again(actor_of(request), now=now_of(request))
