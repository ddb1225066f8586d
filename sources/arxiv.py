"""arXiv: what is announced on a day in some categories, ``arxiv:cs.CL+cs.LG``; without any in those of AI.

The newest day is read from the listing pages, which state their date and their count; the Atom feed stands in where one
fails. Days before are asked of the API by the time of submission. By arXiv's terms of use
(https://info.arxiv.org/help/api/tou.html) all its hosts together get one request in three seconds, on one connection.
"""

import asyncio
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple

from domain.papers import Paper
from domain.reports import Drop, Health, Listing

from .reading import arxiv_calendar, arxiv_pages
from .reading.arxiv_pages import Batch
from .reading.given import Given
from .reading.http import Lane, Web
from .reading.source import BadSource, Unavailable

_OF_AI = ("cs.AI", "cs.CL", "cs.CV", "cs.LG")
_LANE = Lane("arxiv.org", 3.0)
_SLICE = 1000
"""Papers in one answer of the API, which bears 2,000; it answers smaller slices more surely."""
_MOST = 30_000
_DAY_LONG = 86_400.0
_SETTLED = timedelta(days=7)
_CATEGORY = re.compile(r"[a-z-]+(\.[A-Za-z-]+)?")


class _Answer(NamedTuple):
    """What one category gave."""

    batch: Batch
    note: str = ""


def open_source(what: str, given: Given) -> "Arxiv":
    """``what``: categories, joined by ``+`` as arXiv joins them in its feeds. Raises BadSource for one that is none."""
    return Arxiv(given.web, tuple(what.split("+")) if what else _OF_AI)


