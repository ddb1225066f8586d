"""Lines on their way through the critic: written, judged, mended, judged again, accepted or left out.

One type serves every text, whoever wrote it: the writer, the frame editor, a person in a review, a foreign report.
"""

from collections.abc import Iterable
from typing import Literal

from pydantic import Field

from .claims import ANALYSIS_ROLES, Claim, Evidence
from .forms import Form
from .items import Change
from .kinds import Role
from .tongues import form
from .value import Value

_goes_on = form(r"^(?:<goes_on>),?\s*")
LineState = Literal["pending", "accepted", "dropped"]


class Line(Value):
    """One line of a page, in the state in which the critic left it."""

    papers: tuple[str, ...]
    """Ids of the papers it speaks of."""
    role: Role
    text: str
    state: LineState = "pending"
    evidence: tuple[Evidence, ...] = ()
    """What carries it; of a pending line what the critic gave for its mended words."""
    facts: tuple[str, ...] = ()
    written: str = ""
    """How it stood before it was mended first; empty while it stands as it was written."""
    proposal: str = ""
    """How the critic would have it, to be judged again."""
    objection: str = ""
    """What is wrong with it, in a sentence: the critic's reason, or a rule's."""
    rule: str = ""
    """Name of the rule that objected; empty for the critic itself."""
    added: bool = False
    """A main result that the writer left out and the critic asked for."""
    by_person: bool = False
    """Written in a review, by a person."""
    form: Form = "sentence"
    emphasis: tuple[str, ...] = ()
    """Words of the text, as it was written, that stand out."""

    @property
    def claim(self) -> Claim:
        """The line as it is published. Only an accepted one has evidence."""
        kind = "analysis" if self.role in ANALYSIS_ROLES else "reported"
        return Claim(
            kind=kind,
            role=self.role,
            text=self.text,
            evidence=self.evidence,
            facts=self.facts,
            by_person=self.by_person,
            form=self.form,
            emphasis=tuple(words for words in self.emphasis if words in self.text),
        )


class Draft(Value):
    """What a writer hands to the critic."""

    names: dict[str, str] = Field(default_factory=dict)
    """What the papers are called, by id."""
    lines: tuple[Line, ...] = ()
    failures: dict[str, str] = Field(default_factory=dict)
    """Why nothing was to be had of a paper, by id."""

    def __add__(self, other: "Draft") -> "Draft":
        return Draft(
            names={**self.names, **other.names},
            lines=(*self.lines, *other.lines),
            failures={**self.failures, **other.failures},
        )


def accepted(lines: Iterable[Line]) -> tuple[Line, ...]:
    return tuple(line for line in lines if line.state == "accepted")


def closed_up(lines: Iterable[Line]) -> tuple[Line, ...]:
    """What was accepted of some lines that run on, in their order. A sentence whose forerunner fell loses the word by
    which it went on from that.

    >>> fell, stands = (Line(papers=("a",), role="method", text=text) for text in ("It is slow.", "So we cut it."))
    >>> [line.text for line in closed_up([fell, stands.model_copy(update={"state": "accepted"})])]
    ['We cut it.']
    """
    kept: list[Line] = []
    fell = False
    for line in lines:
        if line.state == "accepted":
            kept.append(_begun(line) if fell and line.form == "sentence" else line)
        fell = line.state != "accepted"
    return tuple(kept)


def _begun(line: Line) -> Line:
    word = _goes_on().match(line.text)
    text = line.text[word.end() :] if word else ""
    return line.model_copy(update={"text": text[0].upper() + text[1:]}) if text else line


def changes_of(lines: Iterable[Line]) -> tuple[Change, ...]:
    """What was mended, and what was left out, with the reason."""
    told: list[Change] = []
    for line in lines:
        about = line.papers[0] if len(line.papers) == 1 else ""
        before = line.written or line.text
        if line.state == "accepted" and (line.added or line.written):
            before = "" if line.added and not line.written else before
            told.append(Change(paper_id=about, role=line.role, before=before, after=line.text, why=line.objection))
        elif line.state != "accepted":
            why, rule = line.objection or "nobody judged it", line.rule
            told.append(Change(paper_id=about, role=line.role, before=before, after="", why=why, rule=rule))
    return tuple(told)
