"""Keeps the index what the ledger says: caught up after every write, tried and mended on opening, rebuilt on demand."""

from collections.abc import Callable, Collection, Iterator
from typing import Protocol

from .index import EntryKind, Index
from .vectors import IndexEntry, Vectors

_SAMPLE = 100
"""Entries of each kind that are looked up on opening."""


class Shelf(Protocol):
    """The vectors of one kind in the ledger, and what the index lacks of them."""

    def number(self) -> int: ...
    def ids(self) -> set[str]: ...
    def entries(self) -> Iterator[IndexEntry]: ...
    def entries_of(self, ids: Collection[str]) -> Iterator[IndexEntry]: ...
    def sample(self, size: int) -> Vectors: ...
    def behind(self) -> set[str]: ...
    def mark_behind(self, ids: Collection[str]) -> None: ...
    def mark_indexed(self, ids: Collection[str]) -> None: ...


class Mirror:
    """The index and the shelves that it mirrors."""

    def __init__(self, index: Index, papers: Shelf, passages: Shelf, embed: Callable[[], None]) -> None:
        """``embed`` computes the vectors without which nothing can be put into the index."""
        self._index = index
        self._embed = embed
        self._shelves: dict[EntryKind, Shelf] = {"papers": papers, "passages": passages}

    def catch_up(self, lag: int = 0) -> None:
        """Gives the index what was written since it was last up to date, also by a run that was cut off; nothing where
        no more than ``lag`` entries of a kind wait."""
        if lag and all(len(shelf.behind()) <= lag for shelf in self._shelves.values()):
            return
        self._embed()
        for kind, shelf in self._shelves.items():
            if behind := shelf.behind():
                written = self._index.write(shelf.entries_of(behind), kind)
                self._index.remove(behind - written, kind)
                shelf.mark_indexed(behind)

    def rebuild(self) -> dict[EntryKind, int]:
        """Builds the index anew from the stored vectors. Returns how many entries of each kind it holds."""
        for shelf in self._shelves.values():
            shelf.mark_behind(shelf.ids())
        self._embed()
        numbers = self._index.refill({kind: shelf.entries() for kind, shelf in self._shelves.items()})
        for shelf in self._shelves.values():
            shelf.mark_indexed(shelf.behind())
        return numbers

    def mend(self) -> list[str]:
        """Brings the index to what the ledger says, and tells what was wrong.

        The samples come first: writing to a broken index may hang.
        """
        samples = self._samples()
        if damage := self._index.damage(samples):
            numbers = self.rebuild()
            return [f"The index was damaged ({damage}); {numbers['papers']} papers were put back from the ledger."]
        self.catch_up()
        notes: list[str] = []
        for kind, shelf in self._shelves.items():
            # One word about the papers is enough: an index that lost them has mostly lost the passages too.
            found = self._fill_gaps(kind, shelf, samples[kind])
            notes = notes or found
        return notes

    def _samples(self) -> dict[EntryKind, Vectors]:
        return {kind: shelf.sample(_SAMPLE) for kind, shelf in self._shelves.items()}

    def _fill_gaps(self, kind: EntryKind, shelf: Shelf, sample: Vectors) -> list[str]:
        if self._index.count(kind) == shelf.number() and sample.keys() <= self._index.holds(sample, kind):
            return []
        ours, theirs = shelf.ids(), self._index.ids(kind)
        self._index.remove(theirs - ours, kind)
        shelf.mark_behind(ours - theirs)
        self.catch_up()
        notes: list[str] = []
        if lacked := len(ours - theirs):
            notes.append(f"The index lacked {lacked} of {len(ours)} {kind}; they were put back from the ledger.")
        if unknown := len(theirs - ours):
            notes.append(f"The index held {unknown} {kind} that the ledger does not know; they were removed.")
        return notes

    def faults(self) -> list[str]:
        """How the index differs from the ledger, in sentences; nothing when it does not."""
        damage = self._index.damage(self._samples())
        faults = [f"The index is damaged: {damage}."] if damage else []
        for kind, shelf in self._shelves.items():
            if behind := len(shelf.behind()):
                faults.append(f"The index is behind by {behind} {kind}.")
            elif not damage and (gap := shelf.ids() ^ self._index.ids(kind)):
                faults.append(f"The ledger and the index differ in {len(gap)} {kind}.")
        return faults
