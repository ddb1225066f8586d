"""What people use instead: one chat prompt over the day's abstracts. It is always among the things to compare with."""

from collections.abc import Sequence

from pydantic import Field

import prompts
from domain.claims import Brief
from domain.papers import Paper
from domain.value import Value
from models.llm import LLM


class DigestEntry(Value):
    """What a digest says of one paper."""

    paper: str = Field(description="the label given with the paper, such as P2")
    text: str


class Digest(Value):
    """A day in one answer."""

    opening: str
    papers: tuple[DigestEntry, ...]


async def digest(papers: Sequence[Paper], *, language: str, llm: LLM) -> Digest:
    """The day's digest, with ids of papers in the place of labels. Raises ModelFailed."""
    brief = Brief(papers=tuple(papers))
    shown = [
        (label, paper, [text for name, text in sentences if not name.endswith(".0")])
        for label, paper, sentences in brief.labels()
    ]
    said = await llm.ask(f"{language}/digest", Digest, papers=shown, fence=prompts.fence(brief.texts()))
    told = {found.id: section.text for section in said.papers if (found := brief.paper(section.paper))}
    return Digest(opening=said.opening, papers=tuple(DigestEntry(paper=id, text=text) for id, text in told.items()))


def page(said: Digest, papers: Sequence[Paper], title: str) -> str:
    """The digest as Markdown."""
    titles = {paper.id: paper.title for paper in papers}
    parts = [f"# {title}", *([said.opening] if said.opening else [])]
    parts += [f"## {titles[section.paper]}\n\n{section.text}" for section in said.papers]
    return "\n\n".join(parts) + "\n"
