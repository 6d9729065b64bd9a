"""Third-party apps that a user has connected to their account, by OAuth 2 and OpenID Connect with PKCE.

allauth runs the protocol (`allauth.idp`). The operator registers an app (`manage.py register_app`). It is
always a public client, and may do what both its scopes and its user may do.
"""

from __future__ import annotations

import datetime as dt
import urllib.parse
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, ClassVar

from allauth.idp.oidc.adapter import DefaultOIDCAdapter
from allauth.idp.oidc.models import Client, Token
from django.conf import settings
from django.db import transaction
from django.db.models import Min
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from clinic import rls
from clinic.errors import Invalid, Unseen
from clinic.models import User
from clinic.services import accounts, values


class Scope(StrEnum):
    """What an app may be let do at most; the person's own rights bound it further."""

    WHO = "openid"
    READ = "record:read"
    WRITE = "record:write"


class ConnectedAppAdapter(DefaultOIDCAdapter):  # type: ignore[misc]  # allauth has no types
    """Scopes in words, the issuer by its public address, and a letter to whoever lets an app in."""

    scope_display: ClassVar[dict[str, str | Promise]] = {
        Scope.WHO: _("Know which account is yours, without your name or address"),
        Scope.READ: _("Read what you may read here"),
        Scope.WRITE: _("Log and write in your name, as you may here"),
    }

    def get_issuer(self) -> str:
        return str(settings.PUBLIC_URL)

    def get_claims(self, purpose: str, user: User, client: Client, scopes: Any, **told: Any) -> Any:  # noqa: ARG002
        """Who it is by id alone: no name, no address."""
        return {"sub": self.get_user_sub(client, user)}

    def populate_server_metadata(self, data: dict[str, Any]) -> None:
        data["scopes_supported"] = [str(scope) for scope in Scope]
        for not_offered in ("device_authorization_endpoint", "end_session_endpoint"):
            data.pop(not_offered, None)
        data["grant_types_supported"] = list(GRANTS)
        data["response_types_supported"] = ["code"]
        data["token_endpoint_auth_methods_supported"] = ["none"]


GRANTS = (Client.GrantType.AUTHORIZATION_CODE.value, Client.GrantType.REFRESH_TOKEN.value)


@dataclass(frozen=True, slots=True)
class ConnectedApp:
    """An app that can act for its person now."""

    id: str
    name: str
    since: dt.datetime
    scopes: list[str | Promise]


@dataclass(frozen=True, slots=True)
class LetIn:
    """Who an app's token stands for, and what it is let do."""

    user: User
    scopes: frozenset[str]


@transaction.atomic
def register_app(*, name: str, redirect_uris: list[str], scopes: list[Scope]) -> Client:
    """A new app that people may let in; its id is what its makers are told. It has no secret to lose.

    Raises Invalid for an address that is neither https, nor this machine's, nor an app's own scheme.
    """
    for uri in redirect_uris:
        parts = urllib.parse.urlsplit(uri)
        is_ours = parts.scheme == "http" and parts.hostname in ("localhost", "127.0.0.1")
        is_an_apps = "." in parts.scheme and not parts.netloc
        if not (parts.scheme == "https" and parts.netloc) and not is_ours and not is_an_apps:
            raise Invalid(field="redirect_uris", allowed="https_or_own_scheme")
    app = Client(name=values.words(name, "name", longest=100, is_needed=True), type=Client.Type.PUBLIC)
    app.set_redirect_uris(redirect_uris)
    app.set_scopes([str(scope) for scope in (Scope.WHO, *scopes)])
    app.grant_types = "\n".join(GRANTS)
    app.save(force_insert=True)
    return app


def apps_of(user: User) -> list[ConnectedApp]:
    """Apps that can act for this person, by name."""
    living = Token.objects.valid().filter(user=user, type=Token.Type.REFRESH_TOKEN)
    rows = living.values("client", "client__name", "scopes").annotate(since=Min("created_at"))
    return [
        ConnectedApp(
            id=row["client"],
            name=row["client__name"],
            since=row["since"],
            scopes=[ConnectedAppAdapter.scope_display.get(one, one) for one in row["scopes"].split()],
        )
        for row in rows.order_by("client__name", "client")
    ]


@transaction.atomic
def end_app(*, by: User, app: str) -> None:
    """Let an app in no more: its tokens open nothing from now on. Raises Unseen for one that was not."""
    gone, _rows = Token.objects.filter(user=by, client=app).delete()
    if not gone:
        raise Unseen


def let_in(token: str) -> LetIn | None:
    """Whom a living access token stands for; None for any other text."""
    with rls.helped_by(rls.SIGNING_IN):
        found = Token.objects.select_related("user").filter(user__is_active=True)
        row = found.lookup(Token.Type.ACCESS_TOKEN, token)
    return LetIn(row.user, frozenset(row.get_scopes())) if row is not None else None


def tell_let_in(*, user: User, now: dt.datetime) -> None:
    """Tell somebody that an app was let into their account."""
    accounts.tell_change(user=user, change="app_connected", now=now)
