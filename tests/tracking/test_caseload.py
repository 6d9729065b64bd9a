"""Caseload, child page and progress: what they say, to whom, and that they cost the same at any size."""

from __future__ import annotations

import datetime as dt
import uuid
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from clinic import rls
from clinic.models import CareTeam, Child, ChildHome, Episode, Precaution
from clinic.prepared import written_each_time
from tests import factories
from tests.cast import Cast, make_id
from tests.tracking.records import (
    MONDAY,
    at,
    cleos_bedtime,
    cleos_lotion,
    log_session,
    publish_program,
)
from tracking.models import Flag, Goal, MassageSession, ProgramPause, TrackedStimulus
from tracking.outcomes.points import bedtime_points
from tracking.outcomes.series import SeriesPoint
from tracking.outcomes.summaries import NOfN
from tracking.readings.caseload import Caseload, CaseloadRow, Filter, Sort, Spark, caseload
from tracking.readings.child import ChildPage, child_page
from tracking.readings.progress import Progress, progress
from tracking.services import messaging, recording
from tracking.sleep import AtLeast
from tracking.sync.bodies import CueNoted, StimulusDayBody
from tracking.vocabulary.outcomes import DayState, Outcome
from tracking.vocabulary.programs import SessionOutcome

ONE_DAY = dt.timedelta(days=1)
NOON = at("12:00")


@pytest.fixture
def weeks(cast: Cast) -> Cast:
    """Cleo's program in its third week, with a bedtime each evening but one."""
    cast.cleo.born_on = MONDAY - dt.timedelta(weeks=39)
    with rls.acting_as(cast.fay):
        Child.objects.filter(pk=cast.cleo.pk).update(born_on=cast.cleo.born_on)
        publish_program(
            cast.cleo,
            cast.tess,
            ends_on=MONDAY + 41 * ONE_DAY,
            baseline_starts_on=MONDAY - 21 * ONE_DAY,
        )
        for back, outcome in ((1, "done"), (2, "stopped"), (3, "declined"), (5, "not_today")):
            reason = "no_time" if outcome == "not_today" else ""
            log_session(
                cast.fay,
                cast.cleo,
                occurred_at=at("19:20", on=MONDAY - back * ONE_DAY),
                outcome=outcome,
                ended_by="",
                not_today_reason=reason,
                minutes=Decimal(5) if outcome in ("done", "stopped") else None,
            )
        for back, minutes in ((16, 40), (15, 60), (2, 20), (1, 10)):
            evening = MONDAY - back * ONE_DAY
            bedtime(cast, evening, minutes)
    return cast


def bedtime(cast: Cast, evening: dt.date, minutes: int, *, is_asleep: bool = True) -> None:
    lights_out_at = at("19:42", on=evening)
    seen = lights_out_at + dt.timedelta(minutes=minutes)
    recording.record_bedtime(
        by=cast.fay,
        child=cast.cleo,
        client_id=make_id(),
        entry=cleos_bedtime(
            lights_out_at=lights_out_at,
            asleep_at=seen if is_asleep else None,
            still_awake_at=None if is_asleep else seen,
        ),
        door="api",
        now=seen,
    )


def page_of(cast: Cast, name: str) -> ChildPage:
    user = getattr(cast, name)
    with rls.acting_as(user):
        return child_page(user, cast.cleo, now=NOON)


def progress_for(cast: Cast, name: str) -> Progress:
    user = getattr(cast, name)
    with rls.acting_as(user):
        return progress(user, cast.cleo, first=MONDAY - 21 * ONE_DAY, last=MONDAY)


def caseload_of(cast: Cast, name: str, **how: object) -> Caseload:
    user = getattr(cast, name)
    with rls.acting_as(user):
        return caseload(user, cast.harbor, now=NOON, **how)  # type: ignore[arg-type]


def row_of(cast: Cast, name: str = "tess") -> CaseloadRow:
    return next(row for row in caseload_of(cast, name).rows if row.child_id == cast.cleo.pk)


