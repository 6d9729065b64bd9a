"""What the tests of notices share: something that happened, and short ways through planning."""

from __future__ import annotations

import datetime as dt
from typing import Any

from clinic import rls
from clinic.models import Child, User
from tests.cast import make_id
from tracking.models import Message, Notice, ReachWishes, ReminderDelivery
from tracking.reminders import noticing
from tracking.reminders.noticing import Planned
from tracking.services import messaging


def send(child: Child, *, by: User, now: dt.datetime, body: str = "See you on Tuesday") -> Message:
    """A message in the child's thread, sent as its author."""
    with rls.acting_as(by):
        return messaging.send_message(by=by, child=child, client_id=make_id(), body=body, now=now).message


def plan(now: dt.datetime, limit: int = 100) -> Planned:
    with rls.acting_as(system="reminders"):
        return noticing.plan_due(now=now, limit=limit)


def wish(user: User, **wishes: Any) -> None:
    with rls.acting_as(user):
        ReachWishes.objects.update_or_create(user=user, defaults={"updated_at": rls.now(), **wishes})


def notices() -> list[tuple[str, bool]]:
    """The kind of each notice, and whether it is to staff, oldest first."""
    return list(Notice.objects.order_by("made_at", "id").values_list("kind", "is_to_staff"))


def due() -> dict[User, dt.datetime]:
    """When each recipient is written to."""
    return {one.recipient: one.due_at for one in ReminderDelivery.objects.select_related("recipient")}


def recipients(child: Child | None = None) -> set[User]:
    rows = ReminderDelivery.objects.select_related("recipient")
    return {one.recipient for one in (rows.filter(child=child) if child else rows)}
