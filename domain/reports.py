"""The day's report and its receipt: what is published, and what became of everything that came in."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Literal

from .claims import Claim, Part
from .papers import Paper
from .trends import DayRow, Fact
from .value import Value

Status = Literal["complete", "partial", "quiet", "broken"]
"""``complete``: all sources answered, all categories written. ``partial``: something is missing, and named. ``quiet``:
nothing was listed, as is normal for the day. ``broken``: no report could be made of what should have been there."""


CauseKind = Literal["nothing listed", "unusable", "no papers", "unwritten", "silent", "missing", "quoted", "bare"]


class Cause(Value):
    """One thing that keeps a day from being complete, as data: each language has its own words for it."""

    kind: CauseKind
    about: tuple[tuple[str, str], ...] = ()
    """(name of a source or key of a category, what is known of why)"""


class Health(Value):
    """How one source behaved."""

    source: str
    asked: str
    """What was asked: an address or a file's name."""
    state: Literal["answered", "empty", "unavailable", "stale"]
    listed: int | None = None
    """How many papers the source says it lists, where it says so."""
    held: int = 0
    """How many usable papers we hold from it."""
    batch: date | None = None
    """The date that the source itself gives for its listing."""
    signal: bool = False
    """Only confirms papers of other sources; its absence is no loss."""
    note: str = ""


class Drop(Value):
    """Something that came in and did not go on, and why."""

    step: str
    what: str
    reason: str


class Listing(Value):
    """One source's answer for one day."""

    papers: tuple[Paper, ...]
    health: Health
    drops: tuple[Drop, ...] = ()


class Filing(Value):
    """The category of one paper, decided once."""

    paper_id: str
    category: str
    certainty: float
    """Probability that the deciding classifier gave it, 0–1."""
    decided_by: str
    """``memory``, or name and version of the classifier, or the model's name."""


class Proposal(Value):
    """A category that the model missed in the taxonomy; counted over days, used only once it is added on purpose."""

    paper_id: str
    name: str


class Repeat(Value):
    """A paper of an earlier day that came again."""

    paper_id: str
    first_day: date
    days: tuple[date, ...]


class Gap(Value):
    """A category that could not be written, and why."""

    category: str
    reason: str
    papers: tuple[str, ...]
    """Ids of the new papers that it leaves without a synthesis; they are still listed."""
    repeats: tuple[Repeat, ...] = ()


class Section(Value):
    """One category of the report as filed."""

    category: str
    papers: tuple[str, ...]
    """Ids of the papers that are synthesised."""
    headline: Claim | None = None
    themes: tuple[Claim, ...] = ()
    keywords: tuple[Claim, ...] = ()
    findings: tuple[Claim, ...] = ()
    trend: tuple[Claim, ...] = ()
    impact: tuple[Claim, ...] = ()
    outlook: tuple[Claim, ...] = ()
    also: tuple[str, ...] = ()
    """Ids of further new papers, listed only."""
    repeats: tuple[Repeat, ...] = ()
    extractive: bool = False
    """Written by quoting the papers, without a model."""
    facts: tuple[Fact, ...] = ()
    """The trend facts that its claims may cite."""
    drops: tuple[Drop, ...] = ()
    """Claims that were left out, with the critic's reason."""
    revisions: int = 0
    """How often the editor mended it."""

    def claims(self) -> list[tuple[Part, Claim]]:
        """Every claim with its part, in reading order."""
        parts: tuple[Part, ...] = ("themes", "keywords", "findings", "trend", "impact", "outlook")
        head: list[tuple[Part, Claim]] = [("headline", self.headline)] if self.headline else []
        return head + [(part, claim) for part in parts for claim in getattr(self, part)]


class Report(Value):
    """A whole day, as data: everything that the published files show."""

    schema_version: int = 1
    day: date
    language: str
    status: Status
    reason: str = ""
    """Why the day is not complete; empty for a complete one. In English, for logs and receipts."""
    causes: tuple[Cause, ...] = ()
    """The same as data, for the page."""
    model: str
    extractive: bool
    """The whole report quotes and was written without a model."""
    overview: tuple[Claim, ...] = ()
    sections: tuple[Section, ...] = ()
    gaps: tuple[Gap, ...] = ()
    papers: tuple[Paper, ...] = ()
    """Every paper of the day once, synthesised, listed or repeated."""
    filings: tuple[Filing, ...] = ()
    proposals: tuple[Proposal, ...] = ()
    health: tuple[Health, ...] = ()
    facts: tuple[Fact, ...] = ()
    """Trend facts over the whole day."""
    trend: tuple[Claim, ...] = ()
    """What rose, fell, came back or stayed away, over all categories; each rests on facts."""
    history: tuple[DayRow, ...] = ()
    """The observed days before this one that trends were computed from, oldest first, at most 28."""

    def paper(self, paper_id: str) -> Paper:
        """The paper of an id. Raises KeyError for one that is not of this day."""
        for paper in self.papers:
            if paper.id == paper_id:
                return paper
        raise KeyError(paper_id)


