"""Template tags for passkeys, and recovery codes as a file."""

from __future__ import annotations

import json
from collections.abc import Iterable
from urllib.parse import quote

from django import template

register = template.Library()


@register.filter
def as_json(options: object) -> str:
    """The options of a passkey as the JSON a browser parses; escaped as any text in an attribute."""
    return json.dumps(options)


@register.filter
def as_text_file(lines: Iterable[str]) -> str:
    """The lines as a text file within an address, so that saving them asks nobody for them again."""
    return "data:text/plain;charset=utf-8," + quote("\n".join([*lines, ""]))
