"""Search over papers and claims, by meaning and by letter.

By meaning: the question's vector against those of the papers and of the passages that claims rest on. The embedding
model reads English, so of a Korean question only the words in Latin script are embedded; where there are none, memory
translates: the claims that say the question's words lead, through the passages under them, to a vector.

By letter: titles and claims, in whatever language, that hold at least half of the question's words. A Korean word
counts without its particle.

What either way finds has one score, by which it is ordered: the mean of its cosine and of the share of the question's
words that it holds (a convex combination, Bruch, Gai and Ingber 2023). A claim holds a word also where only its passage
does, so that a Korean line is no worse an answer to an English question. Where nothing can be embedded, the words alone
count.
"""

import re
import sqlite3
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from domain.languages import HOME, every
from domain.memories import Hit
from domain.papers import Paper
from domain.tongues import any_of, by_languages, is_latin, letters

from .database import Database, as_json
from .days import day_from_number, day_number
from .embedding import Embedder
from .index import EXACT, EntryKind, Index
from .passages import PassageShelf
from .vectors import Vectors, VectorShelf

_WIDE = 500
"""Nearest entries that are asked for, unfiltered; where the filters leave too few, all that pass are compared."""
_LEADS = 5
"""Claims whose passages stand in for a question without a word of English."""
_WORDS = 12
"""Words of a question that are looked up by letter."""

_WORD = re.compile(r"[^\W_]+(?:[-.+][^\W_]+)*\+*")


class Filters(NamedTuple):
    """What a finding has to satisfy; nothing means anything."""

    since: date | None = None
    until: date | None = None
    categories: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()

    def where(self, day: str, category: str, paper: str) -> tuple[str, tuple[Any, ...]]:
        """A condition on these columns, and its values. Of a claim its first paper's sources count."""
        parts = [f"{day} BETWEEN ? AND ?"]
        values: list[Any] = [day_number(self.since or date.min), day_number(self.until or date.max)]
        if self.categories:
            parts.append(f"coalesce({category}, '') IN (SELECT value FROM json_each(?))")  # noqa: S608
            values.append(as_json(self.categories))
        if self.sources:
            parts.append(
                f"EXISTS (SELECT 1 FROM sightings s, json_each(s.sources) AS source WHERE s.paper_id = {paper} "  # noqa: S608
                "AND source.value IN (SELECT value FROM json_each(?)))"
            )
            values.append(as_json(self.sources))
        return " AND ".join(parts), tuple(values)


class Candidate(NamedTuple):
    """A paper, or a claim under the id of its passage."""

    kind: EntryKind
    id: str
    row: sqlite3.Row

    cosine: float = 0.0
    """To the question, as far as it is known yet."""
    score: float = 0.0

    @property
    def about(self) -> str:
        """The id of the paper; empty for a claim that rests on no paper."""
        return self.id if self.kind == "papers" else str(self.row["paper_id"])


_PAPER = (
    "p.id AS id, p.title_key AS work, p.first_day AS day, coalesce(p.category, '') AS category, p.title AS text, "
    "p.title AS words, '' AS language, NULL AS role"
)
_CLAIM = (
    "c.passage AS id, c.day AS day, c.category AS category, c.text AS text, c.language AS language, c.role AS role, "
    "coalesce(json_extract(c.evidence, '$[0].paper_id'), '') AS paper_id, "
    "c.text || char(10) || coalesce((SELECT text FROM passages WHERE passages.id = c.passage), '') AS words"
)


