"""Flags: raised by rule as sessions arrive and every night, acknowledged and closed by people."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from clinic import rls
from clinic.errors import Forbidden, Invalid
from clinic.models import CareTeam, Child, ChildHome, Episode, Precaution
from tests.cast import Cast, make_id
from tests.tracking.records import MONDAY, at, cleos_bedtime, log_session, publish_program
from tracking import tasks
from tracking.models import Flag, HomeProgram, ProgramPause
from tracking.red_flags import Raised
from tracking.services import flag_handling, flagging, recording
from tracking.services.flag_handling import AlreadyClosed
from tracking.vocabulary.concerns import FlagCode, Severity
from tracking.vocabulary.programs import EntryFlag

ONE_DAY = dt.timedelta(days=1)
MORNING = at("10:00")


def codes(cast: Cast) -> set[str]:
    with rls.acting_as(cast.tess):
        return set(Flag.objects.open().filter(child=cast.cleo).values_list("code", flat=True))


def nightly(now: dt.datetime = MORNING) -> None:
    with rls.acting_as(system="flags"):
        after = None
        while True:
            after = flagging.raise_nightly(now=now, after=after, limit=50)
            if after is None:
                return


def program(cast: Cast, **fields: Any) -> HomeProgram:
    with rls.acting_as(cast.tess):
        return publish_program(cast.cleo, cast.tess, **fields)


@pytest.fixture
def fever(cast: Cast) -> Cast:
    """A fever from Sunday until Tuesday, under the library's rule that it blocks every massage."""
    with rls.acting_as(cast.tess):
        Precaution.objects.create(
            clinic=cast.harbor,
            child=cast.cleo,
            code="fever",
            from_on=MONDAY - ONE_DAY,
            until_on=MONDAY + ONE_DAY,
            recorded_by=cast.fay,
            recorded_at=MORNING,
        )
    return cast


# ---- as sessions arrive ------------------------------------------------------------


def test_a_session_during_a_fever_is_kept_marked_and_flagged(fever: Cast) -> None:
    with rls.acting_as(fever.fay):
        row = log_session(fever.fay, fever.cleo).row
        well_again = log_session(
            fever.fay, fever.cleo, occurred_at=at("19:20", on=MONDAY + 2 * ONE_DAY), ended_by="caregiver"
        ).row
    assert row.flags == [EntryFlag.CONTRA_CONFLICT]
    assert well_again.flags == []
    assert codes(fever) == {FlagCode.CONTRA_CONFLICT}


def test_a_declined_session_is_against_nothing(fever: Cast) -> None:
    with rls.acting_as(fever.fay):
        assert log_session(fever.fay, fever.cleo, outcome="declined").row.flags == []
    assert codes(fever) == set()


def test_three_of_five_sessions_ended_by_the_child_ask_for_a_review(cast: Cast) -> None:
    with rls.acting_as(cast.fay):
        for day, ended_by in enumerate(("child", "caregiver", "child", "completed")):
            log_session(
                cast.fay, cast.cleo, occurred_at=at("19:20", on=MONDAY + day * ONE_DAY), ended_by=ended_by
            )
        assert codes(cast) == set()
        log_session(
            cast.fay,
            cast.cleo,
            occurred_at=at("19:20", on=MONDAY + 4 * ONE_DAY),
            ended_by="caregiver",
            state_after="crying",
        )
    assert codes(cast) == {FlagCode.DISTRESS_RUN}


# ---- every night ------------------------------------------------------------


def test_seven_days_without_an_entry_are_flagged_and_six_are_not(cast: Cast) -> None:
    program(cast, starts_on=MONDAY - 6 * ONE_DAY)
    nightly()
    assert codes(cast) == set()
    nightly(MORNING + ONE_DAY)
    assert codes(cast) == {FlagCode.NO_LOGS}
    with rls.acting_as(cast.tess):
        flag = Flag.objects.get()
        assert (flag.severity, flag.detail) == ("follow_up", {"days": 7})


