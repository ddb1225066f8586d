"""The days as rows of numbers: what trends are computed from, and how the categories fared."""

import json
import sqlite3
from collections.abc import Collection, Iterable
from datetime import date

from domain.memories import CategoryDay, ProposedCategory
from domain.trends import DayRow

from .database import Database, as_json
from .days import day_from_number, day_number
from .topics import TopicShelf

# A work is new on its first day, under whatever id it came. Both sides of the join are indexed, so that a few days
# of a large memory cost no more than those of a small one.
_NEW = """
    FROM papers p WHERE p.first_day IN (SELECT value FROM json_each(?))
    AND NOT EXISTS (SELECT 1 FROM papers q WHERE q.title_key = p.title_key AND q.first_day < p.first_day)
"""


class History:
    """Reads of the ledger. No count is stored, so none can fall behind when an earlier day is written later."""

    def __init__(self, database: Database, topics: TopicShelf) -> None:
        self._db = database
        self._topics = topics

    def days(self, before: date, most: int) -> tuple[DayRow, ...]:
        """The last ``most`` observed days strictly before ``before``, oldest first.

        Observed: complete in any language, and with papers. A paper is new on the first day of its work, under whatever
        id it came then; papers without a category count under an empty key.
        """
        observed = [
            row[0]
            for row in self._db.rows(
                "SELECT DISTINCT day FROM days WHERE status = 'complete' AND papers > 0 AND day < ? "
                "ORDER BY day DESC LIMIT ?",
                *(day_number(before), most),
            )
        ]
        wanted = as_json(observed)
        categories = _by_day(
            self._db.rows(
                f"SELECT p.first_day, coalesce(p.category, '') AS key, count(*) {_NEW} GROUP BY 1, 2 ORDER BY 1, 2",
                wanted,
            )
        )
        topics = _by_day(
            self._db.rows(
                "SELECT new.first_day, topic.value, count(*) FROM "  # noqa: S608
                f"(SELECT p.id, p.first_day {_NEW}) AS new JOIN paper_topics AS t ON t.paper_id = new.id "
                "JOIN json_each(t.topics) AS topic GROUP BY 1, 2 ORDER BY 1, 2",
                wanted,
            )
            if self._topics.read(observed)
            else ()
        )
        return tuple(
            DayRow(
                day=day_from_number(day),
                new=sum(count for _, count in categories.get(day, ())),
                categories=categories.get(day, ()),
                topics=topics.get(day, ()),
            )
            for day in reversed(observed)
        )

    def span(self) -> tuple[date, date] | None:
        [row] = self._db.rows("SELECT min(day), max(day) FROM days")
        return (day_from_number(row[0]), day_from_number(row[1])) if row[0] else None

    def categories(self, since: date | None, until: date | None) -> tuple[CategoryDay, ...]:
        """Every category of every day of the span, the earliest first, with counts and topics."""
        span = _span(since, until)
        days = [row[0] for row in self._db.rows("SELECT DISTINCT day FROM days WHERE day BETWEEN ? AND ?", *span)]
        spoken: dict[tuple[int, str], list[tuple[str, int]]] = {}
        for day, category, topic, papers in self._spoken(days):
            spoken.setdefault((day, category), []).append((topic, papers))
        return tuple(
            CategoryDay(
                day=day_from_number(row["day"]),
                category=row["category"],
                new=row["new"],
                repeats=row["total"] - row["new"],
                topics=tuple(spoken.get((row["day"], row["category"]), ())),
            )
            for row in self._db.rows(
                "SELECT seen.day, coalesce(p.category, '') AS category, count(*) AS total, "
                "count(*) FILTER (WHERE seen.day = p.first_day AND NOT EXISTS "
                "(SELECT 1 FROM papers q WHERE q.title_key = p.title_key AND q.first_day < p.first_day)) AS new "
                "FROM (SELECT DISTINCT day, paper_id FROM sightings WHERE day BETWEEN ? AND ?) AS seen "
                "JOIN papers p ON p.id = seen.paper_id GROUP BY 1, 2 ORDER BY 1, 2",
                *span,
            )
        )

    def _spoken(self, days: Collection[int]) -> list[sqlite3.Row]:
        """(day, category, topic, new papers that speak of it), of a category the most spoken of first."""
        if not self._topics.read(days):
            return []
        return self._db.rows(
            "SELECT new.first_day, new.category, topic.value, count(*) AS papers FROM "  # noqa: S608
            f"(SELECT p.id, p.first_day, coalesce(p.category, '') AS category {_NEW}) AS new "
            "JOIN paper_topics AS t ON t.paper_id = new.id JOIN json_each(t.topics) AS topic "
            "GROUP BY 1, 2, 3 ORDER BY 1, 2, papers DESC, 3",
            as_json(days),
        )

    def proposals(self, since: date | None) -> tuple[ProposedCategory, ...]:
        """Categories that the model missed, by name (whatever its case), the most often proposed first."""
        rows = self._db.rows(
            "SELECT trim(o.name) AS name, min(o.day), json_group_array(DISTINCT o.day) AS days, "
            "json_group_array(DISTINCT o.paper_id) AS papers "
            "FROM (SELECT * FROM proposals WHERE day >= ? ORDER BY day, paper_id) AS o GROUP BY lower(trim(o.name))",
            day_number(since) if since else 0,
        )
        found = [
            ProposedCategory(
                name=row["name"],
                days=tuple(day_from_number(day) for day in sorted(json.loads(row["days"]))),
                papers=tuple(json.loads(row["papers"])),
            )
            for row in rows
        ]
        return tuple(sorted(found, key=lambda one: (-len(one.days), -len(one.papers), one.name)))


def _span(since: date | None, until: date | None) -> tuple[int, int]:
    return day_number(since or date.min), day_number(until or date.max)


def _by_day(rows: Iterable[sqlite3.Row]) -> dict[int, tuple[tuple[str, int], ...]]:
    found: dict[int, list[tuple[str, int]]] = {}
    for day, key, count in rows:
        found.setdefault(day, []).append((key, count))
    return {day: tuple(counts) for day, counts in found.items()}
