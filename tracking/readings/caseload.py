"""The caseload: who needs me today, one row a child, in a constant number of statements.

Rows of children whose care team the reader is on carry the record at a glance; an owner or the office reads
who is here, and no more.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum, unique
from statistics import median
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from clinic.ages import Ages
from clinic.localtime import local_day
from clinic.models import CareTeam, Child, Clinic, User
from clinic.models.families import ChildQuerySet
from clinic.prepared import Prepared
from clinic.vocabulary import CareTeamKind, EpisodeState
from tracking.adherence import Adherence
from tracking.models import Goal
from tracking.outcomes.plans import Plan, plans_of
from tracking.outcomes.points import (
    Bedtimes,
    CameUp,
    Touches,
    bedtime_points,
    by_week,
    came_up_days,
    opportunity_points,
    request_points,
    share,
    target_state_points,
    touch_points,
)
from tracking.outcomes.series import SeriesPoint
from tracking.outcomes.sessions import (
    SessionFact,
    StripDay,
    exposure,
    sessions_of,
    step_seconds,
    strip,
)
from tracking.outcomes.summaries import Drift, drift
from tracking.readings.after_care import follow_up_is_due
from tracking.readings.child_lists import SeenFlag, flags_of, homes_of, small_lists
from tracking.readings.messages import unread_of
from tracking.readings.progress import last_entry_on, main_plan
from tracking.readings.reports import DRAFT_WAITS, drafts_of
from tracking.vocabulary.concerns import Severity
from tracking.vocabulary.outcomes import Outcome

STRIP_DAYS = 14
LOOK_BACK = dt.timedelta(weeks=5)
EXPOSURE_WEEKS = dt.timedelta(weeks=4)
MOST_ROWS = 500


@unique
class Sort(StrEnum):
    """How the caseload is ordered; every order ends in the name and the id."""

    ATTENTION = "attention"
    NAME = "name"
    AGE = "age"
    WEEK = "week"
    OFFERED = "offered"
    LAST_ENTRY = "last_entry"
    UNREAD = "unread"


@unique
class Filter(StrEnum):
    """Which children are shown."""

    ALL = "all"
    MINE = "mine"
    FLAGGED = "flagged"
    UNREAD = "unread"
    QUIET = "quiet"
    WITHOUT_PROGRAM = "without_program"


QUIET_FROM_DAYS = 4
"""Days without an entry from which a child is shown under "quiet"; the threshold of reminders, too."""


@dataclass(frozen=True, slots=True)
class Spark:
    """The last weeks of the child's primary outcome, oldest first, and which way is wished for."""

    outcome: Outcome
    points: tuple[SeriesPoint, ...]

    @property
    def drift(self) -> Drift | None:
        return drift(self.points, improvement=self.outcome.direction)


@dataclass(frozen=True, slots=True)
class CaseloadRow:
    """One child. What follows `lead_name` is empty or None for children on whose team the reader is not.

    `exposure` is of the last four program weeks. `days_since_entry` None: nothing logged yet.
    """

    child_id: uuid.UUID
    first_name: str
    last_name: str
    nickname: str
    ages: Ages
    episode: EpisodeState | None
    is_in_hospital: bool
    has_died: bool
    is_on_team: bool
    lead_name: str
    plan: Plan | None = None
    week: int | None = None
    weeks_in_all: int | None = None
    is_paused: bool = False
    strip: tuple[StripDay, ...] = ()
    exposure: Adherence | None = None
    days_since_entry: int | None = None
    flags: tuple[SeenFlag, ...] = ()
    unread_count: int = 0
    spark: Spark | None = None
    is_follow_up_due: bool = False


@dataclass(frozen=True, slots=True)
class DraftedReport:
    """A monthly draft that waits for the reader, and whom it is about."""

    id: uuid.UUID
    child: str


