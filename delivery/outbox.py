"""Remembers what was sent where, in one SQLite file, so that nothing is sent twice.

That a letter is about to be sent is on the disk before it is sent, and what came of it right after. A process that ends
in between leaves ``sending`` behind: nobody knows whether that letter went out. It is sent once more, under the same
Message-ID, and the log says so; when that happens to the same letter again, it is left to a person.
"""

import sqlite3
from collections.abc import Generator, Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path
from typing import Literal, NamedTuple

from filelock import FileLock, Timeout

from domain.errors import InsightsError
from domain.value import Value

PostState = Literal["waiting", "sending", "sent", "refused", "unsure"]
"""``refused``: not sent, and trying again as it is would not help. ``unsure``: perhaps sent, and not sent again."""

_TABLES = """
CREATE TABLE IF NOT EXISTS letters (
    issue TEXT, edition TEXT, channel TEXT, target TEXT, state TEXT NOT NULL, tries INTEGER NOT NULL,
    doubted INTEGER NOT NULL, due TEXT, said TEXT NOT NULL, changed TEXT NOT NULL,
    PRIMARY KEY (issue, edition, channel, target)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS log (
    at TEXT NOT NULL, issue TEXT NOT NULL, edition TEXT NOT NULL, channel TEXT NOT NULL, target TEXT NOT NULL,
    told TEXT NOT NULL
);
"""


class OutboxError(InsightsError):
    """The outbox cannot be used; the text says why."""


class Post(NamedTuple):
    """What goes where: one letter to one target."""

    issue: str
    """The day or week that it tells of."""
    edition: str
    """Language of a report; ``operator`` for word of a broken day."""
    channel: str
    target: str
    """Of mail an alias, since outboxes and logs are seen by others; empty for a channel that is one target itself."""

    @property
    def place(self) -> str:
        return f"{self.channel} ({self.target})" if self.target else self.channel


class DeliveryStatus(Value):
    """What became of a post."""

    post: Post
    state: PostState
    tries: int
    """How often sending it began."""
    doubted: bool
    """A process ended while it was being sent, and it was sent once more."""
    due: datetime | None
    """When it is tried again."""
    said: str
    """What the last try met with."""
    changed: datetime


class Note(NamedTuple):
    """One line of the log."""

    at: datetime
    post: Post
    told: str


class Outbox:
    """The file, held by one process at a time."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self._database = database

    @classmethod
    @contextmanager
    def open(cls, path: Path) -> Generator["Outbox"]:
        """The outbox at ``path``, made now if there is none. Raises OutboxError while another process has it, and where
        it cannot be read or written."""
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            with (
                FileLock(f"{path}.lock", timeout=0),
                closing(sqlite3.connect(path, isolation_level=None)) as database,
            ):
                database.execute("PRAGMA synchronous = FULL")
                database.executescript(_TABLES)
                yield cls(database)
        except Timeout:
            raise OutboxError(f"another process delivers from {path} just now; it will say what it did") from None
        except (OSError, sqlite3.Error) as error:
            raise OutboxError(f"the outbox {path} cannot be used: {error}") from error

    def entry(self, post: Post) -> DeliveryStatus | None:
        where = "issue = ? AND edition = ? AND channel = ? AND target = ?"
        return next(self._entries(f"WHERE {where}", post), None)

    def entries(self) -> tuple[DeliveryStatus, ...]:
        """All of them, the latest issue first."""
        return tuple(self._entries("ORDER BY issue DESC, edition, channel, target"))

    def notes(self) -> tuple[Note, ...]:
        """The log, the oldest line first."""
        rows = self._database.execute("SELECT * FROM log ORDER BY rowid")
        return tuple(Note(datetime.fromisoformat(row[0]), Post(*row[1:5]), row[5]) for row in rows)

    def begin(self, post: Post, now: datetime, *, doubted: bool = False) -> None:
        """Sending begins: whatever happens from here on, it is known that it may have gone out."""
        self._database.execute(
            "INSERT INTO letters VALUES (?, ?, ?, ?, 'sending', 1, ?, NULL, '', ?) ON CONFLICT DO UPDATE SET "
            "state = 'sending', tries = tries + 1, doubted = max(doubted, excluded.doubted), "
            "changed = excluded.changed",
            (*post, int(doubted), now.isoformat()),
        )

    def end(self, post: Post, state: PostState, now: datetime, said: str = "", due: datetime | None = None) -> None:
        """What came of it, with a line in the log."""
        where = "issue = ? AND edition = ? AND channel = ? AND target = ?"
        self._database.execute("BEGIN IMMEDIATE")
        self._database.execute(
            f"UPDATE letters SET state = ?, due = ?, said = ?, changed = ? WHERE {where}",  # noqa: S608  our own text
            (state, due.isoformat() if due else None, said, now.isoformat(), *post),
        )
        self._log(post, f"{state}: {said}" if said else state, now)
        self._database.execute("COMMIT")

    def note(self, post: Post, told: str, now: datetime) -> None:
        """A line in the log."""
        self._log(post, told, now)

    def _log(self, post: Post, told: str, now: datetime) -> None:
        self._database.execute("INSERT INTO log VALUES (?, ?, ?, ?, ?, ?)", (now.isoformat(), *post, told))

    def _entries(self, rest: str, values: tuple[str, ...] = ()) -> Iterator[DeliveryStatus]:
        for row in self._database.execute(f"SELECT * FROM letters {rest}", values):  # noqa: S608  our own text
            *post, state, tries, doubted, due, said, changed = row
            yield DeliveryStatus(
                post=Post(*post),
                state=state,
                tries=tries,
                doubted=bool(doubted),
                due=datetime.fromisoformat(due) if due else None,
                said=said,
                changed=datetime.fromisoformat(changed),
            )
