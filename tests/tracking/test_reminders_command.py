"""`manage.py reminders`: how they are doing, and trying again what was given up."""

from __future__ import annotations

import io

import pytest
from django.core.management import CommandError, call_command

from clinic.models import AuditEvent
from tests.cast import Cast
from tests.tracking.reminding import endings
from tests.web.test_undelivered import give_up


def run(*arguments: str) -> str:
    out = io.StringIO()
    call_command("reminders", *arguments, stdout=out)
    return out.getvalue()


def test_it_tells_what_was_given_up(cast: Cast) -> None:
    give_up(cast)
    assert "Given up in a day: 2 dead (tries_spent)." in run()


def test_it_has_one_clinics_tried_again(cast: Cast) -> None:
    give_up(cast)
    assert run("--replay", "--clinic", "elsewhere") == "0 are tried again.\n"
    assert run("--replay", "--reason", "smtp_550") == "0 are tried again.\n"
    assert run("--replay", "--clinic", "harbor", "--reason", "tries_spent") == "2 are tried again.\n"
    assert endings() == {("retry", ""): 2}
    assert AuditEvent.objects.filter(code="replayed_reminders", actor_id=None).count() == 3


def test_what_to_try_again_is_said_with_it(cast: Cast) -> None:
    with pytest.raises(CommandError, match="say what to --replay"):
        run("--clinic", "harbor")
    with pytest.raises(CommandError, match="no clinic nowhere"):
        run("--replay", "--clinic", "nowhere")
