"""What a household sees of its reminders: its settings, whom they reach, and what comes next."""

from __future__ import annotations

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q

from clinic.localtime import local_day
from clinic.models import CaregiverGrant, Child, Family, User
from clinic.vocabulary import GrantKind
from tracking.models import ReminderDelivery, ReminderMute, ReminderOccurrence, ReminderRule
from tracking.models.reminders import OPEN_DELIVERY_STATES
from tracking.outcomes.plans import AnchoredSlot, PlannedSchedule
from tracking.reminders import moments
from tracking.reminders.asking import Asking, Place
from tracking.reminders.logged import Logbook
from tracking.reminders.planning import place_of
from tracking.reminders.reach import Reach, reach_of
from tracking.reminders.resting import REACHED, Rests, Standing
from tracking.reminders.sparing import Weeks
from tracking.vocabulary.programs import FrequencyPer, Phase, Provider
from tracking.vocabulary.reminders import ReminderKind

LOOK_AHEAD_DAYS = 60
"""What comes next is looked for so far ahead, from the day after a household's own pause."""

AGAIN_IN = dt.timedelta(minutes=30)
MOST_ROUNDS = 2
"""So often a reminder is put off for somebody who asks. Our own."""

EVERY_DAY = tuple(range(7))
ONE_DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Reminded:
    """Somebody of the household. `is_own_wish`: they chose themselves not to be reminded."""

    grant_id: uuid.UUID
    name: str
    is_me: bool
    is_reminded: bool
    is_own_wish: bool


@dataclass(frozen=True, slots=True)
class ShownReminder:
    """A slot of a running program in this household, and what the household wishes of its reminder.

    `at` None: no time set, so no reminder either. `weekdays` are those of `asked_weekdays` it is wanted on,
    all of them where nothing was chosen. `rests`: nobody answered for some days. `next_at` is when this
    reader is reminded next; None: not in the weeks to come. `may_put_off`: the reader may ask for the one
    they got again. `recipients` are the whole household's for its guardians, for others they themselves.
    """

    rule_id: uuid.UUID
    lock_version: int
    program_title: str
    title_language: str
    slot_number: int
    anchor: str
    anchor_name: str
    is_diary: bool
    at: dt.time | None
    is_on: bool
    asked_weekdays: tuple[int, ...]
    weekdays: tuple[int, ...]
    paused_through: dt.date | None
    only_on_home_days: bool
    rests: bool
    next_at: dt.datetime | None
    may_put_off: bool
    is_hushed: bool
    recipients: tuple[Reminded, ...]

    @property
    def is_muted_by_me(self) -> bool:
        return any(one.is_me and not one.is_reminded for one in self.recipients)


@dataclass(frozen=True, slots=True)
class HouseholdReminders:
    """The reminders about one child in one household. `paused_through`: all of them rest by its own pause.

    `leads_nowhere`: this reader wishes to be reminded, and no address of theirs is known to be read.
    """

    reminders: tuple[ShownReminder, ...]
    has_other_homes: bool
    leads_nowhere: bool

    @property
    def rests(self) -> bool:
        return any(one.rests for one in self.reminders)

    @property
    def paused_through(self) -> dt.date | None:
        """The last day of a pause of them all; None where some go on."""
        days = [one.paused_through for one in self.reminders]
        return min((day for day in days if day is not None), default=None) if None not in days else None


def reminders_of(user: User, child: Child, family: Family, *, now: dt.datetime) -> HouseholdReminders:
    """As `user`, who cares for the child from there, is shown them, in the order of the day.

    A constant number of statements.
    """
    rules = list(ReminderRule.objects.filter(child=child, family=family).order_by("id"))
    places = {rule.pk: place_of(rule) for rule in rules}
    asking = Asking(list(places.values()) or [Place(child.pk, child.pk, family.pk, 0)])
    look = _Look(
        user=user,
        today=local_day(now, family.zone),
        now=now,
        asking=asking,
        rests=Rests(places, now=now),
        carers=tuple(
            CaregiverGrant.objects.valid()
            .filter(child=child, family=family)
            .select_related("user")
            .order_by("valid_from", "id")
        ),
        muted=_muted(rules),
        reach=reach_of([user.pk])[user.pk],
        home_zone=family.zone,
        sent=_sent(user, rules, now=now),
    )
    look.read(list(places.values()))
    shown = [one for rule in rules if (one := look.at(rule, places[rule.pk])) is not None]
    shown.sort(key=lambda one: (one.at is None, one.at or dt.time.min, one.program_title, one.slot_number))
    channel, address = look.reach.way(ReminderKind.REMINDER)
    return HouseholdReminders(
        tuple(shown),
        has_other_homes=asking.home_count(child.pk) > 1,
        leads_nowhere=bool(channel) and not address,
    )


