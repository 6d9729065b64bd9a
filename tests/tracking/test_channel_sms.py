"""Text messages through a gateway: what arrives, and that what may have arrived never goes twice."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

import pytest

from tests import outside
from tests.outside import Reply, SmsGateway
from tracking.reminders.channels import Answer, Letter, Result, sms
from tracking.reminders.channels.sms import SmsChannel, send_text

NUMBER = "+15550001234"


def send(key: uuid.UUID | None = None) -> Answer:
    return send_text("A word & another", number=NUMBER, key=key or uuid.uuid4())


def test_a_text_message_is_a_line_and_an_address_and_names_nobody(sms_gateway: SmsGateway) -> None:
    key, child = uuid.uuid4(), uuid.uuid4()
    letter = Letter(
        key=key,
        recipient_id=uuid.uuid4(),
        child_ids=(child,),
        address=NUMBER,
        locale="en",
        is_to_staff=False,
        is_tonight=True,
        kinds=("reminder",),
        expires_at=dt.datetime(2026, 11, 26, 21, tzinfo=dt.UTC),
    )
    with SmsChannel() as way:
        assert way.send(letter) == Answer(Result.ACCEPTED, "sms_taken")
    (message,) = sms_gateway.to(NUMBER)
    assert message.words == f"A quiet moment for tonight: http://localhost:8000/family/{child}/"
    assert message.key == str(key)
    assert len(message.words) <= 160, "one message, not two"


@pytest.mark.parametrize(
    ("reply", "answer"),
    [
        (outside.BUSY, Answer(Result.LATER, "sms_429")),
        (Reply(400), Answer(Result.REFUSED, "sms_400")),
        (Reply(401), Answer(Result.REFUSED, "sms_401")),
    ],
    ids=lambda one: one.code if isinstance(one, Answer) else "",
)
def test_a_gateway_that_says_no_is_believed(sms_gateway: SmsGateway, reply: Reply, answer: Answer) -> None:
    sms_gateway.answer = lambda _: reply
    assert send() == answer
    assert sms_gateway.sent == []


@pytest.mark.parametrize(
    ("reply", "code"),
    [
        (outside.BROKEN, "sms_500"),
        (Reply(503), "sms_503"),
        (outside.TAKEN_AND_RESET, "sms_unanswered"),
        (outside.HANGING, "sms_unanswered"),
        (outside.elsewhere("http://127.0.0.1:9/"), "sms_307"),
    ],
    ids=lambda one: one if isinstance(one, str) else "",
)
def test_what_may_have_been_taken_is_uncertain(
    sms_gateway: SmsGateway, monkeypatch: pytest.MonkeyPatch, reply: Reply, code: str
) -> None:
    monkeypatch.setattr(sms, "ANSWER_WITHIN", 0.3)
    sms_gateway.answer = lambda _: reply
    assert send() == Answer(Result.UNCERTAIN, code)
    assert sms_gateway.asked == 1


def test_a_gateway_that_was_never_reached_has_taken_nothing(settings: Any) -> None:
    settings.SMS_GATEWAY_URL = "json://127.0.0.1:9/?:to={number}"
    assert send() == Answer(Result.UNREACHABLE, "sms_unreachable")


def test_an_address_that_is_no_gateways_sends_nothing(settings: Any) -> None:
    settings.SMS_GATEWAY_URL = "nonsense://"
    assert send() == Answer(Result.REFUSED, "sms_no_gateway")


def test_a_status_is_read_and_a_gateways_own_number_is_not() -> None:
    for said, expected in {
        "Failed to send JSON POST notification: Bad Request, error=400.": (Result.REFUSED, "sms_400"),
        "Failed to send Twilio notification to +1: Invalid, error=21211.": (
            Result.UNCERTAIN,
            "sms_unanswered",
        ),
        "Something else": (Result.UNCERTAIN, "sms_unanswered"),
    }.items():
        with sms._Listening() as heard:
            sms.logging.getLogger("apprise").warning("%s", said)
        assert heard.answer() == Answer(*expected)
