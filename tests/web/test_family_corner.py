"""The family corner: a parent tells what happened with a form, without script."""

from __future__ import annotations

import datetime as dt
import re
import uuid
from typing import Any

import pytest
from django.test import Client

from clinic import localtime, rls
from tests import factories
from tests.cast import Cast, make_id
from tracking.models import (
    Bedtime,
    MassageSession,
    Message,
    ReminderRule,
    StimulusDay,
    TactileObservation,
    TrackedStimulus,
)
from tracking.reminders.planning import keep_rules
from tracking.vocabulary.programs import EntryState

pytestmark = pytest.mark.django_db


@pytest.fixture
def fays(cast: Cast, sign_in: Any) -> Client:
    client: Client = sign_in(cast.fay)
    return client


def corner(cast: Cast, page: str = "") -> str:
    return f"/family/{cast.cleo.pk}/{page}"


def test_one_child_is_met_at_once(cast: Cast, fays: Client) -> None:
    assert fays.get("/family/").headers["Location"] == corner(cast)
    page = fays.get(corner(cast))
    assert page.status_code == 200
    assert "Nothing prescribed yet" in page.content.decode()


@pytest.mark.parametrize("who", ["rex", "finn", "tess", "otto", "tova"])
def test_a_corner_is_only_for_its_caregivers(cast: Cast, sign_in: Any, who: str) -> None:
    assert sign_in(getattr(cast, who)).get(corner(cast)).status_code == 404


def test_done_and_not_timed_takes_two_taps(cast: Cast, fays: Client) -> None:
    client_id = make_id()
    answer = fays.post(corner(cast, "massage/"), {"client_id": client_id, "outcome": "done"})
    assert answer.headers["Location"] == corner(cast, f"massage/{client_id}/after/")
    session = MassageSession.objects.get(client_id=client_id)
    assert (session.outcome, session.minutes, session.reported_by_id) == ("done", None, cast.fay.pk)

    fays.post(corner(cast, f"massage/{client_id}/after/"), {"state_after": "drowsy"})
    latest = MassageSession.objects.get(client_id=client_id, is_latest=True)
    assert (latest.revision, latest.outcome, latest.state_after) == (2, "done", "drowsy")


def test_sending_a_massage_twice_keeps_it_once(cast: Cast, fays: Client) -> None:
    told = {"client_id": make_id(), "outcome": "declined", "happened": "2026-01-05T18:40"}
    fays.post(corner(cast, "massage/"), told)
    fays.post(corner(cast, "massage/"), told)
    assert MassageSession.objects.filter(client_id=told["client_id"]).count() == 1


def test_a_massage_without_an_outcome_asks_for_one_and_keeps_what_was_told(cast: Cast, fays: Client) -> None:
    page = fays.post(corner(cast, "massage/"), {"client_id": make_id(), "note": "she was so calm"})
    words = page.content.decode()
    assert page.status_code == 200
    assert "Choose one." in words
    assert "she was so calm" in words
    assert not MassageSession.objects.exists()


def test_not_today_needs_a_reason_and_nothing_else(cast: Cast, fays: Client) -> None:
    client_id = make_id()
    fays.post(corner(cast, "not-today/"), {"client_id": client_id, "reason": "child_unwell"})
    session = MassageSession.objects.get(client_id=client_id)
    assert (session.outcome, session.not_today_reason) == ("not_today", "child_unwell")


def test_bedtime_is_two_taps(cast: Cast, fays: Client) -> None:
    fays.post(corner(cast, "bedtime/"), {"tap": "in_bed"})
    assert "In bed since" in fays.get(corner(cast, "bedtime/")).content.decode()
    fays.post(corner(cast, "bedtime/"), {"tap": "asleep"})
    bedtime = Bedtime.objects.get(child=cast.cleo, is_latest=True)
    assert bedtime.revision == 2
    assert bedtime.lights_out_at is not None
    assert bedtime.asleep_at is not None


def test_bedtime_can_be_told_afterwards_with_clock_times(cast: Cast, fays: Client) -> None:
    night = localtime.night_of(rls.now(), cast.fays_home.zone)
    told = {"lights_out": f"{night}T19:42", "asleep": f"{night}T20:01"}
    now = localtime.local_wall(rls.now(), cast.fays_home.zone)
    fays.post(corner(cast, "bedtime/"), told)
    bedtime = Bedtime.objects.get(child=cast.cleo, is_latest=True)
    assert bedtime.asleep_at is not None
    assert bedtime.lights_out_at is not None
    assert bedtime.asleep_at - bedtime.lights_out_at == dt.timedelta(minutes=19)
    assert bedtime.local_day == night or now.hour < 20  # an evening still to come is kept and flagged


def test_how_hard_going_to_bed_was_is_read_in_the_diary(cast: Cast, fays: Client) -> None:
    told = {"lights_out": "", "about_minutes": "20", "resistance": "3", "note": ""}
    fays.post(corner(cast, "bedtime/"), told)
    assert Bedtime.objects.get(child=cast.cleo, is_latest=True).resistance == 3
    assert "How hard going to bed was: A lot" in fays.get(corner(cast, "diary/")).content.decode()


