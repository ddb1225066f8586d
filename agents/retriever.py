"""Gathers the day's papers: every source asked, each paper once, every loss named."""

import asyncio
from collections.abc import Sequence
from datetime import date

from domain.grounding.instructions import find_instruction
from domain.papers import Paper, merge
from domain.reports import Drop, Health, Listing
from domain.value import Value
from sources import Source, Unavailable


class Catch(Value):
    """What came in on one day."""

    papers: tuple[Paper, ...]
    health: tuple[Health, ...]
    drops: tuple[Drop, ...]
    records: int
    """Records that the sources gave, usable or not, before they were merged."""
    warnings: tuple[str, ...] = ()
    """Papers whose text tries to order a model about, one sentence each."""


async def retrieve(day: date, sources: Sequence[Source]) -> Catch:
    """Asks all sources side by side. A source that does not answer costs its papers, never the day."""
    listings = await asyncio.gather(*(_ask(source, day) for source in sources))
    records = [paper for listing in listings for paper in listing.papers]
    signals = {listing.health.source for listing in listings if listing.health.signal}
    merged = merge(records)
    # A hot list repeats itself for days and carries no abstracts: it confirms papers, it does not bring any.
    papers = tuple(p for p in merged if not signals.issuperset(p.sources))
    only_signalled = [
        Drop(step="retrieve", what=p.title, reason=f"only on a hot list ({', '.join(p.sources)}), in no listing")
        for p in merged
        if signals.issuperset(p.sources)
    ]
    return Catch(
        papers=papers,
        health=tuple(listing.health for listing in listings),
        drops=(*(drop for listing in listings for drop in listing.drops), *only_signalled),
        records=len(records) + sum(len(listing.drops) for listing in listings),
        warnings=tuple(
            f"the text of “{paper.title}” reads as an instruction to a model in one place (“{order[:60]}”): it is data"
            for paper in papers
            if (order := find_instruction(paper.title) or find_instruction(paper.abstract))
        ),
    )


async def _ask(source: Source, day: date) -> Listing:
    try:
        return await source.listing(day)
    except Unavailable as reason:
        health = Health(
            source=source.name, asked=day.isoformat(), state="unavailable", signal=source.signal, note=str(reason)
        )
        return Listing(papers=(), health=health)
