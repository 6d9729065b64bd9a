"""Planning notices: recipients, channel and time; and the last check before one goes out.

Urgent ones go at once, day or night. A family's news waits until their quiet hours are over. Everything else
for staff is due when the clinic next opens; notices due together become one message (`claiming`).
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Max

from clinic.models import Child, User
from tracking.models import HomeProgram, Notice, ReminderDelivery, ThreadRead
from tracking.models.notices import AT_ONCE, NoticeKind
from tracking.models.programs import ProgramState
from tracking.models.reminders import DeliveryState, SuppressedBecause
from tracking.readings.flag_settings import opening_times_of
from tracking.reminders.audience import Audience, Matter
from tracking.reminders.candidates import Candidate, Ending, Group, Postponed, Told, group_of
from tracking.reminders.reach import reach_of

WORTH_TELLING = dt.timedelta(days=3)
"""How long after it is due a notice still says something: over a weekend's outage. Our own rule."""

ONE_A_WHILE = dt.timedelta(minutes=45)
"""A family is not written to again sooner with more news. Our own rule."""


# ---- planning ----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Planned:
    """How much one call did; `notices` under the limit means that nothing more is waiting."""

    notices: int = 0
    deliveries: int = 0
    is_any_due: bool = False


@transaction.atomic
def plan_due(*, now: dt.datetime, limit: int) -> Planned:
    """Make deliveries of up to `limit` notices, one for each person whom one concerns.

    Any number of planners may run at once, as with reminders. The same statements for few and for many.
    """
    notices = list(
        Notice.objects.filter(planned_at__isnull=True)
        .order_by("made_at", "id")
        .select_for_update(skip_locked=True)[:limit]
    )
    if not notices:
        return Planned()
    made = _deliveries(notices)
    ReminderDelivery.objects.bulk_create(made, ignore_conflicts=True, batch_size=1000)
    Notice.objects.filter(pk__in=[notice.pk for notice in notices]).update(planned_at=now)
    return Planned(len(notices), len(made), is_any_due=any(one.due_at <= now for one in made))


def _deliveries(notices: Sequence[Notice]) -> list[ReminderDelivery]:
    audience = Audience([_matter(notice) for notice in notices])
    recipients = {notice.pk: _recipients(notice, audience) for notice in notices}
    user_ids = {user_id for several in recipients.values() for user_id in several}
    people = User.objects.filter(is_active=True).in_bulk(user_ids)
    reached = reach_of(people)
    times = opening_times_of({notice.clinic_id for notice in notices})
    made = []
    for notice in notices:
        for person in filter(None, map(people.get, recipients[notice.pk])):
            reach = reached[person.pk]
            channel, address = reach.way(notice.kind)
            if not address:
                continue
            opening_times = times[notice.clinic_id]
            due = notice.made_at
            if group_of(notice.kind, notice.is_to_staff) is Group.STAFF_NEWS:
                due = opening_times.next_opening(due) or due
            if notice.kind not in AT_ONCE:
                at_home = audience.home_zone(notice.child_id, person.pk)
                due = reach.quiet_at(due, at_home or opening_times.zone) or due
            made.append(_delivery(notice, person, channel, due))
    return made


def _recipients(notice: Notice, audience: Audience) -> list[uuid.UUID]:
    """Each once; not whoever did what it tells."""
    told = [notice.to_id] if notice.to_id else audience.first(_matter(notice))
    return [user_id for user_id in dict.fromkeys(told) if user_id != notice.by_id]


def _delivery(notice: Notice, person: User, channel: str, due: dt.datetime) -> ReminderDelivery:
    return ReminderDelivery(
        clinic_id=notice.clinic_id,
        child_id=notice.child_id,
        notice=notice,
        recipient=person,
        channel=channel,
        idempotency_key=uuid.uuid5(notice.pk, str(person.pk)),
        due_at=due,
        expires_at=due + WORTH_TELLING,
        next_try_at=due,
    )


def _matter(notice: Notice) -> Matter:
    return Matter(notice.clinic_id, notice.child_id, notice.kind, notice.subject_id, notice.is_to_staff)


# ---- the last look ---------------------------------------------------------------------------------------


