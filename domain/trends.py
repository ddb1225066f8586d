"""What the days before say about today. Computed from stored rows; a writer may phrase these facts, never make them."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Literal

from .papers import Paper
from .value import Value


class Neighbour(Value):
    """An earlier paper that stands close to one of today's."""

    paper_id: str
    title: str
    url: str
    day: date
    """The day on which it was first listed."""
    similarity: float
    """Cosine of the two vectors, 1.0 for the same text."""


class Recollection(Value):
    """What memory knows about one of today's papers from the days before."""

    paper_id: str
    first_day: date | None = None
    """The earlier day on which it first came; None for a new paper."""
    days: tuple[date, ...] = ()
    """All earlier days on which it came."""
    category: str | None = None
    """Where it was filed then."""
    neighbours: tuple[Neighbour, ...] = ()
    """Nearest earlier papers, the nearest first."""


class Fact(Value):
    """One statement about other days, with the numbers, days and papers from which it recomputes."""

    id: str
    kind: Literal["repeat", "continuing"]
    category: str | None
    """Key of the category it speaks of; None for the whole day."""
    ko: str
    en: str
    papers: tuple[str, ...] = ()
    days: tuple[date, ...] = ()
    numbers: tuple[float, ...] = ()

    def text(self, language: str) -> str:
        return self.ko if language == "ko" else self.en


def repeats(papers: Sequence[Paper], memory: dict[str, Recollection], category: str) -> list[Fact]:
    """One fact per paper that an earlier day already had."""
    return [
        Fact(
            id=f"repeat:{paper.id}",
            kind="repeat",
            category=category,
            ko=f"「{paper.title}」은(는) {known.first_day}에 처음 소개된 논문이다.",
            en=f"“{paper.title}” was first listed on {known.first_day}.",
            papers=(paper.id,),
            days=known.days,
        )
        for paper in papers
        if (known := memory.get(paper.id)) and known.first_day
    ]


def continuing(
    papers: Sequence[Paper], memory: dict[str, Recollection], category: str, *, threshold: float, most: int = 3
) -> list[Fact]:
    """The closest pairs of a new paper and an earlier one, nearest first, above ``threshold`` cosine."""
    pairs = sorted(
        (
            (near.similarity, paper, near)
            for paper in papers
            if (known := memory.get(paper.id)) and not known.first_day
            for near in known.neighbours[:1]
            if near.similarity >= threshold
        ),
        key=lambda row: (-row[0], row[1].id),
    )
    return [
        Fact(
            id=f"continuing:{paper.id}",
            kind="continuing",
            category=category,
            ko=f"「{paper.title}」은(는) {near.day}에 소개된 「{near.title}」과(와) 가까운 주제이다.",
            en=f"“{paper.title}” is close in subject to “{near.title}”, listed on {near.day}.",
            papers=(paper.id, near.paper_id),
            days=(near.day,),
            numbers=(round(similarity, 3),),
        )
        for similarity, paper, near in pairs[:most]
    ]


def by_id(recollections: Iterable[Recollection]) -> dict[str, Recollection]:
    return {r.paper_id: r for r in recollections}
