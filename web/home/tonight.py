"""The first screen: what is due here today, what is done, and the few things a parent may log."""

from __future__ import annotations

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from clinic import rls
from clinic.models import Child, User
from clinic.vocabulary import AuditCode
from tracking.readings import entrance
from tracking.readings import today as reading
from tracking.readings.after_care import care_ended
from tracking.readings.hand_off import hand_off
from tracking.readings.own import cared_for_by
from tracking.reminders.shown import tonight_of
from web.forms.asking import CheckInForm
from web.home.corner import enter, of_the_living
from web.pages import page


@page("GET")
def family(request: HttpRequest) -> HttpResponse:
    """The one child's evening; a choice where somebody cares for several."""
    assert isinstance(request.user, User)  # the page's rule has seen to it
    children = cared_for_by(request.user, now=rls.now())
    if len(children) == 1:
        return redirect("family_tonight", child=children[0].id)
    if not children:
        return render(request, "entrance/home.html", {"doors": entrance.doors(request.user)})
    return render(request, "home/children.html", {"children": children, "here": "tonight"})


@page("GET", viewed=AuditCode.VIEWED_CHILD)
def tonight(request: HttpRequest, child: uuid.UUID) -> HttpResponse:
    corner = enter(request, child)
    sight = corner.sight
    day = reading.today(
        corner.user,
        corner.child,
        now=corner.now,
        sight=sight,
        household=corner.home,
        asked=corner.asked,
    )
    told = hand_off(
        corner.user,
        corner.child,
        now=corner.now,
        sight=sight,
        household=corner.home,
        limit=1,
    )
    return render(
        request,
        "home/tonight.html",
        corner.page(
            "tonight",
            today=day,
            unread_count=day.unread_count,
            hand_off=told,
            reminders=tonight_of(corner.user, corner.child, corner.home, now=corner.now),
            check_in_form=CheckInForm(),
        ),
    )


@page("GET")
@of_the_living
def log(request: HttpRequest, child: uuid.UUID) -> HttpResponse:
    """Everything that can be told, one tile each."""
    corner = enter(request, child)
    ended = care_ended(corner.child, corner.sight)
    return render(request, "home/log.html", corner.page("log", ended=ended))


@page("GET")
def more(request: HttpRequest, child: uuid.UUID) -> HttpResponse:
    corner = enter(request, child)
    others = Child.objects.cared_for_by(corner.user).not_archived().exclude(pk=corner.child.pk)
    return render(request, "home/more.html", corner.page("more", others=others.order_by("first_name", "id")))
