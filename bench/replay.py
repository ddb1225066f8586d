"""Runs a frozen day again, through the same graph as any day, with the memory and the sources of then."""

import tempfile
from collections.abc import Mapping, Sequence
from contextlib import aclosing
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

from pydantic import ConfigDict, Field

from agents.classifier import Classifier
from agents.retriever import Catch, caught
from domain.assignments import Desk
from domain.lines import Line
from domain.papers import Paper
from domain.reports import Health, Listing, Report
from domain.taxonomy import Taxonomy
from domain.value import Value
from graph.before import Before
from graph.context import Context
from graph.daily import builder
from graph.settings import Settings
from graph.state import Request
from models.chat import ChatLLM
from models.llm import LLM
from publishing import layout
from publishing.files import read_report
from sources import Source

from .frozen import FrozenDay
from .overheard import Exchange, Overheard
from .recorded import Answers, Recorded

EDITABLE = ("classify", "synthesize", "critique", "frame")
"""Prompts that a run asks with, without their folder."""


class Replayed(Context):
    """The context of a run whose papers, memory and categories are those of a frozen day."""

    model_config = ConfigDict(arbitrary_types_allowed=True)

    frozen: FrozenDay
    replies: Path
    """Folder of the answers that are kept."""
    draw: int = Field(default=0, ge=0)
    """Which answer is wanted of a model that answers differently each time."""
    answers: Answers | None = None
    """Recorded ones, which take the model's place."""
    tested: str = ""
    """The prompt that is being tried out: of it no other version's recorded answers will do."""

    @property
    def cache(self) -> Path:
        return self.replies

    @cached_property
    def opened_sources(self) -> tuple[Source, ...]:
        return ()

    @cached_property
    def classifier(self) -> Classifier:
        return _Guesses(self.taxonomy, self.frozen)  # pyright: ignore[reportReturnType]  it ranks as one does

    async def catch(self, day: date) -> Catch:
        health = self.frozen.health or (Health(source="frozen", asked=str(self.frozen.day), state="answered"),)
        return caught(
            [
                Listing(papers=self.frozen.papers if n == 0 else (), health=one, drops=one.lost)
                for n, one in enumerate(health)
            ]
        )

    def look_back(self, day: date, papers: Sequence[Paper], withdrawn: Sequence[Paper], *, apart: bool) -> Before:
        then = self.frozen
        return Before(
            gone=then.withdrawn,
            memory=then.memory,
            earlier=then.earlier,
            history=then.history,
            kept=then.kept,
            names=then.names,
        )

    def remember(self, report: Report) -> None:
        """A replay leaves no trace in any memory."""

    @property
    def at_one_desk(self) -> int:
        """Desks are what is tried and resampled: as a model's, whoever tells the day."""
        return self.papers_at_once

    @cached_property
    def llm(self) -> LLM | None:
        if self.answers is not None:
            return Overheard(Recorded(self.answers, self.frozen, self.edited, tested=self.tested, draw=self.draw))
        return Overheard(asked) if (asked := super().llm) else None

    @cached_property
    def judge(self) -> LLM | None:
        if self.answers is not None or not (self.critic_model or self.fallback_model):
            return self.llm
        return Overheard(asked) if (asked := super().judge) else None

    def _asked(self, *names: str) -> LLM:
        llm = super()._asked(*names)
        if isinstance(llm, ChatLLM) and llm.replies and self.draw:
            llm.replies = llm.replies.drawing(self.draw)
        return llm

    def today(self) -> date:
        return max(self.frozen.day, super().today())

    @property
    def exchanges(self) -> tuple[Exchange, ...]:
        """What was asked so far."""
        asked = {id(llm): llm for llm in (self.llm, self.judge) if isinstance(llm, Overheard)}
        return tuple(exchange for llm in asked.values() for exchange in llm.exchanges)


