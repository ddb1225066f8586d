"""What papers speak of, found by a fixed lexicon: read when trends ask for it, kept until text or lexicon change."""

from collections.abc import Collection
from typing import Protocol

from .database import Database, as_json


class TopicFinder(Protocol):
    """Finds topics in a text. Two of one version find the same."""

    @property
    def version(self) -> str: ...

    def topics_of(self, text: str) -> tuple[str, ...]:
        """Keys of the topics that ``text`` speaks of."""
        ...


class TopicShelf:
    """The topics of papers, as the lexicon finds them now; none without a lexicon."""

    def __init__(self, database: Database, lexicon: TopicFinder | None) -> None:
        self._db = database
        self._lexicon = lexicon

    def read(self, days: Collection[int]) -> bool:
        """Whether ``paper_topics`` says, after this call, what every paper that first came on these days speaks of."""
        lexicon = self._lexicon
        if lexicon is None:
            return False
        rows = self._db.rows(
            "SELECT p.id, p.text_hash, p.title, p.abstract FROM papers p "
            "LEFT JOIN paper_topics t ON t.paper_id = p.id AND t.text_hash = p.text_hash AND t.lexicon = ? "
            "WHERE p.first_day IN (SELECT value FROM json_each(?)) AND t.paper_id IS NULL",
            *(lexicon.version, as_json(days)),
        )
        if rows:
            with self._db.transaction():
                self._db.write_all(
                    "INSERT OR REPLACE INTO paper_topics VALUES (?, ?, ?, ?)",
                    (
                        (id, lexicon.version, text_hash, as_json(lexicon.topics_of(f"{title}\n{abstract}")))
                        for id, text_hash, title, abstract in rows
                    ),
                )
        return True
