"""Prescriptions as families read them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracking.prescription import Difference, Line, Prescription, Slot, Step
from tracking.vocabulary.programs import (
    AmountKind,
    Anchor,
    ChangeKind,
    FrequencyPer,
    ProductKind,
    Provider,
    StepKind,
)
from tracking.wording.prescription import proposal, sentence, sentences, text

START = date(2026, 11, 16)
MINIMUM = AmountKind.MINIMUM
HOME, THERAPIST = Provider.CAREGIVER, Provider.THERAPIST
DAY, WEEK, NAMED = FrequencyPer.DAY, FrequencyPer.WEEK, FrequencyPer.NAMED_DAYS


def weeks(number: int) -> date:
    return START + timedelta(weeks=number, days=-1)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (
            Line(HOME, DAY, 1, slots=(Slot("after_bath"),), minutes=5, minutes_kind=MINIMUM),
            "Every evening after bath, at least 5 minutes, for 8 weeks.",
        ),
        (
            Line(HOME, DAY, 1, slots=(Slot("morning"),), minutes=1),
            "Every day in the morning, 1 minute, for 8 weeks.",
        ),
        (Line(HOME, DAY, 1), "Every day, for 8 weeks."),
        (
            Line(HOME, DAY, 2, slots=(Slot("after_nap"), Slot("bedtime")), minutes=5),
            "Twice a day, after a nap and at bedtime, 5 minutes each time, for 8 weeks.",
        ),
        (Line(HOME, WEEK, 1), "Once a week, for 8 weeks."),
        (Line(HOME, WEEK, 3, MINIMUM), "At least 3 times a week, for 8 weeks."),
        (Line(HOME, WEEK, 5, most=7, minutes=20), "5 to 7 times a week, 20 minutes each time, for 8 weeks."),
        (
            Line(HOME, NAMED, 1, weekdays=frozenset({4, 0, 2}), slots=(Slot("bedtime"),)),
            "On Mondays, Wednesdays and Fridays at bedtime, for 8 weeks.",
        ),
        (Line(HOME, NAMED, 2, weekdays=frozenset({5})), "Twice on Saturdays, for 8 weeks."),
        (
            Line(HOME, DAY, 1, slots=(Slot("other", "when grandma comes"),)),
            "Every day when grandma comes, for 8 weeks.",
        ),
        (Line(HOME, DAY, 1, slots=(Slot("other"),)), "Every day, for 8 weeks."),
        (Line(THERAPIST, WEEK, 1), "With the therapist once a week, for 8 weeks."),
    ],
)
def test_one_schedule_is_one_sentence(line: Line, expected: str) -> None:
    assert sentence(Prescription((line,), (), START, weeks(8))) == expected


def test_a_program_without_an_end_names_none() -> None:
    assert sentence(Prescription((Line(HOME, DAY, 1),), (), START)) == "Every day."


def test_a_diary_alone_asks_for_no_massage() -> None:
    prescription = Prescription((), (), START, weeks(2), baseline_starts_on=START - timedelta(days=7))
    assert sentence(prescription) == ""
    assert sentences(prescription) == ("Before that, a diary for 1 week.",)


def test_a_routine_of_strokes_alone_needs_no_order() -> None:
    prescription = Prescription((Line(HOME, DAY, 1),), (Step(StepKind.STROKE, 30),) * 3, START, weeks(8))
    assert sentences(prescription) == ("Every day, for 8 weeks.",)


def test_a_product_is_named_as_the_therapist_wrote_it() -> None:
    prescription = Prescription(
        (Line(HOME, DAY, 1),),
        (),
        START,
        product_kind=ProductKind.EMOLLIENT,
        product_name="the clinic's emollient",
    )
    assert text(prescription) == "Every day. On the hands: the clinic's emollient."


def test_a_proposal_says_what_is_different() -> None:
    assert proposal(ChangeKind.CHANGE, [Difference.MINUTES, Difference.STROKES]) == (
        "This looks like a change, a new phase. Different: how long it takes and which strokes it holds."
    )
    assert proposal(ChangeKind.CORRECTION, [Difference.SLOTS]).startswith("This looks like a correction.")
    assert proposal(ChangeKind.FIRST, []) == ""


LINES = st.builds(
    Line,
    provider=st.sampled_from(Provider),
    per=st.sampled_from([DAY, WEEK]),
    count=st.integers(1, 28),
    count_kind=st.sampled_from(AmountKind),
    most=st.none() | st.integers(1, 28),
    slots=st.lists(st.builds(Slot, anchor=st.sampled_from(Anchor)), max_size=4).map(tuple),
    minutes=st.none() | st.integers(1, 240),
    minutes_kind=st.sampled_from(AmountKind),
)


@given(lines=st.lists(LINES, min_size=1, max_size=4).map(tuple), days=st.none() | st.integers(1, 400))
def test_any_prescription_is_one_clean_sentence(lines: tuple[Line, ...], days: int | None) -> None:
    ends_on = None if days is None else START + timedelta(days=days - 1)
    said = sentence(Prescription(lines, (), START, ends_on))
    assert said[0].isupper() or said[0].isdigit()
    assert said.endswith(".")
    assert not any(odd in said for odd in ("%", "  ", " ,", "..", " .", "None"))
    for line in lines:
        assert line.minutes is None or str(line.minutes) in said
