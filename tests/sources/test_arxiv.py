from datetime import UTC, date, datetime
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from domain.reports import Listing
from sources import Unavailable
from sources.arxiv import Arxiv
from sources.reading import arxiv_pages
from sources.reading.http import Web
from tests.work import calls

from .arxiv_answers import answer, fed, feed, found, listed, listing
from .conftest import Reply, Site, Time

DAY = date(2026, 8, 12)
HEADING = "Wednesday, 12 August 2026"
BROKEN = Reply("<html>Down for maintenance</html>", kind="text/html")


@pytest.fixture
def source(site: Site, web: Web, time: Time) -> Arxiv:
    time.now = datetime(2026, 8, 12, 2, tzinfo=UTC).timestamp()
    return opened(site, web)


def opened(site: Site, web: Web, *categories: str) -> Arxiv:
    return Arxiv(web, categories or ("cs.AI",), address=site.base, api=site.base, feeds=site.base)


def ids(answered: Listing) -> list[str]:
    return [paper.id.removeprefix("arxiv:") for paper in answered.papers]


def paths(site: Site) -> list[str]:
    return [urlsplit(target).path for target in site.asked]


async def test_new_papers_and_cross_lists_are_read_from_the_listing_page(site: Site, source: Arxiv) -> None:
    new = listed(
        "2608.00001",
        title="Fast &amp;\n Frugal $x^2$",
        abstract='We are<br/>2% faster. Code at <a href="https://example.org/code" rel="nofollow">this https URL</a>.',
        subjects="Machine Learning (cs.LG)</span>; Methodology (stat.ME); High Energy Physics - Theory (hep-th)",
    )
    cross = listed("2608.00002", kind="(cross-list from cs.LG)")
    replaced = listed("2508.00003", kind="(replaced)")
    site.answers(
        "/list/cs.AI/new", listing(HEADING, ("New", 1, [new]), ("Cross", 1, [cross]), ("Replacement", 1, [replaced]))
    )
    day = await source.listing(DAY)
    assert site.asked == ["/list/cs.AI/new?skip=0&show=2000"]
    assert ids(day) == ["2608.00001", "2608.00002"]
    paper = day.papers[0]
    assert paper.title == "Fast & Frugal x²"
    assert paper.abstract == "We are 2% faster. Code at https://example.org/code."
    assert paper.authors == ("Mina Park", "Jon Ek")
    assert paper.categories == ("cs.LG", "stat.ME", "hep-th")
    assert paper.links == ("https://arxiv.org/abs/2608.00001",)
    assert (paper.published, paper.sources) == (None, ("arxiv",))
    health = day.health
    assert (health.state, health.listed, health.held, health.batch, health.note) == ("answered", 2, 2, DAY, "")


async def test_a_paper_on_two_lists_is_one_and_requests_keep_three_seconds(
    site: Site, source: Arxiv, time: Time
) -> None:
    for category, number in (("cs.AI", "2608.00002"), ("cs.CL", "2608.00003")):
        entries = [listed("2608.00001"), listed(number)]
        site.answers(f"/list/{category}/new", listing(HEADING, ("New", 2, entries)))
    day = await opened(site, source.web, "cs.AI", "cs.CL").listing(DAY)
    assert ids(day) == ["2608.00001", "2608.00002", "2608.00003"]
    assert time.slept == [3.0]
    assert (day.health.listed, day.health.held) == (3, 3)


async def test_one_broken_entry_costs_one_paper_and_is_named(site: Site, source: Arxiv) -> None:
    entries = [
        listed("2608.00001"),
        listed("2608.00002", abstract=""),
        listed("2608.00003", title=""),
        "<dt><a href='/elsewhere'>arXiv</a></dt><dd></dd>",
        "<dt><a href='/abs/2608.00004' title='Abstract'>arXiv:2608.00004</a></dt>",
        listed("2608.00005"),
    ]
    site.answers("/list/cs.AI/new", listing(HEADING, ("New", 6, entries)))
    day = await source.listing(DAY)
    assert ids(day) == ["2608.00001", "2608.00005"]
    assert [(drop.what, drop.reason) for drop in day.drops] == [
        ("arxiv cs.AI: 2608.00002", "no abstract"),
        ("arxiv cs.AI: 2608.00003", "no title"),
        ("arxiv cs.AI: record 4", "no arXiv id"),
        ("arxiv cs.AI: 2608.00004", "nothing but an id"),
    ]
    assert (day.health.listed, day.health.held) == (6, 2)


