"""Examines a judge before it is believed: lines with planted errors among right ones, asked as any others are."""

import asyncio
from collections.abc import Sequence

from domain.claims import Brief
from domain.exams import Exam, ExamLine, mark
from domain.lines import Line
from models.llm import LLM, ModelFailed

from . import bank
from .verdicts import Verdicts, approved, ask

SITTING = 3
"""Papers in one call, where lines do not speak of more together."""
MOST = 30
"""Lines in one call, which then takes as long as a writer: the longest one keeps the day waiting."""


async def examine(*, language: str, llm: LLM, foreign: bool = False) -> Exam:
    """How the model does, as a judge of our own lines or of those of ``foreign`` reports. Its answers are kept with
    its other replies, so that it sits each exam once.

    All sittings are asked side by side, and those without an answer once more when the others are done, until one
    fails again: an outage that passes does not cost a day. What has no answer passes nothing and catches nothing.
    Raises StopRun.
    """
    asked = bank.lines(language)
    held = sittings(asked)

    async def sit(brief: Brief, questions: Sequence[ExamLine]) -> Verdicts | ModelFailed:
        lines = {f"L{n}": Line(papers=q.papers, role=q.role, text=q.text) for n, q in enumerate(questions, start=1)}
        try:
            return await ask(lines, brief, about="exam", language=language, llm=llm, watched=False, foreign=foreign)
        except ModelFailed as failure:
            return failure

    answers = await asyncio.gather(*(sit(*each) for each in held))
    for n in [n for n, answer in enumerate(answers) if isinstance(answer, ModelFailed)]:
        answers[n] = await sit(*held[n])
        if isinstance(answers[n], ModelFailed):
            break
    passed: dict[ExamLine, bool] = {}
    for answer, (_, questions) in zip(answers, held, strict=True):
        if isinstance(answer, ModelFailed):
            # No verdict is the opposite of what would have been right.
            passed |= {one: bool(one.fault) for one in questions}
        else:
            fine = approved(answer)
            passed |= {one: f"L{n}" in fine for n, one in enumerate(questions, start=1)}
    return mark(
        asked,
        (passed[one] for one in asked),
        model=llm.name,
        prompt=llm.prompt(f"{language}/{'audit' if foreign else 'critique'}").id,
        language=language,
        failure="; ".join(dict.fromkeys(str(answer) for answer in answers if isinstance(answer, ModelFailed))),
    )


def sittings(asked: Sequence[ExamLine]) -> list[tuple[Brief, list[ExamLine]]]:
    """The exam in calls: papers, and the lines about them. Papers that a line speaks of together sit together."""
    groups: list[set[str]] = []
    for one in asked:
        own = set(one.papers)
        joined = [group for group in groups if group & own]
        groups = [group for group in groups if not group & own] + [own.union(*joined)]
    sittings: list[set[str]] = [set()]
    for group in sorted(groups, key=min):
        if sittings[-1] and len(sittings[-1]) + len(group) > SITTING:
            sittings.append(set())
        sittings[-1] |= group
    return [part for sitting in sittings for part in _parts([one for one in asked if one.papers[0] in sitting])]


def _parts(asked: Sequence[ExamLine]) -> list[tuple[Brief, list[ExamLine]]]:
    """A sitting, cut evenly where it has many lines."""
    known = {paper.id: paper for paper in bank.papers()}
    parts = -(-len(asked) // MOST)
    found: list[tuple[Brief, list[ExamLine]]] = []
    for part in range(parts):
        held = list(asked[len(asked) * part // parts : len(asked) * (part + 1) // parts])
        about = dict.fromkeys(id for one in held for id in one.papers)
        found.append((Brief(papers=tuple(known[id] for id in about)), held))
    return found
