"""What papers speak of, counted by a fixed lexicon. Kept with the papers, and counted anew when the lexicon changes."""

from collections.abc import Collection, Iterable
from typing import Protocol

from .database import Database, as_json

_SETTING = "topics"


class Lexicon(Protocol):
    """Finds topics in a text. Two lexicons of one version find the same."""

    @property
    def version(self) -> str: ...

    def topics_of(self, text: str) -> tuple[str, ...]:
        """Keys of the topics that ``text`` speaks of."""
        ...


class TopicShelf:
    """The topics of all remembered papers, or of none that can be trusted where there is no lexicon."""

    def __init__(self, database: Database, lexicon: Lexicon | None) -> None:
        self._db = database
        self._lexicon = lexicon

    def write(self, ids: Collection[str]) -> None:
        """Counts the topics of these papers, as part of the transaction that changes them."""
        if self._lexicon is None:
            # Whoever opens the memory with a lexicon counts all of them.
            self._db.write("DELETE FROM settings WHERE name = ?", _SETTING)
            return
        wanted = as_json(ids)
        self._db.write("DELETE FROM paper_topics WHERE paper_id IN (SELECT value FROM json_each(?))", wanted)
        self._insert(
            self._lexicon,
            self._db.cursor(
                "SELECT id, title, abstract FROM papers WHERE id IN (SELECT value FROM json_each(?))", wanted
            ),
        )

    def refresh(self) -> int | None:
        """Counts all papers' topics anew when they were not counted by this lexicon. Returns how many papers."""
        if self._lexicon is None or self._db.setting(_SETTING) == self._lexicon.version:
            return None
        with self._db.transaction():
            self._db.write("DELETE FROM paper_topics")
            self._insert(self._lexicon, self._db.cursor("SELECT id, title, abstract FROM papers"))
            self._db.write("INSERT OR REPLACE INTO settings VALUES (?, ?)", _SETTING, self._lexicon.version)
        return self._db.number("SELECT count(*) FROM papers")

    def _insert(self, lexicon: Lexicon, papers: Iterable[tuple[str, str, str]]) -> None:
        self._db.write_all(
            "INSERT OR IGNORE INTO paper_topics VALUES (?, ?)",
            ((row[0], topic) for row in papers for topic in lexicon.topics_of(f"{row[1]}\n{row[2]}")),
        )
