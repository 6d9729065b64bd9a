"""Latency from instants, bounds that stay bounds, and typical nights."""

from datetime import UTC, datetime, timedelta
from statistics import median as ordinary_median
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clinic.localtime import night_of, to_instant
from tests.data import OUTCOMES
from tracking.sleep import AtLeast, Latency, label, median, sleep_onset_latency, typical
from tracking.vocabulary.sleep import SleepAccuracy

LIGHTS_OUT = datetime(2026, 11, 20, 18, 42, tzinfo=UTC)


def instant(wall: str, zone: str) -> datetime:
    """A vector's wall time; `#1` means the second of two like hours."""
    plain, _, fold = wall.partition("#")
    return to_instant(datetime.fromisoformat(plain), zone, second=fold == "1")


@pytest.mark.parametrize("vector", OUTCOMES["sleep_onset_latency"], ids=lambda vector: vector["note"])
def test_latency_follows_the_vectors_across_midnight_and_clock_changes(vector: dict[str, Any]) -> None:
    zone = vector["tz"]
    lights_out, asleep = instant(vector["lights_out"], zone), instant(vector["asleep"], zone)
    latency = sleep_onset_latency(lights_out_at=lights_out, asleep_at=asleep)
    assert latency == Latency(vector["expected_minutes"])


def test_a_night_past_midnight_belongs_to_its_evening() -> None:
    asleep = instant("2024-05-02T00:20", "Europe/London")
    assert night_of(asleep, "Europe/London").isoformat() == "2024-05-01"


def test_still_awake_when_last_seen_is_more_than_that_long() -> None:
    latency = sleep_onset_latency(lights_out_at=LIGHTS_OUT, still_awake_at=LIGHTS_OUT + timedelta(minutes=33))
    assert latency is not None
    assert latency.is_more_than
    assert latency.for_figures == AtLeast(33)


def test_asleep_at_comes_before_still_awake_at_and_both_before_the_estimate() -> None:
    latency = sleep_onset_latency(
        lights_out_at=LIGHTS_OUT,
        asleep_at=LIGHTS_OUT + timedelta(minutes=19),
        still_awake_at=LIGHTS_OUT + timedelta(minutes=10),
        about_minutes=60,
    )
    assert latency == Latency(19)


def test_an_estimate_is_marked_and_rounded_to_five_minutes_in_figures() -> None:
    latency = sleep_onset_latency(lights_out_at=None, about_minutes=22)
    assert latency == Latency(22, is_about=True)
    assert latency.for_figures == 20
    guessed = sleep_onset_latency(
        lights_out_at=LIGHTS_OUT,
        asleep_at=LIGHTS_OUT + timedelta(minutes=23),
        accuracy=SleepAccuracy.GUESS,
    )
    assert guessed is not None
    assert guessed.minutes == 23
    assert guessed.for_figures == 25


def test_a_guessed_bound_is_rounded_down_so_that_it_stays_true() -> None:
    assert Latency(34, is_more_than=True, is_about=True).for_figures == AtLeast(30)


@pytest.mark.parametrize("minutes", [-5, 241])
def test_a_negative_or_very_long_latency_is_kept_and_left_out_until_confirmed(minutes: int) -> None:
    latency = sleep_onset_latency(lights_out_at=LIGHTS_OUT, asleep_at=LIGHTS_OUT + timedelta(minutes=minutes))
    assert latency == Latency(minutes, needs_review=True)
    assert latency.for_figures is None


def test_a_confirmed_long_night_counts_and_a_negative_one_cannot_be_confirmed() -> None:
    five_hours = sleep_onset_latency(
        lights_out_at=LIGHTS_OUT, asleep_at=LIGHTS_OUT + timedelta(hours=5), is_confirmed=True
    )
    assert five_hours == Latency(300)
    negative = sleep_onset_latency(
        lights_out_at=LIGHTS_OUT, asleep_at=LIGHTS_OUT - timedelta(minutes=1), is_confirmed=True
    )
    assert negative is not None
    assert negative.needs_review


def test_nothing_told_gives_no_latency() -> None:
    assert sleep_onset_latency(lights_out_at=LIGHTS_OUT) is None
    assert sleep_onset_latency(lights_out_at=None, asleep_at=LIGHTS_OUT) is None


@pytest.mark.parametrize(
    ("latency", "age_months", "word"),
    [
        (20, 6, "usual"),
        (21, 6, "longer"),
        (40, 6, "longer"),
        (41, 6, "long"),
        (15, 5, None),
        (AtLeast(45), 12, "long"),
        (AtLeast(40), 12, "long"),
        (AtLeast(25), 12, None),
        (AtLeast(10), 12, None),
    ],
)
def test_words_begin_at_six_months_and_never_outrun_a_bound(
    latency: float | AtLeast, age_months: int, word: str | None
) -> None:
    assert label(latency, age_months=age_months) == word


@pytest.mark.parametrize(
    ("nights", "expected"),
    [
        ([20, 30, 40], 30),
        ([20, 30], 25),
        ([20, AtLeast(30), AtLeast(40)], AtLeast(30)),
        ([AtLeast(30), AtLeast(40), AtLeast(35)], AtLeast(35)),
        ([20, AtLeast(10), 40], 30),
        ([20, AtLeast(30)], AtLeast(25)),
        ([10, 20, 30, AtLeast(30), 50], 30),
        ([AtLeast(20), 20], AtLeast(20)),
        ([60], 60),
    ],
)
def test_the_median_is_kaplan_meier_and_says_more_than_when_not_reached(
    nights: list[float | AtLeast], expected: float | AtLeast
) -> None:
    assert median(nights) == expected


def test_no_nights_have_no_median() -> None:
    assert median([]) is None
    assert typical([]) is None


def test_the_upper_quartile_may_be_open_while_the_median_is_known() -> None:
    nights = typical([10, 15, 20, 25, AtLeast(30), AtLeast(30)])
    assert nights is not None
    assert (nights.lower, nights.median, nights.upper) == (15, 22.5, AtLeast(30))
    assert (nights.count, nights.bound_count) == (6, 2)


minutes = st.integers(0, 120)


@settings(deadline=None)
@given(st.lists(minutes, min_size=1, max_size=20))
def test_without_bounds_the_median_is_the_ordinary_one(nights: list[int]) -> None:
    assert median(nights) == ordinary_median(nights)


@settings(deadline=None)
@given(st.lists(st.tuples(minutes, st.integers(1, 60)), min_size=1, max_size=12), minutes)
def test_more_than_is_never_more_than_the_truth(nights: list[tuple[int, int]], seen_until: int) -> None:
    """Whatever the unseen minutes were, the median of the truth is at least the bound that is shown."""
    truth = [onset for onset, _ in nights]
    told = [onset if onset <= seen_until else AtLeast(seen_until) for onset in truth]
    shown = median(told)
    assert shown is not None
    if isinstance(shown, AtLeast):
        assert ordinary_median(truth) >= shown.minutes
    else:
        assert ordinary_median(truth) == shown
