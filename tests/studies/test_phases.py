"""What protocols ask of phases: a control activity, the massage, fewer days, a longer end."""

from __future__ import annotations

import datetime as dt

from clinic import rls
from tests.cast import Cast
from tests.database import Clock
from tests.studies.homes import at
from tests.tracking.prescribing import changed, next_draft, published, started, strokes, today
from tracking.outcomes.plans import OtherActivity, plans_of
from tracking.outcomes.series import spans_of
from tracking.readings.prescriptions import prescriptions
from tracking.services.program_parts import ScheduleInput, SlotInput, StepInput
from tracking.wording.prescription import text

BEDTIME = [SlotInput(anchor="bedtime")]


def test_a_story_is_a_phase_of_its_own_before_the_massage_and_fewer_days_one_after(
    cast: Cast, clock: Clock
) -> None:
    """Field and Hernandez-Reif 2001: 15 minutes before bed, the control a bedtime story."""
    with rls.acting_as(cast.tess):
        first = today(cast)
        program = changed(
            cast.tess,
            started(cast.tess, cast.cleo, title="Before bed"),
            steps=[StepInput(kind="story", seconds=900)],
            schedules=[ScheduleInput(minutes=15, slots=BEDTIME)],
            phase_name="Story",
            weeks=6,
        )
        versions = [published(cast.tess, program)]
    for weeks, phase_name, changes in (
        (2, "Massage", {"steps": strokes("hello-hands", "leg-long-glide", "arm-long-glide")}),
        (6, "Twice a week", {"schedules": [ScheduleInput(per="week", count=2, minutes=15)], "weeks": 8}),
    ):
        on = first + dt.timedelta(weeks=weeks)
        clock.move_to(dt.datetime.fromisoformat(at(on, "10:00")))
        with rls.acting_as(cast.tess):
            program.refresh_from_db()
            program = changed(cast.tess, next_draft(cast.tess, program), **changes)
            versions.append(published(cast.tess, program, change_kind="change", phase_name=phase_name))
    with rls.acting_as(cast.tess):
        [plan] = plans_of([cast.cleo.pk], active_only=False)[cast.cleo.pk]
        spans = spans_of(plan, first=first, last=first + dt.timedelta(weeks=8, days=-1))
        assert [(one.name, (one.last - one.first).days + 1) for one in spans] == [
            ("Story", 14),
            ("Massage", 28),
            ("Twice a week", 14),
        ]
        assert plan.other_activity == OtherActivity(("story",), first, first + dt.timedelta(days=13))
        kinds = [set(one.steps.values_list("kind", flat=True)) for one in versions]
        said = text(prescriptions([versions[2]])[versions[2].pk])
    assert kinds == [{"story"}, {"stroke"}, {"stroke"}]
    assert said.startswith(("Twice a week", "2 times a week"))
