"""Gathers the day's papers: every source asked, each paper once, every loss named."""

import asyncio
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date

from domain.orders import condemning, speaks
from domain.papers import Paper, merge
from domain.reports import Drop, Health, Listing
from domain.value import Value
from domain.withdrawals import Withdrawn
from sources import Source, Unavailable

_TELLING = 12
"""Characters from which on a title in a sentence is no accident."""


class Catch(Value):
    """What came in on one day."""

    papers: tuple[Paper, ...]
    withdrawn: tuple[Paper, ...]
    """Papers that say of themselves that they were withdrawn."""
    health: tuple[Health, ...]
    drops: tuple[Drop, ...]
    records: int
    """Records that the sources gave, usable or not, before they were merged."""
    warnings: tuple[str, ...] = ()
    """Papers whose text speaks to its reader instead of reporting, one sentence each."""


async def retrieve(
    day: date, sources: Sequence[Source], seen: Callable[[Sequence[Paper]], None] = lambda _: None
) -> Catch:
    """Asks all sources side by side. A source that does not answer costs its papers, never the day.

    ``seen`` is told, in a thread, what papers a source brings as soon as it has answered, and so before they are merged
    with those of the others.
    """

    async def ask(source: Source) -> Listing:
        listing = await ask_source(source, day)
        if not source.signal:
            await asyncio.to_thread(seen, [paper for paper in listing.papers if not paper.withdrawn])
        return listing

    return caught(await asyncio.gather(*map(ask, sources)))


def caught(listings: Sequence[Listing]) -> Catch:
    """What came in with the listings of a day."""
    records = [paper for listing in listings for paper in listing.papers]
    signals = {listing.health.source for listing in listings if listing.health.signal}
    merged = merge(records)
    # A hot list repeats itself for days and carries no abstracts: it confirms papers, it does not bring any.
    papers = tuple(p for p in merged if not signals.issuperset(p.sources) and not p.withdrawn)
    withdrawn = tuple(p for p in merged if not signals.issuperset(p.sources) and p.withdrawn)
    only_signalled = [
        Drop(step="retrieve", what=p.title, reason=f"only on a hot list ({', '.join(p.sources)}), in no listing")
        for p in merged
        if signals.issuperset(p.sources)
    ]
    titles = {paper.id: paper.title for paper in merged if len(paper.title) >= _TELLING}
    told = tuple(_fair(paper, titles) for paper in papers)
    return Catch(
        papers=told,
        withdrawn=withdrawn,
        health=tuple(_health(listing, {paper.id for paper in withdrawn}) for listing in listings),
        drops=(*(drop for listing in listings for drop in listing.drops), *only_signalled),
        records=len(records) + sum(len(listing.drops) for listing in listings),
        warnings=tuple(_warnings(told)),
    )


def _fair(paper: Paper, titles: Mapping[str, str]) -> Paper:
    """The paper without its word on the fate of others of the day, whose ``titles`` stand by id: it is no evidence
    about them."""
    others = [title for id, title in titles.items() if id != paper.id]
    condemned = condemning([sentence.text for sentence in paper.sentences], others)
    if not any(condemned):
        return paper
    sentences = tuple(
        sentence.model_copy(update={"use": "order"}) if sentence.use == "evidence" and condemns else sentence
        for sentence, condemns in zip(paper.sentences, condemned, strict=True)
    )
    return paper.model_copy(update={"sentences": sentences})


def _warnings(papers: Iterable[Paper]) -> Iterator[str]:
    """What papers say to their reader instead of reporting, a sentence for each paper that does."""
    for paper in papers:
        said = [paper.title] if speaks(paper.title) else []
        said += [sentence.text for sentence in paper.sentences if sentence.use == "order"]
        if said:
            more = f" and {len(said) - 1} more" if len(said) > 1 else ""
            yield (
                f"the text of “{paper.title}” speaks to its reader or judges other papers (“{said[0][:60]}”{more}): "
                "it is no evidence"
            )


def set_aside(withdrawn: Iterable[Withdrawn]) -> tuple[Drop, ...]:
    """Withdrawn papers as what they are to the day: something that came in and did not go on."""
    return tuple(
        Drop(
            step="retrieve",
            what=f"{gone.title} ({gone.paper_id})",
            reason=(f"first reported on {gone.first_day}, " if gone.first_day else "")
            + f"withdrawn, as known since {gone.day}: “{gone.note}”",
        )
        for gone in withdrawn
    )


def _health(listing: Listing, withdrawn: Collection[str]) -> Health:
    """The source's own account, with what the day could not use of it."""
    gone = sum(1 for paper in listing.papers if paper.withdrawn or paper.id in withdrawn)
    held = max(listing.health.held - gone, 0)
    return listing.health.model_copy(update={"lost": listing.drops, "withdrawn": gone, "held": held})


async def ask_source(source: Source, day: date) -> Listing:
    """What a source has of a day; where it does not answer, that it does not and why."""
    try:
        return await source.listing(day)
    except Unavailable as reason:
        health = Health(
            source=source.name, asked=day.isoformat(), state="unavailable", signal=source.signal, note=str(reason)
        )
        return Listing(papers=(), health=health)
