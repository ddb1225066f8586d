"""Mends what the critic rejects, and nothing else."""

import prompts
from domain.claims import Brief, Draft
from domain.critiques import Critique, Edit, mend
from domain.grounding.glossary import Glossary
from domain.taxonomy import Category

from .llm import LLM
from .synthesizer import texts


async def edit(
    draft: Draft, critique: Critique, category: Category, brief: Brief, *, language: str, glossary: Glossary, llm: LLM
) -> Draft:
    """The draft with the rejected statements replaced. What passed is never shown to be rewritten."""
    cited = [label for r in critique.rejections for label in r.statement.cites]
    # Only the papers that are spoken of: the others need no second reading. Who cites what does not exist must see all.
    concerned = {label.split(".")[0] for label in cited} | set(critique.uncovered)
    if not all(r.statement.cites for r in critique.rejections) or not all(map(brief.knows, cited)):
        concerned = {label for label, _, _ in brief.labels()}
    shown = [(name, label, text) for label, _, held in brief.labels() for name, text in held if label in concerned]
    said = [fact.text(language) for fact in brief.facts] + [r.statement.text for r in critique.rejections]
    answer = await llm.ask(
        "edit",
        Edit,
        about=category.key,
        language=language,
        category=category,
        brief=brief,
        critique=critique,
        sentences=[(name, text) for name, _, text in shown],
        terms=glossary.delicate(texts(brief)),
        fence=prompts.fence([*(text for _, _, text in shown), *said]),
    )
    return mend(draft, critique, answer)
