"""The exam's papers and lines, written for it: no model can know more of them than stands in their abstracts."""

import json
from functools import cache
from pathlib import Path

from domain.exams import Question
from domain.papers import Paper

EXAM = Path(__file__).with_name("exam")


@cache
def papers() -> tuple[Paper, ...]:
    rows = (EXAM / "papers.jsonl").read_text(encoding="utf-8").splitlines()
    return tuple(Paper(**json.loads(row)) for row in rows)


@cache
def questions(language: str) -> tuple[Question, ...]:
    """The exam's lines in a language."""
    rows = (EXAM / f"{language}.jsonl").read_text(encoding="utf-8").splitlines()
    return tuple(Question(**json.loads(row)) for row in rows)
