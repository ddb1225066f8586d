"""Runs a day once: skips what is finished, resumes what was cut off, and never lets two runs of one day meet."""

import asyncio
import errno
import json
import re
from collections.abc import AsyncGenerator, Callable, Generator, Iterator, Sequence
from contextlib import aclosing, asynccontextmanager, contextmanager
from datetime import date
from pathlib import Path
from typing import Any, Literal, TextIO, cast

import aiosqlite
from filelock import FileLock, Timeout
from langchain_core.runnables import RunnableConfig
from langgraph.checkpoint.sqlite.aio import AsyncSqliteSaver
from langgraph.graph.state import CompiledStateGraph

from domain.errors import InsightsError
from domain.reports import Report
from domain.value import Value
from publishing import files, layout

from .context import Context
from .daily import FutureDay, builder
from .settings import Settings, mark
from .state import Request

_SQLITE_FULL = re.compile(r"disk I/O error|database or disk is full")


class DayBusy(InsightsError):
    """Another process is running the same day."""


class DataFolderError(InsightsError):
    """The data folder cannot be used; the text says why."""


class Event(Value):
    """One step of a run began, ended or failed, or its agent told what it does."""

    kind: Literal["begun", "told", "done", "failed"]
    step: str
    agent: str = ""
    """Who tells it."""
    desk: str | None = None
    """Name of the desk, for steps of its section."""
    text: str = ""
    """What is told, or what failed."""


class Outcome(Value):
    """What became of a request to run a day."""

    kind: Literal["written", "resumed", "skipped"]
    report: Report
    folder: Path
    kept: bool = False
    """The run broke, and the better report of an earlier run was left in its place."""


Watch = Callable[[Event], None]


async def run_day(day: date | None, context: Context, *, again: bool = False, watch: Watch = lambda _: None) -> Outcome:
    """Writes the report of a day, or says that it is there already.

    A finished day is skipped unless ``again``; one that was cut off goes on where it stopped, unless it was asked for
    with other settings, when it starts afresh. Raises DayBusy, DataFolderError, and what the nodes raise.
    """
    day = day or context.default_day()
    if day > context.today():
        raise FutureDay(f"{day} lies in the future; the newest day that can have listings is {context.today()}")
    with _room(context.folder), _one_run(context, day):
        async with (
            aclosing(context),
            _checkpoints(context) as saver,
        ):
            graph = builder.compile(checkpointer=saver, name="daily")
            inputs = inputs_of(context)
            thread_id = f"{day}:{context.language}"
            config: RunnableConfig = {"configurable": {"thread_id": thread_id}, "metadata": {"inputs": inputs}}
            before = await graph.aget_state(config)
            # A run that ends deletes its thread: where there is one, a run was cut off. ``before.next`` would not tell:
            # it is empty between the last write of a step and the checkpoint after it.
            cut_off = before.metadata is not None
            folder = context.reports / layout.place(day, context.language)
            whole = files.is_whole(context.reports, day, context.language)
            if whole and not (cut_off or again):
                return Outcome(kind="skipped", report=files.read_report(folder / layout.REPORT), folder=folder)
            context.check()
            same = continues(str((before.metadata or {}).get("inputs", "")), context)
            lost = "report" in before.values and not whole  # published, and taken away since
            resume = cut_off and same and not lost and not again
            if resume:
                context.meter.resume(day, context.language)
            else:
                await saver.adelete_thread(thread_id)
            request = None if resume else Request(day=day)
            with _journal(context, day, anew=not resume) as lines:
                async with aclosing(_stream(graph, request, config, context)) as events:
                    async for event in events:
                        lines.write(json.dumps(event.model_dump(exclude_defaults=True), ensure_ascii=False) + "\n")
                        watch(event)
            report = (await graph.aget_state(config)).values["report"]
            # What the day was is published and remembered; its checkpoints would only grow the file.
            await saver.adelete_thread(thread_id)
            kept = files.read_report(folder / layout.REPORT).status != report.status
            return Outcome(kind="resumed" if resume else "written", report=report, folder=folder, kept=kept)


class _Saver(AsyncSqliteSaver):
    """Knows the writes under way: for those of branches that are cancelled LangGraph does not always wait."""

    def __init__(self, conn: aiosqlite.Connection) -> None:
        super().__init__(conn)
        self.writing: set[asyncio.Task[Any]] = set()

    async def aput_writes(
        self, config: RunnableConfig, writes: Sequence[tuple[str, Any]], task_id: str, task_path: str = ""
    ) -> None:
        task = asyncio.current_task()
        assert task is not None
        self.writing.add(task)
        try:
            await super().aput_writes(config, writes, task_id, task_path)
        finally:
            self.writing.discard(task)


