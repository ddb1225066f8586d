"""What is near what: a Chroma collection with ids, our own vectors and three small fields. It can be rebuilt any time.

No documents (seven times the disk), no ``where`` (a linear scan): whoever asks filters the answer himself.
"""

import shutil
from collections.abc import Collection, Generator, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from itertools import islice
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any, TypeVar, cast
from urllib.parse import urlsplit

import numpy as np
from numpy.typing import NDArray

from .errors import MemoryUnavailable
from .vectors import Entry, Vectors

if TYPE_CHECKING:
    import chromadb
    from chromadb.api.client import Client

SCHEMA = 1

T = TypeVar("T")

_building = Lock()
"""Chroma's clients race when two are built at once in one process."""


class Index:
    """One collection, embedded in ``folder`` or on the Chroma server at ``url``. One process owns it."""

    def __init__(self, folder: Path, embedder: str, dimension: int, url: str | None = None) -> None:
        """Raises MemoryUnavailable when the server does not answer, and whatever Chroma raises for a ruined folder."""
        self.name = f"papers__{embedder}__{dimension}__s{SCHEMA}"
        self._folder = folder
        self._url = url
        self._open()

    def _open(self) -> None:
        self._client = _serve(self._url) if self._url else _embed(self._folder)
        self._collection = _collection(self._client, self.name)

    def close(self) -> None:
        self._client.close()

    def count(self) -> int:
        return self._collection.count()

    def ids(self) -> set[str]:
        return set(self._collection.get(include=[])["ids"])

    def holds(self, ids: Collection[str]) -> set[str]:
        """Those of ``ids`` that are in the index."""
        return set(self._collection.get(ids=list(ids), include=[])["ids"]) if ids else set()

    def write(self, entries: Iterable[Entry]) -> set[str]:
        """Puts entries in, over what was there for the same ids. Returns the ids."""
        with _in_words("written"):
            return _fill(self._client, self._collection, entries)

    def remove(self, ids: Collection[str]) -> None:
        with _in_words("written"):
            for batch in _batches(sorted(ids), self._client.get_max_batch_size()):
                self._collection.delete(ids=batch)

    def nearest(self, vectors: NDArray[np.float32], n: int) -> list[list[str]]:
        """Ids of the ``n`` nearest papers (all, where there are fewer) for each row of ``vectors``, nearest first."""
        with _in_words("read"):
            n = min(n, self._collection.count())
            if not n or not len(vectors):
                return [[] for _ in vectors]
            return self._collection.query(query_embeddings=vectors, n_results=n, include=[])["ids"]

    def damage(self, sample: Vectors) -> str | None:
        """What is wrong with the stored vectors, told from a sample of them; None when all is well.

        Ids that are not there at all are no damage but a gap. The order matters: on a file that was cut, reading
        vectors raises, while a query kills the process.
        """
        if not sample:
            return None
        try:
            held = self._collection.get(ids=list(sample), include=["embeddings"])
            rows = cast(Sequence[Any], held["embeddings"])
            wrong = sum(not np.allclose(row, sample[i], atol=1e-4) for i, row in zip(held["ids"], rows, strict=True))
            if wrong:
                return f"{wrong} of {len(held['ids'])} vectors are not what was stored"
            if not held["ids"]:
                return None
            found = self.nearest(np.stack([sample[i] for i in held["ids"]]), 10)
        except Exception as error:  # Chroma raises bare and private types here
            return f"its vectors cannot be read: {error}"
        # The graph is approximate, and papers of one text hide each other: a few misses are no damage.
        missed = sum(paper_id not in ids for paper_id, ids in zip(held["ids"], found, strict=True))
        if missed > max(2, len(found) // 20):
            return f"{missed} of {len(found)} papers are not found by their own vector"
        return None

    def refill(self, entries: Iterable[Entry]) -> int:
        """Builds the index anew beside the old one and puts it in its place. Returns how many entries it has."""
        if self._url:
            fresh = f"{self.name}-fresh"
            with suppress(Exception):  # left by a run that was cut off, or not there
                self._client.delete_collection(fresh)
            collection = _collection(self._client, fresh)
            number = len(_fill(self._client, collection, entries))
            self._client.delete_collection(self.name)
            collection.modify(name=self.name)
            self._collection = collection
            return number
        # A folder of its own: a deleted collection leaves its files behind.
        fresh = self._folder.with_name(f"{self._folder.name}-fresh")
        discard(fresh)
        client = _embed(fresh)
        try:
            number = len(_fill(client, _collection(client, self.name), entries))
        finally:
            client.close()
        with suppress(Exception):  # the old one may be in any state
            self.close()
        discard(self._folder)
        fresh.rename(self._folder)
        self._open()
        return number


def discard(folder: Path) -> None:
    """Removes an embedded index that nobody has open, in whatever state."""
    if folder.is_dir():
        shutil.rmtree(folder)
    else:
        folder.unlink(missing_ok=True)


def _embed(folder: Path) -> "Client":
    import chromadb
    from chromadb.api.shared_system_client import SharedSystemClient
    from chromadb.config import Settings

    with _building:
        # Chroma keeps one open store per path and process, also one that failed to open or whose files were deleted.
        # We hold the lock of the folder, so whatever is still there is a leftover.
        leftover = SharedSystemClient._identifier_to_system.pop(str(folder), None)  # pyright: ignore[reportPrivateUsage]
        SharedSystemClient._identifier_to_refcount.pop(str(folder), None)  # pyright: ignore[reportPrivateUsage]
        if leftover:
            with suppress(Exception):
                leftover.stop()
        return cast("Client", chromadb.PersistentClient(str(folder), Settings(anonymized_telemetry=False)))


def _serve(url: str) -> "Client":
    import chromadb
    from chromadb.config import Settings

    parts = urlsplit(url)
    try:
        with _building:
            client = chromadb.HttpClient(
                host=parts.hostname or "127.0.0.1",
                port=parts.port or 8000,
                ssl=parts.scheme == "https",
                settings=Settings(anonymized_telemetry=False),
            )
    except Exception as error:  # Chroma raises a bare ValueError, httpx its own types
        raise MemoryUnavailable(
            f"The Chroma server at {url} does not answer ({error}). Start it with `chroma run`, or leave the address "
            f"out to keep the index in the memory folder."
        ) from error
    return cast("Client", client)


@contextmanager
def _in_words(done: str) -> Generator[None]:
    import httpx
    from chromadb.errors import ChromaError

    try:
        yield
    except (ChromaError, httpx.HTTPError, OSError) as error:
        raise MemoryUnavailable(
            f"The index could not be {done} ({error}). The ledger has everything that was remembered; the index is "
            f"mended from it when the memory is opened again."
        ) from error


def _collection(client: "Client", name: str) -> "chromadb.Collection":
    return client.get_or_create_collection(
        name,
        embedding_function=None,
        configuration={"hnsw": {"space": "cosine"}},
    )


def _fill(client: "Client", collection: "chromadb.Collection", entries: Iterable[Entry]) -> set[str]:
    written: set[str] = set()
    for batch in _batches(entries, min(2_000, client.get_max_batch_size())):
        ids = [entry.paper_id for entry in batch]
        collection.upsert(
            ids=ids,
            embeddings=np.stack([entry.vector for entry in batch]),
            metadatas=[{"day": entry.day, "category": entry.category, "v": SCHEMA} for entry in batch],
        )
        written.update(ids)
    return written


def _batches(items: Iterable[T], size: int) -> Iterator[list[T]]:
    rest = iter(items)
    while batch := list(islice(rest, size)):
        yield batch