class Search:
    """Reads the ledger and the index."""

    def __init__(
        self, database: Database, index: Index, papers: VectorShelf, passages: PassageShelf, embedder: Embedder
    ) -> None:
        self._db = database
        self._index = index
        self._shelves: dict[EntryKind, VectorShelf | PassageShelf] = {"papers": papers, "passages": passages}
        self._embedder = embedder

    def find(self, text: str, kinds: Sequence[EntryKind], filters: Filters, most: int) -> list[Candidate]:
        """The best findings of these kinds, scored, the best first."""
        words = words_of(text)
        vector = self._vector(text, words)
        scored: list[Candidate] = []
        for kind in kinds:
            held = {one.id: one for one in self._by_meaning(kind, vector, filters, 5 * most)}
            # Of the claims that rest on one passage, the one that says the words is shown.
            held |= {one.id: one for one in self._by_letter(kind, words, filters, 5 * most, vector)}
            near = self._cosines(kind, held, vector)
            scored += [
                _scored(one, words, near.get(one.id, 0.0) if vector is not None else None) for one in held.values()
            ]
        return sorted(scored, key=lambda one: (-one.score, -one.cosine, one.kind, one.id))[:most]

    def _vector(self, text: str, words: Sequence[str]) -> NDArray[np.float32] | None:
        english = " ".join(word for word in text.split() if is_latin(word))
        if any(letter.isalpha() for letter in english):
            return self._embedder([english])[0]
        leads = self._by_letter("passages", words, Filters(), _LEADS)
        held = self._shelves["passages"].of_ids([one.id for one in leads])
        if not held:
            return None
        middle = np.stack(list(held.values())).mean(axis=0)
        return np.asarray(middle / np.linalg.norm(middle), np.float32)

    def _by_meaning(
        self, kind: EntryKind, vector: NDArray[np.float32] | None, filters: Filters, most: int
    ) -> list[Candidate]:
        if vector is None:
            return []
        passed: list[Candidate] = []
        if self._index.count(kind) > EXACT:
            passed = self._rows(kind, filters, self._index.nearest(vector[None], _WIDE, kind)[0])
        if len(passed) < most:
            passed = self._rows(kind, filters, None)
        near = self._cosines(kind, [one.id for one in passed], vector)
        held = [one for one in passed if one.id in near]
        return _each_work_once(sorted(held, key=lambda one: (-near[one.id], one.id)))[:most]

    def _by_letter(
        self,
        kind: EntryKind,
        words: Sequence[str],
        filters: Filters,
        most: int,
        vector: NDArray[np.float32] | None = None,
    ) -> list[Candidate]:
        """Those that hold most of the words; of these the nearest to ``vector``, or the newest."""
        if not words:
            return []
        column, source, where, values = self._source(kind, filters)
        # LIKE is what SQLite scans fastest; where a word begins is seen afterwards.
        some = " OR ".join(f"{column} LIKE ?" for _ in words)
        rows = self._db.rows(
            f"SELECT {source[0]} FROM {source[1]} WHERE ({some}) AND {where}",  # noqa: S608
            *(*(f"%{word}%" for word in words), *values),
        )
        patterns = [_pattern(word) for word in words]
        held = [(sum(1 for p in patterns if p.search(row["text"].lower())), row) for row in rows]
        most_held = sorted(
            ((number, row) for number, row in held if 2 * number >= len(words)),
            key=lambda one: (-one[0], -one[1]["day"], one[1]["language"] != HOME, one[1]["id"]),
        )[: 3 * most]
        found = [(number, Candidate(kind, row["id"], row)) for number, row in most_held]
        near = self._cosines(kind, [one.id for _, one in found], vector)
        found.sort(key=lambda one: (-one[0], -near.get(one[1].id, 0.0)))
        return _each_work_once(one for _, one in found)[:most]

    def _rows(self, kind: EntryKind, filters: Filters, ids: Collection[str] | None) -> list[Candidate]:
        """What passes the filters, of ``ids`` or of all."""
        _, source, where, values = self._source(kind, filters)
        if ids is not None:
            where += f" AND {'p.id' if kind == 'papers' else 'c.passage'} IN (SELECT value FROM json_each(?))"  # noqa: S608
            values = (*values, as_json(ids))
        rows = self._db.rows(
            f"SELECT {source[0]} FROM {source[1]} WHERE {where} ORDER BY day DESC, language DESC, role, text",  # noqa: S608
            *values,
        )
        return _each_work_once([Candidate(kind, row["id"], row) for row in rows])

    def _source(self, kind: EntryKind, filters: Filters) -> tuple[str, tuple[str, str], str, tuple[Any, ...]]:
        """Searched column, columns and table, condition and its values."""
        if kind == "papers":
            where, values = filters.where("p.first_day", "p.category", "p.id")
            return "p.title", (_PAPER, "papers p"), where, values
        where, values = filters.where("c.day", "c.category", "json_extract(c.evidence, '$[0].paper_id')")
        return "c.text", (_CLAIM, "claims c"), f"c.passage != '' AND {where}", values

    def _cosines(self, kind: EntryKind, ids: Collection[str], vector: NDArray[np.float32] | None) -> dict[str, float]:
        held: Vectors = self._shelves[kind].of_ids(ids) if vector is not None else {}
        if vector is None or not held:
            return {}
        likeness = np.stack(list(held.values())).astype(np.float64) @ vector.astype(np.float64)
        return {one: round(float(value), 6) for one, value in zip(held, likeness, strict=True)}


