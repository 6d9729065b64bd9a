"""A date of a class: who came, what everybody was shown; or no class that day."""

from __future__ import annotations

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from clinic import access
from clinic.errors import Forbidden, Unseen
from tracking import policy
from tracking.models import ClassDate, GroupClass
from tracking.readings import classes as reading
from tracking.readings.shelf import shelf
from tracking.services import classes
from web.classes.keeping import open_class
from web.desk import Desk
from web.forms.classes import HoldForm
from web.pages import page
from web.refusals import attempt, say_success, send


@page("GET", "POST")
def hold(request: HttpRequest, clinic: str, group: uuid.UUID, date: uuid.UUID) -> HttpResponse:
    """Tick who came and what was shown, in one step; afterwards, how it was."""
    desk, row, on = _open(request, clinic, group, date)
    language = get_language() or "en"
    roster = reading.roster_of(desk.user, row, on)
    seen = next(one for one in reading.one_class(row, language=language).dates if one.id == on.pk)
    treated = [line for line in roster if line.is_treated]
    strokes = [(card.slug, card.text.name) for card in shelf(desk.clinic, language=language).strokes]
    form = HoldForm(request.POST or None, lines=treated, strokes=strokes, usual=seen.strokes)
    if request.method == "POST":
        if not treated:
            raise Forbidden
        if form.is_valid():
            told = {name: form.cleaned_data[name] for name in ("strokes", "level", "shown_with")}
            if send(
                form, classes.hold_date, by=desk.user, class_date=on, came=form.came(), now=desk.now, **told
            ):
                say_success(request, _("Kept, a line for each child."))
                return redirect("class_date", clinic=desk.clinic.slug, group=row.pk, date=on.pk)
    answers = desk.page(
        "classes",
        group=row,
        date=seen,
        roster=roster,
        form=form if seen.is_open and treated else None,
        may_change=policy.may_change_class(desk.user, row),
    )
    return render(request, "classes/date.html", answers)


@page("POST")
def call_off(request: HttpRequest, clinic: str, group: uuid.UUID, date: uuid.UUID) -> HttpResponse:
    """No class on this date."""
    desk, row, on = _open(request, clinic, group, date)
    access.demand(policy.may_change_class, desk.user, row)
    attempt(request, _("Called off."), classes.call_off, by=desk.user, class_date=on, now=desk.now)
    return redirect("group_class", clinic=desk.clinic.slug, group=row.pk)


def _open(
    request: HttpRequest, clinic: str, group: uuid.UUID, date: uuid.UUID
) -> tuple[Desk, GroupClass, ClassDate]:
    desk, row = open_class(request, clinic, group)
    on = row.dates.filter(pk=date).first()
    if on is None:
        raise Unseen
    on.group_class = row
    return desk, row, on
