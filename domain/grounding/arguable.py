"""Figures that nothing carries and that may be right all the same, in more ways than code knows: these are the judge's.

Numbers in words count, share and compare what a source only shows: seven of ten, five out of eight, twice. So do round
ones that say they are not exact: more than 10 points. Of such a figure a mistake is sure only where the source has
another one for the same thing, or one of its kind.
"""

from domain.readings import ABOUT, OVER, UNDER
from domain.tongues import form, is_latin

from .anchors import anchors, word_anchors
from .quantity import Quantity

_LOOSE = frozenset((OVER, UNDER, ABOUT))
_ROUND = frozenset(float(n * 10**power) for n in range(1, 10) for power in range(3))
_MANY = 100
"""From here on a number in words counts something, and is no share of it."""
_REACH = 40
_clause = form(r"[.;:,(]|<no_things>")
"""What is counted stands before it."""
_NEAR = 0.75, 1.35


def arguable(text: str, figure: Quantity, other: Quantity | None, sentence: str) -> bool:
    """Whether a figure of a text may be right though its sources do not have it; ``other`` is what ``sentence``, one of
    them, has in its place."""
    if any(c.isdigit() for c in figure.text) and figure.kind != "fraction":
        return figure.kind in ("percent", "point", "multiple") and figure.raw in _ROUND and _apart(figure, other)
    if figure.kind == "order" or figure.value >= _MANY:
        return False
    if figure.kind in ("multiple", "fraction"):
        return other is None or other.kind != figure.kind
    return other is None or not _counted(text, figure) & _counted(sentence, other)


def _apart(figure: Quantity, other: Quantity | None) -> bool:
    """Whether it says that it is not exact, and is no figure of the source that is a little changed."""
    low, high = _NEAR
    return bool(_LOOSE & figure.said) and not (other and low <= figure.value / (other.value or 1) <= high)


def _counted(text: str, figure: Quantity) -> set[str]:
    """What a figure counts: the things behind it in its clause, by their keys."""
    tail = _clause().split(text[figure.end : figure.end + _REACH], maxsplit=1)[0]
    return {anchor.key for anchor in (*anchors(tail), *(word_anchors(tail) if is_latin(text) else ()))}
