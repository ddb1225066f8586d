"""The state of a run, in slices: each node's signature names the slice it reads and the slice it adds.

``typing_extensions.TypedDict``, not ``typing``'s: on Python 3.11 pydantic refuses the latter and Studio loses its forms
without a word.
"""

import operator
from datetime import date
from typing import Annotated

from pydantic import BaseModel, Field
from typing_extensions import TypedDict

from agents.overview import Opening
from agents.second_look import SecondLook
from domain.assignments import Assignment
from domain.claims import Brief, Draft
from domain.critiques import Critique
from domain.papers import Paper
from domain.reports import Drop, Filing, Gap, Health, Report, Section
from domain.trends import DayRow, Fact, Recollection


class Request(BaseModel):
    """The one input of a run. Pydantic, because it arrives as JSON and a TypedDict would not be validated."""

    day: date | None = Field(default=None, description="Day of the listings; empty for yesterday.")


class Day(TypedDict):
    day: date


class Retrieved(TypedDict):
    papers: tuple[Paper, ...]
    health: tuple[Health, ...]
    drops: tuple[Drop, ...]
    records: int
    warnings: tuple[str, ...]
    """Papers that try to order a model about."""


class Recalled(TypedDict):
    memory: tuple[Recollection, ...]
    earlier: tuple[Paper, ...]
    """The papers of other days that stand near enough to one of today's to be read."""
    history: tuple[DayRow, ...]
    """The observed days before, oldest first."""
    notes: tuple[str, ...]
    """What the memory found and mended when it was opened."""


class Classified(TypedDict):
    filings: tuple[Filing, ...]
    second_look: SecondLook
    """What came of asking the model about the unsure ones."""


class Assigned(TypedDict):
    assignments: tuple[Assignment, ...]
    facts: tuple[Fact, ...]
    """What the days before say about the whole day."""


class Written(TypedDict):
    """What the category branches add; ``begin`` empties it, as a thread keeps what reducers gathered last time."""

    sections: Annotated[list[Section], operator.add]
    gaps: Annotated[list[Gap], operator.add]
    losses: Annotated[list[Drop], operator.add]
    """Drafts and edits that the model failed to give."""


class Opened(TypedDict):
    overview: Opening


class Told(TypedDict):
    flow: Opening
    """What rose, fell and stayed away, over all categories."""


class Published(TypedDict):
    report: Report
    folder: str


class ToRecall(Day, Retrieved):
    """Read by ``recall``."""


class ToClassify(Retrieved, Recalled):
    """Read by ``classify``."""


class ToAssign(Day, ToClassify, Classified):
    """Read by ``trends``."""


class DailyState(ToAssign, Assigned, Written, Opened, Told, Published):
    """Everything a day knows."""


class OneCategory(TypedDict):
    """All that a category's branch is sent."""

    assignment: Assignment


class Drafted(TypedDict):
    draft: Draft


class Mended(Drafted):
    stuck: str
    """Why the editor could not ask its model; empty when it could."""


class Judged(TypedDict):
    critique: Critique
    judged: Annotated[int, operator.add]
    """How often the critic has spoken: the loop's own bound."""


class Filed(TypedDict):
    sections: list[Section]
    gaps: list[Gap]
    losses: list[Drop]


class Failed(TypedDict):
    failure: str
    """Why the model gave no draft, or no judgement of it."""


class CategoryState(OneCategory, Mended, Judged, Failed, Filed):
    """Everything a category's branch knows."""


def brief(state: OneCategory) -> Brief:
    """What the branch's agents are shown. That a paper came again is listed, and needs no sentence."""
    facts = tuple(fact for fact in state["assignment"].facts if fact.kind != "repeat")
    return Brief(papers=state["assignment"].papers, facts=facts)
