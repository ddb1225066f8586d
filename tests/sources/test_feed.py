"""Any feed as a source, read from a loopback site."""

from datetime import date
from pathlib import Path

import pytest

from sources import BadSource, Given, Unavailable
from sources.feed import Feed, open_source
from sources.reading.http import Web
from tests.sources.conftest import Reply, Site

DAY = date(2026, 11, 20)
RSS = """<?xml version="1.0" encoding="windows-1252"?>
<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Papers</title>
<item><title>Sparse Attention for &lt;i&gt;Long&lt;/i&gt; Documents</title><link>https://arxiv.org/abs/2611.01234v2</link>
<description>&lt;p&gt;We prune attention heads.&lt;/p&gt; &lt;script&gt;x()&lt;/script&gt;Poincaré maps
stay.</description><dc:creator>김민수</dc:creator><category>cs.CL</category>
<pubDate>Fri, 20 Nov 2026 09:00:00 GMT</pubDate></item>
<item><title>No Words</title><link>https://example.org/2</link><pubDate>Fri, 20 Nov 2026 10:00:00 GMT</pubDate></item>
<item><title>Another Day</title><link>https://example.org/3</link><description>Older.</description>
<pubDate>Wed, 18 Nov 2026 09:00:00 GMT</pubDate></item>
</channel></rss>"""
ATOM = """<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>Forum</title>
<updated>2026-11-20T23:00:00Z</updated>
<entry><id>urn:1</id><title>Undated</title><link href="https://forum.example/1"/><summary>It counts.</summary></entry>
<entry><id>urn:2</id><title>Script</title><link href="javascript:steal()"/><summary>A link that is none.</summary>
<updated>2026-11-20T01:00:00Z</updated></entry></feed>"""


def served(site: Site, web: Web, body: str, kind: str = "application/rss+xml") -> Feed:
    site.answers("/papers", Reply(body, kind=kind))
    return Feed(web, f"{site.base}/papers")


async def test_a_feed_gives_the_papers_of_its_day_and_names_what_is_none(site: Site, web: Web) -> None:
    listing = await served(site, web, RSS).listing(DAY)
    (paper,) = listing.papers
    assert (paper.id, paper.title) == ("arxiv:2611.01234", "Sparse Attention for Long Documents")
    assert "We prune attention heads." in paper.abstract and "Poincaré maps stay." in paper.abstract
    assert "script" not in paper.abstract
    assert (paper.authors, paper.categories, paper.published) == (("김민수",), ("cs.CL",), DAY)
    assert paper.sources == ("127.0.0.1",)
    assert [(drop.what, drop.reason) for drop in listing.drops] == [("127.0.0.1: No Words", "no abstract")]
    assert (listing.health.state, listing.health.listed, listing.health.held) == ("answered", 2, 1)


async def test_an_entry_without_a_date_is_of_the_feeds_day_and_a_script_is_no_link(site: Site, web: Web) -> None:
    listing = await served(site, web, ATOM, "application/atom+xml").listing(DAY)
    assert [(paper.title, paper.links) for paper in listing.papers] == [
        ("Undated", ("https://forum.example/1",)),
        ("Script", ()),
    ]


async def test_a_day_without_entries_is_empty_and_one_that_was_dropped_is_unavailable(site: Site, web: Web) -> None:
    feed = served(site, web, RSS)
    quiet = (await feed.listing(date(2026, 11, 19))).health
    assert (quiet.state, quiet.note) == ("empty", "the feed has no entry of 2026-11-19; its newest is of 2026-11-20")
    with pytest.raises(Unavailable, match="has dropped 2026-11-17 already: it reaches back to 2026-11-18"):
        await feed.listing(date(2026, 11, 17))


async def test_what_is_no_feed_is_told_and_nothing_else_is_opened(site: Site, web: Web, tmp_path: Path) -> None:
    file = tmp_path / "feed.xml"
    file.write_text(RSS, encoding="utf-8")
    for body in ("<html><body>Sign in</body></html>", str(file), ""):
        with pytest.raises(Unavailable, match="is no feed, or only part of one"):
            await served(site, web, body, "text/xml").listing(DAY)


@pytest.mark.parametrize("what", ["", "papers.rss", "file:///etc/passwd", "https://"])
def test_a_feed_without_an_address_is_refused_in_a_sentence(what: str) -> None:
    with pytest.raises(BadSource, match="is no address of a feed; write feed:https"):
        open_source(what, Given())


async def test_a_feed_that_is_cut_off_gives_what_it_has_and_says_that_entries_may_be_missing(
    site: Site, web: Web
) -> None:
    listing = await served(site, web, RSS[: RSS.index("<item><title>No Words")]).listing(DAY)
    assert [paper.id for paper in listing.papers] == ["arxiv:2611.01234"]
    assert "no well-formed XML" in listing.health.note and "entries may be missing" in listing.health.note
    whole = await served(site, web, RSS).listing(DAY)
    assert whole.health.note == ""


@pytest.mark.parametrize(
    "told",
    ["Fri, {{ 7 * 7 }}20 Nov 2026 10:00:00 GMT", "0000-00-00 00:00:00", "2026-1null1-20T10:00:00Z", "2026/11/20 10:00"],
)
async def test_an_entry_whose_date_cannot_be_read_is_named(site: Site, web: Web, told: str) -> None:
    body = RSS.replace("Fri, 20 Nov 2026 10:00:00 GMT", told)
    listing = await served(site, web, body).listing(DAY)
    assert [paper.id for paper in listing.papers] == ["arxiv:2611.01234"]
    assert [(drop.what, drop.reason) for drop in listing.drops] == [
        ("127.0.0.1: No Words", "no date that can be read, nor has the feed one")
    ]
    assert (listing.health.listed, listing.health.held) == (2, 1)


async def test_an_entry_whose_tags_are_in_pieces_costs_no_other(site: Site, web: Web) -> None:
    torn = """<item><title>Torn</title><description>We study.</description><pubDate>Fri</title><description>We
<item><title>Within</title><description>We test.</description><pubDate>Fri, 20 Nov 2026 09:00:00 GMT</pubDate></item>"""
    listing = await served(site, web, RSS.replace("<item><title>No Words", f"{torn}<item><title>No Words")).listing(DAY)
    assert [paper.title for paper in listing.papers] == ["Sparse Attention for Long Documents"]
    assert ("127.0.0.1: Within", "no abstract") in [(drop.what, drop.reason) for drop in listing.drops]
    assert "entries may be missing" in listing.health.note
