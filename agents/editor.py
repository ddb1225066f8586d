"""Mends what the critic rejects, and nothing else."""

import re

import prompts
from domain.claims import Brief, Draft
from domain.critiques import Critique, Edit, mend
from domain.grounding.glossary import Glossary
from domain.taxonomy import Category
from models.llm import LLM

_MARK = re.compile(r"[A-Za-z]*[A-Z0-9][A-Za-z0-9]*")
"""Figures, and names as Latin script writes them."""


async def edit(
    draft: Draft, critique: Critique, category: Category, brief: Brief, *, language: str, glossary: Glossary, llm: LLM
) -> Draft:
    """The draft with the rejected statements replaced. What passed is never shown to be rewritten."""
    shown = _shown(critique, brief)
    said = [fact.text(language) for fact in brief.facts]
    said += [text for r in critique.rejections for text in (r.statement.text, *(f.reason for f in r.faults))]
    answer = await llm.ask(
        "edit",
        Edit,
        about=category.key,
        language=language,
        category=category,
        brief=brief,
        critique=critique,
        sentences=shown,
        terms=glossary.delicate(text for _, text in shown),
        fence=prompts.fence([*(text for _, text in shown), *said]),
    )
    return mend(draft, critique, answer)


def _shown(critique: Critique, brief: Brief) -> list[tuple[str, str]]:
    """(label, text) of the sentences that mending needs: what is cited and what stands beside it, the titles, and what
    has a figure or a name of the rejected statements; all of a paper without a finding. Who cites what does not exist
    must see everything."""
    rejected = [r.statement for r in critique.rejections]
    cited = [label for statement in rejected for label in statement.cites]
    everything = not all(s.cites for s in rejected) or not all(map(brief.knows, cited))
    marks = set[str]().union(*(_MARK.findall(statement.text) for statement in rejected))
    shown: list[tuple[str, str]] = []
    for paper, _, held in brief.labels():
        here = {place for place, (name, _) in enumerate(held) if name in cited}
        whole = everything or paper in critique.uncovered
        shown += [
            (name, text)
            for place, (name, text) in enumerate(held)
            if whole
            or (here and (place == 0 or {place - 1, place, place + 1} & here or marks & set(_MARK.findall(text))))
        ]
    return shown
