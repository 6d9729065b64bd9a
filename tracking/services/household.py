"""A household's own wishes: when its routines happen, and which of them it is reminded of."""

from __future__ import annotations

import datetime as dt
import uuid

from django.db import transaction

from clinic.errors import Forbidden, Invalid
from clinic.models import CaregiverGrant, Family, RoutineTime, User
from clinic.services import homes
from tracking.models import ReminderMute, ReminderRule
from tracking.reminders import planning
from tracking.vocabulary.programs import Anchor


@transaction.atomic
def set_routine_time(
    *, by: User, family: Family, anchor: str, at: dt.time | None, now: dt.datetime
) -> RoutineTime | None:
    """The clock time of a routine in this household (wall time of its zone); None takes it away.

    Reminders not yet sent move with it; the program itself is not touched. Raises Forbidden for anybody but
    a guardian of this household, Invalid (field `anchor`) for a part of the day that is not known.
    """
    _must_be_guardian(by, family.pk)
    if anchor not in frozenset(Anchor):
        raise Invalid(field="anchor", allowed=[str(one) for one in Anchor])
    kept = homes.set_routine_time(by=by, family=family, anchor=anchor, at=at, now=now)
    planning.keep_rules_of_household(family=family, now=now)
    return kept


@transaction.atomic
def switch_rule(*, by: User, rule: ReminderRule, is_on: bool, now: dt.datetime) -> ReminderRule:
    """Remind this household of a slot, or no more. Raises Forbidden for anybody but its guardians."""
    _must_be_guardian(by, rule.family_id)
    rule.is_on = is_on
    rule.lock_version += 1
    rule.save(update_fields=["is_on", "lock_version"])
    planning.keep_rules_of_household(family=rule.family, now=now)
    return rule


@transaction.atomic
def mute_rule(*, by: User, rule: ReminderRule, is_muted: bool, now: dt.datetime) -> None:
    """One caregiver's own wish: the others are still reminded. Raises Forbidden outside the household."""
    if (
        not CaregiverGrant.objects.valid()
        .filter(user=by, family=rule.family_id, child=rule.child_id)
        .exists()
    ):
        raise Forbidden
    if is_muted:
        ReminderMute.objects.get_or_create(
            rule=rule, user=by, defaults={"clinic_id": rule.clinic_id, "at": now}
        )
    else:
        ReminderMute.objects.filter(rule=rule, user=by).delete()


def _must_be_guardian(by: User, family: uuid.UUID) -> None:
    if not CaregiverGrant.objects.valid().guardians().filter(user=by, family=family).exists():
        raise Forbidden
