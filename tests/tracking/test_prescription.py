"""The four published protocols as parts, and what a new version is proposed to be."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from tracking.prescription import (
    BaselinePart,
    Difference,
    FrequencyPart,
    Length,
    LengthPart,
    LengthUnit,
    LightsOutPart,
    Line,
    MinutesPart,
    Part,
    Prescription,
    RoutinePart,
    Slot,
    SlotsPart,
    Step,
    differences,
    length_between,
    parts,
    pass_seconds,
    prefilled_minutes,
    proposed_change,
)
from tracking.vocabulary.programs import AmountKind, ChangeKind, FrequencyPer, ProductKind, Provider, StepKind

START = date(2026, 11, 16)
MINIMUM = AmountKind.MINIMUM
STROKE = Step(StepKind.STROKE, 30, "hello-hands")


def until(**length: float) -> date:
    return START + timedelta(**length) - timedelta(days=1)


def kinds(prescription: Prescription) -> list[type[Part]]:
    return [type(part) for part in parts(prescription)]


def test_menici_is_at_least_twenty_minutes_at_least_five_days_a_week_for_eight_weeks() -> None:
    line = Line(Provider.CAREGIVER, FrequencyPer.WEEK, 5, MINIMUM, most=7, minutes=20, minutes_kind=MINIMUM)
    assert parts(Prescription((line,), (STROKE,), START, until(weeks=8))) == (
        FrequencyPart(Provider.CAREGIVER, FrequencyPer.WEEK, 5, MINIMUM, 7, (), is_evening=False),
        MinutesPart(20, MINIMUM),
        LengthPart(START, until(weeks=8), Length(8, LengthUnit.WEEKS)),
    )


def test_qigong_is_the_parent_daily_and_the_therapist_weekly_for_five_months() -> None:
    parent = Line(Provider.CAREGIVER, FrequencyPer.DAY, 1, minutes=15)
    therapist = Line(Provider.THERAPIST, FrequencyPer.WEEK, 1)
    told = parts(Prescription((therapist, parent), (STROKE,), START, date(2027, 4, 15)))
    frequencies = [part for part in told if isinstance(part, FrequencyPart)]
    assert [(part.provider.value, part.per.value) for part in frequencies] == [
        ("caregiver", "day"),
        ("therapist", "week"),
    ]
    assert told[1] == MinutesPart(15, AmountKind.TARGET)
    assert told[-1] == LengthPart(START, date(2027, 4, 15), Length(5, LengthUnit.MONTHS))


def test_mindell_is_a_routine_with_a_baseline_week_and_lights_out_half_an_hour_after_the_bath() -> None:
    routine = (
        Step(StepKind.BATH, 300),
        Step(StepKind.STROKE, 90, "leg-long-glide"),
        Step(StepKind.STROKE, 90, "back-long-sweep"),
        Step(StepKind.QUIET_ACTIVITY, 600),
        Step(StepKind.LIGHTS_OUT, 0),
    )
    line = Line(Provider.CAREGIVER, FrequencyPer.DAY, 1, slots=(Slot("bedtime"),))
    told = parts(
        Prescription(
            (line,),
            routine,
            START,
            until(weeks=2),
            baseline_starts_on=START - timedelta(weeks=1),
            lights_out_within_minutes=30,
        )
    )
    assert isinstance(told[0], FrequencyPart)
    assert told[0].is_evening
    assert told[1] == SlotsPart((Slot("bedtime"),))
    assert BaselinePart(START - timedelta(weeks=1), Length(1, LengthUnit.WEEKS)) in told
    (order,) = [part for part in told if isinstance(part, RoutinePart)]
    assert [(one.kind.value, one.seconds, one.stroke_count) for one in order.elements] == [
        ("bath", 300, 0),
        ("stroke", 180, 2),
        ("quiet_activity", 600, 0),
        ("lights_out", 0, 0),
    ]
    assert told[-1] == LightsOutPart(30, StepKind.BATH)
    assert pass_seconds(routine) == 180


def test_field_is_three_times_fifteen_minutes_a_day_for_ten_days_with_passive_movement() -> None:
    slots = (Slot("morning"), Slot("midday"), Slot("bedtime"))
    line = Line(Provider.CAREGIVER, FrequencyPer.DAY, 3, slots=slots, minutes=15)
    steps = (STROKE, Step(StepKind.PASSIVE_MOVEMENT, 300, name="Arms and legs"))
    told = parts(Prescription((line,), steps, START, until(days=10)))
    assert isinstance(told[0], FrequencyPart)
    assert (told[0].per.value, told[0].count, told[0].is_evening) == ("day", 3, False)
    assert told[1:4] == (
        SlotsPart(slots),
        MinutesPart(15, AmountKind.TARGET),
        LengthPart(START, until(days=10), Length(10, LengthUnit.DAYS)),
    )


def test_a_massage_alone_needs_no_order_and_an_open_program_has_no_length() -> None:
    line = Line(Provider.CAREGIVER, FrequencyPer.NAMED_DAYS, 1, weekdays=frozenset({4, 0}))
    program = Prescription((line,), (STROKE,), START)
    assert kinds(program) == [FrequencyPart, LengthPart]
    told = parts(program)
    assert isinstance(told[0], FrequencyPart)
    assert told[0].weekdays == (0, 4)
    assert told[1] == LengthPart(START, None, None)


@pytest.mark.parametrize(
    ("first", "last", "length"),
    [
        ("2026-11-16", "2027-01-10", (8, "weeks")),
        ("2026-02-01", "2026-02-28", (4, "weeks")),
        ("2026-03-01", "2026-07-31", (5, "months")),
        ("2026-11-16", "2026-11-25", (10, "days")),
        ("2026-11-16", "2026-11-16", (1, "days")),
    ],
)
def test_a_length_is_told_in_weeks_months_or_days(first: str, last: str, length: tuple[int, str]) -> None:
    told = length_between(date.fromisoformat(first), date.fromisoformat(last))
    assert (told.count, told.unit.value) == length


def test_minutes_are_prefilled_from_one_pass() -> None:
    bedtime_calm = [Step(StepKind.STROKE, seconds) for seconds in (30, 30, 60, 40, 60, 60, 20)]
    assert pass_seconds(bedtime_calm) == 300
    assert prefilled_minutes(bedtime_calm) == 5


PROGRAM = Prescription(
    (Line(Provider.CAREGIVER, FrequencyPer.DAY, 1, slots=(Slot("bedtime"),), minutes=5),),
    (STROKE, Step(StepKind.STROKE, 60, "leg-long-glide", side="both")),
    START,
    until(weeks=8),
)


@pytest.mark.parametrize(
    "after",
    [
        replace(PROGRAM, ends_on=until(weeks=10)),
        replace(PROGRAM, lines=(replace(PROGRAM.lines[0], slots=(Slot("after_bath"),)),)),
        replace(PROGRAM, steps=PROGRAM.steps[::-1]),
    ],
)
def test_dates_anchors_and_order_are_proposed_as_a_correction(after: Prescription) -> None:
    assert proposed_change(PROGRAM, after) is ChangeKind.CORRECTION


@pytest.mark.parametrize(
    "after",
    [
        replace(PROGRAM, lines=(replace(PROGRAM.lines[0], minutes=10),)),
        replace(PROGRAM, lines=(replace(PROGRAM.lines[0], per=FrequencyPer.WEEK, count=5),)),
        replace(PROGRAM, steps=PROGRAM.steps[:1]),
        replace(PROGRAM, steps=(STROKE, replace(PROGRAM.steps[1], side="left"))),
        replace(PROGRAM, product_kind=ProductKind.OIL, product_name="Sunflower oil"),
        replace(PROGRAM, lights_out_within_minutes=30),
    ],
)
def test_what_the_child_receives_is_proposed_as_a_change(after: Prescription) -> None:
    assert proposed_change(PROGRAM, after) is ChangeKind.CHANGE


def test_what_differs_is_told_weightiest_first() -> None:
    line = Line(Provider.CAREGIVER, FrequencyPer.DAY, 1, slots=(Slot("after_bath"),), minutes=5)
    before = Prescription((line,), (STROKE,), START, until(weeks=8))
    more = replace(line, minutes=10, slots=(Slot("bedtime"),))
    after = replace(before, lines=(more,), ends_on=until(weeks=6))
    assert differences(before, after) == (Difference.MINUTES, Difference.SLOTS, Difference.DATES)
    assert differences(before, before) == ()


def test_a_stroke_more_differs_in_strokes_and_a_longer_one_in_how_it_is_done() -> None:
    before = Prescription((), (STROKE,), START)
    longer = replace(before, steps=(replace(STROKE, seconds=60),))
    assert differences(before, longer) == (Difference.HOW_STROKES_ARE_DONE,)
    assert Difference.STROKES in differences(before, replace(before, steps=(STROKE, STROKE)))
