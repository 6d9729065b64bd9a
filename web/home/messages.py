"""The child's thread, between its guardians and its care team."""

from __future__ import annotations

import uuid

from django.contrib import messages as toasts
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from clinic.errors import Forbidden
from clinic.vocabulary import AuditCode
from tracking import policy
from tracking.readings import messages as reading
from tracking.services import messaging
from web.forms.family import MessageForm
from web.home.corner import enter
from web.pages import page


@page("GET", "POST", viewed=AuditCode.VIEWED_MESSAGES)
def messages(request: HttpRequest, child: uuid.UUID) -> HttpResponse:
    corner = enter(request, child)
    if not policy.may_view_messages(corner.user, corner.child):
        raise Forbidden
    form = MessageForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        messaging.send_message(
            by=corner.user,
            child=corner.child,
            client_id=form.cleaned_data["client_id"],
            body=form.cleaned_data["body"],
            now=corner.now,
        )
        toasts.success(request, _("Sent. The care team reads it in clinic hours."))
        return redirect("family_messages", child=corner.child.pk)
    thread = reading.thread(corner.user, corner.child)
    messaging.mark_thread_read(by=corner.user, child=corner.child, until=corner.now)
    return render(request, "home/messages.html", corner.page("messages", thread=thread, form=form))
