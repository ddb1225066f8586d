"""``insights search`` as its users meet it."""

import json
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import get_args

import pytest
from click.testing import Result
from typer.testing import CliRunner

from cli.app import app
from cli.roles import place_name
from cli.search import in_english
from domain.kinds import Role
from domain.memories import Hit
from graph.context import Context
from prompts.glossary import load_glossary

from .conftest import DAYS

Insights = Callable[..., Result]


def test_a_paper_is_found_by_its_words_with_score_day_and_links(insights: Insights, data: Path) -> None:
    result = insights("search", "robot hands grasp cups", "--kind", "paper", "--most", "1")
    assert result.exit_code == 0, result.output
    head, title, url, report, note = result.stdout.splitlines()
    score, day, kind, *_ = head.split()
    assert 0 < float(score) <= 1
    assert note.startswith("ordered by the figure")
    assert (day in DAYS, kind) == (True, "논문")
    assert "로보틱스" in head
    assert title.strip().startswith("Robot Hands Study")
    assert url.strip().startswith("https://arxiv.org/abs/2509.")
    assert report.strip() == str(data / "reports" / day / "report.md")


def test_a_claim_comes_with_the_paper_it_rests_on(insights: Insights) -> None:
    result = insights("search", "robot legs walk over gravel", "--kind", "claim", "--json")
    hits = json.loads(result.stdout)["hits"]
    assert hits and {hit["kind"] for hit in hits} == {"claim"}
    assert hits[0]["title"].startswith("Robot Legs Study")
    assert hits[0]["paper_id"].startswith("arxiv:2509.")
    assert (hits[0]["language"], hits[0]["role"]) == ("ko", "hook")


def test_hits_come_in_the_order_of_the_score_that_they_show(insights: Insights) -> None:
    output = insights("search", "robot hands and noisy telephone calls", "--most", "30").stdout
    shown = [float(found[1]) for found in re.finditer(r"^(\d\.\d\d)  20", output, re.MULTILINE)]
    assert len(set(shown)) > 3
    assert shown == sorted(shown, reverse=True)
    found = json.loads(insights("search", "robot hands and noisy telephone calls", "--most", "30", "--json").stdout)
    assert [f"{hit['score']:.2f}" for hit in found["hits"]] == [f"{score:.2f}" for score in shown]


@pytest.mark.parametrize(("language", "role"), [("ko", "핵심"), ("en", "finding")])
def test_a_claim_says_its_place_on_the_page_in_the_language(language: str, role: str, insights: Insights) -> None:
    arguments = ("search", "robot legs walk over gravel", "--kind", "claim", "--most", "1")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("INSIGHTS_LANGUAGE", language)
        head = insights(*arguments).stdout.splitlines()[0]
    assert head.split()[2] == role


@pytest.mark.parametrize("language", ["ko", "en"])
def test_every_place_of_a_claim_has_a_word_of_its_own_in_every_language(language: str) -> None:
    hit = Hit(
        kind="claim", paper_id="", title="", url="", day=date(2025, 9, 1), category="", text="", similarity=1, score=1
    )
    words = [place_name(hit.model_copy(update={"role": role}), language) for role in get_args(Role)]
    assert len(set(words)) == len(words)
    assert all(bool(re.search("[가-힣]", word)) == (language == "ko") for word in words)


def test_hits_can_be_narrowed_by_days_category_and_source(insights: Insights) -> None:
    def days_and_categories(*filters: str) -> tuple[set[str], set[str]]:
        result = insights("search", "study of accuracy", "--kind", "paper", "--most", "50", "--json", *filters)
        hits = json.loads(result.stdout)["hits"]
        return {hit["day"] for hit in hits}, {hit["category"] for hit in hits}

    assert days_and_categories("--days", "2") == (set(DAYS[-2:]), {"robotics", "llm"})
    assert days_and_categories("--category", "로보틱스")[1] == {"robotics"}
    assert days_and_categories("--category", "audio", "--category", "robotics")[1] == {"robotics", "audio"}
    assert days_and_categories("--category", "audio", "--days", "1") == (set(), set())
    assert days_and_categories("--source", "sample")[0] == {"2024-10-06"}


def test_nothing_found_is_said_and_is_no_fault(insights: Insights) -> None:
    result = insights("search", "speech", "--category", "audio", "--days", "1")
    assert result.exit_code == 0
    assert "nothing that is remembered" in result.output


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["search", " "], 2, "nothing to search for"),
        (["search", "robots", "--category", "gardening"], 2, "no category 'gardening'; known: llm"),
        (["search", "robots", "--source", "newspaper"], 2, "no remembered paper came from newspaper"),
        (["search", "robots", "--kind", "author"], 2, "a paper or a claim"),
        (["search", "robots", "--days", "0"], 2, "--days"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else None,
)
def test_what_cannot_be_asked_is_said_in_a_sentence(
    arguments: list[str], code: int, words: str, insights: Insights
) -> None:
    result = insights(*arguments)
    assert result.exit_code == code, result.output
    assert words in result.output


@pytest.mark.parametrize(
    "arguments",
    [
        ["search", "robots"],
        ["trends"],
        ["paper", "2509.00100"],
        ["taxonomy"],
        ["taxonomy", "apply"],
        ["memory", "info"],
        ["memory", "check"],
        ["memory", "backup", "copy"],
    ],
    ids=" ".join,
)
def test_without_a_memory_the_way_to_one_is_said_and_none_is_made(arguments: list[str], tmp_path: Path) -> None:
    result = CliRunner().invoke(app, [*arguments, "--data", str(tmp_path / "elsewhere")])
    assert result.exit_code == 1
    assert "there is no memory in" in result.output and "insights run" in result.output
    assert not (tmp_path / "elsewhere").exists()


@pytest.mark.parametrize(
    ("asked", "english"),
    [
        ("강화 학습으로 로봇", "reinforcement learning"),
        ("강화학습", "reinforcement learning"),
        ("심층 강화 학습", "deep reinforcement learning"),
        ("robot hands", ""),
    ],
)
def test_a_korean_question_is_asked_in_english_too(asked: str, english: str) -> None:
    ctx = Context()
    told = in_english(asked, load_glossary(), ctx.lexicon, ctx.taxonomy)
    assert told.startswith(asked)
    assert told.removeprefix(asked).strip().casefold().startswith(english)
    assert bool(english) == (told != asked)


def test_a_korean_question_finds_a_paper_written_in_english(insights: Insights) -> None:
    found = json.loads(insights("search", "음성 인식", "--kind", "paper", "--most", "3", "--json").stdout)
    assert found["hits"] and "Speech Recognition" in found["hits"][0]["title"]
