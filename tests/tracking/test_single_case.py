"""Indices of change by the published vectors, what may be shown of them, and what no data can break."""

import math
from itertools import permutations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.data import OUTCOMES, SINGLE_CASES
from tracking.single_case import Comparison, Value, compare, trend_p
from tracking.sleep import AtLeast
from tracking.vocabulary.outcomes import Direction, Judgement, JudgementReason

POINTS = {
    "nap": "nap",
    "tau": "tau",
    "tau_u": "tau_u",
    "tau_bc": "tau_bc",
    "pnd": "pnd",
    "log_response_ratio": "lrr",
    "log_ratio_of_medians": "lrm",
}
ERRORS = {"nap_se": "nap_se", "log_response_ratio_se": "lrr_se", "log_ratio_of_medians_se": "lrm_se"}
PRINTED_TO = 1e-6
"""`lag1_phase_centred` is given to six decimals, and has no tolerance of its own."""

POINT = (
    st.integers(-20, 300).map(float)
    | st.floats(0, 1440, allow_nan=False)
    | st.integers(0, 200).map(lambda x: AtLeast(float(x)))
    | st.none()
)
SERIES = st.lists(POINT, max_size=30)
KNOWN = st.lists(st.integers(0, 90).map(float), min_size=1, max_size=20)


def of_vector(vector: dict[str, Any]) -> Comparison:
    return compare(vector["phase_a"], vector["phase_b"], improvement=vector["improvement"])


@pytest.mark.parametrize("vector", SINGLE_CASES["vectors"], ids=lambda vector: vector["name"])
def test_every_figure_is_that_of_the_vectors(vector: dict[str, Any]) -> None:
    found, within = of_vector(vector), vector["tolerance"]
    for ours, theirs in POINTS.items():
        assert getattr(found, ours) == _about(vector[theirs], within["point"]), ours
    for ours, theirs in ERRORS.items():
        assert getattr(found, ours) == _about(vector[theirs], within["se"]), ours
    low, high = vector["nap_ci95"]
    assert found.nap_low == _about(low, within["ci"])
    assert found.nap_high == _about(high, within["ci"])
    assert found.lag1 == _about(vector["lag1_phase_centred"], PRINTED_TO)
    assert (found.baseline_count, found.program_count) == (vector["n_a"], vector["n_b"])


def test_no_figure_of_the_vectors_is_left_out() -> None:
    """What is left is what Comparison has no place for, by name; and how many figures that makes."""
    told = {*POINTS.values(), *ERRORS.values(), "nap_ci95", "lag1_phase_centred", "n_a", "n_b"}
    others = {
        name
        for vector in SINGLE_CASES["vectors"]
        for name, figure in vector.items()
        if name not in told and (figure is None or isinstance(figure, int | float | list))
    }
    assert others - {"phase_a", "phase_b", "published"} == {
        "nap_se_hanley",
        "nap_se_null",
        "tau_se",
        "tau_ci95",
        "s_ab",
        "s_trend_a",
        "tau_bc_se",
        "tau_bc_ci95",
        "tau_bc_slope",
        "tau_bc_intercept",
        "pem",
        "pand",
        "ird",
        "lrr_ci95",
        "lrr_pct_change",
        "lrr_d_const",
        "lrm_ci95",
    }
    vectors = SINGLE_CASES["vectors"]
    print(f"single cases: {len(vectors)} vectors, {len(vectors) * (len(told) + 1)} figures checked")


def _about(figure: float | None, tolerance: float) -> Any:
    return None if figure is None else pytest.approx(figure, abs=tolerance)


def test_odds_of_shares_are_those_printed_by_single_case_es() -> None:
    """The example of its page on LOR (version 0.7.0, reference/LOR.html): estimate and standard error."""
    before, since = [20, 20, 25, 25, 20, 25], [30, 25, 25, 25, 35, 30, 25]
    found = compare(before, since, improvement="increase", are_percent=True)
    assert found.log_odds_ratio == pytest.approx(0.2852854, abs=5e-8)
    assert found.log_odds_ratio_se == pytest.approx(0.09790282, abs=5e-9)
    turned = compare(before, since, improvement="decrease", are_percent=True)
    assert turned.log_odds_ratio == pytest.approx(-0.2852854, abs=5e-8)
    assert compare(before, since, improvement="increase").log_odds_ratio is None


