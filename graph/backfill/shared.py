"""What all workers share of a model: how many calls are under way, and the budget. Both lie with Dask's scheduler;
what a worker held that dies comes back.
"""

import asyncio
import importlib
from collections.abc import Generator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any, NamedTuple

from models.meter import Sums


class Shares(NamedTuple):
    """Under which names the scheduler has what is shared; made by the client, found by workers."""

    name: str
    calls_at_once: int
    budget: bool
    """There is one."""


class Calls:
    """Bounds the calls under way over all workers, as an ``asyncio.Semaphore`` does in one process."""

    def __init__(self, shares: Shares) -> None:
        distributed: Any = importlib.import_module("distributed")
        self._leases: Any = distributed.Semaphore(shares.calls_at_once, f"{shares.name}-calls")
        # Of this process never more threads wait than there are: one that gives back always finds a free one.
        self._here = asyncio.Semaphore(shares.calls_at_once)
        self._threads = ThreadPoolExecutor(shares.calls_at_once, "calls")

    async def __aenter__(self) -> None:
        await self._here.acquire()
        lease: Future[Any] = self._threads.submit(self._leases.acquire)
        try:
            await asyncio.wrap_future(lease)
        except BaseException:
            # Cancelled while it waits: what comes all the same is given back.
            lease.add_done_callback(lambda _: None if lease.cancelled() else self._threads.submit(self._leases.release))
            self._here.release()
            raise

    async def __aexit__(self, *_: object) -> None:
        try:
            await asyncio.shield(asyncio.wrap_future(self._threads.submit(self._leases.release)))
        finally:
            self._here.release()

    def close(self) -> None:
        """Lets the threads go; a lease that is still held runs out by itself."""
        self._threads.shutdown(wait=False, cancel_futures=True)


class Purse:
    """The budget of all days, which every worker takes from. What a day has taken is told anew whenever it takes, so
    that a day which another worker goes on with counts once."""

    def __init__(self, shares: Shares) -> None:
        distributed: Any = importlib.import_module("distributed")
        self._lock: Any = distributed.Lock(f"{shares.name}-purse")
        self._held: Any = distributed.Variable(f"{shares.name}-purse")
        self._runs: dict[str, list[list[float]]] = {}

    @contextmanager
    def turn(self, run: str) -> Generator[tuple[Sums, Sums]]:
        """Keeps the others away, and tells what they have spent and what they have set aside."""
        self._lock.acquire()
        try:
            self._runs = self._held.get()
            others = [held for name, held in self._runs.items() if name != run]
            yield _sum(spent for spent, _ in others), _sum(aside for _, aside in others)
            self._held.set(self._runs)
        finally:
            self._lock.release()

    def tell(self, run: str, spent: Sums, aside: Sums) -> None:
        """What a run has spent and set aside; within its turn."""
        self._runs[run] = [list(spent), list(aside)]


def begin(spent: Sums) -> dict[str, list[list[float]]]:
    """What the purse holds at first: what was spent by an earlier call of the same backfill."""
    return {"before": [list(spent), list(Sums())]}


def _sum(rows: Any) -> Sums:
    held = [(int(tokens), float(cost)) for tokens, cost in rows]
    return Sums(sum(tokens for tokens, _ in held), sum(cost for _, cost in held))
