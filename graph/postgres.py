"""The steps of runs in Postgres, for runs that several machines go on with: a pool of connections for each process.

LangGraph's saver loses its connection over long calls of a model when it is given a single one; a pool looks whether a
connection still stands before it hands it out. One database, or one schema of it, for one data folder.
"""

import asyncio
import importlib
import logging
import os
import socket
from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from typing import Any, cast
from urllib.parse import urlsplit

from langgraph.checkpoint.base import BaseCheckpointSaver
from langgraph.checkpoint.serde.jsonplus import JsonPlusSerializer

from domain.errors import InsightsError, UsageError

from .whole_writes import whole

Saver = BaseCheckpointSaver[Any]
"""What keeps steps: LangGraph's for SQLite, or the one for Postgres."""
_TABLES = ("checkpoints", "checkpoint_blobs", "checkpoint_writes")
PATIENCE = 30.0
"""Seconds for a connection."""
_AGAIN = 0.1
"""Seconds for a connection after one wait in vain: what a run still has to write waits in line."""
_SETTING_UP = 7_214_001
"""Of the advisory lock that whoever makes or changes the tables holds: two at once fail."""
TABLES = 60
"""Seconds for another process that makes or changes the tables, and for what keeps the server from it."""
SILENCE = TABLES + 30.0
"""Seconds for an answer: more than the server waits for what keeps it from the tables."""
_LOOK = 0.2
"""Seconds between two looks whether a lock is free."""


# It and its pool tell of each try; ``PostgresFailed`` says it once.
logging.getLogger("psycopg").setLevel(logging.CRITICAL)


class PostgresFailed(InsightsError):
    """Steps cannot be read or kept; what was kept before stays."""


class ThreadBusy(InsightsError):
    """Another process runs the same thread."""


@asynccontextmanager
async def open_saver(url: str, serde: JsonPlusSerializer) -> AsyncGenerator[Saver]:
    """A saver on the server at ``url``, its tables made where they are not there. Raises UsageError without the
    packages, PostgresFailed."""
    try:
        pools: Any = importlib.import_module("psycopg_pool")
        rows: Any = importlib.import_module("psycopg.rows")
        savers: Any = importlib.import_module("langgraph.checkpoint.postgres.aio")
    except ImportError as error:
        raise UsageError(f"steps in Postgres need packages: pip install -e '.[scale]' ({error})") from None
    pool: Any = pools.AsyncConnectionPool(
        url,
        connection_class=_impatient(lambda: pool),
        min_size=1,
        max_size=4,
        timeout=PATIENCE,
        open=False,
        check=pools.AsyncConnectionPool.check_connection,
        kwargs={"autocommit": True, "prepare_threshold": 0, "row_factory": rows.dict_row},
    )
    _wait_once(pool, pools.PoolTimeout)
    async with _in_words(url):
        try:
            await pool.open(wait=True, timeout=PATIENCE)
            saver: Any = _whole(savers.AsyncPostgresSaver)(pool, serde=serde)
            async with pool.connection() as held:
                await _set_up(held, savers.AsyncPostgresSaver)
            yield cast("Saver", saver)
        finally:
            await asyncio.shield(pool.close())


async def _set_up(held: Any, saver: type[Any]) -> None:
    """Makes the tables, or changes those of an older version."""
    if not await _locked(held, "%s::bigint", _SETTING_UP, TABLES):
        raise PostgresFailed("another process has been making the tables of steps in Postgres for long; try it again")
    try:
        await held.execute(f"SET lock_timeout = '{TABLES}s'")
        await saver(held).setup()
        await held.execute("RESET lock_timeout")
    finally:
        await held.execute("SELECT pg_advisory_unlock(%s)", (_SETTING_UP,))


async def _locked(held: Any, key: str, value: Any, wait: float) -> bool:
    """Whether a lock came within so many seconds. It is asked for again and again: CREATE INDEX CONCURRENTLY, of
    whoever has it, waits for the end of every statement under way, and so of one that would wait for the lock."""
    for _ in range(round(wait / _LOOK) + 1):
        row = await (await held.execute(f"SELECT pg_try_advisory_lock({key}) AS ours", (value,))).fetchone()
        if row["ours"]:
            return True
        await asyncio.sleep(_LOOK)
    return False


def _whole(saver: Any) -> Any:
    """A saver that keeps nothing of a step that was cut off."""

    class Whole(saver):
        async def aput_writes(self, config: Any, writes: Any, task_id: str, task_path: str = "") -> None:
            await super().aput_writes(config, whole(writes), task_id, task_path)

    return Whole


