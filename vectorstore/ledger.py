"""What was published, day by day: papers, where they were seen, how they were told, claims. The truth that the index is
rebuilt from.
"""

import json
import sqlite3
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from domain.papers import Paper, address, merge, title_key
from domain.reports import Filing, Report

from .claims import release_passages, write_claims
from .database import Database, as_json
from .days import day_number
from .items import write_items
from .rows import paper_of, paper_row
from .withdrawals import write_withdrawals


class Earlier(NamedTuple):
    """One work as the days before a given day knew it, under any of its ids."""

    first_day: int
    days: tuple[int, ...]
    category: str | None
    ids: frozenset[str]


class Ledger:
    """The rows of days and papers."""

    def __init__(self, database: Database) -> None:
        self._db = database

    def write_day(self, report: Report) -> None:
        """Stores a day in one language in place of what was stored for it, in one transaction.

        A paper that only that day held and that is no longer in it is forgotten.
        """
        with self._db.transaction():
            self._write(report)

    def rewrite(self, reports: Iterable[Report]) -> int:
        """Replaces everything but the vectors by the given days, in one transaction. Returns how many reports."""
        number = 0
        with self._db.transaction():
            self._db.write("UPDATE passages SET indexed = 0")
            self._db.write("DELETE FROM days")
            self._db.write("DELETE FROM papers")
            for report in reports:
                self._write(report)
                number += 1
            self._db.write("DELETE FROM vectors WHERE paper_id NOT IN (SELECT id FROM papers)")
        return number

    def _write(self, report: Report) -> None:
        day, language = day_number(report.day), report.language
        before = self._db.rows("SELECT paper_id FROM sightings WHERE day = ? AND language = ?", day, language)
        release_passages(self._db, day, language)
        self._db.write("DELETE FROM days WHERE day = ? AND language = ?", day, language)
        self._db.write(
            "INSERT INTO days VALUES (?, ?, ?, ?, ?, ?, ?)",
            *(day, language, report.status, report.reason, report.model, report.quoted, len(report.papers)),
        )
        self._write_papers(report.papers, {filing.paper_id: filing for filing in report.filings}, day)
        self._db.write_all(
            "INSERT INTO sightings VALUES (?, ?, ?, ?)",
            ((day, language, paper.id, as_json(paper.sources)) for paper in report.papers),
        )
        self._db.write_all(
            "INSERT OR IGNORE INTO proposals VALUES (?, ?, ?, ?)",
            ((day, language, proposal.paper_id, proposal.name) for proposal in report.proposals),
        )
        write_claims(self._db, report)
        write_items(self._db, report)
        write_withdrawals(self._db, report)
        self._settle({row[0] for row in before} | {paper.id for paper in report.papers})

    def _write_papers(self, papers: Sequence[Paper], filings: Mapping[str, Filing], day: int) -> None:
        # Text and category are those of a paper's first day and stay: vectors and filings of later days rest on them.
        # What other days and languages brought is kept too, in whatever order they are written.
        ids = [paper.id for paper in papers]
        stored, decided = self.papers(ids), self._decisions(ids)
        elsewhere = {
            row[0]: row[1]
            for row in self._db.rows(
                "SELECT paper_id, min(day) FROM sightings "
                "WHERE paper_id IN (SELECT value FROM json_each(?)) GROUP BY paper_id",
                as_json(ids),
            )
        }
        rows: list[tuple[Any, ...]] = []
        for paper in papers:
            filing = filings.get(paper.id)
            decision = (filing.category, filing.certainty, filing.decided_by) if filing else (None, None, None)
            if paper.id in elsewhere:
                known, first = stored[paper.id], elsewhere[paper.id]
                pair = sorted((known, paper), key=lambda p: (p.title, p.abstract, p.links))
                if first != day:
                    pair = [known, paper] if first < day else [paper, known]
                text = {"title": pair[0].title, "abstract": pair[0].abstract, "sentences": pair[0].sentences}
                paper = merge(pair)[0].model_copy(update=text if first != day and pair[0].abstract else {})
                if first < day or not filing:
                    decision = decided.get(paper.id, decision)
            rows.append((*paper_row(paper), day, *decision))
        self._db.write_all(
            "INSERT INTO papers (id, title, title_key, abstract, text_hash, authors, links, published, "
            "arxiv_categories, votes, resources, sentences, first_day, category, certainty, decided_by) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET "
            "title = excluded.title, title_key = excluded.title_key, abstract = excluded.abstract, "
            "text_hash = excluded.text_hash, authors = excluded.authors, links = excluded.links, "
            "published = excluded.published, arxiv_categories = excluded.arxiv_categories, votes = excluded.votes, "
            "resources = excluded.resources, sentences = excluded.sentences, "
            "category = excluded.category, certainty = excluded.certainty, decided_by = excluded.decided_by",
            rows,
        )

    def sources(self) -> tuple[str, ...]:
        """The names of all sources from which papers came, in alphabetical order."""
        rows = self._db.rows("SELECT DISTINCT source.value FROM sightings, json_each(sightings.sources) AS source")
        return tuple(sorted(row[0] for row in rows))

    def _decisions(self, ids: Collection[str]) -> dict[str, tuple[str, float, str]]:
        rows = self._db.rows(
            "SELECT id, category, certainty, decided_by FROM papers "
            "WHERE category IS NOT NULL AND id IN (SELECT value FROM json_each(?))",
            as_json(ids),
        )
        return {row[0]: (row[1], row[2], row[3]) for row in rows}

    def _settle(self, touched: Collection[str]) -> None:
        """Forgets papers that no day holds, brings first days up to date, and puts all of them down for the index."""
        ids = as_json(sorted(touched))
        self._db.write("INSERT OR IGNORE INTO unindexed SELECT value FROM json_each(?)", ids)
        for table, column in (("papers", "id"), ("vectors", "paper_id")):
            self._db.write(
                f"DELETE FROM {table} WHERE {column} IN (SELECT value FROM json_each(?) "  # noqa: S608
                "WHERE NOT EXISTS (SELECT 1 FROM sightings WHERE paper_id = value))",
                ids,
            )
        self._db.write(
            "UPDATE papers SET first_day = first.day FROM (SELECT paper_id, min(day) AS day FROM sightings "
            "WHERE paper_id IN (SELECT value FROM json_each(?)) GROUP BY paper_id) AS first "
            "WHERE papers.id = first.paper_id AND papers.first_day != first.day",
            ids,
        )

    def papers(self, ids: Collection[str], *, split: bool = True) -> dict[str, Paper]:
        """The remembered papers among ``ids``; ``split``: their sentences are wanted."""
        rows = self._db.rows("SELECT * FROM papers WHERE id IN (SELECT value FROM json_each(?))", as_json(ids))
        return {row["id"]: paper_of(row, split=split) for row in rows}

    def filed(self) -> tuple[tuple[Paper, Filing], ...]:
        """Every paper that has a category, with how it got it, the earliest first."""
        rows = self._db.cursor("SELECT * FROM papers WHERE category IS NOT NULL ORDER BY first_day, id")
        return tuple(
            (
                paper_of(row, split=False),
                Filing(
                    paper_id=row["id"],
                    category=row["category"],
                    certainty=row["certainty"],
                    decided_by=row["decided_by"],
                ),
            )
            for row in rows
        )

    def refile(self, filings: Iterable[Filing]) -> int:
        """Changes the categories of known papers, in one transaction. Returns how many."""
        decisions = {f.paper_id: (f.category, f.certainty, f.decided_by, f.paper_id) for f in filings}
        known = self.papers(decisions).keys()
        with self._db.transaction():
            self._db.write_all(
                "UPDATE papers SET category = ?, certainty = ?, decided_by = ? WHERE id = ?",
                (decisions[one] for one in sorted(known)),
            )
            self._db.write("INSERT OR IGNORE INTO unindexed SELECT value FROM json_each(?)", as_json(sorted(known)))
        return len(known)

    def earlier(self, papers: Sequence[Paper], before: date) -> dict[str, Earlier]:
        """What the days before ``before`` know of each paper, by its id or by its title."""
        limit = day_number(before)
        keys = {paper.id: title_key(paper.title) for paper in papers}
        rows = self._db.rows(
            "SELECT id, title_key, first_day, category FROM papers WHERE first_day < ? AND "
            "(id IN (SELECT value FROM json_each(?)) OR title_key IN (SELECT value FROM json_each(?))) "
            "ORDER BY first_day, id",
            *(limit, as_json(keys), as_json(keys.values())),
        )
        days: dict[str, set[int]] = {}
        for paper_id, day in self._db.rows(
            "SELECT paper_id, day FROM sightings WHERE day < ? AND paper_id IN (SELECT value FROM json_each(?))",
            *(limit, as_json(row["id"] for row in rows)),
        ):
            days.setdefault(paper_id, set()).add(day)
        works: dict[str, list[sqlite3.Row]] = {}
        for row in rows:
            for name in {row["id"], row["title_key"]}:
                works.setdefault(name, []).append(row)
        found: dict[str, Earlier] = {}
        for paper_id, key in keys.items():
            same = {row["id"]: row for row in works.get(paper_id, []) + works.get(key, [])}
            if same:
                found[paper_id] = Earlier(
                    first_day=min(row["first_day"] for row in same.values()),
                    days=tuple(sorted({day for one in same for day in days[one]})),
                    category=next((row["category"] for row in rows if row["id"] in same and row["category"]), None),
                    ids=frozenset(same),
                )
        return found

    def first_days(self, ids: Collection[str], before: date) -> dict[str, tuple[int, str]]:
        """First day and title key of those papers among ``ids`` that first came before ``before``."""
        rows = self._db.rows(
            "SELECT id, first_day, title_key FROM papers "
            "WHERE first_day < ? AND id IN (SELECT value FROM json_each(?))",
            *(day_number(before), as_json(ids)),
        )
        return {row["id"]: (row["first_day"], row["title_key"]) for row in rows}

    def ids_before(self, before: date, most: int = -1) -> list[str]:
        """Ids of papers that first came before a day: of all, or of any ``most`` of them."""
        limit = (day_number(before), most)
        return [row[0] for row in self._db.rows("SELECT id FROM papers WHERE first_day < ? LIMIT ?", *limit)]

    def addresses(self, ids: Collection[str]) -> dict[str, tuple[str, str]]:
        """Title and address of the remembered papers among ``ids``."""
        rows = self._db.rows(
            "SELECT id, title, links FROM papers WHERE id IN (SELECT value FROM json_each(?))", as_json(ids)
        )
        return {row["id"]: (row["title"], address(row["id"], json.loads(row["links"]))) for row in rows}

    def counts(self) -> dict[str, int]:
        """How many days, papers, sightings (a paper on a day) and claims there are."""
        return {
            "days": self._db.number("SELECT count(DISTINCT day) FROM days"),
            "papers": self._db.number("SELECT count(*) FROM papers"),
            "sightings": self._db.number("SELECT count(*) FROM (SELECT DISTINCT day, paper_id FROM sightings)"),
            "claims": self._db.number("SELECT count(*) FROM claims"),
        }
