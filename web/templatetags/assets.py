"""The built styles, scripts and drawings, by their plain names: {% asset "clinic.css" %}."""

from __future__ import annotations

import functools
import json
from pathlib import Path

from django import template
from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.exceptions import ImproperlyConfigured
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()


@functools.lru_cache(maxsize=4)
def _names(path: str, changed_ns: int) -> dict[str, str]:
    """Plain name to hashed name, as the build wrote them; `changed_ns` makes a new build a new entry."""
    del changed_ns
    names: dict[str, str] = json.loads(Path(path).read_text(encoding="utf-8"))
    return names


@functools.cache
def _manifest() -> str | None:
    found = finders.find("manifest.json")
    return found if isinstance(found, str) else None


def hashed(name: str) -> str:
    """The file the build made of `name`. Raises ImproperlyConfigured for a name it does not know.

    Before any build it is `name` itself: pages then come without their look, and `manage.py check` says why.
    """
    path = _manifest()
    if path is None:
        return name
    changed_ns = Path(path).stat().st_mtime_ns if settings.DEBUG else 0
    try:
        return _names(path, changed_ns)[name]
    except KeyError:
        raise ImproperlyConfigured(f"The build made no {name!r}; run: make assets") from None


@register.simple_tag
def asset(name: str) -> str:
    """The address of the built file called `name`."""
    return static(hashed(name))


@register.simple_tag
def icon(name: str, css: str = "") -> SafeString:
    """A drawing of the sprite, for decoration: words beside it say what it means."""
    return format_html(
        '<svg class="icon {}" aria-hidden="true" focusable="false"><use href="{}#{}"></use></svg>',
        css,
        static(hashed("icons.svg")),
        name,
    )
