"""Whether a figure of a source carries a figure of a claim."""

import math
from collections.abc import Iterator

from .bounds import ABOUT, AVERAGE, OVER, UNDER, UP_TO
from .quantity import Quantity
from .units import GENERIC, UNKNOWN

_LOOSE_COUNTERS = frozenset({"차원", "샷", "홉", "층", "세대", "단계", "위"})
_TIMES = frozenset({"번", "회", "차례"})


def same(one: float, other: float, *, tolerance: float = 1e-9) -> bool:
    return math.isclose(one, other, rel_tol=tolerance, abs_tol=1e-12)


def carries(claim: Quantity, source: Quantity) -> bool:
    """Whether the source has this very figure: kind, unit and value; nouns and bounds apart."""
    if source.spread and claim.single:
        return False
    if claim.spread and source.single:
        return False
    if claim.spread and not _ends_agree(claim, source):
        return False
    match claim.kind, source.kind:
        case ("count", "count") | ("order", "order"):
            return _same_count(claim, source)
        case ("order", "count"):
            return claim.single and claim.low <= source.low < 10 * claim.low and not source.dimension
        case ("shape", "shape" | "count") | ("count", "shape"):
            return same(claim.raw, source.raw) and (claim.kind != source.kind or same(claim.low, source.low))
        case ("count", "one"):
            return same(claim.low, source.low) and claim.dimension == source.dimension and "." not in claim.text
        case ("count", "loose"):
            known = (
                claim.dimension == "bits"
                or claim.counter in _LOOSE_COUNTERS
                or claim.scaled
                or "parameter" in claim.nouns
            )
            return known and same(claim.raw, source.raw)
        case ("year", "loose" | "count" | "year"):
            return same(claim.raw, source.raw)
        case ("count", "year"):
            return same(claim.raw, source.raw) and not claim.counter
        case ("count", "multiple"):
            return claim.counter in _TIMES and _values(claim, source)
        case ("multiple", "count"):
            return source.counter in _TIMES and _values(claim, source)
        case ("stage", "ordinal" | "count"):
            return same(claim.raw, source.raw)
        case ("ordinal", "count"):
            return claim.low <= source.low <= 12 and not source.scaled
        case ("ordinal", "stage"):
            return claim.low <= source.low
        case ("count", "stage"):
            return same(claim.raw, source.raw)
        case ("point", "mark") | ("mark", "point") | ("point", "point") | ("mark", "mark"):
            return _values(claim, source)
        case ("point", "percent"):
            return source.absolute and _values(claim, source)
        case ("percent", "point"):
            return False
        case ("mark" | "point" | "percent", "count"):
            return _bare(source) and (claim.kind != "point") and _values(claim, source)
        case ("count", "percent" | "mark"):
            return _bare(claim) and not claim.word and _values(claim, source)
        case _:
            return claim.kind == source.kind and _values(claim, source)


def _bare(quantity: Quantity) -> bool:
    return not (quantity.nouns - GENERIC - UNKNOWN or quantity.dimension or quantity.counter or quantity.scaled)


def _values(claim: Quantity, source: Quantity) -> bool:
    tolerance = 0.006 if claim.kind == "fraction" else 1e-9
    return same(claim.low, source.low, tolerance=tolerance) and (claim.single or same(claim.high, source.high))


def _ends_agree(claim: Quantity, source: Quantity) -> bool:
    if claim.spread == "change" and source.spread == "change":
        return same(claim.low, source.low) and same(claim.high, source.high)
    return sorted((claim.low, claim.high)) == sorted((source.low, source.high))


def _same_count(claim: Quantity, source: Quantity) -> bool:
    if claim.dimension and source.dimension:
        return claim.dimension == source.dimension and _approximately_converted(claim, source)
    if claim.dimension != source.dimension:
        other, bare = (claim, source) if claim.dimension else (source, claim)
        if other.dimension == "bits" or (other.dimension == "fps" and "frame" in bare.nouns):
            return same(claim.raw, source.raw)
        return same(claim.raw, source.raw) and not bare.nouns - GENERIC - UNKNOWN and not bare.scaled
    return _values(claim, source)


def _approximately_converted(claim: Quantity, source: Quantity) -> bool:
    return same(claim.low, source.low, tolerance=1e-6) and same(claim.high, source.high, tolerance=1e-6)


