"""Prescribing: starting, changing, reopening and discarding a program's draft; `publishing` publishes it.

The whole team drafts. Editing a running program opens the next draft, a copy of what is published.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from typing import TypedDict, Unpack

from django.db import transaction

from clinic.errors import Forbidden, Invalid
from clinic.localtime import local_day
from clinic.models import Child, User
from tracking import policy
from tracking.models import HomeProgram, Preset, ProgramVersion, Stroke
from tracking.prescription import Step, prefilled_minutes
from tracking.readings.conflicts import StandingConflict, conflicts_of, day_of_conflicts
from tracking.readings.texts import preset_texts
from tracking.services.allowed import in_range, one_of, short_text
from tracking.services.drafts import (
    ChildNotInCare,
    DraftIsOpen,
    blocked,
    locked,
    locked_draft,
    reading_language,
    touched,
)
from tracking.services.program_parts import (
    ScheduleInput,
    SlotInput,
    StepInput,
    choose_strokes,
    copy_parts,
    usual_seconds,
    write_schedules,
    write_steps,
)
from tracking.vocabulary.programs import Anchor, ProductKind, StepKind
from tracking.vocabulary.states import ArousalLevel, InfantState

LONGEST_NOTE = 4000
MOST_WEEKS = 104
FARTHEST_START_DAYS = 400
TARGET_STATES = frozenset({*map(str, InfantState), *map(str, ArousalLevel)})


class DraftChanges(TypedDict, total=False):
    """What may be changed in a draft; what is left out stays. `weeks` sets `ends_on` from the start."""

    title: str
    steps: Sequence[StepInput]
    schedules: Sequence[ScheduleInput]
    starts_on: dt.date
    ends_on: dt.date | None
    weeks: int
    baseline_starts_on: dt.date | None
    target_states: Sequence[str]
    product_kind: str
    product_name: str
    product_patch_tested_on: dt.date | None
    lights_out_within_minutes: int | None
    note: str
    phase_name: str


@transaction.atomic
def start_program(
    *,
    by: User,
    child: Child,
    now: dt.datetime,
    preset: Preset | None = None,
    title: str = "",
    is_waitlist: bool = False,
) -> HomeProgram:
    """A new program with an open draft: empty, or with the strokes of `preset` once a day.

    Minutes are prefilled from one pass of the strokes. A preset's stroke that is blocked for this child comes
    along, told as blocked, for the therapist to take out. Raises Forbidden, ChildNotInCare, Invalid.
    """
    if not policy.may_draft_program(by, child):
        raise Forbidden
    if child.archived_at is not None or child.died_on is not None:
        raise ChildNotInCare
    texts = preset_texts([preset.pk], reading_language()) if preset else {}
    language = by.writes_in
    if preset is not None and not title:
        title, language = preset.slug, ""
        if preset.pk in texts:
            title, language = texts[preset.pk].name, texts[preset.pk].language
    program = HomeProgram.objects.create(
        clinic=child.clinic,
        child=child,
        title=short_text("title", title or "–", least=1, most=200),
        language=language,
        is_waitlist=is_waitlist,
        created_by=by,
        created_at=now,
    )
    draft = ProgramVersion.objects.create(
        clinic=child.clinic,
        program=program,
        number=1,
        starts_on=local_day(now, child.clinic.zone),
        drafted_by=by,
        drafted_at=now,
    )
    if preset is not None:
        _fill_from(preset, draft, child)
    return program


@transaction.atomic
def change_draft(
    *, by: User, program: HomeProgram, lock_version: int, now: dt.datetime, **changes: Unpack[DraftChanges]
) -> HomeProgram:
    """The program with its draft changed; steps and schedules are each replaced as a whole.

    Raises Stale (412) where `lock_version` is not the stored one, NoDraft, Forbidden, Invalid naming the
    field, and BlockedByConflict for a stroke or product that is newly brought in and forbidden for this
    child.
    """
    program, draft = locked_draft(by, program, lock_version)
    today = local_day(now, program.clinic.zone)
    brings_in = bool({"steps", "product_kind", "product_name"} & changes.keys())
    before = _blocks(draft, program.child, today) if brings_in else ()
    if "title" in changes:
        title = short_text("title", changes["title"], least=1, most=200)
        if title != program.title:
            program.title, program.language = title, by.writes_in
    _change_fields(draft, changes)
    _check_dates(program, draft, today)
    if {"note", "steps"} & changes.keys():
        draft.language = by.writes_in
    draft.drafted_by, draft.drafted_at = by, now
    draft.save()
    if "steps" in changes:
        strokes = choose_strokes(draft, changes["steps"], clinic=program.clinic)
        write_steps(draft, changes["steps"], clinic=program.clinic, strokes=strokes)
    if "schedules" in changes:
        write_schedules(draft, changes["schedules"], clinic=program.clinic)
    if brings_in:
        known = {(one.code, one.stroke) for one in before}
        added = [one for one in _blocks(draft, program.child, today) if (one.code, one.stroke) not in known]
        if added:
            raise blocked(added, program.child, day_of_conflicts(draft, today))
    return touched(program)


@transaction.atomic
def open_draft(*, by: User, program: HomeProgram, lock_version: int, now: dt.datetime) -> HomeProgram:
    """The program with a draft of its next version: a copy of what is published, reasons included.

    Raises DraftIsOpen, ProgramHasEnded, Stale, Forbidden.
    """
    program = locked(by, program, lock_version)
    if program.versions.filter(published_at__isnull=True).exists():
        raise DraftIsOpen
    current = program.current_version
    assert current is not None, "a program without a draft has a published version"
    draft = ProgramVersion.objects.create(
        clinic=program.clinic,
        program=program,
        number=current.number + 1,
        phase_number=current.phase_number,
        baseline_starts_on=current.baseline_starts_on,
        starts_on=current.starts_on,
        ends_on=current.ends_on,
        target_states=current.target_states,
        product_kind=current.product_kind,
        product_name=current.product_name,
        product_patch_tested_on=current.product_patch_tested_on,
        lights_out_within_minutes=current.lights_out_within_minutes,
        note=current.note,
        language=current.language,
        drafted_by=by,
        drafted_at=now,
    )
    copy_parts(current, draft)
    return touched(program)


@transaction.atomic
def discard_draft(*, by: User, program: HomeProgram, lock_version: int) -> HomeProgram | None:
    """The program without its draft; None where nothing was ever published, and the program is gone too."""
    program, draft = locked_draft(by, program, lock_version)
    draft.delete()
    if program.current_version is None:
        program.delete()
        return None
    return touched(program)


# ---- the draft's own fields -------------------------------------------------------------------------------


def _fill_from(preset: Preset, draft: ProgramVersion, child: Child) -> None:
    """The preset's strokes that the clinic offers, once a day, for as long as one pass takes."""
    offered = Stroke.objects.offered_in(child.clinic).filter(slug__in=preset.stroke_slugs)
    slugs = set(offered.values_list("slug", flat=True))
    steps = [StepInput(stroke=slug) for slug in preset.stroke_slugs if slug in slugs]
    strokes = choose_strokes(None, steps, clinic=child.clinic)
    if preset.contact:
        steps = [
            replace(step, contact=preset.contact) if strokes[step.stroke].contact != preset.contact else step
            for step in steps
        ]
    write_steps(draft, steps, clinic=child.clinic, strokes=strokes)
    one_pass = [Step(StepKind.STROKE, usual_seconds(strokes[step.stroke], step.side)) for step in steps]
    slots = [SlotInput(anchor=Anchor.BEDTIME)] if "bedtime" in preset.tags else []
    schedule = ScheduleInput(minutes=prefilled_minutes(one_pass), slots=slots)
    write_schedules(draft, [schedule], clinic=child.clinic)