@dataclass(frozen=True, slots=True)
class Caseload:
    """The rows as filtered and sorted; `total` children and what is `drafted` before the filter.

    `has_records`: the reader is on the team of some of them; to others a caseload is a list of names.
    """

    rows: tuple[CaseloadRow, ...]
    total: int
    has_records: bool
    flag_count: int
    unread_count: int
    drafted: tuple[DraftedReport, ...] = ()


def caseload(
    user: User,
    clinic: Clinic,
    *,
    now: dt.datetime,
    shown: Filter = Filter.ALL,
    sort: Sort = Sort.ATTENTION,
    search: str = "",
    is_reversed: bool = False,
    of_team: bool = False,
) -> Caseload:
    """The children of a clinic that `user` may see as staff, without archived ones.

    `of_team`: only those on whose team they are. That is all there is for whoever is neither owner nor office
    here, and finding it out by their roles has PostgreSQL look at every child of the clinic.
    """
    children = _children(user, clinic, search, now=now, of_team=of_team)
    mine = [child.pk for child in children if child.is_on_team]  # type: ignore[attr-defined]
    named: dict[str, list[uuid.UUID]] = defaultdict(list)
    for child in children:
        named[child.primary_outcome or ""].append(child.pk)  # type: ignore[attr-defined]
    today = local_day(now, clinic.zone)
    first = today - LOOK_BACK
    # A household may be a day ahead of the clinic.
    last = today + dt.timedelta(days=1)
    record = _Record(
        plans=plans_of(mine),
        sessions=sessions_of(
            mine, first=first, last=last, in_full=False, cues_of=named[Outcome.OWN_REQUESTS]
        ),
        nights=bedtime_points(mine, first=first, last=last),
        touches=touch_points(mine, first=first, last=last),
        came_up=came_up_days(
            set(named[Outcome.TOUCH_PER_OPPORTUNITY]).intersection(mine), first=first, last=last
        ),
    )
    seconds = step_seconds(one for sessions in record.sessions.values() for one in sessions)
    rows = [_row(child, record, seconds, now=now) for child in children]
    kept = [row for row in rows if _is_shown(row, shown)]
    kept.sort(key=lambda row: (row.first_name.casefold(), row.last_name.casefold(), str(row.child_id)))
    kept.sort(key=SORT_KEYS[sort], reverse=is_reversed)
    return Caseload(
        rows=tuple(kept),
        total=len(rows),
        has_records=bool(mine),
        flag_count=sum(len(row.flags) for row in rows),
        unread_count=sum(row.unread_count for row in rows),
        drafted=tuple(
            DraftedReport(child.drafted, f"{child.first_name} {child.last_name}".strip())  # type: ignore[attr-defined]
            for child in children
            if child.drafted  # type: ignore[attr-defined]
        ),
    )


@dataclass(frozen=True, slots=True)
class _Record:
    """Everything read for the children on whose team the reader is."""

    plans: Mapping[uuid.UUID, Sequence[Plan]]
    sessions: Mapping[uuid.UUID, Sequence[SessionFact]]
    nights: Mapping[uuid.UUID, Bedtimes]
    touches: Mapping[uuid.UUID, Touches]
    came_up: Mapping[uuid.UUID, Sequence[CameUp]]


def _children(user: User, clinic: Clinic, search: str, *, now: dt.datetime, of_team: bool) -> Sequence[Child]:
    """Those of them that are looked for, with their small lists, in one statement."""
    asked: dict[str, Any] = {
        "user": user.pk,
        "clinic": clinic.pk,
        "today": local_day(now, clinic.zone),
        "drafted_since": now - DRAFT_WAITS,
    }
    if search:
        seen = Child.objects.on_team_of(user) if of_team else Child.objects.seen_by_staff(user)
        return list(_listed(seen, search=search, **asked))
    return (_kept_of_team if of_team else _kept_of_staff)(**asked)


def _of_team(
    user: uuid.UUID, clinic: uuid.UUID, today: dt.date, drafted_since: dt.datetime
) -> QuerySet[Child]:
    return _listed(Child.objects.on_team_of(User(pk=user)), user, clinic, today, drafted_since)


