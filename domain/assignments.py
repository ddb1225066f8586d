"""Which new papers are told and which only listed, and how those that are told share desks: what is written at one is
judged together."""

import math
from collections.abc import Container, Iterable, Mapping, Sequence

from .papers import Paper
from .reports import Filing
from .taxonomy import Taxonomy
from .trends import Recollection
from .value import Value


class Desk(Value):
    """A few papers, of one category or of some that stand side by side, whose lines are judged together."""

    categories: tuple[str, ...]
    """Keys, in printing order."""
    papers: tuple[Paper, ...]
    """New papers with an abstract, the most notable first within a category."""
    short: tuple[str, ...] = ()
    """Ids of those that are told in two lines."""

    @property
    def name(self) -> str:
        """What receipts and logs call it."""
        return "+".join(self.categories)

    @property
    def ids(self) -> tuple[str, ...]:
        """Of its papers."""
        return tuple(paper.id for paper in self.papers)

    def without(self, ids: Container[str]) -> "Desk":
        """The desk without some papers."""
        return self.model_copy(update={"papers": tuple(p for p in self.papers if p.id not in ids)})

    def by_paper(self) -> tuple["Desk", ...]:
        """A desk of each of its papers alone, under the same name."""
        return tuple(self.model_copy(update={"papers": (paper,)}) for paper in self.papers)


def notability(paper: Paper, memory: Recollection | None, certainty: float) -> tuple[float, float]:
    """Orders new papers: readers' votes, how many sources agree, and distance from what was there before.

    Votes count by their logarithm, so that one viral paper does not silence agreement and novelty. Certainty of the
    category breaks ties: a paper that hardly belongs here should not speak for the category.
    """
    nearest = max((n.similarity for n in memory.neighbours), default=0.0) if memory else 0.0
    return math.log1p(paper.votes) + 0.7 * (len(paper.sources) - 1) + (1.0 - nearest), certainty


def ranked(papers: Iterable[Paper], memory: Mapping[str, Recollection], filings: Sequence[Filing]) -> tuple[Paper, ...]:
    """The new papers that have an abstract, the most notable first. Without one a paper can only be listed."""
    certainty = {filing.paper_id: filing.certainty for filing in filings}
    new = [p for p in papers if p.abstract and not ((known := memory.get(p.id)) and known.first_day)]
    ranks = {p.id: notability(p, memory.get(p.id), certainty.get(p.id, 0.0)) for p in new}
    return tuple(sorted(new, key=lambda p: (-ranks[p.id][0], -ranks[p.id][1], p.id)))


_FULL, _SHORT = 3, 2
"""What a paper takes of a desk, told in full or in two lines: about as its length."""


def desks(
    ranking: Sequence[Paper],
    filings: Sequence[Filing],
    taxonomy: Taxonomy,
    *,
    cap: int,
    in_full: int,
    at_once: int,
) -> tuple[Desk, ...]:
    """The papers that are told, in the taxonomy's order, at most ``cap`` of a category. At a desk sit at most
    ``at_once`` that are told in full, or half as many again that are not.

    The ``in_full`` most notable are told in full, the others in two lines. There are as few desks as hold all, and
    these share them evenly: they are judged side by side, and the longest answer keeps the day waiting.
    """
    filed = {f.paper_id: taxonomy[f.category].key for f in filings}
    by_category: dict[str, list[Paper]] = {}
    for paper in ranking:
        if len(held := by_category.setdefault(filed[paper.id], [])) < cap:
            held.append(paper)
    told = {p.id for held in by_category.values() for p in held}
    short = {p.id for p in [p for p in ranking if p.id in told][in_full:]}
    told_in_order = [(key, paper) for key in taxonomy.order(by_category) for paper in by_category[key]]
    sizes = [_SHORT if paper.id in short else _FULL for _, paper in told_in_order]
    fewest = len(_shares(sizes, at_once * _FULL))
    even = next(shares for most in range(_FULL, at_once * _FULL + 1) if len(shares := _shares(sizes, most)) <= fewest)
    return tuple(_desk(told_in_order[share.start : share.stop], short) for share in even)


def _shares(sizes: Sequence[int], most: int) -> list[range]:
    """Neighbours in shares, each filled up to ``most``, which no size exceeds."""
    found: list[range] = []
    start = 0
    for place in range(1, len(sizes) + 1):
        if place == len(sizes) or sum(sizes[start : place + 1]) > most:
            found.append(range(start, place))
            start = place
    return found


def _desk(held: Sequence[tuple[str, Paper]], short: Container[str]) -> Desk:
    return Desk(
        categories=tuple(dict.fromkeys(key for key, _ in held)),
        papers=tuple(paper for _, paper in held),
        short=tuple(paper.id for _, paper in held if paper.id in short),
    )
