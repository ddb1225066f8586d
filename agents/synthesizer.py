"""Writes a paper as an item: freely, without citing anything. What holds is for the critic to say."""

from typing import Annotated

from pydantic import BeforeValidator, Field

import prompts
from domain.forms import Formed, formed
from domain.grounding import rules
from domain.grounding.statement import Cited, Statement
from domain.kinds import Role
from domain.lines import Draft, Line
from domain.own_names import name_in
from domain.papers import Paper
from domain.value import Value
from models.llm import LLM, ModelFailed


def _entries(given: object) -> object:
    """One text where several may stand is one of them, and none is none: models answer so, and it is clear."""
    return () if given is None else (given,) if isinstance(given, str) else given


Entries = Annotated[tuple[str, ...], BeforeValidator(_entries)]


class Written(Value):
    """A paper as the writer tells it."""

    name: str
    hook: str
    problem: str | None
    method: Entries = Field(description="each a sentence or two, or '- ' and a bullet")
    results: Entries = Field(description="each a sentence or two, or '- ' and a bullet, or '| ' and a row of a table")
    note: str | None


async def synthesize(paper: Paper, *, name: str, short: bool, about: str, language: str, llm: LLM) -> Draft:
    """A paper in lines, none of them judged yet. ``name``: what it is called already, if it is;
    ``short``: in two lines; ``about``: the desk, for the receipt.

    Where the model failed there is no line, and the reason stands in the draft.
    """
    sentences = [text for _, text in paper.evidence]
    try:
        answer = await llm.ask(
            f"{language}/synthesize",
            Written,
            about=about,
            paper=paper,
            sentences=sentences,
            short=short,
            name=name,
            fence=prompts.fence((paper.title, *sentences)),
        )
    except ModelFailed as failure:
        return Draft(failures={paper.id: str(failure)})
    called = name or _name(" ".join(answer.name.split()), paper, language)
    return Draft(names={paper.id: called}, lines=_lines(answer, paper))


def _lines(answer: Written, paper: Paper) -> tuple[Line, ...]:
    """The answer in lines, in reading order."""
    parts: list[tuple[Role, tuple[Formed, ...]]] = [
        ("hook", _plain(_headed(answer.hook))),
        ("problem", _plain(answer.problem)),
        ("method", formed(answer.method)),
        ("result", formed(answer.results)),
        ("note", _plain(answer.note)),
    ]
    return tuple(
        Line(papers=(paper.id,), role=role, text=one.text, form=one.form, emphasis=one.emphasis)
        for role, told in parts
        for one in told
    )


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
