"""The small lists that come with a child in one statement, as JSON that PostgreSQL gathers."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.db.models.functions import JSONObject

from clinic.models import CareTeam, Child, ChildHome, ClinicMembership, Episode, Precaution, User
from clinic.prepared import Prepared
from clinic.rls import Now
from clinic.vocabulary import GrantKind
from tracking.models import Concern, Contact, Flag, Goal, GoalRating, Note
from tracking.models.supervision import is_unsigned
from tracking.outcomes.instants import told_day, told_instant
from tracking.readings.charts import charts_lists
from tracking.readings.consents import record_taken_back
from tracking.readings.messages import unread_of
from tracking.readings.sight import (
    Byline,
    Sight,
    grants_of,
)
from tracking.vocabulary.concerns import AdviceLevel, FlagCode, Severity

LATEST_NOTES = 10
LATEST_CONCERNS = 3


@dataclass(frozen=True, slots=True)
class Home:
    """A household the child lives in; `weekdays` empty: every day (Monday is 0)."""

    family_id: uuid.UUID
    name: str
    zone: str
    weekdays: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class TeamMember:
    user_id: uuid.UUID
    name: str
    kind: str
    credentials: tuple[str, ...]
    until_at: dt.datetime | None


@dataclass(frozen=True, slots=True)
class CaregiverSeen:
    """Somebody with access to the child today. `home` is their household's name, empty where not shown.

    `speaks` are tags of languages; it and `needs_interpreter` are told to staff alone.
    """

    user_id: uuid.UUID
    name: str
    kind: GrantKind
    relationship: str
    home: str
    speaks: tuple[str, ...]
    needs_interpreter: bool


@dataclass(frozen=True, slots=True)
class SeenPrecaution:
    id: uuid.UUID
    code: str
    region: str
    substance: str
    from_on: dt.date | None
    until_on: dt.date | None
    note: str
    is_active: bool
    is_draft: bool


@dataclass(frozen=True, slots=True)
class SeenFlag:
    """An open flag; `detail` holds the figures the rule looked at, by name."""

    id: uuid.UUID
    code: FlagCode
    severity: Severity
    raised_at: dt.datetime
    acknowledged_at: dt.datetime | None
    detail: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class SeenRating:
    """A level on a day, who rated it and when."""

    level: int
    on: dt.date
    by: str
    at: dt.datetime


@dataclass(frozen=True, slots=True)
class SeenGoal:
    """A goal and its ratings, oldest first; `ladder` holds the texts of levels -2 to +2."""

    id: uuid.UUID
    client_id: uuid.UUID
    title: str
    own_words: str
    own_words_language: str
    language: str
    ladder: tuple[str, ...]
    baseline_level: int
    primary_outcome: str
    outcome_named_on: dt.date | None
    is_open: bool
    set_on: dt.date
    is_draft: bool
    lock_version: int
    ratings: tuple[SeenRating, ...]


@dataclass(frozen=True, slots=True)
class SeenNote:
    id: uuid.UUID
    by: Byline
    body: str
    language: str
    is_private: bool
    about_entry: uuid.UUID | None
    written_at: dt.datetime
    lock_version: int
    is_mine: bool
    is_draft: bool


@dataclass(frozen=True, slots=True)
class NextContact:
    """The next planned contact; `therapist` is a name, empty where nobody is named."""

    id: uuid.UUID
    kind: str
    starts_at: dt.datetime
    therapist: str


@dataclass(frozen=True, slots=True)
class ConcernHead:
    """One of the latest concerns, in short; `on` is the local day it happened."""

    kind: str
    level: AdviceLevel
    on: dt.date


def small_lists() -> dict[str, Any]:
    """What comes with a child as JSON lists, for `Child.objects.annotate(**small_lists())`."""
    homes = ChildHome.objects.filter(child=OuterRef("pk")).order_by("id")
    episodes = Episode.objects.filter(child=OuterRef("pk")).order_by("-started_on", "-id")
    flags = Flag.objects.filter(child=OuterRef("pk"), closed_at__isnull=True).order_by("raised_at", "id")
    return {
        "homes_json": ArraySubquery(
            homes.values(
                json=JSONObject(
                    family_id="family_id", name="family__name", zone="family__zone", weekdays="weekdays"
                )
            )
        ),
        "episodes_json": ArraySubquery(episodes.values(json=JSONObject(state="state"))[:1]),
        "flags_json": ArraySubquery(
            flags.values(
                json=JSONObject(
                    id="id",
                    code="code",
                    severity="severity",
                    raised_at="raised_at",
                    acknowledged_at="acknowledged_at",
                    detail="detail",
                )
            )
        ),
    }


def told_lists(user: User, child: Child) -> dict[str, Any]:
    """The child's small lists, how many messages are new to `user`, and whether a guardian has taken back
    that the record is kept; in one statement.
    """
    [row] = _told(user=user.pk, child=child.pk)
    lists = {name.removesuffix("_json"): told for name, told in row.items() if name.endswith("_json")}
    return {"unread": row["unread"] or 0, "taken_back": row["taken_back"], **lists}


def _lists(user: uuid.UUID, child: uuid.UUID) -> QuerySet[Child, dict[str, Any]]:
    asker = User(pk=user)
    told = {
        **small_lists(),
        **_longer_lists(),
        **charts_lists(),
        "notes_json": _latest_notes(asker),
        "unread": Subquery(unread_of(asker, OuterRef("pk"))),
        "taken_back": Exists(record_taken_back(child=OuterRef("pk"))),
    }
    rows: QuerySet[Child, dict[str, Any]] = Child.objects.filter(pk=child).annotate(**told).values(*told)
    return rows


_told = Prepared(_lists)


def _latest_notes(user: User) -> ArraySubquery:
    """The latest notes that `user` may see, newest first."""
    rows = Note.objects.visible_to(user).filter(child=OuterRef("pk")).order_by("-written_at", "-id")
    return ArraySubquery(
        rows.values(
            json=JSONObject(
                id="id",
                author_id="author_id",
                author_name="author__name",
                body="body",
                language="language",
                is_private="is_private",
                about_entry="about_entry",
                written_at="written_at",
                lock_version="lock_version",
                is_draft=is_unsigned(Note),
            )
        )[:LATEST_NOTES]
    )


def _longer_lists() -> dict[str, Any]:
    concerns = Concern.objects.filter(child=OuterRef("pk")).order_by("-occurred_at", "-id")
    team = CareTeam.objects.active().filter(child=OuterRef("pk")).order_by("from_at", "id")
    memberships = ClinicMembership.objects.active().filter(
        clinic=OuterRef("clinic"), user=OuterRef("therapist")
    )
    precautions = Precaution.objects.filter(child=OuterRef("pk")).order_by("recorded_at", "id")
    goals = Goal.objects.filter(child=OuterRef("pk")).order_by("set_on", "id")
    contacts = Contact.objects.planned().filter(child=OuterRef("pk"), starts_at__gte=Now())
    ratings = GoalRating.objects.filter(goal=OuterRef("pk")).order_by("on", "at", "id")
    return {
        "grants_json": ArraySubquery(grants_of(OuterRef("pk"))),
        "team_json": ArraySubquery(
            team.values(
                json=JSONObject(
                    user_id="therapist_id",
                    name="therapist__name",
                    kind="kind",
                    until_at="until_at",
                    credentials=ArraySubquery(memberships.values(json=JSONObject(list="credentials"))),
                )
            )
        ),
        "concerns_json": ArraySubquery(
            concerns.values(json=JSONObject(kind="kind", level="level", on="local_day"))[:LATEST_CONCERNS]
        ),
        "precautions_json": ArraySubquery(
            precautions.values(
                json=JSONObject(
                    id="id",
                    code="code",
                    region="region",
                    substance="substance",
                    from_on="from_on",
                    until_on="until_on",
                    note="note",
                    is_draft=is_unsigned(Precaution),
                )
            )
        ),
        "contacts_json": ArraySubquery(
            contacts.order_by("starts_at", "id").values(
                json=JSONObject(id="id", kind="kind", starts_at="starts_at", therapist="therapist__name")
            )[:1]
        ),
        "goals_json": ArraySubquery(
            goals.values(
                json=JSONObject(
                    id="id",
                    client_id="client_id",
                    title="title",
                    own_words="own_words",
                    own_words_language="own_words_language",
                    language="language",
                    ladder="ladder",
                    baseline_level="baseline_level",
                    primary_outcome="primary_outcome",
                    outcome_named_on="outcome_named_on",
                    is_open="is_open",
                    set_on="set_on",
                    is_draft=is_unsigned(Goal),
                    lock_version="lock_version",
                    ratings=ArraySubquery(
                        ratings.values(json=JSONObject(level="level", on="on", by="by__name", at="at"))
                    ),
                )
            )
        ),
    }


def homes_of(rows: Iterable[Mapping[str, Any]]) -> tuple[Home, ...]:
    return tuple(
        Home(
            family_id=uuid.UUID(row["family_id"]),
            name=row["name"],
            zone=row["zone"],
            weekdays=tuple(row["weekdays"]),
        )
        for row in rows
    )


def flags_of(rows: Iterable[Mapping[str, Any]]) -> tuple[SeenFlag, ...]:
    """Open flags, most urgent first, then the oldest."""
    urgency = list(Severity)
    found = [
        SeenFlag(
            id=uuid.UUID(row["id"]),
            code=FlagCode(row["code"]),
            severity=Severity(row["severity"]),
            raised_at=dt.datetime.fromisoformat(row["raised_at"]),
            acknowledged_at=told_instant(row["acknowledged_at"]),
            detail=row["detail"],
        )
        for row in rows
    ]
    return tuple(sorted(found, key=lambda flag: (urgency.index(flag.severity), flag.raised_at)))


def caregivers_of(sight: Sight, homes: Iterable[Home], *, now: dt.datetime) -> tuple[CaregiverSeen, ...]:
    """Who has access now. A guardian reads their own household, a logger nobody but themselves."""
    names = {home.family_id: home.name for home in homes}
    return tuple(
        CaregiverSeen(
            user_id=one.user_id,
            name=one.name,
            kind=one.kind,
            relationship=one.relationship,
            home=names.get(one.family_id, ""),
            speaks=one.speaks if sight.grant is None else (),
            needs_interpreter=one.needs_interpreter and sight.grant is None,
        )
        for one in sight.caregivers.values()
        if one.is_valid(now)
        and (
            sight.grant is None
            or one.user_id == sight.user_id
            or (sight.is_guardian and one.family_id == sight.family_id)
        )
    )


def precaution_of(row: Mapping[str, Any], today: dt.date) -> SeenPrecaution:
    from_on, until_on = told_day(row["from_on"]), told_day(row["until_on"])
    has_begun = from_on is None or from_on <= today
    return SeenPrecaution(
        id=uuid.UUID(row["id"]),
        code=row["code"],
        region=row["region"],
        substance=row["substance"],
        from_on=from_on,
        until_on=until_on,
        note=row["note"],
        is_active=has_begun and (until_on is None or today <= until_on),
        is_draft=row["is_draft"],
    )


def goal_of(row: Mapping[str, Any]) -> SeenGoal:
    return SeenGoal(
        id=uuid.UUID(row["id"]),
        client_id=uuid.UUID(row["client_id"]),
        title=row["title"],
        own_words=row["own_words"],
        own_words_language=row["own_words_language"],
        language=row["language"],
        ladder=tuple(row["ladder"]),
        baseline_level=row["baseline_level"],
        primary_outcome=row["primary_outcome"],
        outcome_named_on=told_day(row["outcome_named_on"]),
        is_open=row["is_open"],
        set_on=dt.date.fromisoformat(row["set_on"]),
        is_draft=row["is_draft"],
        lock_version=row["lock_version"],
        ratings=tuple(
            SeenRating(
                rating["level"],
                dt.date.fromisoformat(rating["on"]),
                rating["by"],
                dt.datetime.fromisoformat(rating["at"]),
            )
            for rating in row["ratings"]
        ),
    )


def note_of(row: Mapping[str, Any], sight: Sight) -> SeenNote:
    author_id = uuid.UUID(row["author_id"])
    return SeenNote(
        id=uuid.UUID(row["id"]),
        by=sight.byline(reported_by_id=author_id, name=row["author_name"]),
        body=row["body"],
        language=row["language"],
        is_private=row["is_private"],
        about_entry=uuid.UUID(row["about_entry"]) if row["about_entry"] else None,
        written_at=dt.datetime.fromisoformat(row["written_at"]),
        lock_version=row["lock_version"],
        is_mine=author_id == sight.user_id,
        is_draft=row["is_draft"],
    )


def next_contact_of(rows: Iterable[Mapping[str, Any]]) -> NextContact | None:
    for row in rows:
        return NextContact(
            id=uuid.UUID(row["id"]),
            kind=row["kind"],
            starts_at=dt.datetime.fromisoformat(row["starts_at"]),
            therapist=row["therapist"] or "",
        )
    return None
