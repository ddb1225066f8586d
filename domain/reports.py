"""The day's report and its receipt: what is published, and what became of everything that came in."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Literal, cast

from pydantic import model_validator

from .claims import Claim
from .exams import Exam
from .items import Change, Group, Item, Pick, Returning, Story, Term
from .kinds import CauseKind, Status
from .papers import Paper
from .trends import DayRow, Fact
from .value import Day, Value
from .withdrawals import Withdrawn

_NAMED = 3
"""Records that a cause names one by one."""


class Cause(Value):
    """One thing that keeps a day from being complete, as data: each language has its own words for it."""

    kind: CauseKind
    about: tuple[tuple[str, str], ...] = ()
    """(name of a source, of a record or key of a category, what is known of why)"""


class Drop(Value):
    """Something that came in and did not go on, and why."""

    step: str
    what: str
    reason: str


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
    batch: Day | None = None
    """The date that the source itself gives for its listing."""
    signal: bool = False
    """Only confirms papers of other sources; its absence is no loss."""
    note: str = ""
    lost: tuple[Drop, ...] = ()
    """The records that it handed over and that could not be read."""
    withdrawn: int = 0
    """How many of its records are of withdrawn papers; they are not held."""


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


class Report(Value):
    """A whole day, as data: everything that the published files show, in any shape."""

    schema_version: int = 4
    day: Day
    language: str
    status: Status
    reason: str = ""
    """Why the day is not complete; empty for a complete one. In English, for logs and receipts."""
    causes: tuple[Cause, ...] = ()
    """The same as data, for the page."""
    model: str
    judge: Exam | None = None
    """How the model that judged did in its exam; None where nothing was judged, or nobody was examined yet."""
    quoted: bool
    """Every item is told in its paper's own sentences."""
    opening: tuple[Story, ...] = ()
    picks: tuple[Pick, ...] = ()
    groups: tuple[Group, ...] = ()
    """Every item once, in printing order."""
    items: tuple[Item, ...] = ()
    threads: tuple[Story, ...] = ()
    returning: tuple[Returning, ...] = ()
    withdrawn: tuple[Withdrawn, ...] = ()
    """Papers that came in and are named as withdrawn, none of them among ``papers``."""
    terms: tuple[Term, ...] = ()
    flow: tuple[Claim, ...] = ()
    """What rose, fell, came back or stayed away, over all categories; each rests on facts."""
    changes: tuple[Change, ...] = ()
    """What the critic mended and left out."""
    papers: tuple[Paper, ...] = ()
    """Every paper of the day once: told, only listed, or returning."""
    filings: tuple[Filing, ...] = ()
    proposals: tuple[Proposal, ...] = ()
    health: tuple[Health, ...] = ()
    facts: tuple[Fact, ...] = ()
    """Facts about other days, of the whole day, of its categories and of single papers."""
    history: tuple[DayRow, ...] = ()
    """The observed days before this one that trends were computed from, oldest first, at most 28."""

    @model_validator(mode="before")
    @classmethod
    def _of_version_three(cls, given: Any) -> Any:
        """``quoted`` was called ``extractive``."""
        if not isinstance(given, dict) or "extractive" not in given:
            return cast("Any", given)
        held = cast("dict[str, Any]", given)
        return {("quoted" if name == "extractive" else name): value for name, value in held.items()}

    def paper(self, paper_id: str) -> Paper:
        """The paper of an id. Raises KeyError for one that is not of this day."""
        for paper in self.papers:
            if paper.id == paper_id:
                return paper
        raise KeyError(paper_id)

    def item(self, paper_id: str) -> Item | None:
        return next((item for item in self.items if item.paper_id == paper_id), None)

    def category(self, paper_id: str) -> str:
        """Key of the category under which a paper is filed; empty for one that is not."""
        return next((filing.category for filing in self.filings if filing.paper_id == paper_id), "")

    @property
    def listed(self) -> tuple[Paper, ...]:
        """New papers that are named and not told."""
        told = {item.paper_id for item in self.items} | {paper.paper_id for paper in self.returning}
        return tuple(paper for paper in self.papers if paper.id not in told)

    def claims(self) -> Iterator[Claim]:
        """Every claim of the page, in reading order."""
        for story in self.opening:
            yield from (claim for claim in (story.headline, story.text) if claim)
        yield from (pick.why for pick in self.picks if pick.why)
        for item in self.items:
            yield from item.claims
        for story in self.threads:
            yield from (claim for claim in (story.headline, story.text) if claim)
        yield from (paper.line for paper in self.returning if paper.line)
        yield from self.flow


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
    cached_tokens: int = 0
    """Those of them that the server had in its cache, where it told."""
    output_tokens: int = 0
    part: str = ""
    """What of the agent's work it was: the exam, a judge's first round or its later ones; empty for all of it."""
    canaries_in: int = 0
    """Tokens in that its canaries took, by their share of the question's text."""
    canaries_out: int = 0
    """Tokens out that they took, by their share of the lines."""
    cost: float | None = None
    """In US dollars; None where no price is known."""
    canaries_cost: float | None = None
    """Of that, for the canaries."""


