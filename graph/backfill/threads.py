"""Work in a thread, which nobody can stop."""

import asyncio
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")


async def to_its_end(work: Callable[[], T]) -> T:
    """The value of what is done in a thread. It is waited for also when whoever awaits it is cancelled: the thread goes
    on, and nobody may take for undone, or close, what it writes."""
    under_way = asyncio.ensure_future(asyncio.to_thread(work))
    # Of one that is cancelled nobody is left to hear what goes wrong.
    under_way.add_done_callback(lambda done: done.cancelled() or done.exception())
    try:
        return await asyncio.shield(under_way)
    finally:
        await asyncio.wait([under_way])
