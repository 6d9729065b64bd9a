"""Every refusal in one shape: RFC 9457 problem+json with a stable code and the fields at fault."""

from __future__ import annotations

from typing import Any

from django.db import connection
from rest_framework.response import Response
from rest_framework.views import exception_handler

from clinic.errors import DomainError


def answer_problem(error: Exception, context: dict[str, Any]) -> Response | None:
    """The answer to an anticipated error; None lets a bug through to a logged 500."""
    if isinstance(error, DomainError):
        if connection.in_atomic_block:
            connection.set_rollback(True)
        return Response(
            {"code": error.code, "status": error.status, "field": error.field},
            status=error.status,
            content_type="application/problem+json",
        )
    return exception_handler(error, context)