def counts_other_things(claim: Quantity, source: Quantity) -> bool:
    """Whether the two figures are known to count different things: 37 tasks against 37 datasets."""
    ours, theirs = claim.nouns, source.nouns
    if claim.hints & theirs:
        return False
    if not ours or not theirs or ours & theirs or (ours | theirs) & (GENERIC | UNKNOWN):
        return False
    return claim.kind in ("count", "order") and source.kind in ("count", "order")


def converted(claim: Quantity, source: Quantity, direction: str) -> bool:
    """Whether the claim says the source's figure in another form: 30% faster = 1.3배, half = 50%, 3x fewer = 1/3.

    ``direction`` is that of the claim's verb (``up``, ``down`` or empty) and decides between 1.5x and 2/3.
    """
    if not (claim.single and source.single):
        return False
    return any(same(claim.low, value, tolerance=0.006) for value in _forms(claim.kind, source, direction))


def _forms(kind: str, source: Quantity, direction: str) -> Iterator[float]:
    value = source.low
    match kind, source.kind:
        case "multiple", "percent":
            yield 1 + value / 100
            yield value / 100
            if direction != "up" and value < 100:
                yield 1 - value / 100
                yield 1 / (1 - value / 100)
        case "multiple", "fraction" if value:
            yield value
            yield 1 / value
        case "percent", "multiple" if value:
            if direction != "down":
                yield (value - 1) * 100
            if direction != "up":
                yield (1 - 1 / value) * 100
                yield 100 / value
            if not direction:
                yield 100 * value
        case "percent", "fraction":
            yield 100 * value
            if direction == "down":
                yield 100 * (1 - value)
        case "fraction", "percent":
            yield value / 100
            yield 1 - value / 100
        case "fraction", "multiple" if value:
            yield 1 / value
        case _:
            pass


def rounded(claim: Quantity, source: Quantity) -> bool:
    """Whether the claim rounds the source and says so: 198,431 as 약 20만 (within 5 %), 1,024 as 1,000개 이상."""
    if not (claim.single and source.single) or not _like_kind(claim, source) or counts_other_things(claim, source):
        return False
    words = claim.said | claim.near
    if not source.low or _significant(claim.raw) >= _significant(source.raw):
        return False
    ratio = claim.low / source.low
    if (OVER in words and 0.9 <= ratio <= 1) or (UNDER in words and 1 <= ratio <= 1.1):
        return True
    return bool({ABOUT} & words) and 0.95 <= ratio <= 1.05


def _like_kind(claim: Quantity, source: Quantity) -> bool:
    if claim.kind == source.kind:
        return claim.dimension == source.dimension
    return ({claim.kind, source.kind} <= {"percent", "count"} and _bare(source)) or {claim.kind, source.kind} == {
        "point",
        "mark",
    }


def _significant(value: float) -> int:
    return len(f"{abs(value):.10e}".split("e")[0].replace(".", "").rstrip("0"))


def bound_fault(claim: Quantity, source: Quantity, *, average_said: bool, extreme: frozenset[str] = frozenset()) -> str:
    """How the claim changed what the source says of the figure's exactness; empty when it did not.

    Adding or dropping *up to*, *at least* and *less than* is a change; so is adding *average*. Dropping *average* or
    *about*, and adding *about*, is tolerated: the figure stays what it was. ``average_said``: the source speaks of an
    average anywhere; ``extreme``: the bounds that are fair because the figure is the largest or smallest of several.
    """
    ours, theirs = claim.said, source.said
    if AVERAGE in ours and not average_said and AVERAGE not in theirs | source.near:
        return f"adds “{AVERAGE}”, which the cited sentence does not say"
    for bound in (UP_TO, OVER, UNDER):
        if bound in theirs and bound not in ours | claim.near:
            said = _first(ours - {AVERAGE, ABOUT}) or _first(claim.near - {AVERAGE, ABOUT})
            return f"drops “{bound}”" if not said else f"says “{said}” where the cited sentence says “{bound}”"
    for bound in (UP_TO, OVER, UNDER):
        if bound in ours and bound not in theirs | source.near and not (bound in extreme and AVERAGE not in theirs):
            said = _first(theirs | source.near)
            return (
                f"says “{bound}” where the cited sentence says “{said}”"
                if said
                else f"adds “{bound}”, which the cited sentence does not say"
            )
    return ""


def _first(words: frozenset[str]) -> str:
    return next((word for word in (UP_TO, OVER, UNDER, AVERAGE, ABOUT) if word in words), "")
