"""Papers as the ledger's rows."""

import hashlib
import json
import sqlite3
from datetime import date
from typing import Any

from pydantic import TypeAdapter

from domain.papers import Paper, title_key
from domain.resources import Resource
from domain.sentences import Sentence

from .database import as_json
from .embedding import paper_text

_RESOURCES, _SENTENCES = TypeAdapter(tuple[Resource, ...]), TypeAdapter(tuple[Sentence, ...])


def text_hash(paper: Paper) -> str:
    """Names the text that a vector was computed from."""
    return hashlib.sha256(paper_text(paper).encode()).hexdigest()[:16]


def paper_of(row: sqlite3.Row, *, split: bool = True) -> Paper:
    """The paper that a whole row of ``papers`` holds. A row from before schema 3 has no sentences: they are made now,
    unless nobody reads them (``split``)."""
    fields: dict[str, Any] = {"resources": json.loads(row["resources"]), "sentences": json.loads(row["sentences"])}
    if split and not fields["sentences"]:
        fields = {}
    return Paper(
        id=row["id"],
        title=row["title"],
        abstract=row["abstract"],
        authors=tuple(json.loads(row["authors"])),
        links=tuple(json.loads(row["links"])),
        published=date.fromisoformat(row["published"]) if row["published"] else None,
        categories=tuple(json.loads(row["arxiv_categories"])),
        votes=row["votes"],
        **fields,
    )


def paper_row(paper: Paper) -> tuple[Any, ...]:
    """Its columns up to the votes, in the table's order, then its resources and sentences."""
    return (
        paper.id,
        paper.title,
        title_key(paper.title),
        paper.abstract,
        text_hash(paper),
        as_json(paper.authors),
        as_json(paper.links),
        paper.published.isoformat() if paper.published else None,
        as_json(paper.categories),
        paper.votes,
        _RESOURCES.dump_json(paper.resources, exclude_defaults=True).decode(),
        _SENTENCES.dump_json(paper.sentences, exclude_defaults=True).decode(),
    )
