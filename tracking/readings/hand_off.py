"""The hand-off line: who did what with a child since a caregiver last looked.

For two homes, helpers and shared nights. Newest first; it compares nobody, counts nothing, and says no more
about another household than its entries would.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum, unique
from typing import Any

from django.db.models import CharField, F, Value

from clinic.localtime import local_day, local_wall, night_of
from clinic.models import Child, Family, User
from tracking.models import Concern, HandOffLook, HomeProgram, MassageSession, ProgramPause, ProgramVersion
from tracking.models.entries import told_by
from tracking.readings.entries import SeenEntry, entries_named
from tracking.readings.entry_sentences import sentence
from tracking.readings.sight import Byline, ShownAs, Sight, sight_of
from tracking.sync.bodies import EntryKind
from tracking.sync.building import ROWS
from tracking.vocabulary.programs import ChangeKind, EntryState, Precision, SessionOutcome
from tracking.wording import hand_off as wording
from tracking.wording import labels

FIRST_LOOK = dt.timedelta(days=1)
"""So far back somebody is told who never looked before."""

LONGEST = dt.timedelta(days=14)
"""So far back at most: the rest is in the diary."""

STILL_WRITTEN = dt.timedelta(seconds=5)
"""What was being written while somebody looked is told next time: rather twice than not at all."""

MOST_LINES = 30


@unique
class HandOffKind(StrEnum):
    """What a line tells of: an entry, a worry, a pause, or what was prescribed."""

    SESSION = EntryKind.SESSION.value
    BEDTIME = EntryKind.BEDTIME.value
    OBSERVATION = EntryKind.OBSERVATION.value
    STIMULUS_DAY = EntryKind.STIMULUS_DAY.value
    CONCERN = "concern"
    PAUSE = "pause"
    PROGRAM = "program"


@dataclass(frozen=True, slots=True)
class HandOffLine:
    """One thing somebody else did, `said` in a sentence.

    `thing` is what it is fetched by; None where the reader may know that it happened and nothing more. `on`
    is the local day it is of, `wall` what clocks showed there, None where that is not known to the minute.
    """

    kind: HandOffKind
    thing: uuid.UUID | None
    by: Byline
    told_by: Byline | None
    on: dt.date
    wall: dt.datetime | None
    said: str


@dataclass(frozen=True, slots=True)
class HandOff:
    """What others did since `since`, what was heard of last first. Looked at, it is marked up to `until`.

    `has_earlier`: there was more than is told here; the diary has it.
    """

    since: dt.datetime
    until: dt.datetime
    lines: tuple[HandOffLine, ...]
    has_earlier: bool


def hand_off(
    user: User,
    child: Child,
    *,
    now: dt.datetime,
    sight: Sight | None = None,
    household: Family | None = None,
    limit: int = MOST_LINES,
) -> HandOff:
    """What others did with `child` since `user`, who cares for it, last looked.

    Three statements while there is nothing, one more for each kind of thing there is. Of a child that has
    died nothing is told.
    """
    sight = sight or sight_of(user, child)
    looked = HandOffLook.objects.filter(child=child, user=user).values_list("looked_until", flat=True).first()
    since = max(looked or now - FIRST_LOOK, now - LONGEST)
    lines: Sequence[HandOffLine] = ()
    has_earlier = False
    if child.died_on is None:
        zone = household.zone if household else _zone_of(sight)
        told = _in_full if sight.is_guardian else _that_it_is_done
        lines, has_earlier = told(user, child, sight, since=since, now=now, zone=zone, limit=limit)
    return HandOff(since=since, until=now - STILL_WRITTEN, lines=tuple(lines), has_earlier=has_earlier)


def _zone_of(sight: Sight) -> str:
    assert sight.family_id is not None  # whoever cares for a child has a household
    return Family.objects.values_list("zone", flat=True).get(pk=sight.family_id)


# ---- a guardian: what their own pages would show ---------------------------------------------------------


def _in_full(
    user: User,
    child: Child,
    sight: Sight,
    *,
    since: dt.datetime,
    now: dt.datetime,
    zone: str,
    limit: int,
) -> tuple[list[HandOffLine], bool]:
    """The lines that are told, and whether there are more."""
    earliest = local_day(now - LONGEST, zone)
    news = _news(user, child, since=since, earliest=earliest, limit=limit + 1)
    has_earlier = len(news) > limit
    things: dict[HandOffKind, list[uuid.UUID]] = {}
    for kind, thing, _ in news[:limit]:
        things.setdefault(kind, []).append(thing)
    found: dict[tuple[HandOffKind, uuid.UUID], HandOffLine] = {}
    for kind, ids in things.items():
        for thing, line in _told(user, child, sight, kind, ids, zone=zone, now=now).items():
            found[kind, thing] = line
    return [found[kind, thing] for kind, thing, _ in news if (kind, thing) in found], has_earlier


def _news(
    user: User, child: Child, *, since: dt.datetime, earliest: dt.date, limit: int
) -> list[tuple[HandOffKind, uuid.UUID, dt.datetime]]:
    """What came in from others, last first, as kind, id and when; one statement."""
    arms: list[Any] = []
    for kind in EntryKind:
        rows = ROWS[kind].objects.current().visible_to(user).filter(state=EntryState.RECORDED)
        if kind is EntryKind.STIMULUS_DAY:
            rows = rows.filter(came_up=True)
        arms.append(_named(rows, kind, "client_id", "received_at"))
    concerns = Concern.objects.visible_to(user)
    arms.append(_named(concerns, HandOffKind.CONCERN, "client_id", "received_at"))
    arms = [arm.filter(child=child, local_day__gte=earliest).exclude(told_by(user.pk)) for arm in arms]
    programs = HomeProgram.objects.visible_to(user).filter(child=child).values("pk")
    pauses = ProgramPause.objects.filter(program__in=programs).exclude(by=user)
    versions = ProgramVersion.objects.filter(program__in=programs).exclude(published_by=user)
    arms.append(_named(pauses, HandOffKind.PAUSE, "id", "at"))
    arms.append(_named(versions, HandOffKind.PROGRAM, "id", "published_at"))
    first, *rest = (
        arm.filter(known_at__gt=since).values_list("told_as", "thing", "known_at") for arm in arms
    )
    told = first.union(*rest, all=True).order_by("-known_at", "thing")[:limit]
    return [(HandOffKind(kind), thing, known_at) for kind, thing, known_at in told]


def _named(rows: Any, kind: str, thing: str, known_at: str) -> Any:
    """Rows of one kind with the columns that all kinds have."""
    return rows.annotate(
        told_as=Value(str(kind), output_field=CharField()), thing=F(thing), known_at=F(known_at)
    )


def _told(
    user: User,
    child: Child,
    sight: Sight,
    kind: HandOffKind,
    ids: Iterable[uuid.UUID],
    *,
    zone: str,
    now: dt.datetime,
) -> Mapping[uuid.UUID, HandOffLine]:
    """Lines of one kind by id; one statement."""
    if kind is HandOffKind.CONCERN:
        return _concerns(user, child, sight, ids)
    if kind is HandOffKind.PAUSE:
        pauses = ProgramPause.objects.filter(pk__in=ids).select_related("by").order_by("id")
        return {one.pk: _pause(one, sight, zone) for one in pauses}
    if kind is HandOffKind.PROGRAM:
        versions = ProgramVersion.objects.filter(pk__in=ids).select_related("published_by").order_by("id")
        return {one.pk: _version(one, sight, zone) for one in versions}
    entries = entries_named(user, EntryKind(kind), {child.pk: sight}, ids, now=now)
    return {thing: _entry(kind, entry) for (_, thing), entry in entries.items()}


def _entry(kind: HandOffKind, entry: SeenEntry) -> HandOffLine:
    return HandOffLine(
        kind=kind,
        thing=entry.client_id,
        by=entry.by,
        told_by=entry.told_by,
        on=entry.local_day,
        wall=entry.occurred.wall if entry.precision == Precision.MINUTE else None,
        said=sentence(entry),
    )


def _concerns(
    user: User, child: Child, sight: Sight, ids: Iterable[uuid.UUID]
) -> Mapping[uuid.UUID, HandOffLine]:
    rows = Concern.objects.visible_to(user).filter(child=child, client_id__in=ids)
    told: dict[uuid.UUID, HandOffLine] = {}
    for one in rows.select_related("reported_by", "told_by_grant").order_by("id"):
        teller = one.told_by_grant.user_id if one.told_by_grant else None
        is_elsewhere = sight.is_elsewhere(family_id=one.family_id, reported_by_id=one.reported_by_id)
        told[one.client_id] = HandOffLine(
            kind=HandOffKind.CONCERN,
            thing=one.client_id,
            by=sight.byline(reported_by_id=one.reported_by_id, name=one.reported_by.name),
            told_by=sight.teller(user_id=teller, name=one.told_by_name, is_elsewhere=is_elsewhere),
            on=one.local_day,
            wall=local_wall(one.occurred_at, one.zone) if one.precision == Precision.MINUTE else None,
            said=wording.worried(one.kind),
        )
    return told


def _pause(pause: ProgramPause, sight: Sight, zone: str) -> HandOffLine:
    return HandOffLine(
        kind=HandOffKind.PAUSE,
        thing=pause.pk,
        by=sight.byline(reported_by_id=pause.by_id, name=pause.by.name),
        told_by=None,
        on=local_day(pause.at, zone),
        wall=None,
        said=wording.paused(pause.from_on, pause.until_on),
    )


def _version(version: ProgramVersion, sight: Sight, zone: str) -> HandOffLine:
    publisher, published_at = version.published_by, version.published_at
    assert publisher is not None  # `_news` names published versions alone
    assert published_at is not None
    first = version.effective_on or version.starts_on
    is_first = version.change_kind == ChangeKind.FIRST
    return HandOffLine(
        kind=HandOffKind.PROGRAM,
        thing=version.pk,
        by=sight.byline(reported_by_id=publisher.pk, name=publisher.name),
        told_by=None,
        on=local_day(published_at, zone),
        wall=None,
        said=wording.routine_begins(first) if is_first else wording.routine_changes(first),
    )


# ---- who only logs: that the massage is done -------------------------------------------------------------


def _that_it_is_done(
    user: User,
    child: Child,
    sight: Sight,
    *,
    since: dt.datetime,
    now: dt.datetime,
    zone: str,
    limit: int,
) -> tuple[list[HandOffLine], bool]:
    """Tonight's massages by others, as the first screen tells them: that one of a running program's was done,
    and how it went.
    """
    programs = HomeProgram.objects.visible_to(user).filter(child=child).values("pk")
    rows = (
        MassageSession.objects.counted()
        .filter(program__in=programs, received_at__gt=since, local_day__gte=night_of(now, zone))
        .exclude(told_by(user.pk))
        .order_by("-received_at", "id")
    )
    lines = [
        HandOffLine(
            kind=HandOffKind.SESSION,
            thing=None,
            by=Byline(ShownAs.HIDDEN, None),
            told_by=None,
            on=row.local_day,
            wall=None,
            said=labels.label(SessionOutcome, row.outcome),
        )
        for row in rows
        if sight.may_know_of(family_id=row.family_id, reported_by_id=row.reported_by_id)
    ]
    return lines[:limit], len(lines) > limit
