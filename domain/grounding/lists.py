"""How many things a sentence lists."""

import re
from functools import lru_cache

from domain.tongues import form

_and = form("<and_>")
_ENUMERATED = re.compile(r"(?<![\w.])\(?([1-9]|i{1,3}|iv|v)\)\s")
_IN_BRACKETS = re.compile(r"\(([A-Z][^\s,()]*(?:\s[^\s,()]+)?(?:,\s[A-Z][^\s,()]*(?:\s[^\s,()]+)?){2,})\)")
"""Names alone; what begins with “e.g.” may go on."""


@lru_cache(maxsize=2048)
def lists_of(text: str) -> frozenset[int]:
    """The lengths of a sentence's lists: 2 for “A and B”, 4 for “A, B, C, and D” or “(A, B, C, D)”, 2 for 1), 2)."""
    lengths = {2} if _and().search(text) else set[int]()
    lengths |= {found[1].count(",") + 1 for found in _IN_BRACKETS.finditer(text)}
    for clause in re.split(r"[;:()—]|\.\s|\s--?-?\s", text):
        items = [item for item in clause.split(", ") if item.strip()]
        for first in range(len(items)):
            for last in range(first + 1, len(items)):
                joined = _and().search(", " + items[last])
                if joined and joined.start() == 0:
                    lengths.add(last - first + 1)
                elif joined:
                    lengths.add(last - first + 2)
                    lengths.add(last - first + 1)
    marks = _ENUMERATED.findall(text)
    if len(marks) > 1:
        lengths.add(len(set(marks)))
    return frozenset(lengths)
