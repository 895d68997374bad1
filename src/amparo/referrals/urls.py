"""Routes of the referrals room: the sender's under the file, the receiver's apart."""

from __future__ import annotations

from django.urls import path

from amparo.referrals.views import receiving, sending

urlpatterns = [
    path("files/<str:code>/referrals/", sending.of_file, name="referrals_of_file"),
    path("files/<str:code>/referrals/new/", sending.new, name="referrals_new"),
    path("files/<str:code>/referrals/override/", sending.override, name="referrals_override"),
    path("files/<str:code>/referrals/<uuid:referral_id>/", sending.sent, name="referrals_sent"),
    path("files/<str:code>/referrals/<uuid:referral_id>/receipt/", sending.receipt, name="referrals_receipt"),
    path("referrals/", receiving.inbox, name="referrals_inbox"),
    path("referrals/directory/", receiving.directory, name="referrals_directory"),
    path("referrals/<uuid:referral_id>/", receiving.received, name="referrals_received"),
]
