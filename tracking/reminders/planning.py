"""Planning reminder rules into occurrences and deliveries, ahead of time and only once."""

from __future__ import annotations

import logging
import uuid
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import DatabaseError, connection, transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet

from clinic import localtime, rls
from clinic.models import CaregiverGrant, Child, ChildHome, Family, RoutineTime, User
from tracking.models import (
    HomeProgram,
    ProgramSlot,
    ReminderDelivery,
    ReminderMute,
    ReminderOccurrence,
    ReminderRule,
)
from tracking.models.programs import ProgramState
from tracking.models.reminders import (
    OPEN_DELIVERY_STATES,
    Channel,
    DeliveryState,
    SuppressedBecause,
)
from tracking.reminders import moments
from tracking.reminders.asking import Asking, Place, Wishes
from tracking.reminders.logged import Logbook
from tracking.reminders.reach import reach_of
from tracking.reminders.resting import Rests, Standing
from tracking.reminders.sparing import Weeks
from tracking.schedule import ONE_DAY
from tracking.sync.changes import oldest_open
from tracking.vocabulary.programs import Phase, Provider
from tracking.vocabulary.reminders import ReminderKind

MOVED = "moved"
"""Reason of a delivery that expired because its household moved the time to one already past."""

ONCE_MORE = timedelta(minutes=10)
"""When a rule is tried again that could not be planned."""

logger = logging.getLogger("littlefoot.reminders")


# ---- rules -----------------------------------------------------------------------------------------------


@rls.helped_by("reminders")
@transaction.atomic
def keep_rules(*, program: HomeProgram, now: datetime) -> None:
    """Make the rules of a program what its published versions and the child's homes ask for.

    One rule for each caregivers' slot and household; of a program that ended, or a slot that is gone, none
    is planned further. Call it whenever a program is published, paused, resumed or ended, and when a child's
    homes change; calling it again changes nothing. A family's choices (off, muted) are never touched.
    """
    families = list(
        ChildHome.objects.filter(child=program.child_id).order_by("id").values_list("family_id", flat=True)
    )
    asking = Asking([Place(program.pk, program.child_id, family_id, 0) for family_id in families])
    ReminderRule.objects.bulk_create(
        [
            ReminderRule(
                clinic_id=program.clinic_id,
                child_id=program.child_id,
                family_id=family_id,
                program=program,
                slot_number=number,
            )
            for family_id in families
            for number in sorted(asking.slot_numbers(program.pk))
        ],
        ignore_conflicts=True,
    )
    follow(ReminderRule.objects.filter(program=program), now=now)


@rls.helped_by("reminders")
def keep_rules_of_child(*, child: Child, now: datetime) -> None:
    """`keep_rules` for every program of a child: its homes have changed."""
    for program in HomeProgram.objects.filter(child=child, state=ProgramState.ACTIVE).order_by("id"):
        keep_rules(program=program, now=now)


@rls.helped_by("reminders")
def keep_rules_of_household(*, family: Family, now: datetime) -> None:
    """A household's clock times or zone have changed: plan its reminders by the new ones, today's too."""
    follow(ReminderRule.objects.filter(family=family), now=now)


@transaction.atomic
def follow(rules: QuerySet[ReminderRule], *, now: datetime) -> None:
    """Point each rule at the next day it is due, and move planned reminders that nobody tried to send yet.

    A time that has passed today is no reason for a reminder; the next day is.
    """
    locked = list(rules.order_by("id").select_for_update())
    asking = Asking([place_of(rule) for rule in locked])
    for rule in locked:
        _point(rule, asking, earliest=localtime.local_day(now, asking.zones[rule.family_id]), now=now)
    _write_next(locked)
    # A household's zone is no part of any record.
    ReminderOccurrence.objects.filter(rule__in=locked, planned_from__isnull=False).update(planned_from=None)
    _move_planned({rule.pk: rule for rule in locked}, asking, now=now)


def _point(rule: ReminderRule, asking: Asking, *, earliest: date, now: datetime | None = None) -> None:
    """Set the next day a rule is planned for: the first from `earliest`, and not before `now` where given."""
    found = asking.next_day(place_of(rule), earliest=earliest)
    if found is not None and now is not None and found[1] <= now:
        found = asking.next_day(place_of(rule), earliest=found[0] + ONE_DAY)
    rule.next_on = found[0] if found else None
    rule.next_plan_at = found[1] - moments.PLAN_AHEAD if found else None


