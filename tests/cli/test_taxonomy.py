"""``insights taxonomy`` as its users meet it, and the rules by which papers would move."""

import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from agents.second_look import LOOK_BELOW
from cli.app import app
from cli.refile import moves
from domain.papers import Paper
from domain.reports import Filing, Proposal
from domain.taxonomy import Category, Taxonomy
from graph.context import Context
from prompts.taxonomy import load_taxonomy
from publishing.files import read_report
from tests.scripted import HashEmbedder, KeyedClassifier, fitted
from vectorstore.memory import Memory

from .conftest import DAYS, REPEATED

Insights = Callable[..., Result]
FITTED = Context.__dict__["classifier"]
"""The property that fits the real classifier, before a test puts a light one in its place."""


class Changed(KeyedClassifier):
    """The classifier of a taxonomy that was edited: speech belongs to language now."""

    name = "classifier@changed"

    def __init__(self, certainty: float = 0.9) -> None:
        self.certainty = certainty

    def rank(self, papers: Sequence[Paper]) -> list[list[tuple[str, float]]]:
        return [
            [("nlp", self.certainty)] if p.title.startswith("Speech") else ranking
            for p, ranking in zip(papers, super().rank(papers), strict=True)
        ]


OLD = "classifier@1"


def filed(title: str, category: str, decided_by: str, id: str = "arxiv:2509.00001") -> tuple[Paper, Filing]:
    filing = Filing(paper_id=id, category=category, certainty=0.7, decided_by=decided_by)
    return Paper(id=id, title=title, abstract=""), filing


def moved(*papers: tuple[Paper, Filing], certainty: float = 0.9) -> list[tuple[str, str]]:
    found = moves(papers, Changed(certainty), lambda done, total: None)
    return [(move.paper.id, move.after.category) for move in found]


def test_what_an_earlier_classifier_filed_moves_where_this_one_puts_it() -> None:
    assert moved(filed("Speech", "audio", OLD)) == [("arxiv:2509.00001", "nlp")]
    assert moved(filed("Speech", "nlp", OLD)) == []
    assert moved(filed("Speech", "audio", OLD), filed("Robot", "robotics", OLD, "arxiv:2509.00002")) == [
        ("arxiv:2509.00001", "nlp")
    ]


def test_what_this_very_classifier_filed_stands() -> None:
    assert moved(filed("Speech", "audio", "classifier@changed")) == []


def test_a_guess_moves_a_paper_only_into_a_category_that_was_not_there_before() -> None:
    here, there = filed("Speech", "audio", OLD), filed("Speech Too", "nlp", OLD, "arxiv:2509.00002")
    assert moved(here, certainty=0.3) == [("arxiv:2509.00001", "nlp")]
    assert moved(here, there, certainty=0.3) == []
    assert moved(here, there, certainty=0.6) == [("arxiv:2509.00001", "nlp")]


def test_what_a_model_filed_stands_unless_the_classifier_is_sure_now() -> None:
    assert moved(filed("Speech", "audio", "openai:m"), certainty=LOOK_BELOW - 0.01) == []
    assert moved(filed("Speech", "audio", "openai:m"), certainty=LOOK_BELOW) == [("arxiv:2509.00001", "nlp")]


@pytest.mark.parametrize("decided_by", [OLD, "classifier@changed", "openai:m"])
def test_a_category_that_is_gone_gives_up_its_papers_whoever_filed_them(decided_by: str) -> None:
    assert moved(filed("Speech", "gone", decided_by), certainty=0.3) == [("arxiv:2509.00001", "nlp")]


def test_records_of_one_work_move_together() -> None:
    same = (
        filed("Speech: Heard", "audio", OLD, "title:00"),
        filed("Speech, heard", "audio", "classifier@changed", "arxiv:2509.00002"),
    )
    assert moved(*same) == [("title:00", "nlp"), ("arxiv:2509.00002", "nlp")]


def test_a_later_record_of_a_work_follows_the_first_which_stands() -> None:
    first = filed("Speech: Heard", "audio", "classifier@changed", "title:00")
    assert moved(first, filed("Speech, heard", "rl", OLD, "arxiv:2509.00002")) == [("arxiv:2509.00002", "audio")]


