"""Program rows as plain `Plan` values: which version applies on a day, what it asks for, when it is paused.

`plans_of` loads the plans of any number of children with one statement.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.db.models.functions import JSONObject

from clinic.among import Among
from tracking.adherence import Prescribed
from tracking.models import (
    ExcusedDay,
    ProgramPause,
    ProgramSchedule,
    ProgramSlot,
    ProgramState,
    ProgramStep,
    ProgramVersion,
)
from tracking.outcomes.instants import told_day
from tracking.schedule import Pause, PlannedSlot, Schedule, is_paused, program_week
from tracking.vocabulary.programs import (
    OTHER_ACTIVITIES,
    ChangeKind,
    FrequencyPer,
    Phase,
    Provider,
    StepKind,
)

ONE_DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class AnchoredSlot:
    """A slot in the day: its number within the version, and the household routine it is tied to."""

    number: int
    anchor: str
    anchor_name: str


@dataclass(frozen=True, slots=True)
class PlannedSchedule:
    """How often one provider does it in one phase; `minutes` None: not prescribed by time."""

    provider: str
    phase: str
    per: FrequencyPer
    count: int
    most: int | None
    count_kind: str
    weekdays: tuple[int, ...]
    minutes: int | None
    minutes_kind: str
    slots: tuple[AnchoredSlot, ...] = ()


@dataclass(frozen=True, slots=True)
class PlanVersion:
    """One published version; in force from `first` to `last`, both included, None while it runs on."""

    id: uuid.UUID
    number: int
    change_kind: str
    phase_number: int
    phase_name: str
    starts_on: dt.date
    baseline_starts_on: dt.date | None
    first: dt.date
    last: dt.date | None
    target_states: tuple[str, ...]
    schedules: tuple[PlannedSchedule, ...] = ()
    opens_in_weeks: tuple[int, ...] = ()
    """Program weeks in which steps of it open."""
    step_kinds: tuple[str, ...] = ()

    @property
    def is_massage(self) -> bool:
        return StepKind.STROKE in self.step_kinds

    @property
    def is_other_activity(self) -> bool:
        """Whether all its steps are something other than massage, such as a story."""
        return bool(self.step_kinds) and OTHER_ACTIVITIES.issuperset(self.step_kinds)

    def runs_on(self, day: dt.date) -> bool:
        return self.first <= day and (self.last is None or day <= self.last)


@dataclass(frozen=True, slots=True)
class OtherActivity:
    """An activity prescribed before the massages began: the kinds of its steps, its first and last day."""

    kinds: tuple[str, ...]
    first: dt.date
    last: dt.date


@dataclass(frozen=True, slots=True)
class Plan:
    """A program: its published versions, oldest first, and its pauses and excused days."""

    program_id: uuid.UUID
    child_id: uuid.UUID
    title: str
    title_language: str
    state: str
    is_waitlist: bool
    versions: tuple[PlanVersion, ...]
    pauses: tuple[Pause, ...]
    excused: frozenset[dt.date] = frozenset()

    @property
    def current(self) -> PlanVersion:
        return self.versions[-1]

    @property
    def started_on(self) -> dt.date:
        """The day on which week 1 begins."""
        return self.current.starts_on

    @property
    def baseline_starts_on(self) -> dt.date | None:
        told = [one.baseline_starts_on for one in self.versions if one.baseline_starts_on is not None]
        return min(told, default=None)

    @property
    def last_on(self) -> dt.date | None:
        """The last day of the program; None while it is open."""
        return self.current.last

    def version_on(self, day: dt.date) -> PlanVersion | None:
        """The version in force on a day; None before the program starts and after it ended."""
        if day < self.started_on:
            return None
        return next((one for one in reversed(self.versions) if one.runs_on(day)), None)

    def schedules_on(self, day: dt.date) -> tuple[PlannedSchedule, ...]:
        """Every provider's schedules on a day; before the program starts, those of the baseline's diary."""
        if day < self.started_on:
            begins = self.baseline_starts_on
            if begins is None or day < begins:
                return ()
            return tuple(one for one in self.current.schedules if one.phase == Phase.BASELINE)
        version = self.version_on(day)
        return (
            () if version is None else tuple(one for one in version.schedules if one.phase == Phase.PROGRAM)
        )

    def phase_on(self, day: dt.date) -> Phase | None:
        if day >= self.started_on:
            return Phase.PROGRAM if self.version_on(day) else None
        begins = self.baseline_starts_on
        return Phase.BASELINE if begins is not None and begins <= day else None

    def prescribed(self, provider: Provider = Provider.CAREGIVER) -> tuple[Prescribed, ...]:
        """One provider's schedules with the days they applied, oldest first; the input of adherence."""
        return tuple(
            Prescribed(
                pure_schedule(
                    schedule,
                    first=max(version.first, self.started_on),
                    last=version.last,
                ),
                None if schedule.minutes is None else float(schedule.minutes),
            )
            for version in self.versions
            if version.last is None or version.last >= max(version.first, self.started_on)
            for schedule in version.schedules
            if schedule.provider == provider and schedule.phase == Phase.PROGRAM
        )

    def diary(self, provider: Provider = Provider.CAREGIVER) -> tuple[Schedule, ...]:
        """The schedules of the baseline's diary; a waitlist program has nothing else."""
        first, last = self.baseline_starts_on, self.started_on - ONE_DAY
        if self.is_waitlist:
            first, last = first or self.current.first, self.last_on or dt.date.max
        if first is None or last < first:
            return ()
        return tuple(
            pure_schedule(one, first=first, last=last)
            for one in self.current.schedules
            if one.provider == provider and one.phase == Phase.BASELINE
        )

    def asks_on(self, day: dt.date, provider: Provider = Provider.CAREGIVER) -> bool:
        """Whether a massage is asked for on a day; not while paused."""
        if self.is_paused_on(day) or self.is_excused_on(day):
            return False
        return any(part.schedule.asks_on(day) for part in self.prescribed(provider))

    def is_paused_on(self, day: dt.date) -> bool:
        return is_paused(day, self.pauses)

    def is_excused_on(self, day: dt.date) -> bool:
        """Whether the day was excused, because nobody at that home had been shown the routine."""
        return day in self.excused

    def week_on(self, day: dt.date) -> int | None:
        """The program week of a day, from 1; None before the program starts."""
        return program_week(started_on=self.started_on, day=day)

    def is_massage_on(self, day: dt.date) -> bool:
        """Whether massage is prescribed by the version in force on a day."""
        version = self.version_on(day)
        return version is not None and version.is_massage

    @property
    def other_activity(self) -> OtherActivity | None:
        """The activity prescribed before massage; None if massage came first or has not come yet."""
        until = next((number for number, one in enumerate(self.versions) if one.is_massage), 0)
        before = self.versions[:until]
        if not before or not all(one.is_other_activity for one in before):
            return None
        first, ends = self.started_on, self.versions[until].first - ONE_DAY
        kinds = tuple(sorted({kind for one in before for kind in one.step_kinds}))
        return OtherActivity(kinds, first, ends) if first <= ends else None

    @property
    def weeks_in_all(self) -> int | None:
        """How many weeks the program lasts; None where no end is set."""
        ends_on = self.current.last
        return None if ends_on is None else program_week(started_on=self.started_on, day=ends_on)


