"""The audit: what is done, read, refused, and who signed in; only ever added to."""

from __future__ import annotations

import datetime as dt
import re
import uuid
from collections.abc import Callable

import pytest
from allauth.mfa.models import Authenticator
from django.db import connection, transaction
from django.db.utils import Error
from django.http import HttpRequest, HttpResponse
from django.test import Client, override_settings
from django.urls import include, path

from clinic import access, audit, policy, rls
from clinic.models import AuditEvent, Child, Clinic, User
from clinic.vocabulary import AuditCode
from tests.cast import PASSWORD, Cast, planted_email
from web.pages import page, route


def events(code: AuditCode) -> list[AuditEvent]:
    return list(AuditEvent.objects.filter(code=code).order_by("at", "id"))


def test_a_read_is_one_row_an_hour_however_often(cast: Cast) -> None:
    at = rls.now().replace(minute=10)
    for minutes in (0, 20, 49):
        for user in (cast.tess, cast.fay):
            audit.record_read(
                AuditCode.VIEWED_CHILD,
                by=user,
                now=at + dt.timedelta(minutes=minutes),
                clinic_id=cast.harbor.pk,
                child=cast.cleo,
            )
    assert len(events(AuditCode.VIEWED_CHILD)) == 2
    audit.record_read(
        AuditCode.VIEWED_CHILD,
        by=cast.tess,
        now=at + dt.timedelta(minutes=50),
        clinic_id=cast.harbor.pk,
        child=cast.cleo,
    )
    assert len(events(AuditCode.VIEWED_CHILD)) == 3


@pytest.mark.parametrize(
    "statement", ["UPDATE clinic_auditevent SET detail = 'x'", "DELETE FROM clinic_auditevent"]
)
def test_nobody_changes_or_removes_a_row(cast: Cast, statement: str) -> None:
    audit.record(AuditCode.INVITED, by=cast.tess, now=rls.now(), clinic_id=cast.harbor.pk)
    with pytest.raises(Error), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert len(events(AuditCode.INVITED)) == 1


# ---- refusals of pages ----------------------------------------------------------------------------------


@page()
def _look(request: HttpRequest, child: uuid.UUID) -> HttpResponse:
    access.fetch(Child.objects, request.user, pk=child, may=policy.may_treat)
    return HttpResponse("seen")


@page("POST")
def _change_and_refuse(request: HttpRequest, child: uuid.UUID) -> HttpResponse:
    Clinic.objects.update(phone="undone")
    access.fetch(Child.objects, request.user, pk=child, may=policy.may_treat)
    return HttpResponse("done")


urlpatterns = [
    route("look/<uuid:child>/", _look, "look"),
    route("change/<uuid:child>/", _change_and_refuse, "change"),
    path("", include("config.urls")),
]


@override_settings(ROOT_URLCONF="tests.clinic.test_auditing")
@pytest.mark.parametrize(
    ("who", "status", "code", "clinic"),
    [("theo", 404, "not_found", None), ("tova", 404, "not_found", None), ("fay", 403, "forbidden", "harbor")],
)
def test_a_refusal_is_written_after_what_it_undid(
    cast: Cast, sign_in: Callable[[User], Client], who: str, status: int, code: str, clinic: str | None
) -> None:
    user = cast.people()[who]
    assert sign_in(user).post(f"/change/{cast.cleo.pk}/").status_code == status
    (event,) = events(AuditCode.REFUSED)
    assert (event.actor_id, event.child_id, event.detail) == (user.pk, cast.cleo.pk, code)
    assert event.clinic_id == (cast.harbor.pk if clinic else None)
    assert not Clinic.objects.filter(phone="undone").exists()


@override_settings(ROOT_URLCONF="tests.clinic.test_auditing")
def test_what_is_allowed_is_no_refusal(cast: Cast, sign_in: Callable[[User], Client]) -> None:
    assert sign_in(cast.tess).get(f"/look/{cast.cleo.pk}/").status_code == 200
    assert Client().get(f"/look/{cast.cleo.pk}/").status_code == 302
    assert not events(AuditCode.REFUSED)


# ---- signing in -----------------------------------------------------------------------------------------


def knock(address: str, password: str) -> int:
    answer = Client().post("/accounts/login/", {"login": address, "password": password})
    return answer.status_code


def test_signing_in_is_written_in_every_clinic_one_works_in(cast: Cast) -> None:
    assert knock(planted_email("tess").upper(), PASSWORD) == 302
    assert [(event.actor_id, event.clinic_id) for event in events(AuditCode.SIGNED_IN)] == [
        (cast.tess.pk, cast.harbor.pk)
    ]
    knock(planted_email("fay"), PASSWORD)
    assert (events(AuditCode.SIGNED_IN)[-1].actor_id, events(AuditCode.SIGNED_IN)[-1].clinic_id) == (
        cast.fay.pk,
        None,
    )


def test_an_app_that_signs_in_is_written_too(cast: Cast) -> None:
    answer = Client().post(
        "/api/auth/app/v1/auth/login",
        {"email": planted_email("fay"), "password": PASSWORD},
        content_type="application/json",
    )
    assert answer.status_code == 200
    assert [event.actor_id for event in events(AuditCode.SIGNED_IN)] == [cast.fay.pk]


def test_a_failed_sign_in_is_written_by_whose_account_it_was_aimed_at(cast: Cast) -> None:
    assert knock(planted_email("tess"), "a wrong one") == 200
    assert knock("nobody@example.org", "a wrong one") == 200
    aimed = [(event.actor_id, event.subject_id) for event in events(AuditCode.FAILED_TO_SIGN_IN)]
    assert aimed == [(None, cast.tess.pk), (None, None)]


def test_a_known_and_an_unknown_address_are_answered_alike(cast: Cast) -> None:
    for page_address, field in (("/accounts/login/", "login"), ("/accounts/password/reset/", "email")):
        answers = []
        for address in (planted_email("fay"), "nobody.planted@example.org"):
            given = {field: address, "password": "a wrong one of enough length"}
            answer = Client().post(page_address, given)
            told = answer.content.decode().replace(address, "…")
            answers.append((answer.status_code, answer.headers.get("Location"), _without_tokens(told)))
        assert answers[0] == answers[1], page_address


def _without_tokens(page_text: str) -> str:
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", page_text)


# ---- the second factor ----------------------------------------------------------------------------------


@override_settings(ROOT_URLCONF="tests.clinic.test_auditing")
def test_staff_add_a_second_factor_first_where_their_clinic_demands_one(
    cast: Cast, sign_in: Callable[[User], Client]
) -> None:
    with rls.acting_as(system="seeding"):
        Clinic.objects.filter(pk=cast.harbor.pk).update(staff_must_use_mfa=True)
    address = f"/look/{cast.cleo.pk}/"
    answer = sign_in(cast.tess).get(address)
    assert (answer.status_code, answer.headers["Location"]) == (302, "/accounts/2fa/")
    assert sign_in(cast.fay).get(address).status_code == 403
    Authenticator.objects.create(user=cast.tess, type=Authenticator.Type.TOTP, data={})
    assert sign_in(cast.tess).get(address).status_code == 200
