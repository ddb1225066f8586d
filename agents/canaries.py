"""Two lines that every judging call carries beside its own: one that is right, and one that code has spoiled.

They are made of the exam's lines and papers, so that what the right answer is does not hang on what the day's writer
did. They never reach a page.
"""

import hashlib
import re
from functools import cache
from typing import NamedTuple

from domain.lines import Line
from domain.papers import Paper

from . import bank

_FIGURE = re.compile(r"(?<![\w.,-])\d[\d,]*(?:\.\d+)?(?![\w-]*-)")


class Canaries(NamedTuple):
    """What is added to a call."""

    paper: Paper
    right: Line
    spoiled: Line
    places: tuple[int, ...]
    """The title, and the sentences that the two lines rest on: all that a judge needs, for a third of the tokens."""


def canaries(language: str, seed: str, turn: int) -> Canaries:
    """The pair for a call: the same for the same ``seed``, another one for the next ``turn``."""
    held = _pairs(language)
    place = int(hashlib.sha256(seed.encode()).hexdigest(), 16)
    return held[(place + turn) % len(held)]


@cache
def _pairs(language: str) -> tuple[Canaries, ...]:
    """Every pair of right lines about one paper, of which the second can be spoiled."""
    found: list[Canaries] = []
    for paper in bank.papers():
        own = [q for q in bank.questions(language) if q.places and q.papers == (paper.id,)]
        for right in own:
            for other in own:
                texts = (spoiled(other.text, paper.abstract), bank.turned(other.text)) if other != right else ()
                for text in filter(None, texts):
                    one, two = (Line(papers=(paper.id,), role="result", text=said) for said in (right.text, text))
                    found.append(Canaries(paper, one, two, tuple(sorted({0, *right.places, *other.places}))))
    return tuple(found)


def spoiled(text: str, abstract: str) -> str:
    """The text with its last figure changed into one that the abstract does not have; empty where it has no figure."""
    figures = list(_FIGURE.finditer(text))
    if not figures:
        return ""
    last = figures[-1]
    for add in (3, 5, 7, 2):
        changed = f"{(int(last[0][0]) + add) % 9 + 1}{last[0][1:]}"
        if changed != last[0] and not re.search(rf"(?<![\d.]){re.escape(changed)}(?![\d.])", abstract):
            return text[: last.start()] + changed + text[last.end() :]
    return ""
