"""Days that are run against a model's server on loopback, and what must hold for every report that comes of them."""

import json
import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from agents import bank, examiner
from domain.claims import ITEM_ROLES
from domain.papers import Paper
from domain.reports import Receipt
from graph.runs import Outcome, run_day
from publishing import files
from tests import answering
from tests.answering import ModelContext, Question
from tests.model_server import Answer, ModelServer, Say, asked_for
from tests.scripted import DAY, PAPERS, Shelf, paper

SEVERAL = tuple(
    paper(start + n, f"{subject} Study {start + n}", f"a {subject} method {start + n}")
    for start, subject in ((11, "Speech"), (14, "Robot"), (17, "Quantum"))
    for n in range(3)
)
"""Papers enough for three desks: audio, robotics and quantum."""
DESKS = ("audio", "robotics", "quantum")


def exam(language: str = "ko") -> int:
    """Calls in which a judge sits its exam, before it judges anything of the day."""
    return len(examiner.sittings(bank.lines(language)))


EXAM = exam()


def calm(desks: int = 1, papers: int = len(PAPERS), language: str = "ko") -> Counter[str]:
    """What an undisturbed day asks."""
    return Counter({"Choices": 1, "Written": papers, "Verdicts": exam(language) + desks + 1, "Outline": 1})


CALM = calm()
"""What an undisturbed day of ``PAPERS`` asks."""


def well(question: Question) -> Say:
    return Say(answering.text(answering.answer(question)))


def model(**says: Callable[[Question], object]) -> Answer:
    """A competent model but for the named schemas, which are answered as given: with a value, or a whole answer. What
    is said of ``Verdicts`` is not said in the exam."""

    def answer(request: Any, number: int) -> Say:
        question = answering.read(request)
        own = question.schema in says and not question.is_exam
        said = says[question.schema](question) if own else well(question)
        return said if isinstance(said, Say) else Say(answering.text(said))

    return answer


def where(wrong: Callable[[Any, int], bool], fault: Say) -> Answer:
    """A competent model but for the requests that ``wrong`` names."""
    return lambda request, number: fault if wrong(request, number) else well(answering.read(request))


def firsts(*kinds: str) -> Callable[[Any, int], bool]:
    """For ``where``: the first request of each kind, or of each of these, also of several that come at once."""
    first: dict[str, int] = {}

    def is_first(request: Any, number: int) -> bool:
        kind = asked_for(request)
        return kind in (kinds or (kind,)) and first.setdefault(kind, number) == number

    return is_first


def desk(request: Any) -> str:
    """Of which of the desks of ``SEVERAL`` the writer or the critic is asked; empty for all other questions."""
    question = answering.read(request)
    if question.schema == "Written":
        titles = [question.paper[0]]
    elif question.schema == "Verdicts" and all(line.role in ITEM_ROLES for line in question.own):
        titles = [question.sentences[label][0] for line in question.own for label in line.about]
    else:
        return ""
    if not titles:
        return ""
    (subject,) = {title.split()[0] for title in titles}
    return {"Speech": "audio", "Robot": "robotics", "Quantum": "quantum"}[subject]


@dataclass(repr=False)
class Runs:
    """Runs of one day in one data folder, against one server."""

    data: Path
    start: Callable[[Answer], ModelServer]
    papers: tuple[Paper, ...] = PAPERS
    server: ModelServer = field(init=False)
    contexts: list[ModelContext] = field(default_factory=list)

    def serve(self, answer: Answer) -> None:
        self.server = self.start(answer)

    async def run(self, *, again: bool = False, kind: type[ModelContext] = ModelContext, **settings: Any) -> Outcome:
        shelves = (Shelf({DAY: self.papers}),)
        told: dict[str, Any] = {"in_full": len(self.papers), **settings}  # so that a desk is full with three
        self.contexts.append(kind(data=str(self.data), shelves=shelves, **told))
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


def most(attempts: int = 4, revisions: int = 2, desks: int = 1, papers: int = len(PAPERS)) -> int:
    """Calls that a day may make at most, where no answer is too long: every question asked, each repaired once, each
    try of each failing but one."""
    critic = (revisions + 1) * 2  # a call that fails its canaries is made once more
    questions = 1 + EXAM + papers + desks * critic + 1 + critic
    return questions * 2 * attempts


def check(day: Runs, outcome: Outcome, bound: int | None = None) -> Receipt:
    """What holds for every report, whatever went wrong; returns its receipt."""
    report, receipt = outcome.report, receipt_of(outcome)
    markdown = (outcome.folder / "report.md").read_text(encoding="utf-8")
    assert files.read_report(outcome.folder / "report.json") == report
    assert steps_done(outcome)["publish"] == steps_done(outcome)["remember"] == 1
    # Calls: bounded, and none untold.
    asked, answered = day.server.asked, day.server.answered
    assert len(asked) <= (bound or most(desks=3, papers=len(day.papers)))
    assert sum(u.calls - u.cached for u in receipt.usage) == len(asked)
    sent = sum(sum(len(str(m["content"])) for m in r["messages"]) // 4 for r in answered)
    counted = sum(u.input_tokens for u in receipt.usage)
    assert counted == sent, [(counted, sent), *((u.prompt, u.calls, u.cached, u.failed) for u in receipt.usage)]
    # Papers: every one told once, and on the page.
    assert sorted(item.paper_id for item in report.items) == sorted(p.id for p in day.papers)
    assert sorted(id for group in report.groups for id in group.papers) == sorted(p.id for p in day.papers)
    assert all(p.title in markdown for p in day.papers)
    # Status: what is missing is named.
    quoted = [item for item in report.items if item.quoted]
    assert report.status == ("partial" if quoted or not report.opening else "complete"), report.reason
    assert (receipt.status, receipt.reason) == (report.status, report.reason)
    titles = {p.id: p.title for p in day.papers}
    if report.judge and report.judge.score >= 0.9:
        assert all((item.name or titles[item.paper_id]) in report.reason for item in quoted)
    else:
        assert [cause.kind for cause in report.causes] == ["unfit judge"] and len(quoted) == len(day.papers)
    # What the model gave and is not printed, and what it failed to give, is in the receipt with its reason.
    assert [(d.what, d.reason) for d in receipt.drops if d.step.startswith("critique/")] == [
        (change.before, change.why) for change in report.changes if not change.after
    ]
    assert all(drop.reason for drop in receipt.drops)
    assert not quoted or receipt.drops
    # Lines: each on its evidence; written ones in the language, quoted ones word for word.
    held = {p.id: f"{p.title} {p.abstract}" for p in day.papers}
    for claim in report.claims():
        assert claim.evidence and all(e.quote in held[e.paper_id] for e in claim.evidence)
    for item in report.items:
        for claim in item.claims:
            if item.quoted:
                assert claim.text in held[item.paper_id]
            else:
                assert bool(re.search("[가-힣]", claim.text)) == (report.language == "ko")
    return receipt
