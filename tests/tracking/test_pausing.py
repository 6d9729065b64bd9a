"""Pauses, told by whoever cares for the child."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import transaction

from clinic import rls
from clinic.errors import Forbidden, Invalid
from clinic.localtime import local_day
from clinic.models import AuditEvent
from clinic.vocabulary import AuditCode
from tests.cast import Cast
from tests.tracking.prescribing import started, tonight
from tracking.models import HomeProgram, ProgramPause
from tracking.services.pausing import AlreadyPaused, NotRunning, end_pause, pause_program

DAY = dt.timedelta(days=1)


@pytest.fixture
def program(cast: Cast) -> HomeProgram:
    with rls.acting_as(cast.tess):
        return tonight(cast)


def day(cast: Cast) -> dt.date:
    return local_day(rls.now(), cast.fays_home.zone)


def test_a_guardian_pauses_for_illness_in_one_call_from_today_until_ended(
    cast: Cast, program: HomeProgram
) -> None:
    with rls.acting_as(cast.fay):
        pause = pause_program(by=cast.fay, program=program, reason="illness", now=rls.now())
    assert (pause.from_on, pause.until_on, pause.was_told_late) == (day(cast), None, False)
    event = AuditEvent.objects.get(code=AuditCode.PAUSED_PROGRAM)
    assert (event.actor_id, event.detail) == (cast.fay.pk, "began")


def test_a_pause_told_afterwards_is_kept_and_says_so(cast: Cast, program: HomeProgram) -> None:
    with rls.acting_as(cast.fay):
        pause = pause_program(
            by=cast.fay,
            program=program,
            reason="holiday",
            from_on=day(cast) - 5 * DAY,
            until_on=day(cast) - 2 * DAY,
            now=rls.now(),
        )
    assert pause.was_told_late


def test_a_day_is_paused_once(cast: Cast, program: HomeProgram) -> None:
    with rls.acting_as(cast.fay):
        pause_program(by=cast.fay, program=program, reason="illness", now=rls.now())
    with rls.acting_as(cast.nan), pytest.raises(AlreadyPaused):
        pause_program(by=cast.nan, program=program, reason="illness", now=rls.now())


def test_ending_a_pause_makes_today_a_day_of_the_program_again(cast: Cast, program: HomeProgram) -> None:
    with rls.acting_as(cast.tess):
        pause = pause_program(
            by=cast.tess, program=program, reason="illness", from_on=day(cast) - 3 * DAY, now=rls.now()
        )
    with rls.acting_as(cast.fay):
        ended = end_pause(by=cast.fay, pause=pause, now=rls.now())
    assert ended is not None
    assert (ended.until_on, ended.ended_by) == (day(cast) - DAY, cast.fay)


def test_a_pause_ended_on_its_first_day_is_taken_back(cast: Cast, program: HomeProgram) -> None:
    with rls.acting_as(cast.fay):
        pause = pause_program(by=cast.fay, program=program, reason="illness", now=rls.now())
        assert end_pause(by=cast.fay, pause=pause, now=rls.now()) is None
        assert not ProgramPause.objects.filter(program=program).exists()


def test_a_pause_that_was_over_is_not_made_longer_by_ending_it_again(
    cast: Cast, program: HomeProgram
) -> None:
    days = {"from_on": day(cast) - 9 * DAY, "until_on": day(cast) - 7 * DAY}
    with rls.acting_as(cast.fay):
        pause = pause_program(by=cast.fay, program=program, reason="illness", now=rls.now(), **days)
        ended = end_pause(by=cast.fay, pause=pause, now=rls.now())
    assert ended is not None
    assert ended.until_on == days["until_on"]


def test_a_caregiver_who_logs_may_begin_a_pause_but_not_end_one(cast: Cast, program: HomeProgram) -> None:
    with rls.acting_as(cast.nan):
        pause = pause_program(by=cast.nan, program=program, reason="illness", now=rls.now())
        with pytest.raises(Forbidden):
            end_pause(by=cast.nan, pause=pause, now=rls.now())


def test_a_draft_cannot_be_paused_nor_a_pause_end_before_it_begins(cast: Cast, program: HomeProgram) -> None:
    with rls.acting_as(cast.tess):
        draft = started(cast.tess, cast.cleo, title="Not yet")
        with pytest.raises(NotRunning), transaction.atomic():
            pause_program(by=cast.tess, program=draft, reason="illness", now=rls.now())
        with pytest.raises(Invalid) as refused, transaction.atomic():
            pause_program(
                by=cast.tess,
                program=program,
                reason="illness",
                from_on=day(cast),
                until_on=day(cast) - DAY,
                now=rls.now(),
            )
        assert refused.value.field == "until_on"
        with pytest.raises(Invalid) as refused, transaction.atomic():
            pause_program(by=cast.tess, program=program, reason="bored", now=rls.now())
        assert "illness" in refused.value.parameters["allowed"]


def test_a_therapist_of_another_child_pauses_nothing_here(cast: Cast, program: HomeProgram) -> None:
    with pytest.raises(Forbidden):
        pause_program(by=cast.theo, program=program, reason="illness", now=rls.now())