def test_the_shares_of_the_halves_are_shown_per_category(insights: Insights) -> None:
    found = json.loads(insights("taxonomy", "--json").stdout)
    assert (len(found["days"]), found["later_days"]) == (7, 4)
    audio = next(row for row in found["categories"] if row["category"] == "audio")
    # Two papers on each of the first four of six days; the later half are the last four.
    assert audio["later_half"] == pytest.approx(4 / 28)
    # A category that never had a paper is shown too.
    assert {c.key for c in load_taxonomy().all} <= {row["category"] for row in found["categories"]}
    assert "no category was proposed" in insights("taxonomy").stdout


def test_proposals_are_counted_over_days_with_example_papers(insights: Insights, data: Path) -> None:
    with Memory.open(data / "memory", HashEmbedder()) as memory:
        for day in DAYS[:2]:
            report = read_report(data / "reports" / day / "report.json")
            proposed = tuple(Proposal(paper_id=p.id, name="Gardening") for p in report.papers[:2])
            memory.remember(report.model_copy(update={"proposals": proposed}))
    output = insights("taxonomy").stdout
    assert "Gardening: 4 papers on 2 days, the last 2025-09-02" in output
    assert "Robot Hands Study 00" in output
    (proposal,) = json.loads(insights("taxonomy", "--json").stdout)["proposals"]
    assert proposal["days"] == list(DAYS[:2])
    assert {paper["id"][:6] for paper in proposal["papers"]} == {"arxiv:"}


def test_a_dry_run_shows_what_would_move_and_moves_nothing(insights: Insights, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Context, "classifier", Changed())
    before = insights("trends", "--json").stdout
    result = insights("taxonomy", "apply", "--dry-run")
    assert result.exit_code == 0, result.output
    assert "8 papers would move" in result.output and "Speech Recognition Study" in result.output
    found = json.loads(insights("taxonomy", "apply", "--dry-run", "--json").stdout)
    assert len(found["moves"]) == 8
    assert {(move["from"], move["to"]) for move in found["moves"]} == {("audio", "nlp")}
    assert insights("trends", "--json").stdout == before


def test_what_would_move_is_told_from_the_vectors_that_memory_keeps(
    insights: Insights, monkeypatch: pytest.MonkeyPatch
) -> None:
    embedder = HashEmbedder()
    monkeypatch.setattr(Context, "embed", embedder)
    monkeypatch.setattr(Context, "classifier", property(lambda self: replace(fitted(), embed=self.ahead)))
    assert json.loads(insights("taxonomy", "apply", "--dry-run", "--json").stdout)["papers"] == 47
    assert embedder.embedded == 0


def test_applying_moves_them_in_the_memory_once_and_leaves_the_reports(
    insights: Insights, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    report = data / "reports" / DAYS[0] / "report.json"
    published = report.read_bytes()
    monkeypatch.setattr(Context, "classifier", Changed())
    result = insights("taxonomy", "apply")
    assert "8 papers were moved" in result.output
    counts = {
        row["category"]: row["total"]
        for row in json.loads(insights("trends", "--days", "6", "--json").stdout)["categories"]
    }
    assert counts == {"robotics": 24, "llm": 12, "nlp": 8}
    assert json.loads(insights("paper", "2509.00300", "--json").stdout)["decided_by"] == "classifier@changed"
    assert json.loads(insights("paper", REPEATED, "--json").stdout)["decided_by"] == "keyed"
    assert "stay where they are filed" in insights("taxonomy", "apply").output
    assert insights("memory", "check").exit_code == 0
    assert report.read_bytes() == published


def test_a_data_folder_before_the_verb_counts_too(data: Path) -> None:
    result = CliRunner().invoke(app, ["taxonomy", "--data", str(data), "--json", "apply", "--dry-run"])
    assert json.loads(result.stdout)["moves"] == []


def test_a_category_without_examples_is_refused_with_the_way_out(
    insights: Insights, monkeypatch: pytest.MonkeyPatch
) -> None:
    known = load_taxonomy()
    new = Category(key="gardening", ko="원예", en="Gardening", emoji="🌱", description="plants")
    monkeypatch.setattr(Context, "taxonomy", Taxonomy(categories=(*known.categories, new), fallback=known.fallback))
    monkeypatch.setattr(Context, "classifier", FITTED)
    result = insights("taxonomy", "apply", "--dry-run")
    assert result.exit_code == 2
    assert "gardening" in result.output and "add some titles" in result.output