@dataclass(frozen=True, slots=True)
class Sent:
    """What reached somebody of an occurrence that has not expired; `again_at`: it comes again then."""

    occurrence_id: uuid.UUID
    round: int
    expires_at: dt.datetime
    again_at: dt.datetime | None

    def may_put_off(self, now: dt.datetime) -> bool:
        return self.again_at is None and self.round < MOST_ROUNDS and now + AGAIN_IN < self.expires_at


@dataclass(slots=True)
class _Look:
    """Everything that is read, and what it says of a rule."""

    user: User
    today: dt.date
    now: dt.datetime
    asking: Asking
    rests: Rests
    carers: Sequence[CaregiverGrant]
    muted: Mapping[uuid.UUID, Mapping[uuid.UUID, bool]]
    reach: Reach
    home_zone: str
    sent: Mapping[uuid.UUID, Sent]
    logbook: Logbook | None = None
    weeks: Weeks | None = None

    def read(self, places: Sequence[Place]) -> None:
        self.logbook = Logbook(self.asking, [(place, self.today) for place in places])
        week = [self.today + number * ONE_DAY for number in EVERY_DAY]
        self.weeks = Weeks(self.asking, [(place, day) for place in places for day in week])

    def at(self, rule: ReminderRule, place: Place) -> ShownReminder | None:
        """None for a slot that is no part of what runs or comes."""
        plan = self.asking.plan(place)
        found = self._slot(place)
        if plan is None or found is None:
            return None
        schedule, slot = found
        is_diary = schedule.phase == Phase.BASELINE
        if is_diary and not any(one.last is None or one.last >= self.today for one in plan.diary()):
            return None
        asked = schedule.weekdays if schedule.per is FrequencyPer.NAMED_DAYS else EVERY_DAY
        rests = self.rests.standing(rule.pk, is_diary=is_diary) is Standing.RESTS
        recipients = self._recipients(rule)
        is_for_me = any(one.is_me and one.is_reminded for one in recipients)
        sent = self.sent.get(rule.pk)
        at = self.asking.clock_time(place, slot.anchor)
        channel, address = self.reach.way(ReminderKind.REMINDER)
        comes = rule.is_on and is_for_me and not rests and bool(address)
        return ShownReminder(
            rule_id=rule.pk,
            lock_version=rule.lock_version,
            program_title=plan.title,
            title_language=plan.title_language,
            slot_number=slot.number,
            anchor=slot.anchor,
            anchor_name=slot.anchor_name,
            is_diary=is_diary,
            at=at,
            is_on=rule.is_on,
            asked_weekdays=tuple(asked),
            weekdays=tuple(day for day in asked if day in rule.weekdays) if rule.weekdays else tuple(asked),
            paused_through=rule.paused_through
            if rule.paused_through and rule.paused_through >= self.today
            else None,
            only_on_home_days=rule.only_on_home_days,
            rests=rests and rule.is_on,
            next_at=self._next(place, sent) if comes else None,
            may_put_off=comes
            and sent is not None
            and sent.may_put_off(self.now)
            and not self._is_quiet(self.now + AGAIN_IN)
            and not self._is_done(place, self.today),
            is_hushed=not channel or (at is not None and self._is_quiet_at(place, at)),
            recipients=recipients,
        )

    def _is_quiet_at(self, place: Place, at: dt.time) -> bool:
        due = moments.due_at(on=self.today, at=at, zone=self.asking.zones[place.family_id])
        return due is not None and self._is_quiet(due)

    def _is_quiet(self, at: dt.datetime) -> bool:
        return self.reach.quiet_at(at, self.home_zone) is not None

    def _slot(self, place: Place) -> tuple[PlannedSchedule, AnchoredSlot] | None:
        plan = self.asking.plan(place)
        schedules = plan.current.schedules if plan else ()
        return next(
            (
                (schedule, slot)
                for schedule in schedules
                if schedule.provider == Provider.CAREGIVER
                for slot in schedule.slots
                if slot.number == place.slot_number
            ),
            None,
        )

    def _recipients(self, rule: ReminderRule) -> tuple[Reminded, ...]:
        muted = self.muted.get(rule.pk, {})
        is_guardian = any(
            grant.user_id == self.user.pk and grant.kind == GrantKind.GUARDIAN for grant in self.carers
        )
        return tuple(
            Reminded(
                grant_id=grant.pk,
                name=grant.user.name,
                is_me=grant.user_id == self.user.pk,
                is_reminded=grant.user_id not in muted,
                is_own_wish=muted.get(grant.user_id, False),
            )
            for grant in self.carers
            if is_guardian or grant.user_id == self.user.pk
        )

    def _next(self, place: Place, sent: Sent | None) -> dt.datetime | None:
        if sent is not None and sent.again_at is not None and not self._is_done(place, self.today):
            return sent.again_at
        paused_through = place.wishes.paused_through
        first = self.today if paused_through is None else max(self.today, paused_through + ONE_DAY)
        for number in range(LOOK_AHEAD_DAYS):
            day = first + number * ONE_DAY
            due = self.asking.due_at(place, day)
            if due is None or due <= self.now or self.asking.refusal(place, day) is not None:
                continue
            if not self._is_done(place, day) and not self._is_quiet(due):
                return due
        return None

    def _is_done(self, place: Place, day: dt.date) -> bool:
        """Whether nothing more is asked of a day: it is logged, or its week has had what it asks for."""
        assert self.logbook is not None
        assert self.weeks is not None
        is_logged = day == self.today and self.logbook.is_logged(place, day)
        return is_logged or self.weeks.is_spared(place, day)


