"""Tables that are sent as files while they are made."""

from __future__ import annotations

from collections.abc import Iterable

from django.http import HttpResponse, StreamingHttpResponse


def csv_file(lines: Iterable[str], name: str) -> HttpResponse:
    """The lines as a file of this name, kept nowhere on the way."""
    response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    response["Cache-Control"] = "private, no-store"
    return response  # type: ignore[return-value]  # a page answers either kind
