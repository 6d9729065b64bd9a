"""Writing to people: one set of templates a message, in the recipient's language.

`emails/<name>-subject.txt`, `-body.txt` and `-body.html` make a message. Mail crosses networks in clear, so
its words never name a child, a clinic's subject or anybody's health.
"""

from __future__ import annotations

import logging
import smtplib
import urllib.parse
import uuid
from collections.abc import Mapping
from functools import partial
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import translation

logger = logging.getLogger("littlefoot.mail")


def compose(
    name: str,
    *,
    to: str,
    language: str,
    words: Mapping[str, Any],
    key: uuid.UUID | None = None,
    unsubscribe: str = "",
) -> EmailMultiAlternatives:
    """The message `name`, its templates filled with `words`.

    `language` is the recipient's, empty the product's own. With `key` the Message-ID is the same at every
    try, so that a mailbox can tell a repetition. `unsubscribe` is the page on which to stop messages like it.
    """
    with translation.override(language or settings.LANGUAGE_CODE):
        subject = render_to_string(f"emails/{name}-subject.txt", words)
        text = render_to_string(f"emails/{name}-body.txt", words)
        page = render_to_string(f"emails/{name}-body.html", words)
    headers = {"Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All"}
    if key is not None:
        headers["Message-ID"] = f"<{key}@{urllib.parse.urlsplit(settings.PUBLIC_URL).hostname}>"
    if unsubscribe:
        headers["List-Unsubscribe"] = f"<{unsubscribe}>"
    message = EmailMultiAlternatives(subject=" ".join(subject.split()), body=text, to=[to], headers=headers)
    message.attach_alternative(page, "text/html")
    return message


def send_on_commit(name: str, *, to: str, language: str, words: Mapping[str, Any]) -> None:
    """Send the message once the transaction is committed, from this process.

    For messages whose words are kept nowhere (an invitation's link), so that no task could write them again.
    Whoever asked still holds the link where the mail server takes nothing.
    """
    transaction.on_commit(partial(_send, name, compose(name, to=to, language=language, words=words)))


def _send(name: str, message: EmailMultiAlternatives) -> None:
    try:
        message.send()
    except (OSError, smtplib.SMTPException):
        logger.warning("mail not taken", extra={"event": "mail_not_taken", "code": name})
