"""Adherence, offered sessions and dose of a home program, by program week.

The definitions are our own, for a clinic's sign-off: of 40 instruments for caregiver-delivered therapy none
met all of four measurement properties (S98), so the raw pattern is always shown beside the figures. Families
see *offered* only, as counts.

Ratios are ratios of sums, never means of weekly percentages. What is asked and what was given are compared in
buckets. A bucket is what is capped together: one local day for "n a day", one program week for "n a week" and
for named days.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction
from functools import cached_property

from clinic.localtime import exists
from tracking.dose import Given, credit, dose
from tracking.schedule import Pause, Schedule, days_from, is_paused, longest_run, program_week, week_days
from tracking.vocabulary.programs import FrequencyPer

ONE_DAY = timedelta(days=1)
CLOSE_ENOUGH = 1e-9
NOTHING = Fraction(0)


@dataclass(frozen=True, slots=True)
class Scored:
    """A session and the minutes its own prescription asked for, None for a prescription without minutes.

    `worth` is what it counts, None where that cannot be known.
    """

    given: Given
    prescribed_minutes: float | None
    worth: float | None = field(init=False)

    def __post_init__(self) -> None:
        worth = credit(self.given, prescribed_minutes=self.prescribed_minutes)
        object.__setattr__(self, "worth", worth)


@dataclass(frozen=True, slots=True)
class Bucket:
    """`slots` prescribed sessions (a part of one where a week is prorated) and what was given towards them.

    `prescribed_minutes` is the sum over the slots of the minutes each asks for, None where any asks for none.
    """

    slots: Fraction
    prescribed_minutes: float | None
    sessions: tuple[Scored, ...] = ()

    @property
    def credit(self) -> float:
        return sum(one.worth or 0.0 for one in self.sessions)

    @property
    def offered(self) -> int:
        return sum(scored.given.is_offered for scored in self.sessions)

    @property
    def unmeasured_count(self) -> int:
        return sum(one.worth is None for one in self.sessions)


@dataclass(frozen=True)
class Week:
    """One program week; `is_complete` once its last day has been counted.

    The sums that its figures are made of are taken once: a caseload has hundreds of weeks.
    """

    number: int
    buckets: tuple[Bucket, ...]
    is_complete: bool = True

    @cached_property
    def prescribed(self) -> float:
        return float(sum(bucket.slots for bucket in self.buckets))

    @cached_property
    def credit(self) -> float:
        return sum(bucket.credit for bucket in self.buckets)

    @cached_property
    def capped_credit(self) -> float:
        return sum(min(bucket.credit, float(bucket.slots)) for bucket in self.buckets)

    @cached_property
    def capped_offered(self) -> float:
        return sum(min(float(bucket.offered), float(bucket.slots)) for bucket in self.buckets)

    @property
    def capped_ratio(self) -> float | None:
        """0-1; None for a week without an eligible day: paused is neither 0 nor 1."""
        return _ratio(self.capped_credit, self.prescribed)

    @property
    def offered_ratio(self) -> float | None:
        return _ratio(self.capped_offered, self.prescribed)

    @property
    def is_on_target(self) -> bool:
        return self.prescribed > 0 and self.capped_credit >= self.prescribed - CLOSE_ENOUGH


@dataclass(frozen=True, slots=True)
class Adherence:
    """Figures of a program over its weeks.

    Ratios are 0-1 (`uncapped_ratio`, `dose_ratio` may exceed 1) and None where nothing was prescribed.
    `dose_ratio` is also None as soon as one counted session is untimed, and where the prescription has no
    minutes. `untimed_count` of `begun_count` sessions were not timed; of `unmeasured_count` of them, stopped
    early, not even the steps are known, and they are worth 0. `active_days`: local days with a session
    begun. `longest_gap_days`: the most eligible days in a row with none begun or declined.
    `completeness_ratio`: eligible days with any entry, "not today" included, of all eligible days: no record
    is not the same as not done.
    """

    weeks: tuple[Week, ...]
    prescribed_sessions: float
    session_credit: float
    offered_count: int
    capped_ratio: float | None
    uncapped_ratio: float | None
    offered_ratio: float | None
    dose_minutes: float
    dose_ratio: float | None
    timed_count: int
    untimed_count: int
    unmeasured_count: int
    weeks_on_target: int
    active_days: int
    longest_gap_days: int
    eligible_days: int
    days_with_entry: int
    completeness_ratio: float | None

    @property
    def weeks_prescribed(self) -> int:
        return sum(week.prescribed > 0 for week in self.weeks)

    @property
    def begun_count(self) -> int:
        return self.timed_count + self.untimed_count

    @property
    def is_prescribed(self) -> bool:
        return self.prescribed_sessions > 0


@dataclass(frozen=True, slots=True)
class Prescribed:
    """One interval of a program: a schedule as it was in force, and the minutes each session should last."""

    schedule: Schedule
    minutes: float | None = None


@dataclass(frozen=True, slots=True)
class CountedSession:
    """A session that counts (one of each group of duplicates), on its local day, in the zone it happened
    in.
    """

    on: date
    given: Given
    zone: str | None = None


def adherence(
    *,
    prescribed: Sequence[Prescribed],
    sessions: Iterable[CountedSession],
    started_on: date,
    until: date,
    pauses: Collection[Pause] = (),
    excused: Collection[date] = (),
    days_with_entry: Collection[date] = (),
    zone: str | None = None,
) -> Adherence:
    """Adherence from `started_on` up to and including the local day `until`.

    `prescribed` are the intervals of one provider, in order and without overlap: a change of prescription
    closes one and opens another. `sessions` are that provider's, in the order they happened, and outside the
    intervals they count nowhere (before the start they are contamination of the baseline). Paused and
    excused days leave the denominator. `days_with_entry` are local days with any entry. `zone` is the
    household's.
    """
    counted = [session for session in sessions if started_on <= session.on <= until]
    by_day: defaultdict[date, list[Given]] = defaultdict(list)
    for session in counted:
        by_day[session.on].append(session.given)
    unusual = _unusual_days(counted, started_on=started_on, until=until, zone=zone)
    rested = {day for day in days_from(started_on, until) if day in excused or is_paused(day, pauses)}
    weeks = tuple(
        Week(
            number=number,
            buckets=_buckets(
                prescribed,
                [day for day in days if day <= until],
                by_day=by_day,
                rested=rested,
                unusual=unusual,
            ),
            is_complete=days[-1] <= until,
        )
        for number in range(1, (program_week(started_on=started_on, day=until) or 0) + 1)
        for days in [week_days(started_on=started_on, week=number)]
    )
    eligible = [
        day
        for day in days_from(started_on, until)
        if day not in rested and any(part.schedule.runs_on(day) for part in prescribed)
    ]
    in_force = {day for day in by_day if any(part.schedule.runs_on(day) for part in prescribed)}
    return summed(
        weeks,
        eligible_days=eligible,
        begun_days={day for day in in_force if any(given.is_begun for given in by_day[day])},
        offered_days={day for day in in_force if any(given.is_offered for given in by_day[day])},
        entry_days=days_with_entry,
    )


def summed(
    weeks: Sequence[Week],
    *,
    eligible_days: Sequence[date] = (),
    begun_days: Collection[date] = (),
    offered_days: Collection[date] = (),
    entry_days: Collection[date] = (),
) -> Adherence:
    """Figures over program weeks; the day lists serve active days, longest gap and completeness alone."""
    buckets = [bucket for week in weeks for bucket in week.buckets]
    sessions = [scored.given for bucket in buckets for scored in bucket.sessions]
    delivered = dose(sessions)
    prescribed = sum(week.prescribed for week in weeks)
    asked_minutes = [bucket.prescribed_minutes for bucket in buckets if bucket.slots]
    total_minutes = None if None in asked_minutes else sum(minutes for minutes in asked_minutes if minutes)
    with_entry = len(set(eligible_days) & set(entry_days))
    return Adherence(
        weeks=tuple(weeks),
        prescribed_sessions=prescribed,
        session_credit=sum(week.credit for week in weeks),
        offered_count=sum(bucket.offered for bucket in buckets),
        capped_ratio=_ratio(sum(week.capped_credit for week in weeks), prescribed),
        uncapped_ratio=_ratio(sum(week.credit for week in weeks), prescribed),
        offered_ratio=_ratio(sum(week.capped_offered for week in weeks), prescribed),
        dose_minutes=delivered.minutes,
        dose_ratio=None if delivered.untimed_count else _ratio(delivered.minutes, total_minutes or 0),
        timed_count=delivered.timed_count,
        untimed_count=delivered.untimed_count,
        unmeasured_count=sum(bucket.unmeasured_count for bucket in buckets),
        weeks_on_target=sum(week.is_on_target for week in weeks),
        active_days=len(set(begun_days)),
        longest_gap_days=longest_run(eligible_days, without=frozenset(offered_days)),
        eligible_days=len(eligible_days),
        days_with_entry=with_entry,
        completeness_ratio=_ratio(with_entry, len(eligible_days)),
    )


def _buckets(
    prescribed: Sequence[Prescribed],
    days: Sequence[date],
    *,
    by_day: Mapping[date, Sequence[Given]],
    rested: Collection[date],
    unusual: Collection[date],
) -> tuple[Bucket, ...]:
    """The buckets of one program week: one for all that is counted by the week, one a day for n a day."""
    weekly: list[Bucket] = []
    daily: dict[date, Bucket] = {}
    for part in prescribed:
        of_a_day = _of_a_day(part.schedule)
        minutes = None if part.minutes is None else float(of_a_day) * part.minutes
        nothing = None if part.minutes is None else 0.0
        for day in days:
            if not part.schedule.runs_on(day):
                continue
            is_asked = day not in rested and part.schedule.asks_on(day)
            bucket = Bucket(
                slots=of_a_day if is_asked else NOTHING,
                prescribed_minutes=minutes if is_asked else nothing,
                sessions=tuple(Scored(given, part.minutes) for given in by_day.get(day, ())),
            )
            if part.schedule.per is FrequencyPer.DAY:
                daily[day] = bucket
            else:
                weekly.append(bucket)
    pooled = _pooled(daily, unusual)
    return (_merged(weekly), *pooled) if weekly else pooled


def _of_a_day(schedule: Schedule) -> Fraction:
    """Sessions that a day it counts stands for: n a day; n sevenths for n a week; n on a named day."""
    return Fraction(schedule.times, 7 if schedule.per is FrequencyPer.WEEK else 1)


def _unusual_days(
    sessions: Sequence[CountedSession], *, started_on: date, until: date, zone: str | None
) -> frozenset[date]:
    """Local days travel or the calendar may have lost or doubled: vanished dates, and changes of zone."""
    vanished = {day for day in days_from(started_on, until) if zone is not None and not exists(day, zone)}
    here, travelled = zone, set()
    for session in sessions:
        if here is not None and session.zone is not None and session.zone != here:
            travelled.add(session.on)
        here = session.zone or here
    return frozenset(vanished | travelled)


def _pooled(daily: Mapping[date, Bucket], unusual: Collection[date]) -> tuple[Bucket, ...]:
    """Daily buckets in order; a lost or doubled day is capped together with the days beside it."""
    pools: list[list[date]] = []
    for day in sorted(daily):
        joins = pools and pools[-1][-1] == day - ONE_DAY and (day in unusual or day - ONE_DAY in unusual)
        if joins:
            pools[-1].append(day)
        else:
            pools.append([day])
    return tuple(_merged([daily[day] for day in pool]) for pool in pools)


def _merged(buckets: Sequence[Bucket]) -> Bucket:
    if len(buckets) == 1 and buckets[0].slots:
        return buckets[0]
    minutes = [bucket.prescribed_minutes for bucket in buckets if bucket.slots]
    return Bucket(
        slots=sum((bucket.slots for bucket in buckets), NOTHING),
        prescribed_minutes=None if None in minutes else sum(value for value in minutes if value),
        sessions=tuple(scored for bucket in buckets for scored in bucket.sessions),
    )


def _ratio(part: float, whole: float) -> float | None:
    return part / whole if whole > 0 else None
