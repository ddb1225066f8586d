"""What a thread tells a task."""

import asyncio
from contextlib import suppress


class Told:
    """Set in any thread, and awaited by tasks of the loop in which it was made.

    A task that waits in vain is interrupted with its test. A thread that waits for a ``threading.Event`` in its place
    is not, and asyncio waits for that thread."""

    def __init__(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._event = asyncio.Event()

    def set(self) -> None:
        with suppress(RuntimeError):  # the loop is closed, and nobody waits any more
            self._loop.call_soon_threadsafe(self._event.set)

    async def wait(self) -> None:
        await self._event.wait()
