"""The figures of an abstract that a reader would want to hear: results and sizes, not 'a', 'two' or 'GPT-4'."""

import re
from collections.abc import Sequence

from .grounding.compare import carries, converted, rounded
from .grounding.masks import plain_signs
from .grounding.quantities import quantities
from .grounding.quantity import Quantity
from .value import Value

MOST = 8
"""Of one abstract: more would crowd a finding."""

_PRODUCT = re.compile(r"\s?(?:times|×|x)\s?\d+")
_COUNTED = re.compile(
    r"[\s-](?:(?!(?:of|and|or|in|on|to|for|with|than|is|are|was|were|that|which)\b)[A-Za-z0-9'/-]+\s){0,2}?"
    r"[A-Za-z'/-]*[a-z]s\b"
)
"""Up to the first plural noun: 37 medical datasets, 5-layer models."""
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
    found: list[tuple[int, int, int, Headline]] = []
    for place, sentence in enumerate(sentences, start=1):
        for figure in quantities(sentence, source=True):
            if (rank := _rank(sentence, figure)) is not None:
                text, counts = figure.text.strip(), _counted(sentence, figure)
                headline = Headline(sentence=place, text=text, counts=counts, quantity=figure)
                found.append((rank, place, figure.start, headline))
    chosen = sorted(found, key=lambda each: each[:3])[:MOST]
    return tuple(headline for *_, headline in sorted(chosen, key=lambda each: each[1:3]))


def carried(headline: Headline, texts: Sequence[str]) -> bool:
    """Whether one of the texts says the figure, in either language and any right form."""
    figure = headline.quantity
    said = (each for text in texts for each in quantities(text))
    return any(carries(each, figure) or rounded(each, figure) or converted(each, figure) for each in said)


def _counted(sentence: str, figure: Quantity) -> str:
    """The figure with the words up to the noun that it counts, at most three, or with what no table lists."""
    sentence, text = plain_signs(sentence), figure.text.strip()
    end = figure.start + len(text)
    if figure.kind != "count" or figure.dimension:
        return text
    rest = _PRODUCT.match(sentence, end) or _COUNTED.match(sentence, end) or _UNLISTED_UNIT.match(sentence, end)
    return sentence[figure.start : rest.end()] if rest else text


def _rank(sentence: str, figure: Quantity) -> int | None:
    """0: a result or a size. 1: a count of things. None: no headline."""
    if figure.word or figure.kind not in ("percent", "point", "multiple", "count"):
        return None
    if figure.kind != "count" or figure.scaled:
        return 0
    told = figure.dimension or _counted(sentence, figure) != figure.text.strip()
    return 1 if figure.value >= 5 and told else None
