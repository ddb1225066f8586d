"""A small frozen day, and a model on loopback that answers whatever the bench asks."""

from collections.abc import Callable, Iterator
from typing import Any

from bench.frozen import FrozenDay
from domain.papers import Paper
from domain.reports import Filing
from tests import answering
from tests.answering import Question
from tests.graph.model_days import well
from tests.model_server import Answer, Say, asked_for
from tests.scripted import DAY, KeyedClassifier, paper

SUBJECTS = ("Robot", "Quantum", "Speech")


def frozen(start: int = 1, papers: int = 6, day: Any = DAY) -> FrozenDay:
    """A day of papers whose figures begin at ``start``."""
    held = tuple(
        paper(n, f"{SUBJECTS[n % 3]} Study {n}", f"a {SUBJECTS[n % 3].casefold()} method {n}")
        for n in range(start, start + papers)
    )
    return FrozenDay(day=day, language="ko", papers=held, filings=tuple(_filed(held)))


def _filed(papers: tuple[Paper, ...]) -> Iterator[Filing]:
    for one, ranking in zip(papers, KeyedClassifier().rank(papers), strict=True):
        yield Filing(paper_id=one.id, category=ranking[0][0], certainty=0.9, decided_by=KeyedClassifier.name)


def digest(request: Any) -> dict[str, Any]:
    question = answering.read(request)
    papers = [{"paper": label, "text": f"{title} 방법을 제안합니다."} for label, title, _ in question.papers]
    return {"opening": "오늘의 논문입니다.", "papers": papers}


def model(**says: Callable[[Question], Any]) -> Answer:
    """A competent model but for the schemas that are named; it knows the bench's own."""

    def answer(request: Any, number: int) -> Say:
        schema = asked_for(request)
        if schema == "Digest":
            return Say(answering.text(digest(request)))
        question = answering.read(request)
        if schema in says and not question.is_exam:
            return Say(answering.text(says[schema](question)))
        return well(question)

    return answer
