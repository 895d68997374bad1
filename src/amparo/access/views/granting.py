"""Acts that give or end a relation to a file: the team, delegation, guardians, ending."""

from __future__ import annotations

from typing import Any

from django.forms import Form
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from amparo.access import actions, file_acts
from amparo.access.actions.relations import LONGEST_DELEGATION, LONGEST_GUARDIANSHIP
from amparo.access.forms.file_access import ColleagueForm, DelegationForm, GrantForm, PassingForm, end_of
from amparo.access.queries import list_for_delegation, list_for_guardianship, list_for_team, who_has_access
from amparo.access.views.file_acts import ActPage, FilePage
from amparo.vault.data import Compartment


def _team_form(at: FilePage, data: QueryDict | None) -> Form | None:
    colleagues = list_for_team(at.actor, at.facts)
    return ColleagueForm(data, colleagues=colleagues) if colleagues else None


def _join(at: FilePage, values: dict[str, Any]) -> object:
    return actions.join_team(at.actor, now=at.now, person_id=at.facts.person_id, staff_id=values["staff_id"])


def _delegation_form(at: FilePage, data: QueryDict | None) -> Form | None:
    colleagues = list_for_delegation(at.actor, at.facts)
    days = LONGEST_DELEGATION.days
    return DelegationForm(data, colleagues=colleagues, longest_days=days, now=at.now) if colleagues else None


def _delegate(at: FilePage, values: dict[str, Any]) -> object:
    return actions.delegate(
        at.actor,
        now=at.now,
        person_id=at.facts.person_id,
        staff_id=values["staff_id"],
        until_at=end_of(values["until"]),
        compartments=[Compartment(part) for part in values["compartments"]],
    )


def _guardian_form(at: FilePage, data: QueryDict | None) -> Form | None:
    colleagues = list_for_guardianship(at.actor, at.facts)
    days = LONGEST_GUARDIANSHIP.days
    return PassingForm(data, colleagues=colleagues, longest_days=days, now=at.now) if colleagues else None


def _appoint(at: FilePage, values: dict[str, Any]) -> object:
    return actions.appoint_guardian(
        at.actor,
        now=at.now,
        person_id=at.facts.person_id,
        staff_id=values["staff_id"],
        until_at=end_of(values["until"]),
    )


def _ending_form(at: FilePage, data: QueryDict | None) -> Form | None:
    lines = [line for line in who_has_access(at.actor, at.facts.person_id) if line.grant_id is not None]
    return GrantForm(data, lines=lines) if lines else None


def _end(at: FilePage, values: dict[str, Any]) -> object:
    return actions.end_grant(at.actor, now=at.now, person_id=at.facts.person_id, grant_id=values["grant_id"])


NOBODY = _("There is nobody to choose: everybody whom the rules allow has this access already.")

TEAM = ActPage(
    act=file_acts.TEAM,
    consequences=(
        _("Your colleague joins the case team and stays on it until somebody ends it."),
        _("On a sealed case they get its keys, and can open what their role allows."),
    ),
    nothing=NOBODY,
    make_form=_team_form,
    carry_out=_join,
    done=_("Your colleague is on the case team"),
)
DELEGATE = ActPage(
    act=file_acts.DELEGATE,
    consequences=(
        _("Your colleague can open the parts you choose, as far as their role allows, until that day."),
        _("They cannot delegate further, seal the case or exclude anybody."),
        _("What they read until then cannot be unread."),
    ),
    nothing=NOBODY,
    make_form=_delegation_form,
    carry_out=_delegate,
    done=_("The file was delegated"),
    next_step=_("The delegation ends by itself; a supervisor can end it sooner."),
)
GUARDIAN = ActPage(
    act=file_acts.GUARDIAN,
    consequences=(
        _("The guardian can follow the file and open identity and contact, nothing else, until that day."),
    ),
    nothing=_("A guardian is appointed for a child, among staff with that role. There is nobody to choose."),
    make_form=_guardian_form,
    carry_out=_appoint,
    done=_("The guardian was appointed"),
)
END = ActPage(
    act=file_acts.END,
    consequences=(
        _("The access ends at once and the keys that came with it are taken away."),
        _("Where you end an exclusion, that colleague can again reach the file by their post or role."),
    ),
    nothing=_(
        "Nobody holds access that could be ended here: the unit's members reach the file by their post."
    ),
    make_form=_ending_form,
    carry_out=_end,
    done=_("The access was ended"),
)
PAGES = (TEAM, DELEGATE, GUARDIAN, END)
