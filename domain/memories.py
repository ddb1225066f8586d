"""What a reader finds when he asks the memory: search hits, and everything that is known of one paper."""

from datetime import date
from typing import Literal

from .kinds import Role
from .papers import Paper
from .value import Value


class Hit(Value):
    """One paper or one claim that answers a search."""

    kind: Literal["paper", "claim"]
    paper_id: str
    """For a claim the first paper that it rests on; empty, as title and url, where it rests on facts alone."""
    title: str
    """The paper's."""
    url: str
    day: date
    """The day on which the paper was first listed, or the claim was published."""
    category: str
    """Key of the category; empty for a claim about the whole day."""
    text: str
    """The claim, or the paper's title."""
    similarity: float
    """Cosine to what was asked, 0–1; 0 where nothing of the question could be embedded."""
    score: float
    """What findings are ordered by, 0–1: nearness in meaning and in wording, in equal parts."""
    language: str = ""
    """Of a claim."""
    role: Role | None = None
    """Of a claim: its place on the page."""


class Biography(Value):
    """Everything that is remembered of one paper."""

    paper: Paper
    days: tuple[tuple[date, tuple[str, ...]], ...]
    """Each day on which it was listed, with the sources that had it."""
    category: str | None
    certainty: float | None
    decided_by: str | None
    withdrawn: tuple[date, str] | None = None
    """The day since which it is known as withdrawn, and the notice."""
    claims: tuple[Hit, ...] = ()
    """What was said of it, the oldest first, of a day in reading order; similarity and score are 1."""


class CategoryDay(Value):
    """One category on one day."""

    day: date
    category: str
    """Empty for papers that were not filed."""
    new: int
    repeats: int
    topics: tuple[tuple[str, int], ...] = ()
    """(topic key of the lexicon, new papers that speak of it), the most spoken of first."""


class ProposedCategory(Value):
    """A category that the taxonomy does not have and that the model missed."""

    name: str
    days: tuple[date, ...]
    """Days on which it was missed."""
    papers: tuple[str, ...]
    """Ids of the papers that would be filed there."""
