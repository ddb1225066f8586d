"""One figure of a sentence."""

from domain.value import Value


class Quantity(Value):
    """One figure of a sentence. Values of one ``dimension`` are in its base unit (seconds, bytes, metres…)."""

    text: str
    start: int
    end: int
    kind: str
    """``count``, ``percent``, ``point`` (of percentage), ``mark`` (점, points of any scale), ``multiple`` (배, ×),
    ``fraction``, ``ordinal``, ``stage`` (2단계: the second, or two of them), ``order`` (수천, thousands), ``shape``
    (512×512), ``year``, ``month``, ``date``, ``one`` (a, one, single) or ``loose`` (inside a name)."""
    low: float
    high: float
    """Equal to ``low`` but for a range."""
    raw: float
    """``low`` as it is written, scale included, unit not."""
    spread: str = ""
    """``range`` (70~80%, 3 to 5) or ``change`` (30%에서 45%로, from 30% to 45%: order tells)."""
    dimension: str = ""
    counter: str = ""
    nouns: frozenset[str] = frozenset()
    hints: frozenset[str] = frozenset()
    """Nouns that stand before a Korean figure: less certain."""
    said: frozenset[str] = frozenset()
    near: frozenset[str] = frozenset()
    scaled: bool = False
    word: bool = False
    """Written as a word, or an integer with a counter: how small counts are written."""
    absolute: bool = False

    @property
    def single(self) -> bool:
        return not self.spread
