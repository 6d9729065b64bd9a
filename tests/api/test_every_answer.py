"""What every answer of the API holds to, asked of every route: language, tags, size, patience."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from types import SimpleNamespace

import pytest
from django.test import override_settings

from tests import access, factories
from tests.access import Answer, Door, Row
from tests.api.client import App, description
from tests.cast import Cast

WHO = ("tess", "fay", "otto")

SHORT = 200
"""Bytes below which nothing is gained by compressing."""


@pytest.fixture
def doors(cast: Cast) -> dict[str, Door]:
    return {actor: Door(actor, cast) for actor in WHO}


@pytest.fixture
def filled(cast: Cast) -> dict[str, object]:
    return access.values(cast, factories.record(cast))


def rows(*methods: str) -> Iterator[tuple[Row, str]]:
    """Every row of the API's JSON, and somebody to whom it answers more than a refusal, or else tess."""
    for row in access.rows():
        is_json = row.is_api and row.address not in ("/api/v1/openapi.yaml", "/api/v1/docs/")
        if is_json and row.method in (methods or access.METHODS):
            yield row, next((actor for actor in WHO if row.statuses[actor] < 400), "tess")


def told(answer: Answer, name: str) -> str:
    """A header's value; empty where there is none."""
    lines = [line.partition(": ") for line in answer.headers]
    return next((value for key, _, value in lines if key == name), "")


def operation(row: Row) -> dict[str, object]:
    path = row.address.replace("<", "{").replace(">", "}")
    return description()["paths"][path][row.method.lower()]


def test_every_answer_says_its_language_and_that_it_hangs_on_the_one_asked_for(
    doors: dict[str, Door], filled: dict[str, object]
) -> None:
    asked = 0
    for row, actor in rows():
        answer = doors[actor].ask(row, filled, HTTP_ACCEPT_LANGUAGE="en")
        assert told(answer, "Content-Language") == "en", row
        assert "Accept-Language" in told(answer, "Vary"), row
        headers = operation(row)["responses"][str(answer.status)]["headers"]
        assert [name for name in headers if not told(answer, name)] == [], row
        asked += 1
    assert asked > 190


def test_what_may_be_kept_has_a_tag_and_is_not_sent_twice(
    doors: dict[str, Door], filled: dict[str, object]
) -> None:
    kept = 0
    for row, actor in rows("GET"):
        first = doors[actor].ask(row, filled)
        tag = told(first, "ETag")
        if "304" in operation(row)["responses"]:
            again = doors[actor].ask(row, filled, HTTP_IF_NONE_MATCH=tag)
            assert (again.status, again.body, told(again, "ETag")) == (304, b"", tag), row
            assert tag, row
            assert doors[actor].ask(row, filled, HTTP_IF_NONE_MATCH='"another"').status == 200, row
            kept += 1
    assert kept >= 8


def test_every_answer_of_the_record_is_compressed_for_who_takes_that(
    doors: dict[str, Door], filled: dict[str, object]
) -> None:
    smaller = 0
    for row, actor in rows("GET"):
        plain = doors[actor].ask(row, filled)
        packed = doors[actor].ask(row, filled, HTTP_ACCEPT_ENCODING="gzip")
        is_packed = told(packed, "Content-Encoding") == "gzip"
        is_json = "json" in told(plain, "Content-Type")
        is_long = len(plain.body) > 2 * SHORT
        if row.address.startswith("/api/auth/"):
            assert not is_packed, f"{row} would let a token be guessed by its length"
        elif is_json and is_long:
            assert is_packed, row
            assert len(gzip.decompress(packed.body)) >= len(plain.body) - SHORT, row
            assert "Accept-Encoding" in told(packed, "Vary"), row
            smaller += 1
    assert smaller > 20


def test_whoever_asks_too_often_is_told_on_every_route_how_long_to_wait(
    doors: dict[str, Door], filled: dict[str, object], monkeypatch: pytest.MonkeyPatch
) -> None:
    limited = 0
    monkeypatch.setattr(
        access, "cache", SimpleNamespace(clear=lambda: None)
    )  # what was counted stays counted
    with override_settings(API_REQUESTS_PER_MINUTE=0):
        for row, actor in rows():
            if "security" not in operation(row):
                continue
            answers = [doors[actor].ask(row, filled) for _ in range(2)]
            refused = answers[-1]
            assert refused.status == 429, (row, [one.status for one in answers])
            assert 1 <= int(told(refused, "Retry-After")) <= 60, row
            assert json.loads(refused.body)["code"] == "too_many_requests", row
            limited += 1
    assert limited > 150


GUESSES = {
    "/api/auth/app/v1/auth/login": {"email": "nobody@example.org", "password": "a guess at a password"},
    "/api/auth/app/v1/auth/code": {"code": "AAAA-BBBB-CCCC", "password": "a password from now on"},
    "/api/auth/app/v1/auth/password/request": {"email": "nobody@example.org"},
    "/api/v1/invitations/offer": {"key": "AAAA-BBBB-CCCC"},
    "/api/v1/invitations/join": {
        "key": "AAAA-BBBB-CCCC",
        "name": "Nobody",
        "email": "nobody@example.org",
        "password": "a password from now on",
    },
}
"""What can be guessed at by whoever has no token."""


@pytest.mark.parametrize("address", GUESSES)
def test_whoever_guesses_is_told_how_long_to_wait(stranger: App, cast: Cast, address: str) -> None:
    answers = [stranger.post(address, GUESSES[address]) for _ in range(31)]
    assert answers[0].status != 429
    refused = answers[-1]
    assert (refused.status, refused.code) == (429, "too_many_requests")
    assert int(refused.headers["Retry-After"]) > 0


def test_every_route_that_can_be_guessed_at_is_among_them() -> None:
    """Of the others one needs a token, a key of a sign-in begun, or tells the same to everybody."""
    open_to_all = {row.address for row, _ in rows() if "security" not in operation(row)}
    assert open_to_all - GUESSES.keys() == {
        "/api/auth/app/v1/auth/2fa/authenticate",
        "/api/auth/app/v1/auth/webauthn/authenticate",
        "/api/auth/app/v1/auth/webauthn/login",
        "/api/auth/app/v1/tokens/refresh",
        "/api/v1/meta",
    }
