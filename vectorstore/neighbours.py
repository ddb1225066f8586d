"""Which papers of other days stand nearest to today's: found in the index, ordered by the ledger's own vectors."""

from collections.abc import Mapping, Sequence
from datetime import date

import numpy as np
from numpy.typing import NDArray

from domain.trends import Neighbour

from .days import day_of
from .index import Index
from .ledger import Earlier, Ledger
from .vectors import Vectors, VectorShelf

EXACT = 2_000
"""Earlier papers up to which each is compared with all of them: as quick as the index there, and exact."""


class Neighbours:
    """Answers for a whole day at once."""

    def __init__(self, ledger: Ledger, shelf: VectorShelf, index: Index) -> None:
        self._ledger = ledger
        self._shelf = shelf
        self._index = index

    def of(
        self, vectors: Vectors, earlier: Mapping[str, Earlier], before: date, most: int
    ) -> dict[str, tuple[Neighbour, ...]]:
        """Up to ``most`` papers that first came before ``before``, nearest first, for each paper of ``vectors``.

        The paper itself, which ``earlier`` knows by other ids, and second copies of one work are left out.
        """
        eligible = self._ledger.ids_before(before)
        if not eligible or not vectors or most < 1:
            return {}
        candidates: dict[str, Sequence[str]] = {}
        waiting: list[str] = list(vectors)
        # Asked without a filter, for more than is needed; wider for those of whose answer too little is early enough.
        for wide in (max(64, 8 * most), 1024) if len(eligible) > EXACT else ():
            if waiting:
                found = self._index.nearest(np.stack([vectors[one] for one in waiting]), wide)
                early = self._ledger.first_days({near for ids in found for near in ids}, before)
                for one, ids in zip(waiting, found, strict=True):
                    candidates[one] = [near for near in ids if near in early]
                waiting = [one for one in waiting if len(candidates[one]) < 4 * most]
        # What is left asks for a few early days in a memory of many: there the ledger alone is quick, and exact.
        candidates |= dict.fromkeys(waiting, eligible)
        return self._told(self._ranked(vectors, candidates, earlier, before, most), before)

    def _ranked(
        self,
        vectors: Vectors,
        candidates: Mapping[str, Sequence[str]],
        earlier: Mapping[str, Earlier],
        before: date,
        most: int,
    ) -> dict[str, list[tuple[str, float]]]:
        """Ids with their cosines, the nearest first, of equally near ones the smaller id."""
        held = self._shelf.of_ids({near for found in candidates.values() for near in found})
        if not held:
            return {}
        names = sorted(held)
        place = {near: number for number, near in enumerate(names)}
        matrix = np.stack([held[near] for near in names]).astype(np.float64)
        early = self._ledger.first_days(held, before)
        ranked: dict[str, list[tuple[str, float]]] = {}
        for one, found in candidates.items():
            places = sorted(place[near] for near in found if near in place)
            rows = matrix if len(places) == len(names) else matrix[places]
            # Rounded: the last digits of a product depend on how many rows stand beside it.
            likeness: NDArray[np.float64] = np.round(rows @ vectors[one].astype(np.float64), 6)
            itself = {one, *(earlier[one].ids if one in earlier else ())}
            works: dict[str, tuple[str, float]] = {}
            for at in map(int, np.argsort(-likeness, kind="stable")):
                near = names[places[at]]
                if near not in itself:
                    works.setdefault(early[near][1], (near, float(likeness[at])))
                if len(works) == most:
                    break
            ranked[one] = list(works.values())
        return ranked

    def _told(
        self, ranked: Mapping[str, Sequence[tuple[str, float]]], before: date
    ) -> dict[str, tuple[Neighbour, ...]]:
        ids = {near for rows in ranked.values() for near, _ in rows}
        papers, early = self._ledger.papers(ids, split=False), self._ledger.first_days(ids, before)
        return {
            one: tuple(
                Neighbour(
                    paper_id=near,
                    title=papers[near].title,
                    url=papers[near].url,
                    day=day_of(early[near][0]),
                    similarity=similarity,
                )
                for near, similarity in rows
            )
            for one, rows in ranked.items()
        }
