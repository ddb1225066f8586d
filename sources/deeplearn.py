"""deeplearn.org: which papers are hot there. A signal only, since the list repeats itself for days.

The site has no API, gives no arXiv ids and no clean abstracts: its titles only point at papers that other sources hold.
"""

import asyncio
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from urllib.parse import urljoin

from bs4 import BeautifulSoup
from bs4.element import Tag

from domain.papers import Paper, one_line, paper_id
from domain.reports import Health, Listing

from .reading import records
from .reading.given import Given
from .reading.http import Lane, Web
from .reading.source import Unavailable, takes_nothing

_LANE = Lane("deeplearn.org", 5.0)
_HOUR = 3600.0
_MOST, _MOST_TAGS = 500, 20_000
"""Hot papers, and tags of the page. Entries that are never closed are nested, and reading them takes longer with the
square of them."""


def open_source(what: str, given: Given) -> "Deeplearn":
    """Raises BadSource when it is told what to read: there is one list."""
    takes_nothing("deeplearn", what)
    return Deeplearn(given.web)


@dataclass(frozen=True)
class Deeplearn:
    """The hot list of the home page."""

    web: Web
    address: str = "https://deeplearn.org"
    name: str = "deeplearn"
    signal: bool = True

    async def listing(self, day: date) -> Listing:
        """The hot list of now, as papers without abstracts; nothing for a day that is over. Raises Unavailable."""
        today = datetime.fromtimestamp(self.web.clock(), UTC).date()
        if day < today - timedelta(days=1):
            note = "deeplearn.org only shows what is hot now"
            return Listing(
                papers=(), health=Health(source=self.name, asked=self.address, state="empty", signal=True, note=note)
            )
        page = await self.web.get(f"{self.address}/", lane=_LANE, media="html")
        entries = await asyncio.to_thread(_hot, page.text)
        await self.web.keep(page, _HOUR)
        papers, drops = records.gather(self.name, entries, lambda entry: self._paper(entry, page.url), _words)
        return Listing(
            papers=papers,
            drops=drops,
            health=Health(
                source=self.name,
                asked=page.url,
                state="answered" if papers else "empty",
                listed=len(entries),
                held=len(papers),
                signal=True,
                note="" if papers else "deeplearn.org shows no hot papers",
            ),
        )

    def _paper(self, entry: Tag, url: str) -> Paper:
        link = entry.find("a", href=True)
        address = urljoin(url, str(link["href"])) if link else ""
        if link is None or not records.is_link(address):
            raise records.Unusable("no link")
        title = _words(link)
        if not title:
            raise records.Unusable("no title")
        # The number in the address is the site's own, not an arXiv id.
        return Paper(id=paper_id(title), title=title, abstract="", links=(address,), sources=(self.name,))


def _hot(html: str) -> list[Tag]:
    if (tags := html.count("<")) > _MOST_TAGS:
        raise Unavailable(f"the home page of deeplearn.org has {tags:,} tags, which is no list of hot papers")
    for heading in BeautifulSoup(html, "html.parser").select("h3.panel-title"):
        panel = heading.find_parent("div", class_="panel") if _words(heading).casefold() == "hot papers" else None
        if panel:
            found = list(panel.select("div.title"))
            if len(found) > _MOST:
                raise Unavailable(f"deeplearn.org lists {len(found):,} hot papers, which is no list of them")
            return found
    raise Unavailable("the home page of deeplearn.org has no panel called Hot Papers any more")


def _words(tag: Tag) -> str:
    """A tag's first words: one that is never closed holds the rest of the page."""
    return one_line("".join(islice(tag.strings, 20))[:1000])
