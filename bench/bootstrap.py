"""Whether two versions differ: a paired bootstrap over papers for how much, a sign-flip test for whether at all.

A paper that both versions told is one pair. Resampling whole pairs gives the interval of a difference. With a few
papers such intervals are too narrow, so a verdict needs a second witness: whether swapping the two versions at random,
paper by paper, gives differences as large, corrected for the number of measures that are looked at (Holm).
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

import numpy as np
from numpy.typing import NDArray
from scipy.stats import norm  # pyright: ignore[reportUnknownVariableType]

from domain.value import Value

DRAWS = 5_000
SEED = 2024
LEVEL = 0.05
MOST_DAYS = 365
"""More days than these are told as 'more than'."""

Conclusion = Literal["better", "worse", "more", "fewer", "cannot tell", "the same"]


@dataclass(frozen=True)
class Measure:
    """What is compared: a sum over papers, by another sum or by their number."""

    name: str
    of: str
    """Field of the counts that is summed."""
    by: str = ""
    """Field by whose sum it is divided; empty for the number of papers."""
    better: Literal["more", "fewer", ""] = ""
    """Empty where neither is better in itself."""
    share: bool = False
    """Told in per cent."""
    by_desk: bool = False
    """The same calls serve all papers of a desk, so that desks are what is resampled."""


MEASURES = (
    Measure("lines", "written"),
    Measure("ok at the first check", "ok", "written", better="more", share=True),
    Measure("mended", "mended", better="fewer"),
    Measure("dropped", "dropped", better="fewer"),
    Measure("headline figures carried", "carried", "headlines", better="more", share=True),
    Measure("papers covered", "covered", better="more", share=True),
    Measure("characters", "characters", better="fewer"),
    Measure("figures told over twice", "often", better="fewer"),
    Measure("tokens", "tokens", better="fewer", by_desk=True),
    Measure("money (tokens in)", "money", better="fewer", by_desk=True),
)


OF_A_CRITIC = (
    Measure("wrong lines found", "found", "wrong", better="more", share=True),
    Measure("right lines rejected", "rejected", "right", better="fewer", share=True),
    Measure("tokens", "tokens", better="fewer"),
    Measure("money (tokens in)", "money", better="fewer"),
)
"""For the critic's prompt, over labelled lines."""


class Counted(Protocol):
    """The counts of one paper, or of one record of labelled lines."""

    @property
    def day(self) -> str: ...

    @property
    def unit(self) -> str: ...

    @property
    def desk(self) -> str: ...


class Effect(Value):
    """One measure of two versions."""

    measure: str
    share: bool
    a: float
    b: float
    low: float
    """Bounds of the 95 % interval of b - a."""
    high: float
    p: float
    """Of the sign-flip test, corrected for all measures."""
    conclusion: Conclusion
    days: int | None = None
    """Where it cannot be told: about how many more days like these would tell; None where no number of them would."""

    @property
    def difference(self) -> float:
        return self.b - self.a

    @property
    def verdict(self) -> str:
        """In plain words."""
        if self.conclusion != "cannot tell":
            return self.conclusion
        if self.days is None:
            return "cannot tell; they look alike"
        more = f"more than {MOST_DAYS}" if self.days > MOST_DAYS else f"about {self.days}"
        return f"cannot tell; {more} more day{'s' * (self.days != 1)} would"


