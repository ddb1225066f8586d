"""The state of a run, in slices: each node's signature names the slice it reads and the slice it adds.

What a node reads is a pydantic model, so that a value edited in Studio, which arrives as plain JSON, is made what it
was or refused with the field's name. What a node adds is a ``typing_extensions.TypedDict``, not ``typing``'s: on Python
3.11 pydantic refuses the latter and Studio loses its forms without a word.
"""

import operator
from datetime import date
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field
from typing_extensions import TypedDict

from agents.framer import Frame
from agents.second_look import SecondLook
from domain.assignments import Desk
from domain.exams import Exam
from domain.items import Item, Returning
from domain.lines import Draft
from domain.papers import Paper
from domain.reports import Drop, Filing, Health, Report
from domain.trends import DayRow, Fact, Recollection
from domain.withdrawals import Withdrawn


class Request(BaseModel):
    """The one input of a run."""

    day: date | None = Field(default=None, description="Day of the listings; empty for yesterday.")


# What nodes add.


class Day(TypedDict):
    day: date


class Retrieved(TypedDict):
    papers: tuple[Paper, ...]
    withdrawn: tuple[Paper, ...]
    """Papers that say of themselves that they were withdrawn."""
    health: tuple[Health, ...]
    drops: tuple[Drop, ...]
    records: int
    warnings: tuple[str, ...]
    """Papers that try to order a model about."""


class Recalled(TypedDict):
    papers: tuple[Paper, ...]
    """Without those that an earlier day knew as withdrawn."""
    gone: tuple[Withdrawn, ...]
    memory: tuple[Recollection, ...]
    earlier: tuple[Paper, ...]
    """The papers of other days that stand near enough to one of today's to be read."""
    history: tuple[DayRow, ...]
    """The observed days before, oldest first."""
    kept: dict[str, Item]
    """What was told of papers that memory knows, by id."""
    names: dict[str, str]
    """What they are called, by id."""
    notes: tuple[str, ...]
    """What the memory found and mended when it was opened."""


class Classified(TypedDict):
    filings: tuple[Filing, ...]
    second_look: SecondLook
    """What came of asking the model about the unsure ones."""


class Examined(TypedDict):
    exam: Exam | None
    """How the judge did before it was asked anything; None where there is no model."""


class Planned(TypedDict):
    ranking: tuple[str, ...]
    """Ids of the new papers, the most notable first."""
    desks: tuple[Desk, ...]
    returning: tuple[Returning, ...]
    facts: tuple[Fact, ...]
    """What the days before say about the day, its categories and single papers."""


class Written(TypedDict):
    """What the sections add; ``begin`` empties it, as a thread keeps what reducers gathered last time."""

    items: Annotated[list[Item], operator.add]
    losses: Annotated[list[Drop], operator.add]
    """Answers that the model failed to give."""


class Framing(TypedDict):
    frame: Frame
    judged: Annotated[int, operator.add]
    """How often the critic has spoken: the loop's own bound."""


class Published(TypedDict):
    report: Report
    folder: str


class DailyState(Day, Retrieved, Recalled, Classified, Examined, Planned, Written, Framing, Published):
    """Everything a day knows."""


# What nodes read.


class OfDay(BaseModel):
    """What a node is handed of the state: validated, and nothing else of it."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    day: date


class ToRecall(OfDay):
    papers: tuple[Paper, ...]
    withdrawn: tuple[Paper, ...]


class ToClassify(OfDay):
    papers: tuple[Paper, ...]
    memory: tuple[Recollection, ...]


class ToPlan(ToClassify):
    earlier: tuple[Paper, ...]
    history: tuple[DayRow, ...]
    kept: dict[str, Item]
    names: dict[str, str]
    filings: tuple[Filing, ...]


class ToShare(OfDay):
    """Read by the fan-out."""

    exam: Exam | None
    desks: tuple[Desk, ...]
    kept: dict[str, Item]
    names: dict[str, str]


class ToFrame(OfDay):
    exam: Exam | None
    papers: tuple[Paper, ...]
    filings: tuple[Filing, ...]
    ranking: tuple[str, ...]
    items: list[Item]


class ToJudge(OfDay):
    papers: tuple[Paper, ...]
    items: list[Item]
    frame: Frame


class Judged(ToJudge):
    judged: int


class ToPublish(ToPlan, ToFrame):
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


class ToRemember(OfDay):
    report: Report


# A section: one desk's papers, from writer to items.


class OneDesk(OfDay):
    """All that a section is sent."""

    desk: Desk
    kept: dict[str, Item] = Field(default_factory=dict)
    """Items of its papers that need not be written again."""
    names: dict[str, str] = Field(default_factory=dict)
    believed: bool = True
    """Whether the judge passed its exam; without one nothing is written."""


class Drafted(TypedDict):
    draft: Draft


class Checked(Drafted):
    judged: Annotated[int, operator.add]


class Failed(TypedDict):
    failure: str
    """Why the model gave no judgement."""


class SectionInput(TypedDict):
    day: date
    desk: Desk
    kept: dict[str, Item]
    names: dict[str, str]
    believed: bool


class SectionState(SectionInput, Checked, Failed, Written):
    """Everything a section knows."""


class ToCheck(OneDesk):
    draft: Draft
    judged: int = 0
    failure: str = ""
