"""How a text is cut for the search, the same way as ``static/search.js`` cuts what is asked.

Hangul is cut into overlapping pairs of syllables, so that 모델 is found in 모델은 and within a compound; everything
else into words.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator

_RUN = re.compile(r"[가-힣]+|[^\W_가-힣]+")

_FEW = frozenset(
    "a an and are as at be been but by can do does for from has have in into is it its of on or our such than that the "
    "their then there these they this to via was we were which while with you your".split()
)
"""Words that tell no paper from another; search.js has the same."""


def cut(text: str) -> Iterator[str]:
    """The terms of a text, in its order."""
    for run in _RUN.findall(unicodedata.normalize("NFKC", text).lower()):
        if "가" <= run[0] <= "힣":
            yield from (run[n : n + 2] for n in range(max(1, len(run) - 1)))
        elif run not in _FEW:
            yield singular(run)


def singular(word: str) -> str:
    """A word without its plural s.

    >>> [singular(word) for word in ("agents", "loss", "bias", "2d", "gpus")]
    ['agent', 'loss', 'bia', '2d', 'gpu']
    """
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word


def weigh(fields: Iterable[tuple[str, float]]) -> dict[str, int]:
    """How much a document speaks of each of its terms, from 1 to 99: often, and where it weighs much.

    ``fields``: texts, each with the weight of one mention in it.
    """
    said: dict[str, float] = {}
    for text, weight in fields:
        for term in cut(text):
            said[term] = said.get(term, 0.0) + weight
    # Mentions count for less and less, as in BM25 with k1 = 1.2; one length for all, so that a day that comes changes
    # no document of the days before.
    return {term: max(1, min(99, round(100 * often / (often + 4)))) for term, often in said.items()}


def bucket(term: str, buckets: int) -> int:
    """The file in which a term stands: by its first two characters, so that all words that begin alike share one."""
    return (ord(term[0]) * 31 + (ord(term[1]) if len(term) > 1 and not "가" <= term[0] <= "힣" else 0)) % buckets
