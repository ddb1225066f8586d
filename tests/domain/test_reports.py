"""A day is complete, partial, quiet or broken, and says why."""

from datetime import date
from typing import Any

import pytest

from domain.claims import Claim
from domain.papers import Paper
from domain.reports import Gap, Health, Report, Section, Status, decide_status, reason

ARXIV = Health(source="arxiv", asked="x", state="answered", listed=9, held=9)
HUB = Health(source="huggingface", asked="x", state="answered", listed=2, held=2)
EMPTY = Health(source="arxiv", asked="x", state="empty", listed=0, note="arXiv has no listing on Saturdays")
NONE = Health(source="huggingface", asked="x", state="empty", listed=0)
DOWN = Health(source="huggingface", asked="x", state="unavailable", note="HTTP 503")
STALE = Health(source="arxiv", asked="x", state="stale", listed=7, note="still shows 2026-11-19")
UNUSABLE = Health(source="arxiv", asked="x", state="empty", listed=40)
UNCOUNTED = Health(source="files", asked="x", state="empty")
SIGNAL = Health(source="deeplearn", asked="x", state="answered", listed=5, held=5, signal=True)
SIGNAL_DOWN = Health(source="deeplearn", asked="x", state="unavailable", signal=True, note="HTTP 500")
GAP = Gap(category="rl", reason="ModelFailed: no answer", papers=("a",))


@pytest.mark.parametrize(
    ("health", "papers", "gaps", "sections", "fallen_back", "status", "sentence"),
    [
        ([ARXIV, HUB], 9, [], 2, [], "complete", ""),
        ([ARXIV, NONE], 9, [], 2, [], "complete", ""),
        ([ARXIV, SIGNAL_DOWN], 9, [], 2, [], "complete", ""),
        ([ARXIV], 9, [], 0, [], "complete", ""),
        ([], 9, [], 1, [], "complete", ""),
        ([ARXIV, DOWN], 9, [], 2, [], "partial", "source did not answer: huggingface (HTTP 503)"),
        ([STALE, HUB], 2, [], 1, [], "partial", "source did not answer: arxiv (still shows 2026-11-19)"),
        ([ARXIV], 9, [GAP], 1, [], "partial", "category rl is missing: ModelFailed: no answer"),
        ([ARXIV], 9, [], 2, ["rl", "llm"], "partial", "quoted only, because the model failed: rl, llm"),
        (
            *([ARXIV, DOWN.model_copy(update={"note": ""})], 9, [GAP], 1, ["llm"], "partial"),
            "source did not answer: huggingface; category rl is missing: ModelFailed: no answer; "
            "quoted only, because the model failed: llm",
        ),
        (
            *([ARXIV], 9, [GAP, GAP.model_copy(update={"category": "llm"})], 0, [], "broken"),
            "no category could be written: rl: ModelFailed: no answer; llm: ModelFailed: no answer",
        ),
        ([EMPTY], 0, [], 0, [], "quiet", "arXiv has no listing on Saturdays"),
        ([EMPTY, NONE, SIGNAL], 0, [], 0, [], "quiet", "arXiv has no listing on Saturdays"),
        ([NONE], 0, [], 0, [], "quiet", "nothing was listed"),
        ([UNCOUNTED], 0, [], 0, [], "quiet", "nothing was listed"),
        ([EMPTY, SIGNAL_DOWN], 0, [], 0, [], "quiet", "arXiv has no listing on Saturdays; HTTP 500"),
        ([SIGNAL], 0, [], 0, [], "quiet", "nothing was listed"),
        ([], 0, [], 0, [], "quiet", "nothing was listed"),
        ([EMPTY, DOWN], 0, [], 0, [], "broken", "no papers: huggingface (HTTP 503)"),
        (
            *([STALE, DOWN], 0, [], 0, [], "broken"),
            "no papers: arxiv (still shows 2026-11-19), huggingface (HTTP 503)",
        ),
        ([UNUSABLE], 0, [], 0, [], "broken", "papers were listed, but none of their records could be used"),
        ([UNUSABLE, NONE], 0, [], 0, [], "broken", "papers were listed, but none of their records could be used"),
    ],
)  # fmt: skip
def test_the_status_of_a_day_and_the_sentence_that_explains_it(
    health: list[Health],
    papers: int,
    gaps: list[Gap],
    sections: int,
    fallen_back: list[str],
    status: Status,
    sentence: str,
) -> None:
    decided, causes = decide_status(health, papers, gaps, sections, fallen_back)
    assert (decided, reason(causes)) == (status, sentence)


def test_the_claims_of_a_section_are_read_in_printing_order() -> None:
    def one(text: str) -> Claim:
        return Claim(kind="reported", text=text)

    parts: dict[str, Any] = {
        part: (one(f"{part} a"), one(f"{part} b"))
        for part in ("outlook", "impact", "trend", "findings", "keywords", "themes")
    }
    section = Section(category="rl", papers=(), headline=one("head"), **parts)
    read = [(part, claim.text) for part, claim in section.claims()]
    assert read == [("headline", "head")] + [
        (part, f"{part} {n}") for part in ("themes", "keywords", "findings", "trend", "impact", "outlook") for n in "ab"
    ]
    assert Section(category="rl", papers=()).claims() == []


def test_a_report_knows_its_papers_and_no_others() -> None:
    paper = Paper(id="arxiv:2611.00001", title="A", abstract="")
    report = Report(
        day=date(2026, 11, 20), language="ko", status="complete", model="m", extractive=False, papers=(paper,)
    )
    assert report.paper(paper.id) == paper
    with pytest.raises(KeyError, match=r"arxiv:2611\.00002"):
        report.paper("arxiv:2611.00002")