def test_a_bedtime_alone_breaks_the_silence_and_so_does_a_pause(cast: Cast) -> None:
    made = program(cast, starts_on=MONDAY - 10 * ONE_DAY)
    with rls.acting_as(cast.fay):
        recording.record_bedtime(
            by=cast.fay,
            child=cast.cleo,
            client_id=make_id(),
            entry=cleos_bedtime(
                lights_out_at=at("19:42", on=MONDAY - 3 * ONE_DAY), asleep_at=None, about_minutes=20
            ),
            door="api",
            now=MORNING,
        )
    nightly()
    assert codes(cast) == set()
    with rls.acting_as(cast.tess):
        ProgramPause.objects.create(
            clinic=cast.harbor,
            program=made,
            from_on=MONDAY,
            reason="holiday",
            by=cast.fay,
            at=MORNING,
        )
    nightly(MORNING + 10 * ONE_DAY)
    assert FlagCode.NO_LOGS not in codes(cast)


def test_under_half_offered_in_two_weeks_running_is_flagged(cast: Cast) -> None:
    program(cast)
    with rls.acting_as(cast.fay):
        for back in (1, 3, 5, 8, 10, 12):
            log_session(
                cast.fay,
                cast.cleo,
                occurred_at=at("19:20", on=MONDAY - back * ONE_DAY),
                outcome="declined",
                ended_by="caregiver",
            )
    nightly()
    assert codes(cast) == {FlagCode.LOW_DOSE}


def test_half_offered_in_one_of_the_weeks_is_not(cast: Cast) -> None:
    program(cast)
    with rls.acting_as(cast.fay):
        for back in (1, 2, 3, 5, 8, 10, 12):
            log_session(
                cast.fay,
                cast.cleo,
                occurred_at=at("19:20", on=MONDAY - back * ONE_DAY),
                outcome="declined",
                ended_by="caregiver",
            )
    nightly()
    assert codes(cast) == set()


def test_two_touches_at_four_within_a_week_are_flagged(cast: Cast) -> None:
    program(cast, starts_on=MONDAY - ONE_DAY)
    with rls.acting_as(cast.fay):
        for back in (1, 2):
            day = MONDAY - back * ONE_DAY
            recording.record_observation(
                by=cast.fay,
                child=cast.cleo,
                client_id=make_id(),
                entry=_lotion(at("09:00", on=day), intensity=4),
                door="api",
                now=at("09:05", on=day),
            )
    nightly()
    assert codes(cast) == {FlagCode.TACTILE_REGRESSION}


def _lotion(occurred_at: dt.datetime, *, intensity: int) -> Any:
    return recording.ObservationBody(
        occurred_at=occurred_at, stimulus="sunscreen_lotion", intensity=intensity
    )


@pytest.mark.parametrize("change", [{"died_on": MONDAY}, {"in_hospital_since": MONDAY}])
def test_nothing_is_said_of_a_child_in_hospital_or_one_who_died(cast: Cast, change: dict[str, Any]) -> None:
    program(cast, starts_on=MONDAY - 30 * ONE_DAY)
    with rls.acting_as(cast.tess):
        Child.objects.filter(pk=cast.cleo.pk).update(**change)
    nightly()
    assert codes(cast) == set()


def test_every_night_again_raises_nothing_twice_and_the_task_goes_through_every_batch(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tasks, "WATCHED_AT_ONCE", 2)
    with rls.acting_as(cast.tess):
        here = rls.now().date()
    program(cast, starts_on=here - 10 * ONE_DAY)
    for _ in range(4):
        sibling(cast, starts_on=here - 10 * ONE_DAY)
    tasks.raise_flags()
    tasks.raise_flags()
    with rls.acting_as(cast.tess):
        raised = Flag.objects.values_list("child", "code")
        assert len(raised) == len(set(raised)) == 5


def test_the_night_asks_as_many_questions_of_twenty_children_as_of_two(cast: Cast) -> None:
    counts = []
    for size in (2, 20):
        with rls.acting_as(cast.tess):
            while HomeProgram.objects.count() < size:
                sibling(cast, starts_on=MONDAY - 3 * ONE_DAY)
        with rls.acting_as(system="flags"), CaptureQueriesContext(connection) as asked:
            flagging.raise_nightly(now=MORNING, after=None, limit=100)
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 12


