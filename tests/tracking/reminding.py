"""What the tests of reminders share: an evening to come, and short ways through planning and claiming."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from typing import Any

from clinic import localtime, rls
from clinic.models import Child, User
from tests import database, factories
from tests.cast import Cast
from tracking.models import HomeProgram, MassageSession, ReminderDelivery
from tracking.models.reminders import DeliveryState
from tracking.reminders import claiming, planning
from tracking.reminders.claiming import Claim

NEW_YORK = "America/New_York"
CHICAGO = "America/Chicago"
TUESDAY, SATURDAY = 1, 5


def coming(weekday: int) -> dt.date:
    """The first such weekday that lies more than a day ahead. Weekdays are Fay's, weekends Greg's."""
    day = database.Clock().now().date() + dt.timedelta(days=2)
    return day + dt.timedelta(days=(weekday - day.weekday()) % 7)


def at(day: dt.date, wall: str, zone: str = NEW_YORK) -> dt.datetime:
    return localtime.to_instant(dt.datetime.combine(day, dt.time.fromisoformat(wall)), zone)


def keep(program: HomeProgram, *, now: dt.datetime) -> None:
    with rls.acting_as(system="reminders"):
        planning.keep_rules(program=program, now=now)


def plan(now: dt.datetime) -> int:
    """Plan all that is due by `now`; how many deliveries were made."""
    made = 0
    with rls.acting_as(system="reminders"):
        while (planned := planning.plan_due(now=now, limit=500)).rules:
            made += planned.deliveries
    return made


def claim(now: dt.datetime, limit: int = 100) -> Claim:
    with rls.acting_as(system="reminders"):
        return claiming.claim(now=now, limit=limit)


def delivery(user: User) -> ReminderDelivery:
    return ReminderDelivery.objects.get(recipient=user)


def endings() -> Counter[tuple[str, str]]:
    """How many deliveries are in each state, for each reason."""
    return Counter(ReminderDelivery.objects.order_by("id").values_list("state", "reason"))


def planned_evening(cast: Cast, *, anchors: tuple[str, ...] = ("after_bath",), **fields: Any) -> dt.date:
    """Cleo's evening program, planned for a Tuesday at Fay's: she and Nan are to be written to at 18:30."""
    day = coming(TUESDAY)
    program = factories.prescribed(cast.cleo, by=cast.tess, anchors=anchors, **fields)
    keep(program, now=at(day, "00:30"))
    plan(at(day, "15:00"))
    return day


def log(child: Child, day: dt.date, wall: str, *, by: User, **fields: Any) -> MassageSession:
    return factories.session(child, by=by, at=at(day, wall), **{"local_day": day, **fields})


def sent_evening(cast: Cast) -> dt.date:
    """The planned evening, and its messages went out at 18:30."""
    day = planned_evening(cast)
    with rls.acting_as(system="seeding"):
        ReminderDelivery.objects.update(state=DeliveryState.SENT, ended_at=at(day, "18:30"))
    return day