def _write_next(rules: Sequence[ReminderRule]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE tracking_reminderrule r SET next_on = n.day, next_plan_at = n.plan_at"
            " FROM unnest(%s::uuid[], %s::date[], %s::timestamptz[]) AS n (id, day, plan_at)"
            " WHERE r.id = n.id",
            [
                [rule.pk for rule in rules],
                [rule.next_on for rule in rules],
                [rule.next_plan_at for rule in rules],
            ],
        )


def place_of(rule: ReminderRule) -> Place:
    wishes = Wishes(frozenset(rule.weekdays), rule.paused_through, rule.only_on_home_days)
    return Place(rule.program_id, rule.child_id, rule.family_id, rule.slot_number, wishes)


def _move_planned(rules: dict[uuid.UUID, ReminderRule], asking: Asking, *, now: datetime) -> None:
    """Give planned reminders of today and later their new times; what is asked no more ends when claimed."""
    untried = Q(state=DeliveryState.DUE, attempt=0) | Q(state=DeliveryState.EXPIRED, reason=MOVED)
    deliveries = list(
        ReminderDelivery.objects.filter(
            untried,
            occurrence__rule__in=rules,
            occurrence__local_day__gte=localtime.local_day(now, "UTC") - ONE_DAY,
        )
        .select_related("occurrence")
        .order_by("id")
        .select_for_update(of=("self",))
    )
    moved: list[ReminderDelivery] = []
    moved_occurrences: dict[uuid.UUID, ReminderOccurrence] = {}
    for delivery in deliveries:
        occurrence = delivery.occurrence
        if occurrence is None:
            continue
        place = place_of(rules[occurrence.rule_id])
        due = asking.due_at(place, occurrence.local_day)
        if due is None or due == delivery.due_at:
            continue
        occurrence.due_at = delivery.due_at = delivery.next_try_at = due
        occurrence.expires_at = delivery.expires_at = asking.expires_at(place, occurrence.local_day, due)
        is_past = due <= now
        delivery.state = DeliveryState.EXPIRED if is_past else DeliveryState.DUE
        delivery.reason = MOVED if is_past else ""
        delivery.ended_at = now if is_past else None
        moved.append(delivery)
        moved_occurrences[occurrence.pk] = occurrence
    ReminderDelivery.objects.bulk_update(
        moved,
        ["state", "reason", "due_at", "expires_at", "next_try_at", "ended_at"],
        batch_size=500,
    )
    ReminderOccurrence.objects.bulk_update(
        moved_occurrences.values(),
        ["due_at", "expires_at"],
        batch_size=500,
    )


def keep_neglected_rules(*, now: datetime, limit: int) -> int:
    """`keep_rules` for active programs with a home that has no rule, or a rule that lost its way; how many.

    The services call `keep_rules` themselves; this finds what they could not, for instance a home added by a
    command.
    """
    without_rule = (
        ChildHome.objects.filter(
            child__programs__state=ProgramState.ACTIVE,
            child__programs__current_version__slots__schedule__provider=Provider.CAREGIVER,
        )
        .exclude(
            Exists(
                ReminderRule.objects.filter(
                    program=OuterRef("child__programs"),
                    family=OuterRef("family"),
                    slot_number=OuterRef("child__programs__current_version__slots__number"),
                )
            )
        )
        .values_list("child__programs", flat=True)
    )
    today = localtime.local_day(now, "UTC")
    slots_with_time = ProgramSlot.objects.filter(
        Q(schedule__phase=Phase.PROGRAM) | _diary_to_come(today),
        version=OuterRef("program__current_version"),
        number=OuterRef("slot_number"),
        schedule__provider=Provider.CAREGIVER,
        anchor__in=RoutineTime.objects.filter(family=OuterRef(OuterRef("family"))).values("anchor"),
    )
    lost = ReminderRule.objects.filter(
        Exists(slots_with_time),
        Q(program__current_version__ends_on__isnull=True) | Q(program__current_version__ends_on__gt=today),
        is_on=True,
        next_on__isnull=True,
        program__state=ProgramState.ACTIVE,
    ).values_list("program", flat=True)
    neglected = [*without_rule.order_by("id")[:limit], *lost.order_by("id")[:limit]]
    programs = HomeProgram.objects.filter(pk__in=neglected).order_by("id")[:limit]
    for program in programs:
        keep_rules(program=program, now=now)
    return len(programs)


