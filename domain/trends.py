"""What the days before say about today. Computed from stored rows; a writer may phrase these facts, never make them."""

from collections.abc import Iterable
from typing import Any, Literal

from pydantic import model_validator

from .value import ByLanguage, Day, Value, in_language, keyed


class Neighbour(Value):
    """An earlier paper that stands close to one of today's."""

    paper_id: str
    title: str
    url: str
    day: Day
    """The day on which it was first listed."""
    similarity: float
    """Cosine of the two vectors, 1.0 for the same text."""


class Recollection(Value):
    """What memory knows about one of today's papers from the days before."""

    paper_id: str
    first_day: Day | None = None
    """The earlier day on which it first came; None for a new paper."""
    days: tuple[Day, ...] = ()
    """All earlier days on which it came."""
    category: str | None = None
    """Where it was filed then."""
    neighbours: tuple[Neighbour, ...] = ()
    """Nearest earlier papers, the nearest first."""


class DayRow(Value):
    """One observed, complete day: what trends are computed from. Quiet, partial and broken days have no row."""

    day: Day
    new: int
    """Papers that came for the first time on that day."""
    categories: tuple[tuple[str, int], ...]
    """(category key, new papers)"""
    topics: tuple[tuple[str, int], ...] = ()
    """(topic key of the lexicon, new papers that speak of it)"""


class Fact(Value):
    """One statement about other days, with the numbers, days and papers from which it recomputes."""

    id: str
    kind: Literal["repeat", "continuing", "volume", "absent", "topic", "memory"]
    category: str | None
    """Key of the category it speaks of; None for the whole day."""
    texts: ByLanguage
    papers: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()
    """Of the papers, where the page may have to name one of another day."""
    days: tuple[Day, ...] = ()
    numbers: tuple[float, ...] = ()

    @model_validator(mode="before")
    @classmethod
    def _keyed_by_language(cls, given: Any) -> Any:
        return keyed(given, "texts")

    def text(self, language: str) -> str:
        return in_language(self.texts, language)


def by_id(recollections: Iterable[Recollection]) -> dict[str, Recollection]:
    return {r.paper_id: r for r in recollections}
