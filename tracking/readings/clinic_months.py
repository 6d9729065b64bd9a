"""A clinic's monthly counts: made from the children's records, stored and read as groups of five or more.

Whether a child changed is decided by the same code as on the child's page. Therapists, caregivers and homes
are not distinguished.
"""

from __future__ import annotations

import datetime as dt
import uuid
from bisect import bisect_right
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, TypeVar

from django.db.models import Exists, OuterRef

from clinic.models import CaregiverGrant, Child, Clinic, Invitation
from clinic.vocabulary import SharingMode
from tracking.adherence import Adherence
from tracking.dose import BEGUN
from tracking.models import ClinicMonth, Goal
from tracking.outcomes.plans import Plan, plans_of
from tracking.outcomes.sessions import SessionFact
from tracking.readings.change import changes_of
from tracking.readings.clinic_weeks import Week
from tracking.readings.progress import last_entry_on, main_plan, progress_of
from tracking.readings.sight import Sight
from tracking.suppression import Group, chained, is_told_anew, nested, parted, parted_within
from tracking.vocabulary.clinic_figures import AdherenceBand, DoseBand, Stage, Standing
from tracking.vocabulary.outcomes import Judgement, Outcome
from tracking.vocabulary.programs import Provider

Code = TypeVar("Code", bound=StrEnum)

ACTIVE_FOR = dt.timedelta(days=14)
LAST_WEEKS = 4
MEASURES = (*(str(one) for one in Outcome), "")
"""What a goal may be measured by, at last nothing."""
NOBODY = uuid.UUID(int=0)
FOUR_WEEKS = dt.timedelta(weeks=LAST_WEEKS)


@dataclass(slots=True)
class Counted:
    """Children by group, as they are: never to be shown to anybody."""

    stages: Counter[Stage] = field(default_factory=Counter)
    standings: Counter[Standing] = field(default_factory=Counter)
    by_outcome: Counter[tuple[Standing, str]] = field(default_factory=Counter)
    adherence: Counter[AdherenceBand] = field(default_factory=Counter)
    dose: Counter[DoseBand] = field(default_factory=Counter)


@dataclass(frozen=True, slots=True)
class Month:
    """What may be read of a month. A stage of None is withheld; groups are of the codes of their table.

    `by_outcome` are groups of standings, each by what goals are measured by: `Outcome`, and last by nothing.
    `since` says of each table of which month it is, where fewer than five children may have moved since.
    """

    month_on: dt.date
    made_at: dt.datetime
    since: Mapping[str, dt.date]
    weeks: tuple[Week, ...]
    stages: tuple[int | None, ...]
    standings: tuple[Group, ...]
    by_outcome: tuple[tuple[Group, tuple[Group, ...]], ...]
    adherence: tuple[Group, ...]
    dose: tuple[Group, ...]


def months_of(clinic: Clinic, *, limit: int | None = 12) -> tuple[Month, ...]:
    """The last months of a clinic, None: all, the latest first; one statement.

    The caller has made sure that the asker may see the clinic's figures.
    """
    rows = ClinicMonth.objects.filter(clinic=clinic).order_by("-month_on", "-id")[:limit]
    return tuple(
        Month(
            month_on=row.month_on,
            made_at=row.made_at,
            since={
                name: dt.date.fromisoformat(month_on)
                for name, month_on in row.figures.get("since", {}).items()
            },
            weeks=tuple(_week(*one) for one in row.figures.get("weeks", ())),
            stages=tuple(row.figures["stages"]),
            by_outcome=tuple(
                (Group(*one), _groups(among)) for one, among in row.figures.get("by_outcome", ())
            ),
            **{name: _groups(row.figures[name]) for name in ("standings", "adherence", "dose")},
        )
        for row in rows
    )


def _groups(told: Sequence[Sequence[Any]]) -> tuple[Group, ...]:
    return tuple(Group(*one) for one in told)


def _told(group: Group) -> tuple[int, int, int | None]:
    return group.first, group.last, group.count


def _week(first: str, *counts: int | None) -> Week:
    return Week(dt.date.fromisoformat(first), *counts)


def figures(counted: Counted, *, weeks: Sequence[Week] = (), earlier: Sequence[Month] = ()) -> dict[str, Any]:
    """What may be kept and read of the counts, after these months, the latest first.

    A table that fewer than five children may have made another stays as it was shown last. Standings by
    outcome are of the standings that are shown.
    """
    tables: Mapping[str, tuple[Counter[Any], type[StrEnum]]] = {
        "standings": (counted.standings, Standing),
        "adherence": (counted.adherence, AdherenceBand),
        "dose": (counted.dose, DoseBand),
    }
    shown: dict[str, Any] = {"stages": nested([counted.stages[each] for each in Stage])}
    shown |= {name: parted([counts[each] for each in codes]) for name, (counts, codes) in tables.items()}
    stands = [
        name
        for name, fresh in shown.items()
        if not is_told_anew(
            _table(name, fresh), earlier=[_table(name, getattr(one, name)) for one in earlier]
        )
    ]
    by_outcome = parted_within(
        shown["standings"],
        [[counted.by_outcome[each, measure] for measure in MEASURES] for each in Standing],
    )
    if "standings" in stands:
        by_outcome = earlier[0].by_outcome
    since = {name: earlier[0].since.get(name, earlier[0].month_on) for name in stands}
    shown |= {name: getattr(earlier[0], name) for name in stands}
    return {
        "stages": shown["stages"],
        **{name: [_told(one) for one in shown[name]] for name in tables},
        "by_outcome": [(_told(one), [_told(each) for each in among]) for one, among in by_outcome],
        "since": {name: month_on.isoformat() for name, month_on in since.items()},
        "weeks": [(week.first.isoformat(), *week.counts) for week in weeks],
    }


