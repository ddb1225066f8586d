"""The state of a run, in slices: each node's signature names the slice it reads and the slice it adds.

What is put into a channel is validated (``channels.py``), and what a node reads of it is a pydantic model, so that a
value edited in Studio, which arrives as plain JSON, is made what it was or refused with the field's name. What a node
adds is a ``typing_extensions.TypedDict``, not ``typing``'s: on Python 3.11 pydantic refuses the latter and Studio loses
its forms without a word.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field
from pydantic.json_schema import models_json_schema
from typing_extensions import TypedDict

from agents.framer import Frame
from agents.reviewer import Reviewed
from agents.second_look import SecondLook
from domain.assignments import Desk
from domain.exams import Exam
from domain.items import Item, Returning
from domain.lines import Draft
from domain.papers import Paper
from domain.reports import Drop, Filing, Health, Report
from domain.trends import DayRow, Fact, Recollection
from domain.value import Day, Value
from domain.withdrawals import Withdrawn

from .channels import Valid, joined


class Request(BaseModel):
    """The one input of a run."""

    day: Day | None = Field(default=None, description="Day of the listings; empty for yesterday.")


# What nodes add.


class Begun(TypedDict):
    day: Valid[Day | None]
    """None until it is decided."""


class Retrieved(TypedDict):
    papers: Valid[tuple[Paper, ...]]
    withdrawn: Valid[tuple[Paper, ...]]
    """Papers that say of themselves that they were withdrawn."""
    health: Valid[tuple[Health, ...]]
    drops: Valid[tuple[Drop, ...]]
    records: Valid[int]
    warnings: Valid[tuple[str, ...]]
    """Papers that try to order a model about."""


class Recalled(TypedDict):
    papers: Valid[tuple[Paper, ...]]
    """Without those that an earlier day knew as withdrawn."""
    gone: Valid[tuple[Withdrawn, ...]]
    memory: Valid[tuple[Recollection, ...]]
    earlier: Valid[tuple[Paper, ...]]
    """The papers of other days that stand near enough to one of today's to be read."""
    history: Valid[tuple[DayRow, ...]]
    """The observed days before, oldest first."""
    kept: Valid[dict[str, Item]]
    """What was told of papers that memory knows, by id."""
    names: Valid[dict[str, str]]
    """What they are called, by id."""
    notes: Valid[tuple[str, ...]]
    """What the memory found and mended when it was opened."""


class Classified(TypedDict):
    filings: Valid[tuple[Filing, ...]]


class LookedAgain(Classified):
    second_look: Valid[SecondLook]
    """What came of asking the model about the unsure ones."""


class Examined(TypedDict):
    exam: Valid[Exam | None]
    """How the judge did before it was asked anything; None where there is no model."""
    believed: Valid[bool]
    """Whether the judge passed its exam; without one nothing is judged, and so nothing told but quotes."""


class Planned(TypedDict):
    ranking: Valid[tuple[str, ...]]
    """Ids of the new papers, the most notable first."""
    desks: Valid[tuple[Desk, ...]]
    returning: Valid[tuple[Returning, ...]]
    kept: Valid[dict[str, Item]]
    """Those of the items that need not be written again: of the same model and prompts."""


class Trended(TypedDict):
    facts: Valid[tuple[Fact, ...]]
    """What the days before say about the day, its categories and single papers."""


class DraftOfPaper(Value):
    """What was written of one paper, which no one has judged yet."""

    paper: str
    """Its id."""
    draft: Draft


class Drafted(TypedDict):
    """What the writers add; ``begin`` empties it, as a thread keeps what reducers gathered last time."""

    drafts: Annotated[list[DraftOfPaper], joined("drafts", DraftOfPaper, lambda one: one.paper)]


class Settled(TypedDict):
    """What the sections add; ``begin`` empties it too."""

    items: Annotated[list[Item], joined("items", Item, lambda item: item.paper_id)]
    losses: Annotated[list[Drop], joined("losses", Drop, lambda drop: drop)]
    """Answers that the model failed to give."""


class Framing(TypedDict):
    frame: Valid[Frame]
    judged: Valid[int]
    """How often the critic has spoken: the loop's own bound."""
    again: Valid[bool]
    """Whether the editor mends what the critic sent back. Decided where the critic speaks: a router that needed the
    run's settings would keep an edited state from being continued."""


class Ended(TypedDict):
    ended: Valid[Literal["", "published", "rejected", "fork"]]
    """What became of the run; empty while it is unfinished."""


class InReview(TypedDict):
    reviewed: Valid[Reviewed]


