"""Entries out as a file, and in from one: read, shown, and only then taken in."""

from __future__ import annotations

from dataclasses import replace

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from amparo.access.pages import page
from amparo.core.refusal import Refusal, Unknown
from amparo.library import actions, queries
from amparo.library.data import Flaw, Instrument, Provision
from amparo.library.files import WEB_LIMIT, Fault, Reading, read_file, write_act, write_yaml
from amparo.library.forms import ImportForm
from amparo.library.queries.comparing import CHANGED, FROM_DOCTRINE, NEW, SAME, Comparison, compare
from amparo.library.queries.entries import label_of
from amparo.library.views.reading import language_of
from amparo.library.views.staff import actor_of
from amparo.library.words import SHAPES, say_fault

SHOWN = 200


@page("library.import_entries")
def import_file(request: HttpRequest) -> HttpResponse:
    """Choose a file, see what it would change, and take it in."""
    if request.method == "POST" and "yaml" in request.POST:
        return _take_in(request)
    is_sent = request.method == "POST"
    form = ImportForm(request.POST if is_sent else None, request.FILES if is_sent else None)
    if form.is_valid():
        try:
            reading = read_file(form.cleaned_data["file"].read(WEB_LIMIT + 1))
        except Refusal as refusal:
            form.add_error("file", f"{refusal.what_happened} {refusal.reason} {refusal.what_next}")
        else:
            return _preview(request, reading)
    return render(request, "library/import.html", {"form": form}, status=400 if is_sent else 200)


def _preview(request: HttpRequest, reading: Reading, refusal: Refusal | None = None) -> HttpResponse:
    language = language_of()
    compared = compare(reading.contents)
    faults, again = _find_faults(request, reading, compared)
    counts = {
        effect: sum(one.effect == effect for one in compared)
        for effect in (NEW, CHANGED, SAME, FROM_DOCTRINE)
    }
    is_sound = not faults and not counts[FROM_DOCTRINE] and counts[NEW] + counts[CHANGED] > 0
    context = {
        "counts": counts,
        "rows": [
            (one.content.key, label_of(one.content, language), SHAPES[one.content.shape], one.effect)
            for one in compared[:SHOWN]
        ],
        "more": max(0, len(compared) - SHOWN),
        "faults": [(one.line, one.field, say_fault(one.code, one.message)) for one in faults[:SHOWN]],
        "left_out": [(one.line, one.field) for one in reading.left_out[:SHOWN]],
        "again": [(one.line, one.field, say_fault(one.code, one.message)) for one in again[:SHOWN]],
        "yaml": write_yaml(reading.contents) if is_sound else "",
        "refusal": refusal,
    }
    is_refused = refusal is not None or bool(faults)
    return render(request, "library/preview.html", context, status=400 if is_refused else 200)


def _find_faults(
    request: HttpRequest, reading: Reading, compared: list[Comparison]
) -> tuple[list[Fault], list[Fault]]:
    """Return the faults of what the file would add or change, and where somebody should look again."""
    actor, now = actor_of(request)
    numbers = [number for number, one in enumerate(compared) if one.effect in (NEW, CHANGED)]
    contents = [reading.contents[number] for number in numbers]

    def in_file(flaws: list[Flaw]) -> list[Fault]:
        return [reading.fault_of(replace(flaw, number=numbers[flaw.number])) for flaw in flaws]

    found = [
        *queries.find_flaws(contents, today=now.date()),
        *actions.find_slips_in(actor, contents, now=now),
    ]
    again = actions.find_words_to_read_again(actor, contents, now=now)
    return sorted([*reading.faults, *in_file(found)]), in_file(again)


def _take_in(request: HttpRequest) -> HttpResponse:
    """Read again what the preview carried along: what a page sends is never trusted."""
    actor, now = actor_of(request)
    reading = read_file(request.POST["yaml"].encode(), limit=2 * WEB_LIMIT)
    if reading.faults:
        return _preview(request, reading)
    try:
        added, changed = actions.import_entries(actor, now=now, contents=reading.contents)
    except Refusal as refusal:
        return _preview(request, reading, refusal)
    told = {"added": added, "changed": changed}
    messages.success(request, _("Entries added: %(added)d. Entries changed: %(changed)d.") % told)
    return redirect("library_search")


@page("library.read")
def export_entries(request: HttpRequest) -> HttpResponse:
    """The entries of staff, or the one of ``key`` with its provisions, as YAML."""
    key = request.GET.get("key", "")
    if not key:
        return _download(
            write_yaml(one.content for one in queries.list_entries(origin="staff")), "library.yaml", "yaml"
        )
    shown = queries.get_entry_page(key, language_of())
    entries = (shown.entry, *shown.provisions)
    return _download(write_yaml(one.content for one in entries), f"{key.replace('/', '-')}.yaml", "yaml")


@page("library.read")
def export_act(request: HttpRequest, key: str) -> HttpResponse:
    """An instrument with its provisions in Akoma Ntoso, in the reader's language."""
    shown = queries.get_entry_page(key, language_of())
    instrument = shown.entry.content
    if not isinstance(instrument, Instrument):
        raise Unknown
    provisions = [one.content for one in shown.provisions if isinstance(one.content, Provision)]
    act = write_act(instrument, provisions, language=language_of())
    return _download(act, f"{key.replace('/', '-')}.xml", "xml")


def _download(content: str | bytes, name: str, kind: str) -> HttpResponse:
    response = HttpResponse(content, content_type=f"application/{kind}; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
