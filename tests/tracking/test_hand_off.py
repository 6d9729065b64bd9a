"""Who did what since a caregiver last looked: what each is told, and what nobody is."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from clinic import rls
from clinic.errors import Forbidden
from clinic.models import Child
from clinic.vocabulary import SharingMode
from tests import factories
from tests.cast import Cast, make_id
from tests.tracking.records import at, cleos_bedtime, cleos_lotion, log_session, publish_program
from tracking.readings.hand_off import HandOff, HandOffKind, hand_off
from tracking.readings.sight import ShownAs
from tracking.services import handing_off, pausing, recording, revising
from tracking.sync.bodies import EntryKind
from tracking.vocabulary.reasons import NotTodayReason, PauseReason

MORNING = at("09:00")
NIGHT = at("23:00")


def told(cast: Cast, name: str, *, now: dt.datetime = NIGHT) -> HandOff:
    user = getattr(cast, name)
    with rls.acting_as(user):
        return hand_off(user, cast.cleo, now=now)


def looked(cast: Cast, name: str, until: dt.datetime, *, now: dt.datetime = NIGHT) -> None:
    user = getattr(cast, name)
    with rls.acting_as(user):
        handing_off.mark_looked(by=user, child=cast.cleo, until=until, now=now)


def log_bedtime(cast: Cast, *, now: dt.datetime, base_revision: int | None = None, **told: object) -> None:
    recording.record_bedtime(
        by=cast.fay,
        child=cast.cleo,
        client_id=make_id(),
        entry=cleos_bedtime(**told),
        door="api",
        base_revision=base_revision,
        now=now,
    )


def sharing(cast: Cast, mode: SharingMode) -> None:
    cast.cleo.sharing_mode = mode
    Child.objects.filter(pk=cast.cleo.pk).update(sharing_mode=mode)


def test_the_evening_is_handed_on_in_sentences_what_was_heard_of_last_first(cast: Cast) -> None:
    with rls.acting_as(cast.fay):
        log_session(cast.fay, cast.cleo)
        log_bedtime(cast, now=at("20:05"))
    lines = told(cast, "greg").lines
    assert [line.said for line in lines] == [
        "In bed at 7:42 p.m., asleep at 8:01 p.m. (19 minutes)",
        "Begun and stopped, 4 minutes: My child had had enough",
    ]
    assert [(line.by.shown_as, line.by.name) for line in lines] == [(ShownAs.ROLE, "")] * 2
    assert told(cast, "fay").lines == (), "what somebody did themselves is not handed to them"


def test_what_was_looked_at_is_not_told_again_and_what_came_since_is(cast: Cast) -> None:
    with rls.acting_as(cast.fay):
        log_session(cast.fay, cast.cleo)
    looked(cast, "greg", told(cast, "greg", now=at("19:40")).until)
    assert told(cast, "greg").lines == ()
    with rls.acting_as(cast.fay):
        log_bedtime(cast, now=at("20:05"))
    assert [line.kind for line in told(cast, "greg").lines] == [HandOffKind.BEDTIME]


def test_looking_never_goes_back_and_never_ahead(cast: Cast) -> None:
    with rls.acting_as(cast.fay):
        log_session(cast.fay, cast.cleo)
    looked(cast, "greg", at("23:00", on=dt.date(2030, 1, 1)), now=at("19:00"))
    assert len(told(cast, "greg").lines) == 1, "nobody looks ahead"
    looked(cast, "greg", at("20:00"))
    looked(cast, "greg", at("12:00"))
    assert told(cast, "greg").lines == ()


def test_an_entry_that_arrives_late_is_news_and_one_of_long_ago_is_not(cast: Cast) -> None:
    looked(cast, "greg", at("22:00"))
    with rls.acting_as(cast.fay):
        log_session(cast.fay, cast.cleo, now=at("22:30"))
        log_session(cast.fay, cast.cleo, now=at("22:31"), occurred_at=at("19:00", on=dt.date(2026, 10, 20)))
    assert [line.on for line in told(cast, "greg").lines] == [dt.date(2026, 11, 16)]


def test_what_was_taken_back_is_not_handed_on(cast: Cast) -> None:
    entry = make_id()
    with rls.acting_as(cast.fay):
        log_session(cast.fay, cast.cleo, client_id=entry)
        revising.withdraw_entry(
            by=cast.fay, child=cast.cleo, kind=EntryKind.SESSION, client_id=entry, now=at("20:00")
        )
    assert told(cast, "greg").lines == ()


def test_own_entries_only_hands_nothing_of_the_other_home_on(cast: Cast) -> None:
    with rls.acting_as(cast.fay):
        publish_program(cast.cleo, cast.tess)
        log_session(cast.fay, cast.cleo)
        sharing(cast, SharingMode.OWN_ONLY)
    assert told(cast, "greg").lines == ()
    assert told(cast, "nan").lines != (), "of their own home they know that it is done"


def test_who_only_logs_is_told_that_tonights_massage_is_done_and_nothing_else(cast: Cast) -> None:
    with rls.acting_as(cast.fay):
        log_session(cast.fay, cast.cleo)
        assert told(cast, "nan").lines == (), "of no program: the first screen does not tell of it either"
        publish_program(cast.cleo, cast.tess)
        log_session(cast.fay, cast.cleo, now=NIGHT, occurred_at=at("19:00", on=dt.date(2026, 11, 15)))
        log_session(cast.fay, cast.cleo)
        log_bedtime(cast, now=at("20:05"))
    (line,) = told(cast, "nan").lines
    assert (line.kind, line.thing, line.by.shown_as, line.said) == (
        HandOffKind.SESSION,
        None,
        ShownAs.HIDDEN,
        "Begun and stopped",
    )


def test_how_a_caregiver_is_and_what_strains_them_is_not_handed_on(cast: Cast) -> None:
    with rls.acting_as(cast.fay):
        log_session(
            cast.fay,
            cast.cleo,
            outcome="not_today",
            ended_by="",
            not_today_reason=NotTodayReason.NOT_UP_TO_IT,
            minutes=None,
            state_before="",
            state_after="",
            steps=(),
            cues=(),
        )
        factories.concern(cast.cleo, by=cast.fay, kind="parent_strain")
        factories.concern(cast.cleo, by=cast.fay, kind="temperature")
    assert sorted(line.said for line in told(cast, "greg").lines) == ["A worry: Temperature", "Not today"]


def test_a_pause_and_a_new_routine_are_part_of_it(cast: Cast) -> None:
    with rls.acting_as(cast.tess):
        program = publish_program(cast.cleo, cast.tess, starts_on=dt.date(2026, 11, 16))
    with rls.acting_as(cast.fay):
        pausing.pause_program(by=cast.fay, program=program, reason=PauseReason.ILLNESS, now=at("20:00"))
    lines = {line.kind: line for line in told(cast, "greg").lines}
    assert lines[HandOffKind.PAUSE].said == "The massage is paused from November 16 on"
    assert lines[HandOffKind.PAUSE].by.shown_as == ShownAs.ROLE
    assert lines[HandOffKind.PROGRAM].said == "A routine is there, from November 16 on"
    assert lines[HandOffKind.PROGRAM].by.name == cast.tess.name


def test_nothing_is_handed_on_of_a_child_that_has_died(cast: Cast) -> None:
    with rls.acting_as(cast.fay):
        log_session(cast.fay, cast.cleo)
    assert told(cast, "greg").lines
    cast.cleo.died_on = dt.date(2026, 11, 16)
    assert told(cast, "greg").lines == ()


def test_staff_have_the_diary_and_no_hand_off(cast: Cast) -> None:
    with rls.acting_as(cast.tess), pytest.raises(Forbidden):
        handing_off.mark_looked(by=cast.tess, child=cast.cleo, until=MORNING, now=NIGHT)


def test_what_there_is_to_hand_on_does_not_cost_more_statements(cast: Cast) -> None:
    with rls.acting_as(cast.fay):
        log_session(cast.fay, cast.cleo)
    few = statements(cast)
    with rls.acting_as(cast.fay):
        for minute in range(10):
            log_session(cast.fay, cast.cleo, now=at(f"20:{minute:02}"))
    assert statements(cast) == few


def statements(cast: Cast) -> int:
    with CaptureQueriesContext(connection) as captured:
        told(cast, "greg")
    return len(captured)


def test_what_is_too_much_for_a_line_is_said_to_be_more(cast: Cast) -> None:
    with rls.acting_as(cast.fay):
        for minute in range(3):
            log_session(cast.fay, cast.cleo, now=at(f"20:{minute:02}"))
        recording.record_observation(
            by=cast.fay,
            child=cast.cleo,
            client_id=make_id(),
            entry=cleos_lotion(),
            door="api",
            now=at("21:00"),
        )
    with rls.acting_as(cast.greg):
        first = hand_off(cast.greg, cast.cleo, now=NIGHT, limit=2)
        everything = hand_off(cast.greg, cast.cleo, now=NIGHT)
    assert ([line.kind for line in first.lines], first.has_earlier) == (
        [HandOffKind.OBSERVATION, HandOffKind.SESSION],
        True,
    )
    assert (len(everything.lines), everything.has_earlier) == (4, False)
