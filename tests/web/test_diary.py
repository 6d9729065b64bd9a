"""The diary on the clinic's pages: answered, remarked on, told apart, written down for the family."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from clinic import rls
from clinic.localtime import local_wall
from clinic.models import CaregiverGrant
from tests import factories
from tests.cast import Cast, make_id
from tracking.models import Bedtime, MassageSession, Message, Note
from tracking.vocabulary.programs import EntryFlag

pytestmark = pytest.mark.django_db


@pytest.fixture
def tess(cast: Cast, sign_in: Any) -> Client:
    client: Client = sign_in(cast.tess)
    return client


def of(cast: Cast, page: str) -> str:
    return f"/children/{cast.cleo.pk}/{page}"


def words(answer: Any) -> str:
    return str(answer.content.decode())


def an_hour_ago() -> dt.datetime:
    return rls.now() - dt.timedelta(hours=1)


def test_an_entry_is_answered_and_the_answer_stands_beneath_it(cast: Cast, tess: Client) -> None:
    session = factories.session(cast.cleo, by=cast.fay, at=an_hour_ago())
    told = {"client_id": make_id(), "body": "The foot is her more."}
    answer = tess.post(of(cast, f"diary/{session.client_id}/answer/"), told)
    assert answer.headers["Location"].endswith(f"#entry-{session.client_id}")
    assert Message.objects.get(child=cast.cleo).about_entry == session.client_id
    assert "The foot is her more." in words(tess.get(of(cast, "diary/")))


def test_a_note_for_oneself_is_read_by_nobody_else(cast: Cast, tess: Client, sign_in: Any) -> None:
    session = factories.session(cast.cleo, by=cast.fay, at=an_hour_ago())
    told = {"kind": "session", "body": "Ask about the bath.", "is_private": "on"}
    tess.post(of(cast, f"diary/{session.client_id}/remark/"), told)
    assert Note.objects.get(child=cast.cleo).is_private
    assert "Ask about the bath." in words(tess.get(of(cast, "diary/")))
    assert "Ask about the bath." not in words(sign_in(cast.asha).get(of(cast, "diary/")))


def test_two_sessions_that_might_be_one_are_told_apart(cast: Cast, tess: Client) -> None:
    flags = [str(EntryFlag.POSSIBLE_DUPLICATE)]
    at = an_hour_ago()
    one = factories.session(cast.cleo, by=cast.fay, at=at, flags=flags)
    other = factories.session(cast.cleo, by=cast.nan, at=at, flags=flags)
    page = words(tess.get(of(cast, "diary/")))
    address = of(cast, f"diary/{one.client_id}/{other.client_id}/apart/")
    assert address in page
    tess.post(address)
    assert "These were two sessions" not in words(tess.get(of(cast, "diary/")))


def test_a_session_is_not_told_apart_from_itself(cast: Cast, tess: Client) -> None:
    one = factories.session(cast.cleo, by=cast.fay, at=an_hour_ago())
    answer = tess.post(of(cast, f"diary/{one.client_id}/{one.client_id}/apart/"), follow=True)
    assert answer.status_code == 200
    assert "another session of the same child" in words(answer)


def test_an_odd_entry_is_taken_as_it_stands(cast: Cast, tess: Client) -> None:
    session = factories.session(cast.cleo, by=cast.fay, at=an_hour_ago(), flags=[str(EntryFlag.NEEDS_REVIEW)])
    assert "It is right as it stands" in words(tess.get(of(cast, "diary/")))
    tess.post(of(cast, f"diary/{session.client_id}/confirm/"), {"kind": "session"})
    session.refresh_from_db()
    assert session.flags == []


def test_what_fay_said_on_the_phone_is_written_down_and_marked(cast: Cast, tess: Client) -> None:
    fays = CaregiverGrant.objects.get(child=cast.cleo, user=cast.fay)
    told = {"client_id": make_id(), "outcome": "stopped", "state_after": "drowsy", "told_by_grant": fays.pk}
    assert tess.post(of(cast, "record/massage/"), told).status_code == 302
    session = MassageSession.objects.get(client_id=told["client_id"])
    assert (session.is_on_behalf, session.reported_by_id, session.source) == (
        True,
        cast.tess.pk,
        "phone_call",
    )
    by_phone = f"{cast.fay.name}, by phone, written down by you"
    assert by_phone in words(tess.get(of(cast, "diary/")))


def test_what_is_known_by_its_part_of_the_day_shows_no_clock_time(cast: Cast, tess: Client) -> None:
    told = {
        "client_id": make_id(),
        "outcome": "done",
        "source": "in_person",
        "told_by_name": "Grandpa Lou",
        "on": str(rls.now().date() - dt.timedelta(days=1)),
        "part_of_day": "afternoon",
    }
    tess.post(of(cast, "record/massage/"), told)
    session = MassageSession.objects.get(client_id=told["client_id"])
    assert (session.precision, session.part_of_day) == ("part_of_day", "afternoon")
    page = words(tess.get(of(cast, "diary/")))
    assert "Grandpa Lou, in person, written down by you" in page
    assert "<time>Afternoon</time>" in page
    assert tess.post(of(cast, "record/massage/"), told | {"part_of_day": "tea time"}).status_code == 200


@pytest.mark.parametrize(("weekday", "zone"), [(4, "America/New_York"), (5, "America/Chicago")])
def test_a_bedtime_told_on_the_phone_is_at_the_clock_of_the_home_of_that_day(
    cast: Cast, tess: Client, weekday: int, zone: str
) -> None:
    summer = cast.cleo.born_on + dt.timedelta(days=120)  # in June or so, well before today
    evening = summer + dt.timedelta(days=(weekday - summer.weekday()) % 7)
    told = {"lights_out": f"{evening}T19:42", "asleep": f"{evening}T20:01"}
    tess.post(of(cast, "record/bedtime/"), told)
    bedtime = Bedtime.objects.get(child=cast.cleo)
    assert bedtime.local_day == evening
    assert local_wall(bedtime.lights_out_at, zone).time() == dt.time(19, 42)
    assert bedtime.zone == zone


def test_the_office_writes_down_and_reads_no_diary(cast: Cast, sign_in: Any) -> None:
    opal = sign_in(cast.opal)
    answer = opal.post(of(cast, "record/not-today/"), {"client_id": make_id(), "reason": "child_unwell"})
    assert answer.headers["Location"] == of(cast, "people/")
    assert opal.get(of(cast, "diary/")).status_code == 403


def test_a_kind_of_entry_there_is_not_is_not_found(cast: Cast, tess: Client) -> None:
    assert tess.get(of(cast, "record/dream/")).status_code == 404


def test_the_diary_costs_the_same_with_more_entries(cast: Cast, tess: Client) -> None:
    factories.session(cast.cleo, by=cast.fay, at=an_hour_ago())
    few = _cost(tess, of(cast, "diary/"))
    for hours in range(2, 20):
        factories.session(cast.cleo, by=cast.fay, at=rls.now() - dt.timedelta(hours=hours))
    assert _cost(tess, of(cast, "diary/")) == few


def _cost(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)
