"""Meanings of request and response headers."""

from __future__ import annotations

from typing import Any

TEXT = {"type": "string"}

ASKED: dict[str, dict[str, Any]] = {
    "Accept-Language": {
        "description": "The languages of sentences and labels, best first; absent: the server's own.",
        "schema": TEXT,
        "example": "es, en;q=0.5",
    },
    "If-None-Match": {
        "description": "The ETag of what the app holds: 304, without a body, where that is still how it is.",
        "schema": TEXT,
    },
}
"""In whose order they are told."""

ANSWERED: dict[str, dict[str, Any]] = {
    "Content-Language": {
        "description": "The language of the sentences and labels, a BCP 47 tag.",
        "schema": TEXT,
    },
    "Vary": {
        "description": "Which headers the answer hangs on: Accept-Language and others.",
        "schema": TEXT,
    },
    "ETag": {"description": "What this answer is known by: send it as If-None-Match.", "schema": TEXT},
    "Retry-After": {"description": "Seconds to wait.", "schema": {"type": "integer", "minimum": 1}},
}
