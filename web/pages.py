"""How a page is declared: who may ask for it, by which methods, and what its refusals look like.

A view without a declared rule has no route: `route` refuses it when the addresses are read, so a page that
nobody thought about does not boot (architecture, rule 7).
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from enum import StrEnum
from typing import Any, TypeVar

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import ImproperlyConfigured
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import render
from django.urls import URLPattern, path

from clinic.errors import Forbidden, Unseen

View = TypeVar("View", bound=Callable[..., HttpResponse])


class Rule(StrEnum):
    """Who may ask. What they then may see is decided at the one door (`clinic.access`)."""

    SIGNED_IN = "signed_in"
    ANYBODY = "anybody"


def page(*methods: str, rule: Rule = Rule.SIGNED_IN) -> Callable[[View], Callable[..., HttpResponse]]:
    """Declare a view to be a page that answers these methods (GET where none is named).

    Strangers are sent to sign in; a row out of sight is a 404, a row in sight that may not be acted on a
    403. Both undo what the transaction did before.
    """
    allowed = [*(methods or ("GET",)), *(["HEAD"] if not methods or "GET" in methods else [])]

    def declare(view: View) -> Callable[..., HttpResponse]:
        @functools.wraps(view)
        def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if rule == Rule.SIGNED_IN and not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            if request.method not in allowed:
                return HttpResponseNotAllowed(allowed)
            try:
                return view(request, *args, **kwargs)
            except Unseen as refusal:
                request.refusal = refusal  # type: ignore[attr-defined]  # written by the middleware
                raise Http404 from None
            except Forbidden as refusal:
                request.refusal = refusal  # type: ignore[attr-defined]
                transaction.set_rollback(True)
                return render(request, "403.html", status=403)

        answer.rule = rule  # type: ignore[attr-defined]
        answer.methods = tuple(allowed)  # type: ignore[attr-defined]
        return answer

    return declare


def route(address: str, view: Callable[..., HttpResponse], name: str) -> URLPattern:
    """A path to a declared page. Raises ImproperlyConfigured for a view without a rule."""
    if not isinstance(getattr(view, "rule", None), Rule):
        raise ImproperlyConfigured(f"The page {name!r} declares no rule; decorate its view with @page.")
    return path(address, view, name=name)
