"""Connects today to the days before: turns what memory knows into facts that a writer may cite, never make."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date

from domain import trends, volume
from domain.assignments import Assignment
from domain.papers import Paper
from domain.reports import Filing
from domain.taxonomy import Taxonomy
from domain.topics import Lexicon
from domain.trends import DayRow, Fact, Recollection

from . import stories


def today(
    day: date, papers: Sequence[Paper], memory: Sequence[Recollection], filings: Sequence[Filing], lexicon: Lexicon
) -> DayRow:
    """The day's own row, counted as memory counts it once the day is remembered: new papers only."""
    again = {known.paper_id for known in memory if known.first_day}
    new = [paper for paper in papers if paper.id not in again]
    filed = {filing.paper_id: filing.category for filing in filings}
    return DayRow(
        day=day,
        new=len(new),
        categories=_counts(filed[paper.id] for paper in new if paper.id in filed),
        topics=_counts(topic for paper in new for topic in lexicon.topics_of(f"{paper.title}\n{paper.abstract}")),
    )


def facts(today: DayRow, history: Sequence[DayRow], taxonomy: Taxonomy, lexicon: Lexicon) -> tuple[Fact, ...]:
    """What the observed days before say about the whole day; one sentence that nothing can be said where they are few,
    or that nothing stood out."""
    if not today.new:
        return ()
    if few := volume.memory_fact(history):
        return (few,)
    found = (*volume.volume(today, history, taxonomy), *volume.topic_facts(today, history, lexicon))
    return found or (volume.calm_fact(history),)


def with_facts(
    assignments: Sequence[Assignment],
    papers: Sequence[Paper],
    recollections: Sequence[Recollection],
    earlier: Sequence[Paper],
    facts: Sequence[Fact],
) -> tuple[Assignment, ...]:
    """The assignments, each with its facts: what came again, what continues, how many papers it has today.

    ``earlier``: the papers of other days that the recollections call near. ``facts``: those of the whole day.
    """
    known, memory = {p.id: p for p in papers}, trends.by_id(recollections)
    texts = {p.id: p for p in earlier}

    def told(assignment: Assignment) -> tuple[Fact, ...]:
        again = [known[r.paper_id] for r in assignment.repeats]
        new = [*assignment.papers, *(known[id] for id in assignment.also)]
        return (
            *trends.repeats(again, memory, assignment.category),
            *stories.continuing(new, memory, texts, assignment.category),
            *(fact for fact in facts if fact.category == assignment.category),
        )

    return tuple(a.model_copy(update={"facts": told(a)}) for a in assignments)


def _counts(keys: Iterable[str]) -> tuple[tuple[str, int], ...]:
    return tuple(sorted(Counter(keys).items()))
