"""Whether a figure of a source carries a figure of a claim: as it is, in another form, rounded, or after one step of
arithmetic."""

import itertools
import math
import re
from collections.abc import Iterator, Sequence

from domain.readings import ABOUT, OVER, UNDER
from domain.tongues import by_languages, form, readings

from .quantities import quantities
from .quantity import Quantity, counted_to_the_last


@by_languages
def _loose_counters() -> frozenset[str]:
    return frozenset(word for each in readings() for word in each.in_names)


@by_languages
def _times() -> frozenset[str]:
    return frozenset(word for each in readings() for word in each.times)


_TERMS = ("count", "percent", "point", "multiple")
"""What is reckoned with."""
MOST = 24
"""Figures of one text that are held against each other: one with more is a table, of which all the pairs and threes
would take minutes."""
_LARGE = 100
"""Of small counts nearly any other is a sum."""
_added = form("<together>", re.IGNORECASE)
_each = form("<each>", re.IGNORECASE)
_OVER = 1.35
"""More than twenty times is said of 24, not of 30."""


def same(one: float, other: float, *, tolerance: float = 1e-6) -> bool:
    """Whether two values are one; of those that are too large to hold nobody can tell."""
    return math.isfinite(one) and math.isclose(one, other, rel_tol=tolerance, abs_tol=1e-12)


def carries(claim: Quantity, source: Quantity) -> bool:
    """Whether the source has this very figure: kind, unit and value; bounds apart."""
    equal = same(claim.value, source.value)
    match claim.kind, source.kind:
        case "count", "count":
            return _same_count(claim, source)
        case "order", "count":
            return claim.value <= source.value < 10 * claim.value and not source.dimension
        case "count", "one":
            return equal and claim.dimension == source.dimension
        case "count", "loose":
            known = claim.dimension == "bits" or claim.counter in _loose_counters() or claim.scaled
            return known and same(claim.raw, source.raw)
        case "year", "year" | "count" | "loose":
            return same(claim.raw, source.raw)
        case "count", "year":
            return same(claim.raw, source.raw) and not claim.counter
        case "count", "multiple":
            return claim.counter in _times() and equal
        case "multiple", "count":
            return equal and (source.counter in _times() or counted_to_the_last(claim.value))
        case "point", "percent":
            return source.absolute and equal
        case "percent" | "point" | "multiple", "count":
            return _bare(source) and not source.scaled and equal
        case "count", "percent" | "point":
            return _bare(claim) and not claim.word and equal
        case _:
            near = 0.006 if claim.kind == "fraction" else 1e-6
            return claim.kind == source.kind and same(claim.value, source.value, tolerance=near)


def _bare(quantity: Quantity) -> bool:
    return not (quantity.dimension or quantity.counter)


def _same_count(claim: Quantity, source: Quantity) -> bool:
    if claim.dimension == source.dimension:
        return same(claim.value, source.value)
    if claim.dimension and source.dimension:
        return False
    other, bare = (claim, source) if claim.dimension else (source, claim)
    return same(claim.raw, source.raw) and (not bare.scaled or other.dimension in ("bits", "fps", "dollar"))


def converted(claim: Quantity, source: Quantity) -> bool:
    """Whether the claim says the source's figure in another form: 30% faster = 1.3배, half = 50%, 3x fewer = 1/3."""
    if claim.kind == source.kind == "percent":
        # What is left of a hundred is exact: 98.5% is no 99%.
        return same(claim.value, 100 - source.value)
    if (claim.kind, source.kind) == ("point", "percent"):
        # So far from a coin.
        return "." in claim.text and same(claim.value, abs(source.value - 50))
    words = claim.said | claim.near
    tolerance = 0.06 if ABOUT in words else 0.02 if claim.word else 0.011
    return any(
        same(claim.value, value, tolerance=tolerance) or _beyond(claim, value) for value in _forms(claim.kind, source)
    )


def _beyond(claim: Quantity, value: float) -> bool:
    """Whether the claim says more than a little less than the value, or less than a little more."""
    words = claim.said | claim.near
    return (OVER in words and claim.value <= value <= claim.value * _OVER) or (
        UNDER in words and claim.value / _OVER <= value <= claim.value
    )


def _forms(kind: str, source: Quantity) -> Iterator[float]:
    value = source.value
    match kind, source.kind:
        case "multiple", "percent":
            yield from (1 + value / 100, value / 100, 1 - value / 100)
            if value < 100:
                yield 1 / (1 - value / 100)
        case "multiple", "fraction" if value:
            yield from (value, 1 / value, 1 / (1 - value) if value < 1 else value)
        case "percent", "multiple" if value:
            yield from ((value - 1) * 100, (1 - 1 / value) * 100, 100 / value, 100 * value)
        case "percent", "fraction":
            yield from (100 * value, 100 * (1 - value))
        case "percent", "count" if _bare(source) and 0 < value < 1:
            yield 100 * value
        case "fraction", "percent":
            yield from (value / 100, 1 - value / 100)
        case "fraction", "multiple" if value:
            yield from (1 / value, 1 - 1 / value)
        case _:
            pass


