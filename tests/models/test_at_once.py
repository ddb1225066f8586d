"""Files of a data folder that the workers of a backfill open at once, each the first."""

import sqlite3
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Engine, event

from models.meter import Meter
from models.replies import Replies

MANY = 8


def at_once(work: Callable[[int], object]) -> None:
    begin = threading.Barrier(MANY)

    def one(number: int) -> None:
        begin.wait(60)
        work(number)

    with ThreadPoolExecutor(MANY) as threads:
        list(threads.map(one, range(MANY)))


@pytest.mark.parametrize("older", [False, True], ids=["none was there", "an older version's"])
def test_many_that_begin_to_count_in_one_file_at_once_all_count(older: bool, tmp_path: Path) -> None:
    for file in range(5):
        path = tmp_path / f"{file}.sqlite"
        if older:
            with closing(sqlite3.connect(path)) as first:
                first.execute(
                    "CREATE TABLE calls (run TEXT, agent TEXT, prompt TEXT, model TEXT, category TEXT, outcome TEXT, "
                    "input INTEGER, output INTEGER)"
                )
        at_once(lambda number, path=path: Meter(path).start(date(2026, 11, 1 + number), "ko"))
        assert Meter(path).usage() == ()


def test_answers_are_remembered_in_a_file_that_another_made_in_the_same_moment(tmp_path: Path) -> None:
    path = tmp_path / "replies.sqlite"
    others: list[Replies] = []

    def before(_: object, __: object, statement: str, *more: object) -> None:
        if "CREATE TABLE" in statement and not others:
            others.append(Replies(path))
            others[0].keep("model", [("user", "their question")], {}, "their answer")

    event.listen(Engine, "before_cursor_execute", before)
    try:
        ours = Replies(path)
        ours.keep("model", [("user", "our question")], {}, "our answer")
    finally:
        event.remove(Engine, "before_cursor_execute", before)
    assert ours.get("model", [("user", "their question")], {}) == "their answer"
    assert others[0].get("model", [("user", "our question")], {}) == "our answer"
