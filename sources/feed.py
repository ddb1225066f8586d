"""Any feed, RSS or Atom, by its address: ``feed:https://example.org/papers.rss``.

A feed holds its newest entries and no others, so a day that it has dropped already cannot be had any more. An entry
without a date counts for the day of the feed itself; where that has none either, it is dropped by name.
"""

import asyncio
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from typing import Any, cast
from urllib.parse import urlsplit
from xml.sax import SAXParseException

import feedparser
from bs4 import BeautifulSoup

from domain.papers import Paper, one_line
from domain.reports import Health, Listing

from .reading import records
from .reading.given import Given
from .reading.http import Lane, Web
from .reading.source import BadSource, Unavailable

_SECONDS = 3.0
_YEAR_FIRST = re.compile(r"\s*\d{4}[!-/:-~]")
_ISO = re.compile(r"\s*\d{4}-(?:\d\d?-\d\d?(?![^\sTZ,+-])|\d{1,3}(?![^\sTZ,+]))", re.IGNORECASE)
"""Of a date that begins with its year and is written in another way feedparser takes the year, and today's month."""


def open_source(what: str, given: Given) -> "Feed":
    """``what``: the address of the feed. Raises BadSource where it is none."""
    if not (records.is_link(what) and urlsplit(what).hostname):
        raise BadSource(f"{what!r} is no address of a feed; write feed:https://example.org/papers.rss")
    return Feed(given.web, what)


@dataclass(frozen=True)
class Feed:
    """The entries of one feed, called by its host."""

    web: Web
    address: str
    signal: bool = False

    @property
    def name(self) -> str:
        return urlsplit(self.address).hostname or ""

    async def listing(self, day: date) -> Listing:
        """The entries of a day. Raises Unavailable, also for a day before the oldest entry."""
        page = await self.web.get(self.address, lane=Lane(self.name, _SECONDS), media="xml")
        feed: Any = await asyncio.to_thread(_parsed, page.text)
        entries = cast("list[Any]", feed.entries)
        if not feed.get("version"):
            raise Unavailable(f"what {self.address} answers is no feed, or only part of one")
        own = _day(feed.feed)
        dated = [(_day(entry) or own, entry) for entry in entries]
        days = [told for told, _ in dated if told]
        if days and day < min(days):
            raise Unavailable(f"the feed {self.address} has dropped {day} already: it reaches back to {min(days)}")
        papers, drops = records.gather(
            self.name,
            [(told, entry) for told, entry in dated if told in (day, None)],
            self._paper,
            lambda dated: _text(dated[1].get("title")),
        )
        return Listing(
            papers=papers,
            drops=drops,
            health=Health(
                source=self.name,
                asked=self.address,
                state="answered" if papers else "empty",
                listed=len(papers) + len(drops),
                held=len(papers),
                batch=max(days, default=None),
                note="; ".join(filter(None, (_torn(feed), "" if papers else _why_empty(day, days, len(entries))))),
            ),
        )

    def _paper(self, dated: tuple[date | None, Any]) -> Paper:
        day, entry = dated
        if day is None:
            raise records.Unusable("no date that can be read, nor has the feed one")
        told = [*(part.get("value") for part in entry.get("content", ())), entry.get("summary")]
        link = entry.get("link") or ""
        return records.paper(
            source=self.name,
            title=_text(entry.get("title")),
            abstract=max(map(_text, told), key=len),
            addresses=(link, entry.get("id") or ""),
            authors=(author.get("name") or "" for author in entry.get("authors", ())),
            links=(link,),
            categories=(tag.get("term") or "" for tag in entry.get("tags", ())),
            published=_day(entry),
        )


def _parsed(text: str) -> Any:
    # As a stream, since a text that looks like an address or a file's name would be opened.
    headers = {"content-type": "application/xml; charset=utf-8"}
    return cast(Any, feedparser).parse(BytesIO(text.encode()), response_headers=headers)


def _torn(feed: Any) -> str:
    """What is wrong with its XML: what stands before that is read all the same, what comes after may be lost."""
    fault = feed.get("bozo_exception")
    if not isinstance(fault, SAXParseException):
        return ""
    return f"the feed is no well-formed XML ({fault.getMessage()}), so that entries may be missing"


def _day(held: Any) -> date | None:
    # Asked for a date that is not there, feedparser gives another one, and warns.
    name = "published" if held.get("published_parsed") else "updated"
    if f"{name}_parsed" not in held:
        return None
    told, moment = held.get(name) or "", held.get(f"{name}_parsed")
    if _YEAR_FIRST.match(told) and not _ISO.match(told):
        return None
    try:
        return date(*moment[:3]) if moment else None
    except ValueError:  # 0000-00-00, as databases write a date that is missing
        return None


def _text(html: str | None) -> str:
    """``html``: None where feedparser found its tags in pieces."""
    return one_line(BeautifulSoup(html or "", "html.parser").get_text(" "))


def _why_empty(day: date, days: Iterable[date], entries: int) -> str:
    if not entries:
        return "the feed holds no entries"
    newest = max(days, default=None)
    return f"the feed has no entry of {day}; its newest is of {newest}" if newest else "none of its entries has a date"
