"""Runs a plan: several days at once, each through its stages, and one after the other where a day rests on those before
it."""

import asyncio
import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Literal

from agents import publisher, retriever
from agents.retriever import Catch
from domain.backfills import Backfill, DayFate, written
from domain.errors import InsightsError
from domain.papers import Paper
from domain.reports import Filing, Listing, Receipt, Report
from domain.value import Value
from graph.before import GivenDay
from graph.context import Context
from graph.places import DataFolderError, one_run, room
from graph.postgres import PostgresFailed
from graph.runs import forget_apart, thread_apart
from models.llm import StopRun
from models.meter import Sums
from vectorstore.prepared import Packed
from vectorstore.rows import text_hash

from . import tasks
from .embedded import Embedded
from .engine import Engine, NoCluster
from .gathering import gather
from .plan import Plan, PlannedDay, of_day
from .receipts import account
from .shared import Shares
from .threads import to_its_end
from .writer import Writer

Stage = Literal["gather", "embed", "remember", "write", "publish"]
STAGES: tuple[Stage, ...] = ("gather", "embed", "remember", "write", "publish")
_CHUNK = 128
"""Papers of one task: little is lost with a worker that dies, and many texts are of one length."""
_AHEAD = 4
"""Days under way for each worker: enough that none waits, few enough to hold them all."""


class DayProgress(Value):
    """A day came through a stage, or to its end."""

    stage: Stage | None = None
    fate: DayFate | None = None


WatchDays = Callable[[DayProgress], None]


@dataclass(frozen=True)
class _Turn:
    """How far a day has come in what the days do one after the other."""

    looked_back: asyncio.Event = field(default_factory=asyncio.Event)
    settled: asyncio.Event = field(default_factory=asyncio.Event)
    published: asyncio.Event = field(default_factory=asyncio.Event)

    def end(self) -> None:
        for event in (self.looked_back, self.settled, self.published):
            event.set()


async def tidy(plan: Plan, context: Context) -> None:
    """Takes away what is left of days that are published: the process died, or Postgres was away, before it had done so
    itself. Raises PostgresFailed."""
    for day in plan.over:
        shutil.rmtree(_folder(day, context), ignore_errors=True)
    await _forget(plan.over, context)


async def _forget(days: Sequence[PlannedDay], context: Context) -> None:
    if context.has_model:  # else no steps are kept
        await forget_apart(
            context.folder, [thread_apart(_folder(day, context), day.day, context.language) for day in days]
        )


def _folder(day: PlannedDay, context: Context) -> Path:
    """Where what is done for a day is kept until it is published."""
    return context.folder / "backfill" / day.name


class _Stop(Exception):
    """No day can be gone on with."""