def _impatient(pool: Callable[[], Any]) -> type:
    """Connections on which nothing is waited for without end: a server that is frozen keeps them open, and says
    nothing. After one wait in vain those of the same pool are given up at once; the server frees what they hold."""
    psycopg: Any = importlib.import_module("psycopg")
    ours: Any = psycopg.AsyncConnection
    silent = ""

    class Impatient(ours):
        async def wait(self, *given: Any, **named: Any) -> Any:
            late = False

            def hang_up() -> None:  # what is waited for ends, as if the server had
                nonlocal late, silent
                late, silent = True, silent or (f"no answer within {seconds:g} seconds" if seconds else "")
                pool().timeout = _AGAIN
                with suppress(psycopg.Error, OSError), socket.socket(fileno=os.dup(self.fileno())) as line:
                    line.shutdown(socket.SHUT_RDWR)

            seconds = SILENCE if pool().timeout > _AGAIN else 0
            timer = asyncio.get_running_loop().call_later(seconds, hang_up)
            try:
                return cast("Any", await super().wait(*given, **named))
            except psycopg.OperationalError:
                if late:
                    raise psycopg.OperationalError(silent or "it was waited for in vain") from None
                raise
            finally:
                timer.cancel()

    return Impatient


def _wait_once(pool: Any, timed_out: type[Exception]) -> None:
    """Once a server was waited for in vain, whoever comes next is told so at once."""
    connection = pool.getconn

    async def getconn(*given: Any, **named: Any) -> Any:
        try:
            return await connection(*given, **named)
        except timed_out:
            pool.timeout = _AGAIN
            raise

    pool.getconn = getconn


@asynccontextmanager
async def alone(saver: Saver, thread: str, wait: float) -> AsyncGenerator[None]:
    """Holds a thread among all machines; the server frees it when the process dies. ``wait``: seconds for whoever has
    it. Raises ThreadBusy."""
    async with _pool(saver).connection() as held:
        if not await _locked(held, "hashtextextended(%s, 0)", thread, wait):
            raise ThreadBusy(f"another machine runs {thread}; wait for it, or stop it")
        try:
            yield
        finally:
            await held.execute("SELECT pg_advisory_unlock_all()")


async def copy_step(saver: Saver, thread: str, checkpoint: str, target: str) -> None:
    """The step itself and the values of its channels."""
    await _execute(
        saver,
        (
            "INSERT INTO checkpoints SELECT %s, checkpoint_ns, checkpoint_id, NULL, type, checkpoint, metadata "
            "FROM checkpoints WHERE thread_id = %s AND checkpoint_ns = '' AND checkpoint_id = %s",
            (target, thread, checkpoint),
        ),
        (
            "INSERT INTO checkpoint_blobs SELECT %s, checkpoint_ns, channel, version, type, blob "
            "FROM checkpoint_blobs WHERE thread_id = %s AND checkpoint_ns = ''",
            (target, thread),
        ),
    )


async def trim(saver: Saver, thread: str) -> None:
    await _execute(
        saver,
        *((f"DELETE FROM {table} WHERE thread_id = %s AND checkpoint_ns != ''", (thread,)) for table in _TABLES),  # noqa: S608
    )


async def newest_step(saver: Saver) -> str | None:
    """The newest of all, by its id."""
    async with _pool(saver).connection() as held:
        return (await (await held.execute("SELECT max(checkpoint_id) AS id FROM checkpoints")).fetchone())["id"]


async def newest_first(saver: Saver) -> list[str]:
    async with _pool(saver).connection() as held:
        query = "SELECT thread_id FROM checkpoints GROUP BY thread_id ORDER BY max(checkpoint_id) DESC"
        return [str(row["thread_id"]) for row in await (await held.execute(query)).fetchall()]


def _pool(saver: Saver) -> Any:
    return getattr(saver, "conn")  # noqa: B009  its type is of an extra


async def _execute(saver: Saver, *statements: tuple[str, Sequence[Any]]) -> None:
    async with _pool(saver).connection() as held, held.transaction():
        for statement, values in statements:
            await held.execute(statement, values)


@asynccontextmanager
async def _in_words(url: str) -> AsyncGenerator[None]:
    """Whatever psycopg raises as a sentence, wherever in a run it was raised, without the password of the address."""
    psycopg: Any = importlib.import_module("psycopg")
    pools: Any = importlib.import_module("psycopg_pool")
    try:
        yield
    except (psycopg.Error, pools.PoolTimeout) as error:
        parts = urlsplit(url)
        where = f"{parts.hostname or 'its socket'}{f':{parts.port}' if parts.port else ''}"
        told = " ".join(str(error).split()) or type(error).__name__
        raise PostgresFailed(
            f"the steps of runs cannot be kept in Postgres at {where} ({told}); what was kept stays, and the same "
            "command goes on from there"
        ) from error