def test_a_touch_takes_three_taps(cast: Cast, fays: Client) -> None:
    client_id = make_id()
    fays.post(
        corner(cast, "touch/"),
        {
            "client_id": client_id,
            "stimulus": "sunscreen_lotion",
            "responses": ["withdraw", "cry"],
            "intensity": "3",
            "recovery_minutes": "4",
        },
    )
    touch = TactileObservation.objects.get(client_id=client_id)
    assert (touch.stimulus, touch.responses, touch.intensity, touch.recovery_minutes) == (
        "sunscreen_lotion",
        ["withdraw", "cry"],
        3,
        4,
    )


def test_a_tracked_touch_is_answered_with_a_tap(cast: Cast, fays: Client) -> None:
    factories.every_day_at(cast.cleo, cast.fays_home)
    with rls.acting_as(cast.tess):
        tracked = TrackedStimulus.objects.create(
            clinic=cast.harbor,
            child=cast.cleo,
            stimulus="groom_face_wash",
            from_on=dt.date(2026, 1, 1),
            created_by=cast.tess,
        )
    assert "Did it come up today?" in fays.get(corner(cast)).content.decode()
    fays.post(corner(cast, "came-up/"), {f"stimulus-{tracked.pk}": "no"})
    assert StimulusDay.objects.get(tracked_stimulus=tracked).came_up is False
    assert "No, not today" in fays.get(corner(cast)).content.decode()


def test_ones_own_words_can_be_taken_back_and_brought_back(cast: Cast, fays: Client, sign_in: Any) -> None:
    client_id = make_id()
    fays.post(corner(cast, "massage/"), {"client_id": client_id, "outcome": "done"})
    assert "Take it back" in fays.get(corner(cast, "diary/")).content.decode()
    assert "Take it back" not in sign_in(cast.greg).get(corner(cast, "diary/")).content.decode()

    fays.post(corner(cast, f"diary/session/{client_id}/"))
    latest = MassageSession.objects.get(client_id=client_id, is_latest=True)
    assert latest.state == EntryState.WITHDRAWN
    fays.post(corner(cast, f"diary/session/{client_id}/"), {"restore": "1"})
    latest = MassageSession.objects.get(client_id=client_id, is_latest=True)
    assert latest.state == EntryState.RECORDED


def test_a_message_reaches_the_thread(cast: Cast, fays: Client) -> None:
    fays.post(corner(cast, "messages/"), {"client_id": make_id(), "body": "She offered me her foot."})
    assert Message.objects.get(child=cast.cleo).body == "She offered me her foot."
    assert "She offered me her foot." in fays.get(corner(cast, "messages/")).content.decode()


def test_a_log_only_caregiver_reads_no_messages(cast: Cast, sign_in: Any) -> None:
    assert sign_in(cast.nan).get(corner(cast, "messages/")).status_code == 403


def test_a_log_only_caregiver_may_stop_their_own_reminders_only(cast: Cast, sign_in: Any) -> None:
    program = factories.prescribed(cast.cleo, by=cast.tess)
    with rls.acting_as(cast.tess):
        keep_rules(program=program, now=rls.now())
    rule = ReminderRule.objects.get(family=cast.fays_home)
    nans = sign_in(cast.nan)
    assert "Keep this time" not in nans.get(corner(cast, "reminders/")).content.decode()
    nans.post(corner(cast, f"reminders/{rule.pk}/mine/"), {"is_muted": "1"})
    assert "Remind me too" in nans.get(corner(cast, "reminders/")).content.decode()
    assert nans.post(corner(cast, f"reminders/{rule.pk}/"), {"is_on": "0"}).status_code == 403
    rule.refresh_from_db()
    assert rule.is_on
    assert [mute.user for mute in rule.mutes.all()] == [cast.nan]


def test_no_page_of_the_corner_shows_a_percentage_or_scolds(cast: Cast, fays: Client) -> None:
    fays.post(corner(cast, "massage/"), {"client_id": make_id(), "outcome": "done"})
    for page in ("", "log/", "diary/", "bedtime/", "touch/", "not-today/", "massage/", "more/", "reminders/"):
        words = re.sub(r"<[^>]+>", " ", fays.get(corner(cast, page)).content.decode())
        for banned in ("%", "streak", "missed", "forgot", "overdue", "!"):
            assert banned not in words, (page, banned)


def test_an_unknown_kind_of_entry_is_not_found(cast: Cast, fays: Client) -> None:
    assert fays.post(corner(cast, f"diary/secret/{uuid.uuid4()}/")).status_code == 404


def test_what_was_told_of_an_evening_is_read_in_the_diary(cast: Cast, fays: Client) -> None:
    told = {
        "about_minutes": "20",
        "call_out_count": "2",
        "method": "held",
        "location": "parents_bed",
        "confounders": ["teething"],
    }
    fays.post(corner(cast, "bedtime/"), told)
    page = fays.get(corner(cast, "diary/")).content.decode()
    for words in ("called out 2 times", "Held", "Parents’ bed", "Teething"):
        assert f'<li class="cue">{words}</li>' in page
    assert 'value="2"' in fays.get(corner(cast, "bedtime/")).content.decode()
