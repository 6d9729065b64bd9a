"""Check-ins: one's own, and, for the team, each caregiver's separately.

They are never averaged, compared or charted.
"""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass
from enum import StrEnum, unique

from clinic.localtime import monday_of
from clinic.models import Child, User
from tracking.models import CheckIn, Concern
from tracking.readings.flag_settings import adopted_texts
from tracking.readings.sight import CaregiverPlace, Sight
from tracking.red_flags import Raised, parent_strain
from tracking.vocabulary.concerns import ConcernKind, FlagCode

SUPPORTED_FOR = dt.timedelta(days=14)
"""So long after somebody said that it is too much the card stands with them. Our own."""

LATEST = 4
"""Check-ins of one caregiver shown at once."""


@unique
class CheckInDue(StrEnum):
    """What this week's check-in is to its reader."""

    DUE = "due"
    GIVEN = "given"
    LEFT = "left"
    NOT_ASKED = "not_asked"


@dataclass(frozen=True, slots=True)
class OwnWeek:
    """A caregiver's own week. `strain` is what the rule says of their check-ins, of each week the last."""

    due: CheckInDue
    strain: Raised | None


@dataclass(frozen=True, slots=True)
class Support:
    """What who carries much is told: the clinic's adopted words in their language, empty: ours."""

    text: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class SeenCheckIn:
    """One answer; numbers 1 to 5, None: no answer. `is_withdrawn` ones are seen by their author alone."""

    client_id: uuid.UUID
    week_on: dt.date
    how_it_was: int | None
    how_sure: int | None
    words: str
    language: str
    is_left: bool
    told_at: dt.datetime
    is_withdrawn: bool
    may_withdraw: bool


@dataclass(frozen=True, slots=True)
class CheckInsOfOne:
    """One caregiver's latest check-ins, newest first."""

    author_id: uuid.UUID
    name: str
    relationship: str
    check_ins: tuple[SeenCheckIn, ...]


def own_check_ins(user: User, child: Child, sight: Sight, *, now: dt.datetime) -> tuple[SeenCheckIn, ...]:
    """Everything this caregiver said about themselves, newest first; one statement."""
    rows = CheckIn.objects.visible_to(user).filter(child=child, author=user).order_by("-told_at", "-id")
    return tuple(seen_check_in(row, sight, now=now) for row in rows)


def check_ins_of_each(
    user: User, child: Child, sight: Sight, *, now: dt.datetime, most: int | None = LATEST
) -> tuple[CheckInsOfOne, ...]:
    """For the care team: every caregiver with something said, in the order of their names; one statement.

    `most` of each, None: all. Weeks that were left out are not among them: leaving one out needs no reason,
    and gets no look.
    """
    rows = (
        CheckIn.objects.visible_to(user)
        .counted()
        .filter(child=child, is_left=False)
        .select_related("author")
        .order_by("author__name", "author_id", "-told_at", "-id")
    )
    by_author: dict[uuid.UUID, list[CheckIn]] = {}
    for row in rows:
        by_author.setdefault(row.author_id, []).append(row)
    return tuple(
        CheckInsOfOne(
            author_id=author_id,
            name=told[0].author.name,
            relationship=_relationship(sight.caregivers.get(author_id)),
            check_ins=tuple(seen_check_in(row, sight, now=now) for row in told[:most]),
        )
        for author_id, told in by_author.items()
    )


def own_week(user: User, child: Child, *, on: dt.date) -> OwnWeek:
    """What this caregiver said for the local week of a day, and whether it has been much; one statement."""
    rows = CheckIn.objects.counted().filter(child=child, author=user).order_by("week_on", "told_at", "id")
    told = list(rows.values_list("week_on", "how_it_was", "is_left"))
    this_week = {is_left for week_on, _, is_left in told if week_on == monday_of(on)}
    due = CheckInDue.GIVEN if False in this_week else CheckInDue.LEFT if this_week else CheckInDue.DUE
    weeks = {week_on: how for week_on, how, _ in told if how is not None}
    return OwnWeek(due, parent_strain(sorted(weeks.items())))


def support_of(
    user: User, child: Child, week: OwnWeek | None, *, now: dt.datetime, language: str
) -> Support | None:
    """For a caregiver whose check-ins, or whose own word within the last fortnight, say that it is much.

    None for anybody else. One statement, two where there is something to say.
    """
    if week is None:
        return None
    told = Concern.objects.filter(
        child=child,
        reported_by=user,
        is_on_behalf=False,
        kind=ConcernKind.PARENT_STRAIN,
        occurred_at__gte=now - SUPPORTED_FOR,
    )
    if week.strain is None and not told.exists():
        return None
    adopted = adopted_texts(child.clinic_id, language).get(FlagCode.PARENT_STRAIN)
    return Support(adopted.text, adopted.language) if adopted else Support()


def seen_check_in(row: CheckIn, sight: Sight, *, now: dt.datetime) -> SeenCheckIn:
    may_revise = sight.grant is not None and sight.may_revise(
        reported_by_id=row.author_id, first_received_at=row.received_at, now=now
    )
    return SeenCheckIn(
        client_id=row.client_id,
        week_on=row.week_on,
        how_it_was=row.how_it_was,
        how_sure=row.how_sure,
        words=row.words,
        language=row.language,
        is_left=row.is_left,
        told_at=row.told_at,
        is_withdrawn=row.withdrawn_at is not None,
        may_withdraw=may_revise and row.withdrawn_at is None,
    )


def _relationship(place: CaregiverPlace | None) -> str:
    return place.relationship if place else ""
