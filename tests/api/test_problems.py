"""Every refusal has one shape, and nothing that is sent ends in a 500."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client, override_settings

from api import parsers
from clinic import rls
from clinic.models import AuditEvent, User
from clinic.vocabulary import AuditCode
from tests.api.client import DEVICES, SIGN_IN, App
from tests.cast import Cast

AppOf = Callable[[User], App]
UNSUPPORTED = "unsupported_media_type"


def _is_a_problem(answer: Any) -> None:
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.headers["Cache-Control"] == "no-store"
    assert set(answer.body) >= {"type", "title", "status", "code", "detail", "errors"}
    assert answer["type"] == f"urn:littlefoot:problem:{answer.code}"
    assert answer["status"] == answer.status
    assert answer["detail"]
    assert answer["title"]


@pytest.mark.parametrize(
    ("method", "path", "body", "content_type", "accept", "expected"),
    [
        ("GET", "/api/v1/nothing", b"", "application/json", "*/*", (404, "not_found")),
        ("GET", "/api/", b"", "application/json", "*/*", (404, "not_found")),
        ("GET", DEVICES + "/999999999999999999999999999", b"", "application/json", "*/*", (405, None)),
        ("DELETE", DEVICES + "/999999999999999999999999999", b"", "application/json", "*/*", (404, None)),
        ("PATCH", DEVICES, b"", "application/json", "*/*", (405, "method_not_allowed")),
        ("OPTIONS", DEVICES, b"", "application/json", "*/*", (405, "method_not_allowed")),
        ("GET", DEVICES, b"", "application/json", "text/html", (406, "not_acceptable")),
        ("GET", DEVICES + "?since=1", b"", "application/json", "*/*", (400, "unknown_parameter")),
        ("GET", DEVICES + "?format=html", b"", "application/json", "*/*", (400, "unknown_parameter")),
        ("GET", DEVICES + "?%00=%00", b"", "application/json", "*/*", (400, "unknown_parameter")),
        ("GET", DEVICES + "?%ff", b"", "application/json", "*/*", (400, "unknown_parameter")),
        (
            "POST",
            SIGN_IN,
            b"a=b",
            "application/x-www-form-urlencoded",
            "*/*",
            (415, "unsupported_media_type"),
        ),
        ("POST", SIGN_IN, b"{}", "application/json; charset=utf-16", "*/*", (415, "unsupported_media_type")),
        ("POST", SIGN_IN, b"{}", "text/plain", "*/*", (415, "unsupported_media_type")),
        ("POST", SIGN_IN, b'"' + b"a" * 2**20 + b'"', "application/json", "*/*", (413, "body_too_large")),
    ],
)
def test_a_refusal_is_a_problem(
    app_of: AppOf,
    cast: Cast,
    method: str,
    path: str,
    body: bytes,
    content_type: str,
    accept: str,
    expected: tuple[int, str | None],
) -> None:
    app = app_of(cast.fay)
    app.client.defaults["HTTP_ACCEPT"] = accept
    answer = app.raw(method, path, body, content_type)
    assert answer.status == expected[0]
    assert expected[1] in (answer.code, None)
    _is_a_problem(answer)
    if answer.status == 405:
        assert answer.headers["Allow"]


MALFORMED: list[tuple[bytes, str]] = [
    (b"{", "malformed_json"),
    (b"\x80", "not_utf8"),
    ("{}".encode("utf-16"), "not_utf8"),
    ("\ufeff{}".encode(), "malformed_json"),
    (b"[]", "not_an_object"),
    (b"null", "not_an_object"),
    (b"1", "not_an_object"),
    (b'{"email": 1, "email": 2}', "key_given_twice"),
    (b'{"email": {"a": 1, "a": 1}}', "key_given_twice"),
    (b'{"email": NaN}', "not_a_number"),
    (b'{"email": -Infinity}', "not_a_number"),
    (b'{"email": 1e999}', "number_out_of_range"),
    (b'{"email": 123456789012345678901234567890}', "number_out_of_range"),
    (b'{"email": ' + b"9" * 5000 + b"}", "number_out_of_range"),
    (b'{"email": "\\u0000"}', "forbidden_character"),
    (b'{"email": ["a", {"b": "\\ud800"}]}', "forbidden_character"),
    (b'{"\\udfff": 1}', "forbidden_character"),
    (b'{"a\\u0000": 1, "a\\u0000": 1}', "key_given_twice"),
    (b'{"email": "\x00"}', "malformed_json"),
    (b'{"email": ' + b"[" * 32 + b"]" * 32 + b"}", "too_deep"),
    (b'{"a":' * 40 + b"1" + b"}" * 40, "too_deep"),
    (b"[" * 100_000, "too_deep"),
    (json.dumps({str(number): number for number in range(1001)}).encode(), "too_many_keys"),
    (json.dumps({"a": [{"b": 1}] * 1000}).encode(), "too_many_keys"),
]


@pytest.mark.parametrize(("body", "code"), MALFORMED, ids=range(len(MALFORMED)))
def test_a_malformed_body_is_refused_with_its_reason(stranger: App, body: bytes, code: str) -> None:
    answer = stranger.raw("POST", SIGN_IN, body)
    assert (answer.status, answer.code) == (400, code)
    _is_a_problem(answer)


def test_a_forbidden_character_is_named_by_its_path(stranger: App) -> None:
    answer = stranger.raw("POST", SIGN_IN, b'{"email": ["a", {"b": "\\ud800"}]}')
    assert answer.fields == {"email.1.b": "forbidden_character"}


def test_the_deepest_and_widest_body_allowed_is_read() -> None:
    deepest = b'{"a":' + b"[" * 31 + b"]" * 31 + b"}"
    assert parsers.parse_object(deepest)
    assert len(parsers.parse_object(json.dumps({str(n): n for n in range(1000)}).encode())) == 1000
    assert parsers.parse_object('{"a": "\U0001f9b6"}'.encode()) == {"a": "\U0001f9b6"}


def test_anonymous_requests_are_401_whether_or_not_there_is_anything(stranger: App) -> None:
    there, not_there = stranger.get(DEVICES), stranger.get("/api/v1/nothing")
    assert there.status == not_there.status == 401
    assert there.content == not_there.content


def test_a_session_cookie_of_the_pages_opens_nothing_of_the_api(
    sign_in: Callable[[User], Client], cast: Cast
) -> None:
    assert sign_in(cast.fay).get(DEVICES).status_code == 401


def test_who_asks_too_often_is_asked_to_wait(app_of: AppOf, cast: Cast) -> None:
    app = app_of(cast.fay)
    with override_settings(API_REQUESTS_PER_MINUTE=1):
        answers = [app.get(DEVICES) for _ in range(3)]
    assert (answers[-1].status, answers[-1].code) == (429, "too_many_requests")
    assert 1 <= int(answers[-1].headers["Retry-After"]) <= 60


def test_a_bug_is_a_logged_500_without_its_words(
    app_of: AppOf, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = app_of(cast.fay)
    app.client.raise_request_exception = False

    def broken(*args: Any, **kwargs: Any) -> None:
        raise RuntimeError("planted-secret")

    monkeypatch.setattr("clinic.services.devices.signed_in_of", broken)
    response = app.client.get(DEVICES, headers={"Authorization": f"Bearer {app.token}"})
    assert response.status_code == 500
    assert response.headers["Content-Type"] == "application/problem+json"
    assert response.json()["code"] == "internal"
    assert b"planted" not in response.content


def test_a_host_that_is_not_ours_is_a_problem_too(stranger: App) -> None:
    response = stranger.client.get(DEVICES, headers={"host": "elsewhere.example"})
    assert (response.status_code, response.json()["code"]) == (400, "bad_request")


def test_a_refusal_is_audited_after_the_rollback(app_of: AppOf, cast: Cast) -> None:
    app = app_of(cast.fay)
    assert app.delete(f"{DEVICES}/0").status == 404
    with rls.acting_as(system="seeding"):
        (event,) = AuditEvent.objects.filter(code=AuditCode.REFUSED, actor_id=cast.fay.pk)
    assert event.detail == "not_found"
