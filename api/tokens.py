"""How apps' tokens are renewed over a patchy network."""

from __future__ import annotations

import time
from typing import Any

from allauth.headless.tokens.strategies.jwt import internal
from allauth.headless.tokens.strategies.jwt.strategy import JWTTokenStrategy
from django.conf import settings
from django.http import HttpRequest

GRACE_SECONDS = 120


class PatientTokenStrategy(JWTTokenStrategy):
    """A refresh token is replaced when it is used, and for two minutes may be used again.

    An answer can get lost on its way to the phone; the app then asks again with the token it still has, and
    must not be signed out for it.
    """

    def create_access_token_payload(self, request: HttpRequest) -> dict[str, Any] | None:
        # The sign-in lives as long as its refresh token, not as long as a browser's.
        request.session.set_expiry(settings.HEADLESS_JWT_REFRESH_TOKEN_EXPIRES_IN)
        payload: dict[str, Any] | None = super().create_access_token_payload(request)
        return payload

    def refresh_token(self, refresh_token: str) -> tuple[str, str] | None:
        valid = internal.validate_refresh_token(refresh_token)
        if valid is None:
            return None
        user, session, used = valid
        access_token = internal.create_access_token(user, session, self.get_claims(user))
        replacement = internal.create_refresh_token(user, session)
        now = int(time.time())
        known = internal.get_refresh_token_state(session)
        known[used["jti"]] = min(known[used["jti"]], now + GRACE_SECONDS)
        for jti in [jti for jti, expires_at in known.items() if expires_at <= now]:
            del known[jti]
        session.save()
        return access_token, replacement
