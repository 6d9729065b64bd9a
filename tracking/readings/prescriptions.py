"""Program version rows as prescriptions, for the pure modules and for sentences."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tracking.models import ProgramSchedule, ProgramSlot, ProgramStep, ProgramVersion
from tracking.prescription import (
    Difference,
    Line,
    Prescription,
    Slot,
    Step,
    differences,
    proposed_change,
)
from tracking.vocabulary.programs import (
    AmountKind,
    Anchor,
    ChangeKind,
    FrequencyPer,
    Phase,
    ProductKind,
    Provider,
    StepKind,
)

OF_A_DAY = (
    Anchor.AFTER_WAKING,
    Anchor.MORNING,
    Anchor.DIAPER_CHANGE,
    Anchor.BEFORE_DRESSING,
    Anchor.MIDDAY,
    Anchor.AFTER_NAP,
    Anchor.AFTERNOON,
    Anchor.BEFORE_BATH,
    Anchor.AFTER_BATH,
    Anchor.BEDTIME,
    Anchor.OTHER,
)
"""Anchors in the order of a day."""


@dataclass(frozen=True, slots=True)
class Parts:
    """The rows of one version: steps in order, schedules caregiver first, slots in the order of a day."""

    steps: tuple[ProgramStep, ...]
    schedules: tuple[ProgramSchedule, ...]
    slots: tuple[ProgramSlot, ...]

    def slots_of(self, schedule: ProgramSchedule) -> tuple[ProgramSlot, ...]:
        return tuple(slot for slot in self.slots if slot.schedule_id == schedule.pk)


@dataclass(frozen=True, slots=True)
class Proposal:
    """What publishing a draft would be, and in what it differs from what runs."""

    kind: ChangeKind
    because: tuple[Difference, ...]


def parts_of(versions: Iterable[ProgramVersion]) -> dict[uuid.UUID, Parts]:
    """The parts of versions by version id, in three queries however many there are.

    Steps come with `stroke_version` and its `stroke`.
    """
    ids = [version.pk for version in versions]
    steps: dict[uuid.UUID, list[ProgramStep]] = defaultdict(list)
    schedules: dict[uuid.UUID, list[ProgramSchedule]] = defaultdict(list)
    slots: dict[uuid.UUID, list[ProgramSlot]] = defaultdict(list)
    for step in (
        ProgramStep.objects.filter(version__in=ids)
        .select_related("stroke_version__stroke")
        .order_by("order", "id")
    ):
        steps[step.version_id].append(step)
    for schedule in ProgramSchedule.objects.filter(version__in=ids).order_by("provider", "id"):
        schedules[schedule.version_id].append(schedule)
    for slot in ProgramSlot.objects.filter(version__in=ids).order_by("number", "id"):
        slots[slot.version_id].append(slot)
    return {
        pk: Parts(tuple(steps[pk]), tuple(schedules[pk]), tuple(sorted(slots[pk], key=_time_of_day)))
        for pk in ids
    }


def prescription_of(version: ProgramVersion, parts: Parts) -> Prescription:
    """A version as a prescription; the baseline's diary is told by its days, not as a line."""
    return Prescription(
        lines=tuple(
            _line(schedule, parts.slots_of(schedule))
            for schedule in parts.schedules
            if schedule.phase == Phase.PROGRAM
        ),
        steps=tuple(_step(step) for step in parts.steps),
        starts_on=version.starts_on,
        ends_on=version.ends_on,
        baseline_starts_on=version.baseline_starts_on,
        lights_out_within_minutes=version.lights_out_within_minutes,
        product_kind=ProductKind(version.product_kind),
        product_name=version.product_name,
    )


def prescriptions(versions: Iterable[ProgramVersion]) -> dict[uuid.UUID, Prescription]:
    """Versions as prescriptions by version id, in three queries."""
    listed = list(versions)
    parts = parts_of(listed)
    return {version.pk: prescription_of(version, parts[version.pk]) for version in listed}


def propose_change_kind(draft: ProgramVersion, published: ProgramVersion | None) -> Proposal:
    """Correction or change, and why; the first version where nothing has been published."""
    if published is None:
        return propose_between(None, prescriptions([draft])[draft.pk])
    both = prescriptions([draft, published])
    return propose_between(both[published.pk], both[draft.pk])


def propose_between(before: Prescription | None, after: Prescription) -> Proposal:
    """As `propose_change_kind`, of prescriptions already read."""
    if before is None:
        return Proposal(ChangeKind.FIRST, ())
    return Proposal(proposed_change(before, after), differences(before, after))


def _line(schedule: ProgramSchedule, slots: Sequence[ProgramSlot]) -> Line:
    return Line(
        provider=Provider(schedule.provider),
        per=FrequencyPer(schedule.per),
        count=schedule.count,
        count_kind=AmountKind(schedule.count_kind),
        most=schedule.most,
        weekdays=frozenset(schedule.weekdays),
        slots=tuple(Slot(slot.anchor, slot.anchor_name) for slot in slots),
        minutes=schedule.minutes,
        minutes_kind=AmountKind(schedule.minutes_kind),
    )


def _step(step: ProgramStep) -> Step:
    return Step(
        kind=StepKind(step.kind),
        seconds=step.seconds,
        stroke=step.stroke_version.stroke.slug if step.stroke_version else "",
        name=step.name,
        side=step.side,
        repetitions=step.repetitions,
        contact=step.contact,
    )


def _time_of_day(slot: ProgramSlot) -> tuple[int, int]:
    known = slot.anchor in set(OF_A_DAY)
    return (OF_A_DAY.index(Anchor(slot.anchor)) if known else len(OF_A_DAY), slot.number)
