"""Feeds: the whole text of each day, valid in three forms, with ids that no rebuild and no move changes."""

import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import feedparser  # pyright: ignore[reportMissingTypeStubs]
import jsonschema
import pytest
from bs4 import BeautifulSoup

from publishing.site import feeds
from publishing.site.build import build
from tests.publishing.day import DAY, TAXONOMY

from . import days
from .hostile import STRINGS
from .test_hostile import hostile_days

HOME = "https://papers.example/insights"
JSON_FEED: dict[str, Any] = {
    "type": "object",
    "required": ["version", "title", "items"],
    "additionalProperties": False,
    "properties": {
        "version": {"const": "https://jsonfeed.org/version/1.1"},
        "title": {"type": "string", "minLength": 1},
        "description": {"type": "string"},
        "home_page_url": {"type": "string", "format": "uri", "pattern": "^https?://"},
        "feed_url": {"type": "string", "format": "uri", "pattern": "^https?://"},
        "language": {"type": "string", "pattern": "^[a-z]{2}$"},
        "authors": {"type": "array", "items": {"type": "object", "required": ["name"]}},
        "items": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["id", "content_html"],
                "additionalProperties": False,
                "properties": {
                    "id": {"type": "string", "minLength": 1},
                    "url": {"type": "string", "pattern": "^https?://"},
                    "title": {"type": "string"},
                    "content_html": {"type": "string", "minLength": 1},
                    "date_published": {"type": "string", "format": "date-time"},
                    "date_modified": {"type": "string", "format": "date-time"},
                },
            },
        },
    },
}
"""What version 1.1 of the format asks of the fields that are used here."""


def site(tmp: Path, address: str = HOME) -> Path:
    folder = days.publish(tmp / "reports", *days.reports())
    build(folder, tmp / "site", TAXONOMY, interests=days.MINE, address=address)
    return tmp / "site"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return site(tmp_path_factory.mktemp("feeds"))


def parsed(path: Path) -> Any:
    found: Any = feedparser.parse(path.read_bytes())
    assert not found.bozo, (path, found.get("bozo_exception"))
    return found


def ids(folder: Path) -> dict[str, list[str]]:
    return {
        path.relative_to(folder).as_posix(): [entry.id for entry in parsed(path).entries]
        for path in sorted(folder.rglob("*.xml"))
    }


def test_every_feed_is_well_formed_and_says_the_same_in_each_of_its_forms(folder: Path) -> None:
    atoms = sorted(folder.rglob("*atom.xml"))
    named = {path.relative_to(folder).as_posix() for path in atoms}
    assert {"atom.xml", "feed/cv.atom.xml", "feed/rl.atom.xml", "en/atom.xml", "en/feed/cv.atom.xml"} <= named
    for path in atoms:
        atom, rss = parsed(path), parsed(path.with_name(path.name.replace("atom", "rss")))
        told = json.loads(path.with_name(path.name.replace("atom.xml", "feed.json")).read_text(encoding="utf-8"))
        jsonschema.validate(told, JSON_FEED, format_checker=jsonschema.FormatChecker())
        assert atom.version == "atom10" and rss.version == "rss20"
        whole = [[(e.id, e.title, e.link) for e in feed.entries] for feed in (atom, rss)]
        assert whole[0] == whole[1] == [(one["id"], one["title"], one["url"]) for one in told["items"]]
        assert [e.content[0].value for e in atom.entries] == [e.summary for e in rss.entries]
        assert atom.feed.updated_parsed == rss.feed.updated_parsed == atom.entries[0].updated_parsed
        assert told["language"] == rss.feed.language == ("en" if "en/" in path.as_posix() else "ko")
        assert len({e.id for e in atom.entries}) == len(atom.entries)


def test_a_feed_carries_the_whole_day_with_what_is_for_its_reader_first(folder: Path) -> None:
    told = json.loads((folder / "feed.json").read_text(encoding="utf-8"))["items"]
    html = next(one["content_html"] for one in told if one["url"] == f"{HOME}/day/{DAY}.html")
    page = BeautifulSoup(html, "html.parser")
    headings = [h2.text for h2 in page.select("h2")]
    assert headings[:3] == ["나를 위한 논문", "오늘의 이야기", "실패해도 배우는 에이전트"]
    assert "주제: 실패" in page.text
    for text in (
        "RLBench에서 성공률이 18.5% 올랐습니다.",  # a result
        "속이는 동료가 있어도 연합 학습은 수렴했다",  # a headline
        "웨이블릿으로 3D 형상을 압축하는 모델입니다.",  # a paper that came again
        "버티려면 곁에서 도와주는 쪽이 있어야 한다",  # a thread
        "A Proof That Was Not One",  # a withdrawn one
        "SAMPart3D: Segment Any Part",  # one that is only listed
    ):
        assert text in page.text
    links = [str(a["href"]) for a in page.select("a")]
    assert f"{HOME}/day/{DAY}.html#p-2611.00002" in links and "https://arxiv.org/abs/2611.00002" in links
    assert all(link.startswith("https://") for link in links)
    assert page.select("script, button, style, [style]") == []


