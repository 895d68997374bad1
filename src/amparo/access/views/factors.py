"""The pages of django-allauth about one's own account, behind our right and our care."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

from allauth.mfa.adapter import get_adapter
from allauth.mfa.totp.internal import auth as totp
from django.http import HttpRequest, HttpResponse, HttpResponseBase

from amparo.access.pages import page

AnyView = Callable[..., HttpResponseBase]


def own(view: AnyView) -> AnyView:
    """Declare a page of one's own account.

    allauth keeps a suspended request, with every header, in the session's row while it asks who you
    are. The unlock cookie must not come to lie in the database, so the header goes first; Django has
    read the cookies already.
    """

    @page("access.own_account")
    @functools.wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        assert request.COOKIES is not None
        request.META.pop("HTTP_COOKIE", None)
        return view(request, *args, **kwargs)

    return answer


@own
def app_picture(request: HttpRequest) -> HttpResponse:
    """Draw the secret that is being set up, for the authenticator app to scan. Never kept."""
    adapter = get_adapter()
    url = adapter.build_totp_url(request.user, totp.get_totp_secret(regenerate=False))
    return HttpResponse(adapter.build_totp_svg(url), content_type="image/svg+xml")
