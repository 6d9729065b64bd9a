"""Sending to a real mail server: what arrives, what is written down, what is tried again."""

from __future__ import annotations

import datetime as dt
import re
import smtplib
import uuid
from email.message import EmailMessage
from typing import Any

import pytest
from aiosmtpd.smtp import Envelope
from django.db import transaction

from tests import database, factories, processes
from tests.cast import Cast
from tests.processes import Mailbox
from tests.tracking.reminding import (
    TUESDAY,
    at,
    coming,
    delivery,
    endings,
    planned_evening,
)
from tracking import tasks
from tracking.models import ProviderStanding, ReminderDelivery
from tracking.reminders import delivering, moments
from tracking.reminders.channels import Letter, Result
from tracking.reminders.channels.email import EmailChannel, compose
from tracking.reminders.claiming import Claimed

BANNED = ("missed", "forgot", "overdue", "should", "streak", "failed", "!", "massage", "child", "therap")


@pytest.fixture
def by_smtp(settings: Any, mailbox: Mailbox) -> Mailbox:
    """Mail leaves by SMTP to a server of ours, not into Django's memory."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", mailbox.port
    return mailbox


@pytest.fixture
def evening(live_cast: Cast, clock: database.Clock) -> dt.date:
    """Cleo's Tuesday, 18:30 at Fay's: two letters are due."""
    with transaction.atomic():
        day = planned_evening(live_cast)
    clock.move_to(at(day, "18:30"))
    return day


def test_what_is_due_is_sent_once_and_written_down(
    live_cast: Cast, evening: dt.date, by_smtp: Mailbox
) -> None:
    assert delivering.deliver_batch() == 2
    assert delivering.deliver_batch() == 0
    assert sorted(by_smtp.recipients) == sorted([str(live_cast.fay.email), str(live_cast.nan.email)])
    assert endings() == {("sent", ""): 2}
    found = delivery(live_cast.fay)
    assert found.provider_codes == ["smtp_250"]
    assert by_smtp.to(str(live_cast.fay.email))[0]["Message-ID"] == f"<{found.idempotency_key}@localhost>"


def test_a_letter_is_plain_and_kind_and_names_nobody(
    live_cast: Cast, evening: dt.date, by_smtp: Mailbox
) -> None:
    delivering.deliver_batch()
    letter = by_smtp.to(str(live_cast.fay.email))[0]
    assert letter["Subject"] == "A quiet moment for tonight"
    assert letter["Auto-Submitted"] == "auto-generated"
    body = text_of(letter)
    corner = f"http://localhost:8000/family/{live_cast.cleo.pk}/"
    assert {corner, f"{corner}reminders/"} <= set(body.splitlines())
    assert letter["List-Unsubscribe"].strip().startswith("<http://localhost:8000/accounts/reaching/stop/")
    assert letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    envelope = {str(live_cast.fay.email), str(live_cast.nan.email)}
    said = b"".join(by_smtp.sources).decode()
    for word in live_cast.planted_words():
        if word not in envelope:
            assert word not in said
    assert "Cleo" not in said
    assert "Fay" not in said


def letter_to_all(*, is_tonight: bool) -> Letter:
    return Letter(
        key=uuid.uuid4(),
        recipient_id=uuid.uuid4(),
        child_ids=(uuid.uuid4(),),
        address="a@example.org",
        locale="en",
        is_to_staff=False,
        is_tonight=is_tonight,
        kinds=("reminder",),
        expires_at=dt.datetime(2026, 3, 1, 21, 30, tzinfo=dt.UTC),
    )


def text_of(letter: EmailMessage) -> str:
    part = letter.get_body(("plain",))
    assert part is not None
    return str(part.get_content())


@pytest.mark.parametrize("is_tonight", [True, False])
def test_no_word_of_a_letter_presses_or_tells(is_tonight: bool) -> None:
    message = compose(letter_to_all(is_tonight=is_tonight))
    html = message.alternatives[0][0]
    words = re.sub(r"<!doctype html>|<[^>]*>", " ", str(html))
    for text in (message.subject, message.body, words):
        for banned in BANNED:
            assert banned not in str(text).lower()


def test_a_morning_letter_does_not_speak_of_tonight() -> None:
    letter = letter_to_all(is_tonight=False)
    message = compose(letter)
    assert message.subject == "A quiet moment for today"
    assert "tonight" not in str(message.body)
    assert "evening" not in str(message.body)


def test_a_busy_server_is_asked_again_with_the_same_key(
    live_cast: Cast, evening: dt.date, by_smtp: Mailbox, clock: database.Clock
) -> None:
    tried: list[bytes] = []

    def busy(envelope: Envelope) -> str | None:
        assert isinstance(envelope.content, bytes)
        tried.append(envelope.content)
        return "451 later" if len(tried) <= 2 else None

    by_smtp.answer = busy
    delivering.deliver_batch()
    assert endings() == {("retry", ""): 2}
    waits = [d.next_try_at - database.Clock().now() for d in ReminderDelivery.objects.all()]
    assert all(wait <= dt.timedelta(minutes=1) for wait in waits)
    clock.advance(minutes=1)
    delivering.deliver_batch()
    assert endings() == {("sent", ""): 2}
    assert delivery(live_cast.fay).provider_codes == ["smtp_451", "smtp_250"]
    ids = re.findall(rb"Message-ID: <([^@>]+)@", b"".join(tried))
    assert len(ids) == 4
    assert len(set(ids)) == 2


def test_an_address_the_server_refuses_is_not_tried_again(
    live_cast: Cast, evening: dt.date, by_smtp: Mailbox
) -> None:
    by_smtp.answer = lambda envelope: "550 nobody here" if "fay" in envelope.rcpt_tos[0] else None
    delivering.deliver_batch()
    assert delivery(live_cast.fay).state == "dead"
    assert delivery(live_cast.fay).reason == "smtp_550"
    assert delivery(live_cast.nan).state == "sent"


def test_an_address_no_mail_can_be_made_of_harms_no_other(
    live_cast: Cast, evening: dt.date, by_smtp: Mailbox
) -> None:
    live_cast.fay.email = "fay\nbcc:everybody@example.org"
    live_cast.fay.save()
    delivering.deliver_batch()
    assert (delivery(live_cast.fay).state, delivery(live_cast.fay).reason) == ("dead", "unsendable")
    assert delivery(live_cast.nan).state == "sent"


def test_it_is_tried_five_times_and_never_past_its_expiry(
    live_cast: Cast, evening: dt.date, by_smtp: Mailbox, clock: database.Clock
) -> None:
    by_smtp.answer = lambda _: "451 later"
    for _ in range(8):
        delivering.deliver_batch()
        clock.advance(minutes=30)
    assert endings() == {("dead", "tries_spent"): 2}
    assert delivery(live_cast.fay).provider_codes == ["smtp_451"] * 5
    assert moments.TRIES == 5


def test_a_retry_that_would_come_too_late_expires(
    live_cast: Cast, evening: dt.date, by_smtp: Mailbox, clock: database.Clock
) -> None:
    by_smtp.answer = lambda _: "451 later"
    ReminderDelivery.objects.update(expires_at=at(evening, "18:30") + dt.timedelta(seconds=30))
    for _ in range(4):
        delivering.deliver_batch()
        clock.advance(seconds=20)
    assert {state for state, _ in endings()} == {"expired"}
    assert by_smtp.letters == []


def test_a_server_that_is_down_costs_the_others_no_try(
    live_cast: Cast, evening: dt.date, settings: Any, clock: database.Clock, mailbox: Mailbox
) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", processes.free_port()
    delivering.deliver_batch()
    codes = sorted(ReminderDelivery.objects.values_list("provider_codes", flat=True))
    assert codes == [[], ["unreachable"]]
    settings.EMAIL_PORT = mailbox.port
    clock.advance(minutes=2)
    delivering.deliver_batch()
    assert endings() == {("sent", ""): 2}


def test_a_server_that_hangs_up_after_taking_it_gets_the_same_key_again(
    live_cast: Cast, evening: dt.date, by_smtp: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    channel = EmailChannel()
    letter = letter_to_all(is_tonight=True)
    with channel:
        monkeypatch.setattr(smtplib.SMTP, "getreply", dropped_after_data(smtplib.SMTP.getreply))
        answer = channel.send(letter)
        monkeypatch.undo()
        assert answer.result is Result.LATER
        assert channel.send(letter).result is Result.ACCEPTED
    assert len(by_smtp.keys()) == 2
    assert len(set(by_smtp.keys())) == 1


def dropped_after_data(getreply: Any) -> Any:
    """The connection breaks in the moment the server says that it took the message."""

    def reply(self: smtplib.SMTP) -> Any:
        answer = getreply(self)
        if answer == (250, b"taken"):
            raise smtplib.SMTPServerDisconnected("gone")
        return answer

    return reply


def test_a_message_nobody_can_send_is_tried_five_times_and_keeps_no_other(
    live_cast: Cast,
    evening: dt.date,
    by_smtp: Mailbox,
    clock: database.Clock,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    truly = delivering._letter

    def letter(claimed: Claimed) -> Letter:
        if claimed.address == live_cast.fay.email:
            raise LookupError("no such words")
        return truly(claimed)

    monkeypatch.setattr(delivering, "_letter", letter)
    for _ in range(moments.TRIES):
        delivering.deliver_batch()
        clock.advance(minutes=30)
    assert by_smtp.recipients == [live_cast.nan.email]
    found = delivery(live_cast.fay)
    assert (found.state, found.reason) == ("dead", "tries_spent")
    assert found.provider_codes == ["broken"] * moments.TRIES
    assert not ProviderStanding.objects.exists()


def test_a_server_that_stays_down_is_left_alone_until_a_probe_is_taken(
    live_cast: Cast, evening: dt.date, settings: Any, clock: database.Clock, mailbox: Mailbox
) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", processes.free_port()
    while not ProviderStanding.objects.filter(provider="email", open_until__isnull=False).exists():
        delivering.deliver_batch()
        clock.advance(seconds=20)
    assert {state for state, _ in endings()} == {"retry"}
    settings.EMAIL_PORT = mailbox.port
    clock.advance(minutes=30)
    delivering.deliver_batch()
    assert len(mailbox.letters) == 1
    clock.advance(minutes=1)
    delivering.deliver_batch()
    assert endings() == {("sent", ""): 2}
    assert ProviderStanding.objects.get().failures == 0


def test_access_that_ends_before_its_turn_is_respected(
    live_cast: Cast, evening: dt.date, by_smtp: Mailbox
) -> None:
    """Whoever comes first in the batch, the other's access ends while that one is on its way."""

    def end_the_others(envelope: Envelope) -> str | None:
        first = envelope.rcpt_tos[0]
        other = live_cast.nan if first == live_cast.fay.email else live_cast.fay
        with database.as_owner() as cursor:
            cursor.execute(
                "UPDATE tracking_reminderdelivery SET state = 'suppressed', reason = 'revoked',"
                " ended_at = littlefoot_now() WHERE recipient_id = %s",
                [other.pk],
            )
        return None

    by_smtp.answer = end_the_others
    delivering.deliver_batch()
    assert len(by_smtp.letters) == 1
    assert endings() == {("sent", ""): 1, ("suppressed", "revoked"): 1}