async def test_a_listing_of_another_day_is_stale_and_gives_no_papers(site: Site, source: Arxiv) -> None:
    site.answers("/list/cs.AI/new", listing("Tuesday, 11 August 2026", ("New", 1, [listed("2608.00001")])))
    day = await source.listing(DAY)
    assert (day.papers, day.health.state, day.health.batch) == ((), "stale", date(2026, 8, 11))
    assert day.health.note == "cs.AI still shows the listing of 2026-08-11"
    assert paths(site) == ["/list/cs.AI/new"]


async def test_one_stale_category_makes_the_day_stale_but_keeps_the_others(site: Site, source: Arxiv) -> None:
    site.answers("/list/cs.AI/new", listing("Tuesday, 11 August 2026", ("New", 1, [listed("2608.00001")])))
    site.answers("/list/cs.CL/new", listing(HEADING, ("New", 1, [listed("2608.00002")])))
    day = await opened(site, source.web, "cs.AI", "cs.CL").listing(DAY)
    assert (ids(day), day.health.state, day.health.batch) == (["2608.00002"], "stale", date(2026, 8, 11))


async def test_a_page_with_fewer_papers_than_it_states_is_filled_from_the_feed(site: Site, source: Arxiv) -> None:
    site.answers("/list/cs.AI/new", listing(HEADING, ("New", 1200, [listed("2608.00001")])))
    site.answers("/atom/cs.AI", feed(fed("2608.00001"), fed("2608.00002")))
    day = await source.listing(DAY)
    assert ids(day) == ["2608.00001", "2608.00002"]
    assert day.health.note == "cs.AI lists 1200 papers, but its page holds 1; 1 more came from its feed"
    assert (day.health.listed, day.health.held) == (1200, 2)


@pytest.mark.parametrize(
    ("fallback", "told"),
    [
        (feed(fed("2608.00002", day="2026-08-11")), "0 more came from its feed"),
        (BROKEN, "its feed: 127.0.0.1 answered with text/html"),
    ],
)
async def test_a_wrong_count_is_told_when_the_feed_cannot_help(
    site: Site, source: Arxiv, fallback: Reply, told: str
) -> None:
    site.answers("/list/cs.AI/new", listing(HEADING, ("New", 2, [listed("2608.00001")])))
    site.answers("/atom/cs.AI", fallback)
    day = await source.listing(DAY)
    assert ids(day) == ["2608.00001"]
    assert told in day.health.note
    assert (day.health.listed, day.health.held) == (2, 1)


async def test_the_feed_stands_in_for_a_listing_that_fails(site: Site, source: Arxiv) -> None:
    site.answers("/list/cs.AI/new", BROKEN)
    site.answers(
        "/atom/cs.AI",
        feed(
            fed("2608.00001", abstract="Words &amp;\n more words.", kind="cross"),
            fed("2608.00002"),
            fed("2508.00003", kind="replace"),
            fed("2508.00004", kind="replace-cross"),
            fed("2608.00005", abstract=""),
            fed("2608.00006", day="2026-08-11"),
        ),
    )
    day = await source.listing(DAY)
    assert ids(day) == ["2608.00001", "2608.00002"]
    paper = day.papers[0]
    assert paper.abstract == "Words & more words."
    assert paper.authors == ("Mina Park", "Jon Ek")
    assert paper.categories == ("cs.CL", "cs.AI")
    assert paper.published is None
    assert [(drop.what, drop.reason) for drop in day.drops] == [("arxiv cs.AI: 2608.00005", "no abstract")]
    assert day.health.state == "answered"
    assert "cs.AI was read from its feed: arXiv's listing page does not state its date" in day.health.note


@pytest.mark.parametrize(
    ("page", "complaint"),
    [
        (BROKEN, "does not state its date"),
        (listing("someday"), "does not state its date"),
        (listing("Wednesday, 12 Auguste 2026"), "does not state its date"),
        (Reply(f"<h3>Showing new listings for {HEADING}</h3>{listed('2608.00001')}", kind="text/html"), "which of its"),
        (Reply(status=403), "403 Forbidden"),
    ],
)
async def test_a_listing_in_another_form_is_unavailable_when_its_feed_is_old(
    site: Site, source: Arxiv, page: Reply, complaint: str
) -> None:
    site.answers("/list/cs.AI/new", page)
    site.answers("/atom/cs.AI", feed(fed("2608.00001", day="2026-08-11")))
    with pytest.raises(Unavailable, match=f"{complaint}.*its feed holds the listing of 2026-08-11"):
        await source.listing(DAY)


