"""What no device can have answered is refused by the pages for passkeys, as it is by the API."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from clinic.models import User
from tests.cast import Cast

NO_ANSWERS = [
    {},
    {"id": "YQ", "type": "public-key", "response": {}},
    {"id": "YQ", "rawId": "YQ", "type": "public-key", "response": {}},
    ["YQ"],
    "YQ",
    7,
]


@pytest.mark.parametrize("told", NO_ANSWERS, ids=str)
def test_nobody_is_signed_in_by_what_no_device_answers(cast: Cast, client: Client, told: Any) -> None:
    client.get("/accounts/2fa/webauthn/login/", headers={"accept": "application/json"})
    answer = client.post("/accounts/2fa/webauthn/login/", {"credential": json.dumps(told)})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/accounts/login/")
    assert client.get("/accounts/password/change/").status_code == 302


@pytest.mark.parametrize("told", NO_ANSWERS, ids=str)
def test_no_passkey_is_kept_of_what_no_device_answers(
    cast: Cast, sign_in: Callable[[User], Client], told: Any
) -> None:
    fays = sign_in(cast.fay)
    assert fays.get("/accounts/2fa/webauthn/add/").status_code == 200
    answer = fays.post("/accounts/2fa/webauthn/add/", {"name": "Phone", "credential": json.dumps(told)})
    assert answer.status_code == 200
    assert not cast.fay.authenticator_set.exists()
