"""The figure rules: every figure of a sentence stands in what it cites, with value, scale, unit and exactness."""

from collections.abc import Callable, Iterator

from .passage import Fault, Passage, Rule
from .quantity import Quantity
from .reading import Code, Reading, readings


def figure_value(reading: Reading) -> str:
    """A figure that the cited sentence gives with another value."""
    return f"the cited sentence says {_theirs(reading)}"


def figure_scale(reading: Reading) -> str:
    """A figure that is a power of ten away from the cited one."""
    return f"the cited sentence says {_theirs(reading)}"


def figure_unit(reading: Reading) -> str:
    """The number is right, its unit is not: 1.3% for 1.3x, hours for minutes."""
    return f"the cited sentence says {_theirs(reading)}: another unit"


def percent_point(reading: Reading) -> str:
    """Per cent and percentage points taken for one another."""
    said = f"the cited sentence says {_theirs(reading)}" if reading.other else reading.note
    return f"{said}; per cent and percentage points are different things"


def figure_noun(reading: Reading) -> str:
    """The right number with the wrong noun: 6 datasets and 37 tasks for 6 tasks and 37 datasets."""
    return f"the cited sentence counts something else with it ({reading.note})"


def figure_range(reading: Reading) -> str:
    """A range made of separate figures, one end of a range alone, a change turned round."""
    return f"that {reading.note}; the cited sentence says “{_excerpt(reading)}”"


def figure_sign(reading: Reading) -> str:
    """A minus lost or added."""
    return f"the cited sentence says {_theirs(reading)}: the sign differs"


def quantifier(reading: Reading) -> str:
    """*Up to*, *at least*, *less than* or *average* added, dropped or exchanged."""
    return f"that {reading.note}: “{_excerpt(reading)}”"


def figure_elsewhere(reading: Reading) -> str:
    """A figure of the abstract that none of the cited sentences has."""
    return f"it stands in the abstract of “{reading.source}” but in no cited sentence: cite the one that has it"


def arithmetic(reading: Reading) -> str:
    """A difference, ratio or sum that the sentence gets wrong."""
    return reading.note


def figure_absent(_: Reading) -> str:
    """A figure that the source does not have."""
    return "no cited sentence has this figure, nor does it follow from figures there"


_REASONS: dict[Code, tuple[str, Callable[[Reading], str]]] = {
    "value": ("figure-value", figure_value),
    "scale": ("figure-scale", figure_scale),
    "unit": ("figure-unit", figure_unit),
    "point": ("percent-point", percent_point),
    "counted": ("figure-noun", figure_noun),
    "range": ("figure-range", figure_range),
    "sign": ("figure-sign", figure_sign),
    "bound": ("quantifier", quantifier),
    "elsewhere": ("figure-elsewhere", figure_elsewhere),
    "arithmetic": ("arithmetic", arithmetic),
    "absent": ("figure-absent", figure_absent),
}
"""What became of a figure → the rule that it breaks, and the words for the editor."""


def figures(passage: Passage) -> Iterator[Fault]:
    """Every figure of the text that the cited sentences do not carry, each by the rule that it breaks.

    The sentences come first, then the titles of the cited papers and the texts of trend facts; a figure found only
    elsewhere in an abstract is a fault that says so.
    """
    for reading in readings(passage):
        if reading.code in _REASONS:
            rule, reason = _REASONS[reading.code]
            words = f"the text says {named(reading.figure)}; {reason(reading)}"
            yield Fault(rule=rule, span=reading.figure.text, reason=words)


FIGURE_RULES: tuple[Rule, ...] = (figures,)


def _theirs(reading: Reading) -> str:
    return named(reading.other) if reading.other else "something else"


def _excerpt(reading: Reading) -> str:
    """The words around the figure of the source."""
    if not reading.other:
        return reading.source
    start, end = max(0, reading.other.start - 40), reading.other.end + 24
    return reading.source[start:end].strip()


def named(quantity: Quantity) -> str:
    """A figure as an editor can compare it: as written, and in the other language's scale when it has one.

    >>> from .quantities import quantities
    >>> named(quantities("250 billion tokens")[0])
    '“250 billion” (2,500억)'
    """
    if not quantity.single or quantity.dimension or quantity.kind not in ("count", "order") or quantity.low < 1e4:
        return f"“{quantity.text}”"
    return f"“{quantity.text}” ({_english(quantity.low) if _korean_scale(quantity.text) else _korean(quantity.low)})"


def _korean_scale(text: str) -> bool:
    return any(scale in text for scale in "만억조")


def _english(value: float) -> str:
    for scale, name in ((1e12, "trillion"), (1e9, "billion"), (1e6, "million"), (1e3, "thousand")):
        if value >= scale:
            return f"{value / scale:g} {name}"
    return f"{value:g}"


def _korean(value: float) -> str:
    parts: list[str] = []
    for scale, name in ((1e12, "조"), (1e8, "억"), (1e4, "만")):
        whole = int(value // scale)
        value -= whole * scale
        if whole:
            parts.append(f"{whole:,}{name}")
    return " ".join(parts + ([f"{value:g}"] if value >= 1 else []))
