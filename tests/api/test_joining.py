"""An app joins by the square of a letter or its typed code, and comes back by a code, over HTTP."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from django.core.cache import cache

from clinic import rls, typed_codes
from clinic.models import CaregiverGrant, User
from clinic.services import sign_in_codes
from tests.api.client import DEVICES, SIGN_IN, App
from tests.cast import PASSWORD, Cast
from tests.clinic.test_invitations import invite

AppOf = Callable[[User], App]
GOOD, BETTER = "four odd words together", "nine green lanterns drift"
OFFER, JOIN, ACCEPT = (f"/api/v1/invitations/{verb}" for verb in ("offer", "join", "acceptance"))
CODE = "/api/auth/app/v1/auth/code"


@pytest.fixture(autouse=True)
def _uncounted() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


def test_a_phone_reads_the_square_joins_and_signs_in_with_the_number(stranger: App, cast: Cast) -> None:
    sent = invite(cast)
    for _look in range(3):
        offer = stranger.post(OFFER, {"key": sent.token})
        assert (offer.status, offer["child_first_name"], offer["kind"]) == (200, "Cleo", "caregiver")
    joined = stranger.post(JOIN, {"key": sent.token, "name": "Uma", "password": GOOD})
    assert (joined.status, joined["child"], joined["kind"]) == (201, str(cast.cleo.pk), "caregiver")
    signed = stranger.post(SIGN_IN, {"username": joined["sign_in_number"], "password": GOOD})
    assert signed.status == 200
    stranger.token = signed["access_token"]
    assert stranger.get("/api/v1/children")["items"][0]["id"] == str(cast.cleo.pk)


def test_a_typed_code_does_the_same_and_wrong_ones_are_counted(stranger: App, cast: Cast) -> None:
    sent = invite(cast)
    assert stranger.post(OFFER, {"key": sent.code.lower()})["is_bound_to_address"] is False
    for _guess in range(10):
        assert stranger.post(OFFER, {"key": typed_codes.new_code()}).code == "opens_nothing"
    refused = stranger.post(OFFER, {"key": sent.code})
    assert (refused.status, refused.code) == (429, "too_many_requests")
    assert int(refused.headers["Retry-After"]) == 3600
    assert stranger.post(OFFER, {"key": sent.token}).status == 200, "the square opens all the same"


def test_keys_that_open_nothing_answer_with_the_same_bytes(stranger: App, app_of: AppOf, cast: Cast) -> None:
    used, withdrawn = invite(cast), invite(cast)
    assert app_of(cast.finn).post(ACCEPT, {"key": used.token}).status == 201
    withdrawn.invitation.delete()
    answers = [
        stranger.post(address, {"key": key, **more})
        for key in (used.token, withdrawn.token, "x" * 43, used.code)
        for address, more in ((OFFER, {}), (JOIN, {"name": "Uma", "password": GOOD}))
    ]
    assert {(one.status, one.code) for one in answers} == {(404, "opens_nothing")}
    assert len({one.content for one in answers}) == 1


def test_a_payload_that_asks_for_more_is_not_taken(stranger: App, cast: Cast) -> None:
    sent = invite(cast)
    told = {"key": sent.token, "name": "Uma", "password": GOOD, "kind": "guardian"}
    refused = stranger.post(JOIN, told)
    assert (refused.status, refused.code) == (400, "client_too_new")
    assert not User.objects.filter(name="Uma").exists()
    weak = stranger.post(JOIN, {"key": sent.token, "name": "Uma", "password": "short"})
    assert (weak.status, weak.code) == (400, "password_too_weak")


def test_either_an_address_or_a_number_signs_in(stranger: App, cast: Cast) -> None:
    both = {"email": cast.fay.email, "username": "00000000", "password": PASSWORD}
    for told in (both, {"password": PASSWORD}):
        assert stranger.post(SIGN_IN, told).fields == {"email": "required"}
    assert stranger.post(SIGN_IN, {"username": "00000000", "password": PASSWORD}).status == 400


def test_an_app_comes_back_by_a_code_and_shows_who_gave_it(stranger: App, cast: Cast) -> None:
    sent = invite(cast)
    number = stranger.post(JOIN, {"key": sent.token, "name": "Uma", "password": GOOD})["sign_in_number"]
    grant = CaregiverGrant.objects.select_related("child", "user").get(user__name="Uma")
    with rls.acting_as(cast.tess):
        given = sign_in_codes.give(by=cast.tess, grant=grant, now=rls.now())
    assert stranger.post(CODE, {"code": given.code, "password": "short"}).code == "password_too_weak"
    answer = stranger.post(CODE, {"code": given.code, "password": BETTER})
    assert (answer.status, answer["sign_in_number"]) == (200, number)
    assert stranger.post(CODE, {"code": given.code, "password": BETTER}).code == "opens_nothing"
    stranger.token = stranger.post(SIGN_IN, {"username": number, "password": BETTER})["access_token"]
    (notice,) = stranger.get(DEVICES)["codes"]
    assert notice["given_by"] == cast.tess.name
    assert notice["used_at"] is not None