@dataclass(frozen=True)
class Arxiv:
    """New papers and cross-lists of some categories (``cs.AI``); replacements are not news."""

    web: Web
    categories: tuple[str, ...]
    address: str = "https://arxiv.org"
    api: str = "https://export.arxiv.org"
    feeds: str = "https://rss.arxiv.org"
    name: str = "arxiv"
    signal: bool = False

    def __post_init__(self) -> None:
        for category in self.categories:
            if not _CATEGORY.fullmatch(category):
                raise BadSource(f"{category!r} is not an arXiv category, such as cs.AI or stat.ML")

    async def listing(self, day: date) -> Listing:
        """The listing of a date. Raises Unavailable, also for a date whose listing is not out yet."""
        if note := arxiv_calendar.why_quiet(day):
            health = Health(source=self.name, asked=", ".join(self.categories), state="empty", listed=0, note=note)
            return Listing(papers=(), health=health)
        newest = arxiv_calendar.newest(self._now())
        if day > newest:
            out = arxiv_calendar.announced_at(day)
            raise Unavailable(f"arXiv's listing of {day} comes out at {out:%Y-%m-%d %H:%M} UTC; the newest is {newest}")
        return await (self._announced(day) if day == newest else self._submitted(day))

    def _now(self) -> datetime:
        return datetime.fromtimestamp(self.web.clock(), UTC)

    async def _announced(self, day: date) -> Listing:
        answers: list[_Answer] = []
        stale: dict[str, date] = {}
        failed: dict[str, str] = {}
        for category in self.categories:
            try:
                answer = await self._category(category, day)
            except Unavailable as fault:
                failed[category] = str(fault)
                continue
            if answer.batch.day and answer.batch.day != day:
                stale[category] = answer.batch.day
            else:
                answers.append(answer)
        if len(failed) == len(self.categories):
            raise Unavailable("; ".join(dict.fromkeys(failed.values())))
        papers = _once(paper for answer in answers for paper in answer.batch.papers)
        drops = tuple(drop for answer in answers for drop in answer.batch.drops)
        missing = sum(max(answer.batch.listed - answer.batch.held, 0) for answer in answers)
        notes = [answer.note for answer in answers if answer.note]
        notes += [f"{category} still shows the listing of {shown}" for category, shown in stale.items()]
        notes += [f"{category}: {reason}" for category, reason in failed.items()]
        if not papers and not notes:
            notes.append(f"arXiv has no updates on {day} in {', '.join(self.categories)}")
        return Listing(
            papers=papers,
            drops=drops,
            health=Health(
                source=self.name,
                asked=f"{self.address}/list/({', '.join(self.categories)})/new",
                state="unavailable" if failed else "stale" if stale else "answered" if papers else "empty",
                listed=len(papers) + len(drops) + missing,
                held=len(papers),
                batch=min(stale.values(), default=day),
                note="; ".join(notes),
            ),
        )

    async def _category(self, category: str, day: date) -> _Answer:
        try:
            page = await self.web.get(
                f"{self.address}/list/{category}/new",
                params={"skip": "0", "show": str(arxiv_pages.MOST_ENTRIES)},
                lane=_LANE,
                media="html",
            )
            batch = await asyncio.to_thread(arxiv_pages.listing_page, page.text, self.name, category)
        except Unavailable as fault:
            return await self._instead(category, day, str(fault))
        if batch.day != day:
            return _Answer(batch)
        if batch.held == batch.listed:
            change = arxiv_calendar.announced_at(arxiv_calendar.following(day))
            await self.web.keep(page, (change - self._now()).total_seconds())
            return _Answer(batch)
        return await self._beside(category, batch)

    async def _instead(self, category: str, day: date, reason: str) -> _Answer:
        try:
            batch = await self._feed(category)
        except Unavailable as fault:
            raise Unavailable(f"{reason}; its feed: {fault}") from fault
        if batch.day != day:
            raise Unavailable(f"{reason}; its feed holds {f'the listing of {batch.day}' if batch.day else 'nothing'}")
        return _Answer(batch, f"{category} was read from its feed: {reason}")

    async def _beside(self, category: str, batch: Batch) -> _Answer:
        """A listing page whose count is wrong, with what its feed has beyond it."""
        counted = f"{category} lists {batch.listed} papers, but its page holds {batch.held}"
        try:
            fed = await self._feed(category)
        except Unavailable as fault:
            return _Answer(batch, f"{counted}; its feed: {fault}")
        known = {paper.id for paper in batch.papers}
        more = tuple(paper for paper in fed.papers if paper.id not in known) if fed.day == batch.day else ()
        return _Answer(batch._replace(papers=batch.papers + more), f"{counted}; {len(more)} more came from its feed")

    async def _feed(self, category: str) -> Batch:
        page = await self.web.get(f"{self.feeds}/atom/{category}", lane=_LANE, media="xml")
        return await asyncio.to_thread(arxiv_pages.feed, page.text, self.name, category)

    async def _submitted(self, day: date) -> Listing:
        start, end = arxiv_calendar.submitted(day)
        # The API counts both ends of a range as inside, in minutes.
        window = f"{start:%Y%m%d%H%M} TO {end - timedelta(minutes=1):%Y%m%d%H%M}"
        categories = " OR ".join(f"cat:{category}" for category in self.categories)
        query = f"({categories}) AND submittedDate:[{window}]"
        fresh = None if self._now().date() - day > _SETTLED else _DAY_LONG
        papers: list[Paper] = []
        drops: list[Drop] = []
        read, total = 0, 1
        while read < min(total, _MOST):
            batch = await self._query(
                {
                    "search_query": query,
                    "start": str(read),
                    "max_results": str(_SLICE),
                    "sortBy": "submittedDate",
                    "sortOrder": "ascending",
                },
                fresh,
            )
            total = batch.listed
            if not batch.held:
                break
            papers += batch.papers
            drops += batch.drops
            read += batch.held
        if total and not papers:
            raise Unavailable(f"arXiv's API says it has {total} papers of {day}, but gave none that can be used")
        note = "" if papers else f"arXiv's API has no papers submitted {window} UTC"
        if read < total:
            note = f"arXiv's API says it has {total} papers, but gave {read}"
        return Listing(
            papers=_once(papers),
            drops=tuple(drops),
            health=Health(
                source=self.name,
                asked=f"{self.api}/api/query {query}",
                state="answered" if papers else "empty",
                listed=total,
                held=len(papers),
                batch=day,
                note=note,
            ),
        )

    async def _query(self, params: dict[str, str], fresh: float | None) -> Batch:
        page = await self.web.get(f"{self.api}/api/query", params=params, lane=_LANE, media="xml")
        batch = await asyncio.to_thread(arxiv_pages.api_answer, page.text, self.name)
        if batch.held:
            await self.web.keep(page, fresh)
        return batch


def _once(papers: Iterable[Paper]) -> tuple[Paper, ...]:
    """Each paper once: cross-lists stand on the pages of several categories."""
    return tuple({paper.id: paper for paper in papers}.values())
