"""Plans, phases and points: which version rules a day, where the lines are drawn, what a point stands for."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import replace

import pytest

from tests.tracking.records import MONDAY
from tracking.outcomes.plans import Plan, PlannedSchedule, PlanVersion
from tracking.outcomes.points import (
    CameUp,
    Touches,
    opportunity_points,
    recovery_of,
    request_points,
    target_points,
    target_state_points,
)
from tracking.outcomes.series import SeriesPoint, marks_of, series, spans_of
from tracking.outcomes.sessions import SessionFact, exposure, given, strip
from tracking.outcomes.signs import noted_signs
from tracking.outcomes.summaries import by_phase, intensity_counts, target_states
from tracking.schedule import Pause
from tracking.sleep import AtLeast
from tracking.vocabulary.outcomes import DayState, Outcome
from tracking.vocabulary.programs import ChangeKind, FrequencyPer, Phase, SessionOutcome

ONE_DAY = dt.timedelta(days=1)
ONE_WEEK = dt.timedelta(weeks=1)
LAST = MONDAY + 5 * ONE_WEEK
PROGRAM = uuid.uuid4()


def schedule(
    *, count: int = 1, per: FrequencyPer = FrequencyPer.DAY, minutes: int | None = 5
) -> PlannedSchedule:
    return PlannedSchedule(
        provider="caregiver",
        phase="program",
        per=FrequencyPer.DAY,
        count=count,
        most=None,
        count_kind="target",
        weekdays=(),
        minutes=minutes,
        minutes_kind="target",
    )


def version(
    number: int,
    first: dt.date,
    last: dt.date | None = None,
    *,
    phase: int = 1,
    kind: ChangeKind = ChangeKind.FIRST,
    name: str = "",
    asks: PlannedSchedule | None = None,
) -> PlanVersion:
    return PlanVersion(
        id=uuid.uuid4(),
        number=number,
        change_kind=kind,
        phase_number=phase,
        phase_name=name,
        starts_on=MONDAY,
        baseline_starts_on=MONDAY - ONE_WEEK,
        first=first,
        last=last,
        target_states=("drowsy",),
        schedules=(asks or schedule(),),
    )


def plan(*versions: PlanVersion, pauses: tuple[Pause, ...] = ()) -> Plan:
    return Plan(PROGRAM, uuid.uuid4(), "Bedtime calm", "en", "active", False, versions, pauses)


@pytest.fixture
def changed() -> Plan:
    """A baseline week; two weeks; a correction after one of them; then a change to twice a day."""
    return plan(
        version(1, MONDAY, MONDAY + ONE_WEEK - ONE_DAY),
        version(
            2, MONDAY + ONE_WEEK, MONDAY + 2 * ONE_WEEK - ONE_DAY, kind=ChangeKind.CORRECTION, name="evenings"
        ),
        version(
            3, MONDAY + 2 * ONE_WEEK, phase=2, kind=ChangeKind.CHANGE, name="twice", asks=schedule(count=2)
        ),
    )


def session(on: dt.date, outcome: SessionOutcome = SessionOutcome.DONE, **told: object) -> SessionFact:
    fact: dict[str, object] = {
        "child_id": uuid.uuid4(),
        "client_id": uuid.uuid4(),
        "program_id": PROGRAM,
        "program_version_id": None,
        "slot_number": None,
        "provider": "caregiver",
        "outcome": outcome,
        "ended_by": "",
        "state_after": "",
        "on": on,
        "occurred_at": dt.datetime.combine(on, dt.time(19), dt.UTC),
        "is_timed_start": True,
        "zone": "America/New_York",
        "minutes": 5.0,
        "steps_done": 0,
        "steps": (),
        "cues": (),
        "family_id": None,
        "reported_by_id": uuid.uuid4(),
    }
    return SessionFact(**(fact | told))  # type: ignore[arg-type]


def test_a_correction_stays_in_its_phase_and_a_change_opens_the_next(changed: Plan) -> None:
    spans = spans_of(changed, first=MONDAY - ONE_WEEK, last=LAST)
    assert [(one.phase, one.number, one.name, one.first, one.last) for one in spans] == [
        (Phase.BASELINE, 0, "", MONDAY - ONE_WEEK, MONDAY - ONE_DAY),
        (Phase.PROGRAM, 1, "evenings", MONDAY, MONDAY + 2 * ONE_WEEK - ONE_DAY),
        (Phase.PROGRAM, 2, "twice", MONDAY + 2 * ONE_WEEK, LAST),
    ]
    marks = marks_of(changed, first=MONDAY - ONE_WEEK, last=LAST)
    assert [(one.on, one.is_correction) for one in marks] == [
        (MONDAY, False),
        (MONDAY + ONE_WEEK, True),
        (MONDAY + 2 * ONE_WEEK, False),
    ]


def test_phases_are_clipped_to_the_period_looked_at(changed: Plan) -> None:
    (only,) = spans_of(changed, first=MONDAY + ONE_DAY, last=MONDAY + 3 * ONE_DAY)
    assert (only.first, only.last) == (MONDAY + ONE_DAY, MONDAY + 3 * ONE_DAY)


def test_history_is_not_rewritten_when_the_prescription_changes(changed: Plan) -> None:
    given_daily = [session(MONDAY + day * ONE_DAY) for day in range(21)]
    seen = exposure(changed, given_daily, until=MONDAY + 3 * ONE_WEEK - ONE_DAY)
    assert seen is not None
    assert [(week.prescribed, week.credit) for week in seen.weeks] == [(7, 7), (7, 7), (14, 7)]


def test_sessions_of_another_program_or_provider_count_elsewhere(changed: Plan) -> None:
    others = [session(MONDAY, program_id=uuid.uuid4()), session(MONDAY, provider="therapist")]
    seen = exposure(changed, others, until=MONDAY)
    assert seen is not None
    assert seen.offered_count == 0


def test_stopped_early_without_minutes_is_worth_the_seconds_of_the_steps_done() -> None:
    steps = ({"step": "a", "is_done": True}, {"step": "b", "is_done": False})
    stopped = session(MONDAY, SessionOutcome.STOPPED, minutes=None, steps=steps)
    assert given(stopped, {"a": 60, "b": 180}).steps_ratio == 0.25
    assert given(stopped, {}).steps_ratio is None


def test_the_best_of_a_day_names_it() -> None:
    running = plan(version(1, MONDAY), pauses=(Pause(MONDAY + 2 * ONE_DAY, MONDAY + 2 * ONE_DAY),))
    told = [
        session(MONDAY, SessionOutcome.NOT_TODAY),
        session(MONDAY, SessionOutcome.DECLINED),
        session(MONDAY + 2 * ONE_DAY, SessionOutcome.DONE),
    ]
    days = strip([running], told, last=MONDAY + 3 * ONE_DAY, days=5)
    assert [(day.state, day.count) for day in days] == [
        (DayState.NOT_PRESCRIBED, 0),
        (DayState.DECLINED, 1),
        (DayState.NO_RECORD, 0),
        (DayState.DONE, 1),
        (DayState.NO_RECORD, 0),
    ]


def test_a_phases_median_of_bounds_is_a_bound_and_missing_nights_are_counted_not_filled(
    changed: Plan,
) -> None:
    nights = [
        SeriesPoint(MONDAY, 20),
        SeriesPoint(MONDAY + ONE_DAY, 60, is_more_than=True),
        SeriesPoint(MONDAY + 2 * ONE_DAY, 60, is_more_than=True),
    ]
    seen = series(Outcome.SLEEP_LATENCY, nights, plan=changed, first=MONDAY - ONE_WEEK, last=LAST)
    baseline, first, second = by_phase(seen)
    assert (baseline.median, baseline.day_count, baseline.possible_days) == (None, 0, 7)
    assert (first.median, first.day_count, first.possible_days) == (AtLeast(60), 3, 14)
    assert second.point_count == 0


def test_target_states_are_counted_by_program_week_of_sessions_that_tell_one() -> None:
    told = [
        session(MONDAY, state_after="drowsy"),
        session(MONDAY + ONE_DAY, state_after="crying"),
        session(MONDAY + 2 * ONE_DAY),
        session(MONDAY + ONE_WEEK, state_after="drowsy"),
    ]
    points = target_state_points(told, {"drowsy"}, started_on=MONDAY)
    assert [(point.on, point.value) for point in points] == [(MONDAY, 50.0), (MONDAY + ONE_WEEK, 100.0)]


def test_a_state_of_the_other_scale_tells_nothing_of_whether_a_target_was_reached() -> None:
    """A child who came to the steps of arousal meanwhile did not stop falling drowsy."""
    told = [
        session(MONDAY, state_after="drowsy"),
        session(MONDAY + ONE_DAY, state_after="crying"),
        session(MONDAY + 2 * ONE_DAY, state_after="settled"),
        session(MONDAY + 3 * ONE_DAY, state_after="a_newer_code"),
    ]
    assert [point.value for point in target_points(told, {"drowsy"})] == [1, 0]
    counts = target_states(told, {"drowsy"})
    assert counts is not None
    assert (counts.reached_count, counts.known_count, counts.unanswered_count) == (1, 2, 0)
    assert [point.value for point in target_points(told, {"drowsy", "sleepy_calm"})] == [1, 0, 0]


def own_sign(
    words: str = "Rubs her ear", asks_for: str = "enough", language: str = "en"
) -> dict[str, object]:
    return {"id": f"sign {words}", "words": words, "asks_for": asks_for, "language": language}


def cue(code: str, moment: str = "during", sign: dict[str, object] | None = None) -> dict[str, object]:
    return {"code": code, "moment": moment, "at_seconds": None} | ({"sign": sign} if sign else {})


def test_signs_are_counted_in_sessions_apart_for_during_and_after_the_childs_own_first() -> None:
    ear = own_sign()
    noted = noted_signs(
        [
            session(MONDAY, cues=(cue("ep_gaze"), cue("ep_gaze"), cue("ep_gaze", "after"))),
            session(MONDAY + ONE_DAY, cues=(cue("ep_gaze"), cue("ds_hand_face", "after", ear))),
            session(MONDAY + 2 * ONE_DAY, cues=(cue("", "during", ear), cue("a_newer_code"))),
        ]
    )
    assert [
        (one.words or one.code, one.asks_for, one.during_count, one.after_count) for one in noted.signs
    ] == [
        ("Rubs her ear", "enough", 1, 1),
        ("ep_gaze", "more", 2, 1),
        ("a_newer_code", None, 1, 0),
    ]
    assert [one.session_count for one in noted.signs] == [2, 2, 1]
    assert (noted.signs[0].code, noted.signs[0].language) == ("", "en")


def test_a_session_without_signs_was_not_asked_about_them_or_not_answered() -> None:
    noted = noted_signs(
        [
            session(MONDAY, cues=(cue("ep_gaze"),), not_asked=("cues",)),
            session(MONDAY + ONE_DAY, not_asked=("cues",)),
            session(MONDAY + 2 * ONE_DAY),
            session(MONDAY + 3 * ONE_DAY, SessionOutcome.NOT_TODAY),
        ]
    )
    assert (noted.told_count, noted.not_asked_count, noted.unanswered_count) == (1, 1, 1)


def test_intensities_are_counted_and_never_averaged() -> None:
    counts = intensity_counts([0, 3, 4, 4, None])
    assert (counts.by_intensity, counts.untold, counts.strong_count, counts.count) == (
        (1, 0, 0, 1, 2),
        1,
        3,
        5,
    )


def test_weeks_in_which_steps_open_are_light_marks_between_the_versions() -> None:
    stepped = replace(version(1, MONDAY), opens_in_weeks=(1, 2, 4, 9))
    running = plan(stepped, version(2, MONDAY + 3 * ONE_WEEK, phase=2, kind=ChangeKind.CHANGE))
    running = replace(
        running, versions=(replace(stepped, last=MONDAY + 3 * ONE_WEEK - ONE_DAY), *running.versions[1:])
    )
    marks = marks_of(running, first=MONDAY, last=LAST)
    assert [(one.on, one.is_opening) for one in marks] == [
        (MONDAY, False),
        (MONDAY + ONE_WEEK, True),
        (MONDAY + 3 * ONE_WEEK, False),
    ]


def test_the_childs_own_requests_are_counted_in_massages_that_tell_any_sign() -> None:
    points = request_points(
        [
            session(MONDAY, cues=(cue("ep_offer"),)),
            session(MONDAY, cues=(cue("ds_look_away"),)),
            session(MONDAY, cues=(cue("", "during", own_sign("Lifts a foot", "more")),)),
            session(MONDAY),
            session(MONDAY, SessionOutcome.NOT_TODAY, cues=(cue("ep_ask"),)),
        ]
    )
    assert [point.value for point in points] == [1, 0, 1]


def test_a_touch_counts_once_a_day_it_came_up_and_as_bothering_where_it_was_seen_to() -> None:
    by = uuid.uuid4()
    met = [
        (SeriesPoint(MONDAY, 0, by=by), "cloth_tag"),
        (SeriesPoint(MONDAY, 3, by=by), "cloth_tag"),
        (SeriesPoint(MONDAY, 4, by=by), "held_cuddled"),
    ]
    answers = [
        CameUp(MONDAY, "cloth_tag", True, by, False),
        CameUp(MONDAY + ONE_DAY, "cloth_tag", True, by, False),
        CameUp(MONDAY + 2 * ONE_DAY, "cloth_tag", False, by, False),
    ]
    points = opportunity_points(Touches(met=met), answers)
    assert [(point.on, point.value) for point in points] == [(MONDAY, 1), (MONDAY + ONE_DAY, 0)]


@pytest.mark.parametrize(
    ("minutes", "band", "is_not_settled", "told"),
    [
        (4, "3-5", False, 4),
        (None, "3-5", False, 4),
        (None, ">30", False, AtLeast(30)),
        (20, "", True, AtLeast(20)),
        (None, ">30", True, AtLeast(30)),
        (None, "", True, None),
    ],
)
def test_minutes_until_settled_are_exact_a_bands_middle_or_a_bound(
    minutes: int | None, band: str, is_not_settled: bool, told: object
) -> None:
    row = {"recovery_minutes": minutes, "recovery_band": band, "is_not_settled": is_not_settled}
    assert recovery_of(row) == told
