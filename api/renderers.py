"""JSON rendering by orjson."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import orjson
from rest_framework.renderers import BaseRenderer

PROBLEM = "application/problem+json"


def dumps(data: Any) -> bytes:
    """UTF-8 JSON: instants in UTC end in Z, ids and days are text, dataclasses and enums are their values."""
    return orjson.dumps(data, default=str, option=orjson.OPT_UTC_Z)


class OrjsonRenderer(BaseRenderer):
    media_type = "application/json"
    format = "json"
    charset = None

    def render(
        self,
        data: Any,
        accepted_media_type: str | None = None,  # noqa: ARG002  # DRF's signature
        renderer_context: Mapping[str, Any] | None = None,  # noqa: ARG002  # DRF's signature
    ) -> bytes:
        return b"" if data is None else dumps(data)
