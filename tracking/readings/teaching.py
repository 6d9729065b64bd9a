"""Teaching: who was shown what, which steps that opens, who is ready, and what a family reads of it."""

from __future__ import annotations

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Exists, F, OuterRef, Q

from clinic.models import CaregiverGrant, Child, ChildHome, User
from tracking.models import Contact, Demonstration, HomeProgram, ProgramState, ProgramVersion, Stroke
from tracking.models.demonstrations import DemonstrationQuerySet
from tracking.readings.prescriptions import parts_of
from tracking.readings.sight import Sight
from tracking.readings.texts import stroke_texts
from tracking.teaching import Asker, Learner, Lesson, is_taught
from tracking.vocabulary.teaching import TaughtLevel, Teachable
from tracking.wording import labels

WHOLE = (Teachable.ROUTINE, Teachable.CUE_READING, Teachable.STOP_RULE)


@dataclass(frozen=True, slots=True)
class Teaching:
    """What counts as taught for one reader. `asker` None: whoever was taught will do."""

    lessons: tuple[Lesson, ...]
    asker: Asker | None

    def is_taught(self, stroke: str) -> bool:
        """Whether a step of this stroke (empty: of none) has been taught."""
        return is_taught(self.lessons, stroke=stroke, asker=self.asker)


def teaching_for(child: Child, *, user: User | None = None, family_id: uuid.UUID | None = None) -> Teaching:
    """What has been taught of a child's program, as it stands; one statement.

    For a caregiver `user` of household `family_id`; without them for the team, to whom anybody's lesson will
    do. Lessons of people whose access has ended, and drafts that wait for a signature, do not count.
    """
    asker = Asker(user.pk, family_id) if user is not None else None
    return Teaching(tuple(_lesson(row) for row in _latest(child).signed()), asker)


def teaching_in_sight(child: Child, sight: Sight) -> Teaching:
    """As `teaching_for`, for whoever this sight is."""
    asker = None if sight.is_team else Asker(sight.user_id, sight.family_id)
    return Teaching(tuple(_lesson(row) for row in _latest(child).signed()), asker)


def _latest(child: Child) -> DemonstrationQuerySet:
    """The latest row of each learner and thing, of those who care for the child now."""
    still = CaregiverGrant.objects.valid().filter(child=OuterRef("child"), user=OuterRef("grant__user"))
    learner = ("grant__user", "caregiver_name", "family", "what", "stroke_slug")
    rows: DemonstrationQuerySet = (
        Demonstration.objects.filter(Q(grant__isnull=True) | Exists(still), child=child)
        .select_related("grant__user", "shown_by")
        .order_by(*learner, "-shown_at", "-id")
        .distinct(*learner)
    )
    return rows


def _lesson(row: Demonstration) -> Lesson:
    return Lesson(
        learner=Learner(row.grant.user_id if row.grant else None, row.caregiver_name, row.family_id),
        what=Teachable(row.what),
        stroke=row.stroke_slug,
        level=TaughtLevel(row.level),
        at=row.shown_at,
    )


# ---- who is ready for what ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Thing:
    """What can be shown; `stroke` is a slug, empty for other things. `key` names it in a form."""

    what: Teachable
    stroke: str
    name: str

    @property
    def key(self) -> str:
        return f"{self.what}:{self.stroke}" if self.stroke else str(self.what)


@dataclass(frozen=True, slots=True)
class Cell:
    """How it stands with one thing for one person; `level` empty: not shown yet."""

    person: str
    level: str
    by: str
    at: dt.datetime | None


@dataclass(frozen=True, slots=True)
class Line:
    """One thing, and how it stands for each person of the grid."""

    thing: Thing
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """Things by people: caregivers as they were given access, then those without an account by name."""

    people: tuple[str, ...]
    lines: tuple[Line, ...]


Person = tuple[uuid.UUID | None, str]
"""A user's id, or None and a name."""


def grid_of(child: Child, *, language: str, program: HomeProgram | None = None) -> Grid:
    """Who is ready for what, of one program or of all that run or are drafted; for the team."""
    latest: dict[Person, dict[tuple[str, str], Demonstration]] = defaultdict(dict)
    for row in _latest(child):
        told = latest[row.grant.user_id if row.grant else None, row.caregiver_name]
        kept = told.get((row.what, row.stroke_slug))
        if kept is None or kept.shown_at <= row.shown_at:
            told[row.what, row.stroke_slug] = row
    grants = CaregiverGrant.objects.valid().filter(child=child).order_by("valid_from", "id")
    people: list[tuple[Person, str]] = [
        ((user_id, ""), name) for user_id, name in grants.values_list("user_id", "user__name")
    ]
    people += [((None, name), name) for name in sorted(name for user, name in latest if user is None)]
    return Grid(
        people=tuple(name for _person, name in people),
        lines=tuple(
            Line(thing, tuple(_cell(thing, name, latest[person]) for person, name in people))
            for thing in things_of(child, language=language, program=program)
        ),
    )


def _cell(thing: Thing, person: str, told: dict[tuple[str, str], Demonstration]) -> Cell:
    row = told.get((thing.what, thing.stroke))
    if row is None:
        return Cell(person, "", "", None)
    return Cell(person, row.level, row.shown_by.name, row.shown_at)


