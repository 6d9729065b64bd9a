"""Five hours without a worker, played on the product's clock."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db import transaction

from clinic import rls
from clinic.models import RoutineTime
from tests import database, factories
from tests.cast import Cast
from tests.faults.promise.crowd import Crowd, a_crowd_is_due
from tests.faults.promise.evening import evening
from tests.processes import Mailbox
from tests.tracking.reminding import at, keep, plan
from tracking.models import ReminderDelivery

HOURS = 5


@dataclass
class Outage:
    """What became of an evening whose worker was away; `late`: sent at or after their expiry."""

    rows: int = 0
    states: Counter[str] = field(default_factory=Counter)
    letters: int = 0
    late: int = 0
    most_for_one: int = 0
    """Messages to one person about one child, the most of any pair."""
    stuck: int = 0

    @property
    def is_clean(self) -> bool:
        return not self.late and not self.stuck and self.most_for_one <= 1

    def __str__(self) -> str:
        states = ", ".join(f"{state} {count}" for state, count in sorted(self.states.items()))
        return (
            f"{self.rows} rows: {states}; letters {self.letters}, sent after expiry {self.late},"
            f" most to one person about one child {self.most_for_one}, stuck {self.stuck}"
        )


def go_away(
    cast: Cast,
    clock: database.Clock,
    mailbox: Mailbox,
    *,
    people: int,
    from_wall: str,
    bugs: Sequence[str] = (),
    seconds: float = 60,
) -> Outage:
    """Worker and beat stop at `from_wall` and come back five hours later; slots at 17:30, 18:30 and 20:00."""
    crowd = a_crowd_is_due(cast, clock, people=people, wall="15:00")
    _more_slots(cast, crowd)
    begins = at(crowd.day, from_wall)
    clock.move_to(begins + dt.timedelta(hours=HOURS))
    with evening(mailbox, bugs=bugs, has_own_servers=False) as played:
        played.start()
        played.come_to_rest(seconds=seconds)
    return _count(mailbox)


def _more_slots(cast: Cast, crowd: Crowd) -> None:
    """Two more programs of every child, at 17:30 and 20:00."""
    with rls.acting_as(system="seeding"), transaction.atomic():
        for family in (cast.finns_home, cast.danas_home):
            RoutineTime.objects.filter(family=family, anchor="bedtime").update(at=dt.time(20))
            RoutineTime.objects.create(
                clinic=family.clinic, family=family, anchor="before_bath", at=dt.time(17, 30)
            )
    with transaction.atomic():
        for child in crowd.children:
            by = cast.theo if child.clinic_id == cast.harbor.pk else cast.tova
            for anchor in ("before_bath", "bedtime"):
                keep(factories.prescribed(child, by=by, anchors=(anchor,)), now=at(crowd.day, "00:30"))
        plan(at(crowd.day, "15:00"))


def _count(mailbox: Mailbox) -> Outage:
    found = list(
        ReminderDelivery.objects.order_by("id").values_list(
            "state", "ended_at", "expires_at", "recipient_id", "child_id"
        )
    )
    pairs = Counter((person, child) for state, _, _, person, child in found if state == "sent")
    return Outage(
        rows=len(found),
        states=Counter(state for state, *_ in found),
        letters=len(mailbox.letters),
        late=sum(state in ("sent", "merged") and ended >= expires for state, ended, expires, *_ in found),
        most_for_one=max(pairs.values(), default=0),
        stuck=sum(state in ("due", "leased", "retry") for state, *_ in found),
    )
