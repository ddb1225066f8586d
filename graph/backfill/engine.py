"""Dask's workers: processes of this machine, or those of a cluster that is there."""

import asyncio
import importlib
import logging
import os
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any, NamedTuple, TypeVar
from uuid import uuid4

from domain.errors import InsightsError, UsageError
from models.meter import Sums

from . import forking
from .shared import Shares, begin

T = TypeVar("T")
_DEATHS = 20
"""Workers that may die over a task before it counts as what kills them."""
_SELDOM = {
    "distributed.worker.profile.interval": "100ms",
    "distributed.worker.memory.monitor-interval": "1s",
    "distributed.admin.tick.interval": "500ms",
    "distributed.admin.system-monitor.interval": "2s",
}
"""How often Dask looks at its own processes; as often as it does by default, that takes a tenth of a processor."""
PATIENCE = 20
"""Seconds for a scheduler to answer."""
LOOK = 5.0
"""Seconds between two looks whether a cluster has workers."""


class NoCluster(InsightsError):
    """The cluster does not answer, or does not any more."""


class Engine(NamedTuple):
    """What computes."""

    client: Any
    """Dask's."""
    workers: int
    dashboard: str
    """Its address."""
    here: bool
    """The workers are processes of this machine, and share its files."""

    async def share(self, calls_at_once: int, spent: Sums | None) -> Shares:
        """Lets all workers have one bound of calls, and one budget; ``spent``: what was taken of it before, None where
        there is no budget."""
        distributed: Any = importlib.import_module("distributed")
        shares = Shares(f"insights-{uuid4().hex[:12]}", calls_at_once, spent is not None)
        await distributed.Semaphore(calls_at_once, f"{shares.name}-calls", loop=self.client.loop)
        if spent is not None:
            await distributed.Variable(f"{shares.name}-purse", client=self.client).set(begin(spent))
        return shares

    async def run(self, task: Callable[..., T], *given: Any, turn: int) -> T:
        """The value of a task; of those that wait the one with the smallest turn goes first. Raises what it raises, and
        NoCluster when the scheduler goes away."""
        clients: Any = importlib.import_module("distributed.client")
        try:
            future: Any = self.client.submit(task, *given, priority=-turn, pure=False)
            try:
                return await future
            finally:
                future.release()
        except (clients.CancelledError, clients.ClosedClientError) as error:  # asyncio's own is another
            raise NoCluster(
                f"the scheduler of Dask went away ({' '.join(str(error).split())}); what was done stays, and the same "
                "command goes on from there"
            ) from error


@asynccontextmanager
async def engine(
    workers: int | None, address: str, folder: Path, say: Callable[[str], None] = lambda _: None
) -> AsyncGenerator[Engine]:
    """``workers``: processes on this machine, as many as it has processors by default, with their files in ``folder``
    (of those that were killed the next ones take them away); with an ``address`` the cluster there, whatever it has.
    ``say`` is told when a cluster has no worker, which is waited for, and when it has one. Raises UsageError without
    the packages, NoCluster."""
    try:
        # A package of an extra: whoever lacks it can still check the types of all others.
        distributed: Any = importlib.import_module("distributed")
        settings: Any = importlib.import_module("dask.config")
    except ImportError as error:
        raise UsageError(f"a backfill needs Dask: pip install -e '.[scale]' where the project lies ({error})") from None
    if address:
        # It sets its level when it is imported. What it tells of a scheduler that went away, NoCluster says once.
        logging.getLogger("distributed.client").setLevel(logging.CRITICAL)
        try:
            client: Any = await distributed.Client(address, asynchronous=True, timeout=PATIENCE)
        except (OSError, ValueError) as error:
            raise NoCluster(
                f"no scheduler of Dask answers at {address} ({error}); start one, or leave --cluster out"
            ) from None
        async with client, _looked_after(client, address, say):
            await client.wait_for_workers(1)
            count = sum((await client.nthreads()).values())
            yield Engine(client, count, client.dashboard_link, here=False)
        return
    count = workers or os.cpu_count() or 1
    here = {
        "distributed.scheduler.allowed-failures": _DEATHS,
        "distributed.worker.multiprocessing-method": forking.METHOD,
        "temporary-directory": str(folder),
    }
    forking.begin()
    with settings.set(here | _SELDOM):
        async with (
            distributed.LocalCluster(
                n_workers=count,
                threads_per_worker=1,
                processes=True,
                host="127.0.0.1",
                dashboard_address="127.0.0.1:0",
                asynchronous=True,
                silence_logs=50,
                env=dict(os.environ),  # what they are forked from may be older
            ) as cluster,
            distributed.Client(cluster, asynchronous=True) as client,
        ):
            # Dask restarts a worker that dies at work, and gives up the place of one that dies while it starts.
            cluster.adapt(minimum=count, maximum=count, interval="2s")
            yield Engine(client, count, client.dashboard_link, here=True)


@asynccontextmanager
async def _looked_after(client: Any, address: str, say: Callable[[str], None]) -> AsyncGenerator[None]:
    looking = asyncio.ensure_future(_look(client, address, say))
    try:
        yield
    finally:
        looking.cancel()
        await asyncio.wait([looking])


async def _look(client: Any, address: str, say: Callable[[str], None]) -> None:
    """Ends with the scheduler, which whoever waits for a task is told of."""
    told = ""
    with suppress(OSError):
        while True:
            missing = await _missing(client, address)
            if missing and missing != told:
                say(f"{missing}, or stop this command, which goes on when it is given again")
            elif told and not missing:
                say(f"the cluster at {address} has a worker now")
            told = missing
            await asyncio.sleep(LOOK)


async def _missing(client: Any, address: str) -> str:
    """What the cluster lacks; empty where it can work."""
    try:
        async with asyncio.timeout(PATIENCE):
            workers = await client.nthreads()
    except TimeoutError:
        return f"the scheduler at {address} says nothing, and is waited for: look what keeps it"
    lacks = f"the cluster at {address} has no worker, and one is waited for: start some (dask worker {address})"
    return "" if workers else lacks
