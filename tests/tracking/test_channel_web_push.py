"""Pushes to a service that decrypts them as browsers do: what arrives, and what is made of each answer."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import re
import time
import uuid
from typing import Any

import pytest
from py_vapid import Vapid02

from clinic import rls
from clinic.models import User
from tests import outside
from tests.cast import Cast
from tests.outside import PushService, Reply
from tests.tracking.reaching import move, subscribed
from tracking.models import PushSubscription
from tracking.models.providers import ProviderStanding
from tracking.readings.reaching import push_key
from tracking.reminders.channels import Answer, Letter, Result, web_push
from tracking.reminders.channels.web_push import WebPushChannel, topic_of


def letter_to(user: User, **fields: Any) -> Letter:
    return Letter(
        **{
            "key": uuid.uuid4(),
            "recipient_id": user.pk,
            "child_ids": (uuid.uuid4(),),
            "address": "",
            "locale": "en",
            "is_to_staff": False,
            "is_tonight": True,
            "kinds": ("reminder",),
            "expires_at": rls.now() + dt.timedelta(hours=3),
            **fields,
        }
    )


def push(user: User, **fields: Any) -> Answer:
    with WebPushChannel() as way:
        return way.send(letter_to(user, **fields))


def test_a_push_arrives_encrypted_and_says_neither_who_nor_what(
    cast: Cast, push_service: PushService, capsys: pytest.CaptureFixture[str]
) -> None:
    browser = subscribed(cast.fay, push_service)
    letter = letter_to(cast.fay, child_ids=(cast.cleo.pk,))
    with WebPushChannel() as way:
        answer = way.send(letter)
    assert answer == Answer(Result.ACCEPTED, "push_201")
    (pushed,) = push_service.to(browser)
    print(f"headers {json.dumps(dict(pushed.headers), indent=1)}")
    print(f"sealed {len(pushed.sealed)} bytes: {pushed.sealed[:24].hex()}…")
    print(f"read {json.dumps(pushed.said, indent=1)}")
    assert pushed.said == {
        "title": "A quiet moment for tonight",
        "body": "Everything for it is here.",
        "address": f"/family/{cast.cleo.pk}/",
        "topic": topic_of(letter),
        "key": str(letter.key),
    }
    for word in (b"quiet", b"family", str(cast.cleo.pk).encode()):
        assert word not in pushed.sealed
    told = json.dumps(dict(pushed.headers))
    assert str(cast.cleo.pk) not in told
    assert "Cleo" not in told + json.dumps(pushed.said)


def test_the_service_is_told_how_long_how_pressing_and_what_it_replaces(
    cast: Cast, push_service: PushService
) -> None:
    subscribed(cast.fay, push_service)
    cleo, both = (cast.cleo.pk,), (cast.cleo.pk, cast.fern.pk)
    push(cast.fay, child_ids=cleo, expires_at=rls.now() + dt.timedelta(minutes=90, seconds=0.5))
    push(cast.fay, child_ids=cleo, expires_at=rls.now() - dt.timedelta(seconds=1))
    push(cast.fay, child_ids=both)
    push(cast.fay, child_ids=cleo, kinds=("urgent_flag",))
    first, late, of_both, flag = push_service.pushed
    assert first.headers["TTL"] == "5400"
    assert late.headers["TTL"] == "0"
    assert first.headers["Urgency"] == "normal"
    assert first.headers["Content-Encoding"] == "aes128gcm"
    assert flag.headers["Urgency"] == "high"
    assert first.topic == late.topic
    assert len({first.topic, of_both.topic, flag.topic}) == 3
    assert re.fullmatch(r"[\w-]{32}", first.topic)


def test_the_service_is_told_who_asks(cast: Cast, push_service: PushService) -> None:
    browser = subscribed(cast.fay, push_service)
    push(cast.fay)
    (pushed,) = push_service.to(browser)
    told = pushed.headers["Authorization"]
    assert Vapid02.verify(told)
    assert f"k={push_key()}" in told
    assert not Vapid02.verify(re.sub(r"t=\w+", "t=eyJhbGciOiJFUzI1NiJ9", told))


def test_all_of_a_persons_browsers_are_told_and_nobody_elses(cast: Cast, push_service: PushService) -> None:
    phone = subscribed(cast.fay, push_service)
    laptop = subscribed(cast.fay, push_service)
    gregs = subscribed(cast.greg, push_service)
    assert push(cast.fay).result is Result.ACCEPTED
    assert [len(push_service.to(one)) for one in (phone, laptop, gregs)] == [1, 1, 0]


def test_who_has_no_browser_left_is_said_so(cast: Cast, push_service: PushService) -> None:
    assert push(cast.fay) == Answer(Result.REFUSED, "push_no_browser")


@pytest.mark.parametrize(
    ("reply", "answer"),
    [
        (outside.BUSY, Answer(Result.LATER, "push_429", wait=dt.timedelta(seconds=30))),
        (Reply(503, {"Retry-After": "120"}), Answer(Result.LATER, "push_503", wait=dt.timedelta(minutes=2))),
        (Reply(503, {"Retry-After": "soon"}), Answer(Result.LATER, "push_503")),
        (outside.BROKEN, Answer(Result.LATER, "push_500")),
        (outside.TAKEN_AND_RESET, Answer(Result.LATER, "push_broken_off")),
        (Reply(400), Answer(Result.REFUSED, "push_400")),
        (Reply(413), Answer(Result.REFUSED, "push_413")),
    ],
    ids=lambda one: one.code if isinstance(one, Answer) else "",
)
def test_what_a_service_answers_is_understood(
    cast: Cast, push_service: PushService, reply: Reply, answer: Answer
) -> None:
    subscribed(cast.fay, push_service)
    push_service.answer = lambda _: reply
    assert push(cast.fay) == answer
    assert PushSubscription.objects.filter(user=cast.fay).count() == 1


def test_an_instant_to_wait_for_is_understood(cast: Cast, push_service: PushService) -> None:
    subscribed(cast.fay, push_service)
    at = dt.datetime.fromtimestamp(time.time() + 600, dt.UTC)
    told = at.strftime("%a, %d %b %Y %H:%M:%S GMT")
    push_service.answer = lambda _: Reply(429, {"Retry-After": told})
    wait = push(cast.fay).wait
    assert wait is not None
    assert dt.timedelta(minutes=8) < wait <= dt.timedelta(minutes=10)


@pytest.mark.parametrize("status", [404, 410])
def test_a_subscription_that_is_no_more_is_dropped(
    cast: Cast, push_service: PushService, status: int
) -> None:
    gone = subscribed(cast.fay, push_service)
    kept = subscribed(cast.fay, push_service)
    push_service.answer = lambda pushed: Reply(status) if pushed.browser == gone.name else outside.TAKEN
    assert push(cast.fay).result is Result.ACCEPTED
    assert PushSubscription.objects.get(user=cast.fay).browser.endpoint == kept.endpoint
    push_service.answer = lambda _: Reply(status)
    assert push(cast.fay) == Answer(Result.REFUSED, f"push_{status}")
    assert not PushSubscription.objects.filter(user=cast.fay).exists()


def test_a_service_that_hangs_holds_nobody_for_long(
    cast: Cast, push_service: PushService, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(web_push, "ANSWER_WITHIN", 0.3)
    monkeypatch.setattr(web_push, "ALL_WITHIN", 0.5)
    for _ in range(4):
        subscribed(cast.fay, push_service)
    push_service.answer = lambda _: outside.HANGING
    began = time.monotonic()
    assert push(cast.fay).code in ("push_timeout", "push_out_of_time")
    assert time.monotonic() - began < 5
    assert push_service.asked < 4


def test_a_service_that_is_away_is_asked_once_a_batch(cast: Cast, push_service: PushService) -> None:
    subscribed(cast.fay, push_service)
    move(cast.fay, "http://127.0.0.1:9/push/x")
    with WebPushChannel() as way:
        codes = [way.send(letter_to(cast.fay)) for _ in range(2)]
    assert codes == [Answer(Result.LATER, "push_unreachable")] * 2


def test_of_several_services_one_that_is_left_alone_holds_up_no_other(
    cast: Cast, push_service: PushService
) -> None:
    failing, other = subscribed(cast.fay, push_service), subscribed(cast.fay, push_service)
    for browser, host in ((failing, "failing.example"), (other, "other.example")):
        digest = hashlib.sha256(browser.endpoint.encode()).hexdigest()
        PushSubscription.objects.filter(endpoint_hash=digest).update(provider=host)
    standing = ProviderStanding.objects.create(
        provider="web_push/failing.example", failures=5, open_until=rls.now() + dt.timedelta(minutes=5)
    )
    assert push(cast.fay) == Answer(Result.ACCEPTED, "push_201")
    assert (len(push_service.to(failing)), len(push_service.to(other))) == (0, 1)
    ProviderStanding.objects.filter(pk=standing.pk).update(open_until=rls.now())
    push(cast.fay)
    assert (len(push_service.to(failing)), len(push_service.to(other))) == (1, 2)


def test_where_all_services_are_left_alone_it_is_tried_when_the_first_is_not(
    cast: Cast, push_service: PushService
) -> None:
    for minutes, host in ((5, "failing.example"), (2, "other.example")):
        browser = subscribed(cast.fay, push_service)
        digest = hashlib.sha256(browser.endpoint.encode()).hexdigest()
        PushSubscription.objects.filter(endpoint_hash=digest).update(provider=host)
        ProviderStanding.objects.create(
            provider=f"web_push/{host}",
            failures=5,
            open_until=rls.now() + dt.timedelta(minutes=minutes),
        )
    answer = push(cast.fay)
    assert (answer.result, answer.code) == (Result.LATER, "push_left_alone")
    assert answer.wait is not None
    assert dt.timedelta(minutes=1) < answer.wait <= dt.timedelta(minutes=2)
    assert push_service.pushed == []


def test_nobody_is_followed_elsewhere(cast: Cast, push_service: PushService) -> None:
    subscribed(cast.fay, push_service)
    other = push_service.subscribe()
    push_service.answer = lambda _: outside.elsewhere(other.endpoint)
    assert push(cast.fay) == Answer(Result.REFUSED, "push_307")
    assert push_service.asked == 1


def test_this_machine_is_refused_without_the_setting(
    cast: Cast, push_service: PushService, settings: Any
) -> None:
    subscribed(cast.fay, push_service)
    settings.PUSH_TO_THIS_MACHINE = False
    assert push(cast.fay) == Answer(Result.REFUSED, "push_unsendable")
    settings.PUSH_HOSTS = ["127.0.0.1"]
    move(cast.fay, "https://127.0.0.1/push/x")
    assert push(cast.fay) == Answer(Result.REFUSED, "push_unsendable")
    assert push_service.asked == 0


def test_a_secret_that_cannot_be_read_hurts_nobody_else(cast: Cast, push_service: PushService) -> None:
    broken = subscribed(cast.fay, push_service)
    PushSubscription.objects.filter(user=cast.fay).update(secret="of a key that is known no more")
    assert push(cast.fay) == Answer(Result.REFUSED, "push_unsendable")
    whole = subscribed(cast.fay, push_service)
    assert push(cast.fay).result is Result.ACCEPTED
    assert [len(push_service.to(one)) for one in (broken, whole)] == [0, 1]


def test_nothing_of_a_browser_is_readable_in_its_row(cast: Cast, push_service: PushService) -> None:
    browser = subscribed(cast.fay, push_service)
    row = str(PushSubscription.objects.filter(user=cast.fay).values().get())
    told = browser.told()
    for secret in (told["endpoint"], told["keys"]["auth"], told["keys"]["p256dh"], browser.name):
        assert secret not in row
