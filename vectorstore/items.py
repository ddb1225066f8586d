"""Papers as they were told: what another day, another shape or a run that goes on takes over instead of writing it."""

import sqlite3
from collections.abc import Iterator, Sequence

from pydantic import ValidationError

from domain.items import Item
from domain.papers import Paper, title_key
from domain.reports import Report

from .database import Database, as_json
from .rows import text_hash


def write_items(database: Database, report: Report) -> None:
    """Keeps the items of a report, as part of the transaction that writes its day.

    The last one stays, but a quoted one never takes the place of one that was written of the same text: quoting costs
    nothing, writing does.
    """
    hashes = {paper.id: text_hash(paper) for paper in report.papers}
    database.write_all(
        "INSERT INTO items VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (paper_id, language) DO UPDATE SET "
        "name = excluded.name, text_hash = excluded.text_hash, quoted = excluded.quoted, "
        "made_by = excluded.made_by, item = excluded.item "
        "WHERE items.text_hash != excluded.text_hash OR items.quoted >= excluded.quoted",
        (
            (
                *(item.paper_id, report.language, item.name, hashes[item.paper_id]),
                *(item.quoted, item.made_by, item.model_dump_json()),
            )
            for item in report.items
        ),
    )


class ItemShelf:
    """Reads of the ledger. A work is known under any of its ids, by its title."""

    def __init__(self, database: Database) -> None:
        self._db = database

    def items(self, papers: Sequence[Paper], language: str) -> dict[str, Item]:
        """The kept items, by paper id, of those papers whose text is still the one that was told.

        An item that this version cannot read any more is not there.
        """
        found: dict[str, Item] = {}
        for paper, row in self._rows(papers, language):
            if paper.id not in found and row["text_hash"] == text_hash(paper) and (item := _read(row)):
                found[paper.id] = item if item.paper_id == paper.id else _renamed(item, paper.id)
        return found

    def names(self, papers: Sequence[Paper], language: str) -> dict[str, str]:
        """What papers were called, by paper id; also of those whose text has changed."""
        found: dict[str, str] = {}
        for paper, row in self._rows(papers, language):
            if row["name"]:
                found.setdefault(paper.id, row["name"])
        return found

    def _rows(self, papers: Sequence[Paper], language: str) -> Iterator[tuple[Paper, sqlite3.Row]]:
        """Every paper with what is kept of its work: under its own id first, then the earliest."""
        keys = {paper.id: title_key(paper.title) for paper in papers}
        rows = self._db.rows(
            "SELECT i.*, p.title_key FROM papers p JOIN items i ON i.paper_id = p.id AND i.language = ? "
            "WHERE p.id IN (SELECT value FROM json_each(?)) OR p.title_key IN (SELECT value FROM json_each(?)) "
            "ORDER BY p.first_day, p.id",
            *(language, as_json(keys), as_json(keys.values())),
        )
        kept: dict[str, list[sqlite3.Row]] = {}
        for row in rows:
            for name in {row["paper_id"], row["title_key"]}:
                kept.setdefault(name, []).append(row)
        for paper in papers:
            for row in (*kept.get(paper.id, ()), *kept.get(keys[paper.id], ())):
                yield paper, row


def _read(row: sqlite3.Row) -> Item | None:
    try:
        return Item.model_validate_json(row["item"])
    except ValidationError:
        return None


def _renamed(item: Item, paper_id: str) -> Item:
    """The item of the same text under another id of the work."""
    claims = tuple(
        claim.model_copy(
            update={"evidence": tuple(e.model_copy(update={"paper_id": paper_id}) for e in claim.evidence)}
        )
        for claim in item.claims
    )
    return item.model_copy(update={"paper_id": paper_id, "claims": claims})
