"""Authentication by bearer token, for family apps and third-party apps, and the stamp that follows."""

from __future__ import annotations

from typing import Any

from allauth.headless.contrib.rest_framework.authentication import JWTTokenAuthentication
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

from clinic import rls
from clinic.services import connected_apps


class BearerTokenAuthentication(JWTTokenAuthentication):
    """Accepts `Authorization: Bearer <access token>`; a missing or spent token answers 401.

    A family app's token is a JWT, `request.auth` its payload; an app of others has one of its own, and
    `request.auth` is its `LetIn`. The view already runs inside a transaction that began with nobody asking;
    it is stamped again here.
    """

    def authenticate(self, request: Request) -> tuple[Any, Any] | None:
        answer = super().authenticate(request)
        if answer is None:
            return None
        user, payload = answer
        if not user.is_active:
            raise AuthenticationFailed
        rls.set_stamp(rls.Stamp(user_id=user.pk))
        return user, payload

    def authenticate_credentials(self, key: str) -> tuple[Any, Any]:
        if key.count(".") != 2 and (found := connected_apps.let_in(key)) is not None:
            return found.user, found
        return super().authenticate_credentials(key)

    def authenticate_header(self, request: Request) -> str:  # noqa: ARG002  # DRF's signature
        return 'Bearer realm="littlefoot"'
