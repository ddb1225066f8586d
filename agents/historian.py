"""Connects today to the days before: asks memory once, and turns its answer into facts a writer may cite."""

from collections.abc import Mapping, Sequence

from domain import trends
from domain.assignments import Assignment
from domain.papers import Paper
from domain.trends import Fact, Recollection

NEAR = 0.8
"""Cosine above which an earlier paper is called close in subject: the smallest at which 90 % of 277 pairs that were
labelled by hand were (``python -m evals.stories``). At 0.72 it is half of them."""


def facts(assignment: Assignment, papers: Mapping[str, Paper], memory: dict[str, Recollection]) -> tuple[Fact, ...]:
    """The facts of one category: which papers came again, and which new ones stand close to an earlier one."""
    again = [papers[r.paper_id] for r in assignment.repeats]
    return (
        *trends.repeats(again, memory, assignment.category),
        *trends.continuing(assignment.papers, memory, assignment.category, threshold=NEAR),
    )


def with_facts(
    assignments: Sequence[Assignment], papers: Sequence[Paper], recollections: Sequence[Recollection]
) -> tuple[Assignment, ...]:
    """The assignments, each with its facts."""
    known, memory = {p.id: p for p in papers}, trends.by_id(recollections)
    return tuple(a.model_copy(update={"facts": facts(a, known, memory)}) for a in assignments)
