"""The figures of an abstract that a reader would want to hear: results and sizes, not 'a', 'two' or 'GPT-4'."""

import re
from collections.abc import Sequence

from domain.value import Value

from .compare import carries, converted, rounded
from .masks import plain
from .quantities import quantities
from .quantity import Quantity
from .units import english_noun

MOST = 8
"""Of one abstract: more would crowd a finding."""

_PRODUCT = re.compile(r"\s?(?:times|×|x)\s?\d+")
_WORD = re.compile(r"[\s-]([A-Za-z0-9][A-Za-z0-9'/-]*)")
_UNLISTED_UNIT = re.compile(r"\s(?:[A-Za-z]+/[A-Za-z]+|[A-Z]{2,}s?)\b")


class Headline(Value):
    """One figure worth carrying, and where it stands."""

    sentence: int
    """1-based place in the abstract."""
    text: str
    """As it is written, without what bounds it: the sentence says that best."""
    counts: str
    """With what it counts, where that stands right behind it: 37 medical datasets, 5 TOPS/W."""
    quantity: Quantity


def headlines(sentences: Sequence[str]) -> tuple[Headline, ...]:
    """The headline figures of an abstract's sentences, in order: per cents, points, multiples and large counts first,
    then counts of things when there is room."""
    found = [
        Headline(sentence=place, text=figure.text.strip(), counts=_counted(sentence, figure), quantity=figure)
        for place, sentence in enumerate(sentences, start=1)
        for figure in quantities(sentence, source=True)
        if _rank(figure) < 2
    ]
    chosen = sorted(found, key=lambda h: (_rank(h.quantity), h.sentence, h.quantity.start))[:MOST]
    return tuple(sorted(chosen, key=lambda h: (h.sentence, h.quantity.start)))


def carried(headline: Headline, texts: Sequence[str]) -> bool:
    """Whether one of the texts says the figure, in either language and any right form."""
    return any(
        carries(said, headline.quantity) or rounded(said, headline.quantity) or converted(said, headline.quantity, "")
        for text in texts
        for said in quantities(text)
    )


def _counted(sentence: str, figure: Quantity) -> str:
    """The figure with the words up to the noun that it counts, at most three, or with what no table lists."""
    sentence, text = plain(sentence), figure.text.strip()
    bare = end = figure.start + len(text)
    if figure.kind != "count" or figure.dimension:
        return text
    for _ in range(3):
        if not (word := _WORD.match(sentence, end)):
            break
        end = word.end()
        if english_noun(word[1].rsplit("-", 1)[-1]) & figure.nouns:
            return sentence[figure.start : end]
    rest = _PRODUCT.match(sentence, bare) or _UNLISTED_UNIT.match(sentence, bare)
    return sentence[figure.start : rest.end()] if rest else text


def _rank(figure: Quantity) -> int:
    """0: a result or a size. 1: a count of things. 2: no headline."""
    if figure.kind in ("percent", "point", "mark", "multiple") and not figure.word:
        return 0
    if figure.kind == "count" and figure.scaled:
        return 0
    if figure.kind == "count" and not figure.word and figure.low >= 5 and (figure.dimension or figure.nouns):
        return 1
    return 2
