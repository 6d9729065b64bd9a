"""The parts of a draft: steps, schedules and their slots, checked and written as a whole.

A draft's parts are replaced, never patched: what a therapist sees is what is sent. A published version cannot
change (a trigger refuses it).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from clinic.errors import Invalid
from clinic.models import Clinic
from clinic.models.clinics import new_id
from tracking.models import (
    ConflictAcknowledgement,
    ProgramSchedule,
    ProgramSlot,
    ProgramStep,
    ProgramVersion,
    Stroke,
    StrokeVersion,
)
from tracking.services.allowed import in_range, one_of, short_text
from tracking.vocabulary.body import Contact, Side
from tracking.vocabulary.programs import AmountKind, Anchor, FrequencyPer, Phase, Provider, StepKind

Part = TypeVar("Part", ProgramStep, ProgramSchedule, ProgramSlot, ConflictAcknowledgement)

MOST_STEPS = 60
MOST_SCHEDULES = 6
LONGEST_STEP_SECONDS = 60 * 60
MOST_REPETITIONS = 50
LONGEST_WORDS = 1000
LAST_OPENING_WEEK = 104


@dataclass(frozen=True, slots=True, kw_only=True)
class StepInput:
    """A step as prescribed. `stroke` is a slug, for kind `stroke` alone; `seconds` in all, both sides
    together, None: as the library says (0 for other kinds); `repetitions` None: as the library says;
    empty `contact` and `words_to_say`: the library's.
    """

    kind: str = StepKind.STROKE
    stroke: str = ""
    name: str = ""
    side: str = Side.BOTH
    seconds: int | None = None
    repetitions: int | None = None
    contact: str = ""
    words_to_say: str = ""
    note: str = ""
    opens_in_week: int | None = None
    opens_when_taught: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SlotInput:
    """A place in the day by its anchor; `anchor_name` is the family's word for `other`."""

    anchor: str = Anchor.OTHER
    anchor_name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ScheduleInput:
    """How often one provider does it: `count` a day, a week, or on each of `weekdays` (Monday is 0).

    `most` is an upper wish. `minutes` None: not prescribed by time. A schedule of the baseline phase is a
    diary: its slots ask for entries, never for a massage.
    """

    per: str = FrequencyPer.DAY
    count: int = 1
    count_kind: str = AmountKind.TARGET
    most: int | None = None
    weekdays: Sequence[int] = ()
    minutes: int | None = None
    minutes_kind: str = AmountKind.TARGET
    provider: str = Provider.CAREGIVER
    phase: str = Phase.PROGRAM
    slots: Sequence[SlotInput] = ()


# ---- writing ----------------------------------------------------------------------------------------------


def write_steps(
    version: ProgramVersion,
    steps: Sequence[StepInput],
    *,
    clinic: Clinic,
    strokes: Mapping[str, StrokeVersion],
) -> list[ProgramStep]:
    """Put `steps` in place of the draft's own, in order from 1. `strokes` are those `choose_strokes` found.

    Raises Invalid naming the step and its field.
    """
    rows = [
        _step_row(version, clinic, place, step, strokes.get(step.stroke)) for place, step in enumerate(steps)
    ]
    ProgramStep.objects.filter(version=version).delete()
    return ProgramStep.objects.bulk_create(rows)


def choose_strokes(
    version: ProgramVersion | None, steps: Sequence[StepInput], *, clinic: Clinic
) -> dict[str, StrokeVersion]:
    """The stroke version behind each slug: the one the draft already holds, else the current one offered.

    A clinic's own stroke goes before a built-in one of the same slug. Raises Invalid for a slug the clinic
    does not offer.
    """
    if len(steps) > MOST_STEPS:
        raise Invalid(field="steps", allowed="length", most=MOST_STEPS)
    wanted = {step.stroke for step in steps if step.kind == StepKind.STROKE}
    chosen: dict[str, StrokeVersion] = {}
    offered = (
        Stroke.objects.offered_in(clinic)
        .filter(slug__in=wanted, current_version__isnull=False)
        .select_related("current_version")
        .order_by("clinic_id", "id")
    )
    for stroke in sorted(offered, key=lambda stroke: stroke.clinic_id is not None):
        assert stroke.current_version is not None
        stroke.current_version.stroke = stroke
        chosen[stroke.slug] = stroke.current_version
    if version is not None:
        held = ProgramStep.objects.filter(version=version, stroke_version__stroke__slug__in=wanted)
        for step in held.select_related("stroke_version__stroke"):
            assert step.stroke_version is not None
            chosen[step.stroke_version.stroke.slug] = step.stroke_version
    for place, asked in enumerate(steps):
        if asked.kind == StepKind.STROKE and asked.stroke not in chosen:
            raise Invalid(field=f"steps.{place}.stroke", allowed="stroke_of_the_library")
    return chosen


