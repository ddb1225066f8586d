"""Whatever papers, models and sources write is shown as text, on every page and in the index of the search."""

import json
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from bs4 import BeautifulSoup, Tag

from domain.papers import one_line
from domain.reports import Report
from tests.publishing.day import TRENDING
from tests.publishing.pages import TAME, spoiled

from . import days
from .hostile import STRINGS


def hostile_days() -> list[Report]:
    """A paper for each string, which is its title, name, author, abstract, headline and result."""
    papers = [
        days.paper(
            f"2611.{n:05d}", text, f"{text} It works.", authors=(text,), links=(text, f"https://x.example/{text}")
        )
        for n, text in enumerate(STRINGS)
    ]
    return [
        days.day(date(2026, 11, 20), [(one, text) for one, text in zip(papers[:30], STRINGS, strict=False)]),
        days.day(date(2026, 11, 21), [(one, text) for one, text in zip(papers[30:], STRINGS[30:], strict=False)]),
    ]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    tmp = tmp_path_factory.mktemp("hostile")
    days.made(tmp, *hostile_days())
    return tmp / "site"


def elements(page: BeautifulSoup) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Every element with the names of its attributes."""
    for tag in page.find_all(True):
        yield tag.name, tuple(sorted(tag.attrs))


def test_there_are_sixty_different_strings() -> None:
    assert len(set(STRINGS)) == len(STRINGS) == 60


def test_every_string_is_read_as_it_stands_on_the_page_of_its_day_and_paper(site: Path) -> None:
    whole = {day: days.soup(site / "day" / f"2026-11-{day}.html") for day in (20, 21)}
    for n, text in enumerate(STRINGS):
        seen = one_line(text)
        block = whole[20 if n < 30 else 21].select_one(f'article[id="p-2611.{n:05d}"]')
        heading = block.select_one("h3") if block else None
        assert heading and one_line(heading.text) == seen, text
        paper = days.soup(site / "paper" / f"2611.{n:05d}.html")
        title = paper.select_one("h1")
        assert title and one_line(title.text) == seen and paper.title and paper.title.text.startswith(seen[:20]), text


def test_no_string_makes_an_element_an_attribute_or_an_address(site: Path) -> None:
    tags = {name for _, page in days.pages(site) for name, _ in elements(page)}
    assert not tags & {"iframe", "base", "style", "object", "embed", "u", "img"}
    for path, page in days.pages(site):
        assert [n for _, names in elements(page) for n in names if n.startswith("on")] == [], path
        assert len(page.select("script")) == (2 if path == "search.html" else 1), path
        for tag in page.select("[src], link[href], form"):
            address = str(tag.get("src") or tag.get("href") or tag.get("action"))
            assert re.fullmatch(r"(?:\.\./)*[a-z0-9/.-]+", address), address
        for tag in page.select("a[href]"):
            assert re.match(r"(?:\.\./)*[a-z0-9/.-]+\.(?:html|xml|json)|#|https?://[\x21-\x7e]+$", str(tag["href"])), (
                tag
            )
        invisible = [c for c in page.text if not c.isprintable() and c not in "\n\t\xa0"]
        assert invisible == [], path


@pytest.mark.parametrize("language", ["ko", "en"])
def test_a_day_of_hostile_texts_is_built_of_the_same_elements_as_a_tame_one(language: str, tmp_path: Path) -> None:
    shapes: list[list[tuple[str, list[tuple[str, tuple[str, ...]]]]]] = []
    nasty = " ".join(STRINGS[:24])
    for name, text in (("tame", TAME), ("hostile", nasty)):
        report = spoiled(TRENDING, lambda said, text=text: f"{said} {text}").model_copy(update={"language": language})
        days.made(tmp_path / name, report, language=language)
        shapes.append([(path, list(elements(page))) for path, page in days.pages(tmp_path / name / "site")])
    tame, hostile = shapes
    assert [path for path, _ in tame] == [path for path, _ in hostile]
    for (path, plain), (_, spoilt) in zip(tame, hostile, strict=True):
        # A figure in a text stands out, and words too long for a line part from their mark.
        kept = [[one for one in page if one[0] not in ("b", "span")] for page in (plain, spoilt)]
        assert kept[0] == kept[1], path


def test_the_files_of_the_index_are_one_call_with_data(site: Path) -> None:
    files = list((site / "search").glob("*.js"))
    assert len(files) > 30
    for path in files:
        text = path.read_text(encoding="utf-8")
        call = re.fullmatch(r"insights\.take\((\"[^\"]+\"),(.*)\)\n", text, re.DOTALL)
        assert call and json.loads(call[1]) == path.stem and json.loads(call[2]) is not None, path
        assert "\u2028" not in text and "</script" not in text, path


def test_addresses_that_are_none_are_shown_and_not_linked(tmp_path: Path) -> None:
    bad = days.paper("2611.00001", "T", links=("javascript:window.hit=1",))
    lone = bad.model_copy(update={"id": "title:00112233aabbccdd"})
    days.made(tmp_path, days.day(date(2026, 11, 20), [(lone, "머리말")]))
    page = days.soup(tmp_path / "site" / "day" / "2026-11-20.html")
    block = page.select_one("article.item")
    assert isinstance(block, Tag) and block.select('a[href^="javascript"]') == [] and "원문" in block.text
