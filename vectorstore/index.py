"""What is near what: Chroma collections with ids, our own vectors and small fields. They can be rebuilt any time.

No documents (seven times the disk), no ``where`` (a linear scan): whoever asks filters the answer himself. Papers and
the passages of claims have a collection each, so that neither crowds the other out of an answer.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import nullcontext, suppress
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, TypeVar, cast

import numpy as np
from numpy.typing import NDArray

from .chroma import close, discard, embedded, in_words, served
from .embedding import Embedder
from .errors import MemoryUnavailable
from .hnsw_files import cut_off
from .owner import identity
from .vectors import IndexEntry, Vectors

if TYPE_CHECKING:
    import chromadb
    from chromadb.api.client import Client

SCHEMA = 1
EXACT = 2_000
"""Entries up to which the index is not asked: whoever looks for what is near compares each by the ledger's vectors,
which is quick there, and exact. The graph of a hundred that stand close together leaves out some, other ones in each
process, and says nothing."""

EntryKind = Literal["papers", "passages"]
KINDS: tuple[EntryKind, ...] = ("papers", "passages")

T = TypeVar("T")


class Index:
    """The collections of one memory, embedded in ``folder`` or on the Chroma server at ``url``. One process owns it."""

    def __init__(
        self,
        folder: Path,
        embedder: str,
        dimension: int,
        url: str | None = None,
        headers: Mapping[str, str] | None = None,
        memory: str = "",
    ) -> None:
        """``memory`` names the memory on a server, where several may be.

        Raises MemoryUnavailable when the server does not answer, and whatever Chroma raises for a ruined folder.
        """
        made_of = f"{embedder}__{dimension}__s{SCHEMA}" + (f"__{memory}" if url else "")
        self.names: dict[EntryKind, str] = {kind: f"{kind}__{made_of}" for kind in KINDS}
        self._folder = folder
        self._url = url
        self._headers = headers or {}
        self._open()

    def _open(self) -> None:
        self._client = served(self._url, self._headers) if self._url else embedded(self._folder)
        try:
            with in_words("opened") if self._url else nullcontext():
                self._collections = {kind: _collection(self._client, name) for kind, name in self.names.items()}
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        close(self._client, served=bool(self._url))

    def count(self, kind: EntryKind = "papers") -> int:
        with in_words("read"):
            return self._collections[kind].count()

    def ids(self, kind: EntryKind = "papers") -> set[str]:
        with in_words("read"):
            return set(self._collections[kind].get(include=[])["ids"])

    def holds(self, ids: Collection[str], kind: EntryKind = "papers") -> set[str]:
        """Those of ``ids`` that are in the index."""
        with in_words("read"):
            return set(self._collections[kind].get(ids=list(ids), include=[])["ids"]) if ids else set()

    def write(self, entries: Iterable[IndexEntry], kind: EntryKind = "papers") -> set[str]:
        """Puts entries in, over what was there for the same ids. Returns the ids."""
        with in_words("written"):
            return _fill(self._client, self._collections[kind], entries)

    def remove(self, ids: Collection[str], kind: EntryKind = "papers") -> None:
        with in_words("written"):
            for batch in _batches(sorted(ids), self._client.get_max_batch_size()):
                self._collections[kind].delete(ids=batch)

    def nearest(self, vectors: NDArray[np.float32], n: int, kind: EntryKind = "papers") -> list[list[str]]:
        """Ids of the ``n`` nearest (all, where there are fewer) for each row of ``vectors``, nearest first."""
        with in_words("read"):
            n = min(n, self._collections[kind].count())
            if not n or not len(vectors):
                return [[] for _ in vectors]
            return self._collections[kind].query(query_embeddings=vectors, n_results=n, include=[])["ids"]

    def damage(self, samples: Mapping[EntryKind, Vectors]) -> str | None:
        """What is wrong with the stored vectors, told from their files and from a sample of each kind; None when all
        is well.

        Ids that are not there at all are no damage but a gap. The order matters: on a file that was cut, reading
        vectors raises or passes for well, while a query kills the process.
        """
        if not self._url and (cut := cut_off(self._folder)):
            return cut
        return next((wrong for kind in KINDS if (wrong := self._wrong(samples[kind], kind))), None)

    def _wrong(self, sample: Vectors, kind: EntryKind) -> str | None:
        if not sample:
            return None
        try:
            held = self._collections[kind].get(ids=list(sample), include=["embeddings"])
            rows = cast(Sequence[Any], held["embeddings"])
            wrong = sum(not np.allclose(row, sample[i], atol=1e-4) for i, row in zip(held["ids"], rows, strict=True))
            if wrong:
                return f"{wrong} of {len(held['ids'])} vectors are not what was stored"
            if not held["ids"] or self._collections[kind].count() <= EXACT:
                return None
            asked = np.stack([sample[i] for i in held["ids"]])
            found = self._collections[kind].query(query_embeddings=asked, n_results=1, include=["distances"])
            # By distance, not by id: of one text there may be any number.
            missed = sum(not row or row[0] > 1e-4 for row in cast(Sequence[Sequence[float]], found["distances"]))
        except Exception as error:  # Chroma raises bare and private types here
            return f"its vectors cannot be read: {error}"
        # The graph is approximate: a few misses are no damage.
        if missed > max(2, len(asked) // 20):
            return f"{missed} of {len(asked)} {kind} are not found by their own vector"
        return None

    def refill(self, entries: Mapping[EntryKind, Iterable[IndexEntry]]) -> dict[EntryKind, int]:
        """Builds the index anew beside the old one and puts it in its place. Returns how many entries it has."""
        if self._url:
            with in_words("rebuilt"):
                return {kind: self._refill_served(kind, entries[kind]) for kind in KINDS}
        # A folder of its own: a deleted collection leaves its files behind.
        fresh = self._folder.with_name(f"{self._folder.name}-fresh")
        discard(fresh)
        client = embedded(fresh)
        try:
            with in_words("rebuilt"):
                numbers: dict[EntryKind, int] = {
                    kind: len(_fill(client, _collection(client, self.names[kind]), entries[kind])) for kind in KINDS
                }
        finally:
            client.close()
        with suppress(Exception):  # the old one may be in any state
            self.close()
        discard(self._folder)
        fresh.rename(self._folder)
        self._open()
        return numbers

    def _refill_served(self, kind: EntryKind, entries: Iterable[IndexEntry]) -> int:
        fresh = f"{self.names[kind]}-fresh"
        with suppress(Exception):  # left by a run that was cut off, or not there
            self._client.delete_collection(fresh)
        collection = _collection(self._client, fresh)
        number = len(_fill(self._client, collection, entries))
        self._client.delete_collection(self.names[kind])
        collection.modify(name=self.names[kind])
        self._collections[kind] = collection
        return number


def open_index(
    folder: Path, embedder: Embedder, url: str | None, headers: Mapping[str, str] | None, notes: list[str]
) -> Index:
    """The index of the memory in the folder above, made anew where it cannot be opened, which ``notes`` are told.
    Raises MemoryUnavailable."""
    memory = identity(folder.parent) if url else ""
    made_of = (folder, embedder.name, embedder.dimension, url, headers, memory)
    try:
        return Index(*made_of)
    except MemoryUnavailable:
        raise
    except Exception as error:  # Chroma raises bare and private types for a ruined folder
        notes.append(f"The index could not be opened ({error}), so it is made anew.")
        discard(folder)
        return Index(*made_of)


def _collection(client: "Client", name: str) -> "chromadb.Collection":
    return client.get_or_create_collection(
        name,
        embedding_function=None,
        configuration={"hnsw": {"space": "cosine"}},
    )


def _fill(client: "Client", collection: "chromadb.Collection", entries: Iterable[IndexEntry]) -> set[str]:
    written: set[str] = set()
    for batch in _batches(entries, min(2_000, client.get_max_batch_size())):
        ids = [entry.id for entry in batch]
        collection.upsert(
            ids=ids,
            embeddings=np.stack([entry.vector for entry in batch]),
            metadatas=[{**entry.fields, "v": SCHEMA} for entry in batch],
        )
        written.update(ids)
    return written


def _batches(items: Iterable[T], size: int) -> Iterator[list[T]]:
    rest = iter(items)
    while batch := list(islice(rest, size)):
        yield batch