# ---- the strip ------------------------------------------------------------------------------------------


def test_fourteen_days_tell_done_stopped_declined_not_today_and_no_record(weeks: Cast) -> None:
    states = [day.state for day in row_of(weeks).strip]
    assert len(states) == 14
    assert states[-6:] == [
        DayState.NOT_TODAY,
        DayState.NO_RECORD,
        DayState.DECLINED,
        DayState.STOPPED,
        DayState.DONE,
        DayState.NO_RECORD,
    ]
    assert set(states[:-6]) == {DayState.NO_RECORD}


def test_paused_days_and_days_before_the_program_are_neither_done_nor_open(cast: Cast) -> None:
    with rls.acting_as(cast.tess):
        program = publish_program(cast.cleo, cast.tess, starts_on=MONDAY - 6 * ONE_DAY)
        ProgramPause.objects.create(
            clinic=cast.harbor,
            program=program,
            from_on=MONDAY - 2 * ONE_DAY,
            reason="illness",
            by=cast.tess,
            at=NOON,
        )
    states = [day.state for day in row_of(cast).strip]
    assert states[:7] == [DayState.NOT_PRESCRIBED] * 7
    assert states[7:] == [DayState.NO_RECORD] * 4 + [DayState.PAUSED] * 3


# ---- the row --------------------------------------------------------------------------------------------


def test_a_row_tells_week_exposure_silence_and_the_primary_outcome(weeks: Cast) -> None:
    row = row_of(weeks)
    assert (row.week, row.weeks_in_all, row.days_since_entry) == (3, 8, 1)
    assert (row.ages.chronological.weeks, row.ages.used.weeks) == (39, 30)
    assert row.exposure is not None
    # Two weeks and a day have passed: 15 evenings asked for, 3 offered, 2 of them given.
    assert (row.exposure.prescribed_sessions, row.exposure.offered_count) == (15, 3)
    assert row.exposure.offered_ratio == pytest.approx(3 / 15)
    assert row.exposure.dose_minutes == 10
    assert row.spark is not None
    assert (row.spark.outcome, [point.value for point in row.spark.points]) == (
        Outcome.SLEEP_LATENCY,
        [40, 60, 20, 10],
    )
    assert row.lead_name == weeks.tess.name


def test_a_line_is_drawn_of_requests_and_of_touch_per_opportunity(weeks: Cast) -> None:
    """Neither is read for children whose goal is measured by something else."""
    with rls.acting_as(weeks.fay):
        for back, code in ((9, "ep_smile"), (8, "ep_offer"), (4, "ep_smile")):
            evening = at("19:20", on=MONDAY - back * ONE_DAY)
            log_session(weeks.fay, weeks.cleo, occurred_at=evening, cues=(CueNoted(code=code),))
    assert spark_by(weeks, Outcome.OWN_REQUESTS) == [50, 75]
    with rls.acting_as(weeks.tess, system="seeding"):
        tracked = TrackedStimulus.objects.create(
            clinic=weeks.harbor,
            child=weeks.cleo,
            stimulus="cloth_tag",
            from_on=MONDAY - 20 * ONE_DAY,
            created_by=weeks.tess,
        )
    with rls.acting_as(weeks.fay):
        for back in (9, 3):
            evening = at("18:00", on=MONDAY - back * ONE_DAY)
            recording.record_stimulus_day(
                by=weeks.fay,
                child=weeks.cleo,
                client_id=make_id(),
                entry=StimulusDayBody(tracked_stimulus=tracked.pk, came_up=True, occurred_at=evening),
                door="api",
                now=evening,
            )
    assert spark_by(weeks, Outcome.TOUCH_PER_OPPORTUNITY) == [0, 0]