def _diary_to_come(today: date) -> Q:
    """Slots of a diary that goes on for days still, wherever it is already today."""
    is_waited = Q(version__program__is_waitlist=True)
    has_begin = Q(version__baseline_starts_on__isnull=False, version__starts_on__gt=today + 2 * ONE_DAY)
    return Q(schedule__phase=Phase.BASELINE) & (is_waited | has_begin)


# ---- planning ahead ----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Planned:
    """How much one call did; `rules` under the limit means that nothing more is waiting."""

    rules: int = 0
    occurrences: int = 0
    deliveries: int = 0


@transaction.atomic
def plan_due(*, now: datetime, limit: int) -> Planned:
    """Plan the next day of up to `limit` rules whose hour has come, and point each at the day after.

    Any number of planners may run at once: a rule is locked by one, an occurrence and a delivery are made
    once. A day missed by an outage is still planned, so that its deliveries end as `expired`.
    """
    seen = oldest_open()
    rules = list(
        ReminderRule.objects.filter(is_on=True, next_plan_at__lte=now)
        .order_by("next_plan_at", "id")
        .select_for_update(skip_locked=True)[:limit]
    )
    return _plan(rules, now=now, seen=seen) if rules else Planned()


def _plan(rules: Sequence[ReminderRule], *, now: datetime, seen: int) -> Planned:
    """What was planned of these. A rule that cannot be planned at all is put off, and holds up no other."""
    try:
        with transaction.atomic():
            return _plan_all(rules, now=now, seen=seen)
    except DatabaseError:
        raise
    except Exception:
        if len(rules) == 1:
            logger.exception("not planned", extra={"event": "rule_unplannable", "id": str(rules[0].pk)})
            ReminderRule.objects.filter(pk=rules[0].pk).update(next_plan_at=now + ONCE_MORE)
            return Planned(rules=1)
        each = [_plan([rule], now=now, seen=seen) for rule in rules]
        return Planned(
            rules=len(rules),
            occurrences=sum(one.occurrences for one in each),
            deliveries=sum(one.deliveries for one in each),
        )


def _plan_all(rules: Sequence[ReminderRule], *, now: datetime, seen: int) -> Planned:
    asking = Asking([place_of(rule) for rule in rules])
    rests = Rests({rule.pk for rule in rules}, now=now)
    wanted = [
        (rule, rule.next_on)
        for rule in rules
        if rule.next_on is not None
        and asking.refusal(place_of(rule), rule.next_on) is None
        and not _rests(rule, rule.next_on, asking, rests)
    ]
    weeks = Weeks(asking, [(place_of(rule), day) for rule, day in wanted])
    asked = [(rule, day) for rule, day in wanted if not weeks.is_spared(place_of(rule), day)]
    occurrences = _make_occurrences(asked, asking, rests, now=now, seen=seen)
    deliveries = make_deliveries(occurrences)
    for rule in rules:
        if rule.next_on is not None:
            _point(rule, asking, earliest=rule.next_on + ONE_DAY)
    _write_next(rules)
    return Planned(len(rules), len(occurrences), deliveries)


def _rests(rule: ReminderRule, day: date, asking: Asking, rests: Rests) -> bool:
    is_diary = asking.is_diary(place_of(rule), day)
    return rests.standing(rule.pk, is_diary=is_diary) is Standing.RESTS


Asked = Sequence[tuple[ReminderRule, date]]


def _make_occurrences(
    asked: Asked, asking: Asking, rests: Rests, *, now: datetime, seen: int
) -> list[ReminderOccurrence]:
    """The occurrences of these days, those made before included.

    `seen`: what every transaction before it wrote is known.
    """
    made = []
    logbook = Logbook(asking, [(place_of(rule), day) for rule, day in asked])
    for rule, day in asked:
        due = asking.due_at(place_of(rule), day)
        if due is None:
            continue
        made.append(
            ReminderOccurrence(
                clinic_id=rule.clinic_id,
                rule=rule,
                child_id=rule.child_id,
                local_day=day,
                slot_number=rule.slot_number,
                due_at=due,
                expires_at=asking.expires_at(place_of(rule), day, due),
                planned_at=now,
                planned_from=seen if _is_plain(rule, day, asking, logbook, rests) else None,
            )
        )
    ReminderOccurrence.objects.bulk_create(made, ignore_conflicts=True, batch_size=1000)
    planned = {(rule.pk, day): rule for rule, day in asked}
    found = (
        ReminderOccurrence.objects.filter(
            rule__in=[rule.pk for rule, _ in asked], local_day__in={day for _, day in asked}
        )
        .order_by("id")
        .in_bulk()
    )
    for occurrence in found.values():
        if (occurrence.rule_id, occurrence.local_day) in planned:
            occurrence.rule = planned[occurrence.rule_id, occurrence.local_day]
    return [one for one in found.values() if (one.rule_id, one.local_day) in planned]


