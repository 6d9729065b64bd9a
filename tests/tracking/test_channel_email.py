"""Letters by a provider's own API (django-anymail), against a stand-in, and what stands in their heads."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from clinic.models import User
from tests import outside
from tests.cast import Cast
from tests.outside import Reply
from tests.processes import Mailbox
from tests.tracking.test_channel_web_push import letter_to
from tracking.reminders.channels import Answer, Result
from tracking.reminders.channels.email import EmailChannel


class MailService(outside._Server):
    """Takes letters as JSON, as Postmark does."""

    def __init__(self) -> None:
        super().__init__()
        self.reply = Reply(200)
        self.taken: list[dict[str, Any]] = []

    def take(self, path: str, headers: Mapping[str, str], body: bytes) -> Reply:
        self.taken.append(json.loads(body))
        return self.reply


@pytest.fixture
def service(settings: Any) -> Iterator[MailService]:
    made = MailService()
    settings.EMAIL_BACKEND = "anymail.backends.postmark.EmailBackend"
    settings.ANYMAIL = {
        "POSTMARK_SERVER_TOKEN": "nobodys",
        "POSTMARK_API_URL": f"http://127.0.0.1:{made.port}/",
        "REQUESTS_TIMEOUT": 0.5,
    }
    with made.running():
        yield made


def write(user: User) -> Answer:
    with EmailChannel() as way:
        return way.send(letter_to(user, address=str(user.email)))


@pytest.mark.parametrize(
    ("reply", "result"),
    [
        (Reply(422), Result.REFUSED),
        (Reply(429), Result.LATER),
        (Reply(500), Result.LATER),
        (outside.TAKEN_AND_RESET, Result.LATER),
        (outside.HANGING, Result.LATER),
    ],
    ids=["422", "429", "500", "reset", "hanging"],
)
def test_what_a_providers_api_answers_is_understood(
    cast: Cast, service: MailService, reply: Reply, result: Result
) -> None:
    service.reply = reply
    assert write(cast.fay).result is result
    assert len(service.taken) == 1


def test_a_letter_by_a_providers_api_says_the_same(cast: Cast, service: MailService) -> None:
    write(cast.fay)
    (letter,) = service.taken
    assert letter["To"] == cast.fay.email
    named = {one["Name"]: one["Value"] for one in letter["Headers"]}
    assert named["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_a_provider_that_is_away_is_unreachable(cast: Cast, settings: Any, service: MailService) -> None:
    settings.ANYMAIL = {**settings.ANYMAIL, "POSTMARK_API_URL": "http://127.0.0.1:9/"}
    assert write(cast.fay).result is Result.LATER


def test_the_source_of_a_letter(cast: Cast, settings: Any, mailbox: Mailbox) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", mailbox.port
    key = uuid.uuid4()
    with EmailChannel() as way:
        letter = letter_to(cast.fay, key=key, address=str(cast.fay.email), child_ids=(cast.cleo.pk,))
        assert way.send(letter) == Answer(Result.ACCEPTED, "smtp_250")
    source = mailbox.sources[0].decode()
    print(source)
    assert f"Message-ID: <{key}@localhost>" in source
    assert "List-Unsubscribe-Post: List-Unsubscribe=One-Click" in source
