"""Asks the model where a paper belongs, only for those that the classifier may be wrong about."""

import asyncio
from collections.abc import Mapping, Sequence

from pydantic import Field

import prompts
from domain.papers import Paper
from domain.quoting import quote
from domain.quoting.kinds import OURS
from domain.reports import Drop, Filing, Proposal
from domain.taxonomy import Category
from domain.value import Value
from models.llm import LLM, ModelFailed

from .classifier import Classifier

BATCH = 20
"""Papers in one question."""
LOOK_BELOW = 0.9
"""Certainty under which a model is asked. Of 427 papers that two readers had filed alike, 96 % of those above were
filed as they did, 76 % of those between 0.8 and this, 68 % of those between 0.5 and 0.8."""


class Choice(Value):
    """Where one paper belongs."""

    id: str = Field(description="the id given with the paper, such as P3")
    category: str = Field(description="a key of the list")
    proposal: str | None = Field(description="a category that is missing, or null")


class Choices(Value):
    choices: tuple[Choice, ...]


class Doubtful(Value):
    """One paper as the model sees it."""

    id: str
    title: str
    opening: str
    """The first sentence of its abstract, and the one that says what was made or done."""
    guess: str
    """The key of the category that the classifier would choose."""


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
    """The filings, with the doubtful ones decided by the model. Without an answer the classifier's guess stands."""
    guesses = {f.paper_id: f for f in filings if f.decided_by == classifier.name and f.certainty < LOOK_BELOW}
    waiting = [p for p in papers if p.id in guesses]
    if llm is None or not waiting:
        return SecondLook(filings=tuple(filings))
    batches = [waiting[start : start + BATCH] for start in range(0, len(waiting), BATCH)]
    categories = classifier.taxonomy.all
    answers = await asyncio.gather(*(_ask(batch, guesses, categories, llm) for batch in batches))
    decided: dict[str, Filing] = {}
    proposals: list[Proposal] = []
    drops: list[Drop] = []
    for batch, choices in zip(batches, answers, strict=True):
        if isinstance(choices, ModelFailed):
            drops.append(Drop(step="classify", what=f"the model's look at {len(batch)} papers", reason=str(choices)))
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


def _opening(paper: Paper) -> str:
    """An abstract begins with what others do: without its own idea a paper is filed by its background. The idea is the
    sentence that tells the method, else the first in which the authors speak of themselves, else the second."""
    first, *rest = [text for _, text in paper.evidence] or [""]
    idea = [e.quote for claim in quote(paper).claims if claim.role == "method" for e in claim.evidence]
    own = [text for text in rest if OURS.search(text)]
    return " ".join(dict.fromkeys([first, *(idea or own or rest)[:1]]))


async def _ask(
    batch: Sequence[Paper], guesses: Mapping[str, Filing], categories: Sequence[Category], llm: LLM
) -> dict[str, Choice] | ModelFailed:
    """By paper id; the failure where there is no answer to be had."""
    items = [
        Doubtful(
            id=f"P{n}",
            title=paper.title,
            opening=_opening(paper),
            guess=guesses[paper.id].category,
        )
        for n, paper in enumerate(batch, start=1)
    ]
    fence = prompts.fence(text for item in items for text in (item.title, item.opening))
    try:
        answer = await llm.ask("classify", Choices, items=items, categories=categories, fence=fence)
    except ModelFailed as failure:
        return failure
    ids = {item.id: paper.id for item, paper in zip(items, batch, strict=True)}
    return {ids[choice.id]: choice for choice in answer.choices if choice.id in ids}