def rounded(claim: Quantity, source: Quantity) -> bool:
    """Whether the claim rounds the source and says so: 198,431 as 약 20만 (within 5 %), 1,024 as 1,000개 이상."""
    alike = claim.kind == source.kind and claim.dimension == source.dimension
    if not alike or not source.value or _significant(claim.raw) >= _significant(source.raw):
        return False
    words = claim.said | claim.near
    if claim.word and _beyond(claim, source.value):
        return True
    ratio = claim.value / source.value
    if (OVER in words and 0.9 <= ratio <= 1) or (UNDER in words and 1 <= ratio <= 1.1):
        return True
    return ABOUT in words and 0.95 <= ratio <= 1.05


def _significant(value: float) -> int:
    return len(f"{abs(value):.10e}".split("e")[0].replace(".", "").rstrip("0"))


def follows(claim: Quantity, given: Sequence[Quantity], text: str) -> bool:
    """Whether the claim is a difference, sum, product, ratio or share of two figures of one sentence: 6 from 14 and 8.

    ``text``: of the claim. Small counts are sums, and counts ratios, only where it says so.
    """
    added, each = _added().search(text) is not None, _each().search(text) is not None
    digits = [q for q in given if q.kind in _TERMS and q.value and (added or any(c.isdigit() for c in q.text))][:MOST]
    pairs = ((a, b) for a, b in itertools.combinations(digits, 2) if a.kind == b.kind and a.dimension == b.dimension)
    if any(_shows(claim, value) for a, b in pairs for value in _results(claim, a, b, added, each)):
        return True
    told = [q.value for q in quantities(text)]
    if claim.kind in ("percent", "point"):
        shares = [q.value for q in given if q.kind == "percent"]
        moved = [q.value for q in given if q.kind == "point"]
        if any(_shows(claim, value) for p in shares for q in moved for value in (p - q, p + q)):
            return True
    if added and claim.kind == "count":
        counts = [q.value for q in given if q.kind == "count"]
        if any(_shows(claim, sum(terms)) for n in (3, 4) for terms in itertools.combinations(counts[:12], n)):
            return True
    counts = [q for q in given if (q.kind, q.dimension) == ("count", claim.dimension) and q.value >= _LEAST]
    counts = [q for q in counts if any(same(q.value, value) for value in told)]
    shares = [q.value / 100 for q in given if q.kind == "percent"]
    return claim.kind == "count" and any(
        _shows(claim, value) for q in counts for p in shares for value in _of_share(claim, q.value, p)
    )


def follows_told(claim: Quantity, given: Sequence[Quantity], text: str) -> bool:
    """Whether it is the difference or ratio of a figure that the claim tells as well and another one of its paper."""
    told = [q for q in quantities(text) if q.kind in _TERMS and q is not claim and any(c.isdigit() for c in q.text)]
    pairs = ((a, b) for a in told for b in given if (a.kind, a.dimension) == (b.kind, b.dimension) and b.value)
    exact = claim.kind in ("point", "multiple") or (claim.kind == "count" and "." in claim.text)
    return exact and any(
        _shows(claim, value) for a, b in pairs if a.value for value in _results(claim, a, b, False, False)
    )


_LEAST = 10
_FAR = 20
"""Times that two counts may differ for a change or a rest to be told of them."""


def _of_share(claim: Quantity, whole: float, share: float) -> Iterator[float]:
    """65 % of twenty; what 50 % more or less than something makes, where it is told as about."""
    yield from (whole * share, whole * (1 - share))
    if ABOUT in claim.said | claim.near:
        yield from (whole / (1 + share), whole * (1 + share))
        if share < 1:
            yield whole / (1 - share)


def _results(claim: Quantity, a: Quantity, b: Quantity, added: bool, each: bool) -> Iterator[float]:
    """What two figures of a kind make of the wanted kind."""
    low, high = sorted((a.value, b.value))
    match claim.kind, a.kind:
        case "point", "percent" | "point" | "count":
            yield high - low
            if a.kind == "count" and high <= 1:
                yield 100 * (high - low)
        case "percent", "count" if high > _FAR * low:
            yield 100 * low / high  # what 7 of 8,400 leave would be 99.9 % of whatever there is
        case "percent", _:
            yield from (100 * (high - low) / low, 100 * (high - low) / high)
            if a.kind == "percent":
                yield low + high
            if a.absolute or b.absolute:
                yield high - low
            if a.kind == "count":
                yield 100 * low / high
        case "multiple", _:
            yield high / low
        case "fraction", _:
            yield from (low / high, (high - low) / high)
        case "count", "count" if claim.dimension == a.dimension:
            yield high - low
            if high >= _LARGE or added:
                yield high + low
            if each:
                yield high / low
        case _:
            pass


def _shows(claim: Quantity, value: float) -> bool:
    """Whether the claim is ``value`` as far as it is written: rounded to its decimals, or about it when it says so."""
    written = re.search(r"\d+\.(\d+)", claim.text)
    decimals = len(written[1]) if written and not claim.scaled else 0
    words = claim.said | claim.near
    if _beyond(claim, value):
        return True
    if ABOUT in words:
        return abs(claim.value - value) <= max(0.05 * abs(value), 0.5 * 10**-decimals)
    if claim.kind == "count" and not decimals:
        return abs(claim.value - value) < 0.5
    if claim.kind == "percent" and decimals:
        return abs(claim.value - value) <= 0.6 * 10**-decimals  # 100 % is no 99.9 %
    return same(claim.value, value, tolerance=0.02 if claim.kind == "fraction" else 0.002) or (
        decimals > 0 and round(value, decimals) == round(claim.value, decimals)
    )
