"""The steps of runs, in one SQLite file or in Postgres: opened, copied for a fork, and given up when they are no longer
wanted."""

import asyncio
from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager
from copy import copy
from pathlib import Path
from typing import Any

import aiosqlite
from langchain_core.runnables import RunnableConfig
from langgraph.checkpoint.base import id as ids
from langgraph.checkpoint.serde.jsonplus import JsonPlusSerializer
from langgraph.checkpoint.sqlite.aio import AsyncSqliteSaver

from domain.value import Value

from . import postgres
from .postgres import Saver
from .settings import read_secrets
from .state import Request
from .whole_writes import whole


class _Saver(AsyncSqliteSaver):
    """Knows the writes under way: for those of branches that are cancelled LangGraph does not always wait."""

    def __init__(self, conn: aiosqlite.Connection) -> None:
        super().__init__(conn, serde=_serializer())
        self.writing: set[asyncio.Task[Any]] = set()

    async def aput_writes(
        self, config: RunnableConfig, writes: Sequence[tuple[str, Any]], task_id: str, task_path: str = ""
    ) -> None:
        task = asyncio.current_task()
        assert task is not None
        self.writing.add(task)
        try:
            await super().aput_writes(config, whole(writes), task_id, task_path)
        finally:
            self.writing.discard(task)


def _serializer() -> JsonPlusSerializer:
    return JsonPlusSerializer(allowed_msgpack_modules=sorted({(Request.__module__, Request.__name__), *_values(Value)}))


def plain(saver: Saver) -> Saver:
    """The steps in a file, with None for every paper, item and other value of theirs: to make them takes as long as a
    day is large. Any other saver as it is."""
    if not isinstance(saver, AsyncSqliteSaver):
        return saver
    bare = copy(saver)
    bare.serde = JsonPlusSerializer(__unpack_ext_hook__=lambda code, content: None)
    return bare


def _values(kind: type[Value]) -> set[tuple[str, str]]:
    """What a kept step may restore: the project's own values. A compiled graph knows those of its state; who reads the
    steps past it knows none."""
    own = {(each.__module__, each.__name__) for each in kind.__subclasses__()}
    return own.union(*(_values(each) for each in kind.__subclasses__()))


@asynccontextmanager
async def open_checkpoints(folder: Path) -> AsyncGenerator[Saver]:
    """Where the steps of runs are kept: in Postgres where the settings name one, else in ``folder``."""
    if url := read_secrets().checkpoints.get_secret_value():
        async with postgres.open_saver(url, _serializer()) as saver:
            go_on_after(await postgres.newest_step(saver))
            yield saver
    else:
        async with _in_file(folder) as saver:
            yield saver


@asynccontextmanager
async def alone(saver: Saver, thread: str, wait: float = 0) -> AsyncGenerator[None]:
    """Holds a thread where several machines may run it; the folder's own lock serves for one. ``wait``: seconds for
    whoever has it."""
    if isinstance(saver, AsyncSqliteSaver):
        yield
    else:
        async with postgres.alone(saver, thread, wait):
            yield


@asynccontextmanager
async def _in_file(folder: Path) -> AsyncGenerator[AsyncSqliteSaver]:
    async with aiosqlite.connect(folder / "runs.sqlite") as conn:
        saver = _Saver(conn)
        try:
            await saver.setup()
            async with conn.execute("SELECT max(checkpoint_id) FROM checkpoints") as rows:
                newest = await rows.fetchone()
            go_on_after(newest[0] if newest else None)
            yield saver
        finally:
            while saver.writing:
                await asyncio.wait(saver.writing)
            # A write that is cancelled half-way would keep the file locked for as long as its exception lives; one that
            # a cancelled branch begins after this finds the connection closed.
            async with saver.lock:
                await conn.rollback()
                await conn.close()


def go_on_after(newest: str | None) -> None:
    """New steps come after the newest one there is, also when the clock was set back since.

    LangGraph finds the newest step by its id, which is the time at which it was made; within a process it never lets
    that go back, and here it is told how far those before have come.
    """
    if newest:
        known = ids._last_v6_timestamp or 0  # pyright: ignore[reportPrivateUsage]
        ids._last_v6_timestamp = max(known, ids.UUID(newest).time)  # pyright: ignore[reportPrivateUsage]


def thread_of(name: str, checkpoint: str | None = None) -> dict[str, Any]:
    """What LangGraph calls a thread, at its newest step or at one."""
    at = {"checkpoint_id": checkpoint} if checkpoint else {}
    return {"thread_id": name, "checkpoint_ns": "", **at}


async def copy_step(saver: Saver, thread: str, checkpoint: str, target: str) -> None:
    """Begins a thread with one step of another; what that one had begun to do next is not copied."""
    await saver.adelete_thread(target)
    if not isinstance(saver, AsyncSqliteSaver):
        await postgres.copy_step(saver, thread, checkpoint, target)
        return
    async with saver.lock:
        await saver.conn.execute(
            "INSERT INTO checkpoints SELECT ?, checkpoint_ns, checkpoint_id, NULL, type, checkpoint, metadata "
            "FROM checkpoints WHERE thread_id = ? AND checkpoint_ns = '' AND checkpoint_id = ?",
            (target, thread, checkpoint),
        )
        await saver.conn.commit()


async def trim(saver: Saver, thread: str) -> None:
    """Of a finished run only the steps of the day are kept, and not those within its sections."""
    if not isinstance(saver, AsyncSqliteSaver):
        await postgres.trim(saver, thread)
        return
    async with saver.lock:
        for table in ("checkpoints", "writes"):
            await saver.conn.execute(f"DELETE FROM {table} WHERE thread_id = ? AND checkpoint_ns != ''", (thread,))  # noqa: S608
        await saver.conn.commit()


async def newest_first(saver: Saver) -> list[str]:
    """The threads, by when they went on last."""
    if not isinstance(saver, AsyncSqliteSaver):
        return await postgres.newest_first(saver)
    query = "SELECT thread_id FROM checkpoints GROUP BY thread_id ORDER BY max(checkpoint_id) DESC"
    async with saver.lock, saver.conn.execute(query) as rows:
        return [str(row[0]) async for row in rows]
