"""The figure rules: every figure of a sentence stands in what it cites, with value, scale and unit, or follows from it
by one step of arithmetic.

The cited sentences come first, then the titles of the cited papers and the texts of trend facts.
"""

from collections.abc import Callable, Iterator

from domain.tongues import form, readings

from .quantity import Quantity
from .reading import Code, Reading
from .reading import readings as read
from .statement import Found, Statement

_SAID: dict[Code, Callable[[Reading], str]] = {
    "value": lambda reading: f"the cited sentence says {_theirs(reading)}",
    "scale": lambda reading: f"the cited sentence says {_theirs(reading)}",
    "unit": lambda reading: f"the cited sentence says {_theirs(reading)}: another unit",
    "point": lambda reading: f"{_points(reading)}; per cent and percentage points are different things",
    "bound": lambda reading: f"the cited sentence says “{_excerpt(reading)}”: keep how exact it is",
    "elsewhere": lambda reading: f"it stands in the abstract of “{reading.source}” but in no cited sentence",
    "absent": lambda _: "no cited sentence has this figure, nor does it follow from figures there",
}
_scaled = form("<scales>")


def figures(*codes: Code) -> Callable[[Statement], Iterator[Found]]:
    """The rule that finds the figures of which one of ``codes`` became."""

    def rule(statement: Statement) -> Iterator[Found]:
        for reading in read(statement):
            if reading.code in codes:
                yield Found(
                    reading.figure.text, f"the text says {named(reading.figure)}; {_SAID[reading.code](reading)}"
                )

    return rule


def _points(reading: Reading) -> str:
    return f"the cited sentence says {_theirs(reading)}" if reading.other else "that is a difference of two per cents"


def _theirs(reading: Reading) -> str:
    return named(reading.other) if reading.other else "something else"


def _excerpt(reading: Reading) -> str:
    """The words around the figure of the source."""
    if not reading.other:
        return reading.source
    return reading.source[max(0, reading.other.start - 40) : reading.other.end + 24].strip()


def named(quantity: Quantity) -> str:
    """A figure as an editor can compare it: as written, and in the other language's scale when it has one.

    >>> from .quantities import quantities
    >>> named(quantities("250 billion tokens")[0])
    '“250 billion” (2,500억)'
    """
    if quantity.dimension or quantity.kind not in ("count", "order") or not 1e4 <= quantity.value < 1e18:
        return f"“{quantity.text}”"
    if _scaled().search(quantity.text):
        others = [_english(quantity.value)]
    else:
        others = [each.written(quantity.value) for each in readings() if each.written]
    return f"“{quantity.text}” ({', '.join(others)})" if others else f"“{quantity.text}”"


def _english(value: float) -> str:
    for scale, name in ((1e12, "trillion"), (1e9, "billion"), (1e6, "million"), (1e3, "thousand")):
        if value >= scale:
            return f"{value / scale:g} {name}"
    return f"{value:g}"
