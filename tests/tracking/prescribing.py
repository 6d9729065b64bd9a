"""Programs of the cast, made through the services: the story's, and the published protocols'."""

from __future__ import annotations

import datetime as dt
from typing import Any

from clinic import rls
from clinic.localtime import local_day
from clinic.models import Child, User
from tests.cast import Cast
from tracking.models import HomeProgram, Preset, ProgramVersion
from tracking.readings.conflicts import conflicts_of, day_of_conflicts
from tracking.services import prescribing, publishing
from tracking.services.program_parts import ScheduleInput, SlotInput, StepInput
from tracking.vocabulary.reasons import ConflictHow

EVERY_EVENING = ScheduleInput(slots=[SlotInput(anchor="after_bath")], minutes=5, minutes_kind="minimum")
BEDTIME_CALM = [
    "hello-hands",
    "back-long-sweep",
    "leg-long-glide",
    "sole-thumb-walk",
    "arm-long-glide",
    "palm-and-finger-rolls",
    "chest-open-book",
    "forehead-smooth",
]


def today(cast: Cast) -> dt.date:
    return local_day(rls.now(), cast.harbor.zone)


def strokes(*slugs: str) -> list[StepInput]:
    return [StepInput(stroke=slug) for slug in slugs]


def started(by: User, child: Child, *, preset: str = "", **fields: Any) -> HomeProgram:
    chosen = Preset.objects.get(clinic=None, slug=preset) if preset else None
    return prescribing.start_program(by=by, child=child, preset=chosen, now=rls.now(), **fields)


def changed(by: User, program: HomeProgram, **changes: Any) -> HomeProgram:
    return prescribing.change_draft(
        by=by, program=program, lock_version=program.lock_version, now=rls.now(), **changes
    )


def draft_of(program: HomeProgram) -> ProgramVersion:
    return program.versions.get(published_at__isnull=True)


def acknowledged(by: User, program: HomeProgram) -> HomeProgram:
    """The program with a reason for everything that asks for one."""
    day = local_day(rls.now(), program.clinic.zone)
    draft = draft_of(program)
    for one in conflicts_of(draft, program.child, on=day_of_conflicts(draft, day)):
        if one.how is ConflictHow.ACKNOWLEDGE:
            program = publishing.acknowledge_conflict(
                by=by,
                program=program,
                lock_version=program.lock_version,
                stroke=one.stroke,
                code=one.code,
                reason="Agreed with her mother.",
                now=rls.now(),
            )
    return program


def published(by: User, program: HomeProgram, **choices: Any) -> ProgramVersion:
    """What asks for a reason is acknowledged first."""
    program = acknowledged(by, program)
    return publishing.publish(
        by=by, program=program, lock_version=program.lock_version, now=rls.now(), **choices
    )


def next_draft(by: User, program: HomeProgram) -> HomeProgram:
    return prescribing.open_draft(by=by, program=program, lock_version=program.lock_version, now=rls.now())


def tonight(cast: Cast) -> HomeProgram:
    """The story's program, published: every evening after bath, at least 5 minutes, for 8 weeks."""
    program = changed(
        cast.tess,
        started(cast.tess, cast.cleo, preset="bedtime-calm"),
        steps=strokes(*(slug for slug in BEDTIME_CALM if slug != "chest-open-book")),
        schedules=[EVERY_EVENING],
        weeks=8,
    )
    published(cast.tess, program)
    program.refresh_from_db()
    return program


def acknowledged_one(cast: Cast, program: HomeProgram, stroke: str, code: str) -> HomeProgram:
    return publishing.acknowledge_conflict(
        by=cast.tess,
        program=program,
        lock_version=program.lock_version,
        stroke=stroke,
        code=code,
        reason="Agreed with her mother: last, and only if she looks at her.",
        now=rls.now(),
    )


def publish_as_is(cast: Cast, program: HomeProgram, **choices: str) -> HomeProgram:
    """Published as it is, without acknowledging anything for it."""
    publishing.publish(
        by=cast.tess, program=program, lock_version=program.lock_version, now=rls.now(), **choices
    )
    program.refresh_from_db()
    return program


def calm(cast: Cast) -> HomeProgram:
    return started(cast.tess, cast.cleo, preset="bedtime-calm")


def slugs(version: ProgramVersion) -> list[str]:
    return list(version.steps.order_by("order").values_list("stroke_version__stroke__slug", flat=True))
