"""The diary: a child's days as a page, newest day first, each day in the order of events."""

from __future__ import annotations

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from clinic.models import Child, User
from tracking.models import Message, Note
from tracking.outcomes.plans import Plan, plans_of
from tracking.outcomes.series import ChangeMark, marks_of
from tracking.readings.concerns import SeenConcern, page_of_concerns
from tracking.readings.entries import SeenEntry, entries_between
from tracking.readings.library import BUILT_IN_LANGUAGE
from tracking.readings.sight import Byline, Sight, sight_of
from tracking.vocabulary.programs import EntryFlag, Phase


@dataclass(frozen=True, slots=True)
class Remark:
    """A clinician's note, beside an entry or on a day of its own."""

    id: uuid.UUID
    by: Byline
    body: str
    language: str
    is_private: bool
    written_at: dt.datetime


@dataclass(frozen=True, slots=True)
class Answer:
    """A message to or from the family about one entry."""

    by: Byline
    body: str
    language: str
    sent_at: dt.datetime


@dataclass(frozen=True, slots=True)
class DiaryEntry:
    """An entry, the remarks on it that the reader may see, and the messages about it.

    `twin` is the other session of its day it may be one with, None where it stands alone.
    """

    entry: SeenEntry
    remarks: tuple[Remark, ...]
    answers: tuple[Answer, ...] = ()
    twin: uuid.UUID | None = None


@dataclass(frozen=True, slots=True)
class DiaryDay:
    """One local day. `week` is the program week; `concerns` what worried somebody; `marks` are versions that
    applied from this day.
    """

    on: dt.date
    phase: Phase | None
    week: int | None
    is_paused: bool
    is_excused: bool
    entries: tuple[DiaryEntry, ...]
    marks: tuple[ChangeMark, ...]
    concerns: tuple[SeenConcern, ...] = ()


@dataclass(frozen=True, slots=True)
class Diary:
    """Days with an entry or a change, or left out, newest first.

    `possible_duplicates`: the ids to be asked about.
    """

    first: dt.date
    last: dt.date
    days: tuple[DiaryDay, ...]
    possible_duplicates: tuple[uuid.UUID, ...]

    @property
    def entry_count(self) -> int:
        return sum(len(day.entries) for day in self.days)


def diary(
    user: User,
    child: Child,
    *,
    first: dt.date,
    last: dt.date,
    now: dt.datetime,
    with_withdrawn: bool = False,
    language: str = BUILT_IN_LANGUAGE,
) -> Diary:
    """The days from `first` to `last` as `user` may read them, in a constant number of statements.

    `language` is that of the advice beside a concern.
    """
    sight = sight_of(user, child)
    entries = entries_between(sight, user, first=first, last=last, now=now, with_withdrawn=with_withdrawn)
    ids = {entry.client_id for entry in entries}
    remarks, answers = remarks_of(sight, user, child, ids), answers_to(sight, user, child, ids)
    plans = plans_of([child.pk], active_only=False).get(child.pk, [])
    by_day: defaultdict[dt.date, list[DiaryEntry]] = defaultdict(list)
    for entry in entries:
        by_day[entry.local_day].append(
            DiaryEntry(
                entry,
                remarks.get(entry.client_id, ()),
                answers.get(entry.client_id, ()),
                _twin(entry, entries),
            )
        )
    marks: defaultdict[dt.date, list[ChangeMark]] = defaultdict(list)
    for plan in plans:
        for mark in marks_of(plan, first=first, last=last):
            marks[mark.on].append(mark)
    excused = {day for plan in plans for day in plan.excused if first <= day <= last}
    worries: defaultdict[dt.date, list[SeenConcern]] = defaultdict(list)
    told = page_of_concerns(user, child, sight, now=now, language=language, first=first, last=last, limit=100)
    for concern in reversed(told.concerns):
        worries[concern.local_day].append(concern)
    days = sorted({*by_day, *marks, *excused, *worries}, reverse=True)
    return Diary(
        first=first,
        last=last,
        days=tuple(
            replace(_day(day, by_day[day], marks[day], plans), concerns=tuple(worries[day])) for day in days
        ),
        possible_duplicates=tuple(
            entry.client_id for entry in entries if EntryFlag.POSSIBLE_DUPLICATE in entry.flags
        ),
    )


def _day(day: dt.date, entries: list[DiaryEntry], marks: list[ChangeMark], plans: list[Plan]) -> DiaryDay:
    plan = next((one for one in plans if one.phase_on(day) is not None), None)
    return DiaryDay(
        on=day,
        phase=plan.phase_on(day) if plan else None,
        week=plan.week_on(day) if plan else None,
        is_paused=plan.is_paused_on(day) if plan else False,
        is_excused=plan.is_excused_on(day) if plan else False,
        entries=tuple(entries),
        marks=tuple(marks),
    )


def _twin(entry: SeenEntry, entries: Iterable[SeenEntry]) -> uuid.UUID | None:
    """Of the day's other possible duplicates the one nearest in time."""
    if EntryFlag.POSSIBLE_DUPLICATE not in entry.flags:
        return None
    others = [
        other
        for other in entries
        if other.client_id != entry.client_id
        and other.local_day == entry.local_day
        and EntryFlag.POSSIBLE_DUPLICATE in other.flags
    ]
    nearest = min(
        others,
        key=lambda other: (abs(other.occurred.wall - entry.occurred.wall), other.client_id),
        default=None,
    )
    return nearest.client_id if nearest else None


def answers_to(
    sight: Sight, user: User, child: Child, client_ids: set[uuid.UUID]
) -> Mapping[uuid.UUID, tuple[Answer, ...]]:
    """The messages about these entries that `user` may read, oldest first; one statement."""
    found: defaultdict[uuid.UUID, list[Answer]] = defaultdict(list)
    rows = Message.objects.visible_to(user).filter(child=child, about_entry__in=client_ids)
    for row in rows.order_by("sent_at", "id").values(
        "id", "about_entry", "author_id", "author__name", "body", "language", "sent_at"
    ):
        by = sight.byline(reported_by_id=row["author_id"], name=row["author__name"], is_letter=True)
        found[row["about_entry"] or row["id"]].append(
            Answer(by=by, body=row["body"], language=row["language"], sent_at=row["sent_at"])
        )
    return {client_id: tuple(told) for client_id, told in found.items()}


def remarks_of(
    sight: Sight, user: User, child: Child, client_ids: set[uuid.UUID]
) -> Mapping[uuid.UUID, tuple[Remark, ...]]:
    """The remarks on these entries that `user` may read, oldest first; one statement."""
    found: defaultdict[uuid.UUID, list[Remark]] = defaultdict(list)
    rows = Note.objects.visible_to(user).filter(child=child, about_entry__in=client_ids)
    for row in rows.order_by("written_at", "id").values(
        "id", "about_entry", "author_id", "author__name", "body", "language", "is_private", "written_at"
    ):
        found[row["about_entry"] or row["id"]].append(
            Remark(
                id=row["id"],
                by=sight.byline(reported_by_id=row["author_id"], name=row["author__name"]),
                body=row["body"],
                language=row["language"],
                is_private=row["is_private"],
                written_at=row["written_at"],
            )
        )
    return {client_id: tuple(remarks) for client_id, remarks in found.items()}