def sibling(cast: Cast, *, starts_on: dt.date) -> None:
    with rls.acting_as(cast.tess):
        child = Child.objects.create(
            clinic=cast.harbor, first_name="Sibling", born_on=starts_on, created_at=MORNING
        )
        CareTeam.objects.create(
            clinic=cast.harbor, child=child, therapist=cast.tess, from_at=MORNING - 90 * ONE_DAY
        )
        ChildHome.objects.create(clinic=cast.harbor, child=child, family=cast.fays_home)
        Episode.objects.create(clinic=cast.harbor, child=child, state="active", started_on=starts_on)
        publish_program(child, cast.tess, starts_on=starts_on)


# ---- by hand ------------------------------------------------------------


@pytest.fixture
def quiet(cast: Cast) -> Flag:
    program(cast, starts_on=MONDAY - 10 * ONE_DAY)
    nightly()
    with rls.acting_as(cast.tess):
        return Flag.objects.get()


def test_a_flag_is_acknowledged_once_and_closed_with_a_reason(cast: Cast, quiet: Flag) -> None:
    with rls.acting_as(cast.otto):
        seen = flag_handling.acknowledge_flag(by=cast.otto, flag=quiet, now=MORNING)
    with rls.acting_as(cast.tess):
        again = flag_handling.acknowledge_flag(by=cast.tess, flag=quiet, now=MORNING + ONE_DAY)
        assert (again.acknowledged_by_id, again.acknowledged_at) == (cast.otto.pk, seen.acknowledged_at)
        with pytest.raises(Invalid):
            flag_handling.close_flag(by=cast.tess, flag=quiet, reason=" ", now=MORNING)
        flag_handling.close_flag(by=cast.tess, flag=quiet, reason="Called: back on Friday", now=MORNING)
        with pytest.raises(AlreadyClosed):
            flag_handling.close_flag(by=cast.tess, flag=quiet, reason="Again", now=MORNING)


def test_an_owner_may_act_and_an_assistant_a_guardian_or_a_stranger_may_not(cast: Cast, quiet: Flag) -> None:
    for name in ("asha", "fay", "nan", "theo", "opal", "tova"):
        with rls.acting_as(getattr(cast, name)), pytest.raises(Forbidden):
            flag_handling.acknowledge_flag(by=getattr(cast, name), flag=quiet, now=MORNING)
    with rls.acting_as(cast.otto):
        assert quiet in Flag.objects.visible_to(cast.otto)
        flag_handling.acknowledge_flag(by=cast.otto, flag=quiet, now=MORNING)


def test_what_was_just_dealt_with_is_not_raised_again_for_a_week(cast: Cast, quiet: Flag) -> None:
    with rls.acting_as(cast.tess):
        flag_handling.close_flag(by=cast.tess, flag=quiet, reason="Called", now=MORNING)
    nightly(MORNING + 6 * ONE_DAY)
    assert FlagCode.NO_LOGS not in codes(cast)
    nightly(MORNING + 8 * ONE_DAY)
    assert FlagCode.NO_LOGS in codes(cast)


def test_a_call_settles_the_silence_and_nothing_else(cast: Cast, quiet: Flag) -> None:
    with rls.acting_as(cast.tess):
        flagging.raise_flags(
            {cast.cleo.pk: [Raised(FlagCode.SKILL_LOSS)]}, clinics={cast.cleo.pk: cast.harbor.pk}, now=MORNING
        )
        flagging.settle_no_logs(by=cast.tess, child=cast.cleo, now=MORNING)
        quiet.refresh_from_db()
        assert (quiet.closed_at, quiet.closed_by) == (MORNING, cast.tess)
    assert codes(cast) == {FlagCode.SKILL_LOSS}


def test_what_was_seen_may_make_a_flag_graver_than_its_code(cast: Cast) -> None:
    raised = [Raised(FlagCode.SKIN_REACTION, graver=Severity.EMERGENCY), Raised(FlagCode.PAIN_OR_SWELLING)]
    with rls.acting_as(cast.tess):
        flagging.raise_flags({cast.cleo.pk: raised}, clinics={cast.cleo.pk: cast.harbor.pk}, now=MORNING)
        assert dict(Flag.objects.values_list("code", "severity")) == {
            "skin_reaction": "emergency",
            "pain_or_swelling": "urgent",
        }
