"""The Celery application: worker hooks and the whole beat schedule, in one place."""

from __future__ import annotations

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

app = Celery("littlefoot")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks(["clinic", "tracking"])

# Ticks only: truth is rows, a tick claims what is due (trust, 3.1). The list never grows with families.
app.conf.beat_schedule = {}
