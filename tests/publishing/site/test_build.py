"""What a build writes, what it leaves alone, and what it refuses."""

import re
import shutil
from datetime import date, timedelta
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from bs4 import BeautifulSoup

from domain.interests import Interests
from publishing import files, layout
from publishing.files import PublishError
from publishing.site import build as building
from publishing.site import plan as planning
from publishing.site import standing
from publishing.site.build import Built, build
from publishing.site.days import NAMED
from tests.publishing.day import DAY, TAXONOMY, TRENDING
from tests.publishing.english import english

from . import days


def contents(site: Path) -> dict[str, bytes]:
    return {path.relative_to(site).as_posix(): path.read_bytes() for path in site.rglob("*") if path.is_file()}


def changed(before: dict[str, bytes], after: dict[str, bytes]) -> set[str]:
    return {path for path in before.keys() | after.keys() if before.get(path) != after.get(path)}


def again(tmp: Path, interests: Interests | None = None) -> Built:
    known = days.vectors(days.reports())
    return build(tmp / "reports", tmp / "site", TAXONOMY, interests=interests, vectors=known)


def test_every_link_within_the_site_is_relative_and_leads_to_a_place_that_is_there(built: Path) -> None:
    ids = {path: {tag["id"] for tag in page.select("[id]")} for path, page in days.pages(built)}
    count = 0
    for path, page in days.pages(built):
        assert len(page.select("[id]")) == len(ids[path]), path
        for tag in page.select("[href], [src], [data-href], [popovertarget]"):
            address = str(tag.get("href") or tag.get("src") or tag.get("data-href") or f"#{tag.get('popovertarget')}")
            parts = urlsplit(address)
            if parts.scheme:
                assert parts.scheme in ("http", "https") and tag.get("rel") == ["external"]
                continue
            assert not address.startswith("/"), (path, address)
            target = (built / path).parent.joinpath(unquote(parts.path)) if parts.path else built / path
            assert target.resolve().is_file(), (path, address)
            if parts.fragment and target.suffix == ".html":
                there = target.resolve().relative_to(built.resolve()).as_posix()
                assert unquote(parts.fragment) in ids[there], (path, address)
            count += 1
    assert count > 1000


def test_every_page_carries_the_policy_and_nothing_that_it_forbids(built: Path) -> None:
    for path, page in days.pages(built):
        policy = page.select_one('meta[http-equiv="Content-Security-Policy"]')
        assert policy and "default-src 'none'" in str(policy["content"]) and "unsafe" not in str(policy["content"])
        assert page.select("[style], style") == [], path
        assert [s for s in page.select("script") if not s.get("src")] == [], path
        assert [a for tag in page.find_all(True) for a in tag.attrs if a.startswith("on")] == [], path


def test_languages_have_a_site_each_and_lead_to_each_others_pages(built: Path) -> None:
    korean, english = (days.soup(built / days.TYPES[name]) for name in ("day", "day in English"))
    assert (korean.html["lang"], english.html["lang"]) == ("ko", "en")  # type: ignore[index]
    other = english.select_one("li.language a")
    assert other and (other.text, other["href"]) == ("한국어", f"../../day/{DAY}.html")
    # A day that only one language has leads to the other's newest report.
    alone = days.soup(built / days.TYPES["quiet day"]).select_one("li.language a")
    assert alone and alone["href"] == "../en/index.html"


def test_a_language_without_a_report_leaves_the_root_to_one_that_has_some(tmp_path: Path) -> None:
    days.made(tmp_path, english(TRENDING), language="ko")
    page = days.soup(tmp_path / "site" / "index.html")
    assert page.html and page.html["lang"] == "en" and not (tmp_path / "site" / "en").exists()


def test_sentences_of_papers_are_marked_as_english_on_a_korean_page(built: Path) -> None:
    page = days.soup(built / days.TYPES["day"])
    assert {quote["lang"] for quote in page.select("blockquote")} == {"en"}
    plain = days.soup(built / days.TYPES["day without a model"])
    assert [dd for dd in plain.select(".rows dd") if not dd.select('[lang="en"]')] == []


