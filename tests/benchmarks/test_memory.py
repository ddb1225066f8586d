"""The benchmark of the memory measures what it says: days that are taken in, and answers that are right."""

from datetime import date, timedelta
from pathlib import Path

import numpy as np

from benchmarks.copies import Prepared, Row, Rows, like, prepare
from benchmarks.memory import ask, days, take_in
from domain.papers import Paper

PAPERS = 40


def file(work: Path) -> list[Row]:
    """Papers of two days, with their vectors beside."""
    work.mkdir()
    vectors = np.random.default_rng(2024).normal(size=(PAPERS, 384)).astype(np.float32)
    np.save(work / "titles.npy", vectors / np.linalg.norm(vectors, axis=1, keepdims=True))
    return [
        Row(
            date(2024, 11, 4 + n // 20),
            Paper(id=f"arxiv:2411.{n:05}", title=f"On {n}", abstract=f"It is {n}."),
            "cs.AI",
        )
        for n in range(PAPERS)
    ]


def test_copies_come_days_later_under_titles_of_their_own_and_near_what_they_copy(tmp_path: Path) -> None:
    first = file(tmp_path / "work")
    rows, vectors = Rows(first, 100), prepare(first, 100, tmp_path / "work")
    assert len({row.paper.id for row in rows}) == len({row.paper.title for row in rows}) == len([*rows]) == 100
    assert [row.day - rows[0].day for row in (rows[39], rows[40], rows[80])] == [timedelta(days) for days in (1, 2, 4)]
    cosines = vectors @ vectors[3]
    assert sorted(np.argsort(-cosines)[:3]) == [3, 43, 83] and 0.75 < cosines[43] < 0.95
    embed = Prepared(first, vectors)
    told = embed([f"{rows[43].paper.title}\nIt is 3.", like(rows[43].paper.title)])
    assert np.allclose(told[0], vectors[43], atol=1e-6) and 0.8 < told[1] @ vectors[43] < 0.99


def test_what_is_taken_in_is_asked_and_compared_with_the_exact_answer(tmp_path: Path) -> None:
    first = file(tmp_path / "work")
    rows, vectors = Rows(first, 600), prepare(first, 600, tmp_path / "work")
    for bulk in (False, True):
        told = take_in(rows, Prepared(first, vectors), tmp_path / str(bulk), bulk=bulk)
        assert told["seconds"] > 0 and told["processor"] > 0
    assert sum(len(report.papers) for report in days(rows)) == 600
    answers = ask(rows, Prepared(first, vectors), vectors, tmp_path / "True", repeats=1)
    assert answers["found"] == 1.0
    assert {name: len(seconds) for name, seconds in answers["taken"].items()} == {
        "opening": 1,
        "first recall, 500 papers": 1,
        "recall, 500 papers": 1,
        "search, 28 days of a category": 2,
        "trends, 28 days": 2,
    }
