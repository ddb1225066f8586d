import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from sources import Unavailable
from sources.huggingface import HuggingFace
from sources.reading.http import Web

from .conftest import Reply, Site, Time

DAY = date(2027, 1, 13)
PATH = "/api/daily_papers"


def entry_2024(number: str, title: str = "Rivers of\n  Tokens", **inner: Any) -> dict[str, Any]:
    return {
        "paper": {
            "id": number,
            "authors": [
                {"_id": "a1", "user": {"user": "mina", "type": "user"}, "name": "Mina Park", "hidden": False},
                {"_id": "a2", "name": "Jon Ek", "hidden": False},
            ],
            "publishedAt": "2027-01-12T17:59:02.000Z",
            "title": title,
            "summary": "We measure how tokens\nflow.\nThey flow 12% faster.",
            "upvotes": 34,
            "discussionId": "d1",
            **inner,
        },
        "publishedAt": "2027-01-13T01:11:19.304Z",
        "title": " ".join(title.split()),
        "thumbnail": "https://cdn-thumbnails.huggingface.co/social-thumbnails/papers/x.png",
        "numComments": 1,
        "submittedBy": {"fullname": "Someone", "name": "someone", "type": "user"},
    }


def entry_2025(number: str, title: str = "Slow Weights") -> dict[str, Any]:
    entry = entry_2024(number, title, ai_summary="A summary by a model.", ai_keywords=["weights"], githubStars=7)
    entry["paper"]["submittedOnDailyAt"] = "2027-01-13T00:43:01.816Z"
    return {**entry, "summary": entry["paper"]["summary"], "isAuthorParticipating": False}


def source(web: Web, site: Site) -> HuggingFace:
    return HuggingFace(web, address=site.base)


def page(*entries: object, following: str = "") -> Reply:
    return Reply(json.dumps(entries), headers={"Link": f'<{following}>; rel="next"'} if following else {})


async def test_both_recorded_shapes_become_papers_with_their_votes(site: Site, web: Web) -> None:
    site.answers(PATH, page(entry_2024("2701.00001"), entry_2025("2701.00002v2")))
    listing = await source(web, site).listing(DAY)
    first, second = listing.papers
    assert site.asked == [f"{PATH}?date=2027-01-13"]
    assert first.id == "arxiv:2701.00001"
    assert first.title == "Rivers of Tokens"
    assert first.abstract == "We measure how tokens flow. They flow 12% faster."
    assert first.authors == ("Mina Park", "Jon Ek")
    assert first.links == ("https://arxiv.org/abs/2701.00001", "https://huggingface.co/papers/2701.00001")
    assert first.published == date(2027, 1, 12)
    assert first.votes == 34
    assert first.sources == ("huggingface",)
    assert (second.id, second.title) == ("arxiv:2701.00002", "Slow Weights")
    assert (listing.health.state, listing.health.listed, listing.health.held) == ("answered", 2, 2)
    assert listing.drops == ()


async def test_all_pages_are_read_at_the_pace_of_the_lane(site: Site, web: Web, time: Time) -> None:
    site.answers(f"{PATH}?date=2027-01-13", page(entry_2024("2701.00001"), following=f"{PATH}?date=2027-01-13&p=1"))
    site.answers(f"{PATH}?date=2027-01-13&p=1", page(entry_2024("2701.00002"), following=f"{PATH}?date=2027-01-13&p=2"))
    site.answers(f"{PATH}?date=2027-01-13&p=2", page(following=f"{PATH}?date=2027-01-13&p=3"))
    listing = await source(web, site).listing(DAY)
    assert [paper.id for paper in listing.papers] == ["arxiv:2701.00001", "arxiv:2701.00002"]
    assert (len(site.asked), time.slept) == (3, [1.0, 1.0])
    assert listing.health.note == ""


async def test_pages_that_lead_to_themselves_are_read_once(site: Site, web: Web) -> None:
    site.answers(PATH, page(entry_2024("2701.00001"), following=f"{PATH}?date=2027-01-13"))
    listing = await source(web, site).listing(DAY)
    assert (len(site.asked), len(listing.papers)) == (1, 1)
    assert "do not end" in listing.health.note


