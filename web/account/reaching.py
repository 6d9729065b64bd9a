"""How we reach somebody, on one page of their account: wishes, browsers, a number, a calendar."""

from __future__ import annotations

import contextlib
import uuid
from typing import Any

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.crypto import salted_hmac
from django.utils.http import quote_etag
from django.utils.translation import gettext as _

from clinic import rls
from clinic.errors import Unseen
from clinic.limits import TriedTooOften
from clinic.services import accounts
from tracking.readings.reaching import Ways, ways_of
from tracking.services import calendars, phones, reaching
from web.desk import asker
from web.forms.reaching import BrowserForm, PhoneCodeForm, PhoneForm, WishesForm
from web.pages import Rule, page
from web.refusals import attempt, say_success, send
from web.templatetags.look import device as device_of

PUSHED_HERE = "pushed_here"
"""Where the session keeps which of its person's browsers this one is."""


@page("GET", "POST")
def ways(request: HttpRequest) -> HttpResponse:
    """What is wished, and where it leads."""
    user = asker(request)
    own = ways_of(user)
    form = WishesForm(request.POST or None, ways=own)
    if (
        request.method == "POST"
        and form.is_valid()
        and send(form, reaching.say_wishes, by=user, now=rls.now(), **form.cleaned_data)
    ):
        say_success(request, _("Kept."))
        return redirect("own_ways")
    return _page(request, own, form=form)


@page("POST")
def send_letter(request: HttpRequest) -> HttpResponse:
    """Ask once more, at one's own address, whether it is read."""
    said = _("A letter is on its way. Follow its link on this device.")
    attempt(request, said, accounts.ask_whether_address_is_read, by=asker(request))
    return redirect("own_ways")


@page("POST")
def add_browser(request: HttpRequest) -> HttpResponse:
    """This browser takes pushes from now on."""
    form = BrowserForm(request.POST)

    def add(**told: Any) -> None:
        request.session[PUSHED_HERE] = str(reaching.add_browser(**told).pk)

    if form.is_valid():
        attempt(
            request,
            _("This device shows messages from now on. Choose below what comes here."),
            add,
            by=asker(request),
            device=device_of(request.headers.get("User-Agent", ""))[: reaching.LONGEST_DEVICE],
            now=rls.now(),
            **form.cleaned_data,
        )
    return redirect("own_ways")


def forget_this_browser(request: HttpRequest) -> None:
    """Show nothing more of somebody on a device where they sign out: who is at it next may be another."""
    browser = request.session.get(PUSHED_HERE)
    if browser and request.user.is_authenticated:
        with contextlib.suppress(Unseen):
            reaching.remove_browser(by=asker(request), browser=uuid.UUID(browser), now=rls.now())


@page("POST")
def remove_browser(request: HttpRequest, browser: uuid.UUID) -> HttpResponse:
    """One browser, this or another."""
    verb = reaching.remove_browser
    attempt(
        request,
        _("Nothing is shown there any more."),
        verb,
        by=asker(request),
        browser=browser,
        now=rls.now(),
    )
    return redirect("own_ways")


@page("POST")
def say_phone(request: HttpRequest) -> HttpResponse:
    """A code is sent; what was refused is said beside the number."""
    return _of_phone(request, PhoneForm(request.POST), phones.say_number, _("A code is on its way to you."))


@page("POST")
def confirm_phone(request: HttpRequest) -> HttpResponse:
    """The code that arrived."""
    return _of_phone(request, PhoneCodeForm(request.POST), phones.confirm_number, _("The number is kept."))


@page("POST")
def forget_phone(request: HttpRequest) -> HttpResponse:
    attempt(request, _("The number is forgotten."), phones.forget_number, by=asker(request), now=rls.now())
    return redirect("own_ways")


@page("POST")
def make_calendar(request: HttpRequest) -> HttpResponse:
    """A new secret address, shown once."""
    user = asker(request)
    token = calendars.make_calendar(by=user, now=rls.now()).token
    address = settings.PUBLIC_URL + reverse("calendar", kwargs={"calendar": token})
    return _page(request, ways_of(user), calendar=address)


@page("POST")
def end_calendar(request: HttpRequest) -> HttpResponse:
    attempt(request, _("No calendar reads along."), calendars.end_calendar, by=asker(request), now=rls.now())
    return redirect("own_ways")


@page(rule=Rule.ANYBODY, viewed=None)
def calendar(request: HttpRequest, calendar: str) -> HttpResponse:
    """What a calendar program reads; it is signed in nowhere."""
    address = get_adapter().get_client_ip(request)
    try:
        told = calendars.read_calendar(token=calendar, address=address, now=rls.now())
    except TriedTooOften as error:
        busy = HttpResponse(status=error.status, content_type="text/plain")
        busy["Retry-After"] = str(error.parameters["seconds"])
        return busy
    tag = quote_etag(salted_hmac("web.account.reaching", told, algorithm="sha256").hexdigest()[:32])
    response = HttpResponse(told, content_type="text/calendar; charset=utf-8")
    response["ETag"] = tag
    response["Cache-Control"] = "no-store"
    response["Content-Disposition"] = 'inline; filename="quiet-times.ics"'
    kept: HttpResponse = get_conditional_response(request, etag=tag, response=response)  # type: ignore[assignment]
    return kept


def _of_phone(request: HttpRequest, form: Any, verb: Any, said: str) -> HttpResponse:
    user = asker(request)
    told = {"by": user, "now": rls.now(), **(form.cleaned_data if form.is_valid() else {})}
    if verb is phones.say_number:
        told["address"] = get_adapter().get_client_ip(request)
    if form.is_valid() and send(form, verb, **told):
        say_success(request, said)
        return redirect("own_ways")
    return _page(request, ways_of(user), **{"phone_form" if verb is phones.say_number else "code_form": form})


def _page(request: HttpRequest, own: Ways, **more: Any) -> HttpResponse:
    told = {
        "ways": own,
        "form": WishesForm(ways=own),
        "phone_form": PhoneForm(),
        "code_form": PhoneCodeForm(),
        **more,
    }
    return render(request, "account/reaching.html", told)
