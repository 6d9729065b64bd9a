"""Massage session rows as plain `SessionFact` values: which count, their dose, and the state of each day."""

from __future__ import annotations

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, F, Func, IntegerField, JSONField, Q, TextField, Value, When
from django.db.models.functions import Cast

from clinic.among import Among
from tracking.adherence import Adherence, CountedSession, adherence
from tracking.dose import OFFERED, Given
from tracking.duplicates import Logged, counted_ids
from tracking.models import ApartAnswer, MassageSession, ProgramStep
from tracking.models.entries import told_by
from tracking.outcomes.instants import epoch, instant
from tracking.outcomes.plans import Plan
from tracking.slots import Placed, SlotKey
from tracking.vocabulary.outcomes import DayState
from tracking.vocabulary.programs import EntryFlag, PartOfDay, Precision, Provider, SessionOutcome

FACTS_IN_SHORT = (
    "child_id",
    "client_id",
    "program_id",
    "provider",
    "outcome",
    "state_after",
    "local_day",
    "precision",
    "zone",
    "minutes",
    "reported_by_id",
    "flags",
)
LEFT_OUT: Mapping[str, Any] = {
    "program_version_id": None,
    "slot_number": None,
    "ended_by": "",
    "not_today_reason": "",
    "not_asked": (),
    "state_before": "",
    "part_of_day": "",
    "family_id": None,
}
"""Columns a caseload does not need, and the values its facts have instead."""
FACTS = (*FACTS_IN_SHORT, *LEFT_OUT)


class JSONPath(TextField):  # type: ignore[type-arg]  # takes none when it runs
    """A path into JSON, as PostgreSQL types it."""

    def db_type(self, connection: Any) -> str:  # noqa: ARG002  # Django's signature
        return "jsonpath"


STEPS_DONE = Func(
    Func(
        F("steps"),
        Cast(Value("$[*] ? (@.is_done == true)"), JSONPath()),
        function="jsonb_path_query_array",
    ),
    function="jsonb_array_length",
    output_field=IntegerField(),
)

STEPS_WHERE_WORTH_DEPENDS_ON_THEM = Case(
    When(outcome=SessionOutcome.STOPPED, minutes__isnull=True, then=F("steps")), output_field=JSONField()
)


@dataclass(frozen=True, slots=True)
class SessionFact:
    """The values figures need of one counted session: latest revision, not withdrawn, plausible time."""

    child_id: uuid.UUID
    client_id: uuid.UUID
    program_id: uuid.UUID | None
    program_version_id: uuid.UUID | None
    slot_number: int | None
    provider: str
    outcome: SessionOutcome
    ended_by: str
    state_after: str
    on: dt.date
    occurred_at: dt.datetime
    is_timed_start: bool
    zone: str
    minutes: float | None
    steps_done: int
    steps: tuple[Mapping[str, Any], ...]
    cues: tuple[Mapping[str, Any], ...]
    family_id: uuid.UUID | None
    reported_by_id: uuid.UUID
    part_of_day: str = ""
    not_today_reason: str = ""
    not_asked: tuple[str, ...] = ()
    is_late: bool = False
    state_before: str = ""

    @property
    def is_offered(self) -> bool:
        return self.outcome in OFFERED

    @property
    def placed(self) -> Placed:
        """The input of the slot rule."""
        return Placed(
            id=self.client_id,
            on=self.on,
            started_at=self.occurred_at if self.is_timed_start else None,
            part=PartOfDay(self.part_of_day) if self.part_of_day else None,
            names=None if self.slot_number is None else SlotKey(self.on, self.slot_number),
        )

    @property
    def logged(self) -> Logged:
        started_at = self.occurred_at if self.is_timed_start else None
        return Logged(
            id=self.client_id,
            started_at=started_at,
            ended_at=(
                started_at + dt.timedelta(minutes=self.minutes)
                if started_at is not None and self.minutes is not None
                else None
            ),
            minutes=self.minutes,
            steps_done=self.steps_done,
        )


