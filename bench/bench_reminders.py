"""What planning and claiming reminders cost, beside the least that they could, as rules grow in number.

`LITTLEFOOT_RULES` names the sizes, smallest first; a tenth of the rules is due. Costs are CPU time of Python
and of PostgreSQL together; sending is not part of it. The limit of a claim is one UPDATE that leases every
row that is due and looks at none.
"""

from __future__ import annotations

import datetime as dt
import gc
import os
import subprocess
import sys
from collections.abc import Callable
from unittest import mock

from django.db import connection

from bench.interleaved import Cost, costs, exponent, tell
from clinic.jobs import as_system
from tests import families
from tests.cast import Cast
from tests.database import ROOT
from tests.families import RULES_OF_A_FAMILY, Families
from tracking.reminders import claiming, delivering, plain, planning
from tracking.tasks import PLANNED_AT_ONCE

SIZES = [int(size) for size in os.environ.get("LITTLEFOOT_RULES", "1000,10000,100000,1000000").split(",")]
ROUNDS = 5
CLAIMED_AT_ONCE = 1000
MOST_PLANNED_AGAIN = 10_000
"""More are planned once, in a process of their own."""

LIMIT = """
UPDATE tracking_reminderdelivery
SET state = 'leased', attempt = attempt + 1, leased_until = %(until)s, next_try_at = %(until)s
WHERE state IN ('due', 'leased', 'retry') AND next_try_at <= %(now)s
"""


def lease_all(due: int, now: dt.datetime) -> Callable[[], None]:
    def work() -> None:
        with as_system("reminders"), connection.cursor() as cursor:
            cursor.execute(LIMIT, {"now": now, "until": now + claiming.LEASE})
            assert cursor.rowcount == due, cursor.rowcount

    return work


def claim_all(due: int, now: dt.datetime, *, at_once: int = CLAIMED_AT_ONCE) -> Callable[[], None]:
    def work() -> None:
        taken, found = 0, at_once
        while found == at_once:
            with as_system("reminders"):
                claim = claiming.claim(now=now, limit=at_once)
            found = claim.found
            taken += len(claim.taken)
        assert taken == due, taken

    return work


def plan_all(due: int, now: dt.datetime) -> Callable[[], None]:
    def work() -> None:
        made, rules = 0, PLANNED_AT_ONCE
        while rules == PLANNED_AT_ONCE:
            with as_system("reminders"):
                planned = planning.plan_due(now=now, limit=PLANNED_AT_ONCE)
            rules = planned.rules
            made += planned.deliveries
        assert made == due, made

    return work


def tell_held(what: str, of: str, due: int, now: dt.datetime) -> None:
    """Let a process of its own plan or claim all that is due, and tell what memory it held."""
    done = subprocess.run(
        [sys.executable, "-m", "bench.holding", what, now.isoformat()],
        cwd=ROOT, check=True, capture_output=True, text=True,
    )  # fmt: skip
    rows, began, ended, took = (int(word) for word in done.stdout.split())
    assert rows == due, rows
    tell(f"{of}, {what}: MB after the first batch", began / 1024, "-")
    tell(f"{of}, {what}: MB after the last", ended / 1024, "flat")
    tell(f"{of}, {what}: CPU seconds of that process, its start included", took / 1000, "-")


def cost_of_planning(made: Families, due: int) -> Cost:
    work = {"plan": plan_all(due, made.planned_from)}
    return costs(work, rounds=ROUNDS, before=lambda: made.plan_anew(due))["plan"]


def cost_of_claiming(made: Families, due: int) -> dict[str, Cost]:
    """Of what is planned now: as many as were planned last."""
    works = {"limit": lease_all(due, made.due_at), "claim": claim_all(due, made.due_at)}
    return costs(works, rounds=ROUNDS, before=made.send_anew)


def tell_rate(what: str, rows: int, cost: Cost, goal: str = "-") -> None:
    tell(f"{what}: thousand rows a CPU second", rows / cost.total, goal)
    tell(f"{what}: CPU ms for a thousand, Python", cost.python * 1000 / rows, "-")
    tell(f"{what}: CPU ms for a thousand, PostgreSQL", cost.postgres * 1000 / rows, "-")