@pytest.mark.parametrize(
    ("fallback", "complaint"),
    [
        (feed(), "its feed holds nothing"),
        (Reply("<feed", kind="text/xml"), "not well-formed XML"),
        (Reply("<rss/>", kind="text/xml"), "is rss, where an Atom feed was due"),
        (Reply('<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>', kind="text/xml"), "not well-formed XML"),
        (Reply(status=404), "its feed: 127.0.0.1 answered 404"),
    ],
)
async def test_a_day_without_listing_and_feed_is_unavailable_and_says_why(
    site: Site, source: Arxiv, fallback: Reply, complaint: str
) -> None:
    site.answers("/list/cs.AI/new", BROKEN)
    site.answers("/atom/cs.AI", fallback)
    with pytest.raises(Unavailable, match=complaint):
        await source.listing(DAY)


async def test_one_category_that_fails_is_named_and_the_others_are_kept(site: Site, source: Arxiv) -> None:
    site.answers("/list/cs.AI/new", BROKEN)
    site.answers("/list/cs.CL/new", listing(HEADING, ("New", 1, [listed("2608.00002")])))
    day = await opened(site, source.web, "cs.AI", "cs.CL").listing(DAY)
    assert (ids(day), day.health.state) == (["2608.00002"], "unavailable")
    assert day.health.note.startswith("cs.AI: arXiv's listing page does not state its date")


async def test_an_arxiv_that_is_down_is_not_asked_for_every_category(site: Site, source: Arxiv) -> None:
    for path in ("/list/cs.AI/new", "/list/cs.CL/new", "/list/cs.CV/new"):
        site.answers(path, Reply(status=503))
    with pytest.raises(Unavailable, match="503 Service Unavailable, 3 times in a row"):
        await opened(site, source.web, "cs.AI", "cs.CL", "cs.CV").listing(DAY)
    assert len(site.asked) == 3


async def test_a_day_without_updates_is_empty(site: Site, source: Arxiv) -> None:
    site.answers("/list/cs.AI/new", listing(HEADING))
    day = await source.listing(DAY)
    assert (day.health.state, day.health.listed) == ("empty", 0)
    assert day.health.note == "arXiv has no updates on 2026-08-12 in cs.AI"


@pytest.mark.parametrize("day", [date(2026, 8, 15), date(2026, 8, 16), date(2026, 9, 8)])
async def test_a_day_without_announcement_is_quiet_and_asks_nothing(site: Site, source: Arxiv, day: date) -> None:
    quiet = await source.listing(day)
    assert (quiet.health.state, quiet.health.listed, site.asked) == ("empty", 0, [])
    assert "has no listing" in quiet.health.note


async def test_a_listing_that_is_not_out_yet_is_unavailable_and_says_when(site: Site, source: Arxiv) -> None:
    with pytest.raises(Unavailable, match="comes out at 2026-08-13 00:00 UTC; the newest is 2026-08-12"):
        await source.listing(date(2026, 8, 13))
    assert site.asked == []


async def test_a_whole_listing_is_kept_until_the_next_is_out(site: Site, time: Time, tmp_path: Path) -> None:
    web = Web(contact="", cache=tmp_path, sleep=time.sleep, clock=time.clock)
    arxiv = opened(site, web)
    site.answers("/list/cs.AI/new", listing(HEADING, ("New", 1, [listed("2608.00001")])))
    for hour in (2, 12, 23):
        time.now = datetime(2026, 8, 12, hour, tzinfo=UTC).timestamp()
        assert ids(await arxiv.listing(DAY)) == ["2608.00001"]
    assert len(site.asked) == 1
    site.answers("/list/cs.AI/new", listing("Thursday, 13 August 2026", ("New", 1, [listed("2608.00002")])))
    time.now = datetime(2026, 8, 13, 0, tzinfo=UTC).timestamp()
    assert ids(await arxiv.listing(date(2026, 8, 13))) == ["2608.00002"]