def test_a_category_has_a_feed_of_its_own_papers(folder: Path) -> None:
    entries = {e.link: e for e in parsed(folder / "feed" / "rl.atom.xml").entries}
    day = entries[f"{HOME}/day/{DAY}.html"]
    assert "말로 짚어 주자 로봇이 실패에서 회복했다" in day.content[0].value and "웨이블릿" not in day.content[0].value
    page = days.soup(folder / "category" / "rl.html")
    links = [str(a["href"]) for a in page.select('link[rel="alternate"]')]
    assert links == ["../atom.xml", "../rss.xml", "../feed.json"] + [
        f"../feed/rl.{name}" for name in ("atom.xml", "rss.xml", "feed.json")
    ]


def test_a_quiet_day_is_an_entry_and_a_broken_one_is_none_until_it_is_made(folder: Path) -> None:
    entries = {e.link: e for e in parsed(folder / "atom.xml").entries}
    assert "오류가 아닙니다" in entries[f"{HOME}/day/{days.QUIET_DAY}.html"].content[0].value
    assert f"{HOME}/day/{days.BROKEN_DAY}.html" not in entries


def test_ids_stay_through_a_fresh_build_a_new_day_a_changed_report_and_a_move(folder: Path, tmp_path: Path) -> None:
    before = ids(folder)
    assert len(before) > 10
    assert ids(site(tmp_path / "again")) == before
    for form in ("atom.xml", "rss.xml", "feed.json"):
        assert (tmp_path / "again" / "site" / form).read_bytes() == (folder / form).read_bytes()
    assert ids(site(tmp_path / "moved", "https://elsewhere.example/")) == before
    days.publish(tmp_path / "again" / "reports", days.TOLD.model_copy(update={"model": "openai:another"}))
    later = days.day(days.PLAIN_DAY + timedelta(days=1), [(days.paper("2611.20000", "New"), "새 소식")])
    days.publish(tmp_path / "again" / "reports", later)
    build(tmp_path / "again" / "reports", tmp_path / "again" / "site", TAXONOMY, address=HOME)
    after = ids(tmp_path / "again" / "site")
    assert after["atom.xml"][1:] == before["atom.xml"] and after["feed/rl.rss.xml"] == before["feed/rl.rss.xml"]


def test_without_an_address_links_are_relative_and_lead_to_files_that_are_there(tmp_path: Path) -> None:
    folder = site(tmp_path, "")
    for path in folder.rglob("*feed.json"):
        for one in json.loads(path.read_text(encoding="utf-8"))["items"]:
            assert (path.parent / one["url"]).is_file()
            links = [str(a["href"]) for a in BeautifulSoup(one["content_html"], "html.parser").select("a")]
            own = [link.partition("#")[0] for link in links if not link.startswith("https://")]
            assert [link for link in own if not (path.parent / link).is_file()] == []
    assert parsed(folder / "atom.xml").entries


def test_a_feed_holds_the_newest_days_only(tmp_path: Path) -> None:
    first = date(2026, 10, 1)
    held = [days.day(first + timedelta(n), [(days.paper(f"2610.{n:05d}", f"T{n}"), f"일{n}")]) for n in range(20)]
    days.made(tmp_path, *held)
    titles = [e.title for e in parsed(tmp_path / "site" / "atom.xml").entries]
    assert len(titles) == feeds.DAYS and titles[0].endswith("일19") and titles[-1].endswith("일6")


def test_no_hostile_string_makes_an_element_or_an_address_in_a_feed(tmp_path: Path) -> None:
    days.made(tmp_path, *hostile_days())
    for path in (tmp_path / "site").rglob("*.xml"):
        for entry in parsed(path).entries:
            html = entry.content[0].value if "content" in entry else entry.summary
            page = BeautifulSoup(html, "html.parser")
            assert not {tag.name for tag in page.find_all(True)} & {"script", "img", "iframe", "style", "svg", "form"}
            assert [a for a in page.select("a") if "javascript" in str(a["href"]).partition(":")[0]] == []
    raw = json.loads((tmp_path / "site" / "feed.json").read_text(encoding="utf-8"))["items"]
    text = BeautifulSoup("".join(one["content_html"] for one in raw), "html.parser").text
    assert STRINGS[0] in text and STRINGS[24] in text
