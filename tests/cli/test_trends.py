"""``insights trends`` as its users meet it, and the shares that it shows."""

import json
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from click.testing import Result

from cli.shares import percent, points, shares, sparkline
from domain.trends import DayRow
from prompts.topics import load_topics

from .conftest import DAYS

Insights = Callable[..., Result]


def rows(*counts: dict[str, int]) -> list[DayRow]:
    first = date(2025, 1, 1)
    return [
        DayRow(day=first + timedelta(days=n), new=sum(day.values()), categories=tuple(day.items()))
        for n, day in enumerate(counts)
    ]


def test_the_share_of_the_last_days_is_held_against_the_days_before() -> None:
    before, after = {"rl": 1, "llm": 9}, {"rl": 3, "llm": 3}
    (llm, rl) = shares(rows(*[before] * 5, *[after] * 7), ["rl", "llm"])
    assert (llm.category, rl.category) == ("llm", "rl")
    assert (rl.total, rl.before, rl.lately) == (26, 0.1, 0.5)
    assert rl.share == pytest.approx(26 / 92)
    assert (points(rl.change), points(llm.change)) == ("+40.0", "-40.0")


def test_days_without_new_papers_and_days_before_there_were_any_are_no_zeros() -> None:
    (llm,) = shares(rows({"llm": 2}, {}, {"llm": 1}), ["llm"])
    assert llm.by_day == (1.0, None, 1.0)
    assert (llm.before, llm.change, points(llm.change), percent(llm.before)) == (None, None, "–", "–")


def test_a_category_that_the_taxonomy_lost_is_still_counted() -> None:
    assert [(s.category, s.total) for s in shares(rows({"gone": 2, "llm": 1}), ["llm"])] == [("gone", 2), ("llm", 1)]


def test_a_sparkline_has_one_bar_per_value_and_a_gap_for_none() -> None:
    assert sparkline([0.0, 0.5, None, 1.0]) == "▁▅ █"
    assert sparkline([0.0, 0.0]) == "▁▁"
    assert sparkline([]) == ""


def test_the_table_counts_what_the_days_held(insights: Insights) -> None:
    result = insights("trends", "--json")
    assert result.exit_code == 0, result.output
    found = json.loads(result.stdout)
    assert [row["day"] for row in found["days"]] == ["2024-10-06", *DAYS]
    # The repeat on the third day is not new.
    assert [row["new"] for row in found["days"]][1:] == [8, 8, 8, 8, 6, 6]
    counts = {row["category"]: row["counts"][1:] for row in found["categories"]}
    assert counts["robotics"] == [4, 4, 4, 4, 4, 4]
    assert counts["audio"] == [2, 2, 2, 2, 0, 0]
    assert counts["llm"] == [2, 2, 2, 2, 2, 2]
    new = sum(row["new"] for row in found["days"])
    for row in found["categories"]:
        assert row["total"] == sum(row["counts"]) > 0
        assert row["share"] == pytest.approx(row["total"] / new)


def test_the_table_shows_names_shares_and_days(insights: Insights) -> None:
    result = insights("trends", "--days", "6")
    assert "44 new papers on 6 observed days, 2025-09-01 to 2025-09-06" in result.stdout
    line = next(line for line in result.stdout.splitlines() if "오디오" in line)
    assert "18.2 %" in line and "████▁▁" in line


def test_one_category_is_shown_day_by_day(insights: Insights) -> None:
    result = insights("trends", "--category", "Robotics", "--days", "2")
    assert result.exit_code == 0, result.output
    assert "4 (66.7 %)" in result.stdout
    assert "언어 모델" not in result.stdout


def test_the_days_of_one_category_come_with_the_topics_that_its_papers_speak_of(insights: Insights) -> None:
    topic = load_topics()["speech-recognition"].name("ko")
    one = insights("trends", "--category", "audio", "--days", "6").stdout
    # Two papers on each of the first four days, none on the last two.
    assert one.count(f"{topic} 2") == 4
    two = insights("trends", "--category", "audio", "--category", "llm", "--days", "6").stdout
    assert "topics" in one and "topics" not in two


def test_what_a_young_memory_cannot_tell_is_said(insights: Insights, data: Path, tmp_path: Path) -> None:
    reports = data / "reports"
    for day in DAYS[1:]:
        for path in sorted((reports / day).rglob("*"), reverse=True):
            path.rmdir() if path.is_dir() else path.unlink()
    assert insights("memory", "rebuild", "--from-reports").exit_code == 0
    (fact,) = json.loads(insights("trends", "--json").stdout)["facts"]
    assert fact["kind"] == "memory"


def test_the_picture_is_a_png_and_its_place_is_printed(insights: Insights, tmp_path: Path) -> None:
    path = tmp_path / "trends.png"
    result = insights("trends", "--picture", path)
    assert result.exit_code == 0, result.output
    assert path.read_bytes().startswith(b"\x89PNG")
    assert str(path) in result.output


def test_a_picture_that_cannot_be_written_is_said_in_a_sentence(insights: Insights, tmp_path: Path) -> None:
    result = insights("trends", "--picture", tmp_path / "nowhere" / "trends.png")
    assert result.exit_code == 1
    assert "cannot be written" in result.output
