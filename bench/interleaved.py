"""Ratios of CPU time taken in one run, each in its turn, medians of several: the machine is shared."""

from __future__ import annotations

import contextlib
import gc
import math
import statistics
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from django.db import connection

ROUNDS = 7
NO_FINDING = 1.3
"""A ratio nearer to its goal than this is none: identical work differs by as much."""


def cpu_milliseconds(works: Mapping[str, Callable[[], object]], *, rounds: int = ROUNDS) -> dict[str, float]:
    """The median CPU time of each, in milliseconds, after one turn that fills what is read once."""
    for work in works.values():
        work()
    gc.freeze()  # as config.wsgi does
    taken: dict[str, list[float]] = {name: [] for name in works}
    for _ in range(rounds):
        for name, work in works.items():
            began = time.process_time()
            work()
            taken[name].append((time.process_time() - began) * 1000)
    return {name: statistics.median(times) for name, times in taken.items()}


UNTIL_PLANS_ARE_KEPT = 12
"""Turns: five before the driver prepares a statement, five before PostgreSQL weighs a plan for any values."""


@contextlib.contextmanager
def planned_anew() -> Iterator[None]:
    """Have every statement planned each time it is asked, as a connection does that has just begun."""
    connection.ensure_connection()
    driver = connection.connection
    threshold, driver.prepare_threshold = driver.prepare_threshold, None
    try:
        yield
    finally:
        driver.prepare_threshold = threshold


@dataclass(frozen=True, slots=True)
class Cost:
    """CPU time in milliseconds: Python's, and that of the PostgreSQL process that answered."""

    python: float
    postgres: float

    @property
    def total(self) -> float:
        return self.python + self.postgres


def costs(
    works: Mapping[str, Callable[[], object]],
    *,
    rounds: int = ROUNDS,
    of: int = 1,
    before: Callable[[], object] | None = None,
    uncounted: int = 1,
) -> dict[str, Cost]:
    """As `cpu_milliseconds`, with PostgreSQL's share, for one of the `of` times each of `works` does it.

    `before` each turn something may be put back; that is not counted. So many turns are `uncounted` at first:
    after `UNTIL_PLANS_ARE_KEPT` a connection plans no statement anew.
    """
    server = backend()
    prepare = before or (lambda: None)
    for _ in range(uncounted):
        for work in works.values():
            prepare()
            work()
    gc.freeze()  # as config.wsgi does
    taken: dict[str, list[Cost]] = {name: [] for name in works}
    for _ in range(rounds):
        for name, work in works.items():
            prepare()
            python, postgres = time.process_time(), on_cpu(server)
            work()
            cost = (time.process_time() - python) * 1000, on_cpu(server) - postgres
            taken[name].append(Cost(cost[0] / of, cost[1] / of))
    return {name: sorted(each, key=lambda cost: cost.total)[rounds // 2] for name, each in taken.items()}


def backend() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        (pid,) = cursor.fetchone()
    return pid


def on_cpu(pid: int) -> float:
    """How long a process of this machine has been on a CPU, in milliseconds (Linux)."""
    return int(Path(f"/proc/{pid}/schedstat").read_text().split()[0]) / 1e6


def exponent(sizes: list[int], times: list[float]) -> float:
    """How time grows with size: 0 not at all, 1 as fast; the slope through the logarithms."""
    xs, ys = [math.log(size) for size in sizes], [math.log(max(taken, 0.001)) for taken in times]
    middle_x, middle_y = statistics.mean(xs), statistics.mean(ys)
    over = sum((x - middle_x) * (y - middle_y) for x, y in zip(xs, ys, strict=True))
    return over / sum((x - middle_x) ** 2 for x in xs)


def tell(what: str, value: float, goal: str) -> None:
    print(f"{what:<72} {value:8.2f}   goal {goal}")