def _table(name: str, shown: Any) -> tuple[Group, ...]:
    """What was shown, each child in one group of it: of stages, which lie in each other, who fell out."""
    table: tuple[Group, ...] = chained(shown) if name == "stages" else shown
    return table


# ---- counting ---------------------------------------------------------------------------------------------


def children_after(clinic_id: uuid.UUID, after: uuid.UUID | None, *, limit: int) -> list[Child]:
    """The next children of a clinic that are not archived, in the order of their ids."""
    children = Child.objects.filter(clinic=clinic_id).not_archived().select_related("clinic")
    if after is not None:
        children = children.filter(pk__gt=after)
    known = {"child": OuterRef("pk")}
    return list(
        children.annotate(
            has_joined=Exists(CaregiverGrant.objects.filter(**known)),
            is_invited=Exists(Invitation.objects.filter(**known, token_hash__isnull=False)),
            last_entry_on=last_entry_on(),
        ).order_by("pk")[:limit]
    )


def count(children: Sequence[Any], counted: Counted, *, last: dt.date) -> None:
    """Add these children, as `children_after` gives them, to what was counted up to the local day `last`."""
    plans = plans_of([child.pk for child in children])
    goals = _primary_goals([child.pk for child in children])
    for child in children:
        counted.stages.update(_stages(child, last))
        plan = main_plan(plans.get(child.pk, ()), on=last)
        if plan is not None and plan.phase_on(last) is not None:
            _count_program(child, plans[child.pk], goals.get(child.pk), counted, last=last)


def _primary_goals(child_ids: Collection[uuid.UUID]) -> dict[uuid.UUID, Goal]:
    """The first open goal of each child that is measured by something."""
    goals = Goal.objects.filter(child__in=list(child_ids), is_open=True).exclude(primary_outcome="")
    return {goal.child_id: goal for goal in goals.order_by("-set_on", "-id")}


def _stages(child: Any, last: dt.date) -> list[Stage]:
    has_come = [
        (Stage.INVITED, child.is_invited or child.has_joined),
        (Stage.JOINED, child.has_joined),
        (Stage.FIRST_ENTRY, child.last_entry_on is not None),
        (Stage.ACTIVE, child.last_entry_on is not None and child.last_entry_on > last - ACTIVE_FOR),
    ]
    stages: list[Stage] = []
    for stage, is_there in has_come:
        if not is_there:
            break
        stages.append(stage)
    return stages


def _count_program(
    child: Child, plans: Sequence[Plan], goal: Goal | None, counted: Counted, *, last: dt.date
) -> None:
    sight = Sight(NOBODY, child.pk, True, None, None, SharingMode(child.sharing_mode))
    first = last - FOUR_WEEKS + dt.timedelta(days=1)
    read = progress_of(sight, child, plans, first=first, last=last)
    changes = changes_of(read, [goal] if goal else [], sight)
    standing = _standing(changes[0].change.said if changes else None)
    counted.standings[standing] += 1
    counted.by_outcome[standing, goal.primary_outcome if goal and changes else ""] += 1
    counted.adherence[_adherence(read.exposure)] += 1
    counted.dose[_dose(read.sessions, weeks=_weeks_of(read.plan, last))] += 1


def _standing(said: Any) -> Standing:
    if said is None:
        return Standing.NOTHING_NAMED
    if said.withheld is not None:
        return Standing.WITHHELD
    if said.judgement is not Judgement.OK or said.finding is None:
        return Standing.TOO_FEW
    return Standing(said.finding)


def _adherence(exposure: Adherence | None) -> AdherenceBand:
    weeks = exposure.weeks[-LAST_WEEKS:] if exposure else ()
    prescribed = sum(week.prescribed for week in weeks)
    if not prescribed:
        return AdherenceBand.NOTHING_ASKED
    done = sum(week.capped_credit for week in weeks) / prescribed
    return list(AdherenceBand)[bisect_right([0.25, 0.5, 0.75], done)]


def _weeks_of(plan: Plan | None, last: dt.date) -> float:
    """How many of the last four weeks the program ran."""
    days = (last - plan.started_on).days + 1 if plan else 1
    return min(max(days, 1) / 7, LAST_WEEKS)


def _dose(sessions: Sequence[SessionFact], *, weeks: float) -> DoseBand:
    begun = [one for one in sessions if one.outcome in BEGUN and one.provider == Provider.CAREGIVER]
    if any(one.minutes is None for one in begun):
        return DoseBand.NOT_TIMED
    a_week = sum(one.minutes or 0.0 for one in begun) / weeks
    return list(DoseBand)[1 + bisect_right([30.0, 60.0, 120.0], a_week)] if begun else DoseBand.NONE