@pytest.mark.parametrize(
    ("minutes", "moved"),
    [
        # Two nights and two: not even medians.
        ([60, 50, 20, 10], None),
        ([60, 55, 50, 20, 15, 10], "unclear"),
        ([60, 55, 50, 58, 52, 20, 15, 10, 12, 18], "toward"),
        ([20, 15, 10, 12, 18, 60, 55, 50, 58, 52], "away"),
        ([20, 15, 10, 12, 18, 20, 15, 10, 12, 18], "unclear"),
    ],
)
def test_a_line_is_colored_only_where_enough_was_told(minutes: list[float], moved: str | None) -> None:
    points = tuple(SeriesPoint(MONDAY + number * ONE_DAY, each) for number, each in enumerate(minutes))
    found = Spark(Outcome.SLEEP_LATENCY, points).drift
    assert (found and found.moved) == moved


def test_a_line_of_nights_not_seen_to_their_end_is_not_colored() -> None:
    points = tuple(
        SeriesPoint(MONDAY + number * ONE_DAY, each, is_more_than=number > 4)
        for number, each in enumerate([60, 55, 50, 58, 52, 20, 15, 10, 12, 18])
    )
    found = Spark(Outcome.SLEEP_LATENCY, points).drift
    assert found is not None
    assert (isinstance(found.later, AtLeast), found.moved) == (True, "unclear")


def spark_by(cast: Cast, outcome: Outcome) -> list[float]:
    """The values on the caseload once Cleo's goal is measured by an outcome."""
    with rls.acting_as(cast.tess, system="seeding"):
        goal = Goal.objects.filter(child=cast.cleo).first() or factories.goal(cast.cleo, by=cast.tess)
        Goal.objects.filter(pk=goal.pk).update(primary_outcome=outcome, outcome_named_on=MONDAY)
    spark = row_of(cast).spark
    assert spark is not None
    assert spark.outcome is outcome
    return [point.value for point in spark.points]


def test_an_owner_reads_who_is_here_and_nothing_of_their_record(weeks: Cast) -> None:
    for name in ("otto", "opal"):
        row = row_of(weeks, name)
        assert (row.is_on_team, row.plan, row.strip, row.exposure, row.spark) == (False, None, (), None, None)
    assert [row.child_id for row in caseload_of(weeks, "theo").rows] == [weeks.fern.pk]
    assert caseload_of(weeks, "tara").rows == ()


def test_a_team_is_shown_the_same_whether_other_roles_are_asked_about_or_not(weeks: Cast) -> None:
    for name in ("tess", "asha", "theo", "tara"):
        assert caseload_of(weeks, name, of_team=True) == caseload_of(weeks, name)
    assert caseload_of(weeks, "otto").rows
    assert caseload_of(weeks, "otto", of_team=True).rows == ()


def test_everybody_reads_on_pages_what_they_would_if_the_questions_were_written_anew(weeks: Cast) -> None:
    def read() -> list[Caseload | ChildPage]:
        names = ("tess", "theo", "asha", "otto", "olga")
        lists = [caseload_of(weeks, name, of_team=of_team) for name in names for of_team in (True, False)]
        return [*lists, *(page_of(weeks, name) for name in ("tess", "theo", "otto", "fay", "greg", "nan"))]

    kept = read()
    with written_each_time():
        assert read() == kept
    assert len({str(one) for one in kept}) > 7


def test_flags_and_unread_messages_come_first_and_can_be_filtered(weeks: Cast) -> None:
    with rls.acting_as(weeks.fay):
        messaging.send_message(
            by=weeks.fay, child=weeks.cleo, client_id=make_id(), body="She laughed", now=NOON
        )
    with rls.acting_as(weeks.tess):
        Flag.objects.create(
            clinic=weeks.harbor, child=weeks.cleo, code="no_logs", severity="follow_up", raised_at=NOON
        )
    row = row_of(weeks)
    assert (row.unread_count, [flag.code for flag in row.flags]) == (1, ["no_logs"])
    for shown in (Filter.FLAGGED, Filter.UNREAD):
        assert [one.child_id for one in caseload_of(weeks, "tess", shown=shown).rows] == [weeks.cleo.pk]
    assert caseload_of(weeks, "tess", shown=Filter.QUIET).rows == ()
    with rls.acting_as(weeks.tess):
        messaging.mark_thread_read(by=weeks.tess, child=weeks.cleo, until=NOON)
    assert row_of(weeks).unread_count == 0


