"""Template context of every page: who is signed in, and whether this is a demo."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest


def chrome(request: HttpRequest) -> dict[str, Any]:
    """Plain values for base.html; nothing here asks the database."""
    return {
        "is_demo": settings.IS_DEMO,
        "is_debug": settings.DEBUG,
        "theme": request.COOKIES.get("theme", ""),
    }
