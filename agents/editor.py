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
    answer = await llm.ask(
        "edit",
        Edit,
        about=category.key,
        language=language,
        category=category,
        brief=brief,
        critique=critique,
        terms=glossary.occurring(texts(brief)),
        fence=prompts.fence(texts(brief)),
    )
    return mend(draft, critique, answer)