def facts(rows: Iterable[Mapping[str, Any]]) -> list[SessionFact]:
    """Rows of `sessions_of` as facts."""
    return [
        SessionFact(
            child_id=row["child_id"],
            client_id=row["client_id"],
            program_id=row["program_id"],
            program_version_id=row["program_version_id"],
            slot_number=row["slot_number"],
            provider=row["provider"],
            outcome=SessionOutcome(row["outcome"]),
            ended_by=row["ended_by"],
            not_today_reason=row["not_today_reason"],
            not_asked=tuple(row["not_asked"]),
            state_before=row["state_before"],
            state_after=row["state_after"],
            on=row["local_day"],
            occurred_at=instant(row["occurred_epoch"]),
            is_timed_start=row["precision"] == Precision.MINUTE,
            zone=row["zone"],
            minutes=None if row["minutes"] is None else float(row["minutes"]),
            steps_done=row["steps_done"],
            steps=tuple(row["told_steps"] or ()),
            cues=tuple(row["told_cues"] or ()),
            family_id=row["family_id"],
            reported_by_id=row["reported_by_id"],
            part_of_day=row["part_of_day"],
            is_late=EntryFlag.LOGGED_LATE in row["flags"],
        )
        for row in rows
    ]


def sessions_of(
    child_ids: Collection[uuid.UUID],
    *,
    first: dt.date,
    last: dt.date,
    only_by: uuid.UUID | None = None,
    in_full: bool = True,
    cues_of: Collection[uuid.UUID] = (),
) -> dict[uuid.UUID, list[SessionFact]]:
    """Every counted session of the children on local days from `first` to `last`; two statements.

    Counted: the latest revision, not withdrawn, with a plausible time, and one of each group of possible
    duplicates; "not today" is included. In the order they happened. `only_by`: only those this person
    logged. Not `in_full`: without the columns `LEFT_OUT`, with cues only for the children `cues_of`, and
    with steps only where a session's dose depends on them. The caller has checked that the reader may see
    these children.
    """
    rows = (
        MassageSession.objects.counted()
        .filter(logged_in(child_ids, first, last, only_by))
        .annotate(
            occurred_epoch=epoch("occurred_at"),
            steps_done=STEPS_DONE,
            told_steps=F("steps") if in_full else STEPS_WHERE_WORTH_DEPENDS_ON_THEM,
            told_cues=F("cues") if in_full else _cues_of(cues_of),
        )
        .order_by("child_id", "occurred_at", "id")
        .values(
            *(FACTS if in_full else FACTS_IN_SHORT), "occurred_epoch", "steps_done", "told_steps", "told_cues"
        )
    )
    apart: defaultdict[uuid.UUID, set[frozenset[uuid.UUID]]] = defaultdict(set)
    for child_id, one, other in ApartAnswer.objects.filter(Among("child", child_ids)).values_list(
        "child_id", "one", "other"
    ):
        apart[child_id].add(frozenset({one, other}))
    by_child: defaultdict[uuid.UUID, list[SessionFact]] = defaultdict(list)
    for fact in facts(rows if in_full else ({**LEFT_OUT, **row} for row in rows)):
        by_child[fact.child_id].append(fact)
    return {child: counted(found, answered_apart=apart[child]) for child, found in by_child.items()}


def _cues_of(child_ids: Collection[uuid.UUID]) -> Case:
    """Cues of these children's sessions only; reading all of them is slow."""
    return Case(When(Among("child", child_ids), then=F("cues")), output_field=JSONField())


def logged_in(
    child_ids: Collection[uuid.UUID], first: dt.date, last: dt.date, only_by: uuid.UUID | None
) -> Q:
    """Entries of the children and days; `only_by` limits them to one author."""
    of_period = Q(Among("child", child_ids), local_day__range=(first, last))
    return of_period if only_by is None else of_period & told_by(only_by)


def counted(
    sessions: Iterable[SessionFact], *, answered_apart: Collection[frozenset[uuid.UUID]] = ()
) -> list[SessionFact]:
    """The sessions without possible duplicates, in the same order."""
    everyone = list(sessions)
    kept = counted_ids((one.logged for one in everyone if one.is_offered), answered_apart=answered_apart)
    return [one for one in everyone if not one.is_offered or one.client_id in kept]


