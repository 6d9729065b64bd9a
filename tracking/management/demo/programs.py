"""The demo's programs, prescribed and published through the services, on the days of the story."""

from __future__ import annotations

import datetime as dt
from typing import Any

from clinic import localtime
from clinic.models import Child, User
from tracking.management.demo import evenings
from tracking.management.demo.diaries import Published
from tracking.management.demo.stories import ChildStory, Plan
from tracking.models import HomeProgram, Preset, ProgramPause, ProgramVersion
from tracking.readings.conflicts import conflicts_of
from tracking.services import prescribing, publishing
from tracking.services.program_parts import ScheduleInput, SlotInput, StepInput
from tracking.vocabulary.programs import (
    AmountKind,
    Anchor,
    ChangeKind,
    FrequencyPer,
    Phase,
    Provider,
    StepKind,
)
from tracking.vocabulary.reasons import PauseReason

DIARY = ScheduleInput(phase=Phase.BASELINE, slots=(SlotInput(anchor=Anchor.BEDTIME),))

PRESETS = {
    Plan.BEDTIME: "bedtime-calm",
    Plan.MINDELL: "starter-legs-feet",
    Plan.MENICI: "full-body",
    Plan.QIGONG: "preschool-deep-pressure",
    Plan.FIELD: "starter-legs-feet",
    Plan.PRESCHOOL: "preschool-deep-pressure",
    Plan.COLIC: "tummy-ease",
}

WEEKS = {
    Plan.BEDTIME: 16,
    Plan.MINDELL: 4,
    Plan.MENICI: 8,
    Plan.QIGONG: 22,
    Plan.FIELD: 2,
    Plan.PRESCHOOL: 12,
    Plan.COLIC: 6,
}

TITLES = {
    Plan.MINDELL: "Bath, massage, quiet",
    Plan.MENICI: "Whole body, little by little",
    Plan.QIGONG: "Sensory training",
    Plan.FIELD: "Three gentle times a day",
}


def _schedules(story: ChildStory) -> tuple[ScheduleInput, ...]:
    after_bath = SlotInput(anchor=Anchor.AFTER_BATH)

    def every_evening(minutes: int) -> ScheduleInput:
        return ScheduleInput(slots=(after_bath,), minutes=minutes, minutes_kind=AmountKind.MINIMUM)

    program: dict[Plan, tuple[ScheduleInput, ...]] = {
        Plan.BEDTIME: (every_evening(5),),
        Plan.PRESCHOOL: (every_evening(5),),
        Plan.MINDELL: (every_evening(3),),
        Plan.MENICI: (
            ScheduleInput(
                per=FrequencyPer.WEEK,
                count=5,
                count_kind=AmountKind.MINIMUM,
                minutes=20,
                minutes_kind=AmountKind.MINIMUM,
                slots=(after_bath,),
            ),
        ),
        Plan.QIGONG: (
            ScheduleInput(minutes=15, slots=(SlotInput(anchor=Anchor.BEDTIME),)),
            ScheduleInput(per=FrequencyPer.WEEK, count=1, minutes=15, provider=Provider.THERAPIST),
        ),
        Plan.FIELD: (
            ScheduleInput(
                count=3,
                minutes=15,
                slots=(
                    SlotInput(anchor=Anchor.MORNING),
                    SlotInput(anchor=Anchor.AFTERNOON),
                    SlotInput(anchor=Anchor.BEDTIME),
                ),
            ),
        ),
        Plan.COLIC: (
            ScheduleInput(per=FrequencyPer.NAMED_DAYS, weekdays=(0, 2, 4), minutes=4, slots=(after_bath,)),
        ),
        Plan.WAITLIST: (),
    }
    diary = (DIARY,) if story.baseline_days else ()
    return (*program[story.plan], *diary)


def prescribe(story: ChildStory, *, child: Child, therapist: User, yesterday: dt.date) -> list[Published]:
    """Write and publish the story's program; the versions in force, oldest first."""
    start = evenings.program_start(story, yesterday=yesterday)
    begins = start - dt.timedelta(days=story.baseline_days)
    now = _office_hour(child, begins)
    is_waiting = story.plan == Plan.WAITLIST
    preset = None if is_waiting else Preset.objects.get(clinic=None, slug=PRESETS[story.plan])
    title = "Diary while waiting" if is_waiting else TITLES.get(story.plan, "")
    program = prescribing.start_program(
        by=therapist, child=child, now=now, preset=preset, title=title, is_waitlist=is_waiting
    )
    changes: dict[str, Any] = {"starts_on": start, "schedules": _schedules(story)}
    if story.baseline_days:
        changes["baseline_starts_on"] = begins
    if not is_waiting:
        changes["ends_on"] = start + dt.timedelta(days=7 * WEEKS[story.plan] - 1)
        changes["target_states"] = ["sleepy_calm"] if story.age_weeks >= 52 else ["drowsy", "light_sleep"]
        changes["steps"] = _steps(story, program, child, start)
    if story.plan == Plan.MINDELL:
        changes["lights_out_within_minutes"] = 30
    program = prescribing.change_draft(
        by=therapist, program=program, lock_version=program.lock_version, now=now, **changes
    )
    published = [_publish(program, therapist, now, begins)]
    if story.changed_in_week is not None:
        published.append(_shorten(story, program, therapist, start))
    _pause(story, program, yesterday)
    return published


