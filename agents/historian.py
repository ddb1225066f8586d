"""Connects today to the days before: turns what memory knows into facts that a writer may cite, never make."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from domain import trends, volume
from domain.claims import Claim
from domain.items import Item, Returning
from domain.papers import Paper
from domain.quoting import quote
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


def day_facts(today: DayRow, history: Sequence[DayRow], taxonomy: Taxonomy, lexicon: Lexicon) -> tuple[Fact, ...]:
    """What the observed days before say about the whole day; one sentence that nothing can be said where they are few,
    or that nothing stood out."""
    if not today.new:
        return ()
    if few := volume.memory_fact(history):
        return (few,)
    found = (*volume.volume(today, history, taxonomy), *volume.topic_facts(today, history, lexicon))
    return found or (volume.calm_fact(history),)


def facts(
    day: date,
    papers: Sequence[Paper],
    recollections: Sequence[Recollection],
    filings: Sequence[Filing],
    *,
    ranking: Sequence[Paper],
    history: Sequence[DayRow],
    earlier: Sequence[Paper],
    taxonomy: Taxonomy,
    lexicon: Lexicon,
) -> tuple[Fact, ...]:
    """All that the days before say about a day: about the whole of it, then about single papers."""
    now = today(day, papers, recollections, filings, lexicon)
    return (
        *day_facts(now, history, taxonomy, lexicon),
        *connections(ranking, filings, recollections, earlier),
    )


MOST = 3
"""Facts about the whole day that a page tells."""


def connections(
    ranking: Sequence[Paper],
    filings: Sequence[Filing],
    recollections: Sequence[Recollection],
    earlier: Sequence[Paper],
) -> tuple[Fact, ...]:
    """Which of the new papers continue the story of an earlier one.

    ``earlier``: the papers of other days that the recollections call near.
    """
    memory, texts = trends.by_id(recollections), {p.id: p for p in earlier}
    by_category: dict[str, list[Paper]] = {}
    filed = {filing.paper_id: filing.category for filing in filings}
    for paper in ranking:
        by_category.setdefault(filed.get(paper.id, ""), []).append(paper)
    return tuple(
        fact for key, new in sorted(by_category.items()) for fact in stories.continuing(new, memory, texts, key)
    )


def flow(facts: Sequence[Fact], language: str) -> tuple[Claim, ...]:
    """What is told of the whole day: its facts in their own words, each kind in turn, so that none hides another; none
    on a day on which nothing stands out, or of which too little is known."""
    by_kind: dict[str, list[int]] = {}
    for place, fact in enumerate(facts):
        if fact.kind in ("volume", "absent", "topic"):
            by_kind.setdefault(fact.kind, []).append(place)
    turns = sorted((turn, place) for places in by_kind.values() for turn, place in enumerate(places))
    shown = [facts[place] for place in sorted(place for _, place in turns[:MOST])]
    return tuple(Claim(kind="trend", role="flow", text=fact.text(language), facts=(fact.id,)) for fact in shown)


def returning(
    papers: Sequence[Paper],
    recollections: Sequence[Recollection],
    kept: Mapping[str, Item],
    names: Mapping[str, str],
) -> tuple[Returning, ...]:
    """The papers that came on an earlier day, the earliest first, each with one line of what was told of it then."""
    memory = trends.by_id(recollections)
    found: list[Returning] = []
    for paper in papers:
        known = memory.get(paper.id)
        if not known or not known.first_day:
            continue
        item = kept.get(paper.id) or quote(paper)
        told = item.one("hook") or item.one("result") or item.one("method")
        found.append(
            Returning(
                paper_id=paper.id,
                first_day=known.first_day,
                days=known.days,
                name=names.get(paper.id) or item.name,
                line=told.model_copy(update={"role": "returning"}) if told else None,
            )
        )
    return tuple(sorted(found, key=lambda one: (one.first_day, one.paper_id)))


def _counts(keys: Iterable[str]) -> tuple[tuple[str, int], ...]:
    return tuple(sorted(Counter(keys).items()))
