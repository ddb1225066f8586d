"""Text to vector: what an embedder is, and which there are, one in each file of ``embedders``."""

import re
from collections.abc import Callable, Sequence
from functools import cached_property
from typing import Protocol, cast

import numpy as np
from numpy.typing import NDArray

from domain import registry
from domain.errors import InsightsError, UsageError
from domain.papers import Paper

_FOLDER = "vectorstore.embedders"


class EmbedderUnavailable(InsightsError):
    """No vectors can be had; the message says why and what to do."""


class UnknownEmbedder(UsageError):
    """An embedder that does not exist, or a model that one does not have."""


class Embedder(Protocol):
    """Turns texts into vectors. Two embedders of one name give the same vectors for the same text."""

    @property
    def name(self) -> str:
        """Letters, digits, dots and hyphens: it becomes part of a collection's name."""
        ...

    @property
    def dimension(self) -> int: ...

    def __call__(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Vectors of length 1, shaped (number of texts, dimension)."""
        ...


def paper_text(paper: Paper) -> str:
    """The one form in which a paper is embedded."""
    return f"{paper.title}\n{paper.abstract}"


def open_embedder(spec: str) -> Embedder:
    """The embedder of ``NAME`` or ``NAME:MODEL``, such as ``minilm`` or ``openai:text-embedding-3-small``. It reads and
    asks nothing before it is first used. Raises UnknownEmbedder."""
    if wrong := registry.fault(_FOLDER, "embedder", spec):
        raise UnknownEmbedder(wrong)
    name, _, model = spec.partition(":")
    opens = cast(Callable[[str], Embedder], registry.load(_FOLDER, name).open_embedder)
    return opens(model)


class Served:
    """The embedding model of a server."""

    def __init__(self, server: str, model: str, ask: Callable[[list[str]], list[list[float]]]) -> None:
        """``ask``: texts to vectors of whatever length, in their order; raises EmbedderUnavailable."""
        self.name = f"{server}-" + re.sub(r"[^a-z0-9.]+", "-", model.casefold()).strip("-.")
        self._model = model
        self._ask = ask

    @cached_property
    def dimension(self) -> int:
        """As the server answers it. Raises EmbedderUnavailable."""
        return len(self._ask(["dimension"])[0])

    def __call__(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Raises EmbedderUnavailable when the server does not answer, or answers with something else."""
        if not texts:
            return np.empty((0, self.dimension), np.float32)
        rows, due = np.asarray(self._ask(list(texts)), np.float32), (len(texts), self.dimension)
        if rows.shape != due:
            raise EmbedderUnavailable(
                f"The embedding model {self._model} answered with vectors shaped {rows.shape}, where {due} was due."
            )
        return rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), np.float32(1e-12))