def _blocks(draft: ProgramVersion, child: Child, today: dt.date) -> tuple[StandingConflict, ...]:
    on = day_of_conflicts(draft, today)
    found = conflicts_of(draft, child, on=on, language=reading_language())
    return tuple(one for one in found if one.is_block)


def _change_fields(draft: ProgramVersion, changes: DraftChanges) -> None:
    if "starts_on" in changes:
        draft.starts_on = changes["starts_on"]
    if "ends_on" in changes:
        draft.ends_on = changes["ends_on"]
    if "weeks" in changes:
        in_range("weeks", changes["weeks"], 1, MOST_WEEKS)
        draft.ends_on = draft.starts_on + dt.timedelta(weeks=changes["weeks"], days=-1)
    if "baseline_starts_on" in changes:
        draft.baseline_starts_on = changes["baseline_starts_on"]
    if "target_states" in changes:
        if not TARGET_STATES.issuperset(changes["target_states"]):
            raise Invalid(field="target_states", allowed=sorted(TARGET_STATES))
        draft.target_states = list(changes["target_states"])
    if "lights_out_within_minutes" in changes:
        in_range("lights_out_within_minutes", changes["lights_out_within_minutes"], 1, 240)
        draft.lights_out_within_minutes = changes["lights_out_within_minutes"]
    if "phase_name" in changes:
        draft.phase_name = short_text("phase_name", changes["phase_name"])
    if "note" in changes:
        draft.note = short_text("note", changes["note"], most=LONGEST_NOTE)
    _change_product(draft, changes)


def _change_product(draft: ProgramVersion, changes: DraftChanges) -> None:
    if "product_kind" in changes:
        one_of("product_kind", changes["product_kind"], ProductKind)
        draft.product_kind = changes["product_kind"]
    if "product_name" in changes:
        draft.product_name = short_text("product_name", changes["product_name"])
    if "product_patch_tested_on" in changes:
        draft.product_patch_tested_on = changes["product_patch_tested_on"]


def _check_dates(program: HomeProgram, draft: ProgramVersion, today: dt.date) -> None:
    """Raise Invalid for days out of order; week 1 of a program that has begun stays where it is."""
    if abs((draft.starts_on - today).days) > FARTHEST_START_DAYS:
        raise Invalid(field="starts_on", allowed="within_days_of_today", most=FARTHEST_START_DAYS)
    if draft.ends_on is not None and draft.ends_on < draft.starts_on:
        raise Invalid(field="ends_on", allowed="not_before_start")
    if draft.baseline_starts_on is not None and draft.baseline_starts_on >= draft.starts_on:
        raise Invalid(field="baseline_starts_on", allowed="before_start")
    current = program.current_version
    if current is None or program.is_waitlist or current.starts_on > today:
        return
    if draft.starts_on != current.starts_on:
        raise Invalid(field="starts_on", allowed="as_published")
