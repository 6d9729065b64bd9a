"""What a child's family is asked, who chose it, and when the child has outgrown it."""

from __future__ import annotations

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from tracking import policy
from tracking.readings import asking as reading
from tracking.readings.sight import sight_of
from web.choosing import chosen
from web.desk import open_record
from web.pages import page
from web.refusals import say_success


@page("GET", "POST")
def asking(request: HttpRequest, child: uuid.UUID) -> HttpResponse:
    desk = open_record(request, child)
    sight = sight_of(desk.user, desk.child, place=desk.place)
    asked = reading.asking(desk.child, sight, on=desk.today)
    forms = chosen(request, desk.user, desk.child, asked, today=desk.today, now=desk.now)
    if forms is None:
        is_draft = desk.place.is_supervised
        said = _("Drafted. It is asked once it is co-signed.") if is_draft else _("It holds from today.")
        say_success(request, said)
        return redirect("child_asking", child=desk.child.pk)
    answers = {"asking": asked, "may_change": policy.may_change_ask_plan(desk.user, desk.child)}
    return render(request, "people/asking.html", desk.page("people", **answers, **forms))
