"""Tasks are faces: named, keyword-only, open to messages of other versions; beat only ticks."""

from __future__ import annotations

import inspect
import uuid

import pytest
from celery import signals
from django.conf import settings

from clinic import rls
from config.celery import app


def our_tasks() -> list[str]:
    app.loader.import_default_modules()
    return sorted(name for name in app.tasks if name.startswith(("clinic.", "tracking.")))


def test_there_are_tasks() -> None:
    assert "tracking.tasks.send_reminders" in our_tasks()


@pytest.mark.parametrize("name", our_tasks())
def test_a_task_takes_keywords_and_ignores_those_it_does_not_know(name: str) -> None:
    kinds = [one.kind for one in inspect.signature(app.tasks[name].run).parameters.values()]
    assert kinds[-1:] == [inspect.Parameter.VAR_KEYWORD]
    assert set(kinds[:-1]) <= {inspect.Parameter.KEYWORD_ONLY}


def test_beat_ticks_tasks_that_exist_and_forgets_ticks_nobody_took() -> None:
    for entry in app.conf.beat_schedule.values():
        assert entry["task"] in our_tasks()
        assert not entry.get("args")
        assert not entry.get("kwargs")
        assert entry["options"]["expires"] > 0
    assert len(app.conf.beat_schedule) <= 20


def test_a_task_begins_as_nobody() -> None:
    token = rls.set_stamp(rls.Stamp(user_id=uuid.uuid4()))
    try:
        signals.task_prerun.send(sender=None)
        assert rls.current_stamp() == rls.NOBODY
    finally:
        rls.reset_stamp(token)


def test_a_killed_workers_task_comes_back_before_a_reminder_is_too_late() -> None:
    options = settings.CELERY_BROKER_TRANSPORT_OPTIONS
    assert settings.CELERY_TASK_TIME_LIMIT < options["visibility_timeout"] <= 600