def test_a_ratio_of_shares_is_that_of_means_and_none_where_one_is_nothing() -> None:
    """What is a count has half of one for a mean of nothing; weeks hold unlike numbers."""
    before, since = [20.0, 20, 26, 25, 22, 23], [28.0, 25, 24, 27, 30, 30, 29]
    counts = compare(before, since, improvement="increase")
    shares = compare(before, since, improvement="increase", are_percent=True)
    assert shares.log_response_ratio == counts.log_response_ratio == pytest.approx(0.1954, abs=5e-5)
    never = compare(before, [0] * 7, improvement="decrease", are_percent=True)
    assert (never.log_response_ratio, never.log_response_ratio_se) == (None, None)
    assert compare(before, [0] * 7, improvement="decrease").log_response_ratio is not None


@pytest.mark.parametrize("never", [[0, 0, 0], [100, 100, 100], [50], [50, AtLeast(20.0)]])
def test_what_has_no_odds_has_no_ratio_of_them(never: list[Value]) -> None:
    found = compare(never, [20, 30, 40], improvement="increase", are_percent=True)
    assert (found.log_odds_ratio, found.log_odds_ratio_se) == (None, None)


@given(a=KNOWN, b=KNOWN)
def test_odds_of_the_contrary_are_the_mirror_image(a: list[float], b: list[float]) -> None:
    found = compare(a, b, improvement="increase", are_percent=True)
    contrary = compare(
        [100 - one for one in a], [100 - one for one in b], improvement="decrease", are_percent=True
    )
    if found.log_odds_ratio is None:
        assert contrary.log_odds_ratio is None
    else:
        assert contrary.log_odds_ratio == pytest.approx(found.log_odds_ratio, abs=1e-9)


@pytest.mark.parametrize("vector", OUTCOMES["censored"]["vectors"])
def test_a_bound_decides_only_what_it_decides(vector: dict[str, Any]) -> None:
    def phase(name: str) -> list[Value]:
        return [AtLeast(one["at_least"]) if isinstance(one, dict) else one for one in vector[name]]

    found = compare(phase("baseline"), phase("program"), improvement=vector["improvement"])
    assert found.nap == pytest.approx(vector["nap"], abs=1e-9)
    assert found.log_response_ratio is None


def test_one_magical_night_is_refused() -> None:
    found = compare([60], [5, 40, 20, 25, 30], improvement="decrease")
    assert (found.judgement, found.reason) == (Judgement.REFUSED, JudgementReason.FEWER_THAN_THREE)
    assert found.nap_se is None


@pytest.mark.parametrize(
    ("baseline", "program", "judgement", "reason"),
    [
        ([], [5] * 9, Judgement.REFUSED, JudgementReason.FEWER_THAN_THREE),
        ([5, 6], [5] * 9, Judgement.REFUSED, JudgementReason.FEWER_THAN_THREE),
        ([5, 6, None, None], [5] * 9, Judgement.REFUSED, JudgementReason.FEWER_THAN_THREE),
        ([5, 6, 7], [5] * 9, Judgement.TOO_FEW, JudgementReason.FEWER_THAN_FIVE),
        ([5, 6, 7, 8], [5] * 9, Judgement.TOO_FEW, JudgementReason.FEWER_THAN_FIVE),
        ([5, 6, 7, 8, 9], [5] * 5, Judgement.OK, JudgementReason.ENOUGH),
        ([5] * 6 + [AtLeast(30)] * 2, [5] * 5, Judgement.OK, JudgementReason.ENOUGH),
        ([5] * 5 + [AtLeast(30)] * 2, [5] * 5, Judgement.TOO_FEW, JudgementReason.OFTEN_STILL_AWAKE),
    ],
)
def test_what_may_be_shown_goes_by_counts_and_bounds(
    baseline: list[Value], program: list[Value], judgement: Judgement, reason: JudgementReason
) -> None:
    found = compare(baseline, program, improvement="decrease")
    assert (found.judgement, found.reason) == (judgement, reason)


def test_what_was_not_recorded_is_counted_and_left_out() -> None:
    with_gaps = compare([5, None, 4, 6, None, 5], [3, 2, None, 3, 1], improvement="decrease")
    assert with_gaps.dropped == 3
    assert with_gaps.nap == compare([5, 4, 6, 5], [3, 2, 3, 1], improvement="decrease").nap


