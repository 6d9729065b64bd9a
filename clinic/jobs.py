"""Enqueue a task by name, with ids only, once the transaction is committed."""

from __future__ import annotations

import contextlib
import datetime as dt
import logging
from collections.abc import Iterator
from functools import partial
from typing import Any

from celery import current_app
from django.db import transaction
from kombu.exceptions import OperationalError

from clinic import rls

logger = logging.getLogger("littlefoot.jobs")


def enqueue(name: str, **ids: Any) -> None:
    """Send the task `name` after commit. A message lost on the way is found by the task's sweep (rule 15).

    With the broker down the page that asked still answers: the failure is logged and the sweep does the rest.
    """
    told = {key: str(value) for key, value in ids.items()}
    transaction.on_commit(partial(_send, name, told))


def _send(name: str, ids: dict[str, str]) -> None:
    try:
        current_app.send_task(name, kwargs=ids, retry=False)
    except (OSError, OperationalError):
        logger.warning("task not handed over", extra={"event": "task_not_handed_over", "code": name})


@contextlib.contextmanager
def as_system(name: str) -> Iterator[dt.datetime]:
    """One transaction of a named system job; gives the instant it began, by the product's clock.

    The name opens only the tables that row policies admit it to.
    """
    with rls.acting_as(system=name), transaction.atomic():
        yield rls.now()
