"""The memory of the days before: the ledger holds the truth, the index finds what is near, one process owns both."""

import os
from collections.abc import Iterable, Sequence
from contextlib import ExitStack, suppress
from datetime import date
from pathlib import Path
from threading import RLock
from types import TracebackType

import numpy as np
from filelock import FileLock, Timeout
from numpy.typing import NDArray

from domain.papers import Paper
from domain.reports import Report
from domain.trends import Neighbour, Recollection

from .database import Database
from .embedding import Embedder, paper_text
from .errors import ForeignMemory, MemoryBusy, MemoryUnavailable
from .index import Index, discard
from .ledger import Earlier, Ledger, day_of
from .vectors import Vectors, VectorShelf

__all__ = ["ForeignMemory", "Memory", "MemoryBusy", "MemoryUnavailable"]

_CHUNK = 64
"""Papers embedded between two commits: what a run that is cut off may have to embed again."""
_EXACT = 2_000
"""Earlier papers up to which each is compared with all of them: as quick as the index there, and exact."""
_SAMPLE = 100
"""Papers that are looked up on opening."""
_CHECKING = "self-check"
"""Set while the index is opened and tried: an index can be so broken that trying it kills the process."""


class Memory:
    """Everything the project remembers, in one folder. Safe to call from several threads, one call at a time runs."""

    def __init__(self, database: Database, index: Index, embedder: Embedder, notes: list[str]) -> None:
        self.notes = notes
        """What was found and mended on opening."""
        self._lock = RLock()
        self._database = database
        self._ledger = Ledger(database)
        self._shelf = VectorShelf(database, embedder.name)
        self._index = index
        self._embedder = embedder
        self._opened = ExitStack()

    @classmethod
    def open(cls, folder: Path, embedder: Embedder, *, url: str | None = None, wait: float = 0) -> "Memory":
        """Opens the memory in ``folder``, made now if there is none; ``url`` names a Chroma server for the index.

        ``wait``: seconds to wait for whoever has the folder open. The index is tried on a sample and mended from the
        ledger where it lacks papers or is damaged; ``notes`` says so. Raises MemoryBusy while another process (or this
        one) still has the folder open, ForeignMemory for the memory of another embedder or a newer version,
        MemoryUnavailable where the folder, the ledger or the server fails.
        """
        folder = folder.expanduser().resolve()
        with ExitStack() as opened:
            _own(folder, opened, wait)
            database = Database(folder / "ledger.sqlite", embedder)
            opened.callback(database.close)
            notes: list[str] = []
            if database.setting(_CHECKING) and not url:
                notes.append("The last run ended while it tried the index, so the index is made anew.")
                discard(folder / "chroma")
            database.set_setting(_CHECKING, "running")
            try:
                index = _index(folder / "chroma", embedder, url, notes)
                opened.callback(index.close)
                memory = cls(database, index, embedder, notes)
                memory._mend()
            finally:
                database.set_setting(_CHECKING, None)
            memory._opened = opened.pop_all()
            return memory

    def __enter__(self) -> "Memory":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Gives the folder back. A memory that is closed twice stays closed."""
        with self._lock:
            self._opened.close()

    def recall(self, papers: Sequence[Paper], before: date, *, most: int = 5) -> dict[str, Recollection]:
        """What the days strictly before ``before`` say about each paper, by paper id.

        A paper is known by its id or by its title; ``most`` nearest earlier papers come with it. Later days and
        earlier runs of the same day do not change the answer. Vectors are computed once and kept.
        """
        with self._lock:
            papers = list({paper.id: paper for paper in papers}.values())
            earlier = self._ledger.earlier(papers, before)
            vectors = self._vectors(papers, earlier)
            near = self._neighbours(vectors, earlier, before, most)
        return {
            paper.id: Recollection(
                paper_id=paper.id,
                first_day=day_of(known.first_day) if known else None,
                days=tuple(day_of(day) for day in known.days) if known else (),
                category=known.category if known else None,
                neighbours=near.get(paper.id, ()),
            )
            for paper in papers
            for known in [earlier.get(paper.id)]
        }

    def remember(self, report: Report) -> None:
        """Keeps a published day, in place of what was kept for that day and language."""
        with self._lock:
            self._ledger.write_day(report)
            self._catch_up()

    def rebuild(self) -> int:
        """Builds the index anew from the ledger, embedding nothing again. Returns how many papers it holds."""
        with self._lock:
            self._shelf.mark_unindexed(self._shelf.paper_ids())
            self._embed(self._ledger.papers(self._shelf.lacking()).values())
            number = self._index.refill(self._shelf.entries())
            self._shelf.mark_indexed(self._shelf.unindexed())
        return number

    def rebuild_ledger(self, reports: Iterable[Report]) -> int:
        """Builds the ledger anew from published reports, the earliest first, and then the index.

        Vectors that are still there are used again. Returns how many reports there were. When reading one fails,
        everything stays as it was.
        """
        with self._lock:
            number = self._ledger.rewrite(reports)
            self.rebuild()
        return number

    def check(self) -> list[str]:
        """What is wrong, in sentences; nothing when all is well."""
        with self._lock:
            faults = [f"The ledger is damaged: {fault}." for fault in self._database.faults()]
            if missing := self._shelf.missing():
                faults.append(f"{missing} papers have no vector.")
            if behind := len(self._shelf.unindexed()):
                faults.append(f"The index is behind by {behind} papers.")
            if damage := self._index.damage(self._shelf.sample(_SAMPLE)):
                faults.append(f"The index is damaged: {damage}.")
            elif not behind and (gap := self._shelf.paper_ids() ^ self._index.ids()):
                faults.append(f"The ledger and the index differ in {len(gap)} papers.")
        return faults

    def counts(self) -> dict[str, int]:
        """How many days, papers, sightings, claims and vectors are kept, and how many papers are indexed."""
        with self._lock:
            return self._ledger.counts() | {"vectors": self._shelf.count(), "indexed": self._index.count()}

    def _mend(self) -> None:
        """Brings the index to what the ledger says. The sample comes first: writing to a broken index may hang."""
        sample = self._shelf.sample(_SAMPLE)
        if damage := self._index.damage(sample):
            number = self.rebuild()
            self.notes.append(f"The index was damaged ({damage}); {number} papers were put back from the ledger.")
            return
        self._catch_up()
        ours = self._shelf.paper_ids()
        if self._index.count() == len(ours) and sample.keys() <= self._index.holds(sample):
            return
        theirs = self._index.ids()
        self._shelf.mark_unindexed(ours ^ theirs)
        self._catch_up()
        if lacked := len(ours - theirs):
            self.notes.append(f"The index lacked {lacked} of {len(ours)} papers; they were put back from the ledger.")
        if unknown := len(theirs - ours):
            self.notes.append(f"The index held {unknown} papers that the ledger does not know; they were removed.")

    def _catch_up(self) -> None:
        """Gives the index what was written since it was last up to date, also by a run that was cut off."""
        self._embed(self._ledger.papers(self._shelf.lacking()).values())
        if behind := self._shelf.unindexed():
            written = self._index.write(self._shelf.entries_of(behind))
            self._index.remove(behind - written)
            self._shelf.mark_indexed(behind)

    def _embed(self, papers: Iterable[Paper]) -> None:
        waiting = list(papers)
        for start in range(0, len(waiting), _CHUNK):
            chunk = waiting[start : start + _CHUNK]
            self._shelf.put(chunk, self._embedder([paper_text(paper) for paper in chunk]))

    def _vectors(self, papers: Sequence[Paper], earlier: dict[str, Earlier]) -> Vectors:
        # A paper of an earlier day keeps the text of that day, so that its vector does not wander.
        known = self._ledger.papers([p.id for p in papers if p.id in earlier and p.id in earlier[p.id].ids])
        texts = [known[p.id] if p.id in known and known[p.id].abstract else p for p in papers]
        stored = self._shelf.of_texts(texts)
        self._embed(text for text in texts if text.id not in stored)
        return self._shelf.of_texts(texts)

    def _neighbours(
        self, vectors: Vectors, earlier: dict[str, Earlier], before: date, most: int
    ) -> dict[str, tuple[Neighbour, ...]]:
        eligible = self._ledger.ids_before(before)
        if not eligible or not vectors or most < 1:
            return {}
        candidates: dict[str, list[str]] = {}
        waiting: list[str] = list(vectors)
        # Asked without a filter, for more than is needed; wider for those of whose answer too little is early enough.
        for wide in (max(64, 8 * most), 1024) if len(eligible) > _EXACT else ():
            if waiting:
                found = self._index.nearest(np.stack([vectors[one] for one in waiting]), wide)
                early = self._ledger.first_days({near for ids in found for near in ids}, before)
                for one, ids in zip(waiting, found, strict=True):
                    candidates[one] = [near for near in ids if near in early]
                waiting = [one for one in waiting if len(candidates[one]) < 4 * most]
        # What is left asks for a few early days in a memory of many: there the ledger alone is quick, and exact.
        candidates |= dict.fromkeys(waiting, eligible)
        return self._rank(vectors, candidates, earlier, before, most)

    def _rank(
        self,
        vectors: Vectors,
        candidates: dict[str, list[str]],
        earlier: dict[str, Earlier],
        before: date,
        most: int,
    ) -> dict[str, tuple[Neighbour, ...]]:
        """Orders by the ledger's own vectors, and leaves out the paper itself and second copies of one work."""
        held = self._shelf.of_ids({near for found in candidates.values() for near in found})
        if not held:
            return {}
        row = {near: number for number, near in enumerate(held)}
        matrix = np.stack(list(held.values())).astype(np.float64)
        early = self._ledger.first_days(held, before)
        ranked: dict[str, list[tuple[str, float]]] = {}
        for one, found in candidates.items():
            itself = {one, *(earlier[one].ids if one in earlier else ())}
            rest = [near for near in found if near in held and near not in itself]
            likeness = _cosines(matrix[[row[near] for near in rest]], vectors[one])
            works: dict[str, tuple[str, float]] = {}
            for similarity, near in sorted(zip(likeness, rest, strict=True), key=lambda pair: (-pair[0], pair[1])):
                works.setdefault(early[near][1], (near, similarity))
            ranked[one] = list(works.values())[:most]
        papers = self._ledger.papers({near for rows in ranked.values() for near, _ in rows})
        return {
            one: tuple(
                Neighbour(
                    paper_id=near,
                    title=papers[near].title,
                    url=papers[near].url,
                    day=day_of(early[near][0]),
                    similarity=similarity,
                )
                for near, similarity in rows
            )
            for one, rows in ranked.items()
        }