def test_a_build_without_news_writes_nothing_and_gives_the_same_bytes_as_a_fresh_one(tmp_path: Path) -> None:
    days.made(tmp_path, *days.reports())
    before = contents(tmp_path / "site")
    built = again(tmp_path)
    assert (built.written, built.removed, changed(before, contents(tmp_path / "site"))) == (0, 0, set())
    (tmp_path / "site" / building.MANIFEST).write_text("{broken", encoding="utf-8")
    again(tmp_path)
    assert changed(before, contents(tmp_path / "site")) == set()


def test_a_build_that_was_cut_off_is_made_good_by_the_next_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    days.made(tmp_path, *days.reports())
    before = contents(tmp_path / "site")

    def dies(site: object, name: str) -> str:
        raise KeyboardInterrupt

    days.publish(tmp_path / "reports", days.TOLD.model_copy(update={"model": "openai:another"}))
    with monkeypatch.context() as patched, pytest.raises(KeyboardInterrupt):
        patched.setattr(standing, "month", dies)
        again(tmp_path)
    assert changed(before, contents(tmp_path / "site"))
    days.publish(tmp_path / "reports", days.TOLD)
    again(tmp_path)
    assert changed(before, contents(tmp_path / "site")) == set()


def test_one_day_more_changes_its_own_pages_and_those_that_name_it(tmp_path: Path) -> None:
    held = [
        days.day(date(2026, 10, 1) + timedelta(n), [(days.paper(f"2610.{n:05d}", f"T{n}"), f"일{n}")])
        for n in range(40)
    ]
    days.made(tmp_path, *held[:-1])
    before = contents(tmp_path / "site")
    days.made(tmp_path, *held)
    new, last = held[-1].day, held[-2].day
    expected = {f"day/{new}.html", f"day/{last}.html", "paper/2610.00039.html", f"search/{new}.js", "search/2026-11.js"}
    expected |= {"category/cv.html", "category/cv-2026-11.html", "archive/2026-11.html", "search/blocks.js"}
    expected |= {"index.html", "archive.html", "trends.html", "about.html", building.MANIFEST}
    expected |= {f"{place}{form}" for place in ("", "feed/cv.") for form in ("atom.xml", "rss.xml", "feed.json")}
    differing = {
        path
        for path in changed(before, contents(tmp_path / "site"))
        if not re.fullmatch(r"search/2026-11\.\d+\.js", path)
    }
    assert differing == expected


def test_a_report_that_changed_changes_its_pages_and_one_that_is_gone_takes_them_along(tmp_path: Path) -> None:
    days.made(tmp_path, *days.reports())
    site = tmp_path / "site"
    days.publish(tmp_path / "reports", days.TOLD.model_copy(update={"model": "openai:another"}))
    again(tmp_path)
    assert "openai:another" in (site / days.TYPES["day"]).read_text(encoding="utf-8")
    (tmp_path / "reports" / layout.place(DAY, "ko") / layout.REPORT).unlink()
    built = again(tmp_path)
    assert built.removed == 2 and not (site / days.TYPES["day"]).exists()
    assert str(DAY) not in (site / "archive.html").read_text(encoding="utf-8")


def test_an_older_day_that_comes_later_is_linked_from_days_and_papers_after_it(tmp_path: Path) -> None:
    held = days.reports()
    days.made(tmp_path, *(one for one in held if one.day != days.EARLIER))
    site = tmp_path / "site"
    link = f'day/{days.EARLIER}.html#p-2610.09999"'
    page, paper = site / days.TYPES["day"], site / "paper" / "2611.00003.html"
    assert link not in page.read_text(encoding="utf-8") + paper.read_text(encoding="utf-8")
    days.made(tmp_path, *held)
    assert link in page.read_text(encoding="utf-8") and link in paper.read_text(encoding="utf-8")


