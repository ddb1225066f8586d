"""The ledger's file: opened, guarded against strangers, brought up to date, written in transactions."""

import random
import sqlite3
from collections.abc import Generator, Iterable
from contextlib import closing, contextmanager
from importlib import resources
from pathlib import Path
from typing import Any

from pydantic_core import to_json

from domain.papers import title_key

from .embedding import Embedder
from .errors import ForeignMemory, MemoryUnavailable

SCHEMA = 5


class Database:
    """One SQLite connection. Not thread-safe: its owner makes one call at a time, from any thread."""

    def __init__(self, path: Path, embedder: Embedder, *, embed_anew: bool = False) -> None:
        """``embed_anew``: the file of another embedder becomes one of this, and waits for its vectors. Raises
        ForeignMemory for a file of another embedder or a newer schema, MemoryUnavailable for a broken one."""
        self.path = path
        try:
            self._db = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
        except sqlite3.Error as error:
            raise MemoryUnavailable(f"The ledger {path} cannot be opened: {error}.") from error
        self._db.row_factory = sqlite3.Row
        try:
            self._prepare(embedder, embed_anew=embed_anew)
        except sqlite3.OperationalError as error:
            self._db.close()
            raise MemoryUnavailable(f"The ledger {path} cannot be opened: {error}.") from error
        except sqlite3.DatabaseError as error:
            self._db.close()
            raise MemoryUnavailable(
                f"The ledger {path} is damaged ({error}). Put back a copy, or move it away and rebuild the memory "
                f"from the published reports."
            ) from error
        except ForeignMemory:
            self._db.close()
            raise

    def _prepare(self, embedder: Embedder, *, embed_anew: bool) -> None:
        self._db.execute("PRAGMA journal_mode = WAL")
        self._db.execute("PRAGMA synchronous = FULL")
        self._db.execute("PRAGMA foreign_keys = ON")
        self._db.execute("PRAGMA cache_size = -65536")  # 64 MiB: the upper pages of a million papers' indexes
        schema = self.number("PRAGMA user_version")
        if schema > SCHEMA:
            raise ForeignMemory(
                f"The ledger {self.path} was written by a newer version of this project (schema {schema}; this one "
                f"knows {SCHEMA}). Update the project, or name another memory folder."
            )
        if schema and not embed_anew:
            self._refuse_another(embedder)
        self._db.create_function("title_key", 1, title_key, deterministic=True)
        for step in range(schema + 1, SCHEMA + 1):
            statements = resources.files("vectorstore").joinpath(f"schema_{step}.sql").read_text("utf-8")
            self._db.executescript(f"BEGIN IMMEDIATE; {statements} PRAGMA user_version = {step}; COMMIT;")
        if embed_anew and schema:
            self._take_over(embedder)
        self._refuse_another(embedder)

    def _take_over(self, embedder: Embedder) -> None:
        """Papers keep the vectors of each embedder, passages have one; what the index lacks is put down for it."""
        now = {"embedder": embedder.name, "dimension": str(embedder.dimension)}
        if {name: self.setting(name) for name in now} == now:
            return
        with self.transaction():
            self.write_all("INSERT OR REPLACE INTO settings VALUES (?, ?)", now.items())
            self.write("UPDATE passages SET vector = NULL, indexed = 0")
            self.write("INSERT OR IGNORE INTO unindexed SELECT id FROM papers")

    def _refuse_another(self, embedder: Embedder) -> None:
        self._db.execute("INSERT OR IGNORE INTO settings VALUES ('embedder', ?)", (embedder.name,))
        self._db.execute("INSERT OR IGNORE INTO settings VALUES ('dimension', ?)", (str(embedder.dimension),))
        name, dimension = self.setting("embedder"), self.setting("dimension")
        if (name, dimension) != (embedder.name, str(embedder.dimension)):
            raise ForeignMemory(
                f"The memory in {self.path.parent} was made with the embedder {name} ({dimension} dimensions); this "
                f"run uses {embedder.name} ({embedder.dimension}), and their vectors cannot be compared. Run "
                f"'insights memory rebuild' to embed what it holds with {embedder.name}, or set the embedder back."
            )

    def close(self) -> None:
        self._db.close()

    @contextmanager
    def transaction(self) -> Generator[None]:
        """All of the block is stored, or nothing. Raises MemoryUnavailable where the file cannot be written."""
        try:
            self._db.execute("BEGIN IMMEDIATE")
            try:
                yield
                self._db.execute("COMMIT")
            except BaseException:
                if self._db.in_transaction:
                    self._db.execute("ROLLBACK")
                raise
        except sqlite3.OperationalError as error:
            raise MemoryUnavailable(f"The ledger {self.path} cannot be written: {error}.") from error

    def rows(self, question: str, *values: Any) -> list[sqlite3.Row]:
        return self._db.execute(question, values).fetchall()

    def cursor(self, question: str, *values: Any) -> sqlite3.Cursor:
        """Rows as they are read, for answers too large to hold."""
        return self._db.execute(question, values)

    def number(self, question: str, *values: Any) -> int:
        return self._db.execute(question, values).fetchone()[0]

    def drawn(self, table: str, most: int) -> str:
        """Rowids drawn from those of a table, as ``json_each`` reads them: ``most``, or all where there are fewer. Of
        some the row may be gone."""
        last = self.number(f"SELECT coalesce(max(rowid), 0) FROM {table}")  # noqa: S608
        return as_json(random.sample(range(1, last + 1), min(most, last)))

    def write(self, statement: str, *values: Any) -> None:
        self._db.execute(statement, values)

    def write_all(self, statement: str, rows: Iterable[tuple[Any, ...]]) -> None:
        self._db.executemany(statement, rows)

    def setting(self, name: str) -> str | None:
        row = self._db.execute("SELECT value FROM settings WHERE name = ?", (name,)).fetchone()
        return row[0] if row else None

    def set_setting(self, name: str, value: str | None) -> None:
        """Keeps a value under a name; None removes it."""
        with self.transaction():
            self.write("DELETE FROM settings WHERE name = ?", name)
            if value is not None:
                self.write("INSERT INTO settings VALUES (?, ?)", name, value)

    @contextmanager
    def unhurried(self) -> Generator[None]:
        """Within the block what is committed reaches the disk's platter some time later: of a power cut, not of a
        process that dies, the latest transactions may be gone, whole. At its end all of them are there."""
        self._db.execute("PRAGMA synchronous = NORMAL")
        self._db.execute("PRAGMA wal_autocheckpoint = 10000")  # pages: the same ones are written over and over
        try:
            yield
        finally:
            self._db.execute("PRAGMA wal_autocheckpoint = 1000")
            self._db.execute("PRAGMA synchronous = FULL")
            self._db.execute("PRAGMA wal_checkpoint")

    def copy(self, target: Path) -> None:
        """Writes a consistent copy of the file as it stands; the memory may stay open."""
        try:
            with closing(sqlite3.connect(target)) as copy:
                self._db.backup(copy)
                copy.execute("PRAGMA journal_mode = DELETE")
        except sqlite3.Error as error:
            raise MemoryUnavailable(f"The ledger {self.path} cannot be copied: {error}.") from error

    def faults(self) -> list[str]:
        """What SQLite finds wrong with the file; nothing when all is well."""
        faults = [row[0] for row in self.rows("PRAGMA quick_check") if row[0] != "ok"]
        return faults + [
            f"a row of {row[0]} points to a missing row of {row[2]}" for row in self.rows("PRAGMA foreign_key_check")
        ]


def as_json(values: Iterable[Any]) -> str:
    """A list as SQLite's ``json_each`` reads it: any number of values for one placeholder."""
    return to_json(list(values)).decode()
