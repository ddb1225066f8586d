"""Asks the model where a paper belongs, only for those that the classifier is unsure of, with its shortlist."""

from collections.abc import Mapping, Sequence

from pydantic import Field

import prompts
from domain.papers import Paper
from domain.reports import Drop, Filing, Proposal
from domain.taxonomy import Category
from domain.value import Value
from models.llm import LLM, ModelFailed

from .classifier import UNSURE_BELOW, Classifier

BATCH = 20
"""Papers in one question."""
SHORTLIST = 2
"""Guesses that are named and described to the model; it knows the keys of all others."""


class Choice(Value):
    """Where one paper belongs."""

    id: str = Field(description="the id given with the paper, such as P3")
    category: str = Field(description="a key of the list")
    proposal: str | None = Field(description="a category that is missing, or null")


class Choices(Value):
    choices: tuple[Choice, ...]


class Item(Value):
    """One paper as the model sees it."""

    id: str
    title: str
    opening: str
    """The first two sentences of its abstract."""
    shortlist: tuple[str, ...]


class SecondLook(Value):
    """The filings after the model was asked, and what came of it."""

    filings: tuple[Filing, ...]
    proposals: tuple[Proposal, ...] = ()
    drops: tuple[Drop, ...] = ()
    asked: int = 0
    """Papers that the model was asked about."""


async def second_look(
    papers: Sequence[Paper], filings: Sequence[Filing], classifier: Classifier, *, llm: LLM | None
) -> SecondLook:
    """The filings, with the unsure ones decided by the model. Without an answer the classifier's guess stands."""
    unsure = {f.paper_id for f in filings if f.decided_by == classifier.name and f.certainty < UNSURE_BELOW}
    waiting = [p for p in papers if p.id in unsure]
    if llm is None or not waiting:
        return SecondLook(filings=tuple(filings))
    shortlists = {
        paper.id: tuple(key for key, _ in ranking[:SHORTLIST])
        for paper, ranking in zip(waiting, classifier.rank(waiting), strict=True)
    }
    decided: dict[str, Filing] = {}
    proposals: list[Proposal] = []
    drops: list[Drop] = []
    for start in range(0, len(waiting), BATCH):
        batch = waiting[start : start + BATCH]
        try:
            choices = await _ask(batch, shortlists, classifier.taxonomy.all, llm)
        except ModelFailed as failure:
            drops.append(Drop(step="classify", what=f"the model's look at {len(batch)} papers", reason=str(failure)))
            continue
        for paper in batch:
            choice = choices.get(paper.id)
            if choice and choice.category in classifier.taxonomy:
                decided[paper.id] = Filing(
                    paper_id=paper.id, category=choice.category, certainty=1.0, decided_by=llm.name
                )
            missing = " ".join((choice.proposal or "").split())[:60] if choice else ""
            if missing and not classifier.taxonomy.find(missing):
                proposals.append(Proposal(paper_id=paper.id, name=missing))
    return SecondLook(
        filings=tuple(decided.get(f.paper_id, f) for f in filings),
        proposals=tuple(proposals),
        drops=tuple(drops),
        asked=len(waiting),
    )


async def _ask(
    batch: Sequence[Paper], shortlists: Mapping[str, tuple[str, ...]], categories: Sequence[Category], llm: LLM
) -> dict[str, Choice]:
    """By paper id."""
    items = [
        Item(
            id=f"P{n}",
            title=paper.title,
            opening=" ".join(text for _, text in paper.evidence[:2]),
            shortlist=shortlists[paper.id],
        )
        for n, paper in enumerate(batch, start=1)
    ]
    fence = prompts.fence(text for item in items for text in (item.title, item.opening))
    listed = {key for item in items for key in item.shortlist}
    answer = await llm.ask(
        "classify",
        Choices,
        items=items,
        keys=[c.key for c in categories],
        categories=[c for c in categories if c.key in listed],
        fence=fence,
    )
    ids = {item.id: paper.id for item, paper in zip(items, batch, strict=True)}
    return {ids[choice.id]: choice for choice in answer.choices if choice.id in ids}