async def test_a_stale_listing_is_not_kept(site: Site, time: Time, tmp_path: Path) -> None:
    time.now = datetime(2026, 8, 12, 2, tzinfo=UTC).timestamp()
    arxiv = opened(site, Web(contact="", cache=tmp_path, sleep=time.sleep, clock=time.clock))
    site.answers(
        "/list/cs.AI/new",
        listing("Tuesday, 11 August 2026", ("New", 1, [listed("2608.00001")])),
        listing(HEADING, ("New", 1, [listed("2608.00002")])),
    )
    assert (await arxiv.listing(DAY)).health.state == "stale"
    assert ids(await arxiv.listing(DAY)) == ["2608.00002"]


async def test_a_past_day_is_asked_of_the_api_by_the_time_of_submission(site: Site, source: Arxiv) -> None:
    site.answers("/api/query", answer(1, found("2608.00001", title="Old\n  News", abstract="It\nworks.")))
    day = await opened(site, source.web, "cs.AI", "stat.ML").listing(date(2026, 8, 11))
    (target,) = site.asked
    asked = {name: value for name, (value,) in parse_qs(urlsplit(target).query).items()}
    assert asked == {
        "search_query": "(cat:cs.AI OR cat:stat.ML) AND submittedDate:[202608071800 TO 202608101759]",
        "start": "0",
        "max_results": "1000",
        "sortBy": "submittedDate",
        "sortOrder": "ascending",
    }
    (paper,) = day.papers
    assert (paper.id, paper.title, paper.abstract) == ("arxiv:2608.00001", "Old News", "It works.")
    assert paper.authors == ("Mina Park", "Jon Ek")
    assert paper.categories == ("cs.RO", "cs.AI")
    assert paper.published == date(2026, 8, 10)
    assert (day.health.state, day.health.listed, day.health.batch) == ("answered", 1, date(2026, 8, 11))


async def test_a_past_day_is_read_in_slices_with_one_broken_record_named(site: Site, source: Arxiv, time: Time) -> None:
    site.answers(
        "/api/query",
        answer(3, found("2608.00001"), found("2608.00002", abstract="")),
        answer(3, found("2608.00003")),
    )
    day = await source.listing(date(2026, 8, 11))
    assert ids(day) == ["2608.00001", "2608.00003"]
    assert [parse_qs(urlsplit(target).query)["start"] for target in site.asked] == [["0"], ["2"]]
    assert time.slept == [3.0]
    assert [(drop.what, drop.reason) for drop in day.drops] == [("arxiv: 2608.00002", "no abstract")]
    assert (day.health.listed, day.health.held, day.health.note) == (3, 2, "")


async def test_an_api_that_gives_fewer_than_it_counts_is_told(site: Site, source: Arxiv) -> None:
    site.answers("/api/query", answer(5, found("2608.00001")), answer(5))
    day = await source.listing(date(2026, 8, 11))
    assert (ids(day), len(site.asked)) == (["2608.00001"], 2)
    assert day.health.note == "arXiv's API says it has 5 papers, but gave 1"


async def test_an_api_that_gives_none_of_what_it_counts_is_unavailable(site: Site, source: Arxiv) -> None:
    site.answers("/api/query", answer(5))
    with pytest.raises(Unavailable, match="has 5 papers of 2026-08-11, but gave none"):
        await source.listing(date(2026, 8, 11))


async def test_a_past_day_without_submissions_is_empty_and_names_its_window(site: Site, source: Arxiv) -> None:
    site.answers("/api/query", answer(0))
    day = await source.listing(date(2026, 8, 11))
    assert (day.health.state, day.health.listed) == ("empty", 0)
    assert "202608071800 TO 202608101759 UTC" in day.health.note


@pytest.mark.parametrize(
    ("reply", "complaint"),
    [
        (
            answer(1, "<entry><id>http://arxiv.org/api/errors#bad_query</id><summary>bad query</summary></entry>"),
            "answered with an error: bad query",
        ),
        (feed(), "does not say how many papers"),
        (Reply("oops", kind="application/atom+xml"), "not well-formed XML"),
    ],
)
async def test_an_api_answer_that_is_none_is_unavailable(
    site: Site, source: Arxiv, reply: Reply, complaint: str
) -> None:
    site.answers("/api/query", reply)
    with pytest.raises(Unavailable, match=complaint):
        await source.listing(date(2026, 8, 11))


