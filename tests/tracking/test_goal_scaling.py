"""Goal attainment and rating change by the vectors of the clinical reference."""

from typing import Any

import pytest

from tests.data import OUTCOMES
from tracking.goal_scaling import Undefined, is_notable, rating_change, t_score


@pytest.mark.parametrize(
    "vector", OUTCOMES["gas"], ids=lambda vector: vector["note"] or str(vector["scores"])
)
def test_t_scores_are_those_of_the_vectors(vector: dict[str, Any]) -> None:
    levels, weights, rho = vector["scores"], vector["weights"], vector["rho"]
    if vector["expected_t"] is None:
        with pytest.raises(Undefined):
            t_score(levels, weights, rho)
    else:
        assert t_score(levels, weights, rho) == pytest.approx(vector["expected_t"], abs=5e-5)


@pytest.mark.parametrize(
    ("levels", "weights", "rho"),
    [([], None, 0.3), ([3], None, 0.3), ([0], [1, 2], 0.3), ([0], [-1], 0.3), ([0], None, 1.1)],
)
def test_what_is_no_goal_has_no_score(levels: list[int], weights: list[float] | None, rho: float) -> None:
    with pytest.raises(ValueError):
        t_score(levels, weights, rho)


@pytest.mark.parametrize("vector", OUTCOMES["copm"])
def test_rating_changes_are_those_of_the_vectors(vector: dict[str, Any]) -> None:
    expected = vector["expected"]
    for name, short in (("performance", "perf"), ("satisfaction", "sat")):
        found = rating_change(vector[f"pre_{name}"], vector[f"post_{name}"])
        assert found.change == pytest.approx(expected[f"{short}_change"], abs=5e-5)
        assert found.before == pytest.approx(expected.get(f"{short}_pre", found.before), abs=5e-5)
        assert is_notable(found.change, points=2) is expected["meets_2_points"][name]


@pytest.mark.parametrize(
    ("change", "points", "expected"),
    [
        # Cut-offs that studies found (S69 among outpatients, S70 among inpatients).
        (1.0, 0.9, True),
        (1.0, 1.9, False),
        (2.0, 2.06, False),
        (2.06, 2.06, True),
        (2.2, 2.2, True),
        (-2.2, 2.0, False),
        # What is told as 2 is 2: in binary this is a little less.
        (5.6 - 3.6, 2.0, True),
    ],
)
def test_a_rise_is_noted_from_the_points_a_clinic_goes_by(
    change: float, points: float, expected: bool
) -> None:
    assert is_notable(change, points=points) is expected


@pytest.mark.parametrize(
    ("before", "after"), [([], []), ([5], [5, 6]), ([0], [5]), ([5], [11]), ([1] * 6, [1] * 6)]
)
def test_one_to_five_problems_are_rated_twice_on_ten_points(before: list[int], after: list[int]) -> None:
    with pytest.raises(ValueError, match="rat"):
        rating_change(before, after)
