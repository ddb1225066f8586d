"""The passages that claims rest on, their vectors, and which of them the index does not have yet."""

from collections.abc import Collection, Iterator
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from .database import Database, as_json
from .vectors import IndexEntry, Vectors, as_bytes, as_vector

_DUE = "SELECT passage FROM claims WHERE passage != '' EXCEPT SELECT id FROM passages WHERE vector IS NULL"
_CLAIMED = "EXISTS (SELECT 1 FROM claims WHERE claims.passage = passages.id)"


class Passage(NamedTuple):
    id: str
    text: str


class PassageShelf:
    """Passages stay until the index has forgotten them too; those that no claim rests on are on their way out."""

    def __init__(self, database: Database) -> None:
        self._db = database

    def lacking(self) -> list[Passage]:
        """Passages without a vector, the oldest first."""
        rows = self._db.rows(f"SELECT id, text FROM passages WHERE vector IS NULL AND {_CLAIMED} ORDER BY rowid")  # noqa: S608
        return [Passage(*row) for row in rows]

    def put(self, passages: Collection[Passage], vectors: NDArray[np.float32]) -> None:
        """Stores one row of ``vectors`` (n, dimension) per passage."""
        with self._db.transaction():
            self._db.write_all(
                "UPDATE passages SET vector = ?, indexed = 0 WHERE id = ?",
                ((stored, one.id) for one, stored in zip(passages, as_bytes(vectors), strict=True)),
            )

    def of_ids(self, ids: Collection[str]) -> Vectors:
        rows = self._db.rows(
            "SELECT id, vector FROM passages WHERE vector IS NOT NULL AND id IN (SELECT value FROM json_each(?))",
            as_json(ids),
        )
        return {row[0]: as_vector(row[1]) for row in rows}

    def entries(self) -> Iterator[IndexEntry]:
        """What the index should hold, oldest first."""
        return self._entries("")

    def entries_of(self, ids: Collection[str]) -> Iterator[IndexEntry]:
        return self._entries("AND id IN (SELECT value FROM json_each(?))", as_json(ids))

    def _entries(self, where: str, *values: str) -> Iterator[IndexEntry]:
        rows = self._db.cursor(
            f"SELECT id, vector FROM passages WHERE vector IS NOT NULL AND {_CLAIMED} {where} ORDER BY rowid",  # noqa: S608
            *values,
        )
        return (IndexEntry(row[0], as_vector(row[1]), {}) for row in rows)

    def sample(self, size: int) -> Vectors:
        """Vectors that the index should hold: of the newest passages and of any."""
        indexed = "FROM passages WHERE indexed = 1"
        rows = self._db.rows(
            f"SELECT id FROM (SELECT id {indexed} ORDER BY rowid DESC LIMIT ?) "  # noqa: S608
            f"UNION SELECT id {indexed} AND rowid IN (SELECT value FROM json_each(?))",
            *(size // 2, self._db.drawn("passages", size // 2)),
        )
        return self.of_ids([row[0] for row in rows])

    def number(self) -> int:
        """How many passages the index should hold."""
        return self._db.number(f"SELECT count(*) FROM ({_DUE})")  # noqa: S608

    def ids(self) -> set[str]:
        """Their ids."""
        return {row[0] for row in self._db.rows(_DUE)}

    def behind(self) -> set[str]:
        """Ids of passages to be written to the index, or removed from it because no claim rests on them any more."""
        rows = self._db.rows(
            f"SELECT id FROM passages WHERE indexed = 0 AND (vector IS NOT NULL OR NOT {_CLAIMED})"  # noqa: S608
        )
        return {row[0] for row in rows}

    def mark_behind(self, ids: Collection[str]) -> None:
        with self._db.transaction():
            self._db.write("UPDATE passages SET indexed = 0 WHERE id IN (SELECT value FROM json_each(?))", as_json(ids))

    def mark_indexed(self, ids: Collection[str]) -> None:
        """The index has these, or has forgotten those of them that no claim rests on."""
        wanted = as_json(ids)
        with self._db.transaction():
            self._db.write(
                f"DELETE FROM passages WHERE id IN (SELECT value FROM json_each(?)) AND NOT {_CLAIMED}",  # noqa: S608
                wanted,
            )
            self._db.write("UPDATE passages SET indexed = 1 WHERE id IN (SELECT value FROM json_each(?))", wanted)
