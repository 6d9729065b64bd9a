"""Token renewal over a patchy network, and detection of stolen tokens."""

from __future__ import annotations

import time
from typing import Any

from allauth.headless.tokens.strategies.jwt import internal
from allauth.headless.tokens.strategies.jwt.strategy import JWTTokenStrategy
from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest

from clinic.services import devices

GRACE_SECONDS = 120
"""Two calls of one app may cross: what the other has replaced is good for so long."""

MOST_CHILDREN = 8
"""Replacements of one token that are kept, the latest: an app that never hears an answer asks again."""

PARENTS = "refresh_token_parents"


class PatientTokenStrategy(JWTTokenStrategy):
    """A refresh token is good until one that replaced it is used.

    An answer can get lost on its way to the phone, for a moment or for a night in the mountains; the app then
    asks again with the token it still has, and must not be signed out for it. Once a replacement is used,
    what it replaced and the other replacements are spent. Whoever comes with a spent one later than two
    minutes is not the only one who has it: that sign-in ends, for both.
    """

    def create_access_token_payload(self, request: HttpRequest) -> dict[str, Any] | None:
        # The sign-in lives as long as its refresh token, not as long as a browser's.
        request.session.set_expiry(settings.HEADLESS_JWT_REFRESH_TOKEN_EXPIRES_IN)
        payload: dict[str, Any] | None = super().create_access_token_payload(request)
        return payload

    def refresh_token(self, refresh_token: str) -> tuple[str, str] | None:
        payload = internal.decode_token(refresh_token, "refresh")
        key = internal.session_key_from_sid(payload["sid"]) if payload else None
        # One at a time: two calls that each add a token would lose one of them.
        if payload is None or not devices.hold_session(key):
            return None
        valid = internal.validate_refresh_token(refresh_token)
        if valid is None:
            devices.sign_out_session(str(key))
            return None
        user, session, used = valid
        _spend_what_it_replaced(session, used["jti"])
        replacement = internal.create_refresh_token(user, session)
        _remember_parent(session, replacement, of=used["jti"])
        session.save()
        return internal.create_access_token(user, session, self.get_claims(user)), replacement


def _spend_what_it_replaced(session: SessionBase, used: str) -> None:
    """A token that is used has arrived: its parent and the parent's other children are spent."""
    now = int(time.time())
    known, parents = internal.get_refresh_token_state(session), session.setdefault(PARENTS, {})
    parent = parents.get(used)
    spent = {jti for jti, of in parents.items() if of == parent and jti != used} if parent else set()
    for jti in spent | ({parent} if parent else set()):
        if jti in known:
            known[jti] = min(known[jti], now + GRACE_SECONDS)
    for jti in [jti for jti, expires_at in known.items() if expires_at <= now]:
        known.pop(jti)
        parents.pop(jti, None)


def _remember_parent(session: SessionBase, replacement: str, *, of: str) -> None:
    payload = internal.decode_token(replacement, "refresh")
    parents = session[PARENTS]
    parents[payload["jti"]] = of
    children = [jti for jti, parent in parents.items() if parent == of]
    for jti in children[:-MOST_CHILDREN]:
        parents.pop(jti)
        internal.get_refresh_token_state(session).pop(jti, None)