async def test_a_settled_day_is_kept_for_ever_and_a_young_one_for_a_day(site: Site, time: Time, tmp_path: Path) -> None:
    arxiv = opened(site, Web(contact="", cache=tmp_path, sleep=time.sleep, clock=time.clock))
    site.answers("/api/query", answer(1, found("2608.00001")))
    for hours in (0, 23, 25, 26):
        time.now = datetime(2026, 8, 12, 2, tzinfo=UTC).timestamp() + 3600 * hours
        await arxiv.listing(date(2026, 8, 3))
        await arxiv.listing(date(2026, 8, 11))
    ends = [parse_qs(urlsplit(target).query)["search_query"][0].split()[-1] for target in site.asked]
    assert sorted(ends) == ["202607311759]", "202608101759]", "202608101759]"]


async def test_a_listing_page_without_its_later_sections_is_known_by_the_total_that_it_states(
    site: Site, source: Arxiv
) -> None:
    page = listing(HEADING, ("New", 1, [listed("2608.00001")]), ("Cross", 1, [listed("2608.00002")]))
    body = str(page.body)
    site.answers("/list/cs.AI/new", Reply(body[: body.index("<h3>Cross")], kind="text/html"))
    answered = await source.listing(DAY)
    assert ids(answered) == ["2608.00001"]
    assert (answered.health.listed, answered.health.held) == (2, 1)
    assert "cs.AI lists 2 papers, but its page holds 1" in answered.health.note


@pytest.mark.parametrize("digits", ["9" * 5_000, "٣" * 12])
async def test_counts_that_are_no_counts_are_no_crash(digits: str, site: Site, source: Arxiv) -> None:
    page = str(listing(HEADING, ("New", 1, [listed("2608.00001")])).body)
    site.answers("/list/cs.AI/new", Reply(page.replace("of 1 entries", f"of {digits} entries"), kind="text/html"))
    with pytest.raises(Unavailable, match="does not say which of its entries are new"):
        await source.listing(DAY)


def unclosed(number: int) -> str:
    """An entry whose end is missing, so that all that follow stand within it."""
    return listed(f"2608.{number:05}", title=f"Paper {number}").partition("</p>")[0]


async def test_entries_that_are_never_closed_are_each_read_and_in_steps_that_grow_with_their_number(
    site: Site, source: Arxiv
) -> None:
    steps: list[int] = []
    for many in (40, 80):
        page = listing(HEADING, ("New", many, [unclosed(number) for number in range(many)]))
        site.answers("/list/cs.AI/new", page)
        day = await source.listing(DAY)
        assert [paper.title for paper in day.papers] == [f"Paper {number}" for number in range(many)]
        assert day.papers[0].abstract == "We test."
        steps.append(calls(lambda html=str(page.body): arxiv_pages.listing_page(html, "arxiv", "cs.AI")))
    assert steps[1] < 2.2 * steps[0]


async def test_an_entry_longer_than_any_papers_is_named_and_costs_no_other(site: Site, source: Arxiv) -> None:
    entries = [
        listed("2608.00001"),
        listed("2608.00002", abstract="<a>" * 1_000),
        listed("2608.00003", abstract="far too long " * 20_000),
        listed("2608.00004"),
    ]
    site.answers("/list/cs.AI/new", listing(HEADING, ("New", 4, entries)))
    day = await source.listing(DAY)
    assert ids(day) == ["2608.00001", "2608.00004"]
    assert [drop.what for drop in day.drops] == ["arxiv cs.AI: 2608.00002", "arxiv cs.AI: 2608.00003"]
    assert all("letters, more than any paper's" in drop.reason for drop in day.drops)


async def test_more_entries_than_a_page_was_asked_for_are_read_from_the_feed(site: Site, source: Arxiv) -> None:
    site.answers("/list/cs.AI/new", listing(HEADING, ("New", 2_001, ["<dt>1</dt><dd></dd>"] * 2_001)))
    site.answers("/atom/cs.AI", feed(fed("2608.00001")))
    day = await source.listing(DAY)
    assert ids(day) == ["2608.00001"]
    assert day.health.note == (
        "cs.AI was read from its feed: arXiv's listing page holds 2,001 entries, and 2,000 were asked for"
    )


def test_entries_of_the_feed_within_each_other_are_read_in_steps_that_grow_with_their_number() -> None:
    inner = [fed(f"2608.{number:05}").replace("</entry>", "") for number in range(80)]
    nested = [str(feed(*inner[:many], "</entry>" * many).body) for many in (40, 80)]
    steps = [calls(lambda xml=xml: arxiv_pages.feed(xml, "arxiv", "cs.AI")) for xml in nested]
    assert steps[1] < 2.2 * steps[0]