def test_the_tasks_plan_send_and_sweep(live_cast: Cast, clock: database.Clock, by_smtp: Mailbox) -> None:
    day = coming(TUESDAY)
    clock.move_to(at(day, "00:30"))
    with transaction.atomic():
        factories.prescribed(live_cast.cleo, by=live_cast.tess)
    tasks.sweep_reminders(of_a_newer_version="ignored")
    clock.move_to(at(day, "18:30"))
    tasks.plan_reminders()
    tasks.send_reminders()
    assert endings() == {("sent", ""): 2}
    assert len(by_smtp.letters) == 2


def test_every_delivery_ends_and_the_counts_add_up(
    live_cast: Cast, clock: database.Clock, by_smtp: Mailbox
) -> None:
    """Nine days of two slots: one with a busy server, one with an outage over its evening."""
    with transaction.atomic():
        day = planned_evening(live_cast, anchors=("after_bath", "bedtime"))
    for number in range(9):
        today = day + dt.timedelta(days=number)
        by_smtp.answer = (lambda _: "451 later") if number == 2 else (lambda _: None)
        for wall in ("15:00", "18:40", "19:00", "19:45", "20:30", "23:40"):
            if number == 4 and wall != "23:40":
                continue
            clock.move_to(at(today, wall))
            tasks.plan_reminders()
            tasks.send_reminders()
    counts = endings()
    assert sum(counts.values()) == ReminderDelivery.objects.count()
    assert not ReminderDelivery.objects.filter(
        occurrence__local_day__lt=today, state__in=["due", "leased", "retry"]
    )
    assert len(by_smtp.letters) == sum(count for (state, _), count in counts.items() if state == "sent")
    assert {state for state, _ in counts} >= {"sent", "expired"}
