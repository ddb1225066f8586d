"""The week's editor: reads the papers that mattered, as their days told them, and opens the week in a few lines."""

from collections.abc import Mapping, Sequence

import prompts
from domain.items import Story
from domain.lines import Line
from domain.value import Value
from domain.weeks import Highlight
from models.llm import LLM

from .framer import Overview

LINES = 3


class WeekOutline(Value):
    """The opening of a week as the model drafts it."""

    lines: tuple[Overview, ...]


async def open_week(
    told: Sequence[Highlight], categories: Mapping[str, str], *, language: str, llm: LLM
) -> tuple[Line, ...]:
    """The lines, none of them judged yet; what they say of papers that are not there is nothing. ``categories``: names,
    by key. Raises ModelFailed where the model gives none."""
    labels = {f"P{n}": one.paper_id for n, one in enumerate(told, start=1)}
    outline = await llm.ask(
        f"{language}/week",
        WeekOutline,
        items=[
            (label, one.name, categories.get(one.category, ""), one.claims)
            for label, one in zip(labels, told, strict=True)
        ],
        fence=prompts.fence(claim.text for one in told for claim in one.claims),
    )
    lines: list[Line] = []
    for one in outline.lines[:LINES]:
        if papers := tuple(dict.fromkeys(labels[label] for label in one.papers if label in labels)):
            lines.append(Line(papers=papers, role="opening", text=" ".join(one.text.split())))
    return tuple(lines)


def opening(lines: Sequence[Line]) -> tuple[Story, ...]:
    """What was accepted of it."""
    return tuple(Story(headline=line.claim, papers=line.papers) for line in lines if line.state == "accepted")