def test_a_report_that_cannot_be_read_is_named_and_shown_in_the_archive(tmp_path: Path) -> None:
    folder = days.publish(tmp_path / "reports", *days.reports())
    (folder / "2026-11-16" / "report.json").write_text("{", encoding="utf-8")
    built = again(tmp_path)
    assert len(built.unread) == 1 and built.unread[0].startswith("2026-11-16: ")
    archive = days.soup(tmp_path / "site" / "archive.html")
    assert "2026년 11월 16일 월요일" in archive.select_one("#unread").parent.text  # type: ignore[union-attr]


def test_a_folder_of_something_else_is_refused_and_left_alone(tmp_path: Path) -> None:
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "thesis.txt").write_text("ten years of work", encoding="utf-8")
    with pytest.raises(PublishError, match="no site of ours; name an empty folder"):
        days.made(tmp_path, days.earlier())
    assert contents(tmp_path / "site") == {"thesis.txt": b"ten years of work"}


def test_a_build_that_ended_before_its_first_file_was_whole_is_gone_on_with(tmp_path: Path) -> None:
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "..insights-site.json.new").touch()
    days.made(tmp_path, days.earlier())
    assert (tmp_path / "site" / "index.html").is_file()
    assert not (tmp_path / "site" / "..insights-site.json.new").exists()


def test_reports_of_the_first_version_have_pages_too(tmp_path: Path) -> None:
    for path in (Path(__file__).parents[1] / "version_one").glob("*.report.json"):
        day = files.read_report(path).day
        place = tmp_path / "reports" / str(day)
        place.mkdir(parents=True)
        shutil.copy(path, place / "report.json")
    built = again(tmp_path)
    assert (built.days, built.unread) == (2, ())
    page = days.soup(tmp_path / "site" / "day" / "2026-11-17.html")
    assert len(page.select("article.item")) == 3 and page.select(".evidence blockquote")


def test_files_of_others_in_the_folder_stay(tmp_path: Path) -> None:
    days.made(tmp_path, days.earlier())
    (tmp_path / "site" / "CNAME").write_text("insights.example", encoding="utf-8")
    days.made(tmp_path, *days.reports())
    assert (tmp_path / "site" / "CNAME").is_file()


def test_no_report_is_a_site_too(tmp_path: Path) -> None:
    built = days.made(tmp_path)
    assert built.days == 0 and "insights run" in (tmp_path / "site" / "index.html").read_text(encoding="utf-8")


def test_a_great_day_has_a_home_page_below_100_kb_that_leads_to_all_of_it(tmp_path: Path) -> None:
    great = days.great(date(2026, 12, 1))
    days.made(tmp_path, great)
    home, whole = tmp_path / "site" / "index.html", days.soup(tmp_path / "site" / "day" / "2026-12-01.html")
    assert home.stat().st_size < 100_000
    page = days.soup(home)
    told = len(page.select("article.item"))
    assert told > 10 and len(page.select("#rest ~ ul li")) == NAMED
    assert f"{700 - told}편" in page.select_one("#rest").text  # type: ignore[union-attr]
    assert page.select_one('a.button[href="day/2026-12-01.html"]')
    assert len(whole.select("article.item")) + len(whole.select(".titles li")) == 700


def test_a_change_of_the_code_or_the_interests_is_seen_on_every_page(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    days.made(tmp_path, *days.reports())
    assert again(tmp_path, days.MINE).written > 2
    page = BeautifulSoup((tmp_path / "site" / days.TYPES["day"]).read_text(encoding="utf-8"), "html.parser")
    assert page.select_one(".for-you")
    monkeypatch.setattr(planning, "code_mark", lambda: "another")
    monkeypatch.setattr(building, "code_mark", lambda: "another")
    record = (tmp_path / "site" / building.MANIFEST).read_text(encoding="utf-8")
    again(tmp_path, days.MINE)
    assert (tmp_path / "site" / building.MANIFEST).read_text(encoding="utf-8") != record