def test_a_search_finds_by_any_name_and_every_order_holds_everybody(weeks: Cast) -> None:
    assert [row.first_name for row in caseload_of(weeks, "otto", search="cle").rows] == ["Cleo"]
    assert caseload_of(weeks, "otto", search="nobody").rows == ()
    for sort in Sort:
        assert {row.first_name for row in caseload_of(weeks, "otto", sort=sort).rows} == {"Cleo", "Fern"}


def test_a_caseload_of_sixty_asks_as_many_questions_as_one_of_six(cast: Cast) -> None:
    counts = []
    with rls.acting_as(cast.tess):
        for size in (6, 60):
            while Child.objects.filter(first_name="Sibling").count() < size:
                sibling(cast)
            with CaptureQueriesContext(connection) as asked:
                seen = caseload(cast.tess, cast.harbor, now=NOON)
            assert len(seen.rows) == size + 1
            counts.append(len(asked))
    assert counts[0] == counts[1] <= 9


def sibling(cast: Cast) -> None:
    child = Child.objects.create(
        clinic=cast.harbor,
        first_name="Sibling",
        last_name=str(uuid.uuid4()),
        born_on=MONDAY - dt.timedelta(days=400),
        created_at=NOON,
    )
    CareTeam.objects.create(
        clinic=cast.harbor, child=child, therapist=cast.tess, from_at=NOON - dt.timedelta(days=90)
    )
    ChildHome.objects.create(clinic=cast.harbor, child=child, family=cast.fays_home)
    Episode.objects.create(clinic=cast.harbor, child=child, state="active", started_on=MONDAY)
    publish_program(child, cast.tess)
    log_session(cast.tess, child, minutes=None)


# ---- the child's page -----------------------------------------------------------------------------------


def test_a_childs_page_tells_people_precautions_and_phases(weeks: Cast) -> None:
    page = page_of(weeks, "tess")
    assert [member.name for member in page.team] == [weeks.tess.name, weeks.asha.name]
    assert page.team[0].credentials == ("OTR/L",)
    assert {one.name for one in page.caregivers} == {weeks.fay.name, weeks.greg.name, weeks.nan.name}
    assert page.record is not None
    assert [one.code for one in page.record.precautions] == ["face_aversion"]
    baseline, program = page.record.progress.latency_phases
    assert (baseline.median, baseline.day_count, baseline.possible_days) == (50, 2, 7)
    assert (program.median, program.day_count, program.possible_days) == (15, 2, 15)
    assert [mark.on for mark in page.record.progress.latency.marks] == [MONDAY - 14 * ONE_DAY]


def test_a_child_still_awake_when_last_seen_is_more_than_and_never_a_number(weeks: Cast) -> None:
    with rls.acting_as(weeks.fay):
        for back in (3, 4, 5):
            bedtime(weeks, MONDAY - back * ONE_DAY, 90, is_asleep=False)
    program = progress_for(weeks, "tess").latency_phases[1]
    assert program.typical is not None
    assert (program.typical.count, program.typical.bound_count) == (5, 3)
    assert program.median == AtLeast(90)


def test_how_hard_going_to_bed_was_is_kept_as_each_told_it_and_how_long_it_took_once(cast: Cast) -> None:
    """Two people do not see the same: neither takes a night out of the other's series."""
    evening = at("19:42", on=MONDAY)
    asleep_at = evening + dt.timedelta(minutes=30)
    for by, resistance in ((cast.fay, 3), (cast.nan, 1), (cast.fay, 4)):
        told = {"lights_out_at": evening, "asleep_at": asleep_at, "resistance": resistance}
        factories.bedtime(cast.cleo, by=by, at=evening, local_day=MONDAY, **told)
    with rls.acting_as(cast.tess):
        nights = bedtime_points([cast.cleo.pk], first=MONDAY, last=MONDAY)[cast.cleo.pk]
    assert [(one.by, one.value) for one in nights.resistance] == [(cast.fay.pk, 3), (cast.nan.pk, 1)]
    assert [one.value for one in nights.latency] == [30]