def _steps(story: ChildStory, program: HomeProgram, child: Child, start: dt.date) -> tuple[StepInput, ...]:
    """The preset's strokes that nothing blocks for this child, with what the routine holds beside them."""
    draft = program.versions.get(published_at=None)
    blocked = {one.stroke for one in conflicts_of(draft, child, on=start) if one.is_block}
    strokes = tuple(
        StepInput(stroke=step.stroke_version.stroke.slug)
        for step in draft.steps.select_related("stroke_version__stroke").order_by("order", "id")
        if step.stroke_version and step.stroke_version.stroke.slug not in blocked
    )
    if story.plan != Plan.MINDELL:
        return strokes
    return (
        StepInput(kind=StepKind.BATH, name="Bath", seconds=300),
        *strokes,
        StepInput(kind=StepKind.QUIET_ACTIVITY, name="A quiet song or book", seconds=300),
    )


def _publish(program: HomeProgram, therapist: User, now: dt.datetime, first: dt.date) -> Published:
    """Give a reason for every conflict that asks for one, then publish."""
    draft = program.versions.get(published_at=None)
    for conflict in conflicts_of(draft, program.child, on=max(first, draft.starts_on)):
        if conflict.is_open and not conflict.is_block:
            program = publishing.acknowledge_conflict(
                by=therapist,
                program=program,
                lock_version=program.lock_version,
                stroke=conflict.stroke,
                code=conflict.code,
                reason="Tried together in the clinic, well tolerated; stop at the first quiet sign.",
                now=now,
            )
    version = publishing.publish(
        by=therapist,
        program=program,
        lock_version=program.lock_version,
        now=now,
        phase_name=program.title,
        change_kind=None if program.current_version is None else ChangeKind.CHANGE,
    )
    return _published(version)


def _published(version: ProgramVersion) -> Published:
    steps = version.steps.select_related("stroke_version__stroke").order_by("order", "id")
    asked = version.slots.filter(schedule__phase=Phase.PROGRAM).order_by("number")
    numbers = tuple(asked.values_list("number", flat=True))
    return Published(version, version.effective_on or version.starts_on, tuple(steps), numbers)


def _shorten(story: ChildStory, program: HomeProgram, therapist: User, start: dt.date) -> Published:
    """The program changed midway: a shorter routine, as a new phase."""
    changed_on = start + dt.timedelta(days=7 * ((story.changed_in_week or 1) - 1))
    now = _office_hour(program.child, changed_on)
    program.refresh_from_db()
    program = prescribing.open_draft(
        by=therapist, program=program, lock_version=program.lock_version, now=now
    )
    draft = program.versions.get(published_at=None)
    kept = [
        StepInput(stroke=step.stroke_version.stroke.slug)
        for step in draft.steps.select_related("stroke_version__stroke").order_by("order", "id")
        if step.stroke_version
    ]
    program = prescribing.change_draft(
        by=therapist,
        program=program,
        lock_version=program.lock_version,
        now=now,
        steps=tuple(kept[: max(3, len(kept) - 3)]),
        phase_name="Shorter routine",
    )
    program.title = "Shorter routine"
    return _publish(program, therapist, now, changed_on)


def _pause(story: ChildStory, program: HomeProgram, yesterday: dt.date) -> None:
    days = evenings.pause_days(story, yesterday=yesterday)
    if days is None:
        return
    first, last = days
    ProgramPause.objects.create(
        clinic_id=program.clinic_id,
        program=program,
        from_on=first,
        until_on=last,
        reason=PauseReason.ILLNESS,
        by=program.created_by,
        at=_office_hour(program.child, first),
    )


def _office_hour(child: Child, on: dt.date) -> dt.datetime:
    """Ten in the morning of a day at the child's clinic."""
    return localtime.to_instant(dt.datetime.combine(on, dt.time(10)), child.clinic.zone)
