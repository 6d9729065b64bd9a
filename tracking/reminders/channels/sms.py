"""Text messages through any gateway that apprise knows; none if the settings name none.

A text message costs money and cannot be told from its repetition. So one that may have been accepted is never
sent again: unless the gateway refused it explicitly or was never reached, the result is `UNCERTAIN`.
"""

from __future__ import annotations

import logging
import re
import sys
import threading
import urllib.parse
import uuid
from types import TracebackType
from typing import Self

import apprise
import requests
from apprise import AppriseAsset
from django.conf import settings

from tracking.reminders.channels import Answer, Letter, Result, endpoints
from tracking.reminders.channels.words import page_of, words_of

CONNECT_WITHIN = 5
ANSWER_WITHIN = 15

LATER = frozenset({408, 425, 429})
_STATUS = re.compile(r"\berror=([1-5][0-9]{2})\b(?![0-9])")


class SmsChannel:
    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        pass

    def send(self, letter: Letter) -> Answer:
        title, _ = words_of(letter)
        page = settings.PUBLIC_URL + page_of(letter)
        return send_text(f"{title}: {page}", number=letter.address, key=letter.key)


def send_text(words: str, *, number: str, key: uuid.UUID) -> Answer:
    """Send a text message to a number in E.164. `key` is told to gateways that ask for one."""
    address = settings.SMS_GATEWAY_URL.replace("{number}", urllib.parse.quote(number, safe=""))
    address = address.replace("{key}", str(key))
    times = urllib.parse.urlencode({"cto": CONNECT_WITHIN, "rto": ANSWER_WITHIN, "retry": 0})
    address += f"{'&' if '?' in address else '?'}{times}"
    way = apprise.Apprise.instantiate(address, asset=AppriseAsset(http_redirects=False))
    if not isinstance(way, apprise.NotifyBase):
        return Answer(Result.REFUSED, "sms_no_gateway")
    with _Listening() as heard:
        was_taken = way.notify(body=words, title="")
    return Answer(Result.ACCEPTED, "sms_taken") if was_taken else heard.answer()


class _Listening(logging.Handler):
    """Hears from apprise why it failed, which it tells its log and no caller: the error at hand, or a status.

    What it cannot hear leaves the outcome uncertain.
    """

    def __init__(self) -> None:
        super().__init__()
        self._thread = threading.get_ident()
        self._error: BaseException | None = None
        self._status = 0

    def __enter__(self) -> Self:
        logging.getLogger("apprise").addHandler(self)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        logging.getLogger("apprise").removeHandler(self)

    def emit(self, record: logging.LogRecord) -> None:
        if threading.get_ident() != self._thread:
            return
        self._error = self._error or sys.exception()
        told = _STATUS.search(record.getMessage())
        if told:
            self._status = int(told[1])

    def answer(self) -> Answer:
        if isinstance(self._error, requests.RequestException) and endpoints.never_connected(self._error):
            return Answer(Result.UNREACHABLE, "sms_unreachable")
        if self._status in LATER:
            return Answer(Result.LATER, f"sms_{self._status}")
        if 400 <= self._status < 500:
            return Answer(Result.REFUSED, f"sms_{self._status}")
        return Answer(Result.UNCERTAIN, f"sms_{self._status}" if self._status else "sms_unanswered")
