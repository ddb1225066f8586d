"""Figures of one line that could stand for one another, and the words that the judge gives for each.

That a sentence has both 14 and 8 does not tell which of them belongs to what. So the judge quotes, for each, the words
of the sentence that carry it, and code looks whether they are there and have this figure and none of the others.
"""

import itertools
import re
from collections.abc import Iterable, Sequence

from domain.grounding.compare import carries
from domain.grounding.quantities import quantities
from domain.grounding.quantity import Quantity
from domain.tongues import form

_KINDS = ("count", "percent", "point", "multiple")
_range = form(r"\s?(?:~|–|—|-|−|∼|〜|→|->|[xX×])\s?|<spans>")
"""Between the ends of a range or of a change, which have no other order."""
_SIZE = re.compile(r"\d+\s?[xX×]\s?\d+")
"""736x416: no words hold one of its sides and not the other."""
_FAR = 1000
"""Of two counts: nobody takes 34B for 128K."""
_LEFT_OUT = re.compile(r"…|\.\.\.")


def swappable(text: str, sentences: Iterable[str]) -> tuple[str, ...]:
    """The figures of a line, as they stand in it, that could be exchanged unseen: of one kind and unit, and both in
    one of the sentences that the line may rest on. One that it has in two places stands once: what carries it there
    carries it here."""
    return _each_once(_swappable(text, sentences))


def _swappable(text: str, sentences: Iterable[str]) -> list[Quantity]:
    sizes = [found.span() for found in _SIZE.finditer(text)]
    figures = [
        q
        for q in quantities(text)
        if q.kind in _KINDS and any(c.isdigit() for c in q.text) and q.raw > 1
        if not any(start <= q.start < end for start, end in sizes)
    ]
    held = [quantities(sentence, source=True) for sentence in sentences]
    found: set[int] = set()
    for a, b in itertools.combinations(figures, 2):
        alike = a.kind == b.kind and a.dimension == b.dimension and 1 < max(a.raw, b.raw) / min(a.raw, b.raw) < _FAR
        alike = alike and ("." in a.text) == ("." in b.text)
        ends = _range().fullmatch(text[a.end : b.start])
        if alike and not ends and any(_has(those, a) and _has(those, b) for those in held):
            found |= {a.start, b.start}
    return [figure for figure in figures if figure.start in found]


def _has(given: Iterable[Quantity], figure: Quantity) -> bool:
    return any(carries(figure, q) for q in given if q.kind not in ("one", "loose"))


def unshown(text: str, sentences: Sequence[str], words: Iterable[tuple[str, str]]) -> tuple[str, ...]:
    """The figures that could be exchanged and for which no good words are given.

    ``words``: (figure as it stands in the line, words quoted from a sentence; ``…`` for what is left out). Good ones
    stand in one of the ``sentences``, have this figure in any right form, and none of the others.
    """
    figures = _swappable(text, sentences)
    given = [(figure.strip(), quoted) for figure, quoted in words]
    return _each_once(
        figure
        for figure in figures
        if not any(_names(said, figure) and _carry(quoted, figure, figures, text, sentences) for said, quoted in given)
    )


def _each_once(figures: Iterable[Quantity]) -> tuple[str, ...]:
    once = dict.fromkeys((figure.text.strip(), figure.kind, figure.dimension, figure.value) for figure in figures)
    return tuple(text for text, *_ in once)


def witnessed(words: Iterable[str], sentences: Iterable[str]) -> bool:
    """Whether some of the words are those of one of the sentences and have a figure."""
    held = tuple(sentences)
    return any(quantities(quoted, source=True) and any(_stands(quoted, one) for one in held) for quoted in words)


def _names(said: str, figure: Quantity) -> bool:
    own = figure.text.strip()
    return said == own or any((q.kind, q.value) == (figure.kind, figure.value) for q in quantities(said))


def _carry(quoted: str, figure: Quantity, figures: Sequence[Quantity], text: str, sentences: Sequence[str]) -> bool:
    if not any(_stands(quoted, sentence) for sentence in sentences):
        return False
    held = quantities(quoted, source=True)
    others = (other for other in figures if other.value != figure.value and not _are_a_range(figure, other, text))
    return _has(held, figure) and not any(_has(held, other) for other in others)


def _are_a_range(one: Quantity, other: Quantity, text: str) -> bool:
    """The ends of 10–18x have one place in a sentence, and no words that hold one of them alone."""
    first, second = sorted((one, other), key=lambda figure: figure.start)
    return _range().fullmatch(text[first.end : second.start]) is not None


def _stands(quoted: str, sentence: str) -> bool:
    """Whether the words stand in the sentence, in their order, whatever case, spaces and marks they have."""
    parts = [bare for part in _LEFT_OUT.split(quoted) if (bare := _bare(part))]
    return bool(parts) and re.search(".*".join(map(re.escape, parts)), _bare(sentence)) is not None


def _bare(text: str) -> str:
    return "".join(c for c in text.casefold() if c.isalnum() or c in "%×")
