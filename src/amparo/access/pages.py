"""What every page shares: sign-in, the actor, the right, refusals, and the uniform 404."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Concatenate, ParamSpec

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache

from amparo.access.data import Actor, Locked
from amparo.access.gate.decisions import require_for_page
from amparo.access.queries import get_actor
from amparo.access.unlocking import UNLOCK_FIELD, give_cookie, unlock_in_passing
from amparo.core.policy import RecordFacts, decide
from amparo.core.refusal import Refusal, Unknown
from amparo.core.rights import ABOUT_A_RECORD, Right, get_right
from amparo.vault.data import NoKey, WrongPassphrase

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]
PUBLIC = "public"


def page(right: str) -> Callable[[View[P]], View[P]]:
    """Declare a staff page and the right it needs; sets ``request.actor``; answers refusals.

    A right that reaches a record is decided before the view runs when the route has a ``code``; a
    right of a unit or of the house is decided by role. A :class:`Refusal` becomes a page with its
    status that says what happened, why and what to do next. :class:`Unknown` becomes the uniform 404.
    In locked mode a page that needs names leads to unlocking and back.
    """
    entry = get_right(right)

    def wrap(view: View[P]) -> View[P]:
        @functools.wraps(view)
        def answer(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            try:
                secret = _unlock_if_asked(request)
                actor = _set_actor(request)
                _require(actor, entry, kwargs.get("code"))
                response = view(request, *args, **kwargs)
            except Unknown:
                raise Http404 from None
            except (Locked, NoKey, WrongPassphrase) as refusal:
                return _locked(request, refusal)
            except Refusal as refusal:
                return render(request, "site/refusal.html", {"refusal": refusal}, status=refusal.status)
            if secret:
                give_cookie(response, secret)
            return response

        declared = never_cache(login_required(answer))
        declared.right = right  # type: ignore[attr-defined]
        return declared

    return wrap


def public_page(view: View[P]) -> View[P]:
    """Declare a page for everybody. It sets no actor and must not read a table about people."""

    @functools.wraps(view)
    def answer(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        return view(request, *args, **kwargs)

    answer.right = PUBLIC  # type: ignore[attr-defined]
    return answer


def may_use(actor: Actor, right: str) -> bool:
    """Return whether the actor's roles make a page of that right worth showing in a menu. No query."""
    if not right or right == PUBLIC:
        return True
    entry = get_right(right)
    if entry.reach in ABOUT_A_RECORD:
        return True
    return decide(actor.facts(), RecordFacts(roles_here=actor.roles), right).allowed


@dataclass(frozen=True, slots=True)
class Route:
    """One route of the installation. ``right`` is "" where a view declares none: a defect."""

    pattern: str
    name: str
    right: str


def list_routes() -> list[Route]:
    """Return every route with the right that its view declares, in the order of resolution."""
    return list(_walk(get_resolver().url_patterns, ""))


def _walk(patterns: list[URLPattern | URLResolver], prefix: str) -> Iterator[Route]:
    for pattern in patterns:
        path = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from _walk(pattern.url_patterns, path)
        else:
            yield Route(path, pattern.name or "", getattr(pattern.callback, "right", ""))


def _set_actor(request: HttpRequest) -> Actor:
    actor = get_actor(request)
    request.actor = actor  # type: ignore[attr-defined]
    return actor


def _unlock_if_asked(request: HttpRequest) -> str:
    """Unlock with the passphrase that the page of a locked form sent along with what was typed."""
    passphrase = request.POST.get(UNLOCK_FIELD, "") if request.method == "POST" else ""
    return unlock_in_passing(request, passphrase) if passphrase else ""


def _require(actor: Actor, right: Right, code: object) -> None:
    require_for_page(actor, right, code if isinstance(code, str) else None)


def _locked(request: HttpRequest, refusal: Refusal) -> HttpResponseBase:
    """Lead to unlocking and back; a form that was sent is kept and sent again with the passphrase.

    Who is unlocked and still lacks the key would unlock in vain: they read the refusal.
    """
    if not hasattr(request, "actor"):
        _set_actor(request)
    if isinstance(refusal, NoKey) and request.actor.is_unlocked:  # type: ignore[attr-defined]
        return render(request, "site/refusal.html", {"refusal": refusal}, status=refusal.status)
    if request.method != "POST":
        return redirect(f"{reverse('access_unlock')}?{urlencode({'next': request.get_full_path()})}")
    return _ask_passphrase(request, refusal)


def _ask_passphrase(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    hidden = {"csrfmiddlewaretoken", UNLOCK_FIELD}
    kept = [(name, value) for name, values in request.POST.lists() if name not in hidden for value in values]
    context = {"refusal": refusal, "kept": kept, "unlock_field": UNLOCK_FIELD}
    return render(request, "access/locked_form.html", context, status=refusal.status)
