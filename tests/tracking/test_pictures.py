"""Pictures of a diary: the specification holds the rows, the sentence the numbers, and paper draws it."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from clinic.vocabulary import SharingMode
from tests.tracking.test_outcomes import MONDAY, ONE_DAY, ONE_WEEK, session, version
from tests.tracking.test_outcomes import plan as planned
from tracking.outcomes.points import CameUp
from tracking.outcomes.series import Series, SeriesPoint
from tracking.outcomes.sessions import SessionFact, StripDay, exposure, strip
from tracking.outcomes.signs import noted_signs
from tracking.outcomes.summaries import NOfN, intensity_counts, outcome_counts
from tracking.outcomes.weeks import cues_by_week, dose_by_week, touch_cells, weeks_of
from tracking.readings.asking import AskPlans
from tracking.readings.charts import Charts
from tracking.readings.progress import Progress
from tracking.readings.sight import Sight
from tracking.reports import pdf
from tracking.reports.charts import DoseWeek, Foot, Point, Scale, Span, outcome_chart
from tracking.reports.pictures import days
from tracking.reports.pictures.body import body_map
from tracking.reports.pictures.chosen import chosen_pictures
from tracking.reports.pictures.cues import cue_balance
from tracking.reports.pictures.ladders import Laddered, Rated, goal_ladders
from tracking.reports.pictures.phases import latency, of_touch
from tracking.reports.pictures.picture import Picture
from tracking.reports.pictures.states import state_flow
from tracking.reports.pictures.touches import heat_map
from tracking.reports.pictures.weeks import of_weeks
from tracking.vocabulary.charts import ChosenChart
from tracking.vocabulary.outcomes import DayState, Outcome
from tracking.vocabulary.programs import SessionOutcome
from tracking.wording.goals import signed

LAST = MONDAY + 2 * ONE_WEEK - ONE_DAY
REGIONS = {"sole-thumb-walk": "feet", "leg-long-glide": "legs", "tummy-paddle": "tummy"}
FAY = uuid.uuid4()


def step(stroke: str, is_done: bool) -> dict[str, Any]:
    return {"step": None, "stroke": stroke, "is_done": is_done, "seconds": None}


def cue(code: str) -> dict[str, Any]:
    return {"code": code, "moment": "during", "at_seconds": None}


def touch(day: int, value: float, **told: Any) -> SeriesPoint:
    return SeriesPoint(MONDAY + day * ONE_DAY, value, by=FAY, **told)


def record(*sessions: SessionFact, **told: Any) -> Progress:
    """Two weeks of a child without a program, as its therapist reads them."""
    points: dict[Outcome, Any] = {outcome: [] for outcome in Outcome} | told.pop("points", {})
    series = {
        outcome: Series(outcome, tuple(points[outcome]), (), (), MONDAY, LAST)
        for outcome in (Outcome.SLEEP_LATENCY, Outcome.TOUCH_INTENSITY)
    }
    calendar = told.pop(
        "calendar",
        tuple(StripDay(MONDAY + number * ONE_DAY, DayState.NOT_PRESCRIBED) for number in range(14)),
    )
    return Progress(
        **{
            "child_id": uuid.uuid4(),
            "first": MONDAY,
            "last": LAST,
            "plans": (),
            "plan": None,
            "sessions": sessions,
            "strip": calendar[-14:],
            "calendar": calendar,
            "outcome_counts": outcome_counts(sessions),
            "signs": noted_signs(sessions),
            "exposure": None,
            "with_therapist": None,
            "offered_days": NOfN(0, 0),
            "days_with_entry": NOfN(9, 14),
            "points": points,
            "met": (),
            "came_up": (),
            "entry_days": frozenset(),
            "asking": AskPlans(None, ()),
            "latency": series[Outcome.SLEEP_LATENCY],
            "latency_phases": (),
            "touch": series[Outcome.TOUCH_INTENSITY],
            "touch_phases": (),
            "touch_counts": intensity_counts([]),
            "target_states": None,
            "last_entry_on": None,
            "sight": Sight(uuid.uuid4(), uuid.uuid4(), True, None, None, SharingMode.FULL),
        }
        | told
    )


def rated(on: dt.date, level: int, *, later: int = 0) -> Rated:
    return Rated(on, level, "Tess", on + later * ONE_DAY)


def rows(spec: dict[str, Any], *fields: str) -> list[tuple[Any, ...]]:
    """The rows of every layer that has these fields, each once and in order."""
    found: dict[tuple[Any, ...], None] = {}
    for layer in layers(spec):
        for row in layer.get("data", {}).get("values", []):
            if set(fields) <= set(row):
                found[tuple(row[one] for one in fields)] = None
    return list(found)


def layers(spec: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for layer in spec["layer"]:
        yield from layers(layer) if "layer" in layer else [layer]


def drawn(picture: Picture | None) -> Picture:
    """The picture, which names no color, has its sentence and table, and is SVG on paper."""
    assert picture is not None
    assert "#" not in str({**picture.specification, "$schema": ""})
    assert pdf.draw(picture.specification).startswith("<svg")
    assert picture.words
    assert picture.note
    assert all(len(row) == len(picture.table.columns) for row in picture.table.rows)
    return picture


# ---- a day's mark ------------------------------------------------------------------------------------------


def test_each_state_of_a_day_has_a_mark_of_its_own_and_a_declined_one_counts_as_offered() -> None:
    calendar = tuple(StripDay(MONDAY + number * ONE_DAY, state) for number, state in enumerate(DayState))
    picture = drawn(days.fortnight(record(calendar=calendar)))
    assert rows(picture.specification, "on", "state") == [
        (day.on.isoformat(), str(day.state))
        for states in (
            ("done",),
            ("stopped", "declined"),
            ("not_today", "no_record", "paused", "excused"),
            ("not_prescribed",),
        )
        for day in calendar
        if day.state in states
    ]
    assert picture.words.startswith("Of 5 days with a massage planned, it was offered on 3.")
    marks = [sentence.split(":")[0] for sentence in days.marks_in_words(calendar).split(". ")]
    assert len(set(marks)) == len(DayState)


def test_a_night_without_an_end_is_never_a_plain_number() -> None:
    latency = [touch(8, 25), touch(9, 60, is_more_than=True)]
    picture = drawn(days.fortnight(record(points={Outcome.SLEEP_LATENCY: latency})))
    assert rows(picture.specification, "column", "minutes") == [
        ((MONDAY + 8 * ONE_DAY).isoformat(), "25"),
        ((MONDAY + 9 * ONE_DAY).isoformat(), ">60"),
    ]


def test_a_bound_is_a_triangle_also_on_a_day_of_illness_which_is_marked_apart() -> None:
    spec = outcome_chart(
        [Point(MONDAY, 60, is_at_least=True, is_unusual=True), Point(MONDAY + ONE_DAY, 20)],
        spans=[Span("Before", MONDAY, LAST, 40)],
        marks=[],
        first=MONDAY,
        last=LAST,
        title="Minutes",
        scale=Scale.MINUTES,
        foot=Foot(no_record_on=[MONDAY + 2 * ONE_DAY], ill_or_away_on=[MONDAY]),
    )
    shapes = {
        layer["mark"]["shape"]: [row["on"] for row in layer["data"]["values"]]
        for layer in layers(spec)
        if layer["mark"].get("type") == "point"
        if "value" in str(layer["encoding"]["y"].get("field"))
    }
    assert shapes == {
        "circle": [f"{MONDAY + ONE_DAY}T12:00"],
        "triangle-up": [f"{MONDAY}T12:00"],
        "diamond": [],
    }
    assert pdf.draw(spec).startswith("<svg")


# ---- the dose beside the outcome ---------------------------------------------------------------------------


def test_the_dose_of_a_week_counts_what_was_timed_and_says_of_how_many() -> None:
    weeks = weeks_of(started_on=MONDAY, first=MONDAY - 2 * ONE_DAY, last=LAST)
    assert [(one.first, one.last) for one in weeks] == [
        (MONDAY - 2 * ONE_DAY, MONDAY - ONE_DAY),
        (MONDAY, MONDAY + 6 * ONE_DAY),
        (MONDAY + ONE_WEEK, LAST),
    ]
    doses = dose_by_week(
        [
            session(MONDAY, minutes=12.0),
            session(MONDAY + ONE_DAY, minutes=8.0),
            session(MONDAY + ONE_DAY, minutes=None),
            session(MONDAY + ONE_WEEK, SessionOutcome.DECLINED, minutes=None),
        ],
        weeks,
    )
    assert [(one.minutes, one.timed_count, one.begun_count) for one in doses] == [
        (0, 0, 0),
        (20, 2, 3),
        (0, 0, 0),
    ]


def test_outcome_and_dose_share_one_axis_of_days() -> None:
    read = record(session(MONDAY, minutes=12.0), points={Outcome.SLEEP_LATENCY: [touch(0, 30), touch(1, 20)]})
    without = latency(read)
    assert rows(without, "minutes") == []
    spec = outcome_chart(
        [Point(MONDAY, 30)],
        spans=[],
        marks=[],
        first=MONDAY,
        last=LAST,
        title="Minutes",
        scale=Scale.MINUTES,
        dose=[DoseWeek(MONDAY, MONDAY + 6 * ONE_DAY, 75)],
    )
    assert rows(spec, "on", "to", "minutes") == [(MONDAY.isoformat(), (MONDAY + ONE_WEEK).isoformat(), 75)]
    domains = {
        str(layer["encoding"]["x"]["scale"].get("domain"))
        for layer in layers(spec)
        if layer["encoding"].get("x", {}).get("scale")
    }
    assert len(domains) == 1
    assert pdf.draw(spec).startswith("<svg")


# ---- what is chosen ----------------------------------------------------------------------------------------


def test_the_child_had_enough_at_the_first_step_that_was_not_done_and_later_ones_were_never_offered() -> None:
    steps = (step("sole-thumb-walk", True), step("leg-long-glide", False), step("tummy-paddle", False))
    read = record(
        session(MONDAY, SessionOutcome.STOPPED, ended_by="child", steps=steps),
        session(MONDAY, SessionOutcome.STOPPED, ended_by="interrupted", steps=steps),
        session(MONDAY, SessionOutcome.DECLINED, steps=(step("sole-thumb-walk", False),), is_late=True),
        session(MONDAY, steps=()),
    )
    picture = drawn(body_map(read, REGIONS))
    told = {row[0]: row[1:] for row in rows(picture.specification, "region", "done", "refused")}
    assert {region: counts for region, counts in told.items() if any(counts)} == {
        "feet": (2, 1),
        "legs": (0, 1),
    }
    assert picture.words == "Legs: done 0, had enough there 1. Feet: done 2, had enough there 1."
    assert "Recorded for 3 of 4 massages offered." in picture.note
    assert "1 of 3 values were logged more than two days late." in picture.note


def test_states_are_counted_from_which_to_which_and_never_averaged() -> None:
    read = record(
        session(MONDAY, state_before="crying", state_after="quiet_alert"),
        session(MONDAY, state_before="crying", state_after="quiet_alert"),
        session(MONDAY, state_before="quiet_alert", state_after="drowsy"),
        session(MONDAY, state_before="", state_after="drowsy"),
    )
    picture = drawn(state_flow(read))
    counts = [row[-1] for row in picture.table.rows]
    assert counts == [1, 2]
    assert sorted(row[-1] for row in rows(picture.specification, "before", "after", "count")) == [1, 2]
    assert "Recorded for 3 of 4 massages offered." in picture.note


def test_a_cue_counts_once_a_massage_and_in_its_week() -> None:
    sessions = [
        session(MONDAY, cues=(cue("ep_smile"), cue("ep_smile"), cue("ds_yawn"))),
        session(MONDAY + ONE_WEEK, cues=(cue("dp_arch"), cue("made_up"))),
        session(MONDAY + ONE_WEEK),
    ]
    weeks = cues_by_week(sessions, weeks_of(started_on=MONDAY, first=MONDAY, last=LAST))
    assert [(one.more_count, one.enough_count, one.told_count, one.offered_count) for one in weeks] == [
        (1, 1, 1, 1),
        (0, 1, 1, 2),
    ]
    picture = drawn(cue_balance(record(*sessions)))
    assert [row[1:] for row in picture.table.rows] == [(0, 1, 1, 2), (1, 1, 1, 1)]
    assert sorted(row[0] for row in rows(picture.specification, "count", "to")) == [-1, -1, 0, 1]
    assert picture.words == "Noted in all: 1 for more, 2 for enough."


def test_a_touch_that_was_met_calmly_is_a_cell_and_one_that_was_not_met_is_none() -> None:
    met = (
        (touch(0, 3), "cloth_tag"),
        (touch(1, 2), "cloth_tag"),
        (touch(2, 0), "held_cuddled"),
    )
    answers = (
        CameUp(MONDAY + 8 * ONE_DAY, "cloth_tag", True, FAY, False),
        CameUp(MONDAY + 9 * ONE_DAY, "held_cuddled", False, FAY, False),
    )
    cells = touch_cells(met, answers, weeks_of(started_on=MONDAY, first=MONDAY, last=LAST))
    assert [(one.stimulus, one.median, one.count, one.came_up_days) for one in cells] == [
        ("cloth_tag", 2.5, 2, 2),
        ("cloth_tag", None, 0, 1),
        ("held_cuddled", 0, 1, 1),
    ]
    picture = drawn(heat_map(record(met=met, came_up=answers)))
    assert rows(picture.specification, "median", "written", "count") == [
        (2.5, "2.5", 2),
        (None, "–", ""),
        (0, "0", 1),
    ]


def test_medians_of_a_touchs_first_and_last_week_are_told_where_each_has_three() -> None:
    """Fewer than three values are not compared (domain, F.4): one tag on one morning is an anecdote."""
    few = tuple((touch(day, value), "cloth_tag") for day, value in ((0, 4), (1, 4), (2, 3), (7, 0), (8, 1)))
    assert drawn(heat_map(record(met=few))).words == "A tag in the clothes: logged 5 times."
    enough = drawn(heat_map(record(met=(*few, (touch(9, 1), "cloth_tag")))))
    assert enough.words.endswith("logged 6 times. Median in its first week 4, in its last 1.")


def test_a_year_of_touches_is_drawn_as_its_last_weeks_and_its_table_has_all() -> None:
    last = MONDAY + 52 * ONE_WEEK - ONE_DAY
    met = tuple((touch(week * 7, 2), "cloth_tag") for week in range(52))
    picture = drawn(heat_map(record(met=met, last=last)))
    assert len(rows(picture.specification, "median", "on")) == 16
    assert len(picture.table.rows) == 52
    assert "The last 16 weeks are drawn" in picture.note


def test_a_goals_ladder_begins_where_the_child_began_and_ends_with_the_period() -> None:
    goal = Laddered(
        "Wears a shirt with a tag",
        "en",
        MONDAY,
        -2,
        ["cries", "five minutes", "half an hour", "a morning", "all day"],
        [rated(MONDAY + ONE_WEEK, -1, later=3), rated(LAST + ONE_DAY, 2)],
    )
    later = Laddered("Later", "en", LAST + ONE_DAY, -1, goal.ladder, [])
    [picture] = [drawn(one) for one in goal_ladders([goal, later], last=LAST, foot=Foot())]
    assert rows(picture.specification, "on", "level") == [
        (MONDAY.isoformat(), -2),
        ((MONDAY + ONE_WEEK).isoformat(), -1),
        (LAST.isoformat(), -1),
    ]
    assert picture.words == f"At the start: level {signed(-2)}. Latest: level {signed(-1)}."
    assert picture.table.rows[0][1:] == (signed(-1), "five minutes")


def test_every_picture_says_of_how_many_days_it_is_and_shows_those_without_a_record() -> None:
    """Body, states and weeks have no days of their own: theirs stand in a row below."""
    gap = MONDAY + 2 * ONE_DAY
    told = {
        "steps": (step("tummy-paddle", True),),
        "cues": (cue("ep_smile"),),
        "state_before": "crying",
        "state_after": "drowsy",
        "reported_by_id": FAY,
    }
    sessions = [session(MONDAY + number * ONE_DAY, is_late=not number, **told) for number in range(2)]
    plan = planned(version(1, MONDAY, LAST))
    calendar = strip([plan], sessions, last=gap, days=3)
    points = {Outcome.TOUCH_INTENSITY: [touch(0, 3)]}
    met = ((touch(0, 3), "cloth_tag"),)
    read = record(
        *sessions,
        plan=plan,
        calendar=calendar,
        last=gap,
        points=points,
        met=met,
        entry_days={MONDAY, MONDAY + ONE_DAY},
        exposure=exposure(plan, sessions, until=gap, days_with_entry=set(), seconds={}),
    )
    read = replace(read, touch=replace(read.touch, last=gap + ONE_DAY))
    goal = Laddered("A tag", "en", MONDAY, -2, ["a", "b", "c", "d", "e"], [rated(MONDAY, -1)])
    chosen = chosen_pictures(Charts(tuple(ChosenChart), REGIONS), read, goals=[goal])
    prescribed, touched = of_weeks(read), of_touch(read)
    pictures = [
        drawn(one) for one in (*chosen, prescribed, touched, days.fortnight(read), days.calendar(read))
    ]
    assert len(pictures) == 9
    for picture in pictures:
        assert "2 of 3 days have a record; 1 without." in picture.note, picture.name
        assert "logged more than two days late." in picture.note
        assert picture.note_for_team != picture.note
        marked = [row for row in rows(picture.specification, "on") if row[0].startswith(gap.isoformat())]
        assert marked, picture.name
    assert "%" not in "".join(one.note + one.words for one in pictures)


def test_weeks_in_which_nothing_is_prescribed_are_not_drawn() -> None:
    plan = planned(version(1, MONDAY, LAST))
    dose = exposure(plan, [], until=LAST, days_with_entry=set(), seconds={})
    assert of_weeks(record(plan=plan, exposure=dose))
    diary_alone = replace(dose, weeks=tuple(replace(week, buckets=()) for week in dose.weeks))
    assert of_weeks(record(plan=plan, exposure=diary_alone)) is None


def test_what_has_nothing_to_show_is_left_out() -> None:
    everything = Charts(tuple(ChosenChart), REGIONS)
    assert chosen_pictures(everything, record(), goals=[]) == []
    assert days.fortnight(record()) is None
    assert days.calendar(record()) is None
    assert chosen_pictures(Charts(), record(session(MONDAY, cues=(cue("ep_smile"),))), goals=[]) == []


@pytest.mark.parametrize("count", [1, 10, 100])
def test_any_number_of_entries_is_drawn(count: int) -> None:
    sessions = [
        session(
            MONDAY + number % 14 * ONE_DAY,
            steps=(step("tummy-paddle", True),),
            cues=(cue("ep_smile"),),
            state_before="settled",
            state_after="sleepy_calm",
        )
        for number in range(count)
    ]
    met = tuple((touch(number % 14, number % 5), "cloth_tag") for number in range(count))
    pictures = chosen_pictures(Charts(tuple(ChosenChart), REGIONS), record(*sessions, met=met), goals=[])
    assert [drawn(one).name for one in pictures] == ["body-map", "state-flow", "cue-balance", "touch-map"]
    assert rows(pictures[0].specification, "region", "done")[4] == ("tummy", count)