def _scored(one: Candidate, words: Sequence[str], cosine: float | None) -> Candidate:
    """``cosine``: None where the question has no vector."""
    near = None if cosine is None else min(1.0, max(0.0, cosine))
    wording = _share(words, one.row["words"])
    parts = [part for part in (near, wording) if part is not None]
    return one._replace(cosine=near or 0.0, score=round(sum(parts) / len(parts), 6))


def _share(words: Sequence[str], text: str) -> float | None:
    """Share of the words that a text holds; None without words."""
    text = text.lower()
    return sum(1 for word in words if _pattern(word).search(text)) / len(words) if words else None


def hits(found: Iterable[Candidate], papers: Mapping[str, Paper]) -> tuple[Hit, ...]:
    """What a reader is shown. ``papers``: those that the findings speak of."""
    shown: list[Hit] = []
    for one in found:
        paper = papers.get(one.about)
        shown.append(
            Hit(
                kind="paper" if one.kind == "papers" else "claim",
                paper_id=one.about,
                title=paper.title if paper else "",
                url=paper.url if paper else "",
                day=day_from_number(one.row["day"]),
                category=one.row["category"],
                text=one.row["text"],
                similarity=one.cosine,
                score=one.score,
                language=one.row["language"],
                role=one.row["role"],
            )
        )
    return tuple(shown)


@by_languages
def _endings() -> re.Pattern[str]:
    """Behind two letters of their language at least."""
    own = [each for each in every() if each.question_endings]
    return re.compile(any_of(rf"(?<={letters(each)}{{2}})(?:{each.question_endings})$" for each in own))


@by_languages
def _common() -> frozenset[str]:
    return frozenset(word for each in every() for word in each.question_words)


def words_of(text: str) -> tuple[str, ...]:
    """The words of a question that are worth looking up by letter, in lower case, Korean ones without particle."""
    endings, common = _endings(), _common()
    words = (endings.sub("", word) for word in _WORD.findall(text.lower()))
    return tuple(dict.fromkeys(w for w in words if w not in common and (len(w) > 1 or not is_latin(w))))[:_WORDS]


def _pattern(word: str) -> re.Pattern[str]:
    """A word where words begin; a short one also has to end there (``rag`` is not in ``ragged``)."""
    if not is_latin(word):
        return re.compile(re.escape(word))
    return re.compile(rf"(?<![a-z0-9]){re.escape(word)}" + (r"(?![a-z0-9])" if len(word) < 4 else ""))


def _each_work_once(found: Iterable[Candidate]) -> list[Candidate]:
    """One claim of those that rest on the same passage, one record of those that a work came under: the first."""
    first: dict[str, Candidate] = {}
    for one in found:
        first.setdefault(one.row["work"] if one.kind == "papers" else one.id, one)
    return list(first.values())
