"""Days that are run against a model's server on loopback, and what must hold for every report that comes of them."""

import json
import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from domain.reports import Receipt
from graph.runs import Outcome, run_day
from publishing import files
from tests import answering
from tests.answering import ModelContext, Question
from tests.model_server import Answer, ModelServer, Say, asked_for
from tests.scripted import DAY, PAPERS

CATEGORIES = {"Robot": "robotics", "Quantum": "quantum", "Speech": "audio"}
"""A word of the titles of each category."""
CALM = Counter({"Choices": 1, "Draft": 3, "Verdicts": 4, "Overview": 1})
"""What an undisturbed day asks."""


def well(question: Question) -> Say:
    return Say(answering.text(answering.answer(question)))


def category(request: Any) -> str | None:
    """The category that a request is about, by the titles in it; None when it is about the day."""
    text = str(request["messages"][1]["content"])
    named = [key for word, key in CATEGORIES.items() if word in text]
    return named[0] if len(named) == 1 and asked_for(request) not in ("Overview", "Choices") else None


def model(**says: Callable[[Question], object]) -> Answer:
    """A competent model but for the named schemas, which are answered as given: with a value, or a whole answer."""

    def answer(request: Any, number: int) -> Say:
        question = answering.read(request)
        said = says[question.schema](question) if question.schema in says else well(question)
        return said if isinstance(said, Say) else Say(answering.text(said))

    return answer


def where(wrong: Callable[[Any, int], bool], fault: Say) -> Answer:
    """A competent model but for the requests that ``wrong`` names."""
    return lambda request, number: fault if wrong(request, number) else well(answering.read(request))


@dataclass(repr=False)
class Runs:
    """Runs of one day in one data folder, against one server."""

    data: Path
    start: Callable[[Answer], ModelServer]
    server: ModelServer = field(init=False)
    contexts: list[ModelContext] = field(default_factory=list)

    def serve(self, answer: Answer) -> None:
        self.server = self.start(answer)

    async def run(self, *, again: bool = False, kind: type[ModelContext] = ModelContext, **settings: Any) -> Outcome:
        self.contexts.append(kind(data=str(self.data), **settings))
        return await run_day(DAY, self.contexts[-1], again=again)

    @property
    def asked(self) -> Counter[str]:
        return Counter(asked_for(r) for r in self.server.asked)

    @property
    def answered(self) -> Counter[str]:
        return Counter(asked_for(r) for r in self.server.answered)


def receipt_of(outcome: Outcome) -> Receipt:
    return Receipt.model_validate_json((outcome.folder / "receipt.json").read_bytes())


def steps_done(outcome: Outcome) -> Counter[str]:
    """How often each step ended, by the run's journal."""
    data = next(folder for folder in outcome.folder.parents if folder.name == "reports").parent
    lines = (data / "runs" / f"{DAY}-{outcome.report.language}.jsonl").read_text(encoding="utf-8").splitlines()
    return Counter(event["step"] for event in map(json.loads, lines) if event["kind"] == "done")


def most(attempts: int = 4, revisions: int = 2, categories: int = 3) -> int:
    """Calls that a day may make at most: every question asked, each repaired once, each try of each failing but one."""
    questions = 1 + categories * (1 + (revisions + 1) + revisions) + 2
    return questions * 2 * attempts


def check(outcome: Outcome, server: ModelServer, bound: int | None = None) -> Receipt:
    """What holds for every report, whatever went wrong; returns its receipt."""
    report, receipt = outcome.report, receipt_of(outcome)
    markdown = (outcome.folder / "report.md").read_text(encoding="utf-8")
    assert files.read_report(outcome.folder / "report.json") == report
    assert steps_done(outcome)["publish"] == steps_done(outcome)["remember"] == 1
    # Calls: bounded, and none untold.
    assert len(server.asked) <= (bound or most())
    assert sum(u.calls - u.cached for u in receipt.usage) == len(server.asked)
    sent = sum(sum(len(str(m["content"])) for m in r["messages"]) // 4 for r in server.answered)
    assert sum(u.input_tokens for u in receipt.usage) == sent
    # Papers: every one in exactly one place, and on the page.
    placed = [p for s in report.sections for p in (*s.papers, *s.also)] + [p for g in report.gaps for p in g.papers]
    assert sorted(placed) == sorted(p.id for p in PAPERS)
    assert all(p.title in markdown for p in PAPERS)
    # Status: what is missing is named.
    quoted = {s.category for s in report.sections if s.extractive}
    bare = {s.category for s in report.sections if not s.findings}
    gaps = {g.category for g in report.gaps}
    lost = quoted | bare | gaps
    assert report.status == ("broken" if len(gaps) == 3 else "partial" if lost else "complete"), report.reason
    assert all(key in report.reason for key in lost)
    assert {d.step for d in receipt.drops} >= {f"synthesize/{key}" for key in quoted}
    assert (receipt.status, receipt.reason, receipt.gaps) == (report.status, report.reason, report.gaps)
    # Sentences: each on its evidence; written ones in the language, quoted ones word for word.
    held = {p.id: f"{p.title} {p.abstract}" for p in PAPERS}
    for section in report.sections:
        for part, claim in section.claims():
            assert claim.evidence and all(e.quote in held[e.paper_id] for e in claim.evidence)
            if section.extractive:
                assert any(claim.text in e.quote for e in claim.evidence)
            elif part != "keywords":
                assert bool(re.search("[가-힣]", claim.text)) == (report.language == "ko")
    return receipt