@asynccontextmanager
async def _checkpoints(context: Context) -> AsyncGenerator[AsyncSqliteSaver]:
    """Where the run is kept while it is unfinished."""
    async with aiosqlite.connect(context.folder / "runs.sqlite") as conn:
        saver = _Saver(conn)
        try:
            yield saver
        finally:
            while saver.writing:
                await asyncio.wait(saver.writing)
            # A write that is cancelled half-way would keep the file locked for as long as its exception lives; one that
            # a cancelled branch begins after this finds the connection closed.
            async with saver.lock:
                await conn.rollback()
                await conn.close()


def _journal(context: Context, day: date, *, anew: bool) -> TextIO:
    """The day's events on disk, a line each, for whoever looks after the runs; a resumed run adds to them."""
    path = context.folder / "runs" / f"{day}-{context.language}.jsonl"
    return path.open("w" if anew else "a", encoding="utf-8", buffering=1)


@contextmanager
def _one_run(context: Context, day: date) -> Generator[None]:
    """Holds the day's lock; the system frees it when the process dies, however it dies."""
    try:
        for name in ("locks", "runs"):
            (context.folder / name).mkdir(parents=True, exist_ok=True)
        lock = FileLock(context.folder / "locks" / f"{day}.lock")
        lock.acquire(timeout=0)
    except Timeout:
        raise DayBusy(f"another run of {day} is under way in {context.folder}; wait for it, or stop it") from None
    except OSError as error:
        raise DataFolderError(
            f"the data folder {context.folder} cannot be written ({error.strerror or error}); "
            "make it writable or choose another with --data"
        ) from None
    try:
        yield
    finally:
        lock.release()


@contextmanager
def _room(folder: Path) -> Generator[None]:
    """Says that the disk is full or broken, whoever found that out: a node, a checkpoint, the journal, the index."""
    try:
        yield
    except InsightsError:
        raise
    except Exception as error:
        for cause in _behind(error):
            if reason := _unwritable(cause):
                raise DataFolderError(
                    f"nothing more can be written in {folder} ({reason}); make room, and the same command goes on from "
                    "there"
                ) from error
        raise


def _behind(error: BaseException) -> Iterator[BaseException]:
    """An error, and all that led to it."""
    yield error
    for cause in (error.__cause__, error.__context__, *getattr(error, "exceptions", ())):
        if cause:
            yield from _behind(cause)


def _unwritable(error: BaseException) -> str:
    if isinstance(error, OSError):
        full = error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS, errno.EIO)
        return error.strerror or str(error) if full else ""
    told = _SQLITE_FULL.search(str(error))  # Chroma raises SQLite's words in errors of its own
    return told[0] if told else ""


def inputs_of(context: Context) -> str:
    """What a cut-off run must have in common with the new one to be its continuation: every setting that is not
    marked as one with which the same run may go on."""
    made_by = {name for name in Settings.model_fields if not mark(Settings, name).same_run}
    inputs = context.model_dump(mode="json", include=made_by)
    inputs |= {name: prompt.version for name, prompt in context.edited.items()}
    return json.dumps(inputs, sort_keys=True)


def continues(before: str, context: Context) -> bool:
    """Whether a run that began with other ``inputs_of`` may go on as this one. A setting that came into being since
    had its default then, and one that is gone no longer counts."""
    try:
        told = cast("dict[str, Any]", json.loads(before))
    except ValueError:
        return False
    now = json.loads(inputs_of(context))
    plain = json.loads(inputs_of(Context()))
    return {name: told.get(name, plain[name]) for name in now} == now


async def _stream(
    graph: CompiledStateGraph[Any, Context, Any, Any], request: Request | None, config: RunnableConfig, context: Context
) -> AsyncGenerator[Event]:
    """The run as events. Steps inside a section carry the name of its desk."""
    branches: dict[str, str] = {}
    stream: Any = graph.astream(
        request, config, context=context, stream_mode=["tasks", "custom"], subgraphs=True, durability="sync"
    )
    async with aclosing(stream):
        async for namespace, mode, part in stream:
            if mode == "custom":
                yield Event(kind="told", **part)
                continue
            begun = "input" in part
            if begun and part["name"] == "section":
                branches[part["id"]] = part["input"]["desk"].name
            branch = namespace[0].rpartition(":")[2] if namespace else part["id"]
            error = part.get("error")
            yield Event(
                kind="begun" if begun else "failed" if error else "done",
                step=part["name"],
                desk=branches.get(branch),
                text=str(error) if error else "",
            )