async def test_one_broken_record_costs_one_paper_and_is_named(site: Site, web: Web) -> None:
    bad = [
        {"paper": {"id": "2701.00009", "title": {"text": "Broken"}, "summary": "Text."}},
        {"paper": {"title": "No Number", "summary": "Text."}},
        {"paper": {"id": "2701.00008", "title": "Nothing Said", "summary": " "}},
        {"paper": {"id": "2701.00007", "summary": "Text without a name."}},
        {"paper": None},
        "text",
    ]
    site.answers(PATH, page(entry_2024("2701.00001"), *bad, entry_2025("2701.00002")))
    listing = await source(web, site).listing(DAY)
    assert [paper.id for paper in listing.papers] == ["arxiv:2701.00001", "arxiv:2701.00002"]
    assert [(drop.what, drop.reason.partition(":")[0]) for drop in listing.drops] == [
        ("huggingface: 2701.00009", "title"),
        ("huggingface: No Number", "no id"),
        ("huggingface: Nothing Said", "no abstract"),
        ("huggingface: 2701.00007", "no title"),
        ("huggingface: record 6", "paper"),
        ("huggingface: record 7", "not a JSON object"),
    ]
    assert (listing.health.listed, listing.health.held) == (8, 2)


async def test_records_of_which_none_can_be_read_are_unavailable(site: Site, web: Web) -> None:
    site.answers(PATH, page({"article": 1}, {"article": 2}))
    with pytest.raises(Unavailable, match=r"none of the 2 records.*paper: not a JSON object"):
        await source(web, site).listing(DAY)


@pytest.mark.parametrize("body", ['[{"paper": ', "[" * 100_000])
async def test_json_that_breaks_off_is_unavailable(site: Site, web: Web, body: str) -> None:
    site.answers(PATH, Reply(body))
    with pytest.raises(Unavailable, match="not JSON, or only part of it"):
        await source(web, site).listing(DAY)


async def test_an_error_in_json_is_unavailable_and_quoted(site: Site, web: Web) -> None:
    site.answers(PATH, Reply('{"error": "Invalid date"}'))
    with pytest.raises(Unavailable, match=r"not a list of papers.*Invalid date"):
        await source(web, site).listing(DAY)


@pytest.mark.parametrize(
    ("day", "note"),
    [
        (date(2027, 1, 9), "Saturdays have hardly any"),
        (date(2027, 1, 10), "Sundays have hardly any"),
        (date(2027, 1, 13), "unusual for a Wednesday"),
        (date(2027, 1, 15), "fills during the day"),
    ],
)
async def test_an_empty_day_is_quiet_and_says_whether_that_is_usual(
    site: Site, web: Web, time: Time, day: date, note: str
) -> None:
    time.now = datetime(2027, 1, 15, 6, tzinfo=UTC).timestamp()
    site.answers(PATH, page())
    listing = await source(web, site).listing(day)
    assert (listing.health.state, listing.health.listed) == ("empty", 0)
    assert note in listing.health.note


async def test_a_settled_day_is_asked_for_once_and_a_young_one_each_hour(
    site: Site, time: Time, tmp_path: Path
) -> None:
    time.now = datetime(2027, 1, 15, 6, tzinfo=UTC).timestamp()
    web = Web(contact="", cache=tmp_path, sleep=time.sleep, clock=time.clock)
    site.answers(PATH, page(entry_2024("2701.00001")))
    old, young = date(2026, 12, 31), date(2027, 1, 1)
    for _ in range(3):
        await source(web, site).listing(old)
        await source(web, site).listing(young)
        time.now += 1800
    assert [site.asked.count(f"{PATH}?date={day}") for day in (old, young)] == [1, 2]


async def test_an_answer_that_was_not_understood_is_not_kept(site: Site, time: Time, tmp_path: Path) -> None:
    web = Web(contact="", cache=tmp_path, sleep=time.sleep, clock=time.clock)
    site.answers(PATH, Reply("{}"), page(entry_2024("2701.00001")))
    with pytest.raises(Unavailable):
        await source(web, site).listing(DAY)
    assert len((await source(web, site).listing(DAY)).papers) == 1


async def test_the_repository_and_the_project_page_of_a_paper_are_told(site: Site, web: Web) -> None:
    entry = entry_2025("2701.00002")
    entry["paper"] |= {"githubRepo": "https://github.com/a/b", "projectPage": "https://a-b.github.io/c/"}
    site.answers(PATH, page(entry))
    (paper,) = (await source(web, site).listing(DAY)).papers
    assert {(one.kind, one.url) for one in paper.resources} >= {
        ("code", "https://github.com/a/b"),
        ("project", "https://a-b.github.io/c/"),
    }
