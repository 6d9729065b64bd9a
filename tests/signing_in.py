"""Signing somebody in, as a browser that has just given a password, or gave it a while ago."""

from __future__ import annotations

import time

from allauth.account.internal.flows import login as records
from django.contrib.sessions.backends.base import SessionBase
from django.test import Client

from clinic.models import User

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def sign_in(client: Client, user: User, *, seconds_ago: int = 0) -> None:
    """Sign `user` in, in a session that says when they proved who they are."""
    client.force_login(user, backend=BACKEND)
    say_when(client.session, user, seconds_ago=seconds_ago)


def say_when(session: SessionBase, user: User, *, seconds_ago: int) -> None:
    """Let a session say that `user` gave their password that long ago."""
    session[records._AUTHENTICATION_METHODS_USER_SESSION_KEY] = str(user.pk)
    session[records.AUTHENTICATION_METHODS_SESSION_KEY] = [
        {"method": "password", "at": time.time() - seconds_ago}
    ]
    session.save()
