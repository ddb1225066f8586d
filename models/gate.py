"""How many calls are under way at once: as many as the server bears, which is found out.

A server that takes calls side by side begins each answer as soon as the first; one that makes them wait begins the
later ones late, and one that has too many says so.
"""

import asyncio
from collections import deque

BEGIN = 8
"""Calls that any server is trusted with, queued or not, within the time-out of one."""
_SLOWER = 2.0
_LATER = 1.0
"""An answer that begins within twice the shortest wait and a second did not wait for others."""


class Gate:
    """Lets calls in, of one event loop. Use as a context manager around each call."""

    def __init__(self, most: int, *, begin: int = BEGIN) -> None:
        """``most``: calls at once, whatever the server bears."""
        self._most = most
        self.room = min(most, begin)
        """Calls that may be under way now."""
        self.turn = 0
        """How often the server had too many."""
        self._held = 0
        self._good = 0
        self._fastest: float | None = None
        self._waiting: deque[asyncio.Future[None]] = deque()

    async def __aenter__(self) -> None:
        if self._held < self.room and not self._waiting:
            self._held += 1
            return
        place = asyncio.get_running_loop().create_future()
        self._waiting.append(place)
        try:
            await place
        except asyncio.CancelledError:
            if place.done() and not place.cancelled():
                self._leave()
            raise

    async def __aexit__(self, *_: object) -> None:
        self._leave()

    def begun(self, seconds: float) -> None:
        """An answer began that long after it was asked for."""
        self._fastest = min(seconds, seconds if self._fastest is None else self._fastest)
        if self.turn:
            self._good += 1
            if self._good < self.room:
                return
            self._good = 0
        elif seconds > _SLOWER * self._fastest + _LATER:
            return
        self.room = min(self._most, self.room + 1)
        self._let_in()

    def crowded(self, turn: int) -> bool:
        """The server had too many. ``turn``: when the refused call was let in. Whether fewer are let in since: those
        that were refused together count once."""
        if turn == self.turn and self._held > 1:
            self.room, self._good, self.turn = max(1, min(self.room, self._held) // 2), 0, self.turn + 1
        return turn != self.turn

    def _leave(self) -> None:
        self._held -= 1
        self._let_in()

    def _let_in(self) -> None:
        while self._waiting and self._held < self.room:
            place = self._waiting.popleft()
            if not place.done():
                self._held += 1
                place.set_result(None)
