"""What beat costs with one task a family, as django-celery-beat keeps them in a database.

    python -m bench.celery_beat FAMILIES

makes a database `peer` on the server of the tests, with a tenth of its tasks due and the others in an hour.
Prints in milliseconds of CPU the first load, one tick (it sends one task), and the tick after somebody edited
one task; then the most memory held, in kB. PostgreSQL's share is not in it.
"""

from __future__ import annotations

import datetime as dt
import os
import statistics
import sys
import time
from pathlib import Path
from typing import Any

import django
import psycopg
from celery import Celery
from django.conf import settings
from django.core.management import call_command
from psycopg.conninfo import conninfo_to_dict

TICKS = 5
AT_ONCE = 5000


def main(families: int) -> None:
    _configure()
    from django_celery_beat.models import CrontabSchedule, PeriodicTask  # noqa: PLC0415  # Django is set up now
    from django_celery_beat.schedulers import DatabaseScheduler  # noqa: PLC0415  # as above

    call_command("migrate", verbosity=0)
    now = dt.datetime.fromtimestamp(time.time(), dt.UTC)
    every_minute = CrontabSchedule.objects.create()
    in_an_hour = CrontabSchedule.objects.create(minute="0", hour=str((now.hour + 1) % 24))
    for start in range(0, families, AT_ONCE):
        PeriodicTask.objects.bulk_create(
            PeriodicTask(
                name=str(number),
                task="remind",
                crontab=every_minute if number % 10 == 0 else in_an_hour,
                last_run_at=now,
                args=f'["{number}"]',
            )
            for number in range(start, min(start + AT_ONCE, families))
        )
    app = Celery("peer", broker="memory://")
    load, scheduler = _timed(lambda: DatabaseScheduler(app=app))
    time.sleep(60 - time.time() % 60)
    scheduler.tick()
    ticks = [_timed(scheduler.tick)[0] for _ in range(TICKS)]
    edited = PeriodicTask.objects.get(name="1")
    edits = []
    for number in range(TICKS):
        edited.description = str(number)
        edited.save()
        edits.append(_timed(scheduler.tick)[0])
    held = Path("/proc/self/status").read_text().partition("VmHWM:")[2].split()[0]
    print(round(load), round(statistics.median(ticks), 1), round(statistics.median(edits)), held)


def _timed(work: Any) -> tuple[float, Any]:
    began = time.process_time()
    answer = work()
    return (time.process_time() - began) * 1000, answer


def _configure() -> None:
    server = conninfo_to_dict(os.environ["LITTLEFOOT_TEST_SUPERUSER_URL"])
    with psycopg.connect(os.environ["LITTLEFOOT_TEST_SUPERUSER_URL"], autocommit=True) as connection:
        connection.execute("DROP DATABASE IF EXISTS peer WITH (FORCE)")
        connection.execute("CREATE DATABASE peer")
    settings.configure(
        SECRET_KEY="of-the-peer",
        USE_TZ=True,
        INSTALLED_APPS=["django_celery_beat"],
        DEFAULT_AUTO_FIELD="django.db.models.AutoField",
        DATABASES={
            "default": {
                "ENGINE": "django.db.backends.postgresql",
                "NAME": "peer",
                "USER": server["user"],
                "PASSWORD": server["password"],
                "HOST": server["host"],
            }
        },
    )
    django.setup()


if __name__ == "__main__":
    main(int(sys.argv[1]))