class Published(TypedDict):
    report: Valid[Report]
    folder: Valid[str]


class DailyState(
    Begun,
    Retrieved,
    Recalled,
    LookedAgain,
    Examined,
    Planned,
    Drafted,
    Trended,
    Settled,
    Framing,
    InReview,
    Published,
    Ended,
):
    """Everything a day knows."""


# What nodes read.


class OfDay(BaseModel):
    """What a node is handed of the state: validated, and nothing else of it."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    day: Day | None
    """None where an edit took it away; ``edits.day_of`` says so."""


def in_order(items: Iterable[Item], ranking: Sequence[str]) -> list[Item]:
    """The most notable paper's first."""
    place = {id: n for n, id in enumerate(ranking)}
    return sorted(items, key=lambda item: place.get(item.paper_id, len(place)))


class ToRecall(OfDay):
    papers: tuple[Paper, ...]
    withdrawn: tuple[Paper, ...]


class ToClassify(OfDay):
    papers: tuple[Paper, ...]
    memory: tuple[Recollection, ...]


class ToLookAgain(OfDay):
    papers: tuple[Paper, ...]
    filings: tuple[Filing, ...]


class ToPlan(ToClassify):
    kept: dict[str, Item]
    names: dict[str, str]
    filings: tuple[Filing, ...]


class ToShare(OfDay):
    """Read by the fan-out to the writers."""

    desks: tuple[Desk, ...]
    kept: dict[str, Item]
    names: dict[str, str]


class ToTrend(ToClassify):
    ranking: tuple[str, ...]
    filings: tuple[Filing, ...]
    earlier: tuple[Paper, ...]
    history: tuple[DayRow, ...]


class ToFrame(OfDay):
    believed: bool
    papers: tuple[Paper, ...]
    filings: tuple[Filing, ...]
    ranking: tuple[str, ...]
    desks: tuple[Desk, ...]
    drafts: list[DraftOfPaper]
    kept: dict[str, Item]


class ToHandOn(OfDay):
    """Read by the fan-out to the sections."""

    believed: bool
    desks: tuple[Desk, ...]
    drafts: list[DraftOfPaper]
    kept: dict[str, Item]


class ToJudge(OfDay):
    papers: tuple[Paper, ...]
    items: list[Item]
    frame: Frame


class ToEdit(ToJudge):
    judged: int


class ToVerdict(OfDay):
    again: bool


class ToPublish(ToTrend):
    believed: bool
    exam: Exam | None
    items: list[Item]
    gone: tuple[Withdrawn, ...]
    health: tuple[Health, ...]
    drops: tuple[Drop, ...]
    records: int
    warnings: tuple[str, ...]
    notes: tuple[str, ...]
    second_look: SecondLook
    returning: tuple[Returning, ...]
    facts: tuple[Fact, ...]
    losses: list[Drop]
    frame: Frame
    reviewed: Reviewed = Reviewed()


class ToVerdictOfReview(OfDay):
    reviewed: Reviewed


class ToRemember(OfDay):
    report: Report


# A desk's papers: what the writer of each is sent, and their section, from drafts to items.


class OnePaper(OfDay):
    """All that a writer is sent."""

    desk: Desk
    """Of this paper alone."""
    name: str = ""
    """What it is called already."""


class ToSection(OfDay):
    """All that a section is sent."""

    desk: Desk
    kept: dict[str, Item] = Field(default_factory=dict)
    draft: Draft
    """Empty where nobody wrote, or nobody is to judge it."""


class Edited(TypedDict):
    draft: Valid[Draft]


class Checked(Edited):
    judged: Valid[int]
    again: Valid[bool]


class Failed(TypedDict):
    again: Valid[bool]
    failure: Valid[str]
    """Why the model gave no judgement."""


class SectionInput(TypedDict):
    day: Valid[Day]
    desk: Valid[Desk]
    kept: Valid[dict[str, Item]]


class SectionState(SectionInput, Checked, Failed, Settled):
    """Everything a section knows."""


class ToCheck(ToSection):
    judged: int = 0
    again: bool = False
    failure: str = ""


@cache
def fingerprint(nodes: tuple[str, ...]) -> str:
    """8 hex digits over the names of the nodes and all that they read: a run of which another one was kept cannot be
    continued."""
    _, schema = models_json_schema([(each, "validation") for each in _slices(OfDay)])
    return hashlib.sha256(json.dumps([nodes, schema], sort_keys=True).encode()).hexdigest()[:8]


def _slices(one: type[OfDay]) -> Iterator[type[OfDay]]:
    for each in one.__subclasses__():
        yield each
        yield from _slices(each)
