"""Runs a day once: skips what is finished, resumes what was cut off, and never lets two runs of one day meet."""

from collections.abc import AsyncGenerator, Callable, Collection
from contextlib import aclosing, asynccontextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Literal

from langchain_core.runnables import RunnableConfig
from langgraph.graph.state import CompiledStateGraph
from langgraph.types import Command, StateSnapshot

from domain.errors import InsightsError
from domain.reports import Report
from domain.value import Value
from publishing import files, layout

from .checkpoints import Saver, alone, newest_first, open_checkpoints, plain, thread_of, trim
from .context import Context
from .daily import FutureDay, builder
from .events import Event, Watch, journal, run
from .inputs import as_begun, continues, inputs_of
from .places import DataFolderError, DayBusy, one_run, room
from .section import section
from .settings import read_secrets
from .state import Request, fingerprint
from .traces import TRACER, place_of

__all__ = ["DataFolderError", "DayBusy", "Event", "FutureDay", "Outcome", "Watch", "continues", "inputs_of", "run_day"]

Ask = Callable[[dict[str, Any]], dict[str, Any] | None]
"""Puts the question of a review to a person; None where the answer is put off."""


class Outcome(Value):
    """What became of a request to run a day."""

    kind: Literal["written", "resumed", "skipped", "forked"]
    report: Report
    folder: Path
    kept: bool = False
    """The run broke, and the better report of an earlier run was left in its place."""


class Unpublished(InsightsError):
    """The day is written, and a person has not let it be published: not yet, or not at all."""

    def __init__(self, text: str, *, rejected: bool = False) -> None:
        super().__init__(text)
        self.rejected = rejected


class NoRun(InsightsError):
    """There is no run of that day to look into, or not any more."""


@dataclass(frozen=True)
class Opened:
    """A day's run, opened: nobody else runs the day meanwhile."""

    graph: CompiledStateGraph[Any, Context, Any, Any]
    saver: Saver
    thread: str
    now: StateSnapshot
    """As it was left; without metadata where there was no run."""

    @property
    def begun(self) -> str:
        """With which inputs."""
        return str((self.now.metadata or {}).get("inputs", ""))

    @property
    def reopened(self) -> bool:
        """A review of the day that was opened once more, after it had been decided, and left."""
        return bool(self.now.interrupts) and (self.now.metadata or {}).get("source") == "fork"

    @property
    def answered(self) -> bool:
        """A review that was answered, in a run that was cut off before it had done what was decided."""
        done = any(task.name == "review" and task.result is not None for task in self.now.tasks)
        kept = self.now.values.get("reviewed")
        return not self.ended and not self.now.interrupts and (done or bool(kept and kept.state))

    @property
    def ended(self) -> str:
        return str(self.now.values.get("ended", ""))

    def config(self, inputs: str, checkpoint: str | None = None) -> RunnableConfig:
        return {"configurable": thread_of(self.thread, checkpoint), "metadata": {"inputs": inputs, "state": _made_by()}}


def _made_by() -> str:
    return fingerprint((*builder.nodes, *section.nodes))


@asynccontextmanager
async def opened(folder: Path, day: date, language: str, *, apart: bool = False) -> AsyncGenerator[Opened]:
    """Raises DayBusy where it is being run, DataFolderError for a folder that cannot be used.

    ``apart``: a run that ends before the day is reviewed, and is no run of ``run_day``.

    A run of other nodes, or whose state was kept in another form, by another version, cannot be looked at: it is given
    up, and begins again.
    """
    wait = 60 if apart else 0
    thread = thread_apart(folder, day, language) if apart else f"{day}:{language}"
    with room(folder), one_run(folder, day, wait):
        async with open_checkpoints(folder) as saver, alone(saver, thread, wait):
            stop = ["review"] if apart else None
            compiled = builder.compile(checkpointer=saver, interrupt_before=stop, name="daily")
            graph = compiled.with_config(callbacks=[TRACER])
            kept = await saver.aget_tuple({"configurable": thread_of(thread)})
            if kept and {**kept.metadata}.get("state") != _made_by():
                await saver.adelete_thread(thread)
            now = await graph.aget_state({"configurable": thread_of(thread)})
            yield Opened(graph, saver, thread, now)


def thread_apart(folder: Path, day: date, language: str) -> str:
    """Of a run whose steps are kept in a folder of its own, as LangGraph calls it."""
    return f"{day}:{language}:{folder.name}"


async def forget_apart(folder: Path, threads: Collection[str]) -> None:
    """Gives up the steps of such runs where they are kept in Postgres, and not in their folders."""
    if threads and read_secrets().checkpoints.get_secret_value():
        async with open_checkpoints(folder) as saver:
            for thread in set(await newest_first(saver)).intersection(threads):
                await saver.adelete_thread(thread)


