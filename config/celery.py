"""The Celery application: worker hooks and the whole beat schedule, in one place."""

from __future__ import annotations

import gc
import logging.config
import os
import sys
from typing import Any

from celery import Celery, signals
from celery.schedules import crontab
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from clinic import rls
from config import boot

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

app = Celery("littlefoot")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks(["clinic", "tracking"])


def _tick(task: str, *, seconds: float) -> dict[str, Any]:
    """A task at an interval; a tick that no worker takes in that time expires, and the next does its work."""
    return {"task": task, "schedule": seconds, "options": {"expires": max(seconds, 10.0)}}


def _nightly(task: str, *, hour: int) -> dict[str, Any]:
    """A task once a day, at this hour (UTC)."""
    return {"task": task, "schedule": crontab(hour=hour, minute=7), "options": {"expires": 3600.0}}


# Ticks only: truth is rows, a tick claims what is due (docs/adr/0014). The list never grows with families,
# and two beats at once are harmless.
@app.on_after_configure.connect
def _schedule(sender: Celery, **_: Any) -> None:
    tick = settings.TICK_SECONDS
    sender.conf.beat_schedule = {
        "plan reminders": _tick("tracking.tasks.plan_reminders", seconds=tick),
        "plan notices": _tick("tracking.tasks.plan_notices", seconds=tick),
        "send reminders": _tick("tracking.tasks.send_reminders", seconds=tick),
        "sweep reports": _tick("tracking.tasks.sweep_reports", seconds=tick * 2),
        "draft monthly reports": _tick("tracking.tasks.draft_monthly_reports", seconds=tick * 60),
        "sweep exports": _tick("tracking.tasks.sweep_exports", seconds=tick * 2),
        "sweep clips": _tick("tracking.tasks.sweep_clips", seconds=tick * 2),
        "raise flags": _nightly("tracking.tasks.raise_flags", hour=3),
        "escalate flags": _tick("tracking.tasks.escalate_flags", seconds=tick * 2),
        "remove old photos": _nightly("tracking.tasks.remove_old_photos", hour=4),
        "erase what is due": _tick("tracking.tasks.erase_due", seconds=tick * 4),
        "seal the audit": _tick("clinic.tasks.seal_audit", seconds=tick * 2),
        "tell heads of the audit": _nightly("clinic.tasks.tell_audit_heads", hour=2),
        "sweep sign-ins": _nightly("clinic.tasks.sweep_sign_ins", hour=1),
        "remove what is over": _nightly("tracking.tasks.remove_what_is_over", hour=2),
        "lay days together": _tick("tracking.tasks.lay_days_together", seconds=tick * 60),
        "make figures of months": _nightly("tracking.tasks.make_months", hour=0),
        "prune the feed": _nightly("tracking.tasks.prune_feed", hour=5),
        "sweep reminders": _tick("tracking.tasks.sweep_reminders", seconds=tick * 60),
    }


@signals.setup_logging.connect
def _log_as_everybody(**_: Any) -> None:
    """Worker and beat log as the settings say, not as Celery would: without arguments, so without people."""
    logging.config.dictConfig(settings.LOGGING)


@signals.worker_init.connect
def _refuse_unsafe_start(**_: Any) -> None:
    """Refuse to start as the web does. Celery swallows errors of a hook, but not SystemExit."""
    try:
        boot.refuse_unsafe_start()
    except ImproperlyConfigured as error:
        sys.stderr.write(f"{error}\n")
        raise SystemExit(78) from None


@signals.worker_process_init.connect
def _leave_what_is_loaded(**_: Any) -> None:
    """Exclude loaded code from garbage collection, which would take half the time of planning."""
    gc.freeze()


@signals.task_prerun.connect
def _begin_as_nobody(**_: Any) -> None:
    """Clear the stamp of the previous task; each task sets its own."""
    rls.set_stamp(rls.NOBODY)