def look_at(notices: Sequence[Candidate], *, now: dt.datetime) -> dict[uuid.UUID, Ending | Postponed]:
    """How those end, or until when they wait, that may not go out now; the others may.

    The same statements for few and for many.
    """
    told = [(one, one.told) for one in notices if one.told is not None]
    if not told:
        return {}
    facts = _Facts(told, now=now)
    decided: dict[uuid.UUID, Ending | Postponed] = {}
    for one, about in told:
        reason = _why_suppressed(one, about, facts, now)
        if reason is not None:
            decided[one.id] = Ending(DeliveryState.SUPPRESSED, reason)
        elif not one.address:
            decided[one.id] = Ending(DeliveryState.DEAD, "no_address")
        elif now >= one.expires_at:
            decided[one.id] = Ending(DeliveryState.EXPIRED, one.codes[-1] if one.codes else "")
        elif (until := _waits_until(one, facts, now)) is not None:
            decided[one.id] = Postponed(until)
    return decided


class _Facts:
    """What is so at this moment about what these tell of. Reads nothing after it was made."""

    def __init__(self, told: Collection[tuple[Candidate, Told]], *, now: dt.datetime) -> None:
        self.audience = Audience([_matter_of(one, about) for one, about in told])
        recipients = {one.recipient_id for one, _ in told}
        of_families = {one.child_id for one, about in told if not about.is_to_staff}
        self.children = Child.objects.in_bulk(of_families)
        self.read_until = {
            (child_id, user_id): until
            for child_id, user_id, until in ThreadRead.objects.filter(
                user__in=recipients,
                child__in={one.child_id for one, about in told if about.kind == NoticeKind.MESSAGE},
            ).values_list("child_id", "user_id", "read_until")
        }
        self.running = set(
            HomeProgram.objects.filter(
                state=ProgramState.ACTIVE,
                current_version__in={
                    about.subject_id for _, about in told if about.kind == NoticeKind.PROGRAM_VERSION
                },
            ).values_list("current_version", flat=True)
        )
        self.last_told: dict[uuid.UUID, dt.datetime] = dict(
            ReminderDelivery.objects.filter(
                recipient__in={one.recipient_id for one, _ in told if one.group is Group.FAMILY_NEWS},
                notice__is_to_staff=False,
                state=DeliveryState.SENT,
                ended_at__gt=now - ONE_A_WHILE,
            )
            .order_by()
            .values_list("recipient")
            .annotate(last=Max("ended_at"))
        )


def _why_suppressed(one: Candidate, about: Told, facts: _Facts, now: dt.datetime) -> SuppressedBecause | None:
    readers = facts.audience.all(_matter_of(one, about))
    if not one.is_recipient_active or one.recipient_id not in readers:
        return SuppressedBecause.REVOKED
    if disturbing := _why_disturbing(None if about.is_to_staff else facts.children.get(one.child_id)):
        return disturbing
    if about.kind == NoticeKind.PROGRAM_VERSION and about.subject_id not in facts.running:
        return SuppressedBecause.ENDED
    if _is_seen(one, about, facts, now):
        return SuppressedBecause.SEEN
    if not one.channel:
        return SuppressedBecause.MUTED
    return None


def _why_disturbing(child: Child | None) -> SuppressedBecause | None:
    """Of a child whose family is to be left alone; None: of one whose family is not, or staff is told."""
    if child is None:
        return None
    if child.died_on is not None:
        return SuppressedBecause.DIED
    return SuppressedBecause.HOSPITAL if child.in_hospital_since is not None else None


def _is_seen(one: Candidate, about: Told, facts: _Facts, now: dt.datetime) -> bool:
    """Whether the recipient read the thread since, or anybody looked at the flag; else not known."""
    if about.kind == NoticeKind.MESSAGE:
        read_until = facts.read_until.get((one.child_id, one.recipient_id))
        return read_until is not None and read_until >= about.made_at
    flag = facts.audience.flags.get(about.subject_id)
    if flag is None:
        return False
    is_put_off = flag.snoozed_until is not None and flag.snoozed_until > now
    return is_put_off or flag.acknowledged_at is not None or flag.closed_at is not None


def _waits_until(one: Candidate, facts: _Facts, now: dt.datetime) -> dt.datetime | None:
    """Until when somebody is left alone: at night, and, a family, a while after other news."""
    if one.group is Group.AT_ONCE:
        return None
    if one.group is Group.FAMILY_NEWS and one.carried_by is None and one.recipient_id in facts.last_told:
        return facts.last_told[one.recipient_id] + ONE_A_WHILE
    at_home = facts.audience.home_zone(one.child_id, one.recipient_id)
    return one.reach.quiet_at(now, at_home or one.zone)


def _matter_of(one: Candidate, about: Told) -> Matter:
    return Matter(one.clinic_id, one.child_id, about.kind, about.subject_id, about.is_to_staff)