def _of_staff(
    user: uuid.UUID, clinic: uuid.UUID, today: dt.date, drafted_since: dt.datetime
) -> QuerySet[Child]:
    return _listed(Child.objects.seen_by_staff(User(pk=user)), user, clinic, today, drafted_since)


_kept_of_team, _kept_of_staff = Prepared(_of_team), Prepared(_of_staff)


def _listed(
    seen: ChildQuerySet,
    user: uuid.UUID,
    clinic: uuid.UUID,
    today: dt.date,
    drafted_since: dt.datetime,
    *,
    search: str = "",
) -> QuerySet[Child]:
    asker = User(pk=user)
    team = CareTeam.objects.active().filter(child=OuterRef("pk"))
    goals = Goal.objects.filter(child=OuterRef("pk"), is_open=True).exclude(primary_outcome="")
    drafts = drafts_of(asker, since=drafted_since).filter(child=OuterRef("pk"))
    found = seen.filter(clinic=clinic).not_archived()
    for word in search.split():
        found = found.filter(
            Q(first_name__icontains=word) | Q(last_name__icontains=word) | Q(nickname__icontains=word)
        )
    listed = found.select_related("clinic").annotate(
        is_on_team=Exists(team.filter(therapist=user)),
        lead_name=Subquery(
            team.filter(kind=CareTeamKind.LEAD).order_by("from_at", "id").values("therapist__name")[:1]
        ),
        primary_outcome=Subquery(goals.order_by("set_on", "id").values("primary_outcome")[:1]),
        last_entry_on=last_entry_on(),
        is_follow_up_due=follow_up_is_due(today),
        unread=Subquery(unread_of(asker, OuterRef("pk"))),
        drafted=Subquery(drafts.order_by("-asked_at", "id").values("pk")[:1]),
        **small_lists(),
    )
    return listed.order_by("first_name", "last_name", "id")[:MOST_ROWS]


def _row(child: Any, record: _Record, seconds: Mapping[str, int], *, now: dt.datetime) -> CaseloadRow:
    homes = homes_of(child.homes_json)
    today = local_day(now, homes[0].zone if homes else child.clinic.zone)
    identity: dict[str, Any] = {
        "child_id": child.pk,
        "first_name": child.first_name,
        "last_name": child.last_name,
        "nickname": child.nickname,
        "ages": child.ages_on(today),
        "episode": next((EpisodeState(row["state"]) for row in child.episodes_json), None),
        "is_in_hospital": child.in_hospital_since is not None,
        "has_died": child.died_on is not None,
        "is_on_team": child.is_on_team,
        "lead_name": child.lead_name or "",
    }
    if not child.is_on_team:
        return CaseloadRow(**identity)
    plans = record.plans.get(child.pk, ())
    sessions = record.sessions.get(child.pk, ())
    plan = main_plan(plans, on=today)
    return CaseloadRow(
        **identity,
        plan=plan,
        week=plan.week_on(today) if plan else None,
        weeks_in_all=plan.weeks_in_all if plan else None,
        is_paused=plan.is_paused_on(today) if plan else False,
        strip=strip(plans, sessions, last=today, days=STRIP_DAYS),
        exposure=_exposure(plan, sessions, seconds, today=today),
        days_since_entry=None if child.last_entry_on is None else (today - child.last_entry_on).days,
        flags=flags_of(child.flags_json),
        unread_count=child.unread or 0,
        spark=_spark(child, record, plan),
        is_follow_up_due=child.is_follow_up_due,
    )


def _exposure(
    plan: Plan | None, sessions: Sequence[SessionFact], seconds: Mapping[str, int], *, today: dt.date
) -> Adherence | None:
    """The last four program weeks, the running one among them."""
    if plan is None:
        return None
    since = today - EXPOSURE_WEEKS + dt.timedelta(days=7)
    return exposure(plan, sessions, until=today, since=since, seconds=seconds)


