"""One JSON object a line: an event, its ids, and nothing about people (docs/architecture.md, rule 17)."""

from __future__ import annotations

import datetime as dt
import json
import logging

ALLOWED_FIELDS = (
    "event",
    "method",
    "route",
    "status",
    "milliseconds",
    "statements",
    "task",
    "count",
    "child_id",
    "clinic_id",
    "report_id",
    "media_id",
    "delivery_id",
    "code",
    "attempt",
    "position",
    "digest",
)


class JsonFormatter(logging.Formatter):
    """Writes the allowed fields of a record; an exception as its type and place, without its words.

    Database errors and validation errors quote values, so no exception's message is ever written.
    """

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, object] = {
            "at": dt.datetime.fromtimestamp(record.created, dt.UTC).isoformat(),
            "level": record.levelname.lower(),
            "logger": record.name,
        }
        for field in ALLOWED_FIELDS:
            if hasattr(record, field):
                line[field] = getattr(record, field)
        if "event" not in line:
            # A library's own template, without the values it would be filled with.
            line["event"] = str(record.msg)[:200]
        if record.exc_info and record.exc_info[0]:
            line["error"] = record.exc_info[0].__name__
            line["where"] = _places(record.exc_info[2])
        return json.dumps(line, default=str)


def _places(traceback: object) -> list[str]:
    places: list[str] = []
    while traceback is not None:
        frame = traceback.tb_frame  # type: ignore[attr-defined]
        places.append(f"{frame.f_globals.get('__name__')}:{traceback.tb_lineno}")  # type: ignore[attr-defined]
        traceback = traceback.tb_next  # type: ignore[attr-defined]
    return places[-12:]
