"""The devices a person is signed in on, and signing out there."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass

from allauth.usersessions.models import UserSession
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session
from django.db import transaction

from clinic.errors import Unseen
from clinic.models import User
from clinic.rls import Now


@dataclass(frozen=True, slots=True)
class SignedInDevice:
    """One sign-in: an app on a phone, or a browser, as it names itself. Its address is kept, not shown."""

    id: int
    user_agent: str
    signed_in_at: dt.datetime
    is_this_one: bool


def signed_in_of(user: User, *, here: str | None) -> list[SignedInDevice]:
    """A person's own sign-ins that still open something, the latest first.

    `here` is the session key of the one that asks.
    """
    living = Session.objects.filter(expire_date__gt=Now()).values("session_key")
    own = UserSession.objects.filter(user=user, session_key__in=living)
    return [
        SignedInDevice(
            id=session.pk,
            user_agent=session.user_agent,
            signed_in_at=session.created_at,
            is_this_one=session.session_key == here,
        )
        for session in own.order_by("-created_at", "-id")
    ]


@transaction.atomic
def sign_out_others(*, by: User, here: str | None) -> int:
    """End every sign-in of one's own but this one; how many those were."""
    others = list(UserSession.objects.filter(user=by).exclude(session_key=here))
    for session in others:
        session.end()
    return len(others)


@transaction.atomic
def sign_out_device(*, by: User, device: int) -> None:
    """End one of one's own sign-ins: its tokens and cookies open nothing from now on.

    Raises Unseen for a sign-in that is not one's own, or no more.
    """
    session = UserSession.objects.filter(user=by, pk=device).first()
    if session is None:
        raise Unseen
    session.end()


def hold_session(session_key: str | None) -> bool:
    """Whether there is such a sign-in; where there is, nobody else changes it until the commit."""
    return Session.objects.select_for_update().filter(pk=session_key).first() is not None


def sign_out_session(session_key: str) -> None:
    """End one sign-in by the key of its session, whosever it is: a token of it was used by two."""
    for session in UserSession.objects.filter(session_key=session_key):
        session.end()
    Session.objects.filter(pk=session_key).delete()


@transaction.atomic
def sign_out_everywhere(user_id: uuid.UUID) -> None:
    """End every sign-in of a person: tokens and cookies open nothing from now on."""
    for session in UserSession.objects.filter(user=user_id):
        session.end()
    # One that made no request since has no row of its own; whose it is stands inside, signed.
    for stored in Session.objects.order_by("pk").iterator(chunk_size=500):
        if stored.get_decoded().get(SESSION_KEY) == str(user_id):
            stored.delete()
