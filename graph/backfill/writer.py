"""The one who has the memory: looks back from each day, in order, and keeps the days, in order."""

import asyncio
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from datetime import date
from typing import Any, TypeVar

from agents import historian
from agents.retriever import Catch
from domain.reports import Filing, Receipt, Report
from domain.trends import Recollection
from graph.before import Before, look_back
from graph.closing import accounted, composed
from graph.context import Context
from graph.state import ToPublish
from vectorstore.memory import Memory
from vectorstore.prepared import Prepared

from .embedded import Embedded
from .tasks import WrittenDay
from .threads import to_its_end

T = TypeVar("T")
_IDLE = 10.0
"""Seconds after which the memory is given back while nothing is to be written: others may wait for it, and to open it
again takes a third of a second of the processor."""
UNWRITTEN = "a backfill has not written it yet"


class Writer:
    """One day after the other. What it is asked at once waits in line."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._prepared = Prepared(context.embed)
        vars(context)["embed"] = self._prepared
        self._memory: Memory | None = None
        self._opened = ExitStack()
        self._turn = asyncio.Lock()
        self._resting: asyncio.Task[None] | None = None

    async def look_back(self, day: date, catch: Catch, embedded: Embedded) -> Before:
        """What the memory knows before a day, which it then knows too, as one that is not written yet: days after it
        are to find its papers."""
        return await self._in_turn(lambda memory: self._look_back(memory, day, catch, embedded))

    async def settle(self, day: date, written: WrittenDay) -> tuple[Report, Receipt]:
        """The report of a day by what has become of the days before, and what came in and out; both are remembered."""
        return await self._in_turn(lambda memory: self._settle(memory, day, written))

    async def close(self) -> None:
        """Gives the memory back."""
        async with self._turn:
            if self._resting:
                self._resting.cancel()
            if self._memory:
                self._memory = None
                await asyncio.to_thread(self._opened.close)

    async def _in_turn(self, work: Callable[[Memory], T]) -> T:
        async with self._turn:
            if self._resting:
                self._resting.cancel()
            try:
                return await to_its_end(lambda: self._do(work))
            finally:
                self._resting = asyncio.ensure_future(self._rest())

    async def _rest(self) -> None:
        await asyncio.sleep(_IDLE)
        self._resting = None
        await self.close()

    def _do(self, work: Callable[[Memory], T]) -> T:
        if self._memory is None:
            self._memory = memory = self._context.memory()
            self._opened.callback(memory.close)
            self._opened.enter_context(memory.bulk())
        return work(self._memory)

    def _look_back(self, memory: Memory, day: date, catch: Catch, embedded: Embedded) -> Before:
        with self._prepared.fresh(embedded.vectors):
            before = look_back(memory, day, catch.papers, catch.withdrawn, self._context.language)
            if catch.papers:
                memory.remember(self._unwritten(day, catch, before, embedded.filings))
        return before

    def _unwritten(self, day: date, catch: Catch, before: Before, filings: Sequence[Filing]) -> Report:
        """The day as far as the days after it have to know it. It is not complete, so nothing is counted by it."""
        gone = {one.paper_id for one in before.gone}
        papers = tuple(paper for paper in catch.papers if paper.id not in gone)
        return Report(
            day=day,
            language=self._context.language,
            status="partial",
            reason=UNWRITTEN,
            model=self._context.model,
            quoted=not self._context.has_model,
            papers=papers,
            withdrawn=before.gone,
            filings=tuple(_refiled(filings, before.memory, self._context)),
            health=catch.health,
        )

    def _settle(self, memory: Memory, day: date, written: WrittenDay) -> tuple[Report, Receipt]:
        context = self._context
        with self._prepared.fresh(written.vectors):
            state = _told_anew(written.state, memory, day, context)
            report = composed(state, context)
            receipt = accounted(state, report, context, written.asked)
            if report.status != "broken":
                memory.remember(report)
        return report, receipt


def _told_anew(state: ToPublish, memory: Memory, day: date, context: Context) -> ToPublish:
    """The state with everything that rests on what was told and found of the days before."""
    papers = state.papers
    filed = memory.recall(papers, before=day, most=0)
    known = tuple(_with_category(one, filed) for one in state.memory)
    filings = tuple(_refiled(state.filings, known, context))
    history = memory.history(before=day)
    kept, names = memory.items(papers, context.language), memory.names(papers, context.language)
    by_paper = {paper.id: paper for paper in papers}
    changed: dict[str, Any] = {
        "memory": known,
        "filings": filings,
        "history": history,
        "returning": historian.returning(papers, known, kept, names),
        "facts": historian.facts(
            *(day, papers, known, filings),
            ranking=[by_paper[id] for id in state.ranking],
            history=history,
            earlier=state.earlier,
            taxonomy=context.taxonomy,
            lexicon=context.lexicon,
        ),
    }
    return state.model_copy(update=changed)


def _with_category(one: Recollection, filed: Mapping[str, Recollection]) -> Recollection:
    return one.model_copy(update={"category": filed[one.paper_id].category}) if one.paper_id in filed else one


def _refiled(filings: Sequence[Filing], memory: Sequence[Recollection], context: Context) -> Iterator[Filing]:
    """A paper of an earlier day stands where it was filed then."""
    then = {one.paper_id: one.category for one in memory}
    for filing in filings:
        category = then.get(filing.paper_id)
        if category is not None and category in context.taxonomy:
            yield Filing(paper_id=filing.paper_id, category=category, certainty=1.0, decided_by="memory")
        else:
            yield filing
