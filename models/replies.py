"""Remembers answers: an unchanged prompt over unchanged papers costs nothing, today or after a crash.

Only answers that could be used are kept, so that a bad one is not replayed for ever. The table is that of LangChain's
SQLite cache, which kept the answers of earlier versions.
"""

import hashlib
import json
import sqlite3
from collections.abc import Generator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

from domain.errors import InsightsError

Messages = Sequence[tuple[str, str]]


_SCHEMA = (
    "CREATE TABLE IF NOT EXISTS full_llm_cache (prompt VARCHAR NOT NULL, llm VARCHAR NOT NULL, idx INTEGER NOT NULL, "
    "response VARCHAR, PRIMARY KEY (prompt, llm, idx))"
)
_FIND = "SELECT response FROM full_llm_cache WHERE prompt = ? AND llm = ?"
_KEEP = "INSERT OR REPLACE INTO full_llm_cache VALUES (?, ?, 0, ?)"


class RepliesFault(InsightsError):
    """The cache's file cannot be used; what it would have answered is asked again."""


class Replies:
    """A reply cache in one SQLite file."""

    def __init__(self, path: Path, draw: int = 0) -> None:
        """``draw``: which of several answers to the same question is kept and recalled."""
        self._path = path
        self._draw = draw

    def drawing(self, draw: int) -> "Replies":
        """The same file, for another answer to each question."""
        return Replies(self._path, draw)

    def get(self, model: str, messages: Messages, schema: object) -> str | None:
        """The answer that was given to exactly this question, or None. Raises RepliesFault, as ``keep`` does."""
        with self._opened() as db:
            asked = (_key(messages, schema, self._draw), model)
            found = db.execute(_FIND, asked).fetchone()
            return str(json.loads(found[0])["kwargs"]["text"]) if found else None

    def keep(self, model: str, messages: Messages, schema: object, text: str) -> None:
        with self._opened() as db, db:
            row = (_key(messages, schema, self._draw), model, json.dumps({"kwargs": {"text": text}}))
            db.execute(_KEEP, row)

    @contextmanager
    def _opened(self) -> Generator[sqlite3.Connection]:
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            with closing(sqlite3.connect(self._path, timeout=30)) as db:
                db.execute(_SCHEMA)
                yield db
        except (sqlite3.Error, OSError, ValueError, LookupError) as error:
            raise RepliesFault(f"answers cannot be remembered in {self._path}: {error}") from error


def _key(messages: Messages, schema: object, draw: int) -> str:
    asked = [list(messages), schema, *([draw] if draw else [])]
    return hashlib.sha256(json.dumps(asked, sort_keys=True).encode()).hexdigest()
