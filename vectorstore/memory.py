"""The memory of the days before: the ledger holds the truth, the index finds what is near, one process owns both."""

from collections.abc import Collection, Generator, Iterable, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from datetime import date
from pathlib import Path
from threading import RLock
from types import TracebackType
from typing import Literal

from domain.items import Item
from domain.memories import Biography, CategoryDay, Hit, ProposedCategory
from domain.papers import Paper
from domain.reports import Filing, Report
from domain.trends import DayRow, Recollection
from domain.withdrawals import Withdrawn

from .backup import pack, restore
from .chroma import discard
from .claims import fill_passages
from .database import Database
from .days import day_from_number
from .embedding import Embedder, paper_text
from .errors import ForeignMemory, MemoryBusy, MemoryUnavailable
from .history import History
from .index import KINDS, EntryKind, Index, open_index
from .items import ItemShelf
from .ledger import Earlier, Ledger
from .lives import Lives
from .mirror import Mirror
from .neighbours import Neighbours
from .owner import own
from .passages import PassageShelf
from .search import Filters, Search, hits
from .topics import TopicFinder, TopicShelf
from .vectors import Vectors, VectorShelf
from .withdrawals import gone, withdrawn

__all__ = ["ForeignMemory", "Memory", "MemoryBusy", "MemoryUnavailable", "restore"]

_CHUNK = 64
"""Papers embedded between two commits: what a run that is cut off may have to embed again."""
_LAG = 2_000
"""Papers that may wait for the index while days are taken in by the thousand. A recall compares itself with each."""
_CHECKING = "self-check"
"""Set while the index is opened and tried: an index can be so broken that trying it kills the process."""


