"""The product's beat for tests: its ticks, without what is to be done nightly.

The nightly tasks go by the real clock. A run that lasts over one of their minutes would find messages in its
evening that no other run has.
"""

from __future__ import annotations

from typing import Any

from celery import Celery
from celery.schedules import crontab

from config.celery import app

__all__ = ["app"]


@app.on_after_configure.connect
def _ticks_alone(sender: Celery, **_: Any) -> None:
    sender.conf.beat_schedule = {
        name: entry
        for name, entry in sender.conf.beat_schedule.items()
        if not isinstance(entry["schedule"], crontab)
    }
