"""Flags: somebody has seen it, or has done something about it."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from clinic import access
from tracking.models import Flag
from tracking.services import flag_handling
from web.desk import open_record
from web.pages import page


@page("POST")
def flag(request: HttpRequest, child: uuid.UUID, flag: uuid.UUID) -> HttpResponse:
    """Say that a flag has been seen, or close it with a reason."""
    desk = open_record(request, child)
    row: Flag = access.fetch(Flag.objects.all(), desk.user, pk=flag, child=desk.child)
    if request.POST.get("verb") == "close":
        reason = request.POST.get("reason", "").strip() or _("Looked at")
        flag_handling.close_flag(by=desk.user, flag=row, reason=reason, now=desk.now)
        messages.success(request, _("The flag is closed."))
    else:
        flag_handling.acknowledge_flag(by=desk.user, flag=row, now=desk.now)
        messages.success(request, _("Noted as seen."))
    return redirect("child", child=desk.child.pk)
