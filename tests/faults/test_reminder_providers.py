"""Providers in trouble: nobody is asked twice under two keys, too early, or after they are gone."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any

import pytest

from tests import database, outside
from tests.cast import Cast
from tests.faults.promise import bugs
from tests.faults.promise.crowd import Crowd, a_crowd_is_due
from tests.faults.promise.trouble import Met, browsers_left, mail_to, push_to, text_to
from tests.outside import PushService, Reply, SmsGateway
from tests.processes import Mailbox
from tracking.reminders.channels import sms, web_push

pytestmark = pytest.mark.faults

PEOPLE = int(os.environ.get("LITTLEFOOT_PEOPLE", "6"))
"""`make prove-reminders` plays each with more."""

SILENT = Reply(after_seconds=5.0)
SILENCE = 0.4
"""Seconds that are waited for an answer in these tests."""

Say = Callable[[str], None]


@pytest.fixture
def crowd(live_cast: Cast, clock: database.Clock) -> Crowd:
    return a_crowd_is_due(live_cast, clock, people=PEOPLE)


@pytest.fixture(autouse=True)
def _impatient(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.EMAIL_TIMEOUT = 1
    monkeypatch.setattr(web_push, "ANSWER_WITHIN", SILENCE)
    monkeypatch.setattr(sms, "ANSWER_WITHIN", SILENCE)


@pytest.fixture
def by_smtp(settings: Any, mailbox: Mailbox) -> Mailbox:
    """Mail of this process leaves by SMTP to a server of ours."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", mailbox.port
    return mailbox


def everybody_once(met: Met) -> bool:
    return met.accepted == PEOPLE and met.states == {"sent": PEOPLE} and not (met.duplicates or met.early)


@pytest.mark.parametrize(
    ("trouble", "reply"),
    [
        ("busy", outside.BUSY),
        ("broken", outside.BROKEN),
        ("slow", Reply(after_seconds=0.2)),
        ("reset after it took it", outside.TAKEN_AND_RESET),
        ("silent", SILENT),
    ],
)
def test_a_push_service_in_trouble_is_asked_again_and_takes_each_once(
    crowd: Crowd,
    clock: database.Clock,
    push_service: PushService,
    say_at_the_end: Say,
    trouble: str,
    reply: Reply,
) -> None:
    met = push_to(push_service, crowd, clock, reply)
    say_at_the_end(f"push service {trouble}: {met}")
    assert everybody_once(met), met
    assert bool(met.repeats) is (trouble in ("reset after it took it", "silent"))


def test_a_browser_that_is_gone_is_asked_once_and_forgotten(
    crowd: Crowd, clock: database.Clock, push_service: PushService, say_at_the_end: Say
) -> None:
    met = push_to(push_service, crowd, clock, outside.GONE, troubles=9)
    say_at_the_end(f"browsers gone: {met}, browsers left {browsers_left()}")
    assert (met.asked, browsers_left()) == (PEOPLE, 0)
    assert met.states == {"dead (push_410)": PEOPLE}


@pytest.mark.parametrize(
    ("trouble", "reply", "state"),
    [
        ("busy", outside.BUSY, "sent"),
        ("broken", outside.BROKEN, "unknown (sms_500)"),
        ("reset after it took it", outside.TAKEN_AND_RESET, "unknown (sms_unanswered)"),
        ("silent", SILENT, "unknown (sms_unanswered)"),
    ],
)
def test_a_text_that_may_have_arrived_is_never_sent_again(
    crowd: Crowd,
    clock: database.Clock,
    sms_gateway: SmsGateway,
    say_at_the_end: Say,
    trouble: str,
    reply: Reply,
    state: str,
) -> None:
    met = text_to(sms_gateway, crowd, clock, reply)
    say_at_the_end(f"SMS gateway {trouble}: {met}")
    assert met.states == {state: PEOPLE}
    assert (met.repeats, met.duplicates, met.early) == (0, 0, 0)


@pytest.mark.parametrize(
    ("trouble", "answer", "after_seconds"),
    [("busy", "451 later", 0), ("closing", "421 not now", 0), ("slow", None, 0.1), ("silent", None, 1.5)],
)
def test_a_mail_server_in_trouble_takes_each_under_one_key(
    crowd: Crowd,
    clock: database.Clock,
    by_smtp: Mailbox,
    say_at_the_end: Say,
    trouble: str,
    answer: str | None,
    after_seconds: float,
) -> None:
    met = mail_to(by_smtp, crowd, clock, answer, after_seconds=after_seconds)
    say_at_the_end(f"mail server {trouble}: {met}")
    assert everybody_once(met), met


@pytest.mark.parametrize(
    ("bug", "reply", "amiss"),
    [
        ("hurries", outside.BUSY, "early"),
        ("new_key_each_time", outside.TAKEN_AND_RESET, "duplicates"),
        ("keeps_the_gone", outside.GONE, "browsers"),
    ],
)
def test_pushing_wrongly_is_found_out(
    crowd: Crowd,
    clock: database.Clock,
    push_service: PushService,
    say_at_the_end: Say,
    bug: str,
    reply: Reply,
    amiss: str,
) -> None:
    with bugs.switched_on(bug):
        met = push_to(push_service, crowd, clock, reply)
    say_at_the_end(f"with the bug {bug}: {met}, browsers left {browsers_left()}")
    assert (browsers_left() if amiss == "browsers" else getattr(met, amiss)) > 0


def test_texting_again_is_found_out(
    crowd: Crowd, clock: database.Clock, sms_gateway: SmsGateway, say_at_the_end: Say
) -> None:
    with bugs.switched_on("texts_again"):
        met = text_to(sms_gateway, crowd, clock, outside.TAKEN_AND_RESET)
    say_at_the_end(f"with the bug texts_again: {met}")
    assert met.repeats > 0
