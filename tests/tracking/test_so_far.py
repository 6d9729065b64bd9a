"""How it goes: counted alike for the first screen and its own page, by what a reader may know."""

from __future__ import annotations

import datetime as dt

import pytest

from clinic import rls
from clinic.vocabulary import SharingMode
from tests.cast import Cast
from tests.tracking.records import MONDAY, at, log_session, publish_program
from tracking.outcomes.summaries import NOfN
from tracking.readings.so_far import SoFar, so_far
from tracking.readings.today import today
from tracking.vocabulary.outcomes import DayState
from tracking.vocabulary.programs import FrequencyPer

ONE_DAY = dt.timedelta(days=1)
NIGHT = at("22:00")


@pytest.fixture(autouse=True)
def born_long_before(cast: Cast) -> None:
    cast.cleo.born_on = MONDAY - dt.timedelta(days=300)


def told(cast: Cast, name: str = "fay") -> SoFar:
    user = getattr(cast, name)
    with rls.acting_as(user):
        return so_far(user, cast.cleo, now=NIGHT)


def evenings(cast: Cast, *back: int) -> None:
    with rls.acting_as(cast.fay):
        for days in back:
            log_session(cast.fay, cast.cleo, occurred_at=at("19:20", on=MONDAY - days * ONE_DAY))


def test_four_of_the_last_seven_evenings(cast: Cast) -> None:
    with rls.acting_as(cast.tess):
        publish_program(cast.cleo, cast.tess)
    evenings(cast, 0, 1, 3, 4, 9)
    seen = told(cast)
    (program,) = seen.programs
    assert (program.recent, program.is_evenings, program.week_done) == (NOfN(4, 7), True, None)
    assert [day.state for day in seen.days if day.count] == [DayState.STOPPED] * 5
    with rls.acting_as(cast.fay):
        (tonight,) = today(cast.fay, cast.cleo, now=NIGHT).programs
    assert tonight.recent == program.recent


def test_a_program_by_the_week_is_counted_by_its_week(cast: Cast) -> None:
    with rls.acting_as(cast.tess):
        publish_program(cast.cleo, cast.tess, per=FrequencyPer.WEEK, count=3)
    evenings(cast, 0)
    assert told(cast).programs[0].week_done == NOfN(1, 3)


def test_who_reads_their_own_home_alone_reads_of_its_own_days(cast: Cast) -> None:
    with rls.acting_as(cast.tess):
        publish_program(cast.cleo, cast.tess)
    evenings(cast, 0, 1, 2, 3)
    assert told(cast, "greg").programs[0].recent == NOfN(4, 7), "while homes share"
    cast.cleo.sharing_mode = SharingMode.OWN_ONLY
    gregs = told(cast, "greg")
    assert gregs.programs[0].recent == NOfN(0, 2), "the weekend, when Cleo is at his home"
    assert not any(day.count for day in gregs.days)
    asked = {day.on.weekday() for day in gregs.days if day.state is not DayState.NOT_PRESCRIBED}
    assert asked <= {5, 6}


def test_who_only_logs_counts_with_their_home(cast: Cast) -> None:
    with rls.acting_as(cast.tess):
        publish_program(cast.cleo, cast.tess)
    evenings(cast, 0, 1)
    assert told(cast, "nan").programs[0].recent == NOfN(2, 7)


def test_nothing_is_counted_while_nothing_is_asked(cast: Cast) -> None:
    with rls.acting_as(cast.tess):
        publish_program(cast.cleo, cast.tess)
    evenings(cast, 0)
    cast.cleo.in_hospital_since = MONDAY
    assert (told(cast).programs, len(told(cast).days)) == ((), 14)
    cast.cleo.died_on = MONDAY
    assert (told(cast).programs, told(cast).days) == ((), ())
