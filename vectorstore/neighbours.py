"""Which papers of other days stand nearest to today's: found in the index, ordered by the ledger's own vectors."""

from collections.abc import Mapping, Sequence
from datetime import date

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits

from domain.trends import Neighbour

from .days import day_from_number
from .index import EXACT, Index
from .ledger import Earlier, Ledger
from .vectors import Vectors, VectorShelf

_SPARE = 3
"""Times as many candidates as neighbours are wanted are compared: some are the paper itself, or another copy."""
_WIDER = (128, 1_024)
"""What the index is asked for where too little of its first answer is early enough."""

Early = Mapping[str, tuple[int, str]]
"""First day and title key of earlier papers, by id."""


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
        if not vectors or most < 1:
            return {}
        few = self._ledger.ids_before(before, EXACT + 1)
        with threadpool_limits(1):  # the matrices are small: beside other work, threads mostly wait for each other
            if len(few) <= EXACT:
                candidates, early = dict.fromkeys(vectors, few), self._ledger.first_days(few, before)
            else:
                candidates, early = self._found(vectors, before, _SPARE * most)
            ranked = self._ranked(vectors, candidates, early, earlier, most)
        return self._told(ranked, early)

    def _found(self, vectors: Vectors, before: date, enough: int) -> tuple[dict[str, list[str]], Early]:
        """The candidates of each paper, and what is known of them: the ``enough`` nearest early ones that the index
        has, and as many of those that it does not have yet."""
        candidates: dict[str, list[str]] = {}
        early: dict[str, tuple[int, str]] = {}
        waiting: list[str] = list(vectors)
        # Asked without a filter, for more than is needed; wider for those of whose answer too little is early enough.
        for wide in (enough + enough // 2, *_WIDER):
            if waiting:
                found = self._index.nearest(np.stack([vectors[one] for one in waiting]), wide)
                early |= self._ledger.first_days({near for ids in found for near in ids} - early.keys(), before)
                for one, ids in zip(waiting, found, strict=True):
                    candidates[one] = [near for near in ids if near in early][:enough]
                waiting = [one for one in waiting if len(candidates[one]) < enough]
        if waiting:
            # What is left asks for a few early days in a memory of many: there the ledger alone is quick, and exact.
            everything = self._ledger.ids_before(before)
            early |= self._ledger.first_days(everything, before)
            candidates |= dict.fromkeys(waiting, everything)
        if behind := self._shelf.of_ids(self._shelf.behind()):
            late = self._ledger.first_days(behind, before)
            early |= late
            for one, ids in _nearest(vectors, {id: behind[id] for id in late}, enough).items():
                candidates[one] = list(dict.fromkeys((*candidates[one], *ids)))
        return candidates, early

    def _ranked(
        self,
        vectors: Vectors,
        candidates: Mapping[str, Sequence[str]],
        early: Early,
        earlier: Mapping[str, Earlier],
        most: int,
    ) -> dict[str, list[tuple[str, float]]]:
        """Ids with their cosines, the nearest first, of equally near ones the smaller id."""
        held = self._shelf.of_ids({near for found in candidates.values() for near in found})
        if not held:
            return {}
        names = sorted(held)
        place = {near: number for number, near in enumerate(names)}
        matrix = np.stack([held[near] for near in names]).astype(np.float64)
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
        self, ranked: Mapping[str, Sequence[tuple[str, float]]], early: Early
    ) -> dict[str, tuple[Neighbour, ...]]:
        known = self._ledger.addresses({near for rows in ranked.values() for near, _ in rows})
        return {
            one: tuple(
                Neighbour(
                    paper_id=near,
                    title=known[near][0],
                    url=known[near][1],
                    day=day_from_number(early[near][0]),
                    similarity=similarity,
                )
                for near, similarity in rows
            )
            for one, rows in ranked.items()
        }


def _nearest(vectors: Vectors, held: Vectors, most: int) -> dict[str, list[str]]:
    """The ids of the ``most`` vectors of ``held`` that are nearest to each of ``vectors``, in any order."""
    names = list(held)
    if len(names) <= most:
        return dict.fromkeys(vectors, names)
    likeness = np.stack(list(vectors.values())) @ np.stack(list(held.values())).T
    nearest = np.argpartition(-likeness, most, axis=1)[:, :most]
    return {one: [names[int(at)] for at in row] for one, row in zip(vectors, nearest, strict=True)}