def _step_row(
    version: ProgramVersion, clinic: Clinic, place: int, step: StepInput, stroke: StrokeVersion | None
) -> ProgramStep:
    field = f"steps.{place}"
    _check_step(field, step, stroke)
    return ProgramStep(
        clinic=clinic,
        version=version,
        order=place + 1,
        kind=step.kind,
        stroke_version=stroke if step.kind == StepKind.STROKE else None,
        name=short_text(f"{field}.name", step.name),
        side=step.side,
        seconds=step.seconds if step.seconds is not None else usual_seconds(stroke, step.side),
        repetitions=step.repetitions,
        contact=step.contact,
        words_to_say=short_text(f"{field}.words_to_say", step.words_to_say, most=LONGEST_WORDS),
        note=short_text(f"{field}.note", step.note, most=LONGEST_WORDS),
        opens_in_week=step.opens_in_week,
        opens_when_taught=step.opens_when_taught,
    )


def usual_seconds(stroke: StrokeVersion | None, side: str) -> int:
    """Seconds the library gives a stroke, both sides together unless one is named; 0 for other steps."""
    if stroke is None:
        return 0
    return stroke.pass_seconds if side == Side.BOTH else stroke.typical_seconds


def _check_step(field: str, step: StepInput, stroke: StrokeVersion | None) -> None:
    one_of(f"{field}.kind", step.kind, StepKind)
    one_of(f"{field}.side", step.side, Side)
    one_of(f"{field}.contact", step.contact, Contact, or_empty=True)
    if step.kind != StepKind.STROKE and step.stroke:
        raise Invalid(field=f"{field}.stroke", allowed="empty")
    if stroke is not None and not stroke.is_side_specific and step.side != Side.BOTH:
        raise Invalid(field=f"{field}.side", allowed=[str(Side.BOTH)])
    if stroke is not None and step.contact == Contact.SKIN and not stroke.may_use_product:
        raise Invalid(field=f"{field}.contact", allowed=[str(Contact.THROUGH_CLOTHES), str(Contact.DRY_SKIN)])
    if stroke is not None:
        in_range(f"{field}.seconds", step.seconds, 5, LONGEST_STEP_SECONDS)
    in_range(f"{field}.seconds", step.seconds, 0, LONGEST_STEP_SECONDS)
    in_range(f"{field}.repetitions", step.repetitions, 1, MOST_REPETITIONS)
    in_range(f"{field}.opens_in_week", step.opens_in_week, 1, LAST_OPENING_WEEK)


def write_schedules(
    version: ProgramVersion, schedules: Sequence[ScheduleInput], *, clinic: Clinic
) -> list[ProgramSchedule]:
    """Put `schedules` and their slots in place of the draft's own. Raises Invalid naming the field.

    A slot that was there before keeps its number, so that entries and reminders that name it still mean it;
    a new one gets a number the program has never used.
    """
    if len(schedules) > MOST_SCHEDULES:
        raise Invalid(field="schedules", allowed="length", most=MOST_SCHEDULES)
    for place, schedule in enumerate(schedules):
        _check_schedule(f"schedules.{place}", schedule)
    numbers = _SlotNumbers(version)
    ProgramSlot.objects.filter(version=version).delete()
    ProgramSchedule.objects.filter(version=version).delete()
    rows = ProgramSchedule.objects.bulk_create(
        ProgramSchedule(
            clinic=clinic,
            version=version,
            provider=schedule.provider,
            per=schedule.per,
            count=schedule.count,
            most=schedule.most,
            count_kind=schedule.count_kind,
            weekdays=sorted(set(schedule.weekdays)),
            minutes=schedule.minutes,
            minutes_kind=schedule.minutes_kind,
            phase=schedule.phase,
        )
        for schedule in schedules
    )
    ProgramSlot.objects.bulk_create(
        ProgramSlot(
            clinic=clinic,
            version=version,
            schedule=row,
            number=numbers.of(schedule, slot),
            anchor=slot.anchor,
            anchor_name=slot.anchor_name.strip(),
        )
        for row, schedule in zip(rows, schedules, strict=True)
        for slot in _all_slots(schedule)
    )
    return rows


