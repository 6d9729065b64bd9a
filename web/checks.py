"""What `manage.py check` says about the pages."""

from __future__ import annotations

from typing import Any

from django.contrib.staticfiles import finders
from django.core import checks


def the_look_is_built(**_: Any) -> list[checks.CheckMessage]:
    """A note while the styles and scripts have not been built."""
    if finders.find("manifest.json"):
        return []
    return [
        checks.Info(
            "The styles and scripts have not been built; pages will be plain.",
            hint="make assets",
            id="web.I001",
        )
    ]
