"""What a day starts from, as values: its papers as the sources gave them, and what the memory knew before it."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pydantic import Field

from agents import stories
from agents.retriever import Catch
from domain.items import Item
from domain.papers import Paper
from domain.reports import Filing
from domain.trends import DayRow, Recollection
from domain.value import Value
from domain.withdrawals import Withdrawn
from vectorstore.ahead import Ahead
from vectorstore.backup import LEDGER
from vectorstore.embedding import paper_text
from vectorstore.errors import MemoryUnavailable
from vectorstore.memory import Memory
from vectorstore.vectors import known_vectors


class Before(Value):
    """What the memory knew before a day about the papers of the day."""

    gone: tuple[Withdrawn, ...] = ()
    """Those of the papers that are withdrawn; nothing else is said of them."""
    memory: tuple[Recollection, ...] = ()
    earlier: tuple[Paper, ...] = ()
    """The papers of other days that stand near enough to one of the day's to be read."""
    history: tuple[DayRow, ...] = ()
    """The observed days before, oldest first."""
    kept: dict[str, Item] = Field(default_factory=dict)
    """What was told of papers that memory knows, by id."""
    names: dict[str, str] = Field(default_factory=dict)
    """What they are called, by id."""
    notes: tuple[str, ...] = ()
    """What the memory found and mended when it was opened."""


def expect(ahead: Ahead, memory: Path, papers: Sequence[Paper]) -> None:
    """Begins to embed those of the papers of which the memory in a folder has no vector, and takes the others from
    there."""
    with suppress(MemoryUnavailable):  # whoever opens it says so
        known = known_vectors(memory / LEDGER, ahead.name, papers)
        ahead.know({paper_text(paper): known[paper.id] for paper in papers if paper.id in known})
        ahead.begin([paper_text(paper) for paper in papers if paper.id not in known])


def look_back(memory: Memory, day: date, papers: Sequence[Paper], withdrawn: Sequence[Paper], language: str) -> Before:
    """Later days, and earlier runs of the same day, do not change the answer. ``withdrawn``: papers that say so of
    themselves."""
    gone = memory.withdrawn((*papers, *withdrawn), before=day)
    standing = [paper for paper in papers if paper.id not in gone]
    known = tuple(memory.recall(standing, before=day).values())
    return Before(
        gone=tuple(gone.values()),
        memory=known,
        earlier=tuple(memory.papers(stories.near(known)).values()),
        history=memory.history(before=day),
        kept=memory.items(standing, language),
        names=memory.names(standing, language),
        notes=tuple(memory.notes),
    )


@dataclass(frozen=True)
class GivenDay:
    """A day that was gathered and looked back on elsewhere: who runs it asks no source and no memory."""

    catch: Catch
    before: Before
    guesses: tuple[Filing, ...] = ()
    """Where papers would be filed if nothing were known of them."""