def test_a_baseline_that_was_changing_is_said_to_have_been() -> None:
    rising = compare([1, 2, 3, 4, 5], [6, 7, 8, 9, 10], improvement="increase")
    assert rising.tau == 1
    assert rising.tau_bc == 0
    assert rising.was_already_changing
    assert not compare([3, 3, 4, 3, 3], [6, 7, 6, 7, 6], improvement="increase").was_already_changing
    # Tau 0.6 and 0.4 without the baseline's trend: apart by 0.2, and not by more (domain, F.4).
    on_the_limit = compare([6, 4, 6, 5, 5], [4, 4, 6, 2, 3], improvement="decrease")
    assert (on_the_limit.tau, on_the_limit.tau_bc) == (pytest.approx(0.6), pytest.approx(0.4))
    assert not on_the_limit.was_already_changing


def test_a_trend_goes_by_real_days_not_by_rows() -> None:
    in_a_row = compare([1, 2, 3], [4, 5, 6], improvement="increase")
    apart = compare([1, 2, 3], [4, 5, 6], improvement="increase", days=[1, 2, 3, 10, 11, 12])
    assert in_a_row.tau_bc == 0
    assert apart.tau_bc == -1


def test_days_that_do_not_follow_each_other_say_nothing_of_their_likeness() -> None:
    found = compare([1, 5, 2], [4, 9, 3], improvement="increase", days=[1, 3, 5, 8, 12, 20])
    assert found.lag1 is None
    assert found.wide_low is None


def test_days_that_are_alike_widen_the_range() -> None:
    found = compare([9, 8, 8, 9, 5, 5, 6], [5, 4, 4, 1, 1, 2, 2], improvement="decrease")
    assert found.lag1 is not None
    assert found.lag1 > 0
    assert found.wide_low is not None
    assert found.nap_low is not None
    assert found.wide_low < found.nap_low


def test_a_day_for_each_point_or_none() -> None:
    with pytest.raises(ValueError, match="one day for each point"):
        compare([1, 2], [3], improvement="increase", days=[1, 2])


@pytest.mark.parametrize("size", [3, 4, 5, 6])
def test_the_chance_of_a_trend_is_that_of_all_orders(size: int) -> None:
    rising = list(range(size))
    orders = list(permutations(rising))

    def score(order: tuple[int, ...]) -> int:
        return sum((b > a) - (b < a) for place, a in enumerate(order) for b in order[place + 1 :])

    for order in orders[:: max(1, len(orders) // 12)]:
        as_far = sum(abs(score(other)) >= abs(score(order)) for other in orders)
        assert trend_p([float(one) for one in order]) == pytest.approx(as_far / len(orders))


@given(a=SERIES, b=SERIES, improvement=st.sampled_from(Direction))
def test_no_data_a_family_can_produce_breaks_it(
    a: list[Value], b: list[Value], improvement: Direction
) -> None:
    found = compare(a, b, improvement=improvement)
    for name in Comparison.__slots__:
        figure = getattr(found, name)
        assert figure is None or not isinstance(figure, float) or math.isfinite(figure), name


@given(a=SERIES, b=SERIES)
def test_the_other_direction_is_the_mirror_image(a: list[Value], b: list[Value]) -> None:
    more, less = compare(a, b, improvement="increase"), compare(a, b, improvement="decrease")
    if more.nap is None or less.nap is None:
        assert more.nap is less.nap
        return
    assert less.nap == pytest.approx(1 - more.nap)
    assert less.tau_u == pytest.approx(-(more.tau_u or 0))
    assert less.log_ratio_of_medians == more.log_ratio_of_medians


@given(a=KNOWN, b=KNOWN)
def test_stretching_the_scale_leaves_overlap_alone(a: list[float], b: list[float]) -> None:
    plain = compare(a, b, improvement="decrease")
    stretched = compare([x**3 + 1 for x in a], [x**3 + 1 for x in b], improvement="decrease")
    assert (plain.nap, plain.pnd) == (stretched.nap, stretched.pnd)
    assert plain.tau == pytest.approx(2 * (plain.nap or 0) - 1)


@given(a=SERIES, b=SERIES, improvement=st.sampled_from(Direction))
def test_tau_is_twice_the_overlap_less_one(a: list[Value], b: list[Value], improvement: Direction) -> None:
    found = compare(a, b, improvement=improvement)
    if found.nap is None:
        assert found.tau is None
    else:
        assert found.tau == 2 * found.nap - 1


@given(a=KNOWN, b=KNOWN)
def test_the_interval_holds_the_index(a: list[float], b: list[float]) -> None:
    found = compare(a, b, improvement="decrease")
    assert found.nap is not None
    assert found.nap_low is not None
    assert found.nap_high is not None
    assert 0 <= found.nap_low <= found.nap <= found.nap_high <= 1
