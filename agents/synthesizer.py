"""Writes a desk's papers as items: freely, without citing anything. What holds is for the critic to say."""

from collections.abc import Mapping, Sequence
from typing import Annotated

from pydantic import BeforeValidator, Field

import prompts
from domain.assignments import Desk
from domain.claims import Brief
from domain.forms import Formed, formed
from domain.grounding import rules
from domain.grounding.statement import Cited, Statement
from domain.kinds import Role
from domain.lines import Draft, Line
from domain.own_names import name_in
from domain.papers import Paper
from domain.value import Value
from models.llm import LLM, ModelFailed, TooMuch


def _entries(given: object) -> object:
    """One text where several may stand is one of them, and none is none: models answer so, and it is clear."""
    return () if given is None else (given,) if isinstance(given, str) else given


Entries = Annotated[tuple[str, ...], BeforeValidator(_entries)]


class Written(Value):
    """One paper as the writer tells it."""

    paper: str = Field(description="the label given with the paper, such as P2")
    name: str
    hook: str
    problem: str | None
    method: Entries = Field(description="each a sentence or two, or '- ' and a bullet")
    results: Entries = Field(description="each a sentence or two, or '- ' and a bullet, or '| ' and a row of a table")
    note: str | None


class Items(Value):
    items: tuple[Written, ...]


async def synthesize(desk: Desk, names: Mapping[str, str], *, language: str, llm: LLM) -> Draft:
    """The desk's papers in lines, none of them judged yet. ``names``: what papers are called already, by id.

    A paper that the writer forgets is asked for once more. What is too much at once is asked for in halves. A paper of
    which nothing could be had has no line, and where the model failed the reason stands in the draft.
    """
    draft = await _write(desk.papers, desk, names, language, llm)
    told = {paper for line in draft.lines for paper in line.papers}
    forgotten = tuple(paper for paper in desk.papers if paper.id not in told and paper.id not in draft.failures)
    if not draft.lines or not forgotten:
        return draft
    return draft + await _write(forgotten, desk, names, language, llm)


async def _write(papers: Sequence[Paper], desk: Desk, names: Mapping[str, str], language: str, llm: LLM) -> Draft:
    brief = Brief(papers=tuple(papers))
    shown = [
        (label, paper, [text for name, text in sentences if not name.endswith(".0")])
        for label, paper, sentences in brief.labels()
    ]
    try:
        answer = await llm.ask(
            f"{language}/synthesize",
            Items,
            about=desk.name,
            papers=shown,
            short=desk.short,
            names=[(label, names[paper.id]) for label, paper, _ in shown if paper.id in names],
            fence=prompts.fence(brief.texts()),
        )
    except ModelFailed as failure:
        if len(papers) == 1 or not isinstance(failure, TooMuch):
            return Draft(failures={paper.id: str(failure) for paper in papers})
        half = len(papers) // 2
        first, second = papers[:half], papers[half:]
        return await _write(first, desk, names, language, llm) + await _write(second, desk, names, language, llm)
    return _draft(answer, brief, names, language)


def _draft(answer: Items, brief: Brief, names: Mapping[str, str], language: str) -> Draft:
    """The answer as lines. What is said of a paper that is not there, or said a second time of one, is nothing."""
    called: dict[str, str] = {}
    lines: list[Line] = []
    for written in answer.items:
        paper = brief.paper(written.paper)
        if paper is None or paper.id in called:
            continue
        called[paper.id] = names.get(paper.id) or _name(" ".join(written.name.split()), paper, language)
        parts: list[tuple[Role, tuple[Formed, ...]]] = [
            ("hook", _plain(_headed(written.hook))),
            ("problem", _plain(written.problem)),
            ("method", formed(written.method)),
            ("result", formed(written.results)),
            ("note", _plain(written.note)),
        ]
        lines += [
            Line(papers=(paper.id,), role=role, text=one.text, form=one.form, emphasis=one.emphasis)
            for role, told in parts
            for one in told
        ]
    return Draft(names=called, lines=tuple(lines))


def _headed(text: str) -> str:
    """A headline begins with a capital, but for a name that does not: vLLM, iNaturalist."""
    text = text.strip()
    first = text.split(" ", 1)[0]
    return text[:1].upper() + text[1:] if first.islower() else text


def _plain(text: str | None) -> tuple[Formed, ...]:
    """A headline, a sentence or a note is one line, however it was broken."""
    return formed([" ".join((text or "").split())])


def _name(said: str, paper: Paper, language: str) -> str:
    """What the writer calls a paper, which no critic sees; empty where a rule objects, so that it goes by its title."""
    sentences = (paper.title, *(text for _, text in paper.evidence))
    cited = Cited(title=paper.title, abstract=paper.abstract, sentences=sentences)
    own = said.casefold() == name_in(paper.title).casefold()
    return "" if rules.check_name(Statement(text=said, language=language, cited=(cited,)), own=own) else said
