"""Examines a judge before it is believed: lines with planted errors among right ones, asked as any others are."""

from collections.abc import Sequence

from domain.claims import Brief
from domain.exams import Exam, Question, mark
from domain.lines import Line
from models.llm import LLM, ModelFailed

from . import bank, verdicts

SITTING = 3
"""Papers in one call, as many as a desk has."""


async def examine(*, language: str, llm: LLM, foreign: bool = False) -> Exam:
    """How the model does, as a judge of our own lines or of those of ``foreign`` reports. Its answers are kept with
    its other replies, so that it sits each exam once.

    A sitting without an answer passes nothing and catches nothing. Raises StopRun.
    """
    asked = bank.questions(language)
    passed: dict[Question, bool] = {}
    failures: dict[str, None] = {}
    for brief in sittings(asked):
        held = [one for one in asked if one.papers[0] in {paper.id for paper in brief.papers}]
        lines = {f"L{n}": Line(papers=one.papers, role=one.role, text=one.text) for n, one in enumerate(held, start=1)}
        try:
            answer = await verdicts.ask(
                lines, brief, about="exam", language=language, llm=llm, watched=False, foreign=foreign
            )
        except ModelFailed as failure:
            failures[str(failure)] = None
            # No verdict is the opposite of what would have been right.
            passed |= {one: bool(one.fault) for one in held}
            continue
        approved = verdicts.approved(answer)
        passed |= {one: id in approved for id, one in zip(lines, held, strict=True)}
    return mark(
        asked,
        (passed[one] for one in asked),
        model=llm.name,
        prompt=llm.prompt(f"{language}/{'audit' if foreign else 'critique'}").id,
        language=language,
        failure="; ".join(failures),
    )


def sittings(asked: Sequence[Question]) -> list[Brief]:
    """The exam's papers in calls. Papers that a line speaks of together sit together."""
    groups: list[set[str]] = []
    for one in asked:
        own = set(one.papers)
        joined = [group for group in groups if group & own]
        groups = [group for group in groups if not group & own] + [own.union(*joined)]
    sittings: list[list[str]] = [[]]
    for group in sorted(groups, key=min):
        if sittings[-1] and len(sittings[-1]) + len(group) > SITTING:
            sittings.append([])
        sittings[-1] += sorted(group)
    known = {paper.id: paper for paper in bank.papers()}
    return [Brief(papers=tuple(known[id] for id in sitting)) for sitting in sittings]
