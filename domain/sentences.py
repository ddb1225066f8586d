"""An abstract in the numbered sentences that everything later cites."""

import re
from typing import Literal

from .languages import every
from .tongues import by_languages
from .value import Value

Use = Literal["evidence", "fragment", "address", "order", "remark"]
"""``evidence``: it may carry what is said of its paper. ``fragment``: the abstract breaks off in it. ``address``: it
tells where code or a page lies, and nothing else. ``order``: it speaks to readers, reviewers or models, or tells of
another paper's fate. ``remark``: it has nothing in common with its paper and does not read like a report of it."""


class Sentence(Value):
    """One sentence of an abstract."""

    text: str
    use: Use = "evidence"


_INITIAL = re.compile(r"(?<![^\s(])[A-Z]\.$")
_BEGIN = (
    r"[\"'(\[{“‘«„¿¡]*[A-Z0-9$\\\u00c0-\u024f\u0400-\u04ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]"
    r"|https?://|#+\s|[-=]{2,}|<"
)
_BOUNDARY = re.compile(rf"[.!?。！？](?:[\"')\]}}]*\s+(?={_BEGIN})|(?<=[가-힣][.!?])\s+(?=\S)|(?<=[。！？])\s+(?=\S))")
# From a dollar sign to the next, no space inside of either. Two prices ("$5 and$6") look so too, but for the digits.
FORMULA = re.compile(r"(?<!\\)\$(?=\S)(?:[^$]*?(?<=\S)(?<!\\)\$(?!\d)|(?!\d)[^$]*?(?<=\S)(?<!\\)\$)")


@by_languages
def _abbreviation() -> tuple[re.Pattern[str], int]:
    """All of them at the end of a text, and how long they may be."""
    known = sorted((short for each in every() for short in each.prose.abbreviations), key=len, reverse=True)
    spelled = "|".join(map(re.escape, known))
    return re.compile(rf"(?<![^\s(\[])(?:{spelled})$", re.IGNORECASE), max(map(len, known))


def sentences(abstract: str) -> tuple[str, ...]:
    """The abstract's sentences in order, white space folded; joined by single spaces they are the abstract again.

    >>> sentences("We beat X et al. by 3.5%. Code is out.")
    ('We beat X et al. by 3.5%.', 'Code is out.')
    """
    text = " ".join(abstract.split())
    formulas = [found.span() for found in FORMULA.finditer(text)] if "$" in text else []
    parts: list[str] = []
    start = 0
    abbreviation, longest = _abbreviation()
    for boundary in _BOUNDARY.finditer(text):
        stop = boundary.start() + 1
        if (
            abbreviation.search(text, max(start, stop - longest), stop)
            or _INITIAL.search(text, max(start, stop - 2), stop)
            or any(a < stop < b for a, b in formulas)
        ):
            continue
        parts.append(text[start : boundary.end()].strip())
        start = boundary.end()
    if tail := text[start:].strip():
        parts.append(tail)
    return tuple(parts)
