"""Guesses at passwords and codes are few, also at the same moment, and cost the person guessed at nothing."""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from http import HTTPStatus
from http.cookies import SimpleCookie
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, Request, build_opener

import pytest
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from django.core.cache import cache
from django.test import Client

from clinic.services import attempts
from tests.api.client import SECOND_FACTOR, SIGN_IN, App
from tests.cast import PASSWORD, Cast
from tests.processes import Running

THREADS = 8
A_STRANGER = "203.0.113.7"
TOO_MANY = "Too many"


@pytest.fixture(autouse=True)
def _nothing_counted_yet() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


def guess(client: Client, email: str, password: str = "a wrong guess") -> Any:
    return client.post("/accounts/login/", {"login": email, "password": password})


def test_eight_at_the_same_moment_get_no_more_guesses_than_one(live_cast: Cast, running_web: Running) -> None:
    """Over real connections: of forty guesses as many are looked at as the limit says."""
    address = str(live_cast.fay.email)
    start = threading.Barrier(THREADS)

    def five(_: int) -> list[str]:
        start.wait()
        return [ask(running_web.url, address) for _ in range(5)]

    with ThreadPoolExecutor(THREADS) as threads:
        answers = Counter(one for told in threads.map(five, range(THREADS)) for one in told)
    assert answers == {"looked at": attempts.AT_ONE_FROM_A_PLACE.most, "too many": 40 - 5}


def ask(url: str, address: str) -> str:
    """One guess by a client of its own: whether the password was looked at."""
    opener = build_opener(HTTPCookieProcessor())
    page = opener.open(f"{url}/accounts/login/").read().decode()
    token = page.split('name="csrfmiddlewaretoken" value="')[1].split('"')[0]
    told = {"login": address, "password": "a wrong guess", "csrfmiddlewaretoken": token}
    request = Request(f"{url}/accounts/login/", urlencode(told).encode(), {"Referer": url})
    try:
        answer = opener.open(request).read().decode()
    except HTTPError as refusal:
        return "too many" if refusal.code == HTTPStatus.TOO_MANY_REQUESTS else str(refusal)
    return "too many" if TOO_MANY in answer else "looked at"


def test_a_stranger_wears_out_their_own_guesses_and_nobody_elses(cast: Cast) -> None:
    email = str(cast.fay.email)
    stranger = Client(REMOTE_ADDR=A_STRANGER)
    for _ in range(attempts.AT_ONE_FROM_A_PLACE.most):
        assert TOO_MANY not in guess(stranger, email).content.decode()
    refused = guess(stranger, email, PASSWORD)
    assert refused.status_code == 200, "also the right password is not looked at"
    assert TOO_MANY in refused.content.decode()
    assert guess(Client(REMOTE_ADDR="198.51.100.1"), email, PASSWORD).status_code == 302


def test_many_strangers_together_cannot_keep_a_known_phone_out(cast: Cast) -> None:
    email = str(cast.fay.email)
    phone = Client(REMOTE_ADDR="198.51.100.1")
    assert guess(phone, email, PASSWORD).status_code == 302
    phone.post("/accounts/logout/")
    for stranger in range(attempts.AT_ONE.most + 5):
        last = guess(Client(REMOTE_ADDR=f"203.0.113.{stranger}"), email)
    assert TOO_MANY in last.content.decode()
    assert TOO_MANY in guess(Client(REMOTE_ADDR="192.0.2.1"), email, PASSWORD).content.decode()
    assert guess(phone, email, PASSWORD).status_code == 302


def test_a_phone_known_to_one_account_is_a_stranger_to_another(cast: Cast) -> None:
    phone = Client(REMOTE_ADDR=A_STRANGER)
    assert guess(phone, str(cast.greg.email), PASSWORD).status_code == 302
    phone.post("/accounts/logout/")
    for _ in range(attempts.AT_ONE_FROM_A_PLACE.most):
        guess(phone, str(cast.fay.email))
    assert TOO_MANY in guess(phone, str(cast.fay.email), PASSWORD).content.decode()


def test_a_mark_made_up_is_no_mark(cast: Cast) -> None:
    client = Client(REMOTE_ADDR=A_STRANGER)
    client.cookies = SimpleCookie({"device": "made-up"})
    for _ in range(attempts.AT_ONE_FROM_A_PLACE.most):
        guess(client, str(cast.fay.email))
    assert TOO_MANY in guess(client, str(cast.fay.email), PASSWORD).content.decode()


def test_addresses_of_nobody_are_counted_like_any(cast: Cast) -> None:
    client = Client(REMOTE_ADDR=A_STRANGER)
    for _ in range(attempts.AT_ONE_FROM_A_PLACE.most):
        assert TOO_MANY not in guess(client, "nobody@example.org").content.decode()
    assert TOO_MANY in guess(client, "nobody@example.org").content.decode()


def test_right_passwords_wear_nothing_out(cast: Cast) -> None:
    for _ in range(attempts.AT_ONE_FROM_A_PLACE.most + 2):
        assert guess(Client(REMOTE_ADDR=A_STRANGER), str(cast.fay.email), PASSWORD).status_code == 302


def test_codes_are_counted_on_pages_and_in_apps_alike(cast: Cast) -> None:
    secret = generate_totp_secret()
    TOTP.activate(cast.tess, secret)
    client = Client(REMOTE_ADDR=A_STRANGER)
    guess(client, str(cast.tess.email), PASSWORD)
    for _ in range(3):
        client.post("/accounts/2fa/authenticate/", {"code": "000000"})
    app = App()
    app.client.defaults["REMOTE_ADDR"] = A_STRANGER
    asked = app.post(SIGN_IN, {"email": cast.tess.email, "password": PASSWORD})
    token = {"X-Session-Token": asked["session_token"]}
    for _ in range(2):
        assert app.post(SECOND_FACTOR, {"code": "000000"}, **token).status == 400
    code = format_hotp_value(hotp_value(secret, int(time.time()) // 30))
    assert app.post(SECOND_FACTOR, {"code": code}, **token).code == "too_many_requests"
    assert TOO_MANY in client.post("/accounts/2fa/authenticate/", {"code": code}).content.decode()
