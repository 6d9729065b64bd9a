"""Error responses when no view can answer: a page for people, problem+json for programs."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views import defaults

from api.errors import plain_problem


def _is_for_a_program(request: HttpRequest) -> bool:
    return request.path_info.startswith("/api/")


def not_understood(request: HttpRequest, exception: Exception) -> HttpResponse:
    if _is_for_a_program(request):
        return plain_problem(request, 400, "bad_request")
    return defaults.bad_request(request, exception)


def broken(request: HttpRequest) -> HttpResponse:
    if _is_for_a_program(request):
        return plain_problem(request, 500, "internal")
    return defaults.server_error(request)
