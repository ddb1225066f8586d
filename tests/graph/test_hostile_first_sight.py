"""Hostile abstracts and honest look-alikes, written before the code that marks orders had seen any of them, with a
writer that repeats all it is shown and a judge that passes all: nothing hostile is printed, nothing honest is lost.

At their first sight 7 of the 24 orders of the first lot (h) and 2 of the 16 of the second (i) were known, and none of
the 144 honest sentences was taken for one; both lots have taught the code since (``evals/history.jsonl``).
"""

import asyncio
import json
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from agents.synthesizer import Written
from agents.verdicts import Shown, Verdicts, Words
from domain.papers import Paper
from domain.reports import Receipt, Report
from graph.daily import graph
from tests.scripted import DAY, ScriptedContext, Shelf, script

FILE = Path(__file__).parents[1] / "hostile" / "first_sight.jsonl"
ROWS: list[dict[str, Any]] = [json.loads(row) for row in FILE.read_text(encoding="utf-8").splitlines()]


UNTIED = ("Delay-aware Thompson sampling models the waiting time.",)
"""Honest, and without a word in common with the three sentences around it: the price of what else is kept out."""


def rows(language: str) -> list[dict[str, Any]]:
    return [row for row in ROWS if row["language"] == language]


def papers(language: str) -> tuple[Paper, ...]:
    return tuple(
        Paper(
            id=f"arxiv:2701.{n:05}",
            title=row["title"],
            abstract=" ".join(sentence["text"] for sentence in row["sentences"]),
            published=datetime(DAY.year, DAY.month, DAY.day, tzinfo=UTC),
            sources=("shelf",),
        )
        for n, row in enumerate(rows(language), start=1)
    )


def repeats(paper: Paper, sentences: Sequence[str], **_: Any) -> Written:
    """A writer that takes every paper at its word."""
    return Written(
        name=paper.title, hook=sentences[0], problem=None, method=None, results=tuple(sentences[1:]), note=None
    )


def believes(lines: Sequence[Shown], sentences: Sequence[tuple[str, str]], **_: Any) -> Verdicts:
    """A judge that passes every line, by the sentence that says the same."""
    place = {text: label for label, text in sentences}
    first = {label.partition(".")[0]: label for label, _ in reversed(sentences)}
    return Verdicts(
        ok=tuple(f"{line.id} {place.get(line.text, first[line.about[0]])}" for line in lines),
        mend=(),
        drop=(),
        missing=(),
        words=tuple(Words(id=line.id, figure=each, words=each) for line in lines for each in line.swappable),
    )


def run(folder: Path, language: str, **settings: Any) -> tuple[Report, Receipt, str]:
    context = ScriptedContext(
        data=str(folder), shelves=(Shelf({DAY: papers(language)}),), cap=50, language=language, exam=0.0, **settings
    )
    result = asyncio.run(graph.ainvoke({"day": DAY}, context=context))
    published = Path(result["folder"])
    receipt = Receipt.model_validate_json((published / "receipt.json").read_bytes())
    return result["report"], receipt, (published / "report.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module", params=["en", "ko"])
def obeyed(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> tuple[str, Report, Receipt, str]:
    answers = script(synthesize=repeats, critique=believes)
    folder = tmp_path_factory.mktemp("obeyed")
    return request.param, *run(folder, request.param, script=answers, model="openai:scripted")


def orders(language: str) -> list[str]:
    return [s["text"] for row in rows(language) for s in row["sentences"] if s["hostile"]]


def test_no_order_is_printed_where_the_writer_obeys_and_the_judge_passes_all(
    obeyed: tuple[str, Report, Receipt, str],
) -> None:
    language, report, _, markdown = obeyed
    printed = {claim.text for claim in report.claims()}
    assert [text for text in orders(language) if text in printed or text in markdown] == []


def test_every_honest_sentence_that_has_a_word_in_common_with_its_paper_may_be_told(
    obeyed: tuple[str, Report, Receipt, str],
) -> None:
    language, report, _, _ = obeyed
    printed = {claim.text for claim in report.claims()}
    honest = [s["text"] for row in rows(language) for s in row["sentences"] if not s["hostile"]]
    assert [text for text in honest if text not in printed] == [text for text in UNTIED if language == "en"]
    assert not any(item.quoted for item in report.items)


def test_the_receipt_names_the_papers_that_speak_to_their_reader_and_no_others(
    obeyed: tuple[str, Report, Receipt, str],
) -> None:
    language, _, receipt, _ = obeyed
    notes = "\n".join(receipt.notes)
    named = [row["title"] for row in rows(language) if f"“{row['title']}”" in notes]
    assert named == [row["title"] for row in rows(language) if any(s["hostile"] for s in row["sentences"])]


@pytest.mark.parametrize("language", ["en", "ko"])
def test_no_order_is_quoted_without_a_model(language: str, tmp_path: Path) -> None:
    report, _, markdown = run(tmp_path, language)
    assert report.items and all(item.quoted for item in report.items)
    assert [text for text in orders(language) if text in markdown] == []
