"""Writes the first draft of a category."""

from collections.abc import Sequence

import prompts
from domain.claims import Brief, Draft
from domain.grounding.glossary import Glossary
from domain.taxonomy import Category

from .llm import LLM


async def synthesize(category: Category, brief: Brief, *, language: str, glossary: Glossary, llm: LLM) -> Draft:
    """The category's first draft: statements that cite the brief's labels."""
    return await llm.ask(
        "synthesize",
        Draft,
        about=category.key,
        language=language,
        category=category,
        brief=brief,
        terms=glossary.occurring(texts(brief)),
        fence=prompts.fence(texts(brief)),
    )


def texts(brief: Brief) -> Sequence[str]:
    """Everything in a brief that papers have written."""
    return [text for paper in brief.papers for text in (paper.title, paper.abstract)]
