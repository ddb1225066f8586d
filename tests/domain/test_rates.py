"""Small counts are compared exactly, and agree with the statistics of scipy."""

from math import exp, inf

import pytest
from scipy.stats import binomtest

from domain.rates import rate_ratio


@pytest.mark.parametrize(
    ("now", "of_now", "before", "of_before"),
    [(31, 212, 334, 4120), (0, 150, 260, 2450), (6, 150, 0, 2450), (1, 286, 40, 1818), (8, 19, 40, 282)],
)
def test_test_and_bounds_are_those_of_the_exact_binomial(now: int, of_now: int, before: int, of_before: int) -> None:
    found = rate_ratio(now, of_now, before, of_before)
    one_sided = [
        binomtest(now, now + before, of_now / (of_now + of_before), side).pvalue for side in ("less", "greater")
    ]
    assert found.p == pytest.approx(min(1.0, 2 * min(one_sided)))
    low, high = binomtest(now, now + before).proportion_ci(0.95, "exact")
    scale = of_before / of_now
    assert found.low == pytest.approx(low / (1 - low) * scale)
    assert found.high == (pytest.approx(high / (1 - high) * scale) if before else inf)
    assert found.ratio == (pytest.approx(now * of_before / (before * of_now)) if before else inf)


def test_none_of_many_expected_is_as_improbable_as_poisson_says() -> None:
    # 20,000,000 papers before make the earlier share certain: 10 are expected, and none come.
    assert rate_ratio(0, 100, 2_000_000, 20_000_000).p == pytest.approx(2 * exp(-10), rel=1e-3)


@pytest.mark.parametrize(("now", "before"), [(n, b) for n in (0, 1, 4, 9, 20) for b in (0, 3, 30, 90)])
def test_the_bounds_leave_out_1_exactly_where_the_test_rejects(now: int, before: int) -> None:
    found = rate_ratio(now, 100, before, 1000)
    assert (found.p < 0.05) == (not found.low <= 1 <= found.high)


def test_nothing_on_either_side_is_no_change() -> None:
    found = rate_ratio(0, 10, 0, 100)
    assert (found.low, found.high, found.p) == (0.0, inf, 1.0)
