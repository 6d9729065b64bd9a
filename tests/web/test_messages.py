"""The thread as the care team sees it."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from clinic import rls
from clinic.models import User
from tests import factories
from tests.cast import Cast, make_id, planted
from tracking.models import Message
from tracking.readings.messages import unread_count
from tracking.services import messaging

pytestmark = pytest.mark.django_db


@pytest.fixture
def tesss(cast: Cast, sign_in: Any) -> Client:
    client: Client = sign_in(cast.tess)
    return client


def thread(cast: Cast) -> str:
    return f"/children/{cast.cleo.pk}/messages/"


def test_what_the_family_wrote_is_read_and_answered(cast: Cast, tesss: Client) -> None:
    factories.message(cast.cleo, by=cast.fay)
    with rls.acting_as(cast.tess):
        assert unread_count(cast.tess, cast.cleo) == 1
    page = tesss.get(thread(cast)).content.decode()
    assert planted("fay-name") in page
    with rls.acting_as(cast.tess):
        assert unread_count(cast.tess, cast.cleo) == 0

    told = {"client_id": make_id(), "body": "Try it before the bath."}
    tesss.post(thread(cast), told)
    tesss.post(thread(cast), told)
    assert Message.objects.get(child=cast.cleo, author=cast.tess).is_from_staff
    assert "Try it before the bath." in tesss.get(thread(cast)).content.decode()


def test_words_carry_their_language_and_find_their_own_direction(cast: Cast, tesss: Client) -> None:
    User.objects.filter(pk=cast.fay.pk).update(reading_language="ar")
    fay = User.objects.get(pk=cast.fay.pk)
    with rls.acting_as(fay):
        told: dict[str, Any] = {"by": fay, "child": cast.cleo, "now": rls.now()}
        messaging.send_message(client_id=make_id(), body="شكرا جزيلا", **told)
        messaging.send_message(client_id=make_id(), body="תודה", language="he", **told)
    page = tesss.get(thread(cast)).content.decode()
    assert '<p lang="ar" dir="auto">شكرا جزيلا</p>' in page
    assert '<p lang="he" dir="auto">תודה</p>' in page


def test_an_empty_message_is_said_at_its_field(cast: Cast, tesss: Client) -> None:
    page = tesss.post(thread(cast), {"client_id": make_id(), "body": " "}).content.decode()
    assert "This is needed" in page
    assert not Message.objects.filter(author=cast.tess).exists()


def test_an_owner_on_no_team_does_not_read_it(cast: Cast, sign_in: Any) -> None:
    assert sign_in(cast.otto).get(thread(cast)).status_code == 403


def test_a_long_thread_is_read_in_pages_and_asks_no_more(cast: Cast, tesss: Client) -> None:
    factories.message(cast.cleo, by=cast.fay)
    tesss.get(thread(cast))
    with CaptureQueriesContext(connection) as few:
        tesss.get(thread(cast))
    first = rls.now() - dt.timedelta(days=99)
    with rls.acting_as(cast.fay):
        Message.objects.bulk_create(
            Message(
                clinic=cast.harbor,
                child=cast.cleo,
                client_id=make_id(),
                author=cast.fay,
                is_from_staff=False,
                body=f"Evening number {number}",
                sent_at=first + dt.timedelta(days=number),
            )
            for number in range(80)
        )
    with CaptureQueriesContext(connection) as many:
        page = tesss.get(thread(cast)).content.decode()
    assert len(many) <= len(few)
    assert "Evening number 0<" not in page
    older = page.split('href="?before=')[1].split('"')[0].replace("&amp;", "&")
    assert "Evening number 0<" in tesss.get(f"{thread(cast)}?before={older}").content.decode()
    assert tesss.get(f"{thread(cast)}?before=yesterday&row=1").status_code == 200
