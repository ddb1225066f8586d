"""A Postgres that goes away under a backfill: it is waited for, then the whole stops; no day is passed over, no step is
left."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

import graph.postgres
from domain.backfills import Backfill
from graph.backfill.plan import plan
from graph.backfill.run import BackfillRun, DayProgress, WatchDays, tidy
from graph.postgres import PostgresFailed
from soak.services import Here
from tests.answering import ModelContext
from tests.graph.model_days import model
from tests.graph.postgres_server import Server
from tests.graph.test_backfill import published
from tests.graph.test_backfill_model import DAYS, context, in_turn
from tests.graph.test_postgres import running as running
from tests.graph.test_postgres import server as server
from tests.graph.test_postgres import threads
from tests.model_server import Answer, ModelServer

USUAL = graph.postgres.PATIENCE
"""With a server that is there; how long one is waited for that is away is another thing."""


@pytest.fixture(autouse=True)
def told(day_server: Callable[[Answer], ModelServer]) -> ModelServer:
    return day_server(model())


class Interrupted(Here):
    """Its server is away when the first day is to be written, and back after so many tries of that day."""

    def __init__(self, server: Server, back_after: int, patch: pytest.MonkeyPatch) -> None:
        super().__init__()
        self._server, self._left, self._patch = server, back_after, patch
        server.stop("immediate")
        patch.setattr(graph.postgres, "PATIENCE", 0.5)

    async def run(self, task: Callable[..., Any], *given: Any, turn: int) -> Any:
        try:
            return await super().run(task, *given, turn=turn)
        except PostgresFailed:
            if not turn:
                self._left -= 1
                if not self._left:
                    self._server.start()
                    self._patch.setattr(graph.postgres, "PATIENCE", USUAL)
            raise


async def backfill(ctx: ModelContext, engine: Any, days: int, watch: WatchDays = lambda _: None) -> Backfill:
    return await BackfillRun(plan(DAYS[0], DAYS[days - 1], ctx), ctx, engine, watch).run()


async def test_a_server_that_is_only_started_anew_is_waited_for(
    server: Server, told: ModelServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done = await backfill(context(tmp_path), Interrupted(server, 1, monkeypatch), 1)
    assert [one.fate for one in done.days] == ["written"] and not done.stopped
    assert await threads(tmp_path) == [] and len(told.answered) == len(told.asked)


async def test_a_server_that_stays_away_stops_the_whole_and_no_day_is_written_without_the_one_before(
    server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ctx = context(tmp_path / "backfill")
    stopped = await backfill(ctx, Interrupted(server, 2, monkeypatch), len(DAYS))
    assert "cannot be kept in Postgres" in stopped.stopped
    assert [one.fate for one in stopped.days] == ["not begun"] * len(DAYS)
    done = await backfill(ctx, Here(), len(DAYS))
    assert [one.fate for one in done.days] == ["written"] * len(DAYS)
    await in_turn(tmp_path / "in turn")
    assert published(tmp_path / "backfill") == published(tmp_path / "in turn")


async def test_steps_that_could_not_be_given_up_are_given_up_by_the_next_call(
    server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ctx = context(tmp_path)

    def watch(progress: DayProgress) -> None:
        if progress.fate:
            server.stop()
            monkeypatch.setattr(graph.postgres, "PATIENCE", 0.5)

    done = await backfill(ctx, Here(), 1, watch)
    assert [one.fate for one in done.days] == ["written"] and "cannot be kept in Postgres" in done.stopped
    server.start()
    monkeypatch.setattr(graph.postgres, "PATIENCE", USUAL)
    [left] = await threads(tmp_path)
    over = plan(DAYS[0], DAYS[0], ctx)
    await tidy(replace(over, over=()), ctx)
    assert await threads(tmp_path) == [left]
    await tidy(over, ctx)
    assert await threads(tmp_path) == []
