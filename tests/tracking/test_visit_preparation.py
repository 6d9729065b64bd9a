"""One page before a visit: since the last one, for the therapist's eyes."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from clinic import rls
from clinic.models import Precaution
from tests import factories
from tests.cast import Cast, make_id, planted
from tests.tracking import prescribing
from tests.tracking.reporting import asked, days_ago, paper_of, written
from tests.web.test_change import running
from tracking.models import ReminderDelivery, ReminderOccurrence, ReportKind
from tracking.models.reminders import DeliveryState
from tracking.reports import visit
from tracking.services.goals import rate_goal
from tracking.vocabulary.contacts import ContactKind, ContactState
from tracking.vocabulary.teaching import TaughtLevel

pytestmark = pytest.mark.django_db


def visited(cast: Cast, back: int, *, kind: str = ContactKind.VISIT) -> None:
    at = rls.now() - dt.timedelta(days=back)
    factories.contact(cast.cleo, by=cast.tess, at=at, kind=kind, state=ContactState.HAPPENED)


def text_of(cast: Cast) -> str:
    return paper_of(cast, ReportKind.VISIT)[1].replace("- ", "-")


def test_the_page_begins_at_the_last_visit_and_a_call_is_none(cast: Cast) -> None:
    visited(cast, 9)
    visited(cast, 2, kind=ContactKind.CALL)
    report = asked(cast, ReportKind.VISIT)
    told = written(cast, report).data
    day = (rls.now() - dt.timedelta(days=9)).astimezone(dt.UTC)
    assert told["words"]["done"] == "Since the last visit"
    assert f"{day:%B}" in told["period"]
    assert any("Visit at the clinic" in fact["value"] for fact in told["facts"])


def test_messages_wait_until_the_team_has_answered(cast: Cast) -> None:
    factories.message(cast.cleo, by=cast.fay)
    assert planted("message-body") in text_of(cast)
    factories.message(cast.cleo, by=cast.tess, is_from_staff=True)
    assert "No message waits for an answer." in text_of(cast)


def test_flags_and_concerns_are_told_with_who_has_them(cast: Cast) -> None:
    raised = factories.flag(cast.cleo, by=cast.tess)
    factories.handle(raised, by=cast.tess)
    factories.concern(cast.cleo, by=cast.fay)
    text = text_of(cast)
    assert f"{cast.tess.name} has it." in text
    assert planted("flag-will-do") in text
    assert "Temperature" in text
    assert planted("concern-note") not in text


def test_strokes_that_nobody_was_shown_come_before_those_not_done_alone_yet(cast: Cast) -> None:
    with rls.acting_as(cast.tess, system="seeding"):
        prescribing.tonight(cast)
    for stroke, level in (("leg-long-glide", TaughtLevel.WITH_HELP), ("hello-hands", TaughtLevel.ALONE)):
        factories.demonstration(cast.cleo, by=cast.tess, stroke_slug=stroke, level=level)
    text = text_of(cast)
    left = text[text.index("Teaching left") :]
    assert left.index("Not shown to anybody yet:") < left.index("Long glide, hip to foot:")
    assert "Hello hands:" not in left


def test_a_precaution_that_ends_soon_is_to_be_renewed(cast: Cast) -> None:
    with rls.acting_as(system="seeding"):
        Precaution.objects.filter(child=cast.cleo).update(until_on=days_ago(cast, -60))
        assert "No precaution ends within four weeks." in text_of(cast)
        Precaution.objects.filter(child=cast.cleo).update(until_on=days_ago(cast, -6))
    text = text_of(cast)
    assert "Dislikes touch on the face, or had tubes, suction or tape there: until" in text
    assert planted("cleo-precaution") not in text


def test_a_reminder_that_nobody_answered_is_said_to_rest(cast: Cast) -> None:
    rule = factories.reminder(cast.cleo, by=cast.tess, family=cast.fays_home)
    with rls.acting_as(system="seeding"):
        rule.next_on = days_ago(cast, -1)
        rule.save()
        for back in range(5, 1, -1):
            due = rls.now() - dt.timedelta(days=back)
            occurrence = ReminderOccurrence.objects.create(
                clinic=cast.harbor,
                child=cast.cleo,
                rule=rule,
                local_day=due.date(),
                slot_number=1,
                due_at=due,
                expires_at=due + dt.timedelta(hours=3),
                is_gentle=back == 2,
                planned_at=due,
            )
            ReminderDelivery.objects.create(
                clinic=cast.harbor,
                child=cast.cleo,
                occurrence=occurrence,
                recipient=cast.fay,
                state=DeliveryState.SENT,
                idempotency_key=make_id(),
                due_at=due,
                expires_at=due + dt.timedelta(hours=3),
                next_try_at=due,
                ended_at=due,
            )
    assert f"{planted('fays-home')}: After bath" in text_of(cast)
    factories.session(cast.cleo, by=cast.fay)
    assert "No reminder rests for want of an answer." in text_of(cast)


def test_goals_say_where_the_child_is_and_what_it_was_before(cast: Cast) -> None:
    goal, _ = running(cast)
    visited(cast, 3)
    with rls.acting_as(cast.tess):
        assert "Rate together: Sleeps sooner." in visit.begin(
            cast.tess, cast.cleo, first=days_ago(cast, 0), last=days_ago(cast, 0)
        )
        rate_goal(by=cast.tess, goal=goal, level=0, on=days_ago(cast, 1), now=rls.now())
        assert visit.begin(cast.tess, cast.cleo, first=days_ago(cast, 0), last=days_ago(cast, 0)) == ""
    text = text_of(cast)
    assert "Sleeps sooner · 0: twenty" in text
    assert "before that" in text
    assert "worked" not in text


def test_the_page_stays_one_however_much_there_is(cast: Cast) -> None:
    factories.record(cast)
    running(cast)
    with rls.acting_as(cast.tess, system="seeding"):
        prescribing.tonight(cast)
    for number in range(7):
        factories.message(cast.cleo, by=cast.fay)
        factories.concern(cast.cleo, by=cast.greg)
        factories.goal(cast.cleo, by=cast.tess, title=f"A goal with rather a long title, number {number}")
    paper, text = paper_of(cast, ReportKind.VISIT)
    assert len(paper.pages) == 1
    assert "and 4 more" in text
    assert planted("note-body") not in text
    assert planted("fay-check-in") not in text


def test_before_anything_was_logged_each_part_says_that_there_is_nothing(cast: Cast) -> None:
    text = text_of(cast)
    for said in (
        "none so far; looked back to",
        "No program has been published yet.",
        "No goal is open.",
        "No flag is open.",
        "No concern has been told.",
        "No message waits for an answer.",
        "No reminder rests for want of an answer.",
    ):
        assert said in text


def test_a_longer_record_asks_no_more(cast: Cast) -> None:
    factories.record(cast)
    factories.goal(cast.cleo, by=cast.tess)
    report = asked(cast, ReportKind.VISIT)
    with CaptureQueriesContext(connection) as few:
        written(cast, report)
    for _ in range(5):
        factories.message(cast.cleo, by=cast.fay)
        factories.concern(cast.cleo, by=cast.greg)
        factories.demonstration(cast.cleo, by=cast.tess)
        factories.goal(cast.cleo, by=cast.tess)
    with CaptureQueriesContext(connection) as many:
        written(cast, report)
    assert len(many) == len(few)
