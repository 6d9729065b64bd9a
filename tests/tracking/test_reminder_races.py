"""Several planners, claimers and loggers at once, each with a connection of its own."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection, transaction

from clinic.jobs import as_system
from clinic.models import RoutineTime
from tests import database, factories
from tests.cast import Cast
from tests.tracking.reminding import SATURDAY, TUESDAY, at, coming, endings, keep, log, planned_evening
from tracking.models import ReminderDelivery, ReminderOccurrence
from tracking.reminders import claiming, planning
from tracking.reminders.claiming import Claimed

RUNNERS = 4


def at_once(*acts: Callable[[], Any]) -> list[Any]:
    """What each answers when all begin in the same moment."""
    gate = threading.Barrier(len(acts))

    def run(act: Callable[[], Any]) -> Any:
        try:
            gate.wait()
            return act()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return [future.result() for future in [pool.submit(run, act) for act in acts]]


def test_two_planners_plan_an_evening_once(live_cast: Cast, clock: database.Clock) -> None:
    day = coming(TUESDAY)
    clock.move_to(at(day, "12:45"))
    with transaction.atomic():
        for _ in range(5):
            keep(factories.prescribed(live_cast.cleo, by=live_cast.tess), now=at(day, "00:30"))

    def plan() -> int:
        with as_system("reminders") as now:
            return planning.plan_due(now=now, limit=3).deliveries

    for _ in range(5):
        at_once(*[plan] * RUNNERS)
    assert ReminderOccurrence.objects.count() == 5
    assert ReminderDelivery.objects.count() == 10


def test_claimers_at_once_take_each_delivery_once_and_one_a_child(
    live_cast: Cast, clock: database.Clock
) -> None:
    with transaction.atomic():
        day = planned_evening(live_cast, anchors=("after_bath", "bedtime"))
    clock.move_to(at(day, "19:45"))

    def claim() -> list[Claimed]:
        with as_system("reminders") as now:
            return claiming.claim(now=now, limit=1).taken

    for _ in range(4):
        taken = [one for several in at_once(*[claim] * RUNNERS) for one in several]
        addresses = [one.address for one in taken]
        assert len(addresses) == len(set(addresses))
    assert endings() == {("leased", ""): 4}
    assert ReminderDelivery.objects.filter(carried_by=None).count() == 2


@pytest.mark.parametrize("turn", range(3))
def test_a_log_that_races_the_claim_is_seen_or_comes_after_it(
    live_cast: Cast, clock: database.Clock, turn: int
) -> None:
    with transaction.atomic():
        day = planned_evening(live_cast)
    clock.move_to(at(day, "18:30"))

    def claim() -> int:
        with as_system("reminders") as now:
            return len(claiming.claim(now=now, limit=10).taken)

    def write() -> None:
        with transaction.atomic():
            log(live_cast.cleo, day, "18:10", by=live_cast.fay)

    taken, _ = at_once(claim, write)
    assert (taken, endings()) in [
        (2, {("leased", ""): 2}),
        (0, {("suppressed", "logged"): 2}),
    ]


def test_a_clock_time_changed_while_planning_wins(live_cast: Cast, clock: database.Clock) -> None:
    day = coming(SATURDAY)
    clock.move_to(at(day, "13:45"))
    with transaction.atomic():
        keep(factories.prescribed(live_cast.cleo, by=live_cast.tess), now=at(day, "00:30"))

    def plan() -> None:
        with as_system("reminders") as now:
            planning.plan_due(now=now, limit=10)

    def move() -> None:
        with as_system("reminders") as now:
            RoutineTime.objects.filter(family=live_cast.gregs_home, anchor="after_bath").update(at="20:00")
            planning.keep_rules_of_household(family=live_cast.gregs_home, now=now)

    at_once(plan, move)
    plan()
    clock.move_to(at(day, "18:00"))
    plan()
    assert [d.due_at for d in ReminderDelivery.objects.all()] == [at(day, "20:00", "America/Chicago")]
