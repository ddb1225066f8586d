"""Who writes about what: the day's papers by category, the repeats apart, the best of the new ones chosen."""

import math
from collections.abc import Mapping, Sequence

from .papers import Paper
from .reports import Filing, Repeat
from .taxonomy import Taxonomy
from .trends import Fact, Recollection
from .value import Value


class Assignment(Value):
    """One category's share of the day."""

    category: str
    papers: tuple[Paper, ...]
    """New papers to be synthesised, the most notable first."""
    also: tuple[str, ...] = ()
    """Ids of further new papers, to be listed."""
    repeats: tuple[Repeat, ...] = ()
    facts: tuple[Fact, ...] = ()
    """Trend facts that its writer may cite."""


def notability(paper: Paper, memory: Recollection | None, certainty: float) -> tuple[float, float]:
    """Orders new papers for the cap: readers' votes, how many sources agree, and distance from what was there before.

    Votes count by their logarithm, so that one viral paper does not silence agreement and novelty. Certainty of the
    category breaks ties: a paper that hardly belongs here should not speak for the category.
    """
    nearest = max((n.similarity for n in memory.neighbours), default=0.0) if memory else 0.0
    return math.log1p(paper.votes) + 0.7 * (len(paper.sources) - 1) + (1.0 - nearest), certainty


def assign(
    papers: Sequence[Paper],
    memory: Mapping[str, Recollection],
    filings: Sequence[Filing],
    taxonomy: Taxonomy,
    *,
    cap: int,
) -> tuple[Assignment, ...]:
    """Every paper of the day in exactly one assignment, categories in printing order, at most ``cap`` synthesised each.

    Papers without an abstract cannot be synthesised; they are listed.
    """
    filed = {f.paper_id: f for f in filings}
    by_category: dict[str, list[Paper]] = {}
    for paper in papers:
        by_category.setdefault(taxonomy[filed[paper.id].category].key, []).append(paper)
    assignments: list[Assignment] = []
    for key in taxonomy.order(by_category):
        repeats: list[Repeat] = []
        new: list[Paper] = []
        for paper in by_category[key]:
            known = memory.get(paper.id)
            if known and known.first_day:
                repeats.append(Repeat(paper_id=paper.id, first_day=known.first_day, days=known.days))
            else:
                new.append(paper)
        ranks = {p.id: notability(p, memory.get(p.id), filed[p.id].certainty) for p in new}
        new.sort(key=lambda p: (not p.abstract, -ranks[p.id][0], -ranks[p.id][1], p.id))
        chosen = [p for p in new[:cap] if p.abstract]
        rest = [p for p in new if p not in chosen]
        assignments.append(
            Assignment(
                category=key,
                papers=tuple(chosen),
                also=tuple(p.id for p in rest),
                repeats=tuple(sorted(repeats, key=lambda r: (r.first_day, r.paper_id))),
            )
        )
    return tuple(assignments)
