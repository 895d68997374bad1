"""What every staff page shares: sign-in, the actor, refusals, and the uniform 404."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Concatenate, ParamSpec

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from amparo.access.queries import get_actor
from amparo.core.refusal import Refusal, Unknown

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]


def page(right: str) -> Callable[[View[P]], View[P]]:
    """Declare a staff page and the right it needs; sets ``request.actor``; answers refusals.

    A :class:`Refusal` becomes a page with its status that says what happened, why and what to do
    next. :class:`Unknown` becomes the uniform 404.
    """

    def wrap(view: View[P]) -> View[P]:
        @functools.wraps(view)
        def answer(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            request.actor = get_actor(request)  # type: ignore[attr-defined]
            try:
                return view(request, *args, **kwargs)
            except Unknown:
                raise Http404 from None
            except Refusal as refusal:
                return render(request, "site/refusal.html", {"refusal": refusal}, status=refusal.status)

        answer = never_cache(login_required(answer))
        answer.right = right  # type: ignore[attr-defined]
        return answer

    return wrap
