"""One's own ways to be reached, over the API."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from django.core import mail
from django.test import Client

from clinic.models import User
from tests import factories
from tests.api.client import App
from tests.cast import Cast
from tests.outside import PushService, SmsGateway
from tests.tracking.reaching import subscribed
from tests.tracking.reminding import TUESDAY, at, coming, keep
from tracking.models import PushSubscription

AppOf = Callable[[User], App]
OWN = "/api/v1/me/reaching"
NUMBER = "+15550001234"


def test_wishes_are_said_and_read(app_of: AppOf, cast: Cast, push_service: PushService) -> None:
    fay = app_of(cast.fay)
    told = fay.get(OWN)
    assert (told["reminders_by"], told["quiet_from"], told["offered"]) == (
        "email",
        "22:00",
        ["email", "web_push"],
    )
    assert len(told["push_key"]) == 87
    wishes = {"reminders_by": "web_push", "notices_by": "", "quiet_from": "21:00", "quiet_until": "07:30"}
    early = fay.put(OWN, wishes)
    assert (early.status, early.code) == (409, "channel_not_ready")
    browser = push_service.subscribe().told()
    added = fay.post(
        f"{OWN}/browsers", {"endpoint": browser["endpoint"], **browser["keys"], "device": "Phone"}
    )
    assert (added.status, added["device"]) == (201, "Phone")
    said = fay.put(OWN, wishes)
    assert (said.status, said["reminders_by"], said["quiet_until"]) == (200, "web_push", "07:30")
    assert fay.get(OWN)["ready"] == ["email", "web_push"]
    assert app_of(cast.greg).get(OWN)["browsers"] == []


def test_a_browser_is_removed_by_its_owner_alone(
    app_of: AppOf, cast: Cast, push_service: PushService
) -> None:
    subscribed(cast.fay, push_service)
    fay = app_of(cast.fay)
    (browser,) = fay.get(OWN)["browsers"]
    at = f"{OWN}/browsers/{browser['id']}"
    assert app_of(cast.greg).delete(at).status == 404
    assert PushSubscription.objects.count() == 1
    assert fay.delete(at).status == 204
    assert fay.delete(at).status == 404


def test_an_address_that_is_no_push_services_is_refused(
    app_of: AppOf, cast: Cast, push_service: PushService
) -> None:
    told = push_service.subscribe().told()
    refused = app_of(cast.fay).post(f"{OWN}/browsers", {"endpoint": "https://10.0.0.1/push", **told["keys"]})
    assert (refused.status, list(refused.fields)) == (400, ["endpoint"])


def test_a_phone_is_verified_by_the_code_that_arrives(
    app_of: AppOf, cast: Cast, sms_gateway: SmsGateway, django_capture_on_commit_callbacks: Any
) -> None:
    fay = app_of(cast.fay)
    with django_capture_on_commit_callbacks(execute=True):
        said = fay.put(f"{OWN}/phone", {"number": "+1 555 000 1234"})
    assert (said.status, said["phone"], said["is_phone_verified"], said["waits_for_code"]) == (
        202,
        NUMBER,
        False,
        True,
    )
    assert fay.post(f"{OWN}/phone/code", {"code": "1234-5678"}).code == "code_opens_nothing"
    found = re.search(r"\d{4}-\d{4}", sms_gateway.to(NUMBER)[0].words)
    assert found is not None
    assert fay.post(f"{OWN}/phone/code", {"code": found[0]})["is_phone_verified"] is True
    assert fay.delete(f"{OWN}/phone").status == 204
    assert fay.get(OWN)["phone"] == ""


def test_an_address_that_is_not_known_to_be_read_is_said_and_asked_again(
    app_of: AppOf, cast: Cast, django_capture_on_commit_callbacks: Any
) -> None:
    fay = app_of(cast.fay)
    told = fay.get(OWN)
    assert (told["email"], told["is_email_verified"], told["ready"][0]) == (cast.fay.email, True, "email")
    User.objects.filter(pk=cast.fay.pk).update(email_verified_at=None)
    told = fay.get(OWN)
    assert (told["is_email_verified"], "email" in told["ready"]) == (False, False)
    with django_capture_on_commit_callbacks(execute=True):
        assert fay.post(f"{OWN}/letter").status == 202
    assert [letter.to for letter in mail.outbox] == [[cast.fay.email]]


def test_a_calendar_is_read_by_whoever_has_its_address(app_of: AppOf, cast: Cast) -> None:
    day = coming(TUESDAY)
    keep(factories.prescribed(cast.cleo, by=cast.tess, anchors=("after_bath",)), now=at(day, "00:30"))
    fay, reader = app_of(cast.fay), Client()
    address = fay.post(f"{OWN}/calendar")["address"]
    path = address.removeprefix("http://localhost:8000")
    read = reader.get(path)
    assert (read.status_code, read["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    assert read["Cache-Control"] == "no-store"
    assert b"SUMMARY:Quiet time together" in read.content
    assert reader.get(path, headers={"If-None-Match": read["ETag"]}).status_code == 304
    renewed = fay.post(f"{OWN}/calendar")["address"].removeprefix("http://localhost:8000")
    gone, never = reader.get(path), reader.get("/calendars/nobodys.ics")
    assert gone.status_code == never.status_code == 404
    assert reader.get(renewed).status_code == 200
    assert fay.delete(f"{OWN}/calendar").status == 204
    assert reader.get(renewed).status_code == 404
