"""What workers do: functions from values to values, in any process that has the project installed.

Nothing is kept between tasks but what is slow to open. Keys, and the address of Postgres, come from the worker's own
environment.
"""

import asyncio
import hashlib
import importlib
import pickle
from collections.abc import Sequence
from contextlib import ExitStack, aclosing
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple, cast

from agents.classifier import classify
from domain.errors import UsageError
from domain.papers import Paper
from domain.reports import Filing, Report
from graph.before import GivenDay
from graph.closing import Asked, composed
from graph.context import Context
from graph.daily import builder
from graph.events import journal, run
from graph.inputs import inputs_of
from graph.runs import opened
from graph.settings import read_secrets
from graph.state import Request, ToPublish
from publishing import files
from vectorstore.claims import passages_of
from vectorstore.embedding import paper_text
from vectorstore.prepared import Packed, Prepared

from .shared import Calls, Purse, Shares

LAST = "review"
"""The node before which a worker's run of a day ends: what comes after needs what has become of the days before."""


def recipe(context: Context) -> bytes:
    """What a context is made of again in another process: the kind, and the settings without what they opened."""
    return pickle.dumps((type(context), context.plain))


@lru_cache(maxsize=4)
def _opened(made_of: bytes) -> tuple[Context, Prepared]:
    """The context, and its embedder, which stay open in this process."""
    kind, fields = cast("tuple[type[Context], dict[str, Any]]", pickle.loads(made_of))  # noqa: S301  our own client's
    context = kind(**fields)
    prepared = Prepared(context.embed)
    vars(context)["embed"] = prepared
    return context, prepared


def embed(made_of: bytes, papers: Sequence[Paper]) -> tuple[Packed, tuple[Filing, ...]]:
    """The vectors that a run needs of these papers, and where each would be filed if nothing were known of it."""
    context, prepared = _opened(made_of)
    with prepared.fresh() as vectors:
        prepared([paper_text(paper) for paper in papers])
        filings = classify(papers, {}, context.classifier)
    return Packed.of(vectors, prepared.dimension), filings


@dataclass(frozen=True)
class WrittenDay:
    """A day as far as a worker brings it."""

    state: ToPublish
    asked: Asked
    vectors: Packed
    """Of the passages on which its claims rest."""


class OutputPlace(NamedTuple):
    """Where a worker's run of a day writes."""

    data: Path | None
    """The data folder; None where the worker does not see it, and writes into a folder of its own."""
    name: str
    """Of the day's folder in it, and of its steps."""


def write(
    made_of: bytes, day: date, given: GivenDay, vectors: Packed, place: OutputPlace, shares: Shares | None = None
) -> WrittenDay:
    """Runs the graph of a day up to its review. Another worker goes on with the steps that one leaves which dies.
    ``shares``: what all workers share, where there is a model."""
    base, prepared = _opened(made_of)
    data = place.data or _own_folder()
    with ExitStack() as shared, prepared.fresh(vectors):
        calls = Calls(shares) if shares else None
        if calls:
            shared.callback(calls.close)
        context = base.given(given, data, calls=calls, pot=Purse(shares) if shares and shares.budget else None)
        if context.has_model:
            see_that_steps_are_shared(place.data is not None)
        state = asyncio.run(_state(context, day, given, data / "backfill" / place.name))
        report = composed(state, context)
    with prepared.fresh() as computed:
        prepared(passages_of(report))
        asked = Asked(context.meter.usage(), context.model_notes) if context.has_model else Asked((), ())
        return WrittenDay(state, asked, Packed.of(computed, prepared.dimension))


def see_that_steps_are_shared(here: bool) -> None:
    """Raises UsageError in a process that keeps the steps of days where no other worker finds them. ``here``: all
    workers see the data folder."""
    if not here and not read_secrets().checkpoints.get_secret_value():
        raise UsageError(
            "workers of a cluster keep the steps of days in Postgres, where others find them: set INSIGHTS_CHECKPOINTS "
            "here and where they run"
        )


def _own_folder() -> Path:
    """A worker's, which goes when it goes."""
    distributed: Any = importlib.import_module("distributed")
    return Path(distributed.get_worker().local_directory) / "insights"


async def _state(context: Context, day: date, given: GivenDay, steps: Path) -> ToPublish:
    async with aclosing(context):
        if not context.has_model:  # there is nothing that would be worth to be kept
            graph = builder.compile(interrupt_before=[LAST], name="daily")
            return ToPublish.model_validate(await graph.ainvoke(Request(day=day), context=context))
        return await _kept(context, day, given, steps)


async def _kept(context: Context, day: date, given: GivenDay, steps: Path) -> ToPublish:
    """With a model: what was answered is not asked again, whatever becomes of this process."""
    inputs = f"{inputs_of(context)} {hashlib.sha256(given.before.model_dump_json().encode()).hexdigest()}"
    async with opened(steps, day, context.language, apart=True) as held:
        await asyncio.to_thread(context.check)
        resume = held.now.metadata is not None and held.begun == inputs
        if resume:
            context.meter.resume(day, context.edition)
        else:
            await held.saver.adelete_thread(held.thread)
        if not (resume and held.now.next == (LAST,)):
            request = None if resume else Request(day=day)
            (context.folder / "runs").mkdir(parents=True, exist_ok=True)
            with journal(context.folder, day, context.edition, anew=not resume) as lines:
                await run(held.graph, request, held.config(inputs), context, lines=lines, watch=lambda _: None)
        now = await held.graph.aget_state(held.config(inputs))
        return ToPublish.model_validate(now.values)


def pages(made_of: bytes, report: Report) -> dict[str, bytes]:
    """What a reader sees of a report."""
    context, _ = _opened(made_of)
    return files.pages(report, context.taxonomy, context.shape)