def _muted(rules: Sequence[ReminderRule]) -> dict[uuid.UUID, dict[uuid.UUID, bool]]:
    """Who is not reminded, by rule; True where it is their own wish."""
    found: defaultdict[uuid.UUID, dict[uuid.UUID, bool]] = defaultdict(dict)
    mutes = ReminderMute.objects.filter(rule__in=[rule.pk for rule in rules])
    for rule_id, user_id, chosen_by in mutes.values_list("rule_id", "user_id", "chosen_by"):
        found[rule_id][user_id] = chosen_by is None
    return found


def _sent(user: User, rules: Sequence[ReminderRule], *, now: dt.datetime) -> dict[uuid.UUID, Sent]:
    """What this person was sent, or asked for again, of occurrences that go on, by rule; one statement."""
    found: dict[uuid.UUID, Sent] = {}
    rows = (
        ReminderDelivery.objects.filter(
            Q(state__in=REACHED) | Q(state__in=OPEN_DELIVERY_STATES, round__gt=0),
            occurrence__rule__in=[rule.pk for rule in rules],
            occurrence__expires_at__gt=now,
            recipient=user,
        )
        .order_by("due_at", "round", "id")
        .values_list(
            "occurrence__rule_id", "occurrence_id", "round", "occurrence__expires_at", "state", "due_at"
        )
    )
    for rule_id, occurrence_id, number, expires_at, state, due_at in rows:
        again_at = due_at if state in OPEN_DELIVERY_STATES else None
        found[rule_id] = Sent(occurrence_id, number, expires_at, again_at)
    return found


# ---- the first screen --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Tonight:
    """What the first screen says of reminders: that they rest; and which this reader may put off."""

    rests: bool
    may_put_off: tuple[uuid.UUID, ...]


def tonight_of(user: User, child: Child, family: Family, *, now: dt.datetime) -> Tonight:
    """One statement, and more where the household was told that reminders rest, or one has just come."""
    told = ReminderOccurrence.objects.filter(
        Q(due_at__gte=OuterRef("counts_from")) | Q(rule__counts_from=None),
        rule=OuterRef("pk"),
        is_gentle=True,
    )
    came = ReminderOccurrence.objects.filter(
        rule=OuterRef("pk"), expires_at__gt=now, deliveries__state__in=REACHED, deliveries__recipient=user
    )
    rules = list(
        ReminderRule.objects.filter(child=child, family=family, is_on=True)
        .annotate(was_told=Exists(told), has_come=Exists(came))
        .order_by("id")
    )
    if not any(rule.was_told or rule.has_come for rule in rules):  # type: ignore[attr-defined]  # annotated
        return Tonight(rests=False, may_put_off=())
    places = {rule.pk: place_of(rule) for rule in rules}
    asking = Asking(list(places.values()))
    today = local_day(now, family.zone)
    logbook = Logbook(asking, [(place, today) for place in places.values()])
    rests = Rests(places, now=now)
    sent = _sent(user, rules, now=now)
    return Tonight(
        rests=any(
            rests.standing(pk, is_diary=asking.is_diary(place, today)) is Standing.RESTS
            for pk, place in places.items()
            if asking.schedule_on(place, today) is not None
        ),
        may_put_off=tuple(
            pk
            for pk, one in sent.items()
            if one.may_put_off(now) and not logbook.is_logged(places[pk], today)
        ),
    )
