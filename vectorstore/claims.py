"""Remembered claims, and the passages that they rest on.

A claim is searched by its passage: the sentences of the papers that it cites, or the English wording of the facts. They
are English in every report, as the embedding model wants its texts, and the same for the claims of all languages.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator
from typing import Any

from domain.claims import Claim
from domain.kinds import Role
from domain.reports import Report

from .database import Database, as_json
from .days import day_number


def passage_of(quotes: Iterable[str], facts: Iterable[str] = ()) -> str:
    """What of a claim is embedded; nothing where it rests on nothing."""
    return "\n".join(dict.fromkeys((*quotes, *facts)))


def passage_id(text: str) -> str:
    return f"passage:{hashlib.sha256(text.encode()).hexdigest()[:16]}" if text else ""


def passages_of(report: Report) -> list[str]:
    """The passages on which the claims of a report rest, each once."""
    return list(dict.fromkeys(passage for *_, passage in _rows(report) if passage))


def write_claims(database: Database, report: Report) -> None:
    """Stores the claims of a report, as part of the transaction that writes its day."""
    rows = list(_rows(report))
    _write_passages(database, (passage for *_, passage in rows))
    database.write_all(
        "INSERT INTO claims VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        ((day_number(report.day), report.language, *row, passage_id(passage)) for *row, passage in rows),
    )


def release_passages(database: Database, day: int, language: str) -> None:
    """Lets the index look again at what the claims of a day rest on, before they are deleted."""
    database.write(
        "UPDATE passages SET indexed = 0 WHERE id IN (SELECT passage FROM claims WHERE day = ? AND language = ?)",
        *(day, language),
    )


def fill_passages(database: Database) -> None:
    """Gives passages to the claims of a ledger that was written before there were any."""
    with database.transaction():
        rows = [
            (passage_of(item["quote"] for item in json.loads(row["evidence"])), *tuple(row)[:5])
            for row in database.rows(
                "SELECT day, language, category, role, n, evidence FROM claims WHERE passage IS NULL"
            )
        ]
        _write_passages(database, (passage for passage, *_ in rows))
        database.write_all(
            "UPDATE claims SET passage = ? WHERE day = ? AND language = ? AND category = ? AND role = ? AND n = ?",
            ((passage_id(passage), *key) for passage, *key in rows),
        )


def _write_passages(database: Database, passages: Iterable[str]) -> None:
    database.write_all(
        "INSERT OR IGNORE INTO passages (id, text) VALUES (?, ?)",
        ((passage_id(text), text) for text in dict.fromkeys(passages) if text),
    )


def _rows(report: Report) -> Iterator[tuple[Any, ...]]:
    facts = {fact.id: fact.text("en") for fact in report.facts}
    numbers: dict[tuple[str, Role], int] = {}
    for category, claim in _placed(report):
        number = numbers[category, claim.role] = numbers.get((category, claim.role), 0) + 1
        evidence = as_json(item.model_dump() for item in claim.evidence)
        passage = passage_of((e.quote for e in claim.evidence), (facts[f] for f in claim.facts if f in facts))
        yield category, claim.role, number, claim.kind, claim.text, evidence, as_json(claim.facts), passage


def _placed(report: Report) -> Iterator[tuple[str, Claim]]:
    """Every claim with the category of the one paper that it tells of; empty for what is about the whole day."""
    filed = {filing.paper_id: filing.category for filing in report.filings}
    about = {claim: item.paper_id for item in report.items for claim in item.claims}
    about |= {known.line: known.paper_id for known in report.returning if known.line}
    for claim in report.claims():
        yield filed.get(about.get(claim, ""), ""), claim
