"""Signing in from an app, over HTTP."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest
import time_machine
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from django.test import Client

from clinic import rls
from clinic.models import Clinic, User
from tests.api.client import DEVICES, REFRESH, SECOND_FACTOR, SIGN_IN, SIGN_OUT, App
from tests.cast import PASSWORD, Cast

AppOf = Callable[[User], App]
SignInTo = Callable[[User], Client]


def test_a_mother_signs_in_and_her_token_opens_the_api(stranger: App, cast: Cast) -> None:
    answer = stranger.post(SIGN_IN, {"email": cast.fay.email, "password": PASSWORD})
    assert answer.status == 200
    assert answer["token_type"] == "Bearer"
    assert answer["expires_in_seconds"] == 300
    assert answer["user"] == {"id": str(cast.fay.pk)}
    stranger.token = answer["access_token"]
    assert stranger.get(DEVICES).status == 200


def test_a_wrong_password_and_an_unknown_address_answer_alike(stranger: App, cast: Cast) -> None:
    wrong = stranger.post(SIGN_IN, {"email": cast.fay.email, "password": "not her password"})
    unknown = stranger.post(SIGN_IN, {"email": "nobody@example.org", "password": "not her password"})
    assert wrong.status == unknown.status == 400
    assert wrong.code == "email_password_mismatch"
    assert wrong.content == unknown.content
    assert wrong.headers["Content-Type"] == "application/problem+json"


def test_credentials_name_every_field_at_fault(stranger: App) -> None:
    answer = stranger.post(SIGN_IN, {"email": "fay", "remember": True})
    assert answer.status == 400
    assert answer.code == "client_too_new"
    assert answer.fields == {"remember": "client_too_new"}
    answer = stranger.post(SIGN_IN, {"email": "fay"})
    assert answer.fields == {"email": "invalid", "password": "required"}


def test_a_refresh_token_brings_a_new_access_token(app_of: AppOf, cast: Cast) -> None:
    app = app_of(cast.fay)
    answer = app.post(REFRESH, {"refresh_token": app.refresh_token})
    assert answer.status == 200
    app.token = answer["access_token"]
    assert app.get(DEVICES).status == 200


def test_a_refresh_token_whose_answer_got_lost_is_good_until_its_replacement_is_used(
    app_of: AppOf, cast: Cast
) -> None:
    app = app_of(cast.fay)
    assert app.post(REFRESH, {"refresh_token": app.refresh_token}).status == 200
    with time_machine.travel(time.time() + 24 * 3600, tick=False):
        again = app.post(REFRESH, {"refresh_token": app.refresh_token})
        assert again.status == 200, "a night without a network signs nobody out"
        assert app.post(REFRESH, {"refresh_token": again["refresh_token"]}).status == 200
        crossed = app.post(REFRESH, {"refresh_token": app.refresh_token})
        assert crossed.status == 200, "two calls of one app may cross"


def test_a_spent_refresh_token_ends_the_sign_in_for_whoever_has_it(app_of: AppOf, cast: Cast) -> None:
    app, another = app_of(cast.fay), app_of(cast.fay)
    fresh = app.post(REFRESH, {"refresh_token": app.refresh_token})
    fresher = app.post(REFRESH, {"refresh_token": fresh["refresh_token"]})
    with time_machine.travel(time.time() + 121, tick=False):
        stolen = app.post(REFRESH, {"refresh_token": app.refresh_token})
        assert (stolen.status, stolen.code) == (401, "token_not_valid")
        app.token = fresher["access_token"]
        assert app.get(DEVICES).status == 401
        assert app.post(REFRESH, {"refresh_token": fresher["refresh_token"]}).status == 401
        assert another.post(REFRESH, {"refresh_token": another.refresh_token}).status == 200


def test_a_new_password_ends_the_sign_ins_of_apps(app_of: AppOf, cast: Cast, sign_in: SignInTo) -> None:
    app = app_of(cast.fay)
    told = {"oldpassword": PASSWORD, "password1": "quiet lamp boats", "password2": "quiet lamp boats"}
    assert sign_in(cast.fay).post("/accounts/password/change/", told).status_code == 302
    assert app.get(DEVICES).status == 401
    assert app.post(REFRESH, {"refresh_token": app.refresh_token}).status == 401


def test_everywhere_else_is_signed_out_at_once(app_of: AppOf, cast: Cast) -> None:
    lost, here = app_of(cast.fay), app_of(cast.fay)
    assert here.delete(DEVICES).status == 204
    assert lost.get(DEVICES).status == 401
    assert len(here.get(DEVICES)["items"]) == 1


def test_an_app_left_alone_for_a_month_is_still_signed_in(app_of: AppOf, cast: Cast) -> None:
    app = app_of(cast.fay)
    with time_machine.travel(time.time() + 30 * 24 * 3600, tick=False):
        assert app.get(DEVICES).status == 401, "the access token is long spent"
        answer = app.post(REFRESH, {"refresh_token": app.refresh_token})
        assert answer.status == 200
        app.token = answer["access_token"]
        assert app.get(DEVICES).status == 200


def test_signing_out_ends_both_tokens(app_of: AppOf, cast: Cast) -> None:
    app = app_of(cast.fay)
    assert app.delete(SIGN_OUT).status == 204
    assert app.get(DEVICES).status == 401
    app.token = None
    answer = app.post(REFRESH, {"refresh_token": app.refresh_token})
    assert (answer.status, answer.code) == (401, "token_not_valid")


def test_a_lost_phone_is_signed_out_from_another(app_of: AppOf, cast: Cast) -> None:
    lost, here = app_of(cast.fay), app_of(cast.fay)
    devices = here.get(DEVICES)["items"]
    assert [device["is_this_one"] for device in devices] == [True, False]
    assert here.delete(f"{DEVICES}/{devices[1]['id']}").status == 204
    assert lost.get(DEVICES).status == 401
    assert here.get(DEVICES).status == 200


def test_nobody_signs_out_anothers_phone(app_of: AppOf, cast: Cast) -> None:
    gregs = app_of(cast.greg)
    (device,) = gregs.get(DEVICES)["items"]
    answer = app_of(cast.fay).delete(f"{DEVICES}/{device['id']}")
    assert (answer.status, answer.code) == (404, "not_found")
    assert gregs.get(DEVICES).status == 200


def test_no_token_and_a_made_up_token_are_401_and_say_how(stranger: App) -> None:
    answer = stranger.get(DEVICES)
    assert (answer.status, answer.code) == (401, "not_authenticated")
    assert answer.headers["WWW-Authenticate"] == 'Bearer realm="littlefoot"'
    for token in ("x", "a.b.c", "ä"):
        stranger.token = token
        answer = stranger.get(DEVICES)
        assert (answer.status, answer.code) == (401, "token_not_valid"), token


def test_somebody_who_left_is_signed_out_with_their_account(app_of: AppOf, cast: Cast) -> None:
    app = app_of(cast.fay)
    with rls.acting_as(system="seeding"):
        User.objects.filter(pk=cast.fay.pk).update(is_active=False)
    assert app.get(DEVICES).status == 401


def test_a_second_factor_is_asked_for_where_there_is_one(stranger: App, cast: Cast) -> None:
    secret = generate_totp_secret()
    with rls.acting_as(system="seeding"):
        TOTP.activate(cast.tess, secret)
    asked = stranger.sign_in(cast.tess)
    assert (asked.status, asked.code) == (401, "second_factor_needed")
    assert asked["types"] == ["totp"]
    wrong = stranger.post(SECOND_FACTOR, {"code": "000000"}, **{"X-Session-Token": asked["session_token"]})
    assert wrong.status == 400
    code = format_hotp_value(hotp_value(secret, int(time.time()) // 30))
    answer = stranger.post(SECOND_FACTOR, {"code": code}, **{"X-Session-Token": asked["session_token"]})
    assert answer.status == 200
    stranger.token = answer["access_token"]
    assert stranger.get(DEVICES).status == 200


def test_a_code_without_a_password_opens_nothing(stranger: App) -> None:
    answer = stranger.post(SECOND_FACTOR, {"code": "000000"})
    assert (answer.status, answer.code) == (401, "token_not_valid")


@pytest.mark.parametrize(
    "address", ["auth/signup", "account/email", "account/password/change", "account/phone", "config"]
)
def test_other_addresses_of_the_account_are_not_open_here(app_of: AppOf, cast: Cast, address: str) -> None:
    app = app_of(cast.fay)
    assert app.get(f"/api/auth/app/v1/{address}").status == 404
    assert app.post(f"/api/auth/app/v1/{address}", {}).status == 404


def test_staff_whose_clinic_demands_a_second_factor_get_no_token_without_one(
    stranger: App, app_of: AppOf, cast: Cast
) -> None:
    app = app_of(cast.tess)
    with rls.acting_as(system="seeding"):
        Clinic.objects.filter(pk=cast.harbor.pk).update(staff_must_use_mfa=True)
    answer = stranger.post(SIGN_IN, {"email": cast.tess.email, "password": PASSWORD})
    assert (answer.status, answer.code) == (403, "second_factor_demanded")
    assert app.post(REFRESH, {"refresh_token": app.refresh_token}).code == "second_factor_demanded"
    assert stranger.post(SIGN_IN, {"email": cast.fay.email, "password": PASSWORD}).status == 200
