"""Which papers were withdrawn, and since when."""

from collections.abc import Mapping, Sequence
from datetime import date

from domain.papers import Paper, title_key
from domain.reports import Report
from domain.withdrawals import Withdrawn

from .database import Database, as_json
from .days import day_from_number, day_number


def write_withdrawals(database: Database, report: Report) -> None:
    """Keeps what a day says of withdrawn papers."""
    database.write_all(
        "INSERT INTO withdrawals VALUES (?, ?, ?, ?, ?, ?, ?)",
        (
            (
                *(day_number(report.day), report.language, gone.paper_id),
                *(gone.title, title_key(gone.title), gone.note, day_number(gone.day)),
            )
            for gone in report.withdrawn
        ),
    )


def withdrawn(
    database: Database, papers: Sequence[Paper], first_days: Mapping[str, int], before: date
) -> dict[str, Withdrawn]:
    """Those of ``papers`` that are withdrawn, by id: they say so themselves, or a day before ``before`` knew it.

    ``first_days``: when the papers among them that were reported before first were, by id.
    """
    keys = {paper.id: title_key(paper.title) for paper in papers}
    known: dict[str, tuple[int, str]] = {}
    for row in database.rows(
        "SELECT paper_id, title_key, since, note FROM withdrawals WHERE day < ? AND "
        "(paper_id IN (SELECT value FROM json_each(?)) OR title_key IN (SELECT value FROM json_each(?))) "
        "ORDER BY since DESC, note DESC",
        *(day_number(before), as_json(keys), as_json(keys.values())),
    ):
        known |= dict.fromkeys((row["paper_id"], row["title_key"]), (row["since"], row["note"]))
    found: dict[str, Withdrawn] = {}
    for paper in papers:
        since, note = known.get(paper.id) or known.get(keys[paper.id]) or (day_number(before), paper.withdrawn)
        if note:
            first = first_days.get(paper.id)
            found[paper.id] = Withdrawn(
                paper_id=paper.id,
                title=paper.title,
                url=paper.url,
                note=note,
                day=day_from_number(since),
                first_day=day_from_number(first) if first else None,
            )
    return found


def gone(database: Database, before: date) -> set[str]:
    """Ids of the papers that were known as withdrawn before a day."""
    return {row[0] for row in database.rows("SELECT paper_id FROM withdrawals WHERE day < ?", day_number(before))}


def withdrawal_of(database: Database, paper: Paper) -> tuple[date, str] | None:
    """Since when a paper is withdrawn, and the notice; None for one that stands."""
    rows = database.rows(
        "SELECT since, note FROM withdrawals WHERE paper_id = ? OR title_key = ? ORDER BY since, note LIMIT 1",
        *(paper.id, title_key(paper.title)),
    )
    return (day_from_number(rows[0]["since"]), rows[0]["note"]) if rows else None