class Step(Value):
    """How many went into a step of the run and came out of it."""

    step: str
    came_in: int
    went_out: int
    note: str = ""


class Usage(Value):
    """What one agent asked of the model, under one version of its prompt."""

    agent: str
    prompt: str
    """``name@version``; the version is the start of the prompt file's sha256."""
    model: str
    category: str | None = None
    calls: int = 0
    failed: int = 0
    cached: int = 0
    """Calls answered from the reply cache; their tokens were spent earlier and are not counted again."""
    input_tokens: int = 0
    output_tokens: int = 0
    cost: float | None = None
    """In US dollars; None where no price is known."""


class Receipt(Value):
    """What came in, what was dropped and why, what it cost."""

    schema_version: int = 1
    day: date
    language: str
    status: Status
    reason: str = ""
    health: tuple[Health, ...] = ()
    steps: tuple[Step, ...] = ()
    drops: tuple[Drop, ...] = ()
    merged: int = 0
    """Records that turned out to be a paper that another record already gave."""
    repeats: tuple[Repeat, ...] = ()
    gaps: tuple[Gap, ...] = ()
    filings: tuple[Filing, ...] = ()
    proposals: tuple[Proposal, ...] = ()
    asked_to_classify: float = 0.0
    """Share of the new papers for which the model was asked, 0–1."""
    model: str
    usage: tuple[Usage, ...] = ()
    prompts: tuple[tuple[str, str], ...] = ()
    """Name and version of each prompt file that was used."""
    notes: tuple[str, ...] = ()


def decide_status(
    health: Sequence[Health],
    papers: int,
    gaps: Sequence[Gap],
    sections: int,
    fallen_back: Sequence[str] = (),
    bare: Sequence[str] = (),
) -> tuple[Status, tuple[Cause, ...]]:
    """The day's status and what explains it.

    ``fallen_back``: categories that were to be written by a model and are only quoted. ``bare``: categories of which no
    finding passed the critic.

    A source that is only a signal cannot make a day partial. No papers from sources that all answered is a quiet day;
    no papers because sources did not answer is a broken one.
    """
    failed = tuple((h.source, h.note) for h in health if not h.signal and h.state in ("unavailable", "stale"))
    lost = tuple((g.category, g.reason) for g in gaps)
    if not papers:
        if failed:
            return "broken", (Cause(kind="no papers", about=failed),)
        if any(h.listed for h in health if not h.signal):
            return "broken", (Cause(kind="unusable"),)
        return "quiet", (Cause(kind="nothing listed", about=tuple((h.source, h.note) for h in health if h.note)),)
    if gaps and not sections:
        return "broken", (Cause(kind="unwritten", about=lost),)
    causes = [Cause(kind="silent", about=failed)] if failed else []
    causes += [Cause(kind="missing", about=(gap,)) for gap in lost]
    causes += [Cause(kind="quoted", about=tuple((key, "") for key in fallen_back))] if fallen_back else []
    causes += [Cause(kind="bare", about=tuple((key, "") for key in bare))] if bare else []
    return ("partial" if causes else "complete"), tuple(causes)


def reason(causes: Iterable[Cause]) -> str:
    """The sentence that explains a status; empty for a complete day."""
    return "; ".join(_told(cause) for cause in causes)


def _told(cause: Cause) -> str:
    names = ", ".join(f"{name} ({note})" if note else name for name, note in cause.about)
    match cause.kind:
        case "nothing listed":
            return "; ".join(note for _, note in cause.about) or "nothing was listed"
        case "unusable":
            return "papers were listed, but none of their records could be used"
        case "no papers":
            return f"no papers: {names}"
        case "unwritten":
            return "no category could be written: " + "; ".join(f"{key}: {why}" for key, why in cause.about)
        case "silent":
            return f"source did not answer: {names}"
        case "missing":
            return "; ".join(f"category {key} is missing: {why}" for key, why in cause.about)
        case "quoted":
            return f"quoted only, because the model failed: {names}"
        case "bare":
            return f"no finding passed the critic: {names}"
