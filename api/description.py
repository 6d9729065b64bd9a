"""Serving the OpenAPI description: the file from docs/api/, and a page to try the API on."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from api.permissions import Anybody

OPENAPI = settings.BASE_DIR / "docs" / "api" / "openapi.yaml"


@require_safe
def openapi(request: HttpRequest) -> HttpResponse:  # noqa: ARG001  # a view's signature
    """docs/api/openapi.yaml, which `make check` compares with the code."""
    return HttpResponse(OPENAPI.read_bytes(), content_type="application/yaml")


@require_safe
def docs(request: HttpRequest) -> HttpResponse:
    """Swagger UI from our own origin, without inline script."""
    return render(request, "api/docs.html")


for view in (openapi, docs):
    view.rule = Anybody  # type: ignore[attr-defined]
