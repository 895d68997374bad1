"""Routes of the access room: sign-in, second factors, unlocking.

Only the pages of django-allauth that this house uses have a route: no sign-up, no mail, no reset.
"""

from __future__ import annotations

from allauth.account import views as account
from allauth.mfa.base import views as factors
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from django.urls import URLPattern, path

from amparo.access.pages import public_page
from amparo.access.views import (
    administration,
    emergencies,
    granting,
    keys,
    oversight,
    requests,
    unlocking,
    withholding,
)
from amparo.access.views.factors import app_picture, own
from amparo.access.views.file_acts import ActPage, receipt_of, view_of

FILE_PAGES = (*granting.PAGES, *withholding.PAGES)


def routes_of(act_page: ActPage) -> list[URLPattern]:
    """Return the two routes of an act on a file: the page, and its receipt."""
    place, name = f"files/<str:code>/access/{act_page.act.slug}/", act_page.act.url_name
    return [
        path(place, view_of(act_page), name=name),
        path(f"{place}done/", receipt_of(act_page), name=f"{name}_done"),
    ]


urlpatterns = [
    path("sign-in/", public_page(account.login), name="account_login"),
    path("sign-in/second-factor/", public_page(factors.authenticate), name="mfa_authenticate"),
    path("sign-in/passkey/", public_page(webauthn.login_webauthn), name="mfa_login_webauthn"),
    path("sign-in/closed/", public_page(account.account_inactive), name="account_inactive"),
    path("sign-out/", unlocking.sign_out, name="account_logout"),
    path("unlock/", unlocking.unlock, name="access_unlock"),
    path("lock/", unlocking.lock, name="access_lock"),
    path("account/passphrase/", unlocking.passphrase, name="access_passphrase"),
    path("account/confirm/", own(account.reauthenticate), name="account_reauthenticate"),
    path("account/factors/", own(factors.index), name="mfa_index"),
    path("account/factors/confirm/", own(factors.reauthenticate), name="mfa_reauthenticate"),
    path("account/factors/app/", own(totp.activate_totp), name="mfa_activate_totp"),
    path("account/factors/app/picture/", app_picture, name="access_app_picture"),
    path("account/factors/app/remove/", own(totp.deactivate_totp), name="mfa_deactivate_totp"),
    path("account/factors/codes/", own(recovery.view_recovery_codes), name="mfa_view_recovery_codes"),
    path(
        "account/factors/codes/new/",
        own(recovery.generate_recovery_codes),
        name="mfa_generate_recovery_codes",
    ),
    path(
        "account/factors/codes/download/",
        own(recovery.download_recovery_codes),
        name="mfa_download_recovery_codes",
    ),
    path("account/factors/keys/", own(webauthn.list_webauthn), name="mfa_list_webauthn"),
    path("account/factors/keys/add/", own(webauthn.add_webauthn), name="mfa_add_webauthn"),
    path(
        "account/factors/keys/confirm/",
        own(webauthn.reauthenticate_webauthn),
        name="mfa_reauthenticate_webauthn",
    ),
    path("account/factors/keys/<int:pk>/remove/", own(webauthn.remove_webauthn), name="mfa_remove_webauthn"),
    path("account/factors/keys/<int:pk>/", own(webauthn.edit_webauthn), name="mfa_edit_webauthn"),
    path("notices/", emergencies.notices, name="access_notices"),
    path("emergency/", emergencies.break_glass, name="access_break_glass"),
    path("unit-keys/", keys.waiting, name="access_unit_keys"),
    path("unit-keys/passed/", keys.passed_on, name="access_key_passed_on"),
    path("unit-keys/<uuid:post_id>/", keys.pass_on, name="access_pass_key_on"),
    path("requests/", requests.requests, name="access_requests"),
    path("requests/<uuid:countersign_id>/", requests.show, name="access_request"),
    path("requests/<uuid:countersign_id>/confirm/", requests.confirm, name="access_confirm_request"),
    path("requests/<uuid:countersign_id>/carry-out/", requests.carry_out, name="access_carry_out_request"),
    path("oversight/openings/", oversight.openings, name="access_openings"),
    path("oversight/emergencies/", oversight.emergencies, name="access_emergencies"),
    path("oversight/emergencies/<uuid:emergency_id>/", oversight.review, name="access_review"),
    path("administration/", administration.home, name="access_administration"),
    path("administration/agencies/add/", administration.add_agency, name="access_add_agency"),
    path("administration/units/add/", administration.add_unit, name="access_add_unit"),
    path("administration/staff/add/", administration.add_staff, name="access_add_staff"),
    path("administration/staff/<uuid:staff_id>/", administration.staff, name="access_staff"),
    path("administration/staff/<uuid:staff_id>/posts/add/", administration.add_post, name="access_add_post"),
    path(
        "administration/staff/<uuid:staff_id>/posts/<uuid:post_id>/end/",
        administration.end_post,
        name="access_end_post",
    ),
    path("administration/staff/<uuid:staff_id>/passphrase/", administration.reset, name="access_reset"),
    path("administration/staff/<uuid:staff_id>/close/", administration.close_account, name="access_close"),
    *[route for act_page in FILE_PAGES for route in routes_of(act_page)],
]
