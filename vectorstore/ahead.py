"""An embedder that can begin before it is asked."""

from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from threading import Lock

import numpy as np
from numpy.typing import NDArray

from .embedding import Embedder

THREAD = "embedding ahead"
_PART = 64
"""Texts at once: a run that stops waits for those under way."""


class Ahead:
    """Embeds what was begun in a thread of its own and keeps it, and all else as it is asked for."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder
        self._thread = ThreadPoolExecutor(1, THREAD)
        self._begun: dict[str, tuple[Future[NDArray[np.float32]], int]] = {}
        """Which row of what a text will be."""
        self._waiting: dict[str, None] = {}
        self._beginning = Lock()

    @property
    def name(self) -> str:
        return self._embedder.name

    @property
    def dimension(self) -> int:
        return self._embedder.dimension

    def begin(self, texts: Iterable[str], *, least: int = 1) -> None:
        """Returns at once; what fails is raised when the texts are asked for. ``least``: begins only when so many wait,
        since many short ones take less time together."""
        with self._beginning:
            self._waiting |= dict.fromkeys(text for text in texts if text not in self._begun)
            if len(self._waiting) < least:
                return
            new = sorted(self._waiting, key=len)  # texts of one length are embedded together
            self._waiting.clear()
        for start in range(0, len(new), _PART):
            part = new[start : start + _PART]
            vectors = self._thread.submit(self._embedder, part)
            self._begun |= {text: (vectors, row) for row, text in enumerate(part)}

    def know(self, vectors: Mapping[str, NDArray[np.float32]]) -> None:
        """Takes vectors, by text, that were computed before."""
        if vectors:
            known: Future[NDArray[np.float32]] = Future()
            known.set_result(np.stack(list(vectors.values())))
            self._begun |= {text: (known, row) for row, text in enumerate(vectors)}

    def give_up(self) -> None:
        """Leaves undone what was begun, but for the part under way, and forgets the rest."""
        for vectors, _ in self._begun.values():
            vectors.cancel()
        self._begun.clear()
        self._waiting.clear()

    def __call__(self, texts: Sequence[str]) -> NDArray[np.float32]:
        begun = {row: known for row, text in enumerate(texts) if (known := self._begun.get(text))}
        if not begun:
            return self._embedder(texts)
        vectors = np.empty((len(texts), self.dimension), np.float32)
        if rest := [row for row in range(len(texts)) if row not in begun]:
            vectors[rest] = self._embedder([texts[row] for row in rest])
        try:
            for row, (made, place) in begun.items():
                vectors[row] = made.result()[place]
        except BaseException:
            self.give_up()  # asked once more, it tries once more
            raise
        return vectors
