"""What an app asks first, and how it is spared what it holds already."""

from __future__ import annotations

import datetime as dt
import gzip
from collections.abc import Callable

import pytest
from django.core.management import call_command
from django.test import override_settings

from api.resources import Going
from api.v1.vocabulary import Vocabulary
from clinic import rls
from clinic.models import User
from tests.api.client import REFRESH, App
from tests.cast import Cast
from tests.tracking.prescribing import tonight

AppOf = Callable[[User], App]


def test_an_app_learns_whether_it_fits_before_anybody_signs_in(stranger: App, cast: Cast) -> None:
    stranger.token = "nobodys.token.at-all"
    with override_settings(MINIMUM_APP_VERSION="2.1"):
        told = stranger.get("/api/v1/meta")
    assert told.status == 200
    assert (told["contract_version"], told["minimum_app_version"]) == ("1.0.0", "2.1")
    assert abs(dt.datetime.fromisoformat(told["server_time"]) - rls.now()) < dt.timedelta(minutes=1)
    call_command("renew_feed")
    assert stranger.get("/api/v1/meta")["feed_epoch"] != told["feed_epoch"]


def test_an_address_that_is_to_go_says_so_in_every_answer(
    app_of: AppOf, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    fay = app_of(cast.fay)
    stays = fay.get("/api/v1/vocabulary")
    assert not {"Deprecation", "Sunset"} & set(stays.headers)
    going = Going(dt.datetime(2026, 11, 26, tzinfo=dt.UTC), dt.datetime(2027, 6, 1, 12, tzinfo=dt.UTC))
    monkeypatch.setattr(Vocabulary, "going", going)
    goes = fay.get("/api/v1/vocabulary")
    assert goes.headers["Deprecation"] == "@1795651200"
    assert goes.headers["Sunset"] == "Tue, 01 Jun 2027 12:00:00 GMT"


def kept_addresses(cast: Cast) -> list[str]:
    room = f"/api/v1/children/{cast.cleo.pk}"
    return [
        "/api/v1/vocabulary",
        "/api/v1/clinics/harbor/strokes",
        "/api/v1/clinics/harbor/presets",
        "/api/v1/clinics/harbor/texts",
        f"{room}/today",
        f"{room}/programs",
        f"{room}/texts",
        f"{room}/concern-bundle",
    ]


def test_what_an_app_holds_already_is_not_sent_again(app_of: AppOf, cast: Cast) -> None:
    tess = app_of(cast.tess)
    for address in kept_addresses(cast):
        first = tess.get(address)
        assert first.status == 200, address
        again = tess.get_unless(first.headers["ETag"], address)
        assert (again.status, again.content) == (304, b""), address
        assert again.headers["Cache-Control"] == "no-store"
        assert tess.get_unless('"another"', address).status == 200


def test_a_new_program_is_another_answer(app_of: AppOf, cast: Cast) -> None:
    fay, address = app_of(cast.fay), f"/api/v1/children/{cast.cleo.pk}/programs"
    tag = fay.get(address).headers["ETag"]
    with rls.acting_as(cast.tess):
        tonight(cast)
    assert fay.get_unless(tag, address).status == 200


def test_another_language_is_another_answer(app_of: AppOf, cast: Cast) -> None:
    fay = app_of(cast.fay)
    answer = fay.get("/api/v1/vocabulary")
    assert "Accept-Language" in answer.headers["Vary"]


@pytest.mark.parametrize("encoding", ["gzip", "gzip, deflate, br"])
def test_the_record_is_compressed_and_tokens_never_are(app_of: AppOf, cast: Cast, encoding: str) -> None:
    fay = app_of(cast.fay)
    plain = fay.get("/api/v1/vocabulary")
    assert "Content-Encoding" not in plain.headers
    fay.client.defaults["HTTP_ACCEPT_ENCODING"] = encoding
    raw = fay.client.get("/api/v1/vocabulary", headers={"Authorization": f"Bearer {fay.token}"})
    assert raw.headers["Content-Encoding"] == "gzip"
    assert len(raw.content) < len(plain.content) / 3
    assert gzip.decompress(raw.content) == plain.content
    signed = fay.post(REFRESH, {"refresh_token": fay.refresh_token})
    assert signed.status == 200
    assert "Content-Encoding" not in signed.headers
    assert "Content-Encoding" not in fay.client.get("/accounts/login/").headers
