"""Everything that is remembered of one paper."""

import json
import sqlite3
from typing import get_args

from domain.kinds import Role
from domain.memories import Biography, Hit
from domain.papers import Paper

from .database import Database, as_json
from .days import day_from_number
from .rows import paper_of
from .withdrawals import withdrawal_of


class Lives:
    """Reads of the ledger."""

    def __init__(self, database: Database) -> None:
        self._db = database

    def of(self, paper_id: str) -> Biography | None:
        """The biography of a work, its records under other ids (same title) included; None for an unknown id."""
        records = {
            row["id"]: row
            for row in self._db.rows(
                "SELECT * FROM papers WHERE title_key = (SELECT title_key FROM papers WHERE id = ?) "
                "ORDER BY first_day, id",
                paper_id,
            )
        }
        if not records:
            return None
        ids = as_json(records)
        decided = next((row for row in records.values() if row["category"]), records[paper_id])
        withdrawal = withdrawal_of(self._db, paper_of(records[paper_id]))
        return Biography(
            paper=paper_of(records[paper_id]),
            withdrawn=withdrawal,
            days=tuple(
                (day_from_number(row["day"]), tuple(dict.fromkeys(json.loads(row["sources"]))))
                for row in self._db.rows(
                    "SELECT seen.day, json_group_array(source.value) AS sources "
                    "FROM sightings AS seen, json_each(seen.sources) AS source "
                    "WHERE seen.paper_id IN (SELECT value FROM json_each(?)) GROUP BY seen.day ORDER BY seen.day",
                    ids,
                )
            ),
            category=decided["category"],
            certainty=decided["certainty"],
            decided_by=decided["decided_by"],
            claims=self._claims(ids, {one: paper_of(row) for one, row in records.items()}),
        )

    def _claims(self, ids: str, papers: dict[str, Paper]) -> tuple[Hit, ...]:
        # A claim rests on papers of its own day, so the days of the papers lead to it.
        rows = self._db.rows(
            "SELECT c.day, c.language, c.category, c.text, c.role, about.paper_id "
            "FROM (SELECT DISTINCT day, language, paper_id FROM sightings "
            "WHERE paper_id IN (SELECT value FROM json_each(?))) AS about "
            "JOIN claims AS c ON c.day = about.day AND c.language = about.language "
            "WHERE EXISTS (SELECT 1 FROM json_each(c.evidence) AS item "
            "WHERE json_extract(item.value, '$.paper_id') = about.paper_id) "
            "OR EXISTS (SELECT 1 FROM json_each(c.facts) AS fact WHERE fact.value = 'continuing:' || about.paper_id) "
            "ORDER BY c.day, c.language DESC, (SELECT place.key FROM json_each(?) AS place "
            "WHERE place.value = c.role), c.category, c.n",
            *(ids, as_json(get_args(Role))),
        )
        return tuple(_hit(row, papers[row["paper_id"]]) for row in rows)


def _hit(row: sqlite3.Row, paper: Paper) -> Hit:
    return Hit(
        kind="claim",
        paper_id=paper.id,
        title=paper.title,
        url=paper.url,
        day=day_from_number(row["day"]),
        category=row["category"],
        text=row["text"],
        similarity=1.0,
        score=1.0,
        language=row["language"],
        role=row["role"],
    )
