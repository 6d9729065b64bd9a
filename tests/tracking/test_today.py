"""What is due today in a household, what is done, and who may know it."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from clinic import rls
from clinic.models import Child, RoutineTime
from tests.cast import Cast, make_id
from tests.tracking.records import MONDAY, at, cleos_bedtime, log_session, publish_program
from tracking.models import ProgramPause, TrackedStimulus
from tracking.outcomes.summaries import NOfN
from tracking.readings.sight import AuthorRole, ShownAs
from tracking.readings.today import Today, TodayProgram, today
from tracking.services import homes, recording
from tracking.sync.bodies import StimulusDayBody
from tracking.vocabulary.programs import FrequencyPer, Phase, SessionOutcome

ONE_DAY = dt.timedelta(days=1)
SATURDAY = MONDAY + 5 * ONE_DAY
YEAR_BEFORE = MONDAY - dt.timedelta(days=300)


@pytest.fixture(autouse=True)
def born_long_before(cast: Cast) -> None:
    cast.cleo.born_on = YEAR_BEFORE


def tonight(cast: Cast, name: str = "fay", clock: str = "18:00") -> Today:
    user = getattr(cast, name)
    with rls.acting_as(user):
        return today(user, cast.cleo, now=at(clock))


def the_program(seen: Today) -> TodayProgram:
    (program,) = seen.programs
    return program


def test_the_evening_after_the_bath_is_due_at_the_households_time(cast: Cast) -> None:
    with rls.acting_as(cast.tess):
        program = publish_program(cast.cleo, cast.tess)
    seen = the_program(tonight(cast))
    (slot,) = seen.slots
    assert (seen.program_id, seen.version_id) == (program.pk, program.current_version_id)
    assert (slot.anchor, slot.clock_time, slot.at, slot.done) == (
        "after_bath",
        dt.time(18, 30),
        at("18:30"),
        None,
    )
    assert (seen.phase, seen.week, seen.weeks_in_all, seen.minutes) == (Phase.PROGRAM, 3, None, 5)
    assert seen.is_evenings


def test_each_household_has_its_own_clock_times(cast: Cast) -> None:
    with rls.acting_as(cast.tess):
        publish_program(cast.cleo, cast.tess)
        RoutineTime.objects.filter(family=cast.gregs_home, anchor="after_bath").update(at=dt.time(19, 15))
    with rls.acting_as(cast.greg):
        seen = today(cast.greg, cast.cleo, now=at("18:00", on=SATURDAY, zone="America/Chicago"))
    assert (seen.zone, seen.is_here) == ("America/Chicago", True)
    assert the_program(seen).slots[0].at == at("19:15", on=SATURDAY, zone="America/Chicago")


def test_a_home_is_asked_on_its_own_days_alone(cast: Cast) -> None:
    with rls.acting_as(cast.tess):
        publish_program(cast.cleo, cast.tess)
        TrackedStimulus.objects.create(
            clinic=cast.harbor, child=cast.cleo, stimulus="cloth_tag", from_on=MONDAY, created_by=cast.tess
        )
    for name, is_here in (("fay", True), ("greg", False)):
        seen = tonight(cast, name)
        asked = (seen.is_here, bool(the_program(seen).slots), bool(seen.asked))
        assert asked == (is_here, is_here, is_here)
    with rls.acting_as(cast.tess):
        homes.set_home_on(by=cast.tess, child=cast.cleo, on=MONDAY, family=cast.gregs_home, now=at("08:00"))
    assert (tonight(cast, "fay").is_here, tonight(cast, "greg").is_here) == (False, True)


def test_a_logged_session_fills_its_slot(cast: Cast) -> None:
    with rls.acting_as(cast.fay):
        publish_program(cast.cleo, cast.tess)
        log_session(cast.fay, cast.cleo)
    done = the_program(tonight(cast, clock="20:00")).slots[0].done
    assert done is not None
    assert (done.outcome, done.by.shown_as) == (SessionOutcome.STOPPED, ShownAs.YOU)


@pytest.mark.parametrize(
    ("mode", "shown", "is_named"),
    [("full", ShownAs.NAME, True), ("role_label", ShownAs.ROLE, False)],
)
def test_the_other_household_is_told_by_the_sharing_mode_that_it_is_done(
    cast: Cast, mode: str, shown: ShownAs, is_named: bool
) -> None:
    cast.cleo.sharing_mode = mode
    with rls.acting_as(cast.fay):
        Child.objects.filter(pk=cast.cleo.pk).update(sharing_mode=mode)
        publish_program(cast.cleo, cast.tess)
        log_session(cast.fay, cast.cleo)
    done = the_program(tonight(cast, "greg", clock="20:00")).slots[0].done
    assert done is not None
    assert (done.by.shown_as, done.by.role) == (shown, AuthorRole.GUARDIAN)
    assert (done.by.name == cast.fay.name) is is_named


def test_own_entries_only_keeps_the_other_households_evening_apart(cast: Cast) -> None:
    cast.cleo.sharing_mode = "own_only"
    with rls.acting_as(cast.fay):
        Child.objects.filter(pk=cast.cleo.pk).update(sharing_mode="own_only")
        publish_program(cast.cleo, cast.tess)
        log_session(cast.fay, cast.cleo)
    gregs = tonight(cast, "greg", clock="20:00")
    assert (the_program(gregs).slots, gregs.sessions) == ((), ())
    assert the_program(gregs).recent == NOfN(0, 2)
    nans = the_program(tonight(cast, "nan", clock="20:00")).slots[0].done
    assert nans is not None
    assert (nans.by.shown_as, nans.by.name, nans.entry) == (ShownAs.HIDDEN, "", None)


def test_four_of_the_last_seven_evenings_and_an_evening_to_come_is_not_counted(cast: Cast) -> None:
    with rls.acting_as(cast.fay):
        publish_program(cast.cleo, cast.tess)
        for back in (1, 2, 4, 6):
            log_session(cast.fay, cast.cleo, occurred_at=at("19:20", on=MONDAY - back * ONE_DAY))
    assert the_program(tonight(cast)).recent == NOfN(4, 7)
    with rls.acting_as(cast.fay):
        log_session(cast.fay, cast.cleo, outcome="declined")
    assert the_program(tonight(cast)).recent == NOfN(5, 7)


def test_paused_days_are_not_asked_for(cast: Cast) -> None:
    with rls.acting_as(cast.fay):
        program = publish_program(cast.cleo, cast.tess)
        ProgramPause.objects.create(
            clinic=cast.harbor,
            program=program,
            from_on=MONDAY - 2 * ONE_DAY,
            reason="illness",
            by=cast.fay,
            at=at("08:00"),
        )
    seen = the_program(tonight(cast))
    assert (seen.is_paused, seen.slots, seen.recent) == (True, (), NOfN(0, 5))


def test_a_baseline_asks_for_no_massage(cast: Cast) -> None:
    with rls.acting_as(cast.tess):
        publish_program(
            cast.cleo, cast.tess, starts_on=MONDAY + 3 * ONE_DAY, baseline_starts_on=MONDAY - 4 * ONE_DAY
        )
    seen = the_program(tonight(cast))
    assert (seen.phase, seen.week, seen.slots, seen.recent) == (Phase.BASELINE, None, (), None)


def test_a_program_says_when_it_begins_and_when_it_was_over(cast: Cast) -> None:
    first, last = MONDAY - 9 * ONE_DAY, MONDAY - ONE_DAY
    with rls.acting_as(cast.tess):
        publish_program(cast.cleo, cast.tess, starts_on=first, ends_on=last)
        publish_program(cast.cleo, cast.tess, starts_on=MONDAY + 3 * ONE_DAY)
    told = {(one.begins_on, one.ended_on, one.slots) for one in tonight(cast).programs}
    assert told == {(None, last, ()), (MONDAY + 3 * ONE_DAY, None, ())}


def test_three_times_a_week_is_suggested_until_three_are_offered(cast: Cast) -> None:
    friday = MONDAY + 4 * ONE_DAY
    with rls.acting_as(cast.fay):
        publish_program(cast.cleo, cast.tess, per=FrequencyPer.WEEK, count=3)
        for day in range(2):
            log_session(cast.fay, cast.cleo, occurred_at=at("19:20", on=MONDAY + day * ONE_DAY))
        seen = the_program(today(cast.fay, cast.cleo, now=at("18:00", on=friday)))
        assert (seen.slots[0].is_suggested, seen.week_done) == (True, NOfN(2, 3))
        log_session(cast.fay, cast.cleo, occurred_at=at("19:20", on=MONDAY + 2 * ONE_DAY))
        seen = the_program(today(cast.fay, cast.cleo, now=at("18:00", on=friday)))
        assert (seen.slots, seen.week_done) == ((), NOfN(3, 3))


def test_nothing_is_due_for_a_child_in_hospital(cast: Cast) -> None:
    cast.cleo.in_hospital_since = MONDAY
    with rls.acting_as(cast.tess):
        publish_program(cast.cleo, cast.tess)
    seen = tonight(cast)
    assert (seen.is_resting, seen.programs, seen.asked) == (True, (), ())


def test_tonights_bedtime_waits_for_asleep_and_is_still_tonights_after_midnight(cast: Cast) -> None:
    with rls.acting_as(cast.fay):
        mine = {"by": cast.fay, "child": cast.cleo, "client_id": make_id(), "door": "family_pages"}
        recording.record_bedtime(**mine, entry=cleos_bedtime(asleep_at=None), now=at("19:42"))
        late = at("00:40", on=MONDAY + ONE_DAY)
        seen = today(cast.fay, cast.cleo, now=late)
        assert seen.bedtime_in_progress is not None
        assert seen.bedtime_in_progress.client_id == mine["client_id"]
        recording.record_bedtime(**mine, entry=cleos_bedtime(), base_revision=1, now=late)
        seen = today(cast.fay, cast.cleo, now=late)
        assert (seen.bedtime_in_progress, seen.bedtime is not None) == (None, True)


def test_a_tracked_touch_is_asked_about_and_its_answer_remembered(cast: Cast) -> None:
    with rls.acting_as(cast.fay):
        tracked = TrackedStimulus.objects.create(
            clinic=cast.harbor, child=cast.cleo, stimulus="cloth_tag", from_on=MONDAY, created_by=cast.tess
        )
        assert [one.came_up for one in tonight(cast).asked] == [None]
        recording.record_stimulus_day(
            by=cast.fay,
            child=cast.cleo,
            client_id=make_id(),
            entry=StimulusDayBody(tracked_stimulus=tracked.pk, came_up=False, occurred_at=at("18:00")),
            door="api",
            now=at("18:00"),
        )
    assert [one.came_up for one in tonight(cast).asked] == [False]


def test_today_asks_as_many_questions_of_a_long_record_as_of_a_short_one(cast: Cast) -> None:
    counts = []
    with rls.acting_as(cast.fay):
        publish_program(cast.cleo, cast.tess)
        for days in (range(1, 2), range(2, 12)):
            for back in days:
                log_session(cast.fay, cast.cleo, occurred_at=at("19:20", on=MONDAY - back * ONE_DAY))
            with CaptureQueriesContext(
                connection,
            ) as asked:
                today(cast.fay, cast.cleo, now=at("18:00"))
            counts.append(len(asked))
    assert counts[0] == counts[1] <= 24
