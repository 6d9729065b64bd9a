"""The doors: signing in, the second step, and what is said where nothing is open."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.test import Client

from clinic.models import User
from tests.cast import PASSWORD, Cast

pytestmark = pytest.mark.django_db

SignIn = Callable[[User], Client]
PASSKEY = {"name": "Her phone", "credential": {"response": {}}}


def second_step(user: User) -> str:
    answer = Client().post("/accounts/login/", {"login": user.email, "password": PASSWORD}, follow=True)
    return answer.content.decode()


def test_the_second_step_asks_for_what_there_is(cast: Cast) -> None:
    TOTP.activate(cast.fay, generate_totp_secret())
    said = second_step(cast.fay)
    assert "The code of your app, or a recovery code" in said
    assert "Use a passkey" not in said


def test_a_recovery_code_stands_in_where_there_is_a_passkey_alone(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("allauth.mfa.webauthn.internal.auth.get_credentials", lambda _: [])
    monkeypatch.setattr("allauth.mfa.webauthn.internal.auth.WebAuthn.name", "Her phone", raising=False)
    Authenticator.objects.create(user=cast.fay, type=Authenticator.Type.WEBAUTHN, data=PASSKEY)
    RecoveryCodes.activate(cast.fay)
    said = second_step(cast.fay)
    assert "Use a passkey" in said
    assert "One of your recovery codes" in said
    assert "of your app" not in said


def test_whoever_has_no_child_here_is_shown_a_way_on(cast: Cast, sign_in: SignIn) -> None:
    for address in ("/", "/family/"):
        said = sign_in(cast.rex).get(address).content.decode()
        assert "<h1>Nothing is open to you here</h1>" in said
        assert 'href="/join/"' in said
    theirs = sign_in(cast.theo).get("/family/").content.decode()
    assert "Nothing is open" not in theirs
    assert "Harbor Lane Therapy" in theirs


def test_a_form_counts_every_sentence_it_says(cast: Cast, sign_in: SignIn) -> None:
    told = {"oldpassword": PASSWORD, "password1": "#a#a#a#a", "password2": "#a#a#a#a"}
    said = sign_in(cast.fay).post("/accounts/password/change/", told).content.decode()
    assert "2 things need another look" in said
    assert "Make it at least 15 characters long" in said
    assert "Use more than a few different characters" in said