async def run_day(
    day: date | None,
    context: Context,
    *,
    again: bool = False,
    watch: Watch = lambda _: None,
    ask: Ask | None = None,
) -> Outcome:
    """Writes the report of a day, or says that it is there already.

    A finished day is skipped unless ``again``; one that was cut off goes on where it stopped, unless it was asked for
    with other settings, when it starts afresh. ``ask`` answers a review; without it, one that is due is left open.
    Raises DayBusy, DataFolderError, Unpublished, and what the nodes raise.
    """
    day = day or context.default_day()
    if day > context.today():
        raise FutureDay(f"{day} lies in the future; the newest day that can have listings is {context.today()}")
    async with opened(context.folder, day, context.language) as held, aclosing(context):
        # ``next`` would not tell: it is empty between the last write of a step and the checkpoint after it.
        cut_off = held.now.metadata is not None and not held.ended and not held.reopened
        folder = context.reports / layout.place(day, context.language)
        whole = files.is_whole(context.reports, day, context.language)
        if whole and not (cut_off or again):
            return Outcome(kind="skipped", report=files.read_report(folder / layout.REPORT), folder=folder)
        if not again and ((held.now.interrupts and not ask) or held.ended == "rejected"):
            raise _unpublished(day, held)
        context.check()
        same = continues(held.begun, context)
        lost = "report" in held.now.values and not whole  # published, and taken away since
        resume = cut_off and same and not lost and not again
        if resume:
            context.meter.resume(day, context.language)
        else:
            await held.saver.adelete_thread(held.thread)
            place_of(context.folder, day, context.edition).unlink(missing_ok=True)
        request = None if resume else Request(day=day)
        config = held.config(inputs_of(context))
        ended = await finish(held, request, config, context, day, watch=watch, ask=ask, anew=not resume)
        return outcome_of("resumed" if resume else "written", ended)


async def review_day(day: date, context: Context, *, ask: Ask, watch: Watch = lambda _: None) -> Outcome:
    """Opens the review of a day: the one that waits, else once more that of a day that was published or rejected. One
    that was answered in a run that was cut off goes on, and nothing is asked again.

    Raises NoRun where its steps are not there, Unpublished where the answer is put off or the day rejected.
    """
    async with opened(context.folder, day, context.language) as held:
        if held.now.metadata is None:
            raise NoRun(f"there is no run of {day} with a review to open; 'insights run {day} --review' makes one")
        context = as_begun(context, held.begun, review="always", publish=True)
        async with aclosing(context):
            checkpoint = None
            if not (held.now.interrupts or held.answered):
                checkpoint = await _before(held, "review", day)
            context.check()
            context.meter.resume(day, context.language)
            config = held.config(held.begun, checkpoint)
            ended = await finish(held, None, config, context, day, watch=watch, ask=ask)
            return outcome_of("resumed", ended)


async def _before(held: Opened, node: str, day: date) -> str:
    """The newest step from which a run goes on with a node."""
    async for one in held.graph.aget_state_history({"configurable": thread_of(held.thread)}):
        if node in one.next:
            return str(one.config.get("configurable", {})["checkpoint_id"])
    raise NoRun(f"the run of {day} has not come to its {node} yet; 'insights run {day} --review' goes on with it")


async def finish(
    held: Opened,
    request: Any,
    config: RunnableConfig,
    context: Context,
    day: date,
    *,
    watch: Watch,
    ask: Ask | None,
    anew: bool = False,
) -> StateSnapshot:
    """Runs to the end, past every review on the way."""
    newest: RunnableConfig = {**config, "configurable": thread_of(held.thread)}
    with journal(context.folder, day, context.edition, anew=anew) as lines:
        while True:
            await run(held.graph, request, config, context, lines=lines, watch=watch)
            now = await held.graph.aget_state(newest)
            if not now.interrupts:
                break
            answer = ask(now.interrupts[0].value) if ask else None
            if answer is None:
                raise _unpublished(day, held)
            request, config = Command(resume=answer), newest
    await trim(held.saver, held.thread)
    await _give_up_old(held, context.keep_days)
    if now.values["ended"] == "rejected":
        raise Unpublished(_rejected(day, now), rejected=True)
    return now


def outcome_of(kind: Literal["written", "resumed", "forked"], ended: StateSnapshot) -> Outcome:
    report, folder = ended.values["report"], Path(ended.values["folder"])
    kept = report.status == "broken" and files.read_report(folder / layout.REPORT).status != "broken"
    return Outcome(kind=kind, report=report, folder=folder, kept=kept)


def _unpublished(day: date, held: Opened) -> Unpublished:
    if held.ended == "rejected":
        return Unpublished(_rejected(day, held.now), rejected=True)
    return Unpublished(f"the report of {day} waits for its review; 'insights review {day}' opens it")


def _rejected(day: date, now: StateSnapshot) -> str:
    why = now.values["reviewed"].why
    return f"{day} was rejected in its review ({why}); 'insights review {day}' opens it again, --again runs it afresh"


async def _give_up_old(held: Opened, keep: int) -> None:
    """Forgets the steps of finished days but for the ``keep`` newest; what is unfinished is kept."""
    finished = 0
    for thread in await newest_first(held.saver):
        state = await plain(held.saver).aget_tuple({"configurable": thread_of(thread)})
        if state and state.checkpoint["channel_values"].get("ended"):
            finished += 1
            if finished > keep:
                await held.saver.adelete_thread(thread)