def things_of(child: Child, *, language: str, program: HomeProgram | None = None) -> tuple[Thing, ...]:
    """What can be shown: the strokes of the program's steps in their order, the whole, how to watch."""
    rows = ProgramVersion.objects.filter(
        Q(published_at__isnull=True) | Q(pk=F("program__current_version")), program__child=child
    )
    if program is not None:
        rows = rows.filter(program=program)
    versions = list(rows.exclude(program__state=ProgramState.ENDED).order_by("program", "number"))
    parts = parts_of(versions)
    strokes = {
        step.stroke_version.stroke.slug: step.stroke_version_id
        for version in versions
        for step in parts[version.pk].steps
        if step.stroke_version is not None
    }
    texts = stroke_texts((pk for pk in strokes.values() if pk is not None), language)
    named = [
        Thing(Teachable.STROKE, slug, texts[pk].name if pk in texts else slug)
        for slug, pk in strokes.items()
        if pk is not None
    ]
    return (*named, *(Thing(what, "", labels.label(Teachable, what)) for what in WHOLE))


# ---- what was shown, in words ---------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class SeenDemonstration:
    """One thing shown to one caregiver. `name` is the thing's; `to` is empty where it is the reader."""

    id: uuid.UUID
    what: str
    stroke: str
    name: str
    to: str
    is_mine: bool
    level: str
    shown_with: str
    by: str
    at: dt.datetime
    language: str
    contact: uuid.UUID | None


def latest_in_household(user: User, child: Child, *, language: str) -> tuple[SeenDemonstration, ...]:
    """How it stands with each thing a guardian's household was shown, one's own first, latest first."""
    rows = list(_latest(child).visible_to(user).signed())
    rows.sort(key=lambda row: (row.shown_at, row.pk), reverse=True)
    seen = seen_demonstrations(rows, user, language=language)
    return tuple(sorted(seen, key=lambda one: (not one.is_mine, one.to)))


def page_of_demonstrations(
    user: User,
    child: Child,
    *,
    language: str,
    limit: int = 50,
    before: tuple[dt.datetime, uuid.UUID] | None = None,
) -> tuple[tuple[SeenDemonstration, ...], tuple[dt.datetime, uuid.UUID] | None]:
    """What was shown, latest first, by key; and where the next page begins, None at the end."""
    rows = (
        Demonstration.objects.visible_to(user).filter(child=child).select_related("grant__user", "shown_by")
    )
    if before is not None:
        shown_at, row_id = before
        rows = rows.filter(shown_at__lte=shown_at).exclude(shown_at=shown_at, id__gte=row_id)
    taken = list(rows.order_by("-shown_at", "-id")[: limit + 1])
    shown = taken[:limit]
    following = (shown[-1].shown_at, shown[-1].pk) if len(taken) > limit else None
    return seen_demonstrations(shown, user, language=language), following


def demonstrations_at(
    user: User, contacts: Iterable[Contact], *, language: str
) -> dict[uuid.UUID, list[SeenDemonstration]]:
    """What `user` may read of what was shown at some contacts, by contact."""
    rows = Demonstration.objects.visible_to(user).filter(contact__in=contacts)
    rows = rows.select_related("grant__user", "shown_by").order_by("recorded_at", "id")
    found: dict[uuid.UUID, list[SeenDemonstration]] = defaultdict(list)
    for one in seen_demonstrations(list(rows), user, language=language):
        if one.contact is not None:
            found[one.contact].append(one)
    return found


def seen_demonstrations(
    rows: Sequence[Demonstration], user: User | None, *, language: str
) -> tuple[SeenDemonstration, ...]:
    """Rows with the names of their strokes in the reader's language; two statements, none without strokes."""
    names = stroke_names({row.stroke_slug for row in rows if row.stroke_slug}, rows, language)
    return tuple(
        SeenDemonstration(
            id=row.pk,
            what=row.what,
            stroke=row.stroke_slug,
            name=names.get(row.stroke_slug, row.stroke_slug) or labels.label(Teachable, row.what),
            to=row.grant.user.name if row.grant else row.caregiver_name,
            is_mine=row.grant is not None and user is not None and row.grant.user_id == user.pk,
            level=row.level,
            shown_with=row.shown_with,
            by=row.shown_by.name,
            at=row.shown_at,
            language=row.language,
            contact=row.contact_id,
        )
        for row in rows
    )


def stroke_names(slugs: set[str], rows: Sequence[Demonstration], language: str) -> dict[str, str]:
    if not slugs:
        return {}
    clinic = rows[0].clinic_id
    strokes = Stroke.objects.filter(Q(clinic__isnull=True) | Q(clinic=clinic), slug__in=slugs)
    own_last = strokes.exclude(current_version=None).order_by(F("clinic").asc(nulls_first=True), "id")
    versions = dict(own_last.values_list("slug", "current_version"))
    texts = stroke_texts(versions.values(), language)
    return {slug: texts[pk].name for slug, pk in versions.items() if pk in texts}


def homes_to_choose(child: Child) -> tuple[tuple[uuid.UUID, str], ...]:
    """The child's households, for somebody without an account."""
    homes = ChildHome.objects.filter(child=child).order_by("id")
    return tuple(homes.values_list("family_id", "family__name"))
