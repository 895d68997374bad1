"""The expected "no" of the referrals room."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from amparo.core.refusal import Refusal

WHY_NOT = {
    "no_consent": _("No consent of the person is recorded for this purpose and this unit."),
    "expired": _("The consent of the person has ended."),
    "other_purpose": _("The recorded consent is for another purpose."),
    "other_recipient": _("The recorded consent is for other units."),
}
"""Why a plan shares nothing, in the words of ``core.sharing``."""


class NotReferred(Refusal):
    """Nothing was shared and no referral exists."""

    what = _("The referral was not made. Nothing was shared.")


class NoConsent(NotReferred):
    code = "referrals.no_consent"
    why = _("%(reason)s")
    next_step = _(
        "Record the person's consent and try again. Only for a vital interest, or the best interests of a "
        "child, may a referral be proposed without it; a supervisor must then sign."
    )


class AlreadySent(Refusal):
    """The same form, sent twice: the first one made the referral."""

    code = "referrals.already_sent"
    what = _("No second referral was made.")
    why = _("This form was sent before, and made one referral.")
    next_step = _("Look at the referrals of the file. For another one, open a new form.")


class FirewallHolds(NotReferred):
    """The receiver answers to a State of origin, or is a consulate (rule 3)."""

    code = "referrals.firewall"
    why = _(
        "Nothing about this person goes to the agencies of their country of origin, nor to any consulate."
    )
    next_step = _(
        "Choose another unit. Lifting this needs written consent, legal advice on record, no recorded fear "
        "of that State, and two people."
    )


class NeverWithoutConsent(NotReferred):
    """An override never reaches police, prosecution or consulates."""

    code = "referrals.never_without_consent"
    why = _("Without the person's consent nothing goes to police, prosecution or a consulate. No exception.")
    next_step = _("Ask the person, or choose a unit that protects.")


class OverrideNotJustified(NotReferred):
    code = "referrals.override_not_justified"
    why = _(
        "Sharing without consent needs a reason of at least %(length)s characters, an explanation given to "
        "the person, and a check that nobody is exposed to return to danger."
    )
    next_step = _("Write why life or the best interests of the child require it, and confirm both checks.")


class OnlyForChildren(NotReferred):
    code = "referrals.only_for_children"
    why = _("The best interests of the child justify it only for a child, or while age is in doubt.")
    next_step = _("For an adult, only a vital interest can stand in for consent.")


class SameUnit(NotReferred):
    code = "referrals.same_unit"
    why = _("The unit you chose is the one that holds the file.")
    next_step = _("Within the unit, plan a task instead.")


class SignedByTheSame(Refusal):
    code = "referrals.signed_by_the_same"
    what = _("The referral was not signed.")
    why = _("You proposed it yourself. Sharing without consent needs a second person.")
    next_step = _("Ask another supervisor of the unit.")


class AlreadyAnswered(Refusal):
    """Somebody else was first: exactly one wins, and the other is told who."""

    code = "referrals.already_answered"
    what = _("Your answer was not recorded.")
    why = _("%(who)s answered first. The referral is now: %(state)s.")
    next_step = _("Open the referral again; talk to your colleague if you disagree.")


class NotReadable(Refusal):
    """The extract is gone: withdrawn, expired or the referral is closed."""

    code = "referrals.not_readable"
    what = _("The extract can no longer be read.")
    why = _("The referral is now: %(state)s.")
    next_step = _("Stop the service if it began, destroy any copy, and call the unit that sent it.")
    status = 410


class NotInThisState(Refusal):
    code = "referrals.not_in_this_state"
    what = _("This was not done.")
    why = _("The referral is now: %(state)s.")
    next_step = _("Open the referral again and look at what happened.")