def test_staff_off_the_team_read_people_and_no_record(weeks: Cast) -> None:
    for name in ("otto", "opal"):
        assert page_of(weeks, name).record is None


def test_a_guardian_reads_counts_and_no_adherence_and_nothing_of_the_other_home(weeks: Cast) -> None:
    page = page_of(weeks, "greg")
    assert page.record is not None
    assert (page.record.progress.exposure, page.record.progress.sessions) == (None, ())
    assert page.record.strip[-2].state == DayState.DONE
    assert page.record.progress.offered_days == NOfN(3, 15)
    assert page.record.flags == ()
    assert [home.zone for home in page.homes] == ["America/Chicago"]
    assert (page.header.zone, [one.name for one in page.caregivers]) == (
        "America/Chicago",
        [weeks.greg.name],
    )


def test_own_entries_only_makes_figures_of_own_entries_only(weeks: Cast) -> None:
    with rls.acting_as(weeks.tess):
        Child.objects.filter(pk=weeks.cleo.pk).update(sharing_mode="own_only")
    weeks.cleo.sharing_mode = "own_only"
    gregs, fays = progress_for(weeks, "greg"), progress_for(weeks, "fay")
    assert (gregs.offered_days, gregs.latency.points) == (NOfN(0, 15), ())
    assert (fays.offered_days, len(fays.latency.points)) == (NOfN(3, 15), 4)


def test_two_caregivers_who_logged_one_massage_count_once(weeks: Cast) -> None:
    before = progress_for(weeks, "tess")
    with rls.acting_as(weeks.nan):
        log_session(weeks.nan, weeks.cleo, occurred_at=at("19:30", on=MONDAY - ONE_DAY), outcome="done")
    after = progress_for(weeks, "tess")
    assert before.exposure is not None
    assert after.exposure is not None
    assert after.exposure.offered_count == before.exposure.offered_count
    assert after.outcome_counts[SessionOutcome.DONE] == before.outcome_counts[SessionOutcome.DONE] == 1


def test_a_session_whose_clock_was_off_is_in_no_figure_until_confirmed(weeks: Cast) -> None:
    with rls.acting_as(weeks.fay):
        row = log_session(weeks.fay, weeks.cleo, occurred_at=at("19:20") + 300 * ONE_DAY, now=at("11:00")).row
    assert progress_for(weeks, "tess").offered_days == NOfN(3, 15)
    with rls.acting_as(weeks.tess):
        MassageSession.objects.filter(pk=row.pk).update(flags=[])
    assert progress_for(weeks, "tess").offered_days == NOfN(4, 15)


def test_a_childs_page_asks_as_many_questions_of_ten_times_the_record(weeks: Cast) -> None:
    counts = []
    mine = {"by": weeks.fay, "child": weeks.cleo, "door": "api"}
    for more in (1, 20):
        with rls.acting_as(weeks.fay):
            for back in range(more):
                evening = MONDAY - back * ONE_DAY
                log_session(weeks.fay, weeks.cleo, occurred_at=at("07:00", on=evening), minutes=None)
                recording.record_observation(
                    client_id=make_id(),
                    entry=cleos_lotion(occurred_at=at("08:00", on=evening)),
                    now=at("08:01", on=evening),
                    **mine,
                )
        with rls.acting_as(weeks.tess):
            Precaution.objects.bulk_create(
                Precaution(
                    clinic=weeks.harbor,
                    child=weeks.cleo,
                    code="reflux",
                    recorded_by=weeks.tess,
                    recorded_at=NOON,
                )
                for _ in range(more)
            )
            with CaptureQueriesContext(connection) as asked:
                child_page(weeks.tess, weeks.cleo, now=NOON)
            counts.append(len(asked))
    assert counts[0] == counts[1] <= 12
