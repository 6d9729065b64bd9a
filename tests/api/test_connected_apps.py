"""Apps of others: let in by OAuth 2 with PKCE, bounded by scopes, put out by their person."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs, urlsplit

import jwt
import pytest
from allauth.idp.oidc.models import Client as RegisteredApp
from allauth.idp.oidc.models import Token
from django.core import mail
from django.core.management import call_command
from django.core.management.base import CommandError
from django.test import Client
from django.urls import get_resolver

from api.resources import Resource
from clinic.models import User
from tests import signing_in
from tests.api.client import DEVICES, App
from tests.cast import PASSWORD, Cast

SignIn = Callable[[User], Client]
VERIFIER = "a-verifier-that-only-the-app-knows-0123456789-abcdefghij"
CHALLENGE = base64.urlsafe_b64encode(hashlib.sha256(VERIFIER.encode()).digest()).rstrip(b"=").decode()
BACK = "https://diary.example/back"
OF_NO_SCOPE = (
    "api.sign_in",
    "api.second_factors",
    "api.v1.break_glass",
    "api.v1.clinic_audit",
    "api.v1.clinic_reports",
    "api.v1.exports",
    "api.v1.reaching",
    "api.v1.contacts.ContactsFile",
    "api.v1.contacts.ClinicContactsFile",
)
AUTHORIZE, TOKEN = "/identity/o/authorize", "/identity/o/api/token"


@dataclass
class TheirApp:
    """An app of others, as its makers know it."""

    id: str

    def asks(self, scope: str = "openid record:read", **changed: str) -> dict[str, str]:
        return {
            "response_type": "code",
            "client_id": self.id,
            "redirect_uri": BACK,
            "scope": scope,
            "state": "its-own",
            "code_challenge": CHALLENGE,
            "code_challenge_method": "S256",
        } | changed

    def let_in(self, browser: Client, scope: str = "openid record:read") -> dict[str, Any]:
        """Its tokens, once the person in this browser has said yes to everything it asks."""
        page = browser.get(AUTHORIZE, self.asks(scope))
        asked = re.search('name="request" value="([^"]+)"', page.content.decode())
        assert asked is not None
        told = {"request": asked[1], "scopes": scope.split(), "action": "grant"}
        answer = browser.post(AUTHORIZE, told)
        back = urlsplit(answer.headers["Location"])
        assert f"{back.scheme}://{back.netloc}{back.path}" == BACK
        assert parse_qs(back.query)["state"] == ["its-own"]
        return self.trade(parse_qs(back.query)["code"][0]).json()

    def trade(self, code: str, verifier: str = VERIFIER) -> Any:
        told = {"grant_type": "authorization_code", "code": code, "code_verifier": verifier}
        return Client().post(TOKEN, told | {"client_id": self.id, "redirect_uri": BACK})

    def refresh(self, refresh_token: str) -> Any:
        told = {"grant_type": "refresh_token", "refresh_token": refresh_token, "client_id": self.id}
        return Client().post(TOKEN, told)


@pytest.fixture
def diary(db: None, capsys: pytest.CaptureFixture[str]) -> TheirApp:
    call_command("register_app", "Their Diary", "--redirect-uri", BACK, "--write")
    return TheirApp(capsys.readouterr().out.split()[-1])


def app_with(token: str) -> App:
    app = App()
    app.token = token
    return app


def test_an_app_is_let_in_and_reads_what_its_person_may_read(
    cast: Cast, sign_in: SignIn, diary: TheirApp, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        tokens = diary.let_in(sign_in(cast.fay))
    assert (tokens["token_type"], tokens["expires_in"]) == ("Bearer", 300)
    app = app_with(tokens["access_token"])
    assert [child["id"] for child in app.get("/api/v1/children")["items"]] == [str(cast.cleo.pk)]
    assert app.get(f"/api/v1/children/{cast.fern.pk}").status == 404
    claims = jwt.decode(tokens["id_token"], options={"verify_signature": False})
    assert (claims["sub"], claims["iss"]) == (str(cast.fay.pk), "http://localhost:8000")
    assert "planted" not in str(claims)
    assert [letter.to for letter in mail.outbox] == [[cast.fay.email]]


def test_an_app_let_in_to_read_writes_nothing(cast: Cast, sign_in: SignIn, diary: TheirApp) -> None:
    reading = app_with(diary.let_in(sign_in(cast.fay))["access_token"])
    writing = app_with(diary.let_in(sign_in(cast.fay), "openid record:read record:write")["access_token"])
    address = f"/api/v1/children/{cast.cleo.pk}/messages/01980000-0000-7000-8000-0000000000aa"
    refused = reading.put(address, {"body": "Good evening"})
    assert (refused.status, refused.code) == (403, "scope_needed")
    assert writing.put(address, {"body": "Good evening"}).status in (200, 201)


def test_an_app_let_in_to_know_who_it_is_reads_nothing(cast: Cast, sign_in: SignIn, diary: TheirApp) -> None:
    app = app_with(diary.let_in(sign_in(cast.fay), "openid")["access_token"])
    assert app.get("/api/v1/me").code == "scope_needed"


def test_no_scope_opens_the_doors_of_signing_in(cast: Cast, sign_in: SignIn, diary: TheirApp) -> None:
    app = app_with(diary.let_in(sign_in(cast.fay), "openid record:read record:write")["access_token"])
    assert app.get(DEVICES).code == "scope_needed"
    assert app.get("/api/auth/app/v1/account/authenticators").code == "scope_needed"
    assert app.post("/api/auth/app/v1/auth/reauthenticate", {"password": PASSWORD}).code == "scope_needed"


def test_every_address_of_the_api_says_by_which_scope_it_is_read_and_written() -> None:
    views = [
        pattern.callback.cls
        for pattern in get_resolver().reverse_dict and _patterns(get_resolver().url_patterns)
        if hasattr(pattern.callback, "cls") and issubclass(pattern.callback.cls, Resource)
    ]
    assert len(views) > 80
    for view in views:
        is_of_the_record = not f"{view.__module__}.{view.__name__}".startswith(OF_NO_SCOPE)
        expected = ("record:read", "record:write") if is_of_the_record else (None, None)
        assert (view.scope_to_read, view.scope_to_write) == expected, view


def _patterns(patterns: Any) -> Any:
    for pattern in patterns:
        yield from _patterns(pattern.url_patterns) if hasattr(pattern, "url_patterns") else [pattern]


@pytest.mark.parametrize(
    "changed",
    [
        {"code_challenge": ""},
        {"code_challenge_method": "plain"},
        {"redirect_uri": "https://elsewhere.example/back"},
        {"client_id": "nobodys"},
    ],
)
def test_an_app_that_asks_without_pkce_or_leads_elsewhere_is_not_even_asked_about(
    cast: Cast, sign_in: SignIn, diary: TheirApp, changed: dict[str, str]
) -> None:
    answer = sign_in(cast.fay).get(AUTHORIZE, diary.asks(**changed))
    assert answer.status_code == 400 or "cannot be let in" in answer.content.decode()
    assert "Location" not in answer.headers
    assert not Token.objects.exists()


def test_a_scope_it_was_not_registered_for_is_not_given(cast: Cast, sign_in: SignIn, diary: TheirApp) -> None:
    answer = sign_in(cast.fay).get(AUTHORIZE, diary.asks("openid everything"))
    assert "error=invalid_scope" in answer.headers["Location"]


def test_a_code_opens_once_and_only_for_whoever_asked(cast: Cast, sign_in: SignIn, diary: TheirApp) -> None:
    browser = sign_in(cast.fay)
    page = browser.get(AUTHORIZE, diary.asks()).content.decode()
    asked = re.search('name="request" value="([^"]+)"', page)
    assert asked is not None
    told = {"request": asked[1], "scopes": ["openid"], "action": "grant"}
    codes = [
        parse_qs(urlsplit(browser.post(AUTHORIZE, told).headers["Location"]).query)["code"][0] for _ in "ab"
    ]
    assert diary.trade(codes[0], verifier="x" * 50).status_code == 400
    assert diary.trade(codes[1]).status_code == 200
    assert diary.trade(codes[1]).status_code == 400


def test_who_says_no_is_led_back_and_gives_nothing(cast: Cast, sign_in: SignIn, diary: TheirApp) -> None:
    browser = sign_in(cast.fay)
    asked = re.search('name="request" value="([^"]+)"', browser.get(AUTHORIZE, diary.asks()).content.decode())
    assert asked is not None
    answer = browser.post(AUTHORIZE, {"request": asked[1], "action": "cancel"})
    assert "error=access_denied" in answer.headers["Location"]
    assert not Token.objects.exists()


def test_the_consent_page_lets_its_form_lead_to_the_app_and_nowhere_else(
    cast: Cast, sign_in: SignIn, diary: TheirApp
) -> None:
    policy = sign_in(cast.fay).get(AUTHORIZE, diary.asks()).headers["Content-Security-Policy"]
    assert "form-action 'self' https://diary.example;" in policy + ";"


def test_a_refresh_token_is_used_once(cast: Cast, sign_in: SignIn, diary: TheirApp) -> None:
    tokens = diary.let_in(sign_in(cast.fay))
    fresh = diary.refresh(tokens["refresh_token"]).json()
    assert app_with(fresh["access_token"]).get("/api/v1/me").status == 200
    assert diary.refresh(tokens["refresh_token"]).status_code == 400


def test_whoever_let_it_in_puts_it_out(cast: Cast, sign_in: SignIn, diary: TheirApp) -> None:
    tokens = diary.let_in(sign_in(cast.fay))
    gregs = diary.let_in(sign_in(cast.greg))
    browser = sign_in(cast.fay)
    assert "Their Diary" in browser.get("/accounts/sessions/").content.decode()
    assert browser.post(f"/accounts/apps/{diary.id}/end/").status_code == 302
    assert "Their Diary" not in browser.get("/accounts/sessions/").content.decode()
    assert app_with(tokens["access_token"]).get("/api/v1/me").status == 401
    assert diary.refresh(tokens["refresh_token"]).status_code == 400
    assert app_with(gregs["access_token"]).get("/api/v1/me").status == 200
    assert browser.post(f"/accounts/apps/{diary.id}/end/").status_code == 404


def test_a_new_password_puts_every_app_out(cast: Cast, sign_in: SignIn, diary: TheirApp) -> None:
    tokens = diary.let_in(sign_in(cast.fay))
    told = {"oldpassword": PASSWORD, "password1": "quiet lamp boats", "password2": "quiet lamp boats"}
    sign_in(cast.fay).post("/accounts/password/change/", told)
    assert app_with(tokens["access_token"]).get("/api/v1/me").status == 401


def test_access_that_ends_ends_for_apps_at_once(cast: Cast, sign_in: SignIn, diary: TheirApp) -> None:
    app = app_with(diary.let_in(sign_in(cast.rex))["access_token"])
    assert app.get("/api/v1/children")["items"] == []
    assert app.get(f"/api/v1/children/{cast.cleo.pk}").status == 404


def test_the_discovery_document_says_how_to_ask(db: None) -> None:
    told = Client().get("/.well-known/openid-configuration").json()
    assert told["issuer"] == "http://localhost:8000"
    assert told["code_challenge_methods_supported"] == ["S256"]
    assert told["scopes_supported"] == ["openid", "record:read", "record:write"]
    assert told["response_types_supported"] == ["code"]
    assert Client().get("/.well-known/jwks.json").json()["keys"][0]["kty"] == "RSA"


@pytest.mark.parametrize("uri", ["http://diary.example/back", "javascript:alert(1)", "app:/back"])
def test_an_app_that_could_be_listened_to_is_not_registered(db: None, uri: str) -> None:
    with pytest.raises(CommandError, match="https_or_own_scheme"):
        call_command("register_app", "Their Diary", "--redirect-uri", uri)
    assert not RegisteredApp.objects.exists()


def test_who_signed_in_a_while_ago_is_asked_again_before_an_app_is_let_in(
    cast: Cast, diary: TheirApp
) -> None:
    browser = Client()
    signing_in.sign_in(browser, cast.fay, seconds_ago=3600)
    asked = browser.get(AUTHORIZE, diary.asks())
    assert asked.headers["Location"].startswith("/accounts/reauthenticate/?next=")
    back = browser.post(asked.headers["Location"], {"password": PASSWORD})
    assert back.headers["Location"].startswith(AUTHORIZE)
    assert browser.get(back.headers["Location"]).status_code == 200


def test_what_is_not_offered_is_neither_there_nor_told(db: None) -> None:
    told = Client().get("/.well-known/openid-configuration").json()
    assert not {"device_authorization_endpoint", "end_session_endpoint"} & set(told)
    for address in ("/identity/o/device", "/identity/o/api/device/code", "/identity/o/logout"):
        assert Client().get(address).status_code == 404
