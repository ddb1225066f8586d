"""A day is complete, partial, quiet or broken, and says why."""

from datetime import date
from typing import Any

import pytest

from domain.claims import Claim
from domain.items import Group, Item, Pick, Returning, Story
from domain.kinds import Status
from domain.papers import Paper
from domain.reports import Health, Report, decide_status, reason

DAY = date(2026, 11, 20)
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


@pytest.mark.parametrize(
    ("health", "papers", "quoted", "bare", "status", "sentence"),
    [
        ([ARXIV, HUB], 9, [], False, "complete", ""),
        ([ARXIV, NONE], 9, [], False, "complete", ""),
        ([ARXIV, SIGNAL_DOWN], 9, [], False, "complete", ""),
        ([], 9, [], False, "complete", ""),
        ([ARXIV, DOWN], 9, [], False, "partial", "source did not answer: huggingface (HTTP 503)"),
        ([STALE, HUB], 2, [], False, "partial", "source did not answer: arxiv (still shows 2026-11-19)"),
        (
            *([ARXIV], 9, ["AlphaNet", "BetaNet"], False, "partial"),
            "quoted only, because the model gave nothing that could be published: AlphaNet, BetaNet",
        ),
        ([ARXIV], 9, [], True, "partial", "the model gave no opening that could be published"),
        (
            *([ARXIV, DOWN.model_copy(update={"note": ""})], 9, ["AlphaNet"], True, "partial"),
            "source did not answer: huggingface; quoted only, because the model gave nothing that could be published: "
            "AlphaNet; the model gave no opening that could be published",
        ),
        ([EMPTY], 0, [], False, "quiet", "arXiv has no listing on Saturdays"),
        ([EMPTY, NONE, SIGNAL], 0, [], False, "quiet", "arXiv has no listing on Saturdays"),
        ([NONE], 0, [], False, "quiet", "nothing was listed"),
        ([UNCOUNTED], 0, [], False, "quiet", "nothing was listed"),
        ([EMPTY, SIGNAL_DOWN], 0, [], False, "quiet", "arXiv has no listing on Saturdays; HTTP 500"),
        ([SIGNAL], 0, [], False, "quiet", "nothing was listed"),
        ([], 0, [], False, "quiet", "nothing was listed"),
        ([EMPTY, DOWN], 0, [], False, "broken", "no papers: huggingface (HTTP 503)"),
        (
            *([STALE, DOWN], 0, [], False, "broken"),
            "no papers: arxiv (still shows 2026-11-19), huggingface (HTTP 503)",
        ),
        ([UNUSABLE], 0, [], False, "broken", "papers were listed, but none of their records could be used"),
        ([UNUSABLE, NONE], 0, [], False, "broken", "papers were listed, but none of their records could be used"),
    ],
)  # fmt: skip
def test_the_status_of_a_day_and_the_sentence_that_explains_it(
    health: list[Health], papers: int, quoted: list[str], bare: bool, status: Status, sentence: str
) -> None:
    decided, causes = decide_status(health, papers, quoted, bare)
    assert (decided, reason(causes)) == (status, sentence)


def test_the_claims_of_a_report_are_read_in_printing_order_and_its_other_papers_are_listed() -> None:
    def one(text: str, **role: Any) -> Claim:
        return Claim(**{"kind": "reported", "role": "result", "text": text, **role})

    papers = tuple(Paper(id=name, title=name, abstract="") for name in ("told", "listed", "again"))
    report = Report(
        day=DAY,
        language="ko",
        status="complete",
        model="m",
        quoted=False,
        papers=papers,
        opening=(Story(headline=one("head"), text=one("text"), papers=("told",)),),
        picks=(Pick(paper_id="told", why=one("why")), Pick(paper_id="told")),
        groups=(Group(title="All", papers=("told",)),),
        items=(Item(paper_id="told", name="Told", claims=(one("hook"), one("result"))),),
        threads=(Story(headline=one("thread"), papers=("told",)),),
        returning=(Returning(paper_id="again", first_day=DAY, days=(DAY,), line=one("again")),),
        flow=(one("flow"),),
    )
    assert [claim.text for claim in report.claims()] == "head text why hook result thread again flow".split()
    assert [paper.id for paper in report.listed] == ["listed"]
    assert report.item("told") == report.items[0] and report.item("listed") is None


def test_a_report_knows_its_papers_and_no_others() -> None:
    paper = Paper(id="arxiv:2611.00001", title="A", abstract="")
    report = Report(day=date(2026, 11, 20), language="ko", status="complete", model="m", quoted=False, papers=(paper,))
    assert report.paper(paper.id) == paper
    with pytest.raises(KeyError, match=r"arxiv:2611\.00002"):
        report.paper("arxiv:2611.00002")
