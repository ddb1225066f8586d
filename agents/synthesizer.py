"""Writes the first draft of a category."""

import re
from collections.abc import Iterable, Sequence

import prompts
from domain.claims import PARTS, Brief, Draft, Statement
from domain.grounding.glossary import Glossary
from domain.grounding.headline import headlines
from domain.taxonomy import Category
from models.llm import LLM

GROUP = 10
"""Papers in one call: more crowd each other out of the answer."""


async def synthesize(category: Category, brief: Brief, *, language: str, glossary: Glossary, llm: LLM) -> Draft:
    """The category's first draft: statements that cite the brief's labels. Many papers are written in groups."""
    groups = [brief.papers[start : start + GROUP] for start in range(0, len(brief.papers), GROUP)]
    # Facts about other days are told once, to the first group.
    parts = [Brief(papers=papers, facts=brief.facts if n == 0 else ()) for n, papers in enumerate(groups)]
    return join(
        [
            await llm.ask(
                "synthesize",
                Draft,
                about=category.key,
                language=language,
                category=category,
                brief=part,
                figures=figures(part),
                terms=glossary.delicate(texts(part)),
                fence=prompts.fence([*texts(part), *(fact.text(language) for fact in part.facts)]),
            )
            for part in parts
        ]
    )


def join(drafts: Sequence[Draft]) -> Draft:
    """Drafts of consecutive groups as one. No statement and no citation is lost; labels become the whole brief's."""
    whole = [_moved(draft, n * GROUP) for n, draft in enumerate(drafts)]
    first, *others = whole
    # One section has one headline; those of the other groups say what these are about.
    themes = [s for draft in whole for s in draft.themes] + [draft.headline for draft in others]
    joined = {part: tuple(s for draft in whole for s in getattr(draft, part)) for part in PARTS[2:]}
    return Draft(headline=first.headline, themes=tuple(themes), **joined)


def _moved(draft: Draft, by: int) -> Draft:
    def statement(s: Statement) -> Statement:
        return s.model_copy(update={"cites": tuple(_label(label, by) for label in s.cites)})

    parts = {part: tuple(statement(s) for s in getattr(draft, part)) for part in PARTS[1:]}
    return Draft(headline=statement(draft.headline), **parts)


def _label(label: str, by: int) -> str:
    return re.sub(r"^P([1-9]\d*)(?=\.)", lambda found: f"P{int(found[1]) + by}", label)


def figures(brief: Brief) -> list[tuple[str, str]]:
    """(label of the sentence, figure as it stands there with what it counts) for every headline figure of the brief."""
    return [
        (f"{name}.{headline.sentence}", headline.counts)
        for name, _, labelled in brief.labels()
        for headline in headlines([text for label, text in labelled if not label.endswith(".0")])
    ]


def texts(brief: Brief) -> Iterable[str]:
    """Everything in a brief that papers have written."""
    return [text for paper in brief.papers for text in (paper.title, paper.abstract)]