class Memory:
    """Everything the project remembers, in one folder. Safe to call from several threads, one call at a time runs."""

    def __init__(
        self, database: Database, index: Index, embedder: Embedder, topics: TopicShelf, notes: list[str]
    ) -> None:
        self.notes = notes
        """What was found and mended on opening."""
        self._lock = RLock()
        self._database = database
        self._ledger = Ledger(database)
        self._history = History(database, topics)
        self._shelf = VectorShelf(database, embedder.name)
        self._lives = Lives(database)
        self._items = ItemShelf(database)
        self._passages = PassageShelf(database)
        self._index = index
        self._search = Search(database, index, self._shelf, self._passages, embedder)
        self._neighbours = Neighbours(self._ledger, self._shelf, index)
        self._mirror = Mirror(index, self._shelf, self._passages, self._embed_papers)
        self._embedder = embedder
        self._lag = 0
        self._opened = ExitStack()

    @classmethod
    def open(
        cls,
        folder: Path,
        embedder: Embedder,
        *,
        url: str | None = None,
        headers: Mapping[str, str] | None = None,
        lexicon: TopicFinder | None = None,
        wait: float = 0,
        embed_anew: bool = False,
    ) -> "Memory":
        """Opens the memory in ``folder``, made now if there is none; ``url`` names a Chroma server for the index.

        ``headers`` go with every request to the server: a proxy's token. ``lexicon`` finds the papers' topics; without
        one there are none. ``wait``: seconds to wait for whoever has the folder open.
        ``embed_anew``: the memory of another embedder is opened too, and what it holds embedded with this one.

        The index is tried on a sample and mended from the ledger where it lacks papers or is damaged; ``notes`` says
        so. Raises MemoryBusy while another process (or this one) still has the folder open, ForeignMemory for the
        memory of another embedder or a newer version, MemoryUnavailable where the folder, the ledger or the server
        fails.
        """
        folder = folder.expanduser().resolve()
        with ExitStack() as opened:
            own(folder, opened, wait)
            if embed_anew:
                embedder(["Is it there?"])  # before the memory becomes its own
            database = Database(folder / "ledger.sqlite", embedder, embed_anew=embed_anew)
            opened.callback(database.close)
            notes: list[str] = []
            fill_passages(database)
            topics = TopicShelf(database, lexicon)
            if database.setting(_CHECKING) and not url:
                notes.append("The last run ended while it tried the index, so the index is made anew.")
                discard(folder / "chroma")
            database.set_setting(_CHECKING, "running")
            try:
                index = open_index(folder / "chroma", embedder, url, headers, notes)
                opened.callback(index.close)
                memory = cls(database, index, embedder, topics, notes)
                notes += memory._mirror.mend()
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

        A paper is known by its id or by its title; ``most`` nearest earlier papers come with it, but for those that
        were withdrawn since. Later days and
        earlier runs of the same day do not change the answer. Vectors are computed once and kept.
        """
        with self._lock:
            papers = list({paper.id: paper for paper in papers}.values())
            earlier = self._ledger.earlier(papers, before)
            vectors = self._vectors(papers, earlier)
            if self._lag:
                self._embed_papers()  # what waits for the index is compared by its vector
            near = self._neighbours.of(vectors, earlier, before, most)
            lost = gone(self._database, before)
        return {
            paper.id: Recollection(
                paper_id=paper.id,
                first_day=day_from_number(known.first_day) if known else None,
                days=tuple(day_from_number(day) for day in known.days) if known else (),
                category=known.category if known else None,
                neighbours=tuple(one for one in near.get(paper.id, ()) if one.paper_id not in lost),
            )
            for paper in papers
            for known in [earlier.get(paper.id)]
        }

    def withdrawn(self, papers: Sequence[Paper], before: date) -> dict[str, Withdrawn]:
        """Those of ``papers`` that are withdrawn, by id: they say so themselves, or a day strictly before ``before``
        knew it."""
        with self._lock:
            earlier = self._ledger.earlier(papers, before)
            return withdrawn(self._database, papers, {id: one.first_day for id, one in earlier.items()}, before)

    def remember(self, report: Report) -> None:
        """Keeps a published day, in place of what was kept for that day and language."""
        with self._lock:
            self._ledger.write_day(report)
            self._embed_passages()
            self._mirror.catch_up(self._lag)

    @contextmanager
    def bulk(self) -> Generator[None]:
        """Within the block the days that are remembered reach the index some thousand papers at a time, which is
        quicker; what they are asked is answered all the same. A block that is cut off leaves an index that is behind,
        and is mended from the ledger when the memory is opened again."""
        self._lag = _LAG
        try:
            with self._database.unhurried():
                yield
            with self._lock:
                self._mirror.catch_up()
        finally:
            self._lag = 0

    def items(self, papers: Sequence[Paper], language: str) -> dict[str, Item]:
        """How papers were told last in a language, by paper id; only of papers whose text is the same now.

        Whoever would write an item anew compares ``made_by`` and ``quoted`` first.
        """
        with self._lock:
            return self._items.items(papers, language)

    def names(self, papers: Sequence[Paper], language: str) -> dict[str, str]:
        """What papers were called in a language, by paper id, also those whose text has changed since."""
        with self._lock:
            return self._items.names(papers, language)

    def papers(self, ids: Collection[str]) -> dict[str, Paper]:
        """The remembered papers among ``ids``, by id."""
        with self._lock:
            return self._ledger.papers(ids)

    def history(self, before: date, days: int = 28) -> tuple[DayRow, ...]:
        """The last ``days`` observed days strictly before ``before``, oldest first.

        A day is observed when its report is complete in any language and has papers. Topics are those of the lexicon
        that the memory was opened with.
        """
        with self._lock:
            return self._history.days(before, days)

    def categories(self, since: date | None = None, until: date | None = None) -> tuple[CategoryDay, ...]:
        """Every category of every remembered day from ``since`` to ``until``, both included, the earliest first."""
        with self._lock:
            return self._history.categories(since, until)

    def proposals(self, since: date | None = None) -> tuple[ProposedCategory, ...]:
        """Categories that the model missed from ``since`` on, the one missed on most days first."""
        with self._lock:
            return self._history.proposals(since)

    def search(
        self,
        text: str,
        *,
        since: date | None = None,
        until: date | None = None,
        categories: Collection[str] = (),
        sources: Collection[str] = (),
        kind: Literal["paper", "claim"] | None = None,
        most: int = 10,
    ) -> tuple[Hit, ...]:
        """Papers and claims that answer ``text``, in English or Korean, the best first (see ``search.py``).

        ``since`` and ``until`` (both included) bound the day of a claim and the first day of a paper. Several
        ``categories`` (keys) or ``sources`` mean any of them.
        """
        with self._lock:
            if self._embed_passages() or self._lag:
                self._mirror.catch_up()
            kinds: tuple[EntryKind, ...] = (
                KINDS if kind is None else (("papers",) if kind == "paper" else ("passages",))
            )
            filters = Filters(since, until, tuple(categories), tuple(sources))
            found = self._search.find(text, kinds, filters, most) if text.strip() and most > 0 else []
            return hits(found, self._ledger.papers([one.about for one in found], split=False))

    def biography(self, paper_id: str) -> Biography | None:
        """Everything that is remembered of one work, under whatever id it came; None for an unknown id."""
        with self._lock:
            return self._lives.of(paper_id)

    def sources(self) -> tuple[str, ...]:
        """The names of all sources from which remembered papers came, in alphabetical order."""
        with self._lock:
            return self._ledger.sources()

    def span(self) -> tuple[date, date] | None:
        """The first and the last remembered day; None in an empty memory."""
        with self._lock:
            return self._history.span()

    def filed(self) -> tuple[tuple[Paper, Filing], ...]:
        """Every remembered paper that has a category, with how it got it, the earliest first."""
        with self._lock:
            return self._ledger.filed()

    def refile(self, filings: Iterable[Filing]) -> int:
        """Gives remembered papers other categories, on purpose. Returns how many; unknown ids are passed over."""
        with self._lock:
            number = self._ledger.refile(filings)
            self._mirror.catch_up()
        return number

    def backup(self, target: Path) -> Path:
        """Writes a copy of the whole memory into one new file, which ``restore`` makes a memory of.

        Raises MemoryUnavailable where there is a file already, OSError where it cannot be written.
        """
        with self._lock:
            return pack(self._database, target)

    def rebuild(self) -> int:
        """Builds the index anew from the ledger, embedding nothing again. Returns how many papers it holds."""
        with self._lock:
            self._embed_passages()
            return self._mirror.rebuild()["papers"]

    def rebuild_ledger(self, reports: Iterable[Report]) -> int:
        """Builds the ledger anew from published reports, in any order, and then the index.

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
            return faults + self._mirror.faults()

    def counts(self) -> dict[str, int]:
        """How many days, papers, sightings, claims and vectors are kept, and how many papers are indexed."""
        with self._lock:
            return self._ledger.counts() | {"vectors": self._shelf.count(), "indexed": self._index.count()}

    def _embed_papers(self) -> None:
        self._embed(self._shelf.lacking())

    def _embed_passages(self) -> int:
        # Not on opening: after an update of the project there may be minutes' worth of them.
        waiting = sorted(self._passages.lacking(), key=lambda one: len(one.text))  # as the embedder likes it
        for start in range(0, len(waiting), _CHUNK):
            chunk = waiting[start : start + _CHUNK]
            self._passages.put(chunk, self._embedder([passage.text for passage in chunk]))
        return len(waiting)

    def _embed(self, papers: Iterable[Paper]) -> None:
        waiting = list(papers)
        for start in range(0, len(waiting), _CHUNK):
            chunk = waiting[start : start + _CHUNK]
            self._shelf.put(chunk, self._embedder([paper_text(paper) for paper in chunk]))

    def _vectors(self, papers: Sequence[Paper], earlier: dict[str, Earlier]) -> Vectors:
        # A paper of an earlier day keeps the text of that day, so that its vector does not wander.
        known = self._ledger.papers(
            [p.id for p in papers if p.id in earlier and p.id in earlier[p.id].ids], split=False
        )
        texts = [known[p.id] if p.id in known and known[p.id].abstract else p for p in papers]
        stored = self._shelf.of_texts(texts)
        self._embed(text for text in texts if text.id not in stored)
        return self._shelf.of_texts(texts)
