"""What the panels room refuses, with what to do next."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from amparo.core.refusal import Refusal


class NotOfTheUnit(Refusal):
    """A seat for somebody who does not work in that unit."""

    code = "panels.not_of_the_unit"
    what = _("The seat was not given.")
    why = _("That person does not work in that unit, or has a seat in this body already.")
    next_step = _("Choose somebody who works there now, or end the other seat first.")
    status = 400


class TooLate(Refusal):
    """A notice for a moment that is over, or a change of a meeting that is."""

    code = "panels.too_late"
    what = _("The meeting was not changed.")
    why = _("It is over, or the moment that you gave has passed.")
    next_step = _("Convene another meeting, at a later moment.")


class MeetingTooFar(Refusal):
    """A notice for a day that is more than two years away."""

    code = "panels.meeting_too_far"
    what = _("The meeting was not convened.")
    why = _("The day lies more than two years ahead.")
    next_step = _("Check the year, and give an earlier day.")
    status = 400


class NotYoursToRecuse(Refusal):
    """A recusal by somebody who is neither the member nor of the body's secretariat."""

    code = "panels.not_yours_to_recuse"
    what = _("The recusal was not recorded.")
    why = _("Only the member, or the secretariat of the body, declares a conflict of interest.")
    next_step = _("Tell the member or the secretariat what you know.")
    status = 403


class TooLateToRecuse(Refusal):
    """A recusal once the decision is written or signed."""

    code = "panels.too_late_to_recuse"
    what = _("The recusal was not recorded.")
    why = _("The decision is written or signed, and nobody is set aside after that.")
    next_step = _("Put the procedure on the agenda of another meeting if it must be decided again.")


class NotHeldYet(Refusal):
    """Attendance or a decision before the meeting."""

    code = "panels.not_held_yet"
    what = _("This was not recorded.")
    why = _("The meeting has not taken place, or nobody recorded who was there.")
    next_step = _("Record the attendance once the meeting has begun.")


class NotCompetent(Refusal):
    """A body that does not decide this kind of procedure."""

    code = "panels.not_competent"
    what = _("The procedure was not put on the agenda.")
    why = _("That body does not decide this procedure, or no panel decides it.")
    next_step = _("Choose the meeting of a body that does.")


class AlreadyOnAgenda(Refusal):
    """The same procedure twice at one meeting."""

    code = "panels.already_on_agenda"
    what = _("The procedure was not put on the agenda again.")
    why = _("It is on the agenda of that meeting already.")
    next_step = _("Open its page, or choose another meeting.")


class WishesFirst(Refusal):
    """Options, views or a decision before the person's wishes are recorded."""

    code = "panels.wishes_first"
    what = _("This was not recorded.")
    why = _("The wishes of the person are not recorded yet, and they come before everything else.")
    next_step = _("Ask the person, and record what they want, or that they prefer not to say.")


class OptionsFirst(Refusal):
    """A view or a decision on options that are not there."""

    code = "panels.options_first"
    what = _("This was not recorded.")
    why = _("It names no option that is being compared.")
    next_step = _("Choose among the options on the page; the unit of the file can add others.")
    status = 400


class OptionsExclude(Refusal):
    """A decision for options of which one excludes another."""

    code = "panels.options_exclude"
    what = _("The decision was not recorded.")
    why = _("Some of these options exclude each other: %(pairs)s.")
    next_step = _("Write which of them the panel chose; what the others add can stand among the conditions.")
    status = 400


class DeclareFirst(Refusal):
    """A view or a signature before a declaration on conflicts of interest."""

    code = "panels.declare_first"
    what = _("This was not recorded.")
    why = _("You have not declared yet whether you have a conflict of interest in this case.")
    next_step = _("Declare it first, on the page of the case.")


class MembersOnly(Refusal):
    """A signature by an adviser or observer."""

    code = "panels.members_only"
    what = _("Your signature was not recorded.")
    why = _("You speak in this body and do not decide: only members sign, within their term, if present.")
    next_step = _("Give your view instead; the panel reads it.")
    status = 403


class PreparedIt(Refusal):
    """A signature by whoever prepared the case, where the procedure keeps the two apart."""

    code = "panels.prepared_it"
    what = _("Your signature was not recorded.")
    why = _("You prepared this case, and who prepares a case does not decide it.")
    next_step = _("Leave the decision to the other members.")
    status = 403


class NoQuorum(Refusal):
    """A decision without enough of those who must decide."""

    code = "panels.no_quorum"
    what = _("The decision was not recorded.")
    why = _("There was no quorum. Missing: %(missing)s.")
    next_step = _("Convene the members who are missing, or share the case with those who may see it.")


class GuideFirst(Refusal):
    """A decision that its guide does not carry, without the panel's words why it decides all the same."""

    code = "panels.guide_first"
    what = _("The decision was not recorded.")
    why = _("The guide on which it rests is not answered as this procedure asks. Missing: %(missing)s.")
    next_step = _("Answer the guide, or write why the panel decides without it: that is printed.")


class AlreadyDecided(Refusal):
    """A second decision, or a change of what leads to it."""

    code = "panels.already_decided"
    what = _("This was not recorded.")
    why = _("The panel has decided on this, and its decision is in force.")
    next_step = _("Put the procedure on the agenda of another meeting to decide again.")


class NothingDecided(Refusal):
    """An approval, a signature or an answer without a decision that waits for it."""

    code = "panels.nothing_decided"
    what = _("This was not recorded.")
    why = _("There is no decision that waits for this, or it is not in force yet.")
    next_step = _("Read the page again: it says where the decision stands.")


class NotApproved(Refusal):
    """An approval by whoever wrote or signed the decision."""

    code = "panels.not_approved"
    what = _("The decision was not approved.")
    why = _("Whoever wrote or signed a decision does not approve it: a second pair of eyes does.")
    next_step = _("Ask another supervisor of the unit.")
    status = 403


class ApprovedIt(Refusal):
    """A signature by whoever approved the decision."""

    code = "panels.approved_it"
    what = _("Your signature was not recorded.")
    why = _("You approved this decision, and whoever approves it is not of those who sign it.")
    next_step = _("Leave the signature to the other members.")
    status = 403


class SomethingElseNow(Refusal):
    """What the member read is not what they would sign."""

    code = "panels.something_else_now"
    what = _("Your signature was not recorded.")
    why = _("The decision was written anew in the meantime; you would sign something else.")
    next_step = _("Read the page again and sign what it says now.")


class ReviewTooEarly(Refusal):
    """A date of review that is over."""

    code = "panels.review_too_early"
    what = _("The decision was not recorded.")
    why = _("The date of review must lie after today.")
    next_step = _("Give a later day.")
    status = 400


class SentBefore(Refusal):
    """The same form, sent twice: the first one did what it says."""

    code = "panels.sent_before"
    what = _("Nothing was recorded a second time.")
    why = _("This form was sent before, and what it recorded stands.")
    next_step = _("Open the page again; if you changed your words since, record them there.")


class ReviewTooFar(Refusal):
    """A date of review later than doctrine allows, or than a year ahead for a child."""

    code = "panels.review_too_far"
    what = _("The decision was not recorded.")
    why = _("This decision is reviewed within %(days)d days, and the day that you gave is later.")
    next_step = _("Check the year, and give an earlier day.")
    status = 400
