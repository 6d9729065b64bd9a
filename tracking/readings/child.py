"""A child's page in the clinic: who they are, who cares for them, how the last weeks went, what asks for
attention.

Small lists come with the child in one statement, as JSON that PostgreSQL gathers; so the page costs the same
however long the record is.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from clinic.ages import Ages
from clinic.localtime import local_day
from clinic.models import Child, User
from clinic.policy import Places, places
from clinic.vocabulary import EpisodeState, StopSensitivity
from tracking.outcomes.instants import told_instant
from tracking.outcomes.plans import Plan, plans_of
from tracking.outcomes.sessions import StripDay
from tracking.readings.change import GoalChange, changes_of
from tracking.readings.charts import Charts, charts_in
from tracking.readings.checkins import CheckInsOfOne, check_ins_of_each
from tracking.readings.child_lists import (
    CaregiverSeen,
    ConcernHead,
    Home,
    NextContact,
    SeenFlag,
    SeenGoal,
    SeenNote,
    SeenPrecaution,
    TeamMember,
    caregivers_of,
    flags_of,
    goal_of,
    homes_of,
    next_contact_of,
    note_of,
    precaution_of,
    told_lists,
)
from tracking.readings.progress import STRIP_DAYS, Progress, progress_of
from tracking.readings.sight import (
    Sight,
    caregivers_in,
    sight_of,
)
from tracking.readings.stopping import stop_sensitivity
from tracking.vocabulary.concerns import AdviceLevel

WITHOUT_PROGRAM = dt.timedelta(weeks=8)


@dataclass(frozen=True, slots=True)
class ChildHeader:
    """Who the child is. `today` is the local day at home; `ages` are as of then."""

    id: uuid.UUID
    first_name: str
    last_name: str
    nickname: str
    born_on: dt.date
    gestation_weeks: int | None
    gestation_days: int
    ages: Ages
    today: dt.date
    zone: str
    episode: EpisodeState | None
    in_hospital_since: dt.date | None
    died_on: dt.date | None
    is_archived: bool
    stop_sensitivity: StopSensitivity
    sharing_mode: str


@dataclass(frozen=True, slots=True)
class ChildPage:
    """All of a child's page. Staff who are not on the team get header and people; `record` is None."""

    header: ChildHeader
    homes: tuple[Home, ...]
    team: tuple[TeamMember, ...]
    caregivers: tuple[CaregiverSeen, ...]
    next_contact: NextContact | None
    record: ChildRecord | None


@dataclass(frozen=True, slots=True)
class ChildRecord:
    """The clinical part. `days_since_entry` None: nothing has been logged yet in the period looked at.

    What `is_draft` waits for a signature, and the team alone reads it.
    `changes` are of open goals that are measured by something, in the order of `goals`.
    `charts` are those chosen for the child.
    `is_taken_back`: a guardian has taken back that it is kept.
    `check_ins` are what each caregiver said of themselves, for the care team alone.
    """

    plans: tuple[Plan, ...]
    strip: tuple[StripDay, ...]
    progress: Progress
    flags: tuple[SeenFlag, ...]
    concerns: tuple[ConcernHead, ...]
    precautions: tuple[SeenPrecaution, ...]
    goals: tuple[SeenGoal, ...]
    changes: tuple[GoalChange, ...]
    charts: Charts
    notes: tuple[SeenNote, ...]
    check_ins: tuple[CheckInsOfOne, ...]
    unread_count: int
    is_taken_back: bool
    days_since_entry: int | None


def child_page(user: User, child: Child, *, now: dt.datetime, place: Places | None = None) -> ChildPage:
    """The page of a child the caller has fetched through the one door, in a constant number of statements.

    `place` is what `user` is to the child, where the caller has asked that already.
    """
    told = told_lists(user, child)
    p = place or places(user, child)
    sight = sight_of(user, child, place=p, caregivers=caregivers_in(told["grants"]))
    homes = homes_of(told["homes"])
    if sight.grant is not None:
        homes = tuple(home for home in homes if home.family_id == sight.family_id)
    zone = homes[0].zone if homes else child.clinic.zone
    today = local_day(now, zone)
    is_reader = sight.is_team or sight.is_guardian
    return ChildPage(
        header=header_of(child, zone=zone, today=today, episode=told["episodes"]),
        homes=homes,
        team=tuple(
            TeamMember(
                user_id=uuid.UUID(row["user_id"]),
                name=row["name"],
                kind=row["kind"],
                credentials=tuple(credential for each in row["credentials"] for credential in each["list"]),
                until_at=told_instant(row["until_at"]),
            )
            for row in told["team"]
        ),
        caregivers=caregivers_of(sight, homes, now=now),
        next_contact=next_contact_of(told["contacts"]),
        record=_record(user, sight, p, child, told, today=today, now=now) if is_reader else None,
    )


def _record(
    user: User,
    sight: Sight,
    place: Places,
    child: Child,
    told: Mapping[str, Any],
    *,
    today: dt.date,
    now: dt.datetime,
) -> ChildRecord:
    plans = plans_of([child.pk], active_only=False).get(child.pk, [])
    running = [plan for plan in plans if plan.phase_on(today) is not None] or plans[-1:]
    begins = min((plan.baseline_starts_on or plan.started_on for plan in running), default=None)
    first = min(begins or today, today - dt.timedelta(days=STRIP_DAYS - 1))
    if begins is None:
        first = today - WITHOUT_PROGRAM
    seen = progress_of(sight, child, plans, first=first, last=today)
    last_entry_on = seen.last_entry_on
    goals = tuple(goal_of(row) for row in told["goals"] if sight.is_team or not row["is_draft"])
    return ChildRecord(
        plans=tuple(plans),
        strip=seen.strip,
        progress=seen,
        # The glass opens flags to an owner alone, and concerns to nobody (docs/access.md).
        flags=flags_of(told["flags"]) if place.is_team or (place.is_by_glass and place.is_owner) else (),
        concerns=tuple(
            ConcernHead(row["kind"], AdviceLevel(row["level"]), dt.date.fromisoformat(row["on"]))
            for row in told["concerns"]
        )
        if place.is_team
        else (),
        precautions=tuple(
            precaution_of(row, today) for row in told["precautions"] if sight.is_team or not row["is_draft"]
        ),
        goals=goals,
        changes=changes_of(seen, goals, sight),
        charts=(
            charts_in(told["charts"], told["regions"], told["step_regions"]) if sight.is_team else Charts()
        ),
        notes=tuple(note_of(row, sight) for row in told["notes"]),
        check_ins=check_ins_of_each(user, child, sight, now=now) if place.is_team else (),
        unread_count=told["unread"],
        is_taken_back=told["taken_back"],
        days_since_entry=None if last_entry_on is None else (today - last_entry_on).days,
    )


def header_of(
    child: Child, *, zone: str, today: dt.date, episode: Iterable[Mapping[str, Any]]
) -> ChildHeader:
    """The child's identity with its ages on the local day `today`."""
    states = [EpisodeState(row["state"]) for row in episode]
    return ChildHeader(
        id=child.pk,
        first_name=child.first_name,
        last_name=child.last_name,
        nickname=child.nickname,
        born_on=child.born_on,
        gestation_weeks=child.gestation_weeks,
        gestation_days=child.gestation_days,
        ages=child.ages_on(today),
        today=today,
        zone=zone,
        episode=states[0] if states else None,
        in_hospital_since=child.in_hospital_since,
        died_on=child.died_on,
        is_archived=child.archived_at is not None,
        stop_sensitivity=stop_sensitivity(child, on=today),
        sharing_mode=child.sharing_mode,
    )
