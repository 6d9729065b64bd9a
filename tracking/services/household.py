"""A household's own settings: when its routines happen, and who is reminded of them, and when."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Collection
from typing import TypedDict, Unpack

from django.db import transaction

from clinic import audit
from clinic.errors import Forbidden, Invalid, Stale
from clinic.localtime import local_day
from clinic.models import CaregiverGrant, Child, Family, RoutineTime, User
from clinic.services import homes, values
from clinic.vocabulary import AuditCode
from tracking import policy
from tracking.models import ReminderMute, ReminderRule
from tracking.reminders import planning
from tracking.services.allowed import one_of
from tracking.vocabulary.programs import Anchor

LONGEST_PAUSE_DAYS = 366


class RuleChanges(TypedDict, total=False):
    """What a household may wish of a reminder; what is left out stays (`ReminderRule`).

    `recipients` are the grants of those it reaches: everybody here who is not among them is left out.
    """

    is_on: bool
    weekdays: Collection[int]
    paused_through: dt.date | None
    only_on_home_days: bool
    recipients: Collection[uuid.UUID]


@transaction.atomic
def set_routine_time(
    *, by: User, family: Family, anchor: str, at: dt.time | None, now: dt.datetime
) -> RoutineTime | None:
    """The clock time of a routine in this household (wall time of its zone); None takes it away.

    Reminders not yet sent move with it, and those that rest begin again; the program itself is not touched.
    Raises Forbidden for anybody but a guardian of this household, Invalid (field `anchor`) for a part of the
    day that is not known.
    """
    if not CaregiverGrant.objects.valid().guardians().filter(user=by, family=family).exists():
        raise Forbidden
    one_of("anchor", anchor, Anchor)
    kept = homes.set_routine_time(by=by, family=family, anchor=anchor, at=at, now=now)
    ReminderRule.objects.filter(family=family).update(counts_from=now)
    planning.keep_rules_of_household(family=family, now=now)
    return kept


@transaction.atomic
def change_reminder(
    *, by: User, rule: ReminderRule, lock_version: int, now: dt.datetime, **changes: Unpack[RuleChanges]
) -> ReminderRule:
    """The household's reminder of a slot with some of its wishes changed; one that rests begins again.

    Who wished not to be reminded stays in peace: only they take that back. Raises Forbidden for anybody but
    its guardians, Stale (412) where somebody changed it since, Invalid (fields `weekdays`, `paused_through`,
    `recipients`).
    """
    if not policy.may_change_reminder(by, rule):
        raise Forbidden
    row = ReminderRule.objects.select_for_update(of=("self",)).select_related("family").get(pk=rule.pk)
    if row.lock_version != lock_version:
        raise Stale(current=row.lock_version)
    if "is_on" in changes:
        row.is_on = changes["is_on"]
    if "weekdays" in changes:
        row.weekdays = values.weekdays(list(changes["weekdays"]))
    if "paused_through" in changes:
        row.paused_through = _pause(changes["paused_through"], family=row.family, now=now)
    if "only_on_home_days" in changes:
        row.only_on_home_days = changes["only_on_home_days"]
    if "recipients" in changes:
        _choose_recipients(by, row, frozenset(changes["recipients"]), now=now)
    row.counts_from = now
    row.lock_version += 1
    row.save()
    _tell(by, row, "wishes", now)
    planning.keep_rules_of_household(family=row.family, now=now)
    row.refresh_from_db(fields=["next_on", "next_plan_at"])
    return row


@transaction.atomic
def pause_reminders(
    *, by: User, child: Child, family: Family, through: dt.date | None, now: dt.datetime
) -> None:
    """No reminders about a child in this household up to and including a local day; None: they go on.

    Raises Forbidden for anybody but its guardians, Invalid (field `through`).
    """
    paused_through = _pause(through, family=family, now=now, field="through")
    _change_all(by, child, family, "pause" if through else "go_on", paused_through=paused_through, now=now)


@transaction.atomic
def bring_back(*, by: User, child: Child, family: Family, now: dt.datetime) -> None:
    """Begin again with the reminders about a child that rest here because nobody had answered them.

    Raises Forbidden for anybody but the household's guardians.
    """
    _change_all(by, child, family, "bring_back", now=now)


@transaction.atomic
def mute_rule(*, by: User, rule: ReminderRule, is_muted: bool, now: dt.datetime) -> None:
    """One caregiver's own wish, whoever chose before; the others are still reminded.

    Raises Forbidden outside the household.
    """
    if not policy.may_mute_reminder(by, rule):
        raise Forbidden
    _tell(by, rule, "mute" if is_muted else "unmute", now)
    _mute(by, rule, is_muted=is_muted, now=now)


def _mute(by: User, rule: ReminderRule, *, is_muted: bool, now: dt.datetime) -> None:
    if is_muted:
        ReminderMute.objects.update_or_create(
            rule=rule, user=by, defaults={"clinic_id": rule.clinic_id, "chosen_by": None, "at": now}
        )
    else:
        ReminderMute.objects.filter(rule=rule, user=by).delete()


def _choose_recipients(
    by: User, rule: ReminderRule, wanted: frozenset[uuid.UUID], *, now: dt.datetime
) -> None:
    here = list(CaregiverGrant.objects.valid().filter(child=rule.child_id, family=rule.family_id))
    if not wanted <= {grant.pk for grant in here}:
        raise Invalid(field="recipients", allowed="caregiver_of_the_child")
    for grant in here:
        if grant.user_id == by.pk:
            _mute(by, rule, is_muted=grant.pk not in wanted, now=now)
        elif grant.pk in wanted:
            ReminderMute.objects.filter(rule=rule, user=grant.user_id, chosen_by__isnull=False).delete()
        else:
            ReminderMute.objects.get_or_create(
                rule=rule,
                user_id=grant.user_id,
                defaults={"clinic_id": rule.clinic_id, "chosen_by": by, "at": now},
            )


def _change_all(
    by: User, child: Child, family: Family, what: str, *, now: dt.datetime, **changes: Unpack[RuleChanges]
) -> None:
    """Change every reminder about the child in this household, and count none as ignored before now.

    `what` is the audit's code of the change.
    """
    if not policy.may_change_reminders(by, child, family):
        raise Forbidden
    for rule in ReminderRule.objects.filter(child=child, family=family).order_by("id").select_for_update():
        rule.paused_through = changes.get("paused_through", rule.paused_through)
        rule.counts_from = now
        rule.lock_version += 1
        rule.save()
        _tell(by, rule, what, now)
    planning.keep_rules_of_household(family=family, now=now)


def _tell(by: User, rule: ReminderRule, change: str, now: dt.datetime) -> None:
    audit.record(
        AuditCode.CHANGED_REMINDERS,
        by=by,
        now=now,
        clinic_id=rule.clinic_id,
        child_id=rule.child_id,
        subject=rule,
        detail=change,
    )


def _pause(
    through: dt.date | None, *, family: Family, now: dt.datetime, field: str = "paused_through"
) -> dt.date | None:
    """The day, if a pause may last until then. Raises Invalid for a day before today, or too far ahead."""
    if through is None:
        return None
    today = local_day(now, family.zone)
    if through < today:
        raise Invalid(field=field, allowed="not_before_today")
    if (through - today).days > LONGEST_PAUSE_DAYS:
        raise Invalid(field=field, allowed="within_days_of_today", most=LONGEST_PAUSE_DAYS)
    return through
