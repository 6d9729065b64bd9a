"""The child's own signs on the clinic's pages, and how soon the stop rule pauses."""

from __future__ import annotations

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from clinic import access
from clinic.vocabulary import AuditCode
from tracking import policy
from tracking.models import ChildSign
from tracking.readings import signs as reading
from tracking.readings.family_words import shared_sayable
from tracking.readings.stopping import stop_setting
from tracking.services import signs as services
from web.desk import open_record
from web.forms.signs import MapForm, SignForm, StopForm
from web.pages import page
from web.refusals import attempt, say_success, send


@page("GET", "POST", viewed=AuditCode.VIEWED_CHILD)
def listed(request: HttpRequest, child: uuid.UUID) -> HttpResponse:
    """The signs in use and those of before, one more, and the stop rule."""
    desk = open_record(request, child)
    form = SignForm(request.POST or None)
    if request.method == "POST":
        desk.demand(policy.may_change_signs)
        if form.is_valid() and send(
            form, services.tell_sign, by=desk.user, child=desk.child, now=desk.now, **form.cleaned_data
        ):
            say_success(request, _("Added. The family finds it before all other signs."))
            return redirect("child_signs", child=desk.child.pk)
    in_use = reading.signs_of(desk.user, desk.child)
    return render(
        request,
        "signs/signs.html",
        desk.page(
            "signs",
            form=form,
            signs=[(sign, MapForm(asks_for=sign.asks_for, initial={"cue": sign.cue})) for sign in in_use],
            words=shared_sayable(desk.user, desk.child, language=get_language() or "en"),
            retired=reading.retired_signs_of(desk.user, desk.child),
            stop=stop_setting(desk.child, on=desk.today),
            stop_form=StopForm(initial={"stop_sensitivity": desk.child.stop_sensitivity}),
            may_set_stop=policy.may_set_stop_sensitivity(desk.user, desk.child),
        ),
    )


@page("POST")
def change(request: HttpRequest, child: uuid.UUID, sign: uuid.UUID) -> HttpResponse:
    """Map a sign to another cue, move it up, or retire it: whichever button was pressed."""
    desk = open_record(request, child)
    desk.demand(policy.may_change_signs)
    row: ChildSign = access.fetch(
        ChildSign.objects.select_related("child"), desk.user, child=desk.child, client_id=sign
    )
    verb = request.POST.get("verb", "")
    if verb == "retire":
        said = _("Retired. What was logged with it stays.")
        attempt(request, said, services.retire_sign, by=desk.user, sign=row, now=desk.now)
    elif verb == "up":
        attempt(request, _("Kept."), services.move_sign_up, by=desk.user, sign=row, now=desk.now)
    else:
        attempt(
            request,
            _("Kept."),
            services.tell_sign,
            by=desk.user,
            child=desk.child,
            client_id=row.client_id,
            asks_for=row.asks_for,
            words=row.words,
            cue=request.POST.get("cue", ""),
            now=desk.now,
        )
    return redirect("child_signs", child=desk.child.pk)


@page("POST")
def stop(request: HttpRequest, child: uuid.UUID) -> HttpResponse:
    """Set how soon the stop rule pauses, or leave it to age and history."""
    desk = open_record(request, child)
    desk.demand(policy.may_set_stop_sensitivity)
    attempt(
        request,
        _("Kept. It holds from the next massage on."),
        services.set_stop_sensitivity,
        by=desk.user,
        child=desk.child,
        sensitivity=request.POST.get("stop_sensitivity", ""),
        now=desk.now,
    )
    return redirect("child_signs", child=desk.child.pk)
