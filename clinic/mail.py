"""Sending mail: one set of templates per message, in the recipient's language.

A message consists of `emails/<name>-subject.txt`, `-body.txt` and `-body.html`. Mail crosses networks
unencrypted, so its words never name a child or anybody's health.

Nothing automatic is sent to the family of a child who is in hospital or has died. A sender holds a lock on
the child, shared with other senders, while the mail server takes the message; whoever records the stay or the
death waits for it and lets no further sender in (docs/adr/0019).
"""

from __future__ import annotations

import contextlib
import logging
import smtplib
import urllib.parse
import uuid
from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import connection, transaction
from django.template.loader import render_to_string
from django.utils import translation

from clinic import rls
from clinic.models import Child

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
    try, so that a mailbox can tell a repetition. `unsubscribe` is an address that stops messages like it: by
    one click of the mail program, which posts to it (RFC 8058), or by the button of the page it opens.
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
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    message = EmailMultiAlternatives(subject=" ".join(subject.split()), body=text, to=[to], headers=headers)
    message.attach_alternative(page, "text/html")
    return message


def send_on_commit(
    name: str, *, to: str, language: str, words: Mapping[str, Any], about: uuid.UUID | None = None
) -> None:
    """Send the message once the transaction is committed, from this process.

    `about` is the child whose family it goes to, who may have to be left alone by then; None: to staff.

    For messages whose words are kept nowhere (an invitation's link), so that no task could write them again.
    Whoever asked still holds the link where the mail server takes nothing.
    """
    message = compose(name, to=to, language=language, words=words)
    transaction.on_commit(partial(_send, name, message, about))


@contextlib.contextmanager
def writing_about(child_id: uuid.UUID) -> Iterator[bool]:
    """Whether the family of this child may be written to; where it may, that holds until the block ends.

    A transaction of its own, which only reads: enter it outside any other, send inside.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock_shared(hashtextextended(%s, 0))", [_lock(child_id)])
        (is_free,) = cursor.fetchone()
        yield is_free and Child.objects.undisturbed().filter(pk=child_id).exists()


def stop_writing_about(child_id: uuid.UUID) -> None:
    """Wait for letters about this child that are being handed over, and let none begin until the commit."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [_lock(child_id)])


def _lock(child_id: uuid.UUID) -> str:
    return f"letters about {child_id}"


def _send(name: str, message: EmailMultiAlternatives, about: uuid.UUID | None) -> None:
    if about is None:
        _hand_over(name, message)
        return
    with rls.acting_as(system="invitations"), writing_about(about) as may_write:
        if may_write:
            _hand_over(name, message)


def _hand_over(name: str, message: EmailMultiAlternatives) -> None:
    try:
        message.send()
    except (OSError, smtplib.SMTPException):
        logger.warning("mail not taken", extra={"event": "mail_not_taken", "code": name})
