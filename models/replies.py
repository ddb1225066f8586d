"""Remembers answers: an unchanged prompt over unchanged papers costs nothing, today or after a crash.

Only answers that could be used are kept, so that a bad one is not replayed for ever. langchain_community's SQLite cache
is imported when it is first needed: the package is on its way out, and slow to import.
"""

import errno
import hashlib
import json
import sqlite3
import warnings
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import Any

from domain.errors import InsightsError

Messages = Sequence[tuple[str, str]]


class RepliesError(InsightsError):
    """The cache's file cannot be used; what it would have answered is asked again."""


class NoRoom(RepliesError):
    """The disk is full: each answer from now on would be lost with the run."""


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
        """The answer that was given to exactly this question, or None. Raises RepliesError, as ``keep`` does."""
        with self._told():
            found = self._cache.lookup(_key(messages, schema, self._draw), model)
        return str(found[0].text) if found else None

    def keep(self, model: str, messages: Messages, schema: object, text: str) -> None:
        from langchain_core.outputs import Generation

        with self._told():
            self._cache.update(_key(messages, schema, self._draw), model, [Generation(text=text)])

    def close(self) -> None:
        """Closes the file, which the next question opens again."""
        if "_cache" in self.__dict__:
            self._cache.engine.dispose()

    @contextmanager
    def _told(self) -> Generator[None]:
        from sqlalchemy.exc import SQLAlchemyError

        try:
            yield
        except (SQLAlchemyError, OSError) as error:
            cause = getattr(error, "orig", None) or error
            full = getattr(cause, "sqlite_errorcode", None) == sqlite3.SQLITE_FULL or (
                isinstance(cause, OSError) and cause.errno in (errno.ENOSPC, errno.EDQUOT)
            )
            told = f"answers cannot be remembered in {self._path}: {cause}"
            raise (NoRoom(told) if full else RepliesError(told)) from error

    @cached_property
    def _cache(self) -> Any:
        # The package says farewell when it is imported, and at each hit that its way of loading is to change: both
        # are known and planned for.
        warnings.filterwarnings("ignore", category=DeprecationWarning, message=".*langchain-community.*")
        warnings.filterwarnings("ignore", category=PendingDeprecationWarning, message=".*allowed_objects.*")
        from langchain_community.cache import SQLiteCache
        from sqlalchemy.exc import OperationalError

        self._path.parent.mkdir(parents=True, exist_ok=True)
        try:
            return SQLiteCache(str(self._path))
        except OperationalError:  # another process made its table after this one had looked
            return SQLiteCache(str(self._path))


def _key(messages: Messages, schema: object, draw: int) -> str:
    asked = [list(messages), schema, *([draw] if draw else [])]
    return hashlib.sha256(json.dumps(asked, sort_keys=True).encode()).hexdigest()
