"""Days that several workers write with a model: bounded calls, one budget, no answer asked for twice."""

import json
import sqlite3
import threading
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

from graph.runs import run_day
from tests import answering
from tests.answering import ModelContext
from tests.graph.model_days import model, well
from tests.graph.test_backfill import backfill, kill_workers, published, remembered
from tests.model_server import Answer, ModelServer, Say, asked_for
from tests.scripted import TODAY, Shelf, paper

DAYS = [TODAY - timedelta(days=n) for n in (3, 2, 1)]
SUBJECTS = ("Speech", "Robot", "Quantum")


def listed(place: int) -> Any:
    """Four papers for two desks; from the second day on one of the day before comes again."""
    start = 20 + 10 * place
    own = tuple(paper(start + n, f"{SUBJECTS[(place + n) % 3]} Study {start + n}") for n in range(4))
    return (*own, paper(start - 10, f"{SUBJECTS[(place - 1) % 3]} Study {start - 10}")) if place else own


def context(folder: Path, **settings: Any) -> ModelContext:
    shelves = (Shelf({day: listed(place) for place, day in enumerate(DAYS)}),)
    return ModelContext(data=str(folder), shelves=shelves, **settings)


async def in_turn(folder: Path) -> None:
    for day in DAYS:
        await run_day(day, context(folder))


async def test_a_day_whose_worker_dies_is_gone_on_with_by_another_which_asks_nothing_that_was_answered(
    day_server: Callable[[Answer], ModelServer], tmp_path: Path
) -> None:
    await_kill, under_way, most = threading.Event(), Counter[str](), [0]
    lock = threading.Lock()

    def answer(request: Any, number: int) -> Say:
        with lock:
            under_way["now"] += 1
            most[0] = max(most[0], under_way["now"])
        try:
            if asked_for(request) == "Written" and "31" in answering.read(request).paper[0] and not await_kill.is_set():
                await_kill.set()
                kill_workers()
                return Say(drop=True)
            return well(answering.read(request))
        finally:
            with lock:
                under_way["now"] -= 1

    server = day_server(answer)
    done = await backfill(context(tmp_path / "at once", calls_at_once=2), 2, days=DAYS)
    assert await_kill.is_set()
    assert [one.status for one in done.days] == ["complete"] * 3, [one.why for one in done.days]
    assert most[0] <= 2
    own = [request for request in server.answered if not answering.read(request).is_exam]
    counts = Counter(json.dumps(request, sort_keys=True) for request in own)
    assert len(own) - len(counts) < 2  # the one other call that was under way with the workers
    day_server(model())
    await in_turn(tmp_path / "in turn")
    assert published(tmp_path / "at once") == published(tmp_path / "in turn")
    assert remembered(tmp_path / "at once") == remembered(tmp_path / "in turn")
    assert all(one.calls and one.input_tokens for one in done.days)


async def test_the_budget_is_one_for_all_workers_and_stops_the_whole_which_goes_on_with_a_larger_one(
    day_server: Callable[[Answer], ModelServer], tmp_path: Path
) -> None:
    day_server(model())
    # More than any of the days takes, exam and all, and less than the three.
    stopped = await backfill(context(tmp_path, budget_tokens=30_000), 2, days=DAYS)
    assert "its budget is 30,000" in stopped.stopped
    assert {one.fate for one in stopped.days} <= {"written", "not begun"} and stopped.of("not begun")
    assert used(tmp_path) <= 30_000
    done = await backfill(context(tmp_path, budget_tokens=10_000_000), 1, days=DAYS, earlier=stopped)
    assert [one.fate for one in done.days] == ["written"] * 3 and not done.stopped
    assert sum(done.tokens) == used(tmp_path)


def used(data: Path) -> int:
    calls = sqlite3.connect(data / "calls.sqlite")
    try:
        return calls.execute("SELECT sum(input + output) FROM calls").fetchone()[0]
    finally:
        calls.close()
