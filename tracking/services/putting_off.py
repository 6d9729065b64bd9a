"""Snoozing a reminder."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from clinic import rls
from clinic.errors import Conflict, Forbidden
from clinic.models import User
from tracking import policy
from tracking.models import ReminderDelivery, ReminderRule
from tracking.models.reminders import OPEN_DELIVERY_STATES, DeliveryState
from tracking.reminders.planning import key_of
from tracking.reminders.reach import reach_of
from tracking.reminders.resting import REACHED
from tracking.reminders.shown import AGAIN_IN, MOST_ROUNDS


class NothingToPutOff(Conflict):
    """No reminder of this slot that could be snoozed has reached this person."""

    code = "nothing_to_put_off"


class PutOffEnough(Conflict):
    """This reminder cannot be snoozed again; `most` is the limit."""

    code = "put_off_enough"


class TooLateToPutOff(Conflict):
    """The reminder would expire before then, or it would be this person's quiet time."""

    code = "too_late_to_put_off"


@rls.helped_by("reminders")
@transaction.atomic
def put_off(*, by: User, rule: ReminderRule, now: dt.datetime) -> ReminderDelivery:
    """The delivery that reminds `by`, and nobody else, again in half an hour, unless somebody logs before.

    Asked twice before it came, it is the same one. Raises Forbidden outside the household, NothingToPutOff,
    PutOffEnough, TooLateToPutOff (409).
    """
    if not policy.may_mute_reminder(by, rule):
        raise Forbidden
    last = (
        ReminderDelivery.objects.filter(occurrence__rule=rule, occurrence__expires_at__gt=now, recipient=by)
        .select_related("occurrence__rule__family")
        .order_by("-due_at", "-round", "-id")
        .select_for_update(of=("self",))
        .first()
    )
    if last is not None and last.round and last.state in OPEN_DELIVERY_STATES:
        return last
    if last is None or last.state not in REACHED:
        raise NothingToPutOff
    if last.round >= MOST_ROUNDS:
        raise PutOffEnough(most=MOST_ROUNDS)
    occurrence, due_at = last.occurrence, now + AGAIN_IN
    assert occurrence is not None, "only deliveries of occurrences are asked for"
    is_quiet = reach_of([by.pk])[by.pk].quiet_at(due_at, occurrence.rule.family.zone) is not None
    if due_at >= occurrence.expires_at or is_quiet:
        raise TooLateToPutOff
    return ReminderDelivery.objects.create(
        clinic_id=last.clinic_id,
        child_id=last.child_id,
        occurrence=occurrence,
        recipient=by,
        channel=last.channel,
        round=last.round + 1,
        state=DeliveryState.DUE,
        idempotency_key=key_of(occurrence, by.pk, last.channel, again=last.round + 1),
        due_at=due_at,
        expires_at=occurrence.expires_at,
        next_try_at=due_at,
    )
