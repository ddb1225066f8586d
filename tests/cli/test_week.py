"""``insights week``: the week's files, the same for the same days, and its page of the site."""

import json
from collections.abc import Callable
from pathlib import Path

import jsonschema
import pytest
from click.testing import Result
from markdown_it import MarkdownIt

import publishing
from domain.weeks import Week
from tests.publishing.site.days import soup

WEEK = "2025-W36"
"""Of the hand-made days: Monday 1 to Saturday 6 September."""


def test_a_week_is_written_from_memory_and_reports_without_a_model(insights: Callable[..., Result], data: Path) -> None:
    result = insights("week", WEEK)
    # The headlines of these days are English on a Korean page, which no rule lets pass any more.
    assert result.exit_code == 3, result.output
    assert "2025-W36: 6 days, 10 papers" in result.output and "arranged by rule" in result.output
    content = (data / "weeks" / WEEK / "week.json").read_bytes()
    schema = Path(publishing.__file__).with_name("week.schema.json").read_text(encoding="utf-8")
    jsonschema.validate(json.loads(content), json.loads(schema))
    week = Week.model_validate_json(content)
    assert all(claim.evidence for one in week.highlights for claim in one.claims)
    assert week.left_out and all("language: " in drop.reason for drop in week.left_out)
    assert sum(share.new for share in week.shares) == sum(day.papers for day in week.days) > 30
    again = next(one for one in week.highlights if one.paper_id == "arxiv:2509.00100")
    assert again.reasons[:2] == ("opening", "again") and len(again.days) == 2
    before = {path.name: path.read_bytes() for path in (data / "weeks" / WEEK).iterdir()}
    insights("week", WEEK)
    assert {path.name: path.read_bytes() for path in (data / "weeks" / WEEK).iterdir()} == before


def test_its_page_leads_to_the_pages_of_its_days(insights: Callable[..., Result], data: Path) -> None:
    insights("week", WEEK)
    folder = data / "weeks" / WEEK
    html = MarkdownIt("gfm-like", {"linkify": False}).render((folder / "week.md").read_text(encoding="utf-8"))
    links = [part.partition('"')[0] for part in html.split('href="')[1:]]
    ways = [link for link in links if not link.startswith("https://arxiv.org/abs/")]
    assert len(ways) >= 10 and all((folder / way).is_file() for way in ways)


def test_a_site_has_a_page_for_each_week_and_the_archive_leads_there(
    insights: Callable[..., Result], data: Path
) -> None:
    insights("week", WEEK)
    assert insights("site", "build").exit_code == 0
    assert soup(data / "site" / "archive.html").select_one(f'#weeks ~ ul a[href="week/{WEEK}.html"]')
    page = soup(data / "site" / "week" / f"{WEEK}.html")
    ways = [str(a["href"]) for a in page.select("main a[href]") if not str(a["href"]).startswith("https://")]
    assert len(page.select("article.item")) == 10 and len(page.select("article.item blockquote")) >= 10
    assert [way for way in ways if not (data / "site" / "week" / way.partition("#")[0]).is_file()] == []


def test_a_week_without_a_report_says_so_and_a_slip_is_told(insights: Callable[..., Result], data: Path) -> None:
    assert insights("week", "2025-W30").exit_code == 4
    text = (data / "weeks" / "2025-W30" / "week.md").read_text(encoding="utf-8")
    assert "7월 21일" in text and "다룰 논문이 있는 날이 없습니다" in text
    result = insights("week", "2025-36")
    assert result.exit_code == 2 and "write it as 2026-W47" in result.output


def test_a_report_that_cannot_be_read_is_named_and_the_week_is_partial(
    insights: Callable[..., Result], data: Path
) -> None:
    (data / "reports" / "2025-09-02" / "report.json").write_text("{", encoding="utf-8")
    result = insights("week", WEEK)
    assert result.exit_code == 3 and "left out: 2025-09-02" in result.output


@pytest.mark.parametrize("name", ["week.md", "week.json"])
def test_a_crash_while_writing_leaves_the_old_file(
    name: str, insights: Callable[..., Result], data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    insights("week", WEEK)
    path = data / "weeks" / WEEK / name
    before = path.read_bytes()
    write = Path.write_text

    def full(self: Path, text: str, **more: str) -> int:
        if self.name == f".{name}.new":
            write(self, text[:10], **more)
            raise OSError(28, "No space left on device")
        return write(self, text, **more)

    monkeypatch.setattr(Path, "write_text", full)
    result = insights("week", WEEK)
    assert result.exit_code == 1 and "No space left" in result.output and path.read_bytes() == before