class Spending(Value):
    """What of a run's money went where."""

    what: str
    calls: int
    """Without those that were answered from the reply cache."""
    input_tokens: int
    cached_tokens: int = 0
    """Those of them that the server had in its cache, where it told."""
    output_tokens: int
    cost: float | None = None
    """In US dollars; None where no price is known."""


class Receipt(Value):
    """What came in, what was dropped and why, what it cost."""

    schema_version: int = 2
    day: Day
    language: str
    status: Status
    reason: str = ""
    health: tuple[Health, ...] = ()
    steps: tuple[Step, ...] = ()
    drops: tuple[Drop, ...] = ()
    merged: int = 0
    """Records that turned out to be a paper that another record already gave."""
    returning: tuple[Returning, ...] = ()
    filings: tuple[Filing, ...] = ()
    proposals: tuple[Proposal, ...] = ()
    asked_to_classify: float = 0.0
    """Share of the new papers for which the model was asked, 0–1."""
    model: str
    usage: tuple[Usage, ...] = ()
    spent: tuple[Spending, ...] = ()
    """What the usage comes to: all of it, then each agent's work by its parts, then the canaries among them."""
    prompts: tuple[tuple[str, str], ...] = ()
    """Name and version of each prompt file that was used."""
    notes: tuple[str, ...] = ()


def decide_status(
    health: Sequence[Health], papers: int, quoted: Sequence[str] = (), bare: bool = False, unfit: Sequence[Exam] = ()
) -> tuple[Status, tuple[Cause, ...]]:
    """The day's status and what explains it.

    ``quoted``: names of items that were to be written by a model and are only quoted. ``bare``: the day was to have an
    opening by a model, and has none. ``unfit``: the exam of a judge that was not believed.

    A source that is only a signal cannot make a day partial; a record that could not be read does. No papers from
    sources that all answered is a quiet day; no papers because sources did not answer is a broken one.
    """
    failed = tuple((h.source, h.note) for h in health if not h.signal and h.state in ("unavailable", "stale"))
    if not papers:
        if failed:
            return "broken", (Cause(kind="no papers", about=failed),)
        if any((h.listed or 0) > h.withdrawn for h in health if not h.signal):
            return "broken", (Cause(kind="unusable"),)
        return "quiet", (Cause(kind="nothing listed", about=tuple((h.source, h.note) for h in health if h.note)),)
    causes = [Cause(kind="silent", about=failed)] if failed else []
    causes += _unread(health)
    causes += [Cause(kind="quoted", about=tuple((name, "") for name in quoted))] if quoted else []
    causes += [Cause(kind="bare")] if bare else []
    causes += [Cause(kind="unfit judge", about=((exam.model, exam.in_words),)) for exam in unfit]
    return ("partial" if causes else "complete"), tuple(causes)


def _unread(health: Sequence[Health]) -> list[Cause]:
    """The first records that could not be read, each with its reason, and how many more; all are in the receipt."""
    lost = [(drop.what, drop.reason) for h in health if not h.signal for drop in h.lost]
    more = [(f"+{len(lost) - _NAMED}", "")] if len(lost) > _NAMED else []
    return [Cause(kind="lost", about=(*lost[:_NAMED], *more))] if lost else []


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
        case "lost":
            return f"records that could not be read: {names}"
        case "missing":
            return "; ".join(f"category {key} is missing: {why}" for key, why in cause.about)
        case "quoted":
            return f"quoted only, because the model gave nothing that could be published: {names}"
        case "unfit judge":
            return f"quoted only, because this model may not judge: {names}"
        case "bare":
            return "the model gave no opening that could be published"
