"""Limits on guessing passwords and codes that never lock out the account's owner.

Guesses are counted per place, per account and place, and per account from anywhere. A device that has been
signed in carries a signed mark, and its guesses are counted separately, so strangers' guesses never block the
owner's phone. No account is ever locked: guesses at one account from unknown devices are slowed to fifty an
hour, where NIST SP 800-63B-4, 3.2.2, would end them after a hundred in a row (docs/adr/0030).

A guess is counted before it is checked, in one step of the shared cache (`clinic.limits`), and given back if
it was right.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from typing import Any

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import salted_hmac

from clinic import limits
from clinic.limits import Limit

MINUTES = 60
FROM_A_PLACE = Limit("guesses-from-a-place", most=30, within_seconds=5 * MINUTES)
AT_ONE_FROM_A_PLACE = Limit("guesses-at-one-account-from-a-place", most=5, within_seconds=5 * MINUTES)
AT_ONE = Limit("guesses-at-one-account", most=50, within_seconds=60 * MINUTES)
ON_A_KNOWN_DEVICE = Limit("guesses-on-a-device-known-to-the-account", most=10, within_seconds=5 * MINUTES)

KNOWN_FOR_SECONDS = 60 * 60 * 24 * 400
MOST_ON_A_DEVICE = 8
"""Accounts that one device is remembered for, the latest."""

_SALT = "clinic.services.attempts"


@dataclass(slots=True)
class Attempt:
    """A guess that was counted."""

    counted: list[tuple[Limit, str]] = field(default_factory=list)

    def was_right(self) -> None:
        """Count it no more."""
        for limit, whose in self.counted:
            limits.give_back(limit, whose)


def begin(request: HttpRequest, *, account: str, what: str) -> Attempt:
    """Count a guess at `what` (password, code) of an account, by its id or, where none has it, its address.

    Raises TriedTooOften (429) when it may not be looked at.
    """
    place = limits.network_of(get_adapter().get_client_ip(request))
    device = _device(request)
    if device is not None and _mark_of(account) in device["of"]:
        kept = [(ON_A_KNOWN_DEVICE, f"{what} {account} {device['id']}")]
    else:
        kept = [
            (FROM_A_PLACE, f"{what} {place}"),
            (AT_ONE_FROM_A_PLACE, f"{what} {account} {place}"),
            (AT_ONE, f"{what} {account}"),
        ]
    attempt = Attempt()
    for limit, whose in kept:
        limits.take(limit, whose)
        attempt.counted.append((limit, whose))
    return attempt


# ---- devices that are known -------------------------------------------------------------------------------


def remember_device(request: HttpRequest, response: HttpResponse, *, account: str) -> None:
    """Leave a mark with the browser in which somebody has signed in."""
    response.set_cookie(
        settings.DEVICE_COOKIE_NAME,
        device_token(request, account=account),
        max_age=KNOWN_FOR_SECONDS,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def device_token(request: HttpRequest, *, account: str) -> str:
    """The mark of this device, this account among those it is known to; signed, and telling nobody who."""
    device = _device(request) or {"id": secrets.token_urlsafe(12), "of": []}
    others = [mark for mark in device["of"] if mark != _mark_of(account)]
    known = [*others, _mark_of(account)][-MOST_ON_A_DEVICE:]
    return signing.dumps({"id": device["id"], "of": known}, salt=_SALT)


def _device(request: HttpRequest) -> dict[str, Any] | None:
    told = request.COOKIES.get(settings.DEVICE_COOKIE_NAME) or request.headers.get("X-Device-Token", "")
    try:
        device: dict[str, Any] = signing.loads(told, salt=_SALT, max_age=KNOWN_FOR_SECONDS)
    except signing.BadSignature:
        return None
    return device


def _mark_of(account: str) -> str:
    return salted_hmac(_SALT, account, algorithm="sha256").hexdigest()[:32]
