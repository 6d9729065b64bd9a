"""How a page is declared: who may request it, by which methods, and what its refusals look like.

A view without a declared rule has no route: `route` refuses it when the URLs are loaded, so a page that
nobody thought about does not boot (docs/architecture.md, rule 7).
"""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Callable
from enum import StrEnum
from typing import Any, TypeVar

from allauth.core.exceptions import ReauthenticationRequired
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import ImproperlyConfigured
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import render
from django.urls import URLPattern, path

from clinic import audit, rls
from clinic.errors import DomainError, Forbidden, Unseen
from clinic.models import Child
from clinic.services import step_up
from clinic.vocabulary import AuditCode

View = TypeVar("View", bound=Callable[..., HttpResponse])


SHOWN = (200, 206)
"""Statuses of a page, or a part of a file, that was shown."""


class Rule(StrEnum):
    """Who may request a page. What they may see is decided by `clinic.access`."""

    SIGNED_IN = "signed_in"
    ANYBODY = "anybody"


def page(
    *methods: str,
    rule: Rule = Rule.SIGNED_IN,
    recent: bool = False,
    viewed: AuditCode | None = AuditCode.VIEWED_CHILD,
) -> Callable[[View], Callable[..., HttpResponse]]:
    """Declare that a view is a page that answers these methods (GET by default).

    Anonymous users are sent to sign in. A row out of sight is a 404, a row in sight that may not be acted on
    a 403; both roll back the transaction.

    `recent` is for roles, grants, exports and the like: someone who signed in too long ago must confirm who
    they are first (`clinic.services.step_up`). It applies to writes, or to GET on a page without writes.

    `viewed` is the audit code written when a page about a child was shown. None: the page writes its own.
    """
    allowed = [*(methods or ("GET",)), *(["HEAD"] if not methods or "GET" in methods else [])]
    reaching = {"POST"} if "POST" in allowed else set(allowed)

    def declare(view: View) -> Callable[..., HttpResponse]:
        @functools.wraps(view)
        def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if rule == Rule.SIGNED_IN and not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            if request.method not in allowed:
                return HttpResponseNotAllowed(allowed)
            if recent and request.method in reaching:
                ask_again_who(request)
            try:
                response = view(request, *args, **kwargs)
            except Unseen as refusal:
                refused(request, refusal)
                raise Http404 from None
            except Forbidden as refusal:
                refused(request, refusal)
                transaction.set_rollback(True)
                return render(request, "403.html", status=403)
            if viewed is not None and response.status_code in SHOWN:
                _write_read(request, viewed)
            return response

        answer.rule = rule  # type: ignore[attr-defined]
        answer.methods = tuple(allowed)  # type: ignore[attr-defined]
        return answer

    return declare


def asked_day(request: HttpRequest, name: str) -> dt.date | None:
    """The local day in the query parameter `name`; None if it is missing, malformed or out of range."""
    try:
        day = dt.date.fromisoformat(request.GET.get(name, ""))
    except ValueError:
        return None
    return day if 1900 <= day.year < 2200 else None


def refused(request: HttpRequest, refusal: DomainError) -> None:
    """Note, for the audit, a refusal that a page words itself."""
    request.refusal = refusal  # type: ignore[attr-defined]  # written by the middleware


def open_to(request: HttpRequest, child: Child) -> None:
    """Note, for the audit, that a page shows something about this child."""
    request.opened = child  # type: ignore[attr-defined]  # read when the page was shown


def _write_read(request: HttpRequest, viewed: AuditCode) -> None:
    child: Child | None = getattr(request, "opened", None)
    if child is not None:
        audit.record_read(
            viewed,
            by=request.user,  # type: ignore[arg-type]  # the door let nobody else in
            now=rls.now(),
            clinic_id=child.clinic_id,
            child=child,
        )


def ask_again_who(request: HttpRequest) -> None:
    """Raises ReauthenticationRequired unless the user proved recently who they are.

    That leads to the page that asks again, and back to the original request.
    """
    try:
        step_up.demand_recent(by=request.user, session=request.session)  # type: ignore[arg-type]
    except step_up.RecentSignInNeeded:
        raise ReauthenticationRequired from None


def route(address: str, view: Callable[..., HttpResponse], name: str) -> URLPattern:
    """A path to a declared page. Raises ImproperlyConfigured for a view without a rule."""
    if not isinstance(getattr(view, "rule", None), Rule):
        raise ImproperlyConfigured(f"The page {name!r} declares no rule; decorate its view with @page.")
    return path(address, view, name=name)
