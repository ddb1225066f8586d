"""The map of a day: its papers side by side by what they are about, with the nearest ones of the days before."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits

from .charts import WIDTH

PaperVectors = Mapping[str, NDArray[np.float32]]
"""PaperVectors of length 1 by paper id, all of one dimension."""

HEIGHT = 300
_MARGIN = 16
FEWEST, MOST = 4, 60
"""Papers below which two directions say nothing, and above which the numbers have no room."""
_NEAR = 0.5
"""Cosine from which an earlier paper is drawn: below it, two abstracts share no more than their field."""
_APART = 19.0
"""Units between the middles of two of today's points, so that each number can be read."""
_PUSHES = 80


class Point(NamedTuple):
    """One paper on the map."""

    paper_id: str
    x: float
    y: float
    near: str = ""
    """Of an earlier paper: the id of today's paper that it is nearest to."""
    likeness: float = 1.0
    """Its cosine to that paper."""


class Map(NamedTuple):
    """Today's points in the order in which they were asked for, and faint ones of the days before."""

    today: tuple[Point, ...]
    earlier: tuple[Point, ...]


def chart(ids: Sequence[str], earlier: Sequence[str], vectors: PaperVectors) -> Map | None:
    """The papers ``ids`` on the plane that shows most of what tells them apart, each with its nearest earlier paper.

    Papers without a vector have no place. None where fewer than ``FEWEST`` have one. The same for the same input.
    """
    with threadpool_limits(1):  # the matrices are small: threads would only wait for each other
        return _charted([id for id in ids if id in vectors], earlier, vectors)


def _charted(held: Sequence[str], earlier: Sequence[str], vectors: PaperVectors) -> Map | None:
    if len(held) < FEWEST:
        return None
    matrix = np.stack([vectors[id] for id in held]).astype(np.float64)
    middle = matrix.mean(axis=0)
    plane = _plane(matrix - middle)
    near = _nearest(held, matrix, [id for id in earlier if id in vectors and id not in held], vectors)
    placed = (matrix - middle) @ plane.T
    faint = np.array([(vectors[id].astype(np.float64) - middle) @ plane.T for id, _, _ in near]).reshape(-1, 2)
    spots = _fitted(placed, faint)
    today = _apart(spots[: len(held)])
    return Map(
        tuple(Point(id, float(x), float(y)) for id, (x, y) in zip(held, today, strict=True)),
        tuple(
            Point(id, round(float(x), 1), round(float(y), 1), near=of, likeness=likeness)
            for (id, of, likeness), (x, y) in zip(near, spots[len(held) :], strict=True)
        ),
    )


def _plane(spread: NDArray[np.float64]) -> NDArray[np.float64]:
    """The two directions, shaped (2, dimension), in which rows around zero differ most. A direction has no sign of its
    own: each is turned so that its sum is positive."""
    _, rows = np.linalg.eigh(spread @ spread.T)
    directions = rows[:, [-1, -2]].T @ spread
    lengths = np.linalg.norm(directions, axis=1, keepdims=True)
    directions = directions / np.where(lengths > 0, lengths, 1)
    return directions * np.where(directions.sum(axis=1) < 0, -1, 1)[:, None]


def _nearest(
    held: Sequence[str], matrix: NDArray[np.float64], earlier: Sequence[str], vectors: PaperVectors
) -> list[tuple[str, str, float]]:
    """(earlier paper, paper of today, cosine) of the nearest earlier paper of each, every earlier one once."""
    if not earlier:
        return []
    likeness = matrix @ np.stack([vectors[id] for id in earlier]).astype(np.float64).T
    best: dict[str, tuple[str, float]] = {}
    for row, column in enumerate(map(int, likeness.argmax(axis=1))):
        cosine = round(float(likeness[row, column]), 2)
        if cosine >= _NEAR and cosine > best.get(earlier[column], ("", 0.0))[1]:
            best[earlier[column]] = (held[row], cosine)
    return [(id, of, cosine) for id, (of, cosine) in best.items()]


def _fitted(placed: NDArray[np.float64], faint: NDArray[np.float64]) -> NDArray[np.float64]:
    """All points within the drawing, the directions stretched alike only within one axis: the plane has no unit."""
    points = np.vstack([placed, faint])
    low, span = points.min(axis=0), np.ptp(points, axis=0)
    room = np.array([WIDTH - 2 * _MARGIN, HEIGHT - 2 * _MARGIN])
    return (points - low) / np.where(span > 0, span, 1) * room + _MARGIN


def _apart(spots: NDArray[np.float64]) -> NDArray[np.float64]:
    """Pushes points that overlap away from each other, a little at a time, and keeps them within the drawing."""
    order = np.arange(len(spots), dtype=np.float64)
    for _ in range(_PUSHES):
        gaps = spots[:, None] - spots[None, :]
        # Points in one place part along their order.
        gaps[..., 0] += np.where(np.abs(gaps).sum(axis=2) < 1e-6, order[:, None] - order, 0)
        distances = np.hypot(gaps[..., 0], gaps[..., 1])
        close = (distances < _APART) & ~np.eye(len(spots), dtype=bool)
        if not close.any():
            break
        push = np.where(close, (_APART - distances) / 2 / np.where(distances > 0, distances, 1), 0)
        spots = spots + (gaps * push[..., None]).sum(axis=1)
        spots = np.clip(spots, _MARGIN, [WIDTH - _MARGIN, HEIGHT - _MARGIN])
    return spots.round(1)
