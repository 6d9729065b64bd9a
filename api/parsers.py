"""One JSON parser (trust, section 4)."""

from __future__ import annotations

from rest_framework.parsers import JSONParser


class StrictJSONParser(JSONParser):
    strict = True
