"""The address in the head of a letter by which others like it are stopped, signed in or not."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt

from clinic import rls
from tracking.services import reaching
from web.pages import Rule, page


@csrf_exempt  # mail programs post here by themselves (RFC 8058); the token in the address is the key
@page("GET", "POST", rule=Rule.ANYBODY, viewed=None)
def stop(request: HttpRequest, stopping: str) -> HttpResponse:
    """Looking changes nothing: programs that scan letters follow every link."""
    if request.method == "POST":
        reaching.stop_by_mail(token=stopping, now=rls.now())
        return render(request, "account/mail_stopped.html")
    _, wish = reaching.read_stopping(token=stopping)
    return render(request, "account/stop_mail.html", {"wish": wish})
