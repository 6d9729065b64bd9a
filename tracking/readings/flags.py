"""Flags as their readers see them: the clinic's list, soonest due first, and one flag with its history.

The care team reads everything. An owner who reads a flag without being on the team reads its head: the child,
the severity, the time and what was done, but not what it is about (docs/access.md).
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.db.models import F, Q, QuerySet

from clinic.models import Child, Clinic, User
from tracking.models import (
    ChosenAdvice,
    Flag,
    FlagAcknowledgement,
    FlagEscalation,
    FlagSnooze,
    HomeProgram,
    ProgramState,
)
from tracking.readings.flag_readers import Reader, Readers, readers_of, unread_children
from tracking.readings.flag_settings import AdoptedText, adopted_texts, rules_of, switched_off
from tracking.vocabulary.concerns import MEDICAL_FLAGS, FlagCode, Severity
from tracking.vocabulary.flags import CHANGES_CARE, SAID_TO_FAMILIES, CloseHow, ReaderKind

MOST_SHOWN = 200
CLOSED_LATELY = dt.timedelta(days=30)


class Shown(StrEnum):
    """Which flags the list shows."""

    NEEDS_SOMEBODY = "needs_somebody"
    TAKEN = "taken"
    PUT_OFF = "put_off"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class FlagSeen:
    """A flag. For a reader of its head alone `code` is None, and `detail` empty.

    `readers` are those it lies with now; `taken_by` who has it.
    """

    id: uuid.UUID
    child_id: uuid.UUID
    child_name: str
    code: FlagCode | None
    detail: Mapping[str, Any]
    severity: Severity
    raised_at: dt.datetime
    due_at: dt.datetime | None
    is_late: bool
    readers: tuple[Reader, ...]
    reader_kind: ReaderKind
    taken_by: str
    taken_at: dt.datetime | None
    snoozed_until: dt.datetime | None
    closed_at: dt.datetime | None

    @property
    def is_head_only(self) -> bool:
        return self.code is None


@dataclass(frozen=True, slots=True)
class SwitchedOff:
    code: FlagCode
    by: str
    at: dt.datetime
    reason: str
    language: str


@dataclass(frozen=True, slots=True)
class FlagList:
    """The clinic's flags that this person reads; `counts` by what the list can show.

    `unread_count` children in care have nobody who reads what is urgent; told to owners alone, None else.
    `off` are the medical rules that are switched off, with who did so and why.
    """

    rows: tuple[FlagSeen, ...]
    counts: Mapping[Shown, int]
    unread_count: int | None
    off: tuple[SwitchedOff, ...]


class What(StrEnum):
    """What happened to a flag."""

    RAISED = "raised"
    ACKNOWLEDGED = "acknowledged"
    PUT_OFF = "put_off"
    WENT_ON = "went_on"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Happened:
    """One thing that happened to a flag. `who` did it, or whom it went to; `words` are theirs."""

    at: dt.datetime
    what: What
    who: str = ""
    words: str = ""
    language: str = ""
    until_at: dt.datetime | None = None
    how: CloseHow | None = None


@dataclass(frozen=True, slots=True)
class ForFamily:
    """What the family reads about a flag: adopted words, or none yet.

    `programs` are those that run, each with whether a therapist chose the text for it; empty where the text
    does not change care.
    """

    text: AdoptedText | None
    changes_care: bool
    programs: tuple[tuple[HomeProgram, bool], ...]


@dataclass(frozen=True, slots=True)
class FlagPage:
    """One flag. `for_family` None: no family reads anything about it, or the reader sees the head alone."""

    flag: FlagSeen
    history: tuple[Happened, ...]
    for_family: ForFamily | None
    is_medical: bool


def flag_list(user: User, clinic: Clinic, *, now: dt.datetime, shown: Shown, is_owner: bool) -> FlagList:
    """The flags of the clinic that `user` reads, soonest due first, then the gravest; at most 200.

    A constant number of statements.
    """
    visible = Flag.objects.visible_to(user).filter(clinic=clinic)
    rows = list(
        _of(visible, shown, now)
        .select_related("child", "acknowledged_by")
        .order_by(*_order(shown), "raised_at", "id")[:MOST_SHOWN]
    )
    own = set(Child.objects.on_team_of(user).filter(clinic=clinic).values_list("pk", flat=True))
    readers = readers_of({row.child_id for row in rows}, [clinic.pk])
    unread = None
    if is_owner:
        unread = sum(len(children) for children in unread_children(rules_of([clinic.pk])).values())
    return FlagList(
        rows=tuple(_seen(row, readers, own, now) for row in rows),
        counts={one: _of(visible, one, now).count() for one in Shown},
        unread_count=unread,
        off=tuple(
            SwitchedOff(FlagCode(one.code), one.set_by.name, one.set_at, one.reason, one.language)
            for one in switched_off([clinic.pk])
            if one.code in MEDICAL_FLAGS
        ),
    )


def flag_page(flag: Flag, *, is_team: bool, now: dt.datetime, language: str) -> FlagPage:
    """One flag as this reader sees it; the caller has fetched it through the one door."""
    readers = readers_of([flag.child_id], [flag.clinic_id])
    seen = _seen(flag, readers, {flag.child_id} if is_team else set(), now)
    return FlagPage(
        flag=seen,
        history=_history(flag) if is_team else _acts(flag),
        for_family=_for_family(flag, language) if is_team and flag.code in SAID_TO_FAMILIES else None,
        is_medical=flag.code in MEDICAL_FLAGS,
    )


# ---- parts ----------------------------------------------------------------------------------------------


def _of(flags: QuerySet[Flag], shown: Shown, now: dt.datetime) -> QuerySet[Flag]:
    is_asleep = Q(snoozed_until__gt=now)
    open_now = Q(closed_at__isnull=True)
    match shown:
        case Shown.NEEDS_SOMEBODY:
            return flags.filter(open_now & Q(acknowledged_at__isnull=True) & ~is_asleep)
        case Shown.TAKEN:
            return flags.filter(open_now & Q(acknowledged_at__isnull=False) & ~is_asleep)
        case Shown.PUT_OFF:
            return flags.filter(open_now & is_asleep)
        case Shown.CLOSED:
            return flags.filter(closed_at__gt=now - CLOSED_LATELY)


def _order(shown: Shown) -> Sequence[Any]:
    if shown is Shown.CLOSED:
        return (F("closed_at").desc(),)
    if shown is Shown.PUT_OFF:
        return ("snoozed_until",)
    return (F("due_at").asc(nulls_last=True),)


def _seen(row: Flag, readers: Readers, own: Iterable[uuid.UUID], now: dt.datetime) -> FlagSeen:
    is_own = row.child_id in own
    kind = ReaderKind(row.readers[min(row.asked_count, len(row.readers)) - 1])
    is_open = row.closed_at is None and row.acknowledged_at is None
    return FlagSeen(
        id=row.pk,
        child_id=row.child_id,
        child_name=f"{row.child.first_name} {row.child.last_name}".strip(),
        code=FlagCode(row.code) if is_own else None,
        detail=row.detail if is_own else {},
        severity=Severity(row.severity),
        raised_at=row.raised_at,
        due_at=row.due_at,
        is_late=is_open and row.due_at is not None and row.due_at <= now,
        readers=readers.of(
            kind, child_id=row.child_id, clinic_id=row.clinic_id, owner_id=row.owner_reader_id
        ),
        reader_kind=kind,
        taken_by=row.acknowledged_by.name if row.acknowledged_by else "",
        taken_at=row.acknowledged_at,
        snoozed_until=row.snoozed_until if row.snoozed_until and row.snoozed_until > now else None,
        closed_at=row.closed_at,
    )


def _history(flag: Flag) -> tuple[Happened, ...]:
    """Everything that happened to a flag, oldest first; three statements."""
    looked = FlagAcknowledgement.objects.filter(flag=flag).select_related("by").order_by("at", "id")
    put_off = FlagSnooze.objects.filter(flag=flag).select_related("by").order_by("at", "id")
    went_on: defaultdict[dt.datetime, list[str]] = defaultdict(list)
    for one in FlagEscalation.objects.filter(flag=flag).select_related("to").order_by("at", "id"):
        went_on[one.at].append(one.to.name)
    happened = [
        Happened(flag.raised_at, What.RAISED),
        *(Happened(one.at, What.ACKNOWLEDGED, one.by.name, one.will_do, one.language) for one in looked),
        *(
            Happened(one.at, What.PUT_OFF, one.by.name, one.reason, one.language, until_at=one.until_at)
            for one in put_off
        ),
        *(Happened(at, What.WENT_ON, ", ".join(names)) for at, names in went_on.items()),
        *_closing(flag, words=flag.close_reason, language=flag.language),
    ]
    return tuple(sorted(happened, key=lambda one: one.at))


def _acts(flag: Flag) -> tuple[Happened, ...]:
    """What an owner reads of it: that it came, that somebody looked, that it was closed."""
    who = flag.acknowledged_by.name if flag.acknowledged_by else ""
    looked = [Happened(flag.acknowledged_at, What.ACKNOWLEDGED, who)] if flag.acknowledged_at else []
    return (Happened(flag.raised_at, What.RAISED), *looked, *_closing(flag))


def _closing(flag: Flag, *, words: str = "", language: str = "") -> list[Happened]:
    if flag.closed_at is None:
        return []
    who = flag.closed_by.name if flag.closed_by else ""
    how = CloseHow(flag.closed_how) if flag.closed_how else CloseHow.BY_HAND
    return [Happened(flag.closed_at, What.CLOSED, who, words, language, how=how)]


def _for_family(flag: Flag, language: str) -> ForFamily:
    code = FlagCode(flag.code)
    programs: tuple[tuple[HomeProgram, bool], ...] = ()
    if code in CHANGES_CARE:
        running = HomeProgram.objects.filter(child=flag.child, state=ProgramState.ACTIVE).order_by("id")
        chosen = set(
            ChosenAdvice.objects.active()
            .filter(program__child=flag.child, code=code)
            .values_list("program", flat=True)
        )
        programs = tuple((program, program.pk in chosen) for program in running)
    return ForFamily(adopted_texts(flag.clinic_id, language).get(code), code in CHANGES_CARE, programs)
