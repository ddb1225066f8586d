"""The exam's papers and lines, written for it: no model can know more of them than stands in their abstracts."""

import json
import re
from functools import cache
from pathlib import Path

from domain.exams import ExamLine
from domain.languages import every
from domain.papers import Paper

EXAM = Path(__file__).with_name("exam")


@cache
def papers() -> tuple[Paper, ...]:
    rows = (EXAM / "papers.jsonl").read_text(encoding="utf-8").splitlines()
    return tuple(Paper(**json.loads(row)) for row in rows)


@cache
def lines(language: str) -> tuple[ExamLine, ...]:
    """The exam's lines in a language; the English ones where none were written in it."""
    path = EXAM / f"{language}.jsonl"
    rows = (path if path.is_file() else EXAM / "en.jsonl").read_text(encoding="utf-8").splitlines()
    return tuple(ExamLine(**json.loads(row)) for row in rows)


def truth(text: str) -> bool | None:
    """Whether a line of the exam, or a canary made of one, is right; None for every other line."""
    answers = _answers()
    return answers[text] if text in answers else False if _shape(text) in _shapes() or text in _turned() else None


@cache
def _answers() -> dict[str, bool]:
    return {one.text: not one.fault for path in EXAM.glob("??.jsonl") for one in lines(path.stem)}


@cache
def _shapes() -> frozenset[str]:
    return frozenset(map(_shape, _answers()))


@cache
def _turned() -> frozenset[str]:
    return frozenset(filter(None, map(turned, _answers())))


def _shape(text: str) -> str:
    """A line without its figures: what a spoiled one shares with the line that it was made of."""
    return re.sub(r"\d+", "#", text)


def turned(text: str) -> str:
    """The text with one word that tells a direction made its opposite; empty where it has none."""
    for one, other in (*(turns := _turns()), *((other, one) for one, other in turns)):
        if text.count(one) == 1 and other not in text:
            return text.replace(one, other)
    return ""


def _turns() -> tuple[tuple[str, str], ...]:
    return tuple(pair for each in every() for pair in each.boilerplate.opposites)
