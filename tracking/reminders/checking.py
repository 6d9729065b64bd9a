"""The last check before messages go out (docs/adr/0014): why one ends unsent, and what the others say."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Exists, OuterRef

from clinic.models import CaregiverGrant
from tracking.models import ReminderDelivery, ReminderMute
from tracking.models.reminders import DeliveryState, SuppressedBecause
from tracking.reminders.asking import Asking
from tracking.reminders.candidates import Candidate, Ending, Occurrence
from tracking.reminders.logged import Logbook
from tracking.reminders.resting import Rests, Standing
from tracking.vocabulary.reminders import ReminderKind


@dataclass(frozen=True, slots=True)
class _Recipient:
    """Whether they may be reminded, and whether they and their household want it."""

    is_granted: bool
    is_wanted: bool


@dataclass(slots=True)
class Looked:
    """How those end that may not go out; what each of the others says."""

    endings: dict[uuid.UUID, Ending] = field(default_factory=dict)
    kinds: dict[uuid.UUID, ReminderKind] = field(default_factory=dict)


def look_at(reminders: Sequence[Candidate], *, now: datetime) -> Looked:
    """What is decided about each. The same statements for few and for many."""
    looked = Looked()
    asked = [(one, one.occurrence) for one in reminders if one.occurrence is not None]
    if not asked:
        return looked
    asking = Asking([occurrence.place for _, occurrence in asked])
    logbook = Logbook(asking, [(occurrence.place, occurrence.day) for _, occurrence in asked])
    rests = Rests({occurrence.rule_id for _, occurrence in asked}, now=now)
    recipients = _recipients([one.id for one, _ in asked])
    for one, occurrence in asked:
        is_diary = asking.is_diary(occurrence.place, occurrence.day)
        standing = rests.standing(occurrence.rule_id, is_diary=is_diary, occurrence_id=occurrence.id)
        ending = _last_check(one, occurrence, recipients[one.id], asking, now=now)
        if ending is None and logbook.is_logged(occurrence.place, occurrence.day):
            ending = Ending(DeliveryState.SUPPRESSED, SuppressedBecause.LOGGED)
        if ending is None and standing is Standing.RESTS:
            ending = Ending(DeliveryState.SUPPRESSED, SuppressedBecause.BACKED_OFF)
        if ending is not None:
            looked.endings[one.id] = ending
        elif standing is Standing.LAST:
            looked.kinds[one.id] = ReminderKind.GENTLE
        else:
            looked.kinds[one.id] = ReminderKind.DIARY if is_diary else ReminderKind.REMINDER
    return looked


def _recipients(ids: Collection[uuid.UUID]) -> dict[uuid.UUID, _Recipient]:
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
        pk: _Recipient(is_granted, is_wanted=is_on and not is_muted)
        for pk, is_granted, is_muted, is_on in found
    }


def _last_check(
    one: Candidate, occurrence: Occurrence, recipient: _Recipient, asking: Asking, *, now: datetime
) -> Ending | None:
    """What stands in its way whatever was logged."""
    ending: Ending | None = None
    suppressed = _why_suppressed(one, occurrence, recipient, asking)
    if suppressed is not None:
        ending = Ending(DeliveryState.SUPPRESSED, suppressed)
    elif not one.address:
        ending = Ending(DeliveryState.DEAD, "no_address")
    elif now >= one.expires_at:
        ending = Ending(DeliveryState.EXPIRED, one.codes[-1] if one.codes else "")
    elif one.reach.quiet_at(now, one.zone) is not None:
        ending = Ending(DeliveryState.QUIET)
    return ending


def _why_suppressed(
    one: Candidate, occurrence: Occurrence, recipient: _Recipient, asking: Asking
) -> SuppressedBecause | None:
    if not (recipient.is_granted and one.is_recipient_active):
        return SuppressedBecause.REVOKED
    refusal = asking.refusal(occurrence.place, occurrence.day)
    has_time = asking.due_at(occurrence.place, occurrence.day) is not None
    if refusal is None and not (recipient.is_wanted and has_time and one.channel):
        return SuppressedBecause.MUTED
    return refusal
