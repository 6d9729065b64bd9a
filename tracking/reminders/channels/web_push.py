"""Push messages to a person's browsers (RFC 8030), end-to-end encrypted (RFC 8291).

The push service learns which browser, when, how long the message may wait and how urgent it is. A meaningless
topic lets a newer message replace a waiting one, so somebody who turns a phone on after a day finds only one.
"""

from __future__ import annotations

import base64
import contextlib
import datetime as dt
import email.utils
import json
import time
import urllib.parse
import uuid
from functools import cache
from types import TracebackType
from typing import Self

import requests
from cryptography.fernet import InvalidToken
from django.conf import settings
from django.utils.crypto import salted_hmac
from py_vapid import Vapid02
from pywebpush import WebPusher, WebPushException

from clinic import rls
from tracking.models.notices import AT_ONCE
from tracking.models.providers import ProviderStanding
from tracking.models.reaching import PushSubscription
from tracking.models.reminders import Channel
from tracking.reminders.channels import Answer, Letter, Result, endpoints
from tracking.reminders.channels.words import page_of, words_of

CONNECT_WITHIN = 4.0
ANSWER_WITHIN = 8.0
ALL_WITHIN = 24.0
"""Seconds for the browsers of one person together: less than a lease lasts."""

SIGNED_FOR = dt.timedelta(hours=1)
GONE = frozenset({404, 410})
LATER = frozenset({408, 425, 429})


class WebPushChannel:
    """Connections are kept for a batch. A service that could not be reached is not tried again in it."""

    def __init__(self) -> None:
        self._session = endpoints.session()
        self._down: set[str] = set()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._session.close()

    def send(self, letter: Letter) -> Answer:
        """`ACCEPTED` once a service took it for one of the person's browsers.

        Subscriptions that are no more are dropped. Call it in a transaction.
        """
        own = list(PushSubscription.objects.filter(user=letter.recipient_id).order_by("-made_at", "-id"))
        left_alone = _left_alone({one.provider for one in own})
        until = time.monotonic() + ALL_WITHIN
        answers: list[Answer] = []
        gone: list[uuid.UUID] = []
        for subscription in own:
            if time.monotonic() > until:
                answers.append(Answer(Result.LATER, "push_out_of_time"))
                break
            wait = left_alone.get(subscription.provider)
            if wait is not None:
                answers.append(Answer(Result.LATER, "push_left_alone", wait=wait))
                continue
            answer = self._push(subscription, letter)
            answers.append(answer)
            if answer.code in _GONE_CODES:
                gone.append(subscription.pk)
        PushSubscription.objects.filter(pk__in=gone).delete()
        return _together(answers)

    def _push(self, subscription: PushSubscription, letter: Letter) -> Answer:
        try:
            browser = subscription.browser
            host = endpoints.provider_of(browser.endpoint)
            keys = {"p256dh": browser.p256dh, "auth": browser.auth}
            pusher = WebPusher({"endpoint": browser.endpoint, "keys": keys})
            sealed = pusher.encode(json.dumps(_payload(letter)).encode())["body"]
        except (ValueError, InvalidToken, WebPushException):
            # An endpoint that is not on the list any more, or keys that nothing can be encrypted for.
            return Answer(Result.REFUSED, "push_unsendable")
        if host in self._down:
            return Answer(Result.LATER, "push_unreachable")
        try:
            with self._session.post(
                browser.endpoint,
                data=sealed,
                headers=_signed(browser.endpoint) | _headers(letter),
                timeout=(CONNECT_WITHIN, ANSWER_WITHIN),
                allow_redirects=False,
                stream=True,  # what it says is not read
            ) as response:
                return _answer(response)
        except requests.RequestException as error:
            return self._failure(host, error)

    def _failure(self, host: str, error: requests.RequestException) -> Answer:
        if endpoints.was_refused(error):
            return Answer(Result.REFUSED, "push_unsendable")
        if endpoints.never_connected(error):
            self._down.add(host)
            return Answer(Result.LATER, "push_unreachable")
        is_slow = isinstance(error, requests.Timeout)
        return Answer(Result.LATER, "push_timeout" if is_slow else "push_broken_off")


