"""No sentence twice in one draft."""

import re
from collections.abc import Iterator, Sequence

from rapidfuzz import fuzz

_NEAR = 92.0


def duplicates(texts: Sequence[str]) -> Iterator[tuple[int, int]]:
    """(place of a sentence, place of the earlier one that it repeats), both 0-based.

    Sentences repeat each other when they are equal but for spaces, punctuation and case, or at least 92 % alike with
    the same names and figures: 'A reaches 71 %' and 'B reaches 71 %' are two sentences.
    """
    kept: list[tuple[int, str, tuple[str, ...]]] = []
    for place, text in enumerate(texts):
        words, marks = _fold(text), _marks(text)
        for earlier, other, other_marks in kept:
            if words and marks == other_marks and fuzz.ratio(words, other, score_cutoff=_NEAR) >= _NEAR:
                yield place, earlier
                break
        else:
            kept.append((place, words, marks))


def _fold(text: str) -> str:
    return "".join(c for c in text.casefold() if c.isalnum())


def _marks(text: str) -> tuple[str, ...]:
    """Names and figures: what tells two sentences of one pattern apart."""
    return tuple(sorted(m.group() for m in re.finditer(r"\d+(?:[.,]\d+)*|[A-Z][A-Za-z0-9-]*(?<!^)", text)))
