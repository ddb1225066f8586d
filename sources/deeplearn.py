"""deeplearn.org: which papers are hot there. A signal only, since the list repeats itself for days.

The site has no API, gives no arXiv ids and no clean abstracts: its titles only point at papers that other sources hold.
"""

import asyncio
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
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
        papers, drops = records.gather(
            self.name, entries, lambda entry: self._paper(entry, page.url), lambda entry: one_line(entry.get_text())
        )
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
        title = one_line(link.get_text())
        if not title:
            raise records.Unusable("no title")
        # The number in the address is the site's own, not an arXiv id.
        return Paper(id=paper_id(title), title=title, abstract="", links=(address,), sources=(self.name,))


def _hot(html: str) -> list[Tag]:
    for panel in BeautifulSoup(html, "html.parser").select("div.panel"):
        heading = panel.select_one("h3.panel-title")
        if heading is not None and one_line(heading.get_text()).casefold() == "hot papers":
            return list(panel.select("div.title"))
    raise Unavailable("the home page of deeplearn.org has no panel called Hot Papers any more")
