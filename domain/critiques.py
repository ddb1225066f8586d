"""What the critic answers and what the editor does about it. Acceptance is the absence of problems, never a word."""

from typing import Literal

from pydantic import Field

from .claims import Draft, Part, Statement
from .grounding.passage import Fault
from .value import Value


class Rejection(Value):
    """One statement that may not be published as it stands."""

    part: Part
    place: int
    """0-based place in its part."""
    statement: Statement
    faults: tuple[Fault, ...]


class Critique(Value):
    """The judgement of one draft."""

    rejections: tuple[Rejection, ...] = ()
    uncovered: tuple[str, ...] = ()
    """Labels (``P2``) of papers that no finding of the draft cites."""
    passed: tuple[Statement, ...] = ()
    """Statements that passed every check: they are not judged again while they stay as they are."""
    unjudged: tuple[Statement, ...] = ()
    """The keywords among them, at which only the rules have looked: as a sentence the same words are judged."""

    @property
    def accepted(self) -> bool:
        return not self.rejections and not self.uncovered


class Replacement(Value):
    """The editor's answer to one rejection."""

    part: Part
    place: int = Field(description="the number given with the rejected statement")
    statement: Statement | None = Field(description="the mended statement, or null when nothing of it can be kept")


class Edit(Value):
    """Replacements only: what was accepted is out of the editor's reach."""

    replacements: tuple[Replacement, ...]
    findings: tuple[Statement, ...] = Field(description="one for each paper that the prompt names, else empty")


class Objection(Value):
    """What the cited sentences do not carry."""

    id: str = Field(description="the id given with the statement, such as S3")
    verdict: Literal["unsupported", "contradicted"]
    reason: str = Field(description="one short sentence")


class Verdicts(Value):
    """A verdict on each statement by name: one that stands in neither list has none, and is not accepted."""

    supported: tuple[str, ...] = Field(description="ids of the statements that are carried")
    rejected: tuple[Objection, ...]


def mend(draft: Draft, critique: Critique, edit: Edit) -> Draft:
    """The draft with the rejected statements replaced or taken out, and findings added for uncovered papers.

    A replacement for a place that was not rejected is ignored. A rejected statement without a replacement stays, to be
    rejected again: forgetting one is not a way to pass it.
    """
    rejected = {(r.part, r.place) for r in critique.rejections}
    answers = {(r.part, r.place): r.statement for r in edit.replacements if (r.part, r.place) in rejected}
    kept: dict[str, list[Statement]] = {}
    for part, place, statement in draft.statements():
        answer = answers.get((part, place), statement)
        if part == "headline":
            answer = answer or statement  # a draft has a headline; one that cannot be mended is dropped when filed
        if answer is not None:
            kept.setdefault(part, []).append(answer)
    wanted = set(critique.uncovered)
    added = [s for s in edit.findings if wanted & {label.split(".")[0] for label in s.cites}]
    return Draft(
        headline=kept["headline"][0],
        themes=tuple(kept.get("themes", ())),
        keywords=tuple(kept.get("keywords", ())),
        findings=(*kept.get("findings", ()), *added),
        trend=tuple(kept.get("trend", ())),
        impact=tuple(kept.get("impact", ())),
        outlook=tuple(kept.get("outlook", ())),
    )