def _is_plain(rule: ReminderRule, day: date, asking: Asking, logbook: Logbook, rests: Rests) -> bool:
    """Whether nothing speaks against it, and it says what most do, for as long as nothing is written."""
    place = place_of(rule)
    return (
        not asking.is_diary(place, day)
        and rests.standing(rule.pk, is_diary=False) is Standing.REMINDS
        and logbook.is_blank(place, day)
    )


def make_deliveries(occurrences: Iterable[ReminderOccurrence]) -> int:
    """One delivery for each occurrence and caregiver of its household who can be written to and wants it."""
    wanted = list(occurrences)
    recipients: dict[tuple[uuid.UUID, uuid.UUID], list[uuid.UUID]] = defaultdict(list)
    granted = list(
        CaregiverGrant.objects.valid()
        .filter(
            child__in={one.child_id for one in wanted},
            family__in={one.rule.family_id for one in wanted},
            user__is_active=True,
        )
        .order_by("id")
        .values_list("child_id", "family_id", "user_id")
    )
    reached = reach_of({user_id for _, _, user_id in granted})
    for child_id, family_id, user_id in granted:
        _, address = reached[user_id].way(ReminderKind.REMINDER)
        if address:
            recipients[child_id, family_id].append(user_id)
    muted = set(
        ReminderMute.objects.filter(rule__in={one.rule_id for one in wanted}).values_list(
            "rule_id", "user_id"
        )
    )
    made = [
        ReminderDelivery(
            clinic_id=one.clinic_id,
            child_id=one.child_id,
            occurrence=one,
            recipient_id=user_id,
            channel=Channel.EMAIL,
            state=DeliveryState.DUE,
            idempotency_key=key_of(one, user_id, Channel.EMAIL),
            due_at=one.due_at,
            expires_at=one.expires_at,
            next_try_at=one.due_at,
        )
        for one in wanted
        for user_id in recipients[one.child_id, one.rule.family_id]
        if (one.rule_id, user_id) not in muted
    ]
    ReminderDelivery.objects.bulk_create(made, ignore_conflicts=True, batch_size=1000)
    return len(made)


def key_of(occurrence: ReminderOccurrence, user_id: uuid.UUID, channel: str, *, again: int = 0) -> uuid.UUID:
    """The same for the same rule, day, slot, person, channel and round, however often it is planned."""
    about = f"{occurrence.local_day}/{occurrence.slot_number}/{user_id}/{channel}"
    return uuid.uuid5(occurrence.rule_id, f"{about}/{again}" if again else about)


def take_up_again(*, child: Child, now: datetime) -> None:
    """Plan reminders from now on for a family that was left alone: what is still to come is due again."""
    ReminderDelivery.objects.filter(
        child=child,
        occurrence__isnull=False,
        state=DeliveryState.SUPPRESSED,
        reason__in=[SuppressedBecause.HOSPITAL, SuppressedBecause.DIED],
        due_at__gt=now,
    ).update(state=DeliveryState.DUE, reason="", ended_at=None, next_try_at=F("due_at"))
    follow(ReminderRule.objects.filter(child=child), now=now)


# ---- access that ended ---------------------------------------------------------------------------------


@rls.helped_by("reminders")
def drop_deliveries(
    *,
    child: Child,
    recipient: User | None = None,
    reason: SuppressedBecause = SuppressedBecause.REVOKED,
    now: datetime,
) -> int:
    """End what was planned about a child, for one of its family or (None) for all of them; how many.

    Those claimed are among them: their senders look once more before each letter.
    """
    open_ones = ReminderDelivery.objects.filter(
        Q(notice=None) | Q(notice__is_to_staff=False), child=child, state__in=OPEN_DELIVERY_STATES
    )
    if recipient is not None:
        open_ones = open_ones.filter(recipient=recipient)
    # In the order in which their senders lock them.
    locked = open_ones.order_by("id").only("pk").select_for_update(of=("self",), no_key=True)
    return ReminderDelivery.objects.filter(pk__in=[one.pk for one in locked]).update(
        state=DeliveryState.SUPPRESSED, reason=reason, ended_at=now, leased_until=None
    )
