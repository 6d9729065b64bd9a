"""What the family is asked, and who chose it; a guardian may change it."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from tracking import policy
from tracking.readings import asking as reading
from tracking.readings.after_care import care_ended
from web.choosing import chosen
from web.home.corner import enter, of_the_living
from web.pages import page


@page("GET", "POST")
@of_the_living
def asking(request: HttpRequest, child: uuid.UUID) -> HttpResponse:
    corner = enter(request, child)
    asked = reading.asking(corner.child, corner.sight, on=corner.today)
    forms = chosen(request, corner.user, corner.child, asked, today=corner.today, now=corner.now)
    if forms is None:
        messages.success(request, _("Kept. It holds from today."))
        return redirect("family_asking", child=corner.child.pk)
    answers = {
        "asking": asked,
        "ended": care_ended(corner.child, corner.sight),
        "may_change": policy.may_change_ask_plan(corner.user, corner.child),
    }
    return render(request, "home/asking.html", corner.page("more", **answers, **forms))
