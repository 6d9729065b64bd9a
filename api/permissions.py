"""Closed by default: a view without a declared rule answers nobody (docs/architecture.md, rule 7)."""

from __future__ import annotations

from typing import Any

from rest_framework.permissions import BasePermission
from rest_framework.request import Request


class ClosedByDefault(BasePermission):
    """Refuses everything; a view names `SignedIn` or `Anybody`, and `access.fetch` decides the rest."""

    def has_permission(self, request: Request, view: Any) -> bool:  # noqa: ARG002  # DRF's signature
        return False


class SignedIn(BasePermission):
    """A person with a living token; what they may see is decided at the door (`clinic.access`)."""

    def has_permission(self, request: Request, view: Any) -> bool:  # noqa: ARG002  # DRF's signature
        return request.user.is_authenticated


class Anybody(BasePermission):
    """Open to everybody, said aloud."""

    def has_permission(self, request: Request, view: Any) -> bool:  # noqa: ARG002  # DRF's signature
        return True
