"""Papers by the hundred thousand: those of a file, and copies of them, with their vectors."""

import json
import lzma
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path
from time import perf_counter
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from domain.papers import Paper
from domain.sentences import Sentence
from vectorstore.embedders.minilm import MiniLM

TURNED = 0.03
"""Standard deviation of what is added to each of 384 components of a copy's vector of length 1."""
_COPIED = "\N{NO-BREAK SPACE}copy "
_LIKE = " seen anew"


class Row(NamedTuple):
    """A paper of the file, or a copy of one."""

    day: date
    paper: Paper
    category: str


class Rows:
    """So many papers, in the order of days."""

    def __init__(self, first: Sequence[Row], size: int) -> None:
        self._first = first
        self._size = size
        self._span = first[-1].day - first[0].day + timedelta(days=1)

    def __len__(self) -> int:
        return self._size

    def __getitem__(self, place: int) -> Row:
        copy, at = divmod(place, len(self._first))
        day, paper, category = self._first[at]
        if not copy:
            return self._first[at]
        named = {"id": f"{paper.id}.{copy}", "title": f"{paper.title}{_COPIED}{copy}"}
        return Row(day + copy * self._span, paper.model_copy(update=named), category)

    def __iter__(self) -> Iterator[Row]:
        return (self[place] for place in range(self._size))


class Prepared:
    """Vectors prepared once, found by title; a paper ``like`` another has a vector near that one's."""

    dimension = 384
    name = "prepared-titles"

    def __init__(self, first: Sequence[Row], vectors: NDArray[np.float32]) -> None:
        """``vectors``: one row a paper (n, 384), in the order of the papers."""
        self._places = {row.paper.title: place for place, row in enumerate(first)}
        self._first = len(first)
        self._vectors = vectors
        self._random = np.random.default_rng(7)

    def __call__(self, texts: Sequence[str]) -> NDArray[np.float32]:
        titles = [text.partition("\n")[0] for text in texts]
        vectors = self._vectors[[self._place(title.removesuffix(_LIKE)) for title in titles]]
        asked = [place for place, title in enumerate(titles) if title.endswith(_LIKE)]
        vectors[asked] += self._random.normal(0, 0.02, (len(asked), self.dimension)).astype(np.float32)
        return _of_length_1(vectors)

    def _place(self, title: str) -> int:
        first, _, copy = title.partition(_COPIED)
        return self._places.get(first, 0) + int(copy or 0) * self._first


def read(path: Path) -> list[Row]:
    rows: list[Row] = []
    with lzma.open(path, "rt", encoding="utf-8") as file:
        for line in file:
            raw = json.loads(line)
            paper = Paper(
                id=f"arxiv:{raw['id']}",
                title=raw["title"],
                abstract=raw["abstract"],
                categories=tuple(raw["categories"]),
                sources=("files",),
                sentences=tuple(Sentence(text=text) for text in raw["abstract"].split(". ")),
            )
            rows.append(Row(date.fromisoformat(raw["day"]), paper, raw["categories"][0] if raw["categories"] else ""))
    return sorted(rows, key=lambda row: row.day)


def prepare(first: Sequence[Row], size: int, work: Path) -> NDArray[np.float32]:
    """The vectors of the papers and of their copies, computed where the folder lacks them."""
    work.mkdir(parents=True, exist_ok=True)
    own, whole = work / "titles.npy", work / f"vectors-{size}.npy"
    if not own.exists():
        started = perf_counter()
        np.save(own, MiniLM()([row.paper.title for row in first]))
        print(f"{len(first)} titles embedded in {perf_counter() - started:.0f} s", flush=True)
    if size <= len(first):
        return np.load(own)[:size]
    if not whole.exists():
        vectors: NDArray[np.float32] = np.load(own)
        fresh = np.lib.format.open_memmap(whole, "w+", np.float32, (size, vectors.shape[1]))
        for copy, start in enumerate(range(0, size, len(vectors))):
            turned: NDArray[np.float32] = vectors[: size - start]
            if copy:
                turned = turned + np.random.default_rng(copy).normal(0, TURNED, turned.shape).astype(np.float32)
            fresh[start : start + len(turned)] = _of_length_1(turned)
        fresh.flush()
    return np.load(whole, mmap_mode="r")


def like(title: str) -> str:
    """The title of a paper that is new, and near the one of that title."""
    return f"{title}{_LIKE}"


def _of_length_1(vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    return vectors / np.sqrt(np.square(vectors).sum(axis=1, keepdims=True))
