"""The product's web server with a bug: whoever hands work to the worker waits until the broker is back."""

from __future__ import annotations

from typing import Any

from celery import current_app

from clinic import jobs
from config.wsgi import application

__all__ = ["application"]


def send_in_the_end(name: str, ids: dict[str, Any]) -> None:
    current_app.send_task(
        name, kwargs=ids, retry=True, retry_policy={"max_retries": None, "interval_start": 0.5}
    )


jobs._send = send_in_the_end
