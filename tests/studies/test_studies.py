"""Each study protocol, small: prescribed, logged by an app, read back (whole size: `make prove-studies`)."""

from __future__ import annotations

from collections.abc import Callable
from statistics import mean

import pytest

from tests.cast import Cast
from tests.database import Clock
from tests.studies.homes import LEFT_OUT
from tests.studies.playing import Result, overlap, play
from tests.studies.protocols import FIELD, MENICI, MINDELL, QIGONG, Study
from tracking.vocabulary.outcomes import Direction

SEED = 20261126
NO_DIARY = "No diary was kept before the program began, so there is nothing to compare with."
Say = Callable[[str], None]


def holds(result: Result) -> None:
    """What is true of every study: each entry arrived once, and the record says what was told."""
    study = result.study
    assert set(result.results) <= {"applied", "replayed"}
    for one in result.played:
        home, given = one.home, one.exposure
        assert given.dose_minutes == pytest.approx(sum(home.minutes))
        assert given.timed_count == len(home.minutes)
        assert given.untimed_count == 0
        assert {met.region: met.done_count for met in one.body.regions if met.done_count} == home.massaged
        prescribed = given.dose_minutes / given.dose_ratio if given.dose_ratio else 0
        assert prescribed == pytest.approx(study.minutes_asked)
        before = [value for on, value in home.told if on < result.started_on]
        since = [value for on, value in home.told if on >= result.started_on]
        said = one.outcome
        if not study.outcome.is_weekly:
            assert (said["before"]["point_count"], said["since"]["point_count"]) == (len(before), len(since))
            is_less_better = study.outcome.direction is Direction.DECREASE
            counted = overlap(before, since, is_less_better=is_less_better)
            assert said["comparison"]["nap"] == pytest.approx(counted)
        if one.with_therapist is not None:
            assert one.with_therapist.offered_count == home.visits
    assert {" ".join(one.home.program["current"]["sentences"]) for one in result.played} == {study.said}
    assert study.said.partition(". ")[0] in result.paper
    assert study.goal in result.paper
    for sentence in result.played[0].outcome["said"]:
        assert sentence in result.paper
    assert "worked" not in result.paper
    assert "%" not in result.paper


def played(study: Study, cast: Cast, clock: Clock, families: int, say: Say, seed: int = SEED) -> Result:
    result = play(study, cast, clock, families=families, seed=seed)
    say(f"seed {seed}: {result.row()}")
    holds(result)
    return result


def test_menici_a_dose_built_to_be_the_published_one_is_read_back(
    cast: Cast, clock: Clock, say_at_the_end: Say
) -> None:
    result = played(MENICI, cast, clock, 5, say_at_the_end)
    doses = [one.exposure for one in result.played]
    # Of 800 minutes at the least, which `holds` has seen, 157.8 percent in the mean.
    assert mean(one.dose_ratio or 0 for one in doses) == pytest.approx(1.578, abs=5e-4)
    assert mean(one.timed_count for one in doses) == pytest.approx(45.4, abs=0.05)
    assert {one.weeks_prescribed for one in doses} == {8}
    # Which parts of the body were massaged, of which the paper's shares could not be read: these are our own.
    for part in ("legs", "feet", "tummy", "chest", "arms", "face"):
        assert result.shares[part] == pytest.approx(1 - LEFT_OUT[part], abs=0.1)
    assert all(one.body.told_count == one.exposure.timed_count for one in result.played)
    # No diary was kept before: nothing is compared, and the paper says why.
    assert {one.outcome["judgement"] for one in result.played} == {"refused"}
    assert NO_DIARY in result.paper


def test_qigong_two_providers_keep_two_schedules(cast: Cast, clock: Clock, say_at_the_end: Say) -> None:
    result = played(QIGONG, cast, clock, 1, say_at_the_end)
    [one] = result.played
    assert one.with_therapist is not None
    assert (one.with_therapist.prescribed_sessions, one.with_therapist.offered_count) == (22, 22)
    assert one.exposure.prescribed_sessions == 154
    assert "With the therapist: 22 of 22 prescribed sessions so far." in result.paper
    assert one.outcome["judgement"] == "ok"


def test_mindell_a_week_of_diary_and_two_of_the_routine(
    cast: Cast, clock: Clock, say_at_the_end: Say
) -> None:
    result = played(MINDELL, cast, clock, 4, say_at_the_end)
    withheld = {one.outcome["withheld"] for one in result.played if one.outcome["judgement"] == "refused"}
    assert withheld <= {"unevenly_told", "half_missing"}
    assert any(one.outcome["judgement"] == "ok" for one in result.played)


def test_field_three_times_a_day(cast: Cast, clock: Clock, say_at_the_end: Say) -> None:
    result = played(FIELD, cast, clock, 2, say_at_the_end)
    for one in result.played:
        assert one.exposure.prescribed_sessions == 30
        assert one.exposure.offered_ratio == 1
        assert one.outcome["withheld"] == "no_baseline"
    assert NO_DIARY in result.paper
