"""The expected refusals of the cases room."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from amparo.core.refusal import Refusal


class PossibleDuplicate(Refusal):
    """The names resemble somebody already registered and nobody said that this is another person."""

    code = "cases.possible_duplicate"
    what = _("The person was not registered yet.")
    why = _("The names resemble %(count)d people who are already registered.")
    next_step = _("Look at them; if none is this person, confirm that this is another person.")


class AlreadyRegistered(Refusal):
    """The same form, sent twice: the first one registered the person."""

    code = "cases.already_registered"
    what = _("No second person was registered.")
    why = _("This form was sent before, and registered one person.")
    next_step = _("Find the file in your worklist. For another person, open a new form.")


class NoCustodians(Refusal):
    """The unit's agency has fewer than two custodians: a lost passphrase would lose every file."""

    code = "cases.no_custodians"
    what = _("The person was not registered.")
    why = _("Your agency has fewer than two custodians of recovery cards; its files could be lost for ever.")
    next_step = _("Ask for the cards (amparo keys recovery-cards); two people must confirm theirs.")


class StatusOverlap(Refusal):
    """The interval would overlap another on the same axis."""

    code = "cases.status_overlap"
    what = _("The status was not recorded.")
    why = _("Its dates overlap another status of the same history.")
    next_step = _("End the other status first, or correct the dates.")


class FileNotOpen(Refusal):
    """The file is closed; its contents do not change until it is reopened."""

    code = "cases.file_not_open"
    what = _("This was not saved.")
    why = _("The file is closed.")
    next_step = _("Reopen the file, with a reason, and try again.")


class NotInThisState(Refusal):
    """The file, task or consent is no longer in the state that this step starts from."""

    code = "cases.not_in_this_state"
    what = _("This was not done.")
    why = _("It was already done, or something else happened first.")
    next_step = _("Open the page again and look at what happened.")


class SamePersonApproves(Refusal):
    """Whoever asks for a closure may not approve it."""

    code = "cases.same_person_approves"
    what = _("The closure was not approved.")
    why = _("You asked for it yourself. A closure needs two people.")
    next_step = _("Ask another supervisor of the unit.")


class NotSuchADay(Refusal):
    """A day that cannot be."""

    what = _("This was not saved.")
    next_step = _("Correct the date.")


class BirthInFuture(NotSuchADay):
    code = "cases.birth_in_future"
    why = _("Nobody is born in the future.")


class BirthTooEarly(NotSuchADay):
    code = "cases.birth_too_early"
    why = _("Nobody alive was born before %(year)d.")


class HappensInFuture(NotSuchADay):
    code = "cases.happens_in_future"
    why = _("It cannot start or happen in the future.")


class HappensTooEarly(NotSuchADay):
    code = "cases.happens_too_early"
    why = _("It cannot start or happen before %(year)d.")


class DueTooFar(NotSuchADay):
    code = "cases.due_too_far"
    why = _("What is due lies within %(past)d years back and %(ahead)d years ahead.")


class ConsentTooOld(NotSuchADay):
    code = "cases.consent_too_old"
    why = _("It cannot start more than %(years)d years ago.")


class ConsentTooLong(NotSuchADay):
    code = "cases.consent_too_long"
    why = _("It can last until %(years)d years from today at most.")


class ConsentIncomplete(Refusal):
    """An agreement that cannot stand for a person who is or may be a child."""

    what = _("The consent was not recorded.")


class ChildAlone(ConsentIncomplete):
    code = "cases.child_alone"
    why = _("The person is or may be a child: a child's agreement alone is not enough.")
    next_step = _(
        "Name the guardian who agrees too (a supervisor appoints one on the access tab), or the child "
        "protection authority. Where life is at stake, choose vital interest and write why."
    )


class AssentMissing(ConsentIncomplete):
    code = "cases.assent_missing"
    why = _("Nothing says that the child agrees.")
    next_step = _(
        "Ask the child, in words they understand, and record the answer. Only a child under 12, or one "
        "whose best interests were determined, may be recorded as too young to answer."
    )


class ChildRefused(ConsentIncomplete):
    code = "cases.child_refused"
    why = _("The child does not agree.")
    next_step = _(
        "Record that the person does not agree. If the best interests of the child still require it, "
        "propose a referral without consent: a supervisor must sign."
    )


class BasisOfAnAdult(ConsentIncomplete):
    code = "cases.basis_of_an_adult"
    why = _("For a person who is or may be a child this legal basis does not hold.")
    next_step = _(
        "Choose the child's assent with the guardian's consent, the best interests of the child, or, "
        "where life is at stake, vital interest."
    )


class UrgencyNotExplained(ConsentIncomplete):
    code = "cases.urgency_not_explained"
    why = _("Sharing for a vital interest needs a reason of at least %(minimum)s characters.")
    next_step = _("Write why life or integrity is at stake now. The unit's supervisors are told.")


class BadInterval(Refusal):
    """An interval that ends before it starts."""

    code = "cases.bad_interval"
    what = _("This was not saved.")
    why = _("It ends before it starts.")
    next_step = _("Correct the dates.")