def test_planning_and_claiming_as_rules_grow(live_cast: Cast) -> None:
    made = families.pattern(live_cast)
    gc.freeze()  # as workers do
    few = SIZES[0] // 10
    existing: dict[str, list[float]] = {"plan": [], "claim": []}
    there = 1
    print()
    for size in SIZES:
        made.add(range(there, size // RULES_OF_A_FAMILY + 1))
        there = size // RULES_OF_A_FAMILY + 1
        if size == SIZES[0]:
            tell("foreign keys asked of the copies, all of which hold", families.prove_keys(made), "-")
        existing["plan"].append(cost_of_planning(made, few).total)
        existing["claim"].append(cost_of_claiming(made, few)["claim"].total)
        due = size // 10
        of = f"{due} of {size} due"
        if due <= MOST_PLANNED_AGAIN:
            tell_rate(f"{of}, planned {PLANNED_AT_ONCE} at once", due, cost_of_planning(made, due))
        made.plan_anew(due)
        tell_held("plan", of, due, made.planned_from)
        took = cost_of_claiming(made, due)
        tell_rate(f"{of}, claimed {CLAIMED_AT_ONCE} at once", due, took["claim"], ">= 20")
        tell_rate(f"{of}, one UPDATE", due, took["limit"])
        tell(f"{of}: of that limit", took["limit"].total / took["claim"].total, ">= 0.2")
        made.send_anew()
        tell_held("claim", of, due, made.due_at)
    for what, taken in existing.items() if len(SIZES) > 1 else ():
        tell(f"{what} {few}: exponent over rules that exist", exponent(SIZES, taken), "0")


def with_care(work: Callable[[], None]) -> Callable[[], None]:
    """As if something had been written of every child since its reminder was planned."""

    def careful() -> None:
        with mock.patch.object(plain, "decide", return_value=plain.Plain(frozenset(), [])):
            work()

    return careful


def test_planning_and_claiming_as_more_is_due(live_cast: Cast) -> None:
    made = families.pattern(live_cast)
    gc.freeze()  # as workers do
    size = min(SIZES[-1], 100_000)
    made.add(range(1, size // RULES_OF_A_FAMILY + 1))
    dues = [due for due in (100, 1000, 10_000) if due <= size // 10]
    taken: dict[str, list[float]] = {"plan": [], "claim": [], "claim a batch of the worker's": []}
    print()
    for due in dues:
        taken["plan"].append(cost_of_planning(made, due).total)
        works = {
            "claim": claim_all(due, made.due_at),
            "claim a batch of the worker's": claim_all(due, made.due_at, at_once=delivering.BATCH),
        }
        took = costs(works, rounds=ROUNDS, before=made.send_anew)
        for what, cost in took.items():
            taken[what].append(cost.total)
    tell_rate(
        f"{dues[-1]} due, claimed {delivering.BATCH} at once", dues[-1], took["claim a batch of the worker's"]
    )
    made.send_anew()
    careful = costs({"claim": with_care(claim_all(due, made.due_at))}, rounds=ROUNDS, before=made.send_anew)
    tell_rate(f"{dues[-1]} due, all to be looked at with care", dues[-1], careful["claim"])
    for what, each in taken.items():
        tell(f"{what}: exponent over what is due, of {size} rules", exponent(dues, each), "<= 1")


def test_beat_with_one_task_a_family() -> None:
    """No figure of ours: our schedule is the same few entries however many families there are."""
    print()
    for tasks in (size for size in SIZES if size <= 100_000):
        done = subprocess.run(
            [sys.executable, "-m", "bench.celery_beat", str(tasks)],
            cwd=ROOT, check=True, capture_output=True, text=True,
        )  # fmt: skip
        load, tick, edit, held = (float(word) for word in done.stdout.split())
        tell(f"django-celery-beat, {tasks} families: CPU ms to load them", load, "-")
        tell(f"django-celery-beat, {tasks} families: CPU ms a tick, which sends one", tick, "-")
        tell(f"django-celery-beat, {tasks} families: CPU ms of the tick after an edit", edit, "-")
        tell(f"django-celery-beat, {tasks} families: MB", held / 1024, "-")
