"""Handing work to the worker while there is no broker."""

from __future__ import annotations

import pytest
from celery import current_app
from django.db import transaction
from kombu.exceptions import OperationalError

from clinic import jobs


def test_without_a_broker_what_asked_goes_on_and_what_was_written_stays(
    transactional_db: None, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def nobody_there(*_: object, **__: object) -> None:
        raise OperationalError("no broker")

    monkeypatch.setattr(current_app, "send_task", nobody_there)
    with transaction.atomic():
        jobs.enqueue("tracking.tasks.make_report", report_id="1")
    assert [record.event for record in caplog.records] == ["task_not_handed_over"]
