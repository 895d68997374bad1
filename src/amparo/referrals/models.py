"""Tables of the referrals room: the directory of services, and referrals.

Nothing that tells about a person lies here: what is shared is a sealed extract in the vault, what
the receiver answers in words is sealed to the sender's unit, and why consent was overridden is a
field of the person's narrative. ``shared_items`` are the codes of what was shared.
"""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from uuid_utils.compat import uuid7

from amparo.access.scoping import ScopedQuerySet
from amparo.referrals.data import OPEN_STATES, Outcome, ReferralState


class ServiceOffer(models.Model):
    """A service that a unit offers to the others. ``call_line`` is the desk's own number."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    unit = models.ForeignKey("access.Unit", on_delete=models.PROTECT, related_name="+")
    service_type = models.CharField(max_length=40)
    call_line = models.CharField(max_length=60, blank=True, default="")
    is_active = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["unit", "service_type"], name="referrals_one_offer"),
        ]

    def __str__(self) -> str:
        return f"{self.service_type} {self.unit_id}"


class ReferralQuerySet(ScopedQuerySet):
    """Referrals by the person they are about, for the side that holds the file."""

    scope_path = "person_id"


class Referral(models.Model):
    """A request that another unit serve a person, with the extract that it may read.

    ``reference`` is what both sides call it. ``version`` decides who wins when two act at once.
    Either a consent or an override signed by a second person stands behind every referral that was
    sent; a draft waits for that signature.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    reference = models.CharField(max_length=20, unique=True)
    person = models.ForeignKey("access.Scope", on_delete=models.PROTECT, related_name="+")
    from_unit = models.ForeignKey("access.Unit", on_delete=models.PROTECT, related_name="+")
    to_unit = models.ForeignKey("access.Unit", on_delete=models.PROTECT, related_name="+")
    to_staff = models.ForeignKey("access.Staff", on_delete=models.PROTECT, null=True, related_name="+")
    purpose = models.CharField(max_length=40)
    service_type = models.CharField(max_length=40)
    urgency = models.CharField(max_length=20)
    shared_items = models.JSONField(default=list)
    state = models.CharField(max_length=20, choices=[(state, state) for state in ReferralState])
    version = models.PositiveIntegerField(default=1)

    grant_id = models.UUIDField(null=True)
    consent_id = models.UUIDField(null=True)
    override_basis = models.CharField(max_length=40, blank=True, default="")
    override_signed_by = models.ForeignKey(
        "access.Staff", on_delete=models.PROTECT, null=True, related_name="+"
    )

    sent_by = models.ForeignKey("access.Staff", on_delete=models.PROTECT, related_name="+")
    sent_at = models.DateTimeField()
    due_at = models.DateTimeField()
    escalate_at = models.DateTimeField()
    escalated_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField()

    accepted_by = models.ForeignKey("access.Staff", on_delete=models.PROTECT, null=True, related_name="+")
    accepted_at = models.DateTimeField(null=True)
    rejection = models.CharField(max_length=40, blank=True, default="")
    outcome = models.CharField(
        max_length=30, blank=True, default="", choices=[(outcome, outcome) for outcome in Outcome]
    )
    answered_by = models.ForeignKey("access.Staff", on_delete=models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)
    answer_intake_id = models.UUIDField(null=True)
    ended_because = models.CharField(max_length=30, blank=True, default="")
    ended_at = models.DateTimeField(null=True)
    seen_by_sender_at = models.DateTimeField(null=True)
    stopped_by = models.ForeignKey("access.Staff", on_delete=models.PROTECT, null=True, related_name="+")
    stopped_at = models.DateTimeField(null=True)
    confirmed_with_person_at = models.DateTimeField(null=True)

    objects = ReferralQuerySet.as_manager()

    class Meta:
        ordering = ("-sent_at", "-id")
        indexes = [
            models.Index(fields=["person", "-sent_at", "id"], name="referrals_of_person"),
            models.Index(fields=["to_unit", "state", "due_at", "id"], name="referrals_inbox"),
            models.Index(fields=["from_unit", "state", "due_at", "id"], name="referrals_outbox"),
            models.Index(
                fields=["expires_at"],
                name="referrals_to_expire",
                condition=Q(state__in=sorted(OPEN_STATES)),
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="referrals_consent_or_signed_override",
                condition=Q(consent_id__isnull=False)
                | (
                    ~Q(override_basis="")
                    & (
                        Q(override_signed_by__isnull=False)
                        | Q(state__in=[ReferralState.DRAFT, ReferralState.REVOKED, ReferralState.EXPIRED])
                    )
                ),
            ),
            models.CheckConstraint(
                name="referrals_override_needs_two",
                condition=Q(override_signed_by__isnull=True) | ~Q(override_signed_by=F("sent_by")),
            ),
            models.CheckConstraint(name="referrals_not_to_oneself", condition=~Q(from_unit=F("to_unit"))),
            models.CheckConstraint(
                name="referrals_accepted_says_who",
                condition=~Q(state=ReferralState.ACCEPTED) | Q(accepted_by__isnull=False),
            ),
            models.CheckConstraint(
                name="referrals_rejected_says_why",
                condition=~Q(state=ReferralState.REJECTED) | ~Q(rejection=""),
            ),
            models.CheckConstraint(
                name="referrals_done_says_how", condition=~Q(state=ReferralState.DONE) | ~Q(outcome="")
            ),
        ]

    def __str__(self) -> str:
        return self.reference
