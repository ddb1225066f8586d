"""Labelled lines about papers, and what a critic makes of them: the bench of the critic's prompt.

A file of them is JSON Lines: ``id``, ``papers`` (each with ``title`` and ``abstract``) and ``lines`` (each with
``role``, ``text``, ``label`` ok or bad, for a bad one ``kind``, perhaps ``why``), perhaps ``language``.
"""

from pathlib import Path
from typing import Literal

from pydantic import ValidationError

from agents import critic
from domain.errors import UsageError
from domain.kinds import Role
from domain.lines import Line
from domain.papers import Paper
from domain.tongues import spoken
from domain.value import Value
from models.llm import LLM, ModelFailed


class BadClaims(UsageError):
    """A file of claims that is none."""


class LabelledLine(Value):
    """One labelled line."""

    role: Role
    text: str
    label: Literal["ok", "bad"]
    kind: str = ""
    why: str = ""
    """For whoever reads the mistakes."""


class GivenPaper(Value):
    """One of the papers that labelled lines are about."""

    title: str
    abstract: str


class LabelledPapers(Value):
    """Some papers and what is said of them."""

    id: str
    papers: tuple[GivenPaper, ...]
    lines: tuple[LabelledLine, ...]
    language: str = ""

    @property
    def tongue(self) -> str:
        return self.language or next(spoken(" ".join(line.text for line in self.lines))).code

    def shown(self) -> tuple[Paper, ...]:
        return tuple(
            Paper(id=f"title:{self.id}-{n}", title=paper.title, abstract=paper.abstract)
            for n, paper in enumerate(self.papers, start=1)
        )


class Judged(Value):
    """What became of a line."""

    line: LabelledLine
    passed: bool | None
    """None where it was not answered."""
    again: bool | None = None
    """Whether it passed when what a rule sent back was looked at once more; as ``passed`` where nothing was."""
    rules: tuple[str, ...] = ()
    why: str = ""


def read(path: Path) -> list[LabelledPapers]:
    """The records. Raises BadClaims with the line of the first that is none."""
    records: list[LabelledPapers] = []
    for number, row in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if row.strip():
            try:
                records.append(LabelledPapers.model_validate_json(row))
            except ValidationError as problem:
                fault = problem.errors()[0]
                where = ".".join(map(str, fault["loc"]))
                raise BadClaims(f"{path}:{number}: it is no record of claims: {where}: {fault['msg']}") from None
    return records


async def by_critic(record: LabelledPapers, llm: LLM, *, second_look: bool = False) -> list[Judged]:
    """Each line as the critic leaves it. A line may be about any of its record's papers.

    ``second_look``: what a rule sent back is judged once more, as in a run; what the critic would mend is not.
    """
    papers = record.shown()
    ids = tuple(paper.id for paper in papers)
    lines = [Line(papers=ids, role=line.role, text=line.text) for line in record.lines]
    try:
        found = await critic.critique(lines, papers, about=None, language=record.tongue, llm=llm, any_paper=True)
    except ModelFailed as failure:
        return [Judged(line=line, passed=None, why=str(failure)) for line in record.lines]
    found = found[: len(lines)]
    once_more = found
    if second_look and any(map(_may_be_right, found)):
        asked = [line if _may_be_right(line) else line.model_copy(update={"state": "dropped"}) for line in found]
        try:
            answered = await critic.critique(asked, papers, about=None, language=record.tongue, llm=llm, any_paper=True)
        except ModelFailed:
            answered = found
        once_more = tuple(
            now if _may_be_right(before) else before for before, now in zip(found, answered, strict=False)
        )
    return [
        Judged(
            line=told,
            passed=line.state == "accepted",
            again=later.state == "accepted",
            rules=(line.rule,) if line.rule else (),
            why=line.objection if line.state != "accepted" else "",
        )
        for told, line, later in zip(record.lines, found, once_more, strict=True)
    ]


def _may_be_right(line: Line) -> bool:
    """The critic let it pass and a rule sent it back."""
    return line.state == "pending" and bool(line.rule) and not line.proposal


def path_of(day: Path, language: str) -> Path:
    """Where the labelled lines about a frozen day's papers lie."""
    return day.with_name(f"{day.name.partition('.')[0]}.claims.{language}.jsonl")
