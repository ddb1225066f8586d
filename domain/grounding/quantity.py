"""One figure of a sentence."""

from typing import NamedTuple

from domain.readings import FigureKind

NONE: frozenset[str] = frozenset()


class Quantity(NamedTuple):
    """Values of one ``dimension`` are in its base unit (seconds, bytes, metres…). Signs are left to the judge."""

    text: str
    start: int
    end: int
    kind: FigureKind
    value: float
    raw: float
    """``value`` as it is written, scale included, unit not."""
    dimension: str = ""
    counter: str = ""
    said: frozenset[str] = NONE
    """Bounds that are said of this figure and no other."""
    near: frozenset[str] = NONE
    """Bounds that may be meant for it."""
    scaled: bool = False
    """A scale (만, 억, million, K…) was written."""
    word: bool = False
    """Written as a word, or a small integer with a counter: how small counts are written."""
    absolute: bool = False


def counted_to_the_last(value: float) -> bool:
    """Whether it has thousands and ends in none, ten or hundred: 11,012. So no bound is told, and no factor."""
    return value >= 1000 and value % 10 > 0


def exact(quantity: Quantity) -> bool:
    """Whether it is written in digits and can be held against one of its kind."""
    return quantity.kind in ("count", "percent", "point", "multiple") and any(c.isdigit() for c in quantity.text)
