from datetime import UTC, date, datetime

import pytest

from domain.papers import paper_id
from sources import Unavailable
from sources.deeplearn import Deeplearn
from sources.reading.http import Web

from .conftest import Reply, Site, Time

HOME = """<html><body>
<div class="panel"><h3 class="panel-title">New Papers</h3>
  <div class="title"><a href="/arxiv/800001/not-this-one">Not This One</a></div></div>
<div class="panel panel-default"><div class="panel-heading"><h3 class="panel-title"> Hot
   Papers </h3></div>
  <div class="title"><a href="/arxiv/799587/warm-starts">Warm Starts
     for Cold Data</a></div>
  <div class="title">no link at all</div>
  <div class="title"><a href="javascript:void(0)">A Trap</a></div>
  <div class="title"><a href="/arxiv/799588/glow">Glow &amp; Tell</a></div></div>
<div class="panel"><div class="title"><a href="/arxiv/800002/nor-this">Nor This</a></div></div>
</body></html>"""
TODAY = date(2027, 1, 15)


@pytest.fixture
def source(site: Site, web: Web, time: Time) -> Deeplearn:
    time.now = datetime(2027, 1, 15, 6, tzinfo=UTC).timestamp()
    return Deeplearn(web, address=site.base)


async def test_only_the_hot_panel_is_read_and_gives_titles_without_abstracts(site: Site, source: Deeplearn) -> None:
    site.answers("/", Reply(HOME, kind="text/html"))
    listing = await source.listing(TODAY)
    assert [(paper.id, paper.title, paper.abstract) for paper in listing.papers] == [
        (paper_id("Warm Starts for Cold Data"), "Warm Starts for Cold Data", ""),
        (paper_id("Glow & Tell"), "Glow & Tell", ""),
    ]
    assert listing.papers[0].id.startswith("title:")
    assert listing.papers[0].links == (f"{site.base}/arxiv/799587/warm-starts",)
    assert [(drop.what, drop.reason) for drop in listing.drops] == [
        ("deeplearn: no link at all", "no link"),
        ("deeplearn: A Trap", "no link"),
    ]
    assert source.signal and listing.health.signal
    assert (listing.health.listed, listing.health.held, len(site.asked)) == (4, 2, 1)


async def test_a_home_page_without_the_panel_is_unavailable(site: Site, source: Deeplearn) -> None:
    site.answers("/", Reply("<html><h3 class='panel-title'>Hot Papers</h3></html>", kind="text/html"))
    with pytest.raises(Unavailable, match="no panel called Hot Papers"):
        await source.listing(TODAY)


async def test_a_panel_without_papers_is_empty(site: Site, source: Deeplearn) -> None:
    site.answers("/", Reply("<div class='panel'><h3 class='panel-title'>Hot Papers</h3></div>", kind="text/html"))
    assert (await source.listing(TODAY)).health.state == "empty"


async def test_the_hot_list_of_now_says_nothing_about_days_before_yesterday(site: Site, source: Deeplearn) -> None:
    site.answers("/", Reply(HOME, kind="text/html"))
    listing = await source.listing(date(2027, 1, 13))
    assert (listing.papers, listing.health.state, site.asked) == ((), "empty", [])
    assert "hot now" in listing.health.note
    assert len((await source.listing(date(2027, 1, 14))).papers) == 2


def home(*entries: str) -> str:
    return f'<div class="panel"><h3 class="panel-title">Hot Papers</h3>{"".join(entries)}</div>'


def unclosed(number: int) -> str:
    return f'<div class="title"><a href="/arxiv/{number}/x">Paper {number}'


@pytest.mark.parametrize(
    ("page", "complaint"),
    [
        (home(*map(unclosed, range(501))), "lists 501 hot papers"),
        (home("<p>" * 20_000), "has 20,004 tags"),
    ],
)
async def test_a_page_larger_than_any_hot_list_is_unavailable(
    site: Site, source: Deeplearn, page: str, complaint: str
) -> None:
    site.answers("/", Reply(page, kind="text/html"))
    with pytest.raises(Unavailable, match=complaint):
        await source.listing(TODAY)


async def test_a_title_that_is_never_closed_holds_no_more_than_its_first_words(site: Site, source: Deeplearn) -> None:
    site.answers("/", Reply(home(*map(unclosed, range(200))), kind="text/html"))
    listing = await source.listing(TODAY)
    assert (listing.health.listed, max(len(paper.title) for paper in listing.papers) <= 1_000) == (200, True)
