"""Vectors that were computed elsewhere, handed to whoever embeds."""

import hashlib
from collections.abc import Generator, Iterable, Mapping, Sequence
from contextlib import contextmanager
from typing import NamedTuple, Self

import numpy as np
from numpy.typing import NDArray

from .embedding import Embedder


class Packed(NamedTuple):
    """Vectors by the names of their texts, in a form that travels and is kept."""

    names: tuple[str, ...]
    vectors: NDArray[np.float32]
    """Shaped (number of names, dimension)."""

    @classmethod
    def of(cls, vectors: Mapping[str, NDArray[np.float32]], dimension: int) -> Self:
        rows = list(vectors.values())
        return cls(tuple(vectors), np.stack(rows) if rows else np.empty((0, dimension), np.float32))

    @classmethod
    def joined(cls, parts: Sequence[Self]) -> Self:
        vectors = [part.vectors for part in parts]
        return cls(
            tuple(name for part in parts for name in part.names),
            np.concatenate(vectors) if vectors else np.empty((0, 0), np.float32),
        )

    def items(self) -> Iterable[tuple[str, NDArray[np.float32]]]:
        return zip(self.names, self.vectors, strict=True)


class Prepared:
    """An embedder that knows some vectors already, and computes only the others."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder
        self._known: dict[str, NDArray[np.float32]] = {}

    @property
    def name(self) -> str:
        return self._embedder.name

    @property
    def dimension(self) -> int:
        return self._embedder.dimension

    def __call__(self, texts: Sequence[str]) -> NDArray[np.float32]:
        names = [_name(text) for text in texts]
        lacking = {name: text for name, text in zip(names, texts, strict=True) if name not in self._known}
        computed = dict(zip(lacking, self._embedder(list(lacking.values())), strict=True)) if lacking else {}
        self._known |= computed
        rows = [self._known[name] for name in names]
        return np.stack(rows) if rows else np.empty((0, self.dimension), np.float32)

    @contextmanager
    def fresh(self, vectors: Packed | None = None) -> Generator[dict[str, NDArray[np.float32]]]:
        """Knows for a while these vectors and no others, and hands out what it knows in the end."""
        before, self._known = self._known, dict(vectors.items()) if vectors else {}
        try:
            yield self._known
        finally:
            self._known = before


def _name(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:32]