class BackfillRun:
    """The days of one plan on their way."""

    def __init__(
        self,
        plan: Plan,
        context: Context,
        engine: Engine,
        watch: WatchDays = lambda _: None,
        earlier: Backfill | None = None,
    ) -> None:
        """``earlier``: what a call for the same days brought before."""
        self._plan = plan
        self._context = context
        self._engine = engine
        self._watch = watch
        self._made_of = tasks.recipe(of_day(context, ()))
        self._writer = Writer(context)
        self._embedded: set[str] = set()
        """The texts, by their hashes, of the papers that were embedded with a day."""
        self._fates: dict[date, DayFate] = {}
        self._earlier = earlier
        self._shares: Shares | None = None
        self._stopped = ""

    async def run(self) -> Backfill:
        """What became of every day. One that fails does not keep the others from being written; a key that is refused,
        a budget that is spent, a disk that is full, a Postgres that stays away or a scheduler that goes away ends the
        whole, and the same call goes on later."""
        try:
            await asyncio.to_thread(self._context.check)
            if self._context.has_model:
                tasks.see_that_steps_are_shared(self._engine.here)
                self._shares = await self._engine.share(self._context.calls_at_once, self._spent())
            await self._days()
        except* _Stop:
            pass
        finally:
            await self._writer.close()
        return self.receipt()

    def receipt(self) -> Backfill:
        """What became of every day so far."""
        return account(self._plan, self._context, self._fates, self._earlier, self._stopped)

    def _spent(self) -> Sums | None:
        """What was spent of the budget before; None where there is no budget."""
        if self._context.budget_tokens is None and self._context.budget_usd is None:
            return None
        before = self._earlier.days if self._earlier else ()
        done = [one for one in before if one.day in self._plan.skipped]
        return Sums(sum(one.input_tokens + one.output_tokens for one in done), sum(one.cost or 0.0 for one in done))

    async def _days(self) -> None:
        places = asyncio.Semaphore(_AHEAD * self._engine.workers)
        before = _Turn()
        before.end()
        async with asyncio.TaskGroup() as under_way:
            for number, day in enumerate(self._plan.run):
                await places.acquire()
                turn = _Turn()
                try:
                    listings = await self._gather(day)
                except InsightsError as error:
                    self._end(DayFate(day=day.day, fate="failed", why=str(error)))
                    places.release()
                    continue
                task = under_way.create_task(self._day(number, day, listings, before, turn))
                task.add_done_callback(lambda _: places.release())
                before = turn

    async def _gather(self, day: PlannedDay) -> tuple[Listing, ...]:
        """In the order of days, by one client: a site is asked one thing at a time."""
        asked = day.context if self._context.papers else self._context
        listings = await gather(day.day, asked, _folder(day, self._context) / "listings.json.gz")
        self._watch(DayProgress(stage="gather"))
        return listings

    async def _day(
        self, number: int, day: PlannedDay, listings: tuple[Listing, ...], before: _Turn, turn: _Turn
    ) -> None:
        try:
            with room(self._context.folder):
                self._end(await self._through(number, day, listings, before, turn))
                await _forget((day,), self._context)
        except (StopRun, DataFolderError, PostgresFailed, NoCluster) as stop:
            self._stopped = str(stop)
            raise _Stop from stop  # the days that wait for this one are given up, and do not go on without it
        except InsightsError as error:
            self._end(DayFate(day=day.day, fate="failed", why=str(error)))
        except Exception as error:  # a bug in one day of a year, or a day over which every worker dies
            self._end(DayFate(day=day.day, fate="failed", why=f"{type(error).__name__}: {error}"))
        turn.end()

    async def _through(
        self, number: int, day: PlannedDay, listings: tuple[Listing, ...], before: _Turn, turn: _Turn
    ) -> DayFate:
        context, folder = self._context, _folder(day, self._context)
        catch = await asyncio.to_thread(retriever.caught, listings)
        embedded = await self._embed(number, catch, folder / "vectors.npz")
        self._watch(DayProgress(stage="embed"))
        await before.looked_back.wait()
        known = await self._writer.look_back(day.day, catch, embedded)
        turn.looked_back.set()
        self._watch(DayProgress(stage="remember"))
        day_given, place = (
            GivenDay(catch, known, embedded.filings),
            tasks.OutputPlace(context.folder if self._engine.here else None, day.name),
        )
        task = (tasks.write, self._made_of, day.day, day_given, embedded.vectors, place, self._shares)
        try:
            told = await self._engine.run(*task, turn=number)
        except PostgresFailed:  # one that is only started anew is back when the day goes on, which waits for it
            told = await self._engine.run(*task, turn=number)
        self._watch(DayProgress(stage="write"))
        await before.settled.wait()
        report, receipt = await self._writer.settle(day.day, told)
        turn.settled.set()
        pages = await self._engine.run(tasks.pages, self._made_of, report, turn=number)
        await before.published.wait()
        fate = written(receipt, len(report.papers))
        await to_its_end(lambda: self._publish(report, receipt, pages, folder, fate))
        turn.published.set()
        self._watch(DayProgress(stage="publish"))
        return fate

    async def _embed(self, number: int, catch: Catch, kept: Path) -> Embedded:
        """The vectors of the day's papers but for those that came with a day before, from where they were kept, else
        computed by all workers."""
        papers = [paper for paper in catch.papers if text_hash(paper) not in self._embedded]
        self._embedded |= {text_hash(paper) for paper in papers}
        if held := await asyncio.to_thread(Embedded.read, kept):
            return held
        chunks = [papers[start : start + _CHUNK] for start in range(0, len(papers), _CHUNK)]
        parts = await asyncio.gather(*(self._chunk(number, chunk) for chunk in chunks))
        embedded = Embedded(
            Packed.joined([vectors for vectors, _ in parts]), tuple(one for _, filings in parts for one in filings)
        )
        await asyncio.to_thread(embedded.keep, kept)
        return embedded

    async def _chunk(self, number: int, papers: list[Paper]) -> tuple[Packed, tuple[Filing, ...]]:
        return await self._engine.run(tasks.embed, self._made_of, papers, turn=number)

    def _publish(self, report: Report, receipt: Receipt, pages: dict[str, bytes], folder: Path, fate: DayFate) -> None:
        context = self._context
        with one_run(context.folder, report.day):
            publisher.publish(report, receipt, context.taxonomy, context.reports, shape=context.shape, made=pages)
        self._fates[fate.day] = fate  # also where the whole is stopped meanwhile
        shutil.rmtree(folder, ignore_errors=True)

    def _end(self, fate: DayFate) -> None:
        self._fates[fate.day] = fate
        self._watch(DayProgress(fate=fate))
