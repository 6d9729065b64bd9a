"""A person's phone number: used only after they have typed the code that was sent to it."""

from __future__ import annotations

import datetime as dt
import logging
import re
import unicodedata
import uuid
from functools import partial

from django.db import transaction
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext, override

from clinic import audit, limits, typed_codes
from clinic.errors import Conflict, Invalid, Unseen
from clinic.limits import Limit
from clinic.models import User
from clinic.vocabulary import AuditCode
from tracking.models import Channel, PhoneNumber
from tracking.readings.reaching import offered
from tracking.reminders.channels import Result, sms

HOUR = 60 * 60
TO_A_PERSON = Limit("codes-sent-for-a-person", most=5, within_seconds=HOUR)
TO_A_NUMBER = Limit("codes-sent-to-a-number", most=5, within_seconds=24 * HOUR)
FROM_A_PLACE = Limit("codes-sent-from-a-place", most=20, within_seconds=24 * HOUR)
GUESSES = Limit("guesses-at-a-phone-code", most=5, within_seconds=HOUR)
"""At one code, of eight digits."""

LIVES_FOR = dt.timedelta(minutes=15)

_NUMBER = re.compile(r"\+[1-9][0-9]{6,14}")

logger = logging.getLogger("littlefoot.reminders")


class CodeOpensNothing(Conflict):
    """The code is not the one that was sent, or has expired; request another."""

    code = "code_opens_nothing"


@transaction.atomic
def say_number(*, by: User, number: str, address: str | None, now: dt.datetime) -> PhoneNumber:
    """Send a code to a number; typed, it makes the number one's own. A former one is used no more.

    Raises Invalid for what is no number with its country, Unseen where there are no text messages here,
    TriedTooOften (429). `address` is where the asker is.
    """
    if Channel.SMS not in offered():
        raise Unseen
    told = as_number(number)
    if told is None:
        raise Invalid(field="number", allowed="phone_number")
    limits.take(FROM_A_PLACE, limits.network_of(address))
    limits.take(TO_A_PERSON, str(by.pk))
    limits.take(TO_A_NUMBER, told)
    code = typed_codes.new_number()
    kept, _ = PhoneNumber.objects.select_for_update().get_or_create(user=by, defaults={"number": told})
    kept.number, kept.verified_at = told, None
    kept.code_hash, kept.code_expires_at = _hash(code), now + LIVES_FOR
    kept.save()
    with override(by.locale or None):
        words = gettext("Your Littlefoot code is %(code)s. Nobody will ask you for it.") % {
            "code": typed_codes.grouped(code)
        }
    transaction.on_commit(partial(_send, words, told))
    _tell("phone_said", by, now)
    return kept


@transaction.atomic
def confirm_number(*, by: User, code: str, now: dt.datetime) -> PhoneNumber:
    """The number, verified, where this is the code that was sent to it.

    Raises CodeOpensNothing (409), TriedTooOften (429).
    """
    kept = PhoneNumber.objects.select_for_update().filter(user=by).first()
    if kept is None or not kept.code_hash or kept.code_expires_at is None or kept.code_expires_at <= now:
        raise CodeOpensNothing(field="code")
    limits.take(GUESSES, kept.code_hash)
    typed = typed_codes.as_number(code)
    if typed is None or not constant_time_compare(_hash(typed), kept.code_hash):
        raise CodeOpensNothing(field="code")
    kept.verified_at, kept.code_hash, kept.code_expires_at = now, "", None
    kept.save()
    _tell("phone_verified", by, now)
    return kept


@transaction.atomic
def forget_number(*, by: User, now: dt.datetime) -> None:
    """No text message goes there any more. Once is enough."""
    if PhoneNumber.objects.filter(user=by).delete()[0]:
        _tell("phone_forgotten", by, now)


def as_number(text: str) -> str | None:
    """A number in E.164 as somebody typed it, in whatever script and groups; None for what is none."""
    typed = [one for one in text.strip() if not (one.isspace() or one in "-–.()/\u202a\u202c")]
    digits = "".join(str(unicodedata.digit(one)) if one.isdigit() else one for one in typed)
    digits = f"+{digits[2:]}" if digits.startswith("00") else digits
    return digits if _NUMBER.fullmatch(digits) else None


def _hash(code: str) -> str:
    return typed_codes.hash_of_code(code, purpose="phone")


def _send(words: str, number: str) -> None:
    answer = sms.send_text(words, number=number, key=uuid.uuid4())
    if answer.result is not Result.ACCEPTED:
        logger.warning("code not taken", extra={"event": "phone_code_not_taken", "code": answer.code})


def _tell(change: str, by: User, now: dt.datetime) -> None:
    audit.record(AuditCode.CHANGED_ACCOUNT, by=by, now=now, clinic_id=None, subject=by, detail=change)
