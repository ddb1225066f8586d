"""Is a share today another one than before? Exact answers for small counts."""

from typing import NamedTuple

CERTAINTY = 0.95


class RateRatio(NamedTuple):
    """A share against an earlier one."""

    ratio: float
    """Share now over share before; infinite where there was none before."""
    low: float
    high: float
    """Bounds of the ratio at ``CERTAINTY``; ``high`` is infinite where there was none before."""
    p: float
    """How probable so unlike shares would be if nothing had changed, both directions together. It is below
    1 - CERTAINTY exactly where the bounds leave out 1."""


def rate_ratio(now: int, of_now: int, before: int, of_before: int) -> RateRatio:
    """``now`` of ``of_now`` against ``before`` of ``of_before``; both totals above 0.

    Given their sum, the first of two Poisson counts is binomial, which makes the test exact (Przyborowski and Wilenski,
    1940); the bounds are those of the binomial (Clopper and Pearson, 1934), carried over to the ratio of the rates.
    For parts of a whole the true chance of a false alarm is smaller still, since such counts scatter less than
    Poisson's.
    """
    from scipy.special import bdtr, bdtrc, betaincinv  # slow to import, and only needed once a day

    both, tail = now + before, (1 - CERTAINTY) / 2
    unchanged = of_now / (of_now + of_before)
    fewer = float(bdtr(now, both, unchanged))
    more = float(bdtrc(now - 1, both, unchanged)) if now else 1.0
    low = float(betaincinv(now, before + 1, tail)) if now else 0.0
    high = float(betaincinv(now + 1, before, 1 - tail)) if before else 1.0

    def ratio(part: float) -> float:
        return part / (1 - part) * of_before / of_now if part < 1 else float("inf")

    return RateRatio(ratio(now / both) if both else 1.0, ratio(low), ratio(high), min(1.0, 2 * min(fewer, more)))
