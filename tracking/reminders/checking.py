"""The last look at reminders before they go out (trust, 3.4): every way one ends without being sent."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Exists, OuterRef

from clinic.models import CaregiverGrant
from tracking.models import ReminderDelivery, ReminderMute
from tracking.models.reminders import DeliveryState, SuppressedBecause
from tracking.reminders import moments
from tracking.reminders.asking import Asking, Place
from tracking.reminders.candidates import Candidate, Ending
from tracking.reminders.logged import Logbook


@dataclass(frozen=True, slots=True)
class _Standing:
    """Whether the recipient may be reminded, and whether they and their household want it."""

    is_granted: bool
    is_wanted: bool


def look_at(reminders: Sequence[Candidate], *, now: datetime) -> dict[uuid.UUID, Ending]:
    """How those end that may not go out; the others may. The same statements for few and for many."""
    if not reminders:
        return {}
    placed = [(one, one.place, one.day) for one in reminders if one.place is not None and one.day is not None]
    asking = Asking([place for _, place, _ in placed])
    logbook = Logbook(asking, [(place, day) for _, place, day in placed])
    standings = _standings([one.id for one in reminders])
    endings = {}
    for one, place, day in placed:
        ending = _last_check(one, place, day, standings[one.id], asking, logbook, now=now)
        if ending is not None:
            endings[one.id] = ending
    return endings


def _standings(ids: Collection[uuid.UUID]) -> dict[uuid.UUID, _Standing]:
    grants = CaregiverGrant.objects.valid().filter(
        child=OuterRef("child"), family=OuterRef("occurrence__rule__family"), user=OuterRef("recipient")
    )
    mutes = ReminderMute.objects.filter(rule=OuterRef("occurrence__rule"), user=OuterRef("recipient"))
    found = (
        ReminderDelivery.objects.filter(pk__in=ids)
        .annotate(is_granted=Exists(grants), is_muted=Exists(mutes))
        .values_list("pk", "is_granted", "is_muted", "occurrence__rule__is_on")
    )
    return {
        pk: _Standing(is_granted, is_wanted=is_on and not is_muted)
        for pk, is_granted, is_muted, is_on in found
    }


def _last_check(
    one: Candidate,
    place: Place,
    day: date,
    standing: _Standing,
    asking: Asking,
    logbook: Logbook,
    *,
    now: datetime,
) -> Ending | None:
    ending: Ending | None = None
    suppressed = _why_suppressed(one, place, day, standing, asking)
    if suppressed is not None:
        ending = Ending(DeliveryState.SUPPRESSED, suppressed)
    elif not one.address:
        ending = Ending(DeliveryState.DEAD, "no_address")
    elif now >= one.expires_at:
        ending = Ending(DeliveryState.EXPIRED, one.codes[-1] if one.codes else "")
    elif moments.is_quiet(now, one.zone):
        ending = Ending(DeliveryState.QUIET)
    elif logbook.is_logged(place, day):
        ending = Ending(DeliveryState.SUPPRESSED, SuppressedBecause.LOGGED)
    return ending


def _why_suppressed(
    one: Candidate, place: Place, day: date, standing: _Standing, asking: Asking
) -> SuppressedBecause | None:
    if not (standing.is_granted and one.is_recipient_active):
        return SuppressedBecause.REVOKED
    refusal = asking.refusal(place, day)
    has_time = asking.due_at(place, day) is not None
    if refusal is None and not (standing.is_wanted and has_time):
        return SuppressedBecause.MUTED
    return refusal