def _left_alone(hosts: set[str]) -> dict[str, dt.timedelta]:
    """For how long still which of these services are left alone, where a person has browsers at several.

    Of whoever has one, the claim has asked before (`tracking.reminders.providers`).
    """
    if len(hosts) < 2:
        return {}
    now = rls.now()
    of_provider = {f"{Channel.WEB_PUSH}/{host}": host for host in hosts}
    found = ProviderStanding.objects.filter(provider__in=of_provider, open_until__gt=now)
    return {of_provider[row.provider]: row.open_until - now for row in found if row.open_until is not None}


_GONE_CODES = frozenset(f"push_{status}" for status in GONE)


def _together(answers: list[Answer]) -> Answer:
    """The best of them; where all may take it later, after the shortest wait."""
    if not answers:
        return Answer(Result.REFUSED, "push_no_browser")
    accepted = next((answer for answer in answers if answer.result is Result.ACCEPTED), None)
    if accepted:
        return accepted
    later = [answer for answer in answers if answer.result is Result.LATER]
    return min(later, key=lambda answer: answer.wait or dt.timedelta()) if later else answers[0]


def _answer(response: requests.Response) -> Answer:
    status = response.status_code
    code = f"push_{status}"
    if 200 <= status < 300:
        return Answer(Result.ACCEPTED, code)
    if status >= 500 or status in LATER:
        return Answer(Result.LATER, code, wait=_wait(response.headers.get("Retry-After", "")))
    return Answer(Result.REFUSED, code)


def _wait(told: str) -> dt.timedelta | None:
    """How long we are asked to wait: seconds, or until an instant; None where it is neither."""
    if told.isdecimal() and told.isascii():
        return dt.timedelta(seconds=min(int(told), 86_400))
    with contextlib.suppress(ValueError):
        until = email.utils.parsedate_to_datetime(told).timestamp() - time.time()
        return dt.timedelta(seconds=max(0.0, min(until, 86_400.0)))
    return None


def _payload(letter: Letter) -> dict[str, str]:
    """What the browser is told; assets/src/push.ts shows it."""
    title, body = words_of(letter)
    return {
        "title": title,
        "body": body,
        "address": page_of(letter),
        "topic": topic_of(letter),
        "key": str(letter.key),
    }


def _headers(letter: Letter) -> dict[str, str]:
    lives_for = letter.expires_at - rls.now()
    return {
        "Content-Encoding": "aes128gcm",
        "Content-Type": "application/octet-stream",
        "TTL": str(max(0, int(lives_for.total_seconds()))),
        "Topic": topic_of(letter),
        "Urgency": "high" if set(AT_ONCE) & set(letter.kinds) else "normal",
    }


def topic_of(letter: Letter) -> str:
    """32 letters, the same for what tells the same of the same children, from which nobody learns either."""
    about = " ".join([*sorted(map(str, letter.child_ids)), *sorted(set(letter.kinds))])
    digest = salted_hmac("tracking.reminders.channels.web_push", about, algorithm="sha256").digest()
    return base64.urlsafe_b64encode(digest[:24]).decode()


# ---- who we are (RFC 8292) --------------------------------------------------------------------------------


def _signed(endpoint: str) -> dict[str, str]:
    parts = urllib.parse.urlsplit(endpoint)
    claims = {
        "aud": f"{parts.scheme}://{parts.netloc}",
        "sub": f"mailto:{email.utils.parseaddr(settings.DEFAULT_FROM_EMAIL)[1]}",
        # By the clock of the world: the service compares it with its own.
        "exp": int(time.time() + SIGNED_FOR.total_seconds()),
    }
    signed: dict[str, str] = _vapid(settings.VAPID_PRIVATE_KEY).sign(claims)
    return signed


@cache
def _vapid(pem: str) -> Vapid02:
    return Vapid02.from_pem(pem.encode())