def _cosines(rows: NDArray[np.float64], vector: NDArray[np.float32]) -> list[float]:
    # Rounded: the last digits of a product depend on how many rows stand beside it.
    return [round(float(value), 6) for value in rows @ vector.astype(np.float64)]


def _index(folder: Path, embedder: Embedder, url: str | None, notes: list[str]) -> Index:
    try:
        return Index(folder, embedder.name, embedder.dimension, url)
    except MemoryUnavailable:
        raise
    except Exception as error:  # Chroma raises bare and private types for a ruined folder
        notes.append(f"The index could not be opened ({error}), so it is made anew.")
        discard(folder)
        return Index(folder, embedder.name, embedder.dimension, url)


def _own(folder: Path, opened: ExitStack, wait: float) -> None:
    """Takes the folder's lock, which the system frees when its holder dies."""
    holder = folder / "owner.pid"
    # Not bound to a thread: a run may open the memory in one and close it in another.
    lock = FileLock(folder / "owner.lock", thread_local=False)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock.acquire(timeout=wait)
        opened.callback(lock.release)
        holder.write_text(f"{os.getpid()}\n", encoding="utf-8")
        opened.callback(holder.unlink, missing_ok=True)
    except Timeout as error:
        who = "another process"
        with suppress(OSError):
            who = f"process {holder.read_text(encoding='utf-8').strip()}"
        raise MemoryBusy(
            f"The memory in {folder} is in use by {who}. Two at once would ruin it: wait until that run has ended, "
            f"or stop it."
        ) from error
    except OSError as error:
        raise MemoryUnavailable(
            f"The memory folder {folder} cannot be used: {error.strerror or error}. Name a folder that you may write."
        ) from error
