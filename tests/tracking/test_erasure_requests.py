"""A caregiver asks the clinic to erase; the clinic answers, and nothing is erased by asking."""

from __future__ import annotations

from typing import Any

import pytest

from clinic import rls
from clinic.errors import Forbidden, IdAlreadyUsed
from clinic.models import User
from tests.cast import Cast, make_id
from tracking import policy
from tracking.models import ErasureRequest
from tracking.services.erasure_requests import (
    AlreadyRequested,
    RequestIsOver,
    answer_erasure_request,
    request_erasure,
    withdraw_erasure_request,
)
from tracking.vocabulary.erasure import DeclinedBecause, RequestAbout, RequestState


def wish(cast: Cast, by: User, **told: Any) -> ErasureRequest:
    with rls.acting_as(by):
        return request_erasure(
            **{
                "by": by,
                "child": cast.cleo,
                "client_id": make_id(),
                "about": RequestAbout.CHILD,
                "now": rls.now(),
                **told,
            }
        )


def test_a_guardian_asks_for_the_child_and_the_owner_takes_it_up(cast: Cast) -> None:
    asked = wish(cast, cast.fay)
    assert asked.state == RequestState.OPEN
    with pytest.raises(AlreadyRequested):
        wish(cast, cast.fay)
    with rls.acting_as(cast.otto):
        answered = answer_erasure_request(by=cast.otto, wish=asked, declined_because=None, now=rls.now())
        assert answered.state == RequestState.TAKEN_UP
        with pytest.raises(RequestIsOver):
            answer_erasure_request(by=cast.otto, wish=asked, declined_because=None, now=rls.now())


def test_the_same_id_again_is_a_replay_and_for_something_else_a_conflict(cast: Cast) -> None:
    asked = wish(cast, cast.fay)
    assert wish(cast, cast.fay, client_id=asked.client_id).pk == asked.pk
    with pytest.raises(IdAlreadyUsed):
        wish(cast, cast.fay, client_id=asked.client_id, about=RequestAbout.ME)


def test_an_id_somebody_else_used_is_free_so_that_nobody_can_probe(cast: Cast) -> None:
    asked = wish(cast, cast.fay)
    assert wish(cast, cast.greg, client_id=asked.client_id).pk != asked.pk


def test_who_only_logs_asks_for_themselves_alone(cast: Cast) -> None:
    assert wish(cast, cast.nan, about=RequestAbout.ME)
    for user in (cast.nan, cast.rex, cast.finn, cast.tess, cast.otto):
        with pytest.raises(Forbidden):
            wish(cast, user)


def test_a_request_is_taken_back_by_who_sent_it(cast: Cast) -> None:
    asked = wish(cast, cast.fay)
    with rls.acting_as(cast.greg), pytest.raises(Forbidden):
        withdraw_erasure_request(by=cast.greg, wish=asked, now=rls.now())
    with rls.acting_as(cast.fay):
        assert withdraw_erasure_request(by=cast.fay, wish=asked, now=rls.now()).state == (
            RequestState.WITHDRAWN
        )
    assert wish(cast, cast.fay).state == RequestState.OPEN


def test_nobody_but_an_owner_answers_and_a_no_has_a_reason(cast: Cast) -> None:
    asked = wish(cast, cast.fay)
    reason = DeclinedBecause.MUST_BE_KEPT
    with rls.acting_as(cast.tess), pytest.raises(Forbidden):
        answer_erasure_request(by=cast.tess, wish=asked, declined_because=reason, now=rls.now())
    with rls.acting_as(cast.otto):
        answered = answer_erasure_request(by=cast.otto, wish=asked, declined_because=reason, now=rls.now())
    assert (answered.state, answered.declined_because) == (RequestState.DECLINED, reason)


def test_a_request_is_read_by_its_author_and_owners_and_never_by_the_other_guardian(cast: Cast) -> None:
    asked = wish(cast, cast.fay)
    readers = {
        name
        for name, user in cast.people().items()
        if ErasureRequest.objects.visible_to(user).filter(pk=asked.pk).exists()
    }
    assert readers == {"fay", "otto"}
    for name, user in cast.people().items():
        with rls.acting_as(user):
            assert ErasureRequest.objects.exists() is (name in readers), name
        assert policy.may_withdraw_erasure_request(user, asked) is (name == "fay")
