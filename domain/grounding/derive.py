"""Figures that follow from others: differences, ratios, sums."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from .bounds import ABOUT, OVER
from .compare import same
from .quantity import Quantity
from .units import UNKNOWN

_RATIO_SIGN = re.compile(r"꼴|당\s|마다|\bper\b|\beach\b")
_SUM_SIGN = re.compile(r"총|합쳐|합계|합하|통틀어|모두 합|더한|\btotal\b|\btogether\b|\bcombined\b|\baltogether\b")
_DIFFERENCE_SIGN = re.compile(r"차이|격차|나머지|더 많|더 적|\bdifference\b|\bgap\b|\bremaining\b|\bmore\b|\bfewer\b")


_RESULTS = frozenset({"point", "percent", "multiple", "mark", "fraction"})


class Derived(NamedTuple):
    """Whether a figure follows from others."""

    right: bool
    note: str = ""
    """How it follows, or what would follow instead."""
    points: bool = False
    """It would be right in percentage points."""


def derived(
    figure: Quantity, given: Sequence[Quantity], peers: Sequence[Quantity], text: str, *, alone: bool
) -> Derived:
    """Whether ``figure`` follows from two ``given`` figures of the source.

    ``peers``: the other figures of the text, among which a change (30%에서 45%로) says what is computed.
    ``alone``: the source has no figure left of the same kind that this one could be a misquotation of.
    """
    change = next((q for q in peers if q.spread == "change" and q.end <= figure.start + 60), None)
    computed = figure.kind in _RESULTS or (figure.kind == "count" and "." in figure.text)
    if change and computed and figure.single:
        own = list(_results(figure.kind, change.low, change.high, change.kind))
        if any(_shows(figure, value) for value, _ in own):
            return Derived(right=True, note="follows from the two figures of the sentence")
        difference = abs(change.high - change.low)
        points = figure.kind == "percent" and change.kind == "percent" and _shows(figure, difference)
        wanted = " or ".join(f"{value:.4g}{name}" for value, name in own)
        return Derived(right=False, note=f"from {change.text} follows {wanted}", points=points)
    singles = [
        q for q in given if q.single and q.kind not in ("one", "loose", "ordinal", "year", "month", "date", "shape")
    ]
    pairs = [(a, b) for place, a in enumerate(singles) for b in singles[place + 1 :] if _alike(a, b)]
    if computed and figure.single and alone:
        for a, b in pairs:
            if any(_shows(figure, value) for value, _ in _results(figure.kind, a.low, b.low, a.kind)):
                return Derived(right=True, note=f"follows from {a.text} and {b.text}")
    if figure.kind == "percent" and alone:
        for a, b in pairs:
            if a.kind == "percent" and _shows(figure, abs(a.low - b.low)):
                return Derived(
                    right=False, note=f"{a.text} and {b.text} differ by {figure.low:g} percentage points", points=True
                )
    if figure.kind == "count" and any(_shows(figure, value) for a, b in pairs for value in _counts(text, figure, a, b)):
        return Derived(right=True, note="follows from two figures of the source")
    return Derived(right=False)


def _alike(a: Quantity, b: Quantity) -> bool:
    if a.kind != b.kind or a.dimension != b.dimension or same(a.low, b.low):
        return False
    return a.kind != "count" or bool(
        a.dimension or a.nouns & b.nouns or (a.low >= 100 and b.low >= 100) or _decimal(a, b)
    )


def _decimal(a: Quantity, b: Quantity) -> bool:
    return "." in a.text and "." in b.text and not (a.nouns | b.nouns) - UNKNOWN


def _results(kind: str, a: float, b: float, given: str) -> Iterator[tuple[float, str]]:
    """What two figures make of a wanted kind, with its sign."""
    low, high = sorted((abs(a), abs(b)))
    if kind == "count" and given == "count":
        yield high - low, ""
    if kind in ("point", "mark") and given in ("percent", "point", "count", "mark"):
        yield high - low, " points"
        if kind == "point" and given == "count" and high <= 1:
            yield 100 * (high - low), " points"
    if kind == "percent" and low:
        yield 100 * (high - low) / low, "%"
        yield 100 * (high - low) / high, "%"
    if kind == "multiple" and low:
        yield high / low, " times"
    if kind == "fraction" and high:
        yield low / high, ""
        yield (high - low) / high, ""


def _counts(text: str, figure: Quantity, a: Quantity, b: Quantity) -> Iterator[float]:
    low, high = sorted((a.low, b.low))
    around = text[max(0, figure.start - 20) : figure.end + 20]
    if low and _RATIO_SIGN.search(text):
        yield high / low
    if _SUM_SIGN.search(around):
        yield low + high
    if _DIFFERENCE_SIGN.search(around):
        yield high - low


def _shows(figure: Quantity, value: float) -> bool:
    """Whether the figure is ``value`` as far as it is written: rounded to its decimals, or about it when it says so."""
    written = re.search(r"\d+\.(\d+)", figure.text)
    decimals = len(written[1]) if written and not figure.scaled else 0
    words = figure.said | figure.near
    if ABOUT in words or OVER in words:
        return abs(figure.low - value) <= max(0.05 * abs(value), 0.5 * 10**-decimals)
    return same(figure.low, value, tolerance=0.002) or (
        decimals > 0 and round(value, decimals) == round(figure.low, decimals)
    )
