"""The diary page: days, entries as sentences, who logged them and when, and replies."""

from __future__ import annotations

import datetime as dt
import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from clinic.vocabulary import AuditCode
from tracking.readings import diary as reading
from tracking.readings.consents import record_taken_back
from tracking.readings.homes import days_at_odds
from tracking.services import excusing, messaging, revising
from tracking.sync.bodies import EntryKind
from web.desk import ChildDesk, open_record
from web.forms.diary import AnswerForm, KindForm, RemarkForm
from web.pages import asked_day, page
from web.refusals import attempt

DAYS_A_PAGE = 14


@page("GET", viewed=AuditCode.VIEWED_DIARY)
def diary(request: HttpRequest, child: uuid.UUID) -> HttpResponse:
    """Two weeks, newest first; `until` (a local day) leads to older ones."""
    desk = open_record(request, child)
    # A household may be a day ahead of the clinic.
    last = asked_day(request, "until") or desk.today + dt.timedelta(days=1)
    first = last - dt.timedelta(days=DAYS_A_PAGE)
    answer = reading.diary(
        desk.user, desk.child, first=first, last=last, now=desk.now, language=get_language() or "en"
    )
    newer = last + dt.timedelta(days=DAYS_A_PAGE)
    return render(
        request,
        "child/diary.html",
        desk.page(
            "diary",
            diary=answer,
            until=min(last, desk.today),
            at_odds=days_at_odds(desk.child, today=desk.today),
            record_taken_back=record_taken_back(child=desk.child).exists(),
            older=first - dt.timedelta(days=1) if first > desk.child.born_on else None,
            newer=min(newer, desk.today) if last < desk.today else None,
        ),
    )


@page("POST")
def answer(request: HttpRequest, child: uuid.UUID, entry: uuid.UUID) -> HttpResponse:
    """Answer an entry with a message to the family."""
    desk = open_record(request, child)
    form = AnswerForm(request.POST)
    if form.is_valid():
        messaging.send_message(
            by=desk.user,
            child=desk.child,
            client_id=form.cleaned_data["client_id"],
            body=form.cleaned_data["body"],
            about_entry=entry,
            now=desk.now,
        )
        messages.success(request, _("Sent to the family."))
    else:
        messages.error(request, _("Please write something first."))
    return _back(desk, entry)


@page("POST")
def remark(request: HttpRequest, child: uuid.UUID, entry: uuid.UUID) -> HttpResponse:
    """A note of the care team beside an entry: for the family to read, or for oneself."""
    desk = open_record(request, child)
    form = RemarkForm(request.POST)
    if form.is_valid():
        revising.annotate_entry(
            by=desk.user,
            child=desk.child,
            kind=EntryKind(form.cleaned_data["kind"]),
            client_id=entry,
            body=form.cleaned_data["body"],
            is_private=form.cleaned_data["is_private"],
            now=desk.now,
        )
        messages.success(request, _("Kept beside the entry."))
    else:
        messages.error(request, _("Please write something first."))
    return _back(desk, entry)


@page("POST")
def confirm(request: HttpRequest, child: uuid.UUID, entry: uuid.UUID) -> HttpResponse:
    """Say that an odd entry is right, so that figures may use it."""
    desk = open_record(request, child)
    form = KindForm(request.POST)
    if form.is_valid():
        revising.confirm_entry(
            by=desk.user,
            child=desk.child,
            kind=EntryKind(form.cleaned_data["kind"]),
            client_id=entry,
            now=desk.now,
        )
        messages.success(request, _("Taken as it stands."))
    return _back(desk, entry)


@page("POST")
def tell_apart(request: HttpRequest, child: uuid.UUID, one: uuid.UUID, other: uuid.UUID) -> HttpResponse:
    """Two entries that might be one: they were two."""
    desk = open_record(request, child)
    told = {"by": desk.user, "child": desk.child, "one": one, "other": other, "now": desk.now}
    attempt(request, _("Kept as two sessions."), revising.tell_apart, **told)
    return _back(desk, one)


@page("POST")
def excuse(request: HttpRequest, child: uuid.UUID) -> HttpResponse:
    """Leave a day out of what was asked, or ask for it again."""
    desk = open_record(request, child)
    on = _day(request.POST.get("on", ""))
    if on is not None:
        is_again = request.POST.get("again") == "1"
        attempt(
            request,
            _("This day is asked for again.") if is_again else _("This day is left out of what was asked."),
            excusing.take_back_excuse if is_again else excusing.excuse_day,
            by=desk.user,
            child=desk.child,
            on=on,
            now=desk.now,
        )
    return redirect("child_diary", child=desk.child.pk)


def _back(desk: ChildDesk, entry: uuid.UUID) -> HttpResponse:
    response = redirect("child_diary", child=desk.child.pk)
    response["Location"] += f"#entry-{entry}"
    return response


def _day(told: str) -> dt.date | None:
    """A local day of the address; anything else is as if nothing had been asked."""
    try:
        return dt.date.fromisoformat(told)
    except ValueError:
        return None
