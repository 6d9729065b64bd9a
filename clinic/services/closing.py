"""Closing a child's care: discharge, archiving, a hospital stay, a death; only the child's own rows.

Faces call `tracking.services.archiving` and `.stopping_everything`, which wrap this in one transaction with
the programs and reminders that end; an import contract forbids other callers.
"""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from clinic import audit
from clinic.errors import Invalid
from clinic.localtime import local_day
from clinic.models import Child, Episode, User
from clinic.services import episodes
from clinic.vocabulary import AuditCode, DischargeReason, EpisodeState


@transaction.atomic
def discharge(
    *, by: User, child: Child, reason: DischargeReason, now: dt.datetime, on: dt.date | None = None
) -> Episode:
    """The open episode ended, with its reason, on a day (None: today at the clinic).

    Raises NoOpenEpisode (409), Invalid for a day to come or before the episode began.
    """
    today = local_day(now, child.clinic.zone)
    on = on or today
    episode = episodes.open_one(child)
    if not episode.started_on <= on <= today:
        raise Invalid(field="on", allowed="day_of_the_episode")
    episode.state = EpisodeState.DISCHARGED
    episode.discharge_reason = reason
    episode.ended_on = on
    episode.save(update_fields=["state", "discharge_reason", "ended_on"])
    episodes.record_change(by, child, episode, now)
    return episode


@transaction.atomic
def archive(*, by: User, child: Child, now: dt.datetime) -> None:
    """The child put away: every episode archived, an open one ended today. Once is enough."""
    today = local_day(now, child.clinic.zone)
    for episode in child.episodes.exclude(state=EpisodeState.ARCHIVED).order_by("id"):
        episode.ended_on = episode.ended_on or today
        episode.state = EpisodeState.ARCHIVED
        episode.save(update_fields=["state", "ended_on"])
    if child.archived_at is None:
        child.archived_at = now
        child.save(update_fields=["archived_at"])
        audit.record(AuditCode.ARCHIVED_CHILD, by=by, now=now, clinic_id=child.clinic_id, child=child)


@transaction.atomic
def set_in_hospital(*, by: User, child: Child, since: dt.date | None, now: dt.datetime) -> Child:
    """The child in hospital since a day of its life; None: home again. Raises Invalid for another day."""
    if since is not None and not child.born_on <= since <= local_day(now, child.clinic.zone):
        raise Invalid(field="since", allowed="day_of_the_childs_life")
    child.in_hospital_since = since
    child.save(update_fields=["in_hospital_since"])
    _record_child(by, child, now, "in_hospital" if since else "home_again")
    return child


@transaction.atomic
def set_died(*, by: User, child: Child, on: dt.date | None, now: dt.datetime) -> Child:
    """The day the child died; None takes back a mistake. Raises Invalid for one outside the child's life."""
    if on is not None and not child.born_on <= on <= local_day(now, child.clinic.zone):
        raise Invalid(field="on", allowed="day_of_the_childs_life")
    child.died_on = on
    child.save(update_fields=["died_on"])
    _record_child(by, child, now, "died" if on else "died_taken_back")
    return child


def _record_child(by: User, child: Child, now: dt.datetime, detail: str) -> None:
    audit.record(
        AuditCode.CHANGED_CHILD, by=by, now=now, clinic_id=child.clinic_id, child=child, detail=detail
    )
