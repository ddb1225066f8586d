"""Feeds with the whole text of each day: Atom, RSS and JSON Feed, of all papers and of each category.

An entry is known by language, category and day, wherever the site lies and however often it is built: no reader is
shown a day twice. Its date is the morning after the day, in UTC. A day that broke has no entry until it is made.
"""

import json
import uuid
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, NamedTuple

from feedgen.feed import FeedGenerator

from . import paths
from .archive import Card
from .letter import headline, letter
from .site import Site, Way

DAYS = 14
"""Days that a feed holds."""
_IDS = uuid.uuid5(uuid.NAMESPACE_OID, "daily-ai-insights")
_JSON_FEED = "https://jsonfeed.org/version/1.1"


class FeedEntry(NamedTuple):
    """One day in a feed."""

    id: str
    title: str
    url: str
    html: str
    when: datetime


def cards(site: Site, category: str = "") -> tuple[Card, ...]:
    """The days that a feed holds, the newest first."""
    told = [card for card in site.archive.cards if card.status != "broken"]
    if category:
        told = [card for card in told if any(paper.category == category for paper in card.papers)]
    return tuple(reversed(told[-DAYS:]))


def feeds(site: Site, category: str = "") -> tuple[str, ...]:
    """The Atom, RSS and JSON feed, as text. Links are relative where the site does not know its address."""
    places = paths.feeds(category)
    way = Way(site, places[0], site.address)
    entries = [_entry(way, card, category) for card in cards(site, category)]
    name = site.taxonomy[category].name(site.language) if category else ""
    title = f"{site.own_words.brand}: {name}" if name else site.own_words.brand
    home = way.to(paths.category(category) if category else paths.HOME)
    atom, rss = (_generator(site, category, title, home, way.to(place), entries) for place in places[:2])
    return (
        atom.atom_str(pretty=True).decode(),
        rss.rss_str(pretty=True).decode(),
        _json(site, title, home, way.to(places[2]), entries),
    )


def _entry(way: Way, card: Card, category: str) -> FeedEntry:
    return FeedEntry(
        id=_id(way.site.language, category, str(card.day)),
        title=headline(way.site, card, category),
        url=way.day(card.day),
        html=letter(way, card, category),
        when=_morning_after(card.day),
    )


def _id(*parts: str) -> str:
    return uuid.uuid5(_IDS, "/".join(parts)).urn


def _morning_after(day: date) -> datetime:
    return datetime.combine(day + timedelta(days=1), time(), UTC)


def _generator(site: Site, category: str, title: str, home: str, own: str, entries: list[FeedEntry]) -> Any:
    """A feed for either form of XML. feedgen has no types of its own."""
    feed: Any = FeedGenerator()
    feed.id(_id(site.language, category))
    feed.title(title)
    feed.subtitle(site.own_words.about_lead)
    feed.description(site.own_words.about_lead)
    feed.author(name=site.own_words.brand)
    feed.language(site.language)
    feed.link(href=own, rel="self")
    feed.link(href=home, rel="alternate")
    # Of the newest entry: the clock would make every build another feed.
    newest = max((entry.when for entry in entries), default=datetime(1970, 1, 1, tzinfo=UTC))
    feed.updated(newest)
    for entry in entries:
        one: Any = feed.add_entry(order="append")
        one.guid(entry.id, permalink=False)
        one.id(entry.id)
        one.title(entry.title)
        one.link(href=entry.url)
        one.published(entry.when)
        one.updated(entry.when)
        one.content(entry.html, type="html")
    return feed


def _json(site: Site, title: str, home: str, own: str, entries: list[FeedEntry]) -> str:
    told = {
        "version": _JSON_FEED,
        "title": title,
        "description": site.own_words.about_lead,
        "home_page_url": home,
        "feed_url": own,
        "language": site.language,
        "authors": [{"name": site.own_words.brand}],
        "items": [
            {
                "id": entry.id,
                "url": entry.url,
                "title": entry.title,
                "content_html": entry.html,
                "date_published": entry.when.isoformat(),
                "date_modified": entry.when.isoformat(),
            }
            for entry in entries
        ],
    }
    return json.dumps(told, ensure_ascii=False, indent=1) + "\n"


def categories(site: Site) -> Iterator[str]:
    """The keys of the categories that have a feed."""
    return iter(site.archive.firsts)
