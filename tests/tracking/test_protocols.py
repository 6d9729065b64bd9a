"""The four published protocols, prescribed through the services on real rows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest

from clinic import rls
from clinic.models import Child
from tests.cast import Cast
from tests.tracking.prescribing import changed, published, started, strokes, today
from tracking.models import ProgramVersion
from tracking.readings.prescriptions import prescriptions
from tracking.services.program_parts import ScheduleInput, SlotInput, StepInput
from tracking.wording.prescription import text

MENICI = "At least 5 times a week, at least 20 minutes each time, for 8 weeks."
QIGONG = "At home every day, 15 minutes, and with the therapist once a week, for 5 months."
MINDELL = (
    "Every evening at bedtime, at least 3 minutes, for 2 weeks. Before that, a diary for 1 week."
    " In this order: bath, massage, quiet activity and lights out. Lights out within 30 minutes of the bath."
)
FIELD = (
    "3 times a day, in the morning, at midday and at bedtime, 15 minutes each time, for 10 days."
    " In this order: massage and gentle movement of arms and legs."
)


@pytest.fixture(autouse=True)
def as_tess(cast: Cast) -> Iterator[None]:
    with rls.acting_as(cast.tess):
        yield


def said(version: ProgramVersion) -> str:
    sentence = text(prescriptions([version])[version.pk])
    print(f"\n{sentence}")
    return sentence


def test_menici_at_least_20_minutes_on_at_least_5_days_a_week_for_8_weeks(cast: Cast) -> None:
    program = changed(
        cast.tess,
        started(cast.tess, cast.cleo, preset="full-body"),
        schedules=[
            ScheduleInput(
                per="week", count=5, count_kind="minimum", most=None, minutes=20, minutes_kind="minimum"
            )
        ],
        weeks=8,
    )
    version = published(cast.tess, program)
    assert said(version) == MENICI


def test_qigong_parents_daily_and_the_therapist_weekly_for_5_months(cast: Cast) -> None:
    # Qigong Sensory Training is for children of 3 to 6 years.
    Child.objects.filter(pk=cast.cleo.pk).update(
        born_on=today(cast) - dt.timedelta(weeks=200), gestation_weeks=40
    )
    cast.cleo.refresh_from_db()
    first = (today(cast) + dt.timedelta(days=31)).replace(day=1)
    last = (first + dt.timedelta(days=5 * 31)).replace(day=1) - dt.timedelta(days=1)
    program = changed(
        cast.tess,
        started(cast.tess, cast.cleo, preset="preschool-deep-pressure"),
        schedules=[
            ScheduleInput(per="day", count=1, minutes=15),
            ScheduleInput(provider="therapist", per="week", count=1),
        ],
        starts_on=first,
        ends_on=last,
    )
    version = published(cast.tess, program)
    assert said(version) == QIGONG


def test_mindell_bath_massage_quiet_and_lights_out_within_30_minutes(cast: Cast) -> None:
    begins = today(cast) + dt.timedelta(days=7)
    program = changed(
        cast.tess,
        started(cast.tess, cast.cleo, title="Bedtime routine"),
        steps=[
            StepInput(kind="bath", seconds=300),
            *strokes("hello-hands", "leg-long-glide", "arm-long-glide", "palm-and-finger-rolls"),
            StepInput(kind="quiet_activity"),
            StepInput(kind="lights_out"),
        ],
        schedules=[
            ScheduleInput(phase="baseline", slots=[SlotInput(anchor="bedtime")]),
            ScheduleInput(minutes=3, minutes_kind="minimum", slots=[SlotInput(anchor="bedtime")]),
        ],
        lights_out_within_minutes=30,
        baseline_starts_on=begins - dt.timedelta(days=7),
        starts_on=begins,
        weeks=2,
    )
    version = published(cast.tess, program)
    assert said(version) == MINDELL


def test_field_three_times_15_minutes_a_day_for_10_days(cast: Cast) -> None:
    program = changed(
        cast.tess,
        started(cast.tess, cast.cleo, title="Stroking and moving"),
        steps=[
            *strokes("hello-hands", "back-long-sweep", "leg-long-glide", "arm-long-glide"),
            StepInput(kind="passive_movement", seconds=300),
        ],
        schedules=[
            ScheduleInput(
                count=3,
                minutes=15,
                slots=[SlotInput(anchor=anchor) for anchor in ("morning", "midday", "bedtime")],
            )
        ],
        ends_on=today(cast) + dt.timedelta(days=9),
    )
    version = published(cast.tess, program)
    assert said(version) == FIELD
