"""Open episodes of care: begin, rest, resume.

Discharge, archiving, a hospital stay and a death (`clinic.services.closing`) also affect programs and
reminders, so they are composed in `tracking.services.archiving` and `.stopping_everything`.
"""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from clinic import audit, policy
from clinic.errors import Conflict, Forbidden, Invalid
from clinic.localtime import local_day
from clinic.models import Child, Episode, User
from clinic.vocabulary import OPEN_EPISODE_STATES, AuditCode, EpisodeState


class EpisodeAlreadyOpen(Conflict):
    """The child is in care already."""

    code = "episode_already_open"


class NoOpenEpisode(Conflict):
    """The child is not in care now; open an episode first."""

    code = "no_open_episode"


@transaction.atomic
def open_episode(
    *,
    by: User,
    child: Child,
    now: dt.datetime,
    state: EpisodeState = EpisodeState.ACTIVE,
    started_on: dt.date | None = None,
) -> Episode:
    """A new episode of care in one of the open states, from `started_on` (None: today at the clinic).

    Raises EpisodeAlreadyOpen (409), Invalid for a state that is not open or a day to come, Forbidden.
    """
    _demand(by, child)
    today = local_day(now, child.clinic.zone)
    started_on = started_on or today
    if state not in OPEN_EPISODE_STATES:
        raise Invalid(field="state", allowed=[str(each) for each in OPEN_EPISODE_STATES])
    if started_on > today:
        raise Invalid(field="started_on", allowed="day_in_the_past")
    # The child's row is the lock: two people opening at once are asked in turn.
    Child.objects.select_for_update().get(pk=child.pk)
    if child.episodes.filter(state__in=OPEN_EPISODE_STATES).exists():
        raise EpisodeAlreadyOpen
    episode = Episode.objects.create(
        clinic_id=child.clinic_id, child=child, state=state, started_on=started_on
    )
    record_change(by, child, episode, now)
    return episode


@transaction.atomic
def move_episode(*, by: User, child: Child, to: EpisodeState, now: dt.datetime) -> Episode:
    """The open episode in another open state: waiting, active, on hold.

    Raises NoOpenEpisode (409), Invalid for a state an open episode cannot have, Forbidden.
    """
    _demand(by, child)
    if to not in OPEN_EPISODE_STATES:
        raise Invalid(field="state", allowed=[str(each) for each in OPEN_EPISODE_STATES])
    episode = open_one(child)
    episode.state = to
    episode.save(update_fields=["state"])
    record_change(by, child, episode, now)
    return episode


@transaction.atomic
def begin_or_move(*, by: User, child: Child, state: EpisodeState, now: dt.datetime) -> Episode:
    """The open episode moved to this state, or another one begun in it. Raises as both do."""
    if child.episodes.open().exists():
        return move_episode(by=by, child=child, to=state, now=now)
    return open_episode(by=by, child=child, state=state, now=now)


def open_one(child: Child) -> Episode:
    """The child's open episode, held until the transaction ends. Raises NoOpenEpisode (409)."""
    episode = child.episodes.filter(state__in=OPEN_EPISODE_STATES).select_for_update().first()
    if episode is None:
        raise NoOpenEpisode
    return episode


def record_change(by: User, child: Child, episode: Episode, now: dt.datetime) -> None:
    """Write into the audit which state the episode is in now."""
    audit.record(
        AuditCode.CHANGED_EPISODE,
        by=by,
        now=now,
        clinic_id=child.clinic_id,
        child=child,
        subject=episode,
        detail=episode.state,
    )


def _demand(by: User, child: Child) -> None:
    if not policy.may_change_episode(by, child):
        raise Forbidden
