"""Opening a record in an emergency, from an app."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from allauth.account.internal.flows import login as records
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session

from clinic.models import AuditEvent, BreakGlass, User
from clinic.vocabulary import AuditCode
from tests.api.client import App
from tests.cast import PASSWORD, Cast
from tests.signing_in import say_when
from tests.web.test_break_glass import REASON, whom

AppOf = Callable[[User], App]
GLASS = "/api/v1/clinics/harbor/break-glass"
AGAIN = "/api/auth/app/v1/auth/reauthenticate"


@pytest.fixture
def theo(cast: Cast, app_of: AppOf) -> tuple[App, Any]:
    """Theo's app, in which he has broken the glass for Cleo; what it answered."""
    app = app_of(cast.theo)
    answer = app.post(GLASS, whom(cast))
    assert answer.status == 201, answer.body
    return app, answer.body


def leave_open(user: User) -> None:
    """Everything `user` is signed in to was left open for an hour."""
    for row in Session.objects.all():
        session = SessionStore(row.session_key)
        if session.get(records._AUTHENTICATION_METHODS_USER_SESSION_KEY) == str(user.pk):
            say_when(session, user, seconds_ago=3600)


def test_a_child_named_in_full_is_read_for_four_hours_and_not_written(
    cast: Cast, theo: tuple[App, Any]
) -> None:
    app, opened = theo
    child = f"/api/v1/children/{cast.cleo.pk}"
    assert (opened["child"], opened["is_open"], opened["is_mine"]) == (str(cast.cleo.pk), True, True)
    assert app.get(f"{child}/notes").status == 200
    assert app.put(f"{child}/messages/read", {"message": None}).status == 403
    assert app.post(GLASS, whom(cast))["id"] == opened["id"], "open already, it stays"
    ended = app.put(f"{GLASS}/{opened['id']}/ending", None)
    assert (ended.status, ended["is_open"]) == (200, False)
    assert app.get(f"{child}/notes").status == 404


def test_an_app_left_open_says_once_more_who_is_asking(cast: Cast, app_of: AppOf) -> None:
    app = app_of(cast.theo)
    leave_open(cast.theo)
    refused = app.post(GLASS, whom(cast))
    assert (refused.status, refused.code) == (403, "recent_sign_in_needed")
    assert not BreakGlass.objects.exists()
    assert app.post(AGAIN, {"password": PASSWORD}).status == 204
    assert app.post(GLASS, whom(cast)).status == 201


def test_a_look_in_vain_and_a_reason_too_short_open_nothing(cast: Cast, app_of: AppOf) -> None:
    app = app_of(cast.theo)
    unknown = app.post(GLASS, whom(cast, last_name=""))
    assert (unknown.status, unknown.code) == (400, "no_such_child")
    assert AuditEvent.objects.filter(code=AuditCode.REFUSED, actor_id=cast.theo.pk).count() == 1
    short = app.post(GLASS, whom(cast, reason="An emergency"))
    assert short.fields == {"reason": "min_length"}
    assert not BreakGlass.objects.exists()


def test_it_is_listed_until_an_owner_has_reviewed_it(
    cast: Cast, theo: tuple[App, Any], app_of: AppOf
) -> None:
    app, opened = theo
    otto, review = app_of(cast.otto), f"{GLASS}/{opened['id']}/review"
    (listed,) = otto.get(GLASS)["waiting"]
    assert (listed["reason"], listed["by"], listed["may_review"]) == (REASON, cast.theo.name, True)
    assert app.put(review, {"review": "All as it should be"}).status == 403, "nobody reviews their own"
    assert otto.put(review, {"review": "All as it should be", "language": "en"})["reviewed_at"]
    again = otto.put(review, {"review": "Again"})
    assert (again.status, again.code) == (409, "already_reviewed")
    seen = app_of(cast.tess).get(GLASS).body
    assert (seen["waiting"], len(seen["reviewed"])) == ([], 1)


def test_an_owner_opens_the_record_of_a_child_they_know_of(cast: Cast, app_of: AppOf) -> None:
    otto, child = app_of(cast.otto), f"/api/v1/children/{cast.cleo.pk}"
    assert otto.get(f"{child}/notes").status == 404
    assert otto.post(f"{child}/break-glass", {"reason": REASON}).status == 201
    assert otto.get(f"{child}/notes").status == 200
    assert otto.post(f"{child}/break-glass", {"reason": REASON}).status == 201, "sent again"
    assert BreakGlass.objects.filter(opened_by=cast.otto).count() == 1
    assert app_of(cast.tess).post(f"{child}/break-glass", {"reason": REASON}).status == 403
    assert app_of(cast.theo).post(f"{child}/break-glass", {"reason": REASON}).status == 404
