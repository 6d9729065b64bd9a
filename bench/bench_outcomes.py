"""What it costs to say whether something changed: comparisons of single children, without a database.

A child's comparison is two weeks of baseline and eight of program, one night in ten without a record and one
in twenty a bound, as the diaries of the demo are.
"""

from __future__ import annotations

import random
import time

from bench.interleaved import exponent, tell
from tracking.single_case import Value, compare
from tracking.sleep import AtLeast
from tracking.vocabulary.outcomes import Direction

BASELINE_NIGHTS, PROGRAM_NIGHTS = 14, 56
CHILDREN = 10_000
MOST_SECONDS = 15.0
LENGTHS = [28, 56, 112, 224]


def night(draw: random.Random, typical: float) -> Value:
    chance = draw.random()
    if chance < 0.1:
        return None
    minutes = round(draw.lognormvariate(0, 0.4) * typical)
    return AtLeast(float(minutes)) if chance < 0.15 else float(minutes)


def diary(draw: random.Random, nights: int, typical: float) -> list[Value]:
    return [night(draw, typical) for _ in range(nights)]


def test_ten_thousand_children_are_compared_in_seconds() -> None:
    draw = random.Random(7)
    children = [(diary(draw, BASELINE_NIGHTS, 45), diary(draw, PROGRAM_NIGHTS, 35)) for _ in range(CHILDREN)]
    began = time.process_time()
    for baseline, program in children:
        compare(baseline, program, improvement=Direction.DECREASE)
    taken = time.process_time() - began
    tell(
        f"{CHILDREN:,} comparisons of {BASELINE_NIGHTS} and {PROGRAM_NIGHTS} nights, CPU seconds",
        taken,
        "< 15",
    )
    assert taken < MOST_SECONDS


def test_a_longer_program_costs_in_proportion() -> None:
    draw = random.Random(11)
    times = []
    for nights in LENGTHS:
        pairs = [(diary(draw, BASELINE_NIGHTS, 45), diary(draw, nights, 35)) for _ in range(200)]
        began = time.process_time()
        for baseline, program in pairs:
            compare(baseline, program, improvement=Direction.DECREASE)
        times.append(time.process_time() - began)
    growth = exponent(LENGTHS, times)
    tell("growth of a comparison with the length of the program", growth, "<= 1.1")
    assert growth <= 1.3
