"""The vectors of the papers, and which of them the index does not have yet."""

import sqlite3
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from domain.papers import Paper

from .database import Database, as_json
from .errors import MemoryUnavailable
from .rows import paper_of, text_hash

Vectors = dict[str, NDArray[np.float32]]
"""Vectors by id."""


class IndexEntry(NamedTuple):
    """What the index holds of one paper or passage."""

    id: str
    vector: NDArray[np.float32]
    fields: dict[str, int | str]


class VectorShelf:
    """The vectors of one embedder. They are kept as soon as they are computed, mostly before their paper is."""

    def __init__(self, database: Database, embedder: str) -> None:
        self._db = database
        self._embedder = embedder

    def of_texts(self, papers: Iterable[Paper]) -> Vectors:
        """The stored vectors of exactly these papers' texts."""
        hashes = {paper.id: text_hash(paper) for paper in papers}
        rows = self._db.rows(
            "SELECT paper_id, text_hash, vector FROM vectors "
            "WHERE embedder = ? AND paper_id IN (SELECT value FROM json_each(?))",
            *(self._embedder, as_json(hashes)),
        )
        return {row[0]: as_vector(row[2]) for row in rows if hashes[row[0]] == row[1]}

    def of_ids(self, ids: Collection[str]) -> Vectors:
        rows = self._db.rows(
            "SELECT paper_id, vector FROM vectors WHERE embedder = ? AND paper_id IN (SELECT value FROM json_each(?))",
            *(self._embedder, as_json(ids)),
        )
        return {row[0]: as_vector(row[1]) for row in rows}

    def put(self, papers: Sequence[Paper], vectors: NDArray[np.float32]) -> None:
        """Stores one row of ``vectors`` (n, dimension) per paper."""
        with self._db.transaction():
            self._db.write_all(
                "INSERT OR REPLACE INTO vectors VALUES (?, ?, ?, ?)",
                (
                    (paper.id, self._embedder, text_hash(paper), stored)
                    for paper, stored in zip(papers, as_bytes(vectors), strict=True)
                ),
            )
            self._db.write(
                "INSERT OR IGNORE INTO unindexed SELECT id FROM papers WHERE id IN (SELECT value FROM json_each(?))",
                as_json(paper.id for paper in papers),
            )

    def lacking(self) -> list[Paper]:
        """Papers that the index waits for and whose text, as it stands, has no vector yet."""
        # A cross join keeps its order: those few are looked up, where SQLite would go through all papers by rowid.
        rows = self._db.rows(
            "SELECT p.* FROM unindexed u CROSS JOIN papers p ON p.id = u.paper_id "
            "LEFT JOIN vectors v ON v.paper_id = p.id AND v.embedder = ? AND v.text_hash = p.text_hash "
            "WHERE v.paper_id IS NULL ORDER BY p.rowid",
            self._embedder,
        )
        return [paper_of(row, split=False) for row in rows]

    def entries(self) -> Iterator[IndexEntry]:
        """What the index should hold, oldest first."""
        return self._entries("")

    def entries_of(self, ids: Collection[str]) -> Iterator[IndexEntry]:
        return self._entries("WHERE p.id IN (SELECT value FROM json_each(?))", as_json(ids))

    def _entries(self, where: str, *values: str) -> Iterator[IndexEntry]:
        rows = self._db.cursor(
            "SELECT p.id, p.first_day, coalesce(p.category, ''), v.vector FROM papers p "  # noqa: S608
            f"JOIN vectors v ON v.paper_id = p.id AND v.embedder = ? {where} ORDER BY p.rowid",
            *(self._embedder, *values),
        )
        return (IndexEntry(row[0], as_vector(row[3]), {"day": row[1], "category": row[2]}) for row in rows)

    def sample(self, size: int) -> Vectors:
        """Vectors that the index should hold: of the newest papers, where damage to its files shows, and of any."""
        indexed = "FROM papers WHERE id NOT IN (SELECT paper_id FROM unindexed)"
        rows = self._db.rows(
            f"SELECT id FROM (SELECT id {indexed} ORDER BY rowid DESC LIMIT ?) "  # noqa: S608
            f"UNION SELECT id {indexed} AND rowid IN (SELECT value FROM json_each(?))",
            *(size // 2, self._db.drawn("papers", size // 2)),
        )
        return self.of_ids([row[0] for row in rows])

    def count(self) -> int:
        return self._db.number("SELECT count(*) FROM vectors WHERE embedder = ?", self._embedder)

    def missing(self) -> int:
        """How many remembered papers have no vector at all."""
        return self._db.number(
            "SELECT count(*) FROM papers WHERE id NOT IN (SELECT paper_id FROM vectors WHERE embedder = ?)",
            self._embedder,
        )

    def number(self) -> int:
        """How many papers are remembered."""
        return self._db.number("SELECT count(*) FROM papers")

    def ids(self) -> set[str]:
        """Their ids."""
        return {row[0] for row in self._db.rows("SELECT id FROM papers")}

    def behind(self) -> set[str]:
        """Ids whose entry in the index is behind: to be written, or removed where the paper is gone."""
        return {row[0] for row in self._db.rows("SELECT paper_id FROM unindexed")}

    def mark_behind(self, ids: Collection[str]) -> None:
        with self._db.transaction():
            self._db.write("INSERT OR IGNORE INTO unindexed SELECT value FROM json_each(?)", as_json(ids))

    def mark_indexed(self, ids: Collection[str]) -> None:
        with self._db.transaction():
            self._db.write("DELETE FROM unindexed WHERE paper_id IN (SELECT value FROM json_each(?))", as_json(ids))


def stored_vectors(ledger: Path, embedder: str) -> Vectors:
    """All vectors that an embedder made, read beside whoever has the memory open; none where there is no ledger.

    Raises MemoryUnavailable where the file cannot be read.
    """
    if not ledger.is_file():
        return {}
    try:
        with closing(sqlite3.connect(f"{ledger.resolve().as_uri()}?mode=ro", uri=True)) as db:
            rows = db.execute("SELECT paper_id, vector FROM vectors WHERE embedder = ?", (embedder,))
            return {id: as_vector(vector) for id, vector in rows}
    except sqlite3.Error as error:
        raise MemoryUnavailable(f"The ledger {ledger} cannot be read: {error}.") from error


def known_vectors(ledger: Path, embedder: str, papers: Iterable[Paper]) -> Vectors:
    """The vectors that an embedder made of exactly these papers' texts, told from the file alone, which stays
    untouched: what another process is writing may be missing. Raises MemoryUnavailable where the file cannot be
    read."""
    if not ledger.is_file():
        return {}
    hashes = {paper.id: text_hash(paper) for paper in papers}
    query = (
        "SELECT paper_id, text_hash, vector FROM vectors "
        "WHERE embedder = ? AND paper_id IN (SELECT value FROM json_each(?))"
    )
    try:
        with closing(sqlite3.connect(f"{ledger.resolve().as_uri()}?immutable=1", uri=True)) as db:
            rows = db.execute(query, (embedder, as_json(hashes)))
            return {id: as_vector(vector) for id, text, vector in rows if text == hashes[id]}
    except sqlite3.Error as error:
        raise MemoryUnavailable(f"The ledger {ledger} cannot be read: {error}.") from error


def as_vector(stored: bytes) -> NDArray[np.float32]:
    return np.frombuffer(stored, dtype="<f4")


def as_bytes(vectors: NDArray[np.float32]) -> Iterator[bytes]:
    """One row after the other, as the ledger keeps it: float32, little-endian."""
    return (row.tobytes() for row in np.ascontiguousarray(vectors, dtype="<f4"))