def _all_slots(schedule: ScheduleInput) -> list[SlotInput]:
    """The slots given, and nameless ones for the rest of a day at home; a visit has its own time."""
    slots = list(schedule.slots)
    if schedule.provider == Provider.CAREGIVER and schedule.per != FrequencyPer.WEEK:
        slots += [SlotInput()] * (schedule.count - len(slots))
    return slots


class _SlotNumbers:
    """Numbers for a draft's slots: those its slots had, in the draft or the version it came from."""

    def __init__(self, version: ProgramVersion) -> None:
        self.free: dict[tuple[str, str, str, str], list[int]] = defaultdict(list)
        self.highest = 0
        known: set[int] = set()
        slots = ProgramSlot.objects.filter(version__program=version.program_id).select_related("schedule")
        for slot in slots.order_by("-version__number", "number"):
            self.highest = max(self.highest, slot.number)
            if slot.number not in known:
                place = (slot.schedule.phase, slot.schedule.provider, slot.anchor, slot.anchor_name)
                self.free[place].append(slot.number)
            known.add(slot.number)

    def of(self, schedule: ScheduleInput, slot: SlotInput) -> int:
        free = self.free[schedule.phase, schedule.provider, slot.anchor, slot.anchor_name.strip()]
        if free:
            return free.pop(0)
        self.highest += 1
        return self.highest


def _check_schedule(field: str, schedule: ScheduleInput) -> None:
    one_of(f"{field}.per", schedule.per, FrequencyPer)
    one_of(f"{field}.provider", schedule.provider, Provider)
    one_of(f"{field}.phase", schedule.phase, Phase)
    one_of(f"{field}.count_kind", schedule.count_kind, AmountKind)
    one_of(f"{field}.minutes_kind", schedule.minutes_kind, AmountKind)
    most_a_day = 12
    in_range(f"{field}.count", schedule.count, 1, 28 if schedule.per == FrequencyPer.WEEK else most_a_day)
    if schedule.most is not None and not schedule.count <= schedule.most <= 28:
        raise Invalid(field=f"{field}.most", allowed="range", least=schedule.count, most=28)
    in_range(f"{field}.minutes", schedule.minutes, 1, 240)
    if not set(schedule.weekdays) <= set(range(7)):
        raise Invalid(field=f"{field}.weekdays", allowed=list(range(7)))
    if (schedule.per == FrequencyPer.NAMED_DAYS) != bool(schedule.weekdays):
        raise Invalid(
            field=f"{field}.weekdays",
            allowed="at_least_one_day" if schedule.per == FrequencyPer.NAMED_DAYS else "empty",
        )
    most_slots = 7 if schedule.per == FrequencyPer.WEEK else schedule.count
    if len(schedule.slots) > most_slots:
        raise Invalid(field=f"{field}.slots", allowed="length", most=most_slots)
    for place, slot in enumerate(schedule.slots):
        one_of(f"{field}.slots.{place}.anchor", slot.anchor, Anchor)
        short_text(f"{field}.slots.{place}.anchor_name", slot.anchor_name, most=80)


# ---- copying ----------------------------------------------------------------------------------------------


def copy_parts(source: ProgramVersion, draft: ProgramVersion) -> None:
    """Copy steps, schedules, slots and the reasons given for conflicts into a draft that has none."""
    ProgramStep.objects.bulk_create(_copies(source.steps.order_by("order", "id"), draft))
    schedules = list(source.schedules.order_by("id"))
    copies = ProgramSchedule.objects.bulk_create(_copies(schedules, draft))
    copy_of = {old.pk: new for old, new in zip(schedules, copies, strict=True)}
    slots = _copies(source.slots.order_by("number", "id"), draft)
    for slot in slots:
        slot.schedule = copy_of[slot.schedule_id]
    ProgramSlot.objects.bulk_create(slots)
    ConflictAcknowledgement.objects.bulk_create(_copies(source.acknowledgements.order_by("id"), draft))


def _copies(rows: Iterable[Part], draft: ProgramVersion) -> list[Part]:
    copies = []
    for row in rows:
        values = {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}
        copies.append(type(row)(**values | {"id": new_id(), "version_id": draft.pk}))
    return copies
