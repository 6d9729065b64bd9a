"""Letters that are shown once, with a QR code; everything in them is drawn on the server."""

from __future__ import annotations

import datetime as dt

import segno
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from clinic.models import Child
from clinic.services.invitations import Sent
from clinic.services.sign_in_codes import Given


def link_to(token: str) -> str:
    """The whole address an invitation opens."""
    return settings.PUBLIC_URL + reverse("invitation", kwargs={"token": token})


def invitation_letter(
    request: HttpRequest, sent: Sent, *, child: Child, now: dt.datetime, back: str, is_of_family: bool = False
) -> HttpResponse:
    """The letter of an invitation, from the clinic or from a guardian; `back` is the page it was made on."""
    answers = {
        "sent": sent,
        "child": child,
        "clinic": child.clinic,
        "now": now,
        "back": back,
        "is_of_family": is_of_family,
        "code": drawn(sent.link, title=_("Invitation link")),
        "page_of_codes": settings.PUBLIC_URL + reverse("join"),
    }
    return render(request, "people/letter.html", answers)


def code_letter(
    request: HttpRequest, given: Given, *, child: Child, now: dt.datetime, back: str
) -> HttpResponse:
    """The letter with a new sign-in code."""
    address = settings.PUBLIC_URL + reverse("sign_in_code_link", kwargs={"code": given.code})
    answers = {
        "given": given,
        "child": child,
        "clinic": child.clinic,
        "now": now,
        "back": back,
        "code": drawn(address, title=_("Sign-in code")),
        "page_of_codes": settings.PUBLIC_URL + reverse("sign_in_code"),
    }
    return render(request, "people/code_letter.html", answers)


def drawn(address: str, *, title: str) -> SafeString:
    """An address of ours as a QR code, drawn by segno."""
    code = segno.make(address, error="m").svg_inline(
        omitsize=True, svgclass="qr", lineclass=None, border=2, title=title
    )
    return mark_safe(code)  # noqa: S308  # nobody's words are in it
