"""Asking for a recent sign-in before far-reaching actions: roles, grants, exports, emergency access.

A session left open shows the diary, but cannot give a role away. Anyone who proved within the last fifteen
minutes who they are (by signing in or by confirming it) goes on without being asked.

Pages declare it with `@page("GET", "POST", rule=…, recent=True)`: a write then leads to the page that asks
again, and is carried out afterwards. API resources declare `recent_for = ("POST",)` and answer 403
`recent_sign_in_needed`; the app sends the password or a code to `auth/reauthenticate` and repeats the
request. Anything else calls `demand_recent` itself.
"""

from __future__ import annotations

import time

from allauth.account import app_settings
from allauth.account.internal.flows import login as records
from django.contrib.sessions.backends.base import SessionBase

from clinic.errors import Forbidden
from clinic.models import User


class RecentSignInNeeded(Forbidden):
    """The last sign-in is too long ago for this; confirm who you are, then repeat the request."""

    code = "recent_sign_in_needed"


def demand_recent(*, by: User, session: SessionBase | None) -> None:
    """Raises RecentSignInNeeded (403) unless `by` proved in this session lately who they are.

    `session` is None where there is none, as for another service that acts for somebody.
    """
    if session is None or not is_recent(by=by, session=session):
        raise RecentSignInNeeded


def is_recent(*, by: User, session: SessionBase) -> bool:
    """Whether `by` gave a password, a code or a passkey in this session, a quarter of an hour ago at most."""
    if session.get(records._AUTHENTICATION_METHODS_USER_SESSION_KEY) != str(by.pk):
        return False
    proofs = session.get(records.AUTHENTICATION_METHODS_SESSION_KEY, ())
    last: float = max((proof["at"] for proof in proofs), default=0.0)
    # allauth writes when by the machine's clock, not by the product's; it is read by the same.
    return bool(time.time() - last < app_settings.REAUTHENTICATION_TIMEOUT)
