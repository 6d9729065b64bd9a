"""Reminders are due when clocks show their minute, in every year and zone; see `tests.tracking.clocks`.

LITTLEFOOT_SEED draws other days.
"""

from __future__ import annotations

import datetime as dt
import os

import pytest

from tests.tracking.clocks import DAY, ZONES, drawn_days, transitions
from tests.tracking.test_reminder_clocks import differences

SEED = int(os.environ.get("LITTLEFOOT_SEED", "20261126"))
FIRST_YEAR, LAST_YEAR = 2000, 2037
DAYS_DRAWN = 2000


@pytest.mark.parametrize("zone", ZONES)
def test_around_every_time_the_clocks_are_moved(zone: str) -> None:
    """The day before and the day itself, by UTC: the jump lies within them, or at their edge."""
    moved = list(transitions(zone, first_year=FIRST_YEAR, last_year=LAST_YEAR))
    minutes, wrong = 0, []
    for on in moved:
        asked, found = differences(zone, on - DAY, on + DAY)
        minutes += asked
        wrong += found
    print(f"\n{zone}: clocks moved {len(moved)} times, {minutes} minutes, {len(wrong)} due otherwise")
    assert not wrong, wrong[:5]


def test_on_days_drawn_by_lot() -> None:
    minutes, wrong = 0, []
    for zone, on in drawn_days(DAYS_DRAWN, seed=SEED):
        asked, found = differences(zone, on, on)
        minutes += asked
        wrong += found
    print(f"\n{DAYS_DRAWN} days of seed {SEED}: {minutes} minutes, {len(wrong)} due otherwise")
    assert not wrong, wrong[:5]


def test_the_oracle_knows_the_year_2000_to_2037() -> None:
    """Berlin's clocks are moved twice a year in all of them: the database reaches that far."""
    moved = list(transitions("Europe/Berlin", first_year=FIRST_YEAR, last_year=LAST_YEAR))
    assert len(moved) == 2 * (LAST_YEAR - FIRST_YEAR + 1)
    assert moved[-1] == dt.date(2037, 10, 25)
