"""What programs prescribe, as the values the arithmetic takes: for many programs in four statements."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date

from tracking.models import HomeProgram, ProgramPause, ProgramSchedule, ProgramSlot, ProgramVersion
from tracking.models.programs import ProgramState
from tracking.schedule import ONE_DAY, Pause, PlannedSlot, Schedule
from tracking.vocabulary.programs import FrequencyPer, Phase, Provider


@dataclass(frozen=True, slots=True)
class PrescribedSchedule:
    """One provider's schedule in one phase; `schedule` runs over the days its version was in force."""

    provider: Provider
    phase: Phase
    schedule: Schedule


@dataclass(frozen=True, slots=True)
class PrescribedVersion:
    """One published version. `starts_on` anchors program weeks; it was in force from `first` to `last`.

    `last` None while it runs; before `first` when a later version took its place before it began.
    """

    number: int
    starts_on: date
    first: date
    last: date | None
    schedules: tuple[PrescribedSchedule, ...]

    def runs_on(self, day: date) -> bool:
        return self.first <= day and (self.last is None or day <= self.last)


@dataclass(frozen=True, slots=True)
class Prescribed:
    """One program's published versions, oldest first, and its pauses."""

    program_id: uuid.UUID
    child_id: uuid.UUID
    is_active: bool
    versions: tuple[PrescribedVersion, ...]
    pauses: tuple[Pause, ...]

    def version_on(self, day: date) -> PrescribedVersion | None:
        return next((version for version in self.versions if version.runs_on(day)), None)

    def schedules(self, *, provider: Provider, phase: Phase = Phase.PROGRAM) -> Iterator[Schedule]:
        for version in self.versions:
            for one in version.schedules:
                if one.provider is provider and one.phase is phase:
                    yield one.schedule

    @property
    def last(self) -> date | None:
        """The last day any version prescribes; None while open."""
        lasts = [version.last for version in self.versions]
        return None if None in lasts else max((last for last in lasts if last), default=None)


def prescribed(program_ids: Collection[uuid.UUID]) -> dict[uuid.UUID, Prescribed]:
    """Each program by its id; programs without a published version have no `versions`."""
    versions: dict[uuid.UUID, list[ProgramVersion]] = defaultdict(list)
    for version in ProgramVersion.objects.filter(
        program__in=program_ids, published_at__isnull=False
    ).order_by("program_id", "number", "id"):
        versions[version.program_id].append(version)
    schedules = _schedules([version.pk for several in versions.values() for version in several])
    pauses: dict[uuid.UUID, list[Pause]] = defaultdict(list)
    for program_id, first, last in (
        ProgramPause.objects.filter(program__in=program_ids)
        .order_by("from_on", "id")
        .values_list("program_id", "from_on", "until_on")
    ):
        pauses[program_id].append(Pause(first, last))
    return {
        program_id: Prescribed(
            program_id=program_id,
            child_id=child_id,
            is_active=state == ProgramState.ACTIVE,
            versions=tuple(_in_force(versions[program_id], schedules)),
            pauses=tuple(pauses[program_id]),
        )
        for program_id, child_id, state in HomeProgram.objects.filter(pk__in=program_ids).values_list(
            "pk", "child_id", "state"
        )
    }


Parts = list[tuple[ProgramSchedule, tuple[PlannedSlot, ...]]]


def _schedules(version_ids: Collection[uuid.UUID]) -> dict[uuid.UUID, Parts]:
    slots: dict[uuid.UUID, list[PlannedSlot]] = defaultdict(list)
    for schedule_id, number, anchor in (
        ProgramSlot.objects.filter(version__in=version_ids)
        .order_by("version_id", "number", "id")
        .values_list("schedule_id", "number", "anchor")
    ):
        slots[schedule_id].append(PlannedSlot(number, anchor))
    found: dict[uuid.UUID, Parts] = defaultdict(list)
    for schedule in ProgramSchedule.objects.filter(version__in=version_ids).order_by("id"):
        found[schedule.version_id].append((schedule, tuple(slots[schedule.pk])))
    return found


def _in_force(
    versions: list[ProgramVersion], schedules: dict[uuid.UUID, Parts]
) -> Iterator[PrescribedVersion]:
    """Versions with the days each applied: until a later one began, or its own end."""
    for index, version in enumerate(versions):
        first = _first(version)
        ends = [_first(later) - ONE_DAY for later in versions[index + 1 :]]
        last = min([*ends, version.ends_on] if version.ends_on else ends, default=None)
        yield PrescribedVersion(
            number=version.number,
            starts_on=version.starts_on,
            first=first,
            last=last,
            schedules=tuple(
                _schedule(version, row, slots, first, last) for row, slots in schedules[version.pk]
            ),
        )


def _first(version: ProgramVersion) -> date:
    return max(version.effective_on or version.starts_on, version.starts_on)


def _schedule(
    version: ProgramVersion,
    row: ProgramSchedule,
    slots: tuple[PlannedSlot, ...],
    first: date,
    last: date | None,
) -> PrescribedSchedule:
    phase = Phase(row.phase)
    if phase is Phase.BASELINE:
        first = version.baseline_starts_on or version.starts_on
        last = version.starts_on - ONE_DAY
    return PrescribedSchedule(
        provider=Provider(row.provider),
        phase=phase,
        schedule=Schedule(
            per=FrequencyPer(row.per),
            times=row.count,
            first=first,
            last=last,
            weekdays=frozenset(row.weekdays),
            slots=slots,
        ),
    )
