"""Tells which of today's papers continue the story of an earlier one, by a rule that was measured on labelled pairs.

Near vectors alone do not tell: of the pairs from cosine 0.72 up half merely share a field. A near pair is shown when
the same people wrote both, or when the titles share rare words and the texts much of their vocabulary.
``python -m evals.stories`` counts how often that is right, and how much is missed.
"""

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from domain import languages
from domain.papers import Paper
from domain.trends import Fact, Neighbour, Recollection

from .extract import PHRASES, background, phrases

NEAREST = 5
"""How many of the nearest earlier papers are looked at."""


@dataclass(frozen=True)
class Likeness:
    """What a paper and an earlier one have in common."""

    similarity: float
    """Cosine of the two vectors."""
    title_rarity: float = 0.0
    """How rare the words are that both titles hold: the sum of ln(papers / papers with the word)."""
    word_cosine: float = 0.0
    """Cosine of the two texts as sets of words weighted by rarity."""
    authors: int = 0
    """How many authors both papers have."""
    author_share: float = 0.0
    """The share that these are of the longer list of authors."""


@dataclass(frozen=True)
class Thresholds:
    """What a pair needs to be shown: the cosine, and either both kinds of words or both counts of authors.

    The share is there for the papers of large laboratories, where the same people write about many things.
    """

    similarity: float
    title_rarity: float = 0.0
    word_cosine: float = 0.0
    authors: float = math.inf
    author_share: float = 0.0

    def shows(self, pair: Likeness) -> bool:
        return pair.similarity >= self.similarity and (
            (pair.title_rarity >= self.title_rarity and pair.word_cosine >= self.word_cosine) or self.same_people(pair)
        )

    def same_people(self, pair: Likeness) -> bool:
        return pair.authors >= self.authors and pair.author_share >= self.author_share


THRESHOLDS = Thresholds(similarity=0.65, title_rarity=10, word_cosine=0.10, authors=3, author_share=0.5)


def near(recollections: Iterable[Recollection]) -> set[str]:
    """Ids of the earlier papers whose texts ``continuing`` wants to read."""
    return {one.paper_id for known in recollections for one in _near(known)}


def continuing(
    papers: Sequence[Paper],
    memory: Mapping[str, Recollection],
    earlier: Mapping[str, Paper],
    category: str,
    *,
    most: int = 3,
) -> list[Fact]:
    """Which new papers continue an earlier one, each with the nearest that it continues, the nearest pair first.

    ``earlier``: the papers of ``near`` by id; a pair whose earlier paper is not among them is not told.
    """
    shown = [pair for paper in papers if (pair := _nearest_shown(paper, memory.get(paper.id), earlier))]
    shown.sort(key=lambda pair: (-pair[0].similarity, pair[1].id))
    return [_fact(*pair, category) for pair in shown[:most]]


def compare(paper: Paper, earlier: Paper, similarity: float) -> Likeness:
    """Reads both papers; ``similarity`` is the cosine of their vectors."""
    titles = content_words(paper.title), content_words(earlier.title)
    one, other = titles[0] | content_words(paper.abstract), titles[1] | content_words(earlier.abstract)
    people = {name.casefold() for name in paper.authors}, {name.casefold() for name in earlier.authors}
    shared = len(people[0] & people[1])
    return Likeness(
        similarity=similarity,
        title_rarity=math.fsum(map(rarity, titles[0] & titles[1])),
        word_cosine=_mass(one & other) / (math.sqrt(_mass(one) * _mass(other)) or 1.0),
        authors=shared,
        author_share=shared / (max(map(len, people)) or 1),
    )


def content_words(text: str) -> set[str]:
    """The content words of a text, case folded."""
    return {phrase.casefold() for phrase in phrases(text) if " " not in phrase}


def rarity(word: str) -> float:
    """ln(papers / papers with the word), counted over the phrase table."""
    papers, counts, rarest = _table()
    return math.log(papers / counts.get(word, rarest))


def _near(known: Recollection) -> Iterator[Neighbour]:
    """The earlier papers that stand near enough to a new one, the nearest first; none for one that came before."""
    if not known.first_day:
        yield from (one for one in known.neighbours[:NEAREST] if one.similarity >= THRESHOLDS.similarity)


def _nearest_shown(
    paper: Paper, known: Recollection | None, earlier: Mapping[str, Paper]
) -> tuple[Likeness, Paper, Neighbour] | None:
    for one in _near(known) if known else ():
        if one.paper_id in earlier:
            likeness = compare(paper, earlier[one.paper_id], one.similarity)
            if THRESHOLDS.shows(likeness):
                return likeness, paper, one
    return None


def _fact(likeness: Likeness, paper: Paper, earlier: Neighbour, category: str) -> Fact:
    authors = likeness.authors if THRESHOLDS.same_people(likeness) else 0
    told = (paper.title, earlier.title, earlier.day, authors)
    return Fact(
        id=f"continuing:{paper.id}",
        kind="continuing",
        category=category,
        texts={language.code: language.facts.continuing(*told) for language in languages.every()},
        papers=(paper.id, earlier.paper_id),
        titles=(paper.title, earlier.title),
        days=(earlier.day,),
        numbers=(
            round(likeness.similarity, 3),
            round(likeness.title_rarity, 1),
            round(likeness.word_cosine, 3),
            likeness.authors,
        ),
    )


def _mass(some: Iterable[str]) -> float:
    return math.fsum(rarity(word) ** 2 for word in some)


@cache
def _table() -> tuple[int, Mapping[str, int], float]:
    papers, counts = background(PHRASES)
    # A word that is too rare for the table weighs as one that stands in a quarter as many papers as its rarest.
    return papers, counts, min(counts.values()) / 4