def step_seconds(sessions: Iterable[SessionFact]) -> dict[str, int]:
    """Prescribed seconds by program step id, for sessions stopped without minutes; one statement or none."""
    wanted = {
        step["step"]
        for session in sessions
        if session.outcome == SessionOutcome.STOPPED and session.minutes is None
        for step in session.steps
        if step.get("step")
    }
    if not wanted:
        return {}
    rows = ProgramStep.objects.filter(pk__in=wanted).values_list("id", "seconds")
    return {str(step_id): seconds for step_id, seconds in rows}


def given(session: SessionFact, seconds: Mapping[str, int]) -> Given:
    """A session as input of dose and adherence; `seconds` from `step_seconds`."""
    known = [(step, seconds.get(str(step.get("step")))) for step in session.steps]
    timed = [(step, each) for step, each in known if each is not None]
    return Given(
        outcome=session.outcome,
        minutes=session.minutes,
        done_seconds=float(sum(each for step, each in timed if step.get("is_done"))) if timed else None,
        all_seconds=float(sum(each for _, each in timed)) if timed else None,
    )


def exposure(
    plan: Plan,
    sessions: Iterable[SessionFact],
    *,
    until: dt.date,
    since: dt.date | None = None,
    days_with_entry: Collection[dt.date] = (),
    seconds: Mapping[str, int] | None = None,
    zone: str | None = None,
    provider: Provider = Provider.CAREGIVER,
) -> Adherence | None:
    """Adherence, offered and dose of a plan up to and including the local day `until`.

    `since` is the first day of a program week to begin with, None: the start. None before the program starts.
    Sessions of other programs, and of another provider, are left out.
    """
    started_on = plan.started_on
    if since is not None and since > started_on:
        week = plan.week_on(since) or 1
        started_on += dt.timedelta(weeks=week - 1)
    last = until if plan.last_on is None else min(until, plan.last_on)
    if last < started_on:
        return None
    mine = [one for one in sessions if one.program_id == plan.program_id and one.provider == provider]
    return adherence(
        prescribed=plan.prescribed(provider),
        sessions=[CountedSession(on=one.on, given=given(one, seconds or {}), zone=one.zone) for one in mine],
        started_on=started_on,
        until=last,
        pauses=plan.pauses,
        excused=plan.excused,
        days_with_entry=days_with_entry,
        zone=zone,
    )


@dataclass(frozen=True, slots=True)
class StripDay:
    """One local day as a caseload or child page shows it; `count` sessions were offered."""

    on: dt.date
    state: DayState
    count: int = 0


BEST_FIRST = (
    (SessionOutcome.DONE, DayState.DONE),
    (SessionOutcome.STOPPED, DayState.STOPPED),
    (SessionOutcome.DECLINED, DayState.DECLINED),
    (SessionOutcome.NOT_TODAY, DayState.NOT_TODAY),
)


def strip(
    plans: Iterable[Plan], sessions: Iterable[SessionFact], *, last: dt.date, days: int = 14
) -> tuple[StripDay, ...]:
    """The last `days` local days, oldest first: each day's best session outcome, or why it has no session."""
    running = list(plans)
    by_day: defaultdict[dt.date, list[SessionFact]] = defaultdict(list)
    for session in sessions:
        by_day[session.on].append(session)
    every = (last - dt.timedelta(days=back) for back in reversed(range(days)))
    return tuple(
        StripDay(
            on=day,
            state=_state_of(day, {one.outcome for one in by_day[day]}, running),
            count=sum(one.is_offered for one in by_day[day]),
        )
        for day in every
    )


def _state_of(day: dt.date, outcomes: set[SessionOutcome], plans: list[Plan]) -> DayState:
    for outcome, state in BEST_FIRST:
        if outcome in outcomes:
            return state
    if any(plan.asks_on(day) for plan in plans):
        return DayState.NO_RECORD
    if any(plan.is_paused_on(day) and plan.version_on(day) for plan in plans):
        return DayState.PAUSED
    if any(plan.is_excused_on(day) and plan.version_on(day) for plan in plans):
        return DayState.EXCUSED
    return DayState.NOT_PRESCRIBED