def effects(
    a: Sequence[Counted], b: Sequence[Counted], measures: Sequence[Measure] = MEASURES, *, draws: int = DRAWS
) -> list[Effect]:
    """Each measure of two versions over the same papers, in the same order. The same tallies give the same answer."""
    if [(one.day, one.unit) for one in a] != [(one.day, one.unit) for one in b]:
        raise ValueError("the two versions have to be counted on the same papers")
    days = len({one.day for one in a})
    draws_of = {by_desk: _Draws(_groups(a, by_desk=by_desk), draws) for by_desk in (False, True)}
    found: list[tuple[Measure, float, float, float, float, float]] = []
    for measure in measures:
        drawn = draws_of[measure.by_desk]
        of_a, of_b = drawn.grouped(_columns(a, measure)), drawn.grouped(_columns(b, measure))
        low, high = np.quantile(
            _ratio(drawn.resampled @ of_b) - _ratio(drawn.resampled @ of_a), [LEVEL / 2, 1 - LEVEL / 2]
        )
        value_a, value_b = (float(_ratio(of.sum(axis=0, keepdims=True))[0]) for of in (of_a, of_b))
        moved = drawn.swapped @ (of_b - of_a)
        under = _ratio(of_b.sum(axis=0) - moved) - _ratio(of_a.sum(axis=0) + moved)
        beyond = np.abs(under) >= abs(value_b - value_a) - 1e-12
        found.append((measure, value_a, value_b, float(low), float(high), (1 + int(beyond.sum())) / (1 + draws)))
    corrected = _holm([p for *_, p in found])
    return [
        Effect(
            measure=measure.name,
            share=measure.share,
            a=value_a,
            b=value_b,
            low=low,
            high=high,
            p=p,
            conclusion=(conclusion := _conclusion(measure, value_b - value_a, low, high, p)),
            days=_days(value_b - value_a, low, high, raw, len(found), days) if conclusion == "cannot tell" else None,
        )
        for (measure, value_a, value_b, low, high, raw), p in zip(found, corrected, strict=True)
    ]


class _Draws:
    """Pairs drawn with replacement, and pairs whose versions are swapped at random."""

    def __init__(self, groups: Sequence[int], draws: int) -> None:
        self._groups = np.array(groups)
        self._number = number = max(groups) + 1
        rng = np.random.default_rng(SEED)
        self.resampled = rng.multinomial(number, np.full(number, 1 / number), size=draws).astype(np.float64)
        """Shaped (draws, groups): how often each group was drawn."""
        self.swapped = rng.integers(0, 2, size=(draws, number)).astype(np.float64)
        """Shaped (draws, groups): 1 where it is swapped."""

    def grouped(self, columns: NDArray[np.float64]) -> NDArray[np.float64]:
        """Columns of papers summed by group, shaped (groups, 2)."""
        sums = np.zeros((self._number, 2))
        np.add.at(sums, self._groups, columns)
        return sums


def _groups(tallies: Sequence[Counted], *, by_desk: bool) -> list[int]:
    """The number of each paper's group."""
    keys = [(one.day, one.desk if by_desk and one.desk else one.unit) for one in tallies]
    places = {key: place for place, key in enumerate(dict.fromkeys(keys))}
    return [places[key] for key in keys]


def _columns(tallies: Sequence[Counted], measure: Measure) -> NDArray[np.float64]:
    """Shaped (papers, 2): what is summed, and what its sum is divided by."""
    return np.array([[getattr(t, measure.of), getattr(t, measure.by) if measure.by else 1.0] for t in tallies], float)


def _ratio(sums: NDArray[np.float64]) -> NDArray[np.float64]:
    """Of sums shaped (draws, 2); 0 where there is nothing to divide by."""
    return np.divide(sums[:, 0], sums[:, 1], out=np.zeros(len(sums)), where=sums[:, 1] > 0)


def _holm(values: Sequence[float]) -> list[float]:
    """p-values corrected for their number."""
    held = [0.0] * len(values)
    worst = 0.0
    for rank, place in enumerate(sorted(range(len(values)), key=lambda n: values[n])):
        worst = max(worst, min(1.0, values[place] * (len(values) - rank)))
        held[place] = worst
    return held


def _conclusion(measure: Measure, difference: float, low: float, high: float, p: float) -> Conclusion:
    if difference == low == high == 0:
        return "the same"
    if p >= LEVEL or low <= 0 <= high:
        return "cannot tell"
    side = "more" if difference > 0 else "fewer"
    return side if not measure.better else "better" if side == measure.better else "worse"


def _days(difference: float, low: float, high: float, p: float, measures: int, days: int) -> int | None:
    """How many more days would tell, if the difference is what it looks like: intervals shrink, and a test's normal
    deviate grows, with the square root of their number."""
    if difference == 0 or p >= 1:
        return None
    off_zero = ((high - low) / 2 / difference) ** 2
    has, wants = (float(norm.isf(each / 2)) for each in (p, LEVEL / measures))
    return min(max(math.ceil(days * max(off_zero, (wants / has) ** 2) - days), 1), MOST_DAYS + 1)
