"""Second factors from an app, over HTTP; passkeys are tried in a browser (tests/e2e)."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest
import time_machine
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value

from clinic.models import User
from tests.api.client import SECOND_FACTOR, App
from tests.cast import PASSWORD, Cast

AppOf = Callable[[User], App]
ROOT = "/api/auth/app/v1/"
FACTORS = ROOT + "account/authenticators"
A_WHILE = 16 * 60


def code_of(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def test_a_mother_sets_up_an_app_with_codes_and_signs_in_with_it(
    app_of: AppOf, stranger: App, cast: Cast
) -> None:
    app = app_of(cast.fay)
    assert app.get(FACTORS).body == {
        "has_password": True, "app_since": None, "passkeys": [], "codes_left": None
    }  # fmt: skip
    new = app.get(f"{FACTORS}/totp")
    assert new["address"].startswith("otpauth://totp/")
    assert app.post(f"{FACTORS}/totp", {"code": "000000"}).status == 400
    assert app.post(f"{FACTORS}/totp", {"code": code_of(new["secret"])}).status == 204
    again = app.get(f"{FACTORS}/totp")
    assert (again.status, again.code) == (409, "conflict")
    assert app.get(FACTORS)["codes_left"] == 10
    asked = stranger.sign_in(cast.fay)
    assert asked.code == "second_factor_needed"
    codes = app.post(f"{FACTORS}/recovery-codes")["codes"]
    token = {"X-Session-Token": asked["session_token"]}
    assert stranger.post(SECOND_FACTOR, {"code": codes[0]}, **token).status == 200
    assert app.get(FACTORS)["codes_left"] == 9
    assert app.delete(f"{FACTORS}/totp").status == 204
    assert app.get(FACTORS).body == {
        "has_password": True, "app_since": None, "passkeys": [], "codes_left": None
    }  # fmt: skip


@pytest.mark.parametrize(
    ("method", "address"),
    [
        ("get", "totp"),
        ("delete", "totp"),
        ("get", "webauthn"),
        ("post", "recovery-codes"),
        ("delete", "webauthn/1"),
    ],
)
def test_a_sign_in_of_long_ago_changes_nothing_until_the_password_was_given_again(
    app_of: AppOf, cast: Cast, method: str, address: str
) -> None:
    app = app_of(cast.fay)
    with time_machine.travel(time.time() + A_WHILE, tick=False):
        app.token = app.post(f"{ROOT}tokens/refresh", {"refresh_token": app.refresh_token})["access_token"]
        refused = getattr(app, method)(f"{FACTORS}/{address}")
        assert (refused.status, refused.code) == (403, "recent_sign_in_needed")
        wrong = app.post(f"{ROOT}auth/reauthenticate", {"password": "not hers"})
        assert wrong.status == 400
        assert app.post(f"{ROOT}auth/reauthenticate", {"password": PASSWORD}).status == 204
        again = getattr(app, method)(f"{FACTORS}/{address}")
        assert again.code != "recent_sign_in_needed" if again.body and "code" in again.body else True


def test_a_passkey_is_asked_for_and_a_made_up_one_opens_nothing(
    app_of: AppOf, stranger: App, cast: Cast
) -> None:
    made_up = {"credential": {"id": "AA", "rawId": "AA", "type": "public-key", "response": {}}}
    asked = stranger.get(f"{ROOT}auth/webauthn/login")
    assert asked["options"]["publicKey"]["userVerification"] == "required"
    token = {"X-Session-Token": asked.headers["X-Session-Token"]}
    assert stranger.post(f"{ROOT}auth/webauthn/login", made_up, **token).status == 400
    app = app_of(cast.fay)
    assert app.get(f"{FACTORS}/webauthn")["options"]["publicKey"]["rp"]["id"] == "localhost"
    assert app.post(f"{FACTORS}/webauthn", {**made_up, "name": "Phone"}).status == 400
    assert app.delete(f"{FACTORS}/webauthn/1").status == 404


def test_a_new_password_is_asked_for_alike_by_anybody(stranger: App, cast: Cast) -> None:
    answers = [
        stranger.post(f"{ROOT}auth/password/request", {"email": address})
        for address in (cast.fay.email, "nobody@example.org")
    ]
    assert [answer.status for answer in answers] == [204, 204]