def _spark(child: Any, record: _Record, plan: Plan | None) -> Spark | None:
    """The primary outcome of the child's first open goal; without one, whichever is logged."""
    nights = record.nights.get(child.pk, Bedtimes())
    touches = record.touches.get(child.pk, Touches())
    if child.primary_outcome:
        outcome = Outcome(child.primary_outcome)
    else:
        outcome = Outcome.SLEEP_LATENCY if nights.latency else Outcome.TOUCH_INTENSITY
    points: Mapping[Outcome, Sequence[SeriesPoint]] = {
        Outcome.SLEEP_LATENCY: nights.latency,
        Outcome.BEDTIME_RESISTANCE: nights.resistance,
        Outcome.TOUCH_INTENSITY: touches.intensity,
        Outcome.RECOVERY_MINUTES: touches.recovery,
    }
    weekly = _weekly(outcome, child.pk, record, plan) if plan else ()
    found = tuple(points.get(outcome, weekly))
    return Spark(outcome, found) if found else None


def _weekly(outcome: Outcome, child_id: uuid.UUID, record: _Record, plan: Plan) -> Sequence[SeriesPoint]:
    """One point a program week."""
    touches = record.touches.get(child_id, Touches())
    sessions = record.sessions.get(child_id, ())
    match outcome:
        case Outcome.TARGET_STATE:
            return target_state_points(sessions, plan.current.target_states, started_on=plan.started_on)
        case Outcome.TOUCH_WEEKLY:
            return by_week(touches.intensity, started_on=plan.started_on, how=median)
        case Outcome.TOUCH_PER_OPPORTUNITY:
            met = opportunity_points(touches, record.came_up.get(child_id, ()))
            return by_week(met, started_on=plan.started_on, how=share)
        case Outcome.OWN_REQUESTS:
            return by_week(request_points(sessions), started_on=plan.started_on, how=share)
        case _:
            return ()


def _is_shown(row: CaseloadRow, shown: Filter) -> bool:
    match shown:
        case Filter.ALL:
            return True
        case Filter.MINE:
            return row.is_on_team
        case Filter.FLAGGED:
            return bool(row.flags)
        case Filter.UNREAD:
            return row.unread_count > 0
        case Filter.QUIET:
            return row.is_on_team and _is_quiet(row)
        case Filter.WITHOUT_PROGRAM:
            return row.is_on_team and row.plan is None


def _is_quiet(row: CaseloadRow) -> bool:
    is_asked = row.plan is not None and not row.is_paused
    return is_asked and (row.days_since_entry is None or row.days_since_entry >= QUIET_FROM_DAYS)


def _offered(row: CaseloadRow) -> float | None:
    return row.exposure.offered_ratio if row.exposure else None


def _silence(row: CaseloadRow) -> int:
    return 10_000 if row.days_since_entry is None else row.days_since_entry


def _attention(row: CaseloadRow) -> tuple[Any, ...]:
    """Flags by urgency, who was to be looked at again, unread messages, then who has been quiet longest."""
    order = list(Severity)
    most_urgent = min((order.index(flag.severity) for flag in row.flags), default=len(order))
    return (
        most_urgent,
        -len(row.flags),
        not row.is_follow_up_due,
        row.unread_count == 0,
        not _is_quiet(row),
        not row.is_on_team,
    )


SORT_KEYS: dict[Sort, Callable[[CaseloadRow], Any]] = {
    Sort.ATTENTION: _attention,
    Sort.NAME: lambda row: (row.first_name.casefold(), row.last_name.casefold()),
    Sort.AGE: lambda row: row.ages.chronological.days,
    Sort.WEEK: lambda row: (row.week is None, -(row.week or 0)),
    Sort.OFFERED: lambda row: (_offered(row) is None, _offered(row) or 0.0),
    Sort.LAST_ENTRY: lambda row: (not row.is_on_team, -_silence(row)),
    Sort.UNREAD: lambda row: -row.unread_count,
}
"""Most pressing first; sorting is stable, so that names order what is equal."""
