"""Messages by e-mail, through the backend that the settings name, SMTP by default."""

from __future__ import annotations

import contextlib
import smtplib
from types import TracebackType
from typing import Self

import requests
from anymail.exceptions import AnymailError, AnymailRecipientsRefused
from django.conf import settings
from django.core import signing
from django.core.mail import EmailMultiAlternatives, get_connection
from django.urls import reverse

from clinic import mail
from tracking.reminders.channels import Answer, Letter, Result, words

ACCEPTED = "smtp_250"
API_LATER = frozenset({401, 403, 408, 425, 429})
STOPPING = "tracking.reminders.stopping"
"""The salt of tokens that stop letters."""


class EmailChannel:
    """One connection for a batch, opened when first needed and anew after an error."""

    def __init__(self) -> None:
        self._connection = get_connection(fail_silently=False)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._hang_up()

    def send(self, letter: Letter) -> Answer:
        """What the mail server said. A server that took the message and then fell silent is `LATER`."""
        try:
            message = compose(letter)
            message.message()
        except (ValueError, LookupError):
            # An address or locale no mail can be made of; the others of the batch must not suffer for it.
            return Answer(Result.REFUSED, "unsendable")
        try:
            self._connection.open()
        except (OSError, smtplib.SMTPException) as error:
            self._hang_up()
            return Answer(Result.UNREACHABLE, _code_of(error) or "unreachable")
        try:
            self._connection.send_messages([message])
        except ValueError:
            # The backend looks at addresses once more.
            return Answer(Result.REFUSED, "unsendable")
        except AnymailError as error:
            return _answer_of_api(error)
        except (OSError, smtplib.SMTPException) as error:
            self._hang_up()
            return _answer(error)
        return Answer(Result.ACCEPTED, ACCEPTED)

    def _hang_up(self) -> None:
        with contextlib.suppress(OSError, smtplib.SMTPException):
            self._connection.close()


def compose(letter: Letter) -> EmailMultiAlternatives:
    """The message in the recipient's language. Its Message-ID is made of the key, the same at every try."""
    wishes = settings.PUBLIC_URL + words.wishes_of(letter)
    return mail.compose(
        "reminder",
        to=letter.address,
        language=letter.locale,
        words={
            "link": settings.PUBLIC_URL + words.page_of(letter),
            "wishes": wishes,
            "said": words.said(letter),
        },
        key=letter.key,
        unsubscribe=stopping_address(letter),
    )


def stopping_address(letter: Letter) -> str:
    """Where whoever reads a letter stops others like it, signed in or not; it tells nobody who they are."""
    wish = "notices_by" if words.is_notice(letter) else "reminders_by"
    token = signing.dumps([str(letter.recipient_id), wish], salt=STOPPING)
    return settings.PUBLIC_URL + reverse("stop_mail", kwargs={"stopping": token})


def _answer(error: Exception) -> Answer:
    code = _code_of(error)
    if code and code.startswith("smtp_5") and not isinstance(error, smtplib.SMTPSenderRefused):
        return Answer(Result.REFUSED, code)
    return Answer(Result.LATER, code or "broken_off")


def _answer_of_api(error: AnymailError) -> Answer:
    """What a provider's own API said; one that knows us no more (401, 403) may know us again."""
    if isinstance(error, AnymailRecipientsRefused):
        return Answer(Result.REFUSED, "unsendable")
    status = getattr(error, "status_code", None)
    if status is None:
        return Answer(Result.LATER, "timeout" if isinstance(error, requests.Timeout) else "broken_off")
    is_final = 400 <= status < 500 and status not in API_LATER
    return Answer(Result.REFUSED if is_final else Result.LATER, f"api_{status}")


def _code_of(error: Exception) -> str:
    """The reply's number; its words may quote the address and are dropped. Empty: there was no reply."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        replies = [reply for reply, _ in error.recipients.values()]
        return f"smtp_{max(replies)}" if replies else ""
    if isinstance(error, smtplib.SMTPResponseException):
        return f"smtp_{error.smtp_code}" if error.smtp_code > 0 else ""
    return "timeout" if isinstance(error, TimeoutError) else ""