def pure_schedule(schedule: PlannedSchedule, *, first: dt.date, last: dt.date | None) -> Schedule:
    """A schedule as input for the pure rules, limited to the days it applied."""
    return Schedule(
        per=schedule.per,
        times=schedule.count,
        first=first,
        last=last,
        weekdays=frozenset(schedule.weekdays),
        slots=tuple(PlannedSlot(slot.number, slot.anchor) for slot in schedule.slots),
    )


def plans_of(child_ids: Iterable[uuid.UUID], *, active_only: bool = True) -> dict[uuid.UUID, list[Plan]]:
    """The published plans of each child that has any, oldest program first; one statement.

    The caller has checked that the reader may see these children.
    """
    states = [ProgramState.ACTIVE] if active_only else [ProgramState.ACTIVE, ProgramState.ENDED]
    rows = (
        ProgramVersion.objects.filter(
            Among("program__child", child_ids), published_at__isnull=False, program__state__in=states
        )
        .annotate(
            schedules_json=_schedules(),
            pauses_json=_pauses(),
            excused=_excused(),
            opens_in_weeks=_openings(),
            step_kinds=_step_kinds(),
        )
        .order_by("program__created_at", "program_id", "number", "id")
        .values(*HEAD_COLUMNS, *VERSION_COLUMNS, *GATHERED_COLUMNS)
    )
    by_program: defaultdict[uuid.UUID, list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        by_program[row["program_id"]].append(row)
    plans: defaultdict[uuid.UUID, list[Plan]] = defaultdict(list)
    for versions in by_program.values():
        plan = _plan(versions)
        plans[plan.child_id].append(plan)
    return dict(plans)


HEAD_COLUMNS = (
    "program_id",
    "program__child_id",
    "program__title",
    "program__language",
    "program__state",
    "program__is_waitlist",
    "program__ended_on",
)

VERSION_COLUMNS = (
    "id",
    "number",
    "change_kind",
    "phase_number",
    "phase_name",
    "starts_on",
    "effective_on",
    "ends_on",
    "baseline_starts_on",
    "target_states",
)

GATHERED_COLUMNS = ("schedules_json", "pauses_json", "excused", "opens_in_weeks", "step_kinds")

SCHEDULE_COLUMNS = (
    "provider",
    "phase",
    "per",
    "count",
    "most",
    "count_kind",
    "weekdays",
    "minutes",
    "minutes_kind",
)


def _schedules() -> ArraySubquery:
    slots = ProgramSlot.objects.filter(schedule=OuterRef("pk")).order_by("number", "id")
    slot = JSONObject(number="number", anchor="anchor", anchor_name="anchor_name")
    rows = ProgramSchedule.objects.filter(version=OuterRef("pk")).order_by("id")
    told = JSONObject(
        slots=ArraySubquery(slots.values(json=slot)), **{name: name for name in SCHEDULE_COLUMNS}
    )
    return ArraySubquery(rows.values(json=told))


def _pauses() -> ArraySubquery:
    rows = ProgramPause.objects.filter(program=OuterRef("program_id")).order_by("from_on", "id")
    return ArraySubquery(rows.values(json=JSONObject(first="from_on", last="until_on")))


def _excused() -> ArraySubquery:
    rows = ExcusedDay.objects.filter(child=OuterRef("program__child"), taken_back_at__isnull=True)
    return ArraySubquery(rows.order_by("on", "id").values("on"))


def _openings() -> ArraySubquery:
    rows = ProgramStep.objects.filter(version=OuterRef("pk"), opens_in_week__isnull=False)
    return ArraySubquery(rows.order_by("opens_in_week").values("opens_in_week").distinct())


def _step_kinds() -> ArraySubquery:
    rows = ProgramStep.objects.filter(version=OuterRef("pk"))
    return ArraySubquery(rows.order_by("kind").values("kind").distinct())


def _plan(rows: Sequence[dict[str, Any]]) -> Plan:
    head = rows[0]
    made = []
    for row, following in zip(rows, [*rows[1:], None], strict=True):
        ends = [day for day in (row["ends_on"], head["program__ended_on"]) if day is not None]
        if following is not None:
            ends.append(_first_day(following) - ONE_DAY)
        made.append(
            PlanVersion(
                id=row["id"],
                number=row["number"],
                change_kind=ChangeKind(row["change_kind"]),
                phase_number=row["phase_number"],
                phase_name=row["phase_name"],
                starts_on=row["starts_on"],
                baseline_starts_on=row["baseline_starts_on"],
                first=_first_day(row),
                last=min(ends, default=None),
                target_states=tuple(row["target_states"]),
                schedules=tuple(_schedule(told) for told in row["schedules_json"]),
                opens_in_weeks=tuple(row["opens_in_weeks"]),
                step_kinds=tuple(row["step_kinds"]),
            )
        )
    return Plan(
        program_id=head["program_id"],
        child_id=head["program__child_id"],
        title=head["program__title"],
        title_language=head["program__language"],
        state=head["program__state"],
        is_waitlist=head["program__is_waitlist"],
        versions=tuple(made),
        pauses=tuple(
            Pause(dt.date.fromisoformat(told["first"]), told_day(told["last"]))
            for told in head["pauses_json"]
        ),
        excused=frozenset(head["excused"]),
    )


def _schedule(told: Mapping[str, Any]) -> PlannedSchedule:
    slots = tuple(AnchoredSlot(**slot) for slot in told["slots"])
    columns = {name: told[name] for name in SCHEDULE_COLUMNS}
    return PlannedSchedule(
        **(columns | {"per": FrequencyPer(told["per"]), "weekdays": tuple(told["weekdays"]), "slots": slots})
    )


def _first_day(row: Mapping[str, Any]) -> dt.date:
    first: dt.date = row["effective_on"] or row["starts_on"]
    return first
