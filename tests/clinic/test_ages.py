"""Ages of children born early, on time and late."""

from datetime import date
from typing import Any

import pytest

from clinic.ages import (
    Age,
    AgeKind,
    AgeWarning,
    ages,
    corrected_days,
    days_early,
    describe,
    gestation_days,
    postmenstrual_days,
)
from tests.data import OUTCOMES


@pytest.mark.parametrize("vector", OUTCOMES["corrected_age"], ids=lambda vector: vector["note"])
def test_corrected_age_follows_the_vectors(vector: dict[str, Any]) -> None:
    born_on, on = date.fromisoformat(vector["dob"]), date.fromisoformat(vector["on"])
    gestation = gestation_days(vector["ga_weeks"], vector["ga_days"])
    expected = vector["expected"]
    assert (on - born_on).days == expected["chronological_days"]
    assert days_early(gestation) / 7 == pytest.approx(expected["weeks_early"], abs=5e-5)
    assert corrected_days(born_on=born_on, gestation=gestation, on=on) == expected["corrected_days"]
    all_ages = ages(born_on=born_on, gestation=gestation, on=on)
    assert all_ages.chronological.days == expected["chronological_days"]
    assert all_ages.used.days == expected["corrected_days"]


@pytest.mark.parametrize("vector", OUTCOMES["postmenstrual"], ids=lambda vector: str(vector["expected_days"]))
def test_postmenstrual_age_follows_the_vectors(vector: dict[str, Any]) -> None:
    born_on, on = date.fromisoformat(vector["dob"]), date.fromisoformat(vector["on"])
    gestation = gestation_days(vector["ga_weeks"], vector["ga_days"])
    assert postmenstrual_days(born_on=born_on, gestation=gestation, on=on) == vector["expected_days"]


def test_before_the_due_date_the_age_reads_4_weeks_4_days_before_it() -> None:
    described = describe(
        ages(born_on=date(2024, 2, 29), gestation=gestation_days(32, 4), on=date(2024, 3, 20))
    )
    assert described[1].kind is AgeKind.BEFORE_DUE_DATE
    assert [(part.amount, part.unit.value) for part in described[1].amounts] == [(4, "weeks"), (4, "days")]


def test_correcting_ends_at_24_months_of_chronological_age_unless_set_later() -> None:
    born_on, gestation = date(2024, 1, 15), gestation_days(31)
    day_before, day = date(2026, 1, 14), date(2026, 1, 15)
    assert ages(born_on=born_on, gestation=gestation, on=day_before).is_corrected
    ended = ages(born_on=born_on, gestation=gestation, on=day)
    assert not ended.is_corrected
    assert ended.used == ended.chronological
    assert ages(born_on=born_on, gestation=gestation, on=day, correct_until_months=30).is_corrected
    with pytest.raises(ValueError, match="24, 30 or 36"):
        ages(born_on=born_on, gestation=gestation, on=day, correct_until_months=25)


def test_an_unknown_gestation_gives_chronological_age_and_a_warning() -> None:
    unknown = ages(born_on=date(2026, 1, 1), gestation=None, on=date(2026, 3, 1))
    assert unknown.used.days == 59
    assert unknown.corrected is None
    assert unknown.postmenstrual_days is None
    assert unknown.warning is AgeWarning.GESTATION_UNKNOWN
    assert len(describe(unknown)) == 1


def test_born_at_31_weeks_and_nine_months_old_is_30_corrected_weeks() -> None:
    cleo = ages(born_on=date(2026, 2, 20), gestation=gestation_days(31), on=date(2026, 11, 20))
    assert cleo.chronological.months == 9
    assert cleo.used.weeks == 30


def test_the_younger_age_is_the_corrected_one_even_after_correcting_ended() -> None:
    old = ages(born_on=date(2022, 1, 1), gestation=gestation_days(28), on=date(2026, 1, 1))
    assert not old.is_corrected
    assert old.younger.days == old.chronological.days - 84


@pytest.mark.parametrize(
    ("born_on", "on", "months"),
    [
        ("2026-01-31", "2026-02-27", 0),
        ("2026-01-31", "2026-02-28", 1),
        ("2024-02-29", "2025-02-28", 12),
        ("2026-05-15", "2026-08-14", 2),
        ("2026-05-15", "2026-08-15", 3),
        ("2026-05-15", "2026-05-01", -1),
    ],
)
def test_months_are_completed_calendar_months(born_on: str, on: str, months: int) -> None:
    assert Age(date.fromisoformat(born_on), date.fromisoformat(on)).months == months


@pytest.mark.parametrize(
    ("on", "words"),
    [
        ("2026-01-01", [(0, "days")]),
        ("2026-01-14", [(13, "days")]),
        ("2026-01-15", [(2, "weeks")]),
        ("2026-01-18", [(2, "weeks"), (3, "days")]),
        ("2026-04-23", [(3, "months")]),
        ("2027-12-31", [(23, "months")]),
        ("2028-01-01", [(2, "years")]),
        ("2029-04-01", [(3, "years"), (3, "months")]),
    ],
)
def test_an_age_is_told_in_the_units_people_use(on: str, words: list[tuple[int, str]]) -> None:
    described = describe(ages(born_on=date(2026, 1, 1), gestation=280, on=date.fromisoformat(on)))
    assert [(part.amount, part.unit.value) for part in described[0].amounts] == words


def test_gestation_is_completed_weeks_and_days() -> None:
    assert gestation_days(25, 5) == 180
    for weeks, days in ((25, 7), (-1, 0), (25, -1)):
        with pytest.raises(ValueError, match="completed weeks"):
            gestation_days(weeks, days)
