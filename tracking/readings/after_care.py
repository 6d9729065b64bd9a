"""What a family reads once care has ended, and what the clinic has given them."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Subquery

from clinic.models import Child, Episode, User
from tracking.models import AfterCare
from tracking.readings.sight import Sight

CARE_HAS_ENDED = "care_has_ended"
"""The stable code of a child whose care has ended: what is logged is kept, and nobody has to look at it."""


@dataclass(frozen=True, slots=True)
class Care:
    """How the care of a child stands; of the last episode, whose fields are None where there is none yet."""

    state: str | None
    started_on: dt.date | None
    ended_on: dt.date | None
    in_hospital_since: dt.date | None
    died_on: dt.date | None


@dataclass(frozen=True, slots=True)
class Ended:
    """Care that ended on a day. All else is empty where nothing was written down.

    `summary` is empty for who only logs. `program`: its steps may go on, without reminders.
    """

    on: dt.date
    words: str = ""
    summary: str = ""
    language: str = ""
    program: uuid.UUID | None = None
    follow_up_on: dt.date | None = None


def last_episode(child: Child) -> Episode | None:
    """The latest episode, open or not; one statement."""
    return child.episodes.order_by("-started_on", "-id").first()


def care_of(child: Child) -> Care:
    """One statement."""
    episode = last_episode(child)
    return Care(
        state=episode.state if episode else None,
        started_on=episode.started_on if episode else None,
        ended_on=episode.ended_on if episode else None,
        in_hospital_since=child.in_hospital_since,
        died_on=child.died_on,
    )


def care_ended(child: Child, sight: Sight) -> Ended | None:
    """How the child's care ended, if it has: None while an episode is open, or before the first. Two
    statements at most.
    """
    last = last_episode(child)
    if last is None or last.ended_on is None:
        return None
    after = AfterCare.objects.filter(episode=last).first()
    if after is None:
        return Ended(on=last.ended_on)
    return Ended(
        on=last.ended_on,
        words=after.words,
        summary=after.summary if sight.is_team or sight.is_guardian else "",
        language=after.language,
        program=after.program_id,
        follow_up_on=after.follow_up_on,
    )


def care_ended_on() -> Subquery:
    """The day on which the last episode of a row's child ended; empty while it goes on."""
    episodes = Episode.objects.filter(child=OuterRef("child")).order_by("-started_on", "-id")
    return Subquery(episodes.values("ended_on")[:1])


def after_care_of(user: User, child: Child) -> AfterCare | None:
    """What was given at the last discharge, as `user` may read it; one statement."""
    rows = (
        AfterCare.objects.visible_to(user)
        .filter(child=child)
        .select_related("episode", "written_by", "program")
    )
    return rows.order_by("-episode__started_on", "-id").first()


def follow_up_is_due(on: dt.date) -> Exists:
    """True of a child, in a queryset of children, whom the clinic wanted to look at again by this day."""
    due = AfterCare.objects.to_follow_up().filter(child=OuterRef("pk"), follow_up_on__lte=on)
    return Exists(due)
