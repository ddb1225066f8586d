"""Who writes about what: which new papers are told and which only listed, and how they share the writers' desks."""

import math
from collections.abc import Container, Iterable, Mapping, Sequence

from .papers import Paper
from .reports import Filing
from .taxonomy import Taxonomy
from .trends import Recollection
from .value import Value


class Desk(Value):
    """What one writer is handed: a few papers of a category, or of some that stand side by side."""

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
    """The papers that are told, in the taxonomy's order, at most ``cap`` of a category. At a desk sit ``at_once`` that
    are told in full, or half as many again that are not.

    The ``in_full`` most notable are told in full, the others in two lines.
    """
    filed = {f.paper_id: taxonomy[f.category].key for f in filings}
    by_category: dict[str, list[Paper]] = {}
    for paper in ranking:
        if len(held := by_category.setdefault(filed[paper.id], [])) < cap:
            held.append(paper)
    told = {p.id for held in by_category.values() for p in held}
    short = {p.id for p in [p for p in ranking if p.id in told][in_full:]}
    fill = at_once * _FULL
    found: list[Desk] = []
    waiting: list[tuple[str, Paper]] = []

    def size(held: Sequence[tuple[str, Paper]]) -> int:
        return sum(_SHORT if paper.id in short else _FULL for _, paper in held)

    def seat() -> None:
        papers = tuple(paper for _, paper in waiting)
        found.append(
            Desk(
                categories=tuple(dict.fromkeys(key for key, _ in waiting)),
                papers=papers,
                short=tuple(p.id for p in papers if p.id in short),
            )
        )
        waiting.clear()

    for key in taxonomy.order(by_category):
        held = [(key, paper) for paper in by_category[key]]
        if waiting and size(waiting) + size(held) > fill:
            seat()
        # A category that fills several desks is shared out evenly: six at a desk for five are three and three.
        shares = math.ceil(size(held) / fill)
        for share in range(shares):
            waiting += held[len(held) * share // shares : len(held) * (share + 1) // shares]
            if shares > 1:
                seat()
    if waiting:
        seat()
    return tuple(found)
