"""Signing somebody in, as a browser that has just given a password, or gave it a while ago."""

from __future__ import annotations

import time

from allauth.account.internal.flows import login as records
from django.test import Client

from clinic.models import User

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def sign_in(client: Client, user: User, *, seconds_ago: int = 0) -> None:
    """Sign `user` in, in a session that says when they proved who they are."""
    client.force_login(user, backend=BACKEND)
    session = client.session
    session[records._AUTHENTICATION_METHODS_USER_SESSION_KEY] = str(user.pk)
    session[records.AUTHENTICATION_METHODS_SESSION_KEY] = [
        {"method": "password", "at": time.time() - seconds_ago}
    ]
    session.save()