@dataclass(frozen=True)
class _Guesses:
    """The classifier with the odds that it gave."""

    taxonomy: Taxonomy
    frozen: FrozenDay

    @property
    def name(self) -> str:
        return self.frozen.versions.get("classifier", "classifier@frozen")

    def rank(self, papers: tuple[Paper, ...]) -> list[list[tuple[str, float]]]:
        filed = {filing.paper_id: filing.category for filing in self.frozen.filings}
        return [list(self.frozen.guesses.get(p.id) or [(filed.get(p.id, "other"), 1.0)]) for p in papers]


class Replay(Value):
    """One run of a frozen day."""

    day: str
    report: Report
    markdown: str
    desks: tuple[Desk, ...]
    first: tuple[Line, ...]
    """The items' lines as the critic left them when it saw them first."""
    first_frame: tuple[Line, ...] = ()
    """Those of the frame."""
    exchanges: tuple[Exchange, ...]
    asked: int
    """Calls that a model was really asked."""
    recalled: int
    """Questions that were answered from what is kept."""
    cost: float | None = None
    """US dollars, where prices are set."""


def context_of(
    frozen: FrozenDay,
    settings: Settings,
    *,
    data: Path,
    edited: Mapping[str, str],
    answers: Answers | None = None,
    draw: int = 0,
    tested: str = "",
    fresh: bool = True,
) -> Replayed:
    """The context of a replay that writes into ``data`` alone. ``edited``: texts of prompts by their name without
    folder, such as ``synthesize``. ``fresh``: nothing is taken over from the days before, so that every paper is
    written."""
    own: dict[str, Any] = {name: getattr(settings, name) for name in Settings.model_fields}
    own |= {"data": data, "papers": ()}
    if answers is not None:
        # Who only repeats what was said cannot be examined.
        own |= {"model": "recorded:answers", "critic_model": "", "fallback_model": "", "exam": 0.0}
    if fresh:
        frozen = frozen.model_copy(update={"kept": {}})
    if settings.language != frozen.language:
        frozen = frozen.model_copy(update={"kept": {}, "names": {}})
    texts = {f"prompt_{name}": text for name, text in edited.items()}
    cache = settings.data / "cache"
    own |= texts | {"frozen": frozen, "replies": cache, "answers": answers, "draw": draw, "tested": tested}
    return Replayed(**own)


async def replay(frozen: FrozenDay, settings: Settings, **more: Any) -> Replay:
    """Runs the day in a folder of its own, of which nothing is left. ``more``: as ``context_of``. Raises what a run
    raises."""
    with tempfile.TemporaryDirectory() as folder:
        context = context_of(frozen, settings, data=Path(folder), **more)
        async with aclosing(context):
            return await _run(context)


async def _run(context: Replayed) -> Replay:
    graph = builder.compile(name="daily")
    stream: Any = graph.astream(Request(day=context.frozen.day), context=context, stream_mode="tasks", subgraphs=True)
    desks: list[Desk] = []
    first: dict[tuple[str, ...], tuple[Line, ...]] = {}
    async with aclosing(stream):
        async for namespace, part in stream:
            match part:
                case {"name": "section", "input": given}:
                    desks.append(given["desk"])
                case {"name": "edit" | "settle" | "publish", "input": given} if namespace not in first:
                    # What the critic has seen once is what goes to the editor first, or past it.
                    first[namespace] = given.draft.lines if namespace else given.frame.lines
                case _:
                    pass
    folder = context.reports / layout.place(context.frozen.day, context.language)
    usage = context.meter.usage()
    costs = [one.cost for one in usage]
    return Replay(
        day=context.frozen.day.isoformat(),
        report=read_report(folder / layout.REPORT),
        markdown=(folder / layout.MARKDOWN).read_text(encoding="utf-8"),
        desks=tuple(desks),
        first=tuple(line for namespace, lines in first.items() if namespace for line in lines),
        first_frame=first.get((), ()),
        exchanges=context.exchanges,
        asked=sum(one.calls - one.cached for one in usage),
        recalled=sum(one.cached for one in usage),
        cost=None if not costs or None in costs else sum(cost or 0.0 for cost in costs),
    )
