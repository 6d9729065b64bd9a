"""Everybody around a child, and the child's audit."""

from __future__ import annotations

import dataclasses
import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from clinic import policy
from tracking.readings import clinic_audit
from tracking.readings import people as reading
from web.audit import older_than, position_of
from web.desk import ChildDesk, open_child
from web.forms.audit import AskedForm
from web.forms.people import CoverForm, JoinTeamForm, SwapForm
from web.pages import page


@page()
def people(request: HttpRequest, child: uuid.UUID) -> HttpResponse:
    """The people page."""
    return shown(request, open_child(request, child))


def shown(request: HttpRequest, desk: ChildDesk, **forms: Any) -> HttpResponse:
    """The people page, with a form that came back where there is one."""
    around = reading.people_of(desk.child, now=desk.now)
    staff = reading.colleagues(desk.clinic)
    treating = reading.colleagues(desk.clinic, treating_only=True)
    families = [household.home.family for household in around.households]
    answers = {
        "join_form": JoinTeamForm(staff=staff, treating=treating),
        "cover_form": CoverForm(treating=treating),
        "swap_form": SwapForm(families=families, initial={"on": desk.today}),
        "treating": [one for one in treating if one.user_id != desk.user.pk],
        **forms,
    }
    return render(
        request,
        "people/people.html",
        desk.page(
            "people",
            around=around,
            may_manage_team=desk.lets(policy.may_manage_care_team),
            may_change_homes=desk.lets(policy.may_change_homes),
            may_grant=desk.lets(policy.may_grant_access),
            may_draft=desk.lets(policy.may_draft_invitation),
            may_change_child=desk.lets(policy.may_change_child),
            may_view_audit=policy.may_view_audit(desk.user, desk.child),
            **answers,
        ),
    )


@page()
def seen(request: HttpRequest, child: uuid.UUID) -> HttpResponse:
    """Who opened the record, and who changed something in it."""
    desk = open_child(request, child)
    desk.demand(policy.may_view_audit)
    form = AskedForm(request.GET, people=clinic_audit.people_to_choose(desk.clinic))
    asked = dataclasses.replace(form.asked(), child=desk.child.pk)
    shown = clinic_audit.page_of_events(desk.clinic, asked, before=position_of(request))
    filters = form.told_in(request.GET)
    answers = desk.page(
        "people", form=form, shown=shown, filters=filters, older=older_than(filters, shown.next_before)
    )
    return render(request, "people/seen.html", answers)
