"""Ages as pages and reports say them."""

from __future__ import annotations

import datetime as dt

import pytest

from clinic.ages import ages
from tracking.wording import ages as wording

TODAY = dt.date(2026, 11, 20)


def said(*, weeks_old: int = 0, days: int = 0, gestation: int | None = 280) -> str:
    born = TODAY - dt.timedelta(weeks=weeks_old, days=days)
    return wording.age(ages(born_on=born, gestation=gestation, on=TODAY))


@pytest.mark.parametrize(
    ("weeks", "gestation", "expected"),
    [
        (39, 31 * 7, "30 weeks corrected (9 months old)"),
        (40, 31 * 7, "31 weeks corrected (9 months old)"),
        (20, 30 * 7, "10 weeks corrected (4 months old)"),  # Lancaster glossary: 30 weeks, 20 old -> 10
        (5, 32 * 7, "3 weeks before the due date (5 weeks old)"),
        (8, 32 * 7, "0 days corrected (8 weeks old)"),
        (70, 34 * 7, "14 months corrected (16 months old)"),
        (130, 31 * 7, "2 years and 5 months old"),
        (6, 39 * 7, "6 weeks old"),
        (1, 280, "7 days old"),
        (104, 280, "23 months old"),
        (105, 280, "2 years old"),
    ],
)
def test_an_age_is_said_in_the_unit_that_fits_it(weeks: int, gestation: int, expected: str) -> None:
    assert said(weeks_old=weeks, gestation=gestation) == expected


def test_the_last_days_before_the_due_date_are_days() -> None:
    assert said(weeks_old=7, days=5, gestation=32 * 7) == "2 days before the due date (7 weeks old)"


def test_an_unknown_gestation_is_counted_from_birth_and_says_so() -> None:
    found = ages(born_on=TODAY - dt.timedelta(weeks=60), gestation=None, on=TODAY)
    assert wording.age(found) == "13 months old"
    assert wording.age_warning(found).startswith("Weeks of pregnancy at birth are not known")


def test_a_minimum_age_is_weeks_for_babies_and_months_for_toddlers() -> None:
    assert [wording.minimum_age(weeks) for weeks in (1, 4, 104)] == ["1 week", "4 weeks", "24 months"]
