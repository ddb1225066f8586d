"""Steps in Postgres: a run goes on in another process and folder, as from SQLite; a server that goes away is told."""

import asyncio
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

import graph.postgres
from domain.errors import UsageError
from graph.checkpoints import open_checkpoints
from graph.forks import fork_day, history
from graph.postgres import PostgresFailed
from graph.runs import Event, run_day
from graph.settings import read_secrets
from tests.graph.postgres_server import Server, postgres
from tests.graph.test_stops import CALLS, MANY
from tests.scripted import DAY, NEXT, PAPERS, Shelf, scripted

psycopg = pytest.importorskip("psycopg", reason="psycopg is not installed: pip install -e '.[scale]'")


@pytest.fixture(scope="module")
def running() -> Iterator[Server]:
    with postgres() as server:
        yield server


@pytest.fixture
def server(running: Server, monkeypatch: pytest.MonkeyPatch) -> Server:
    """With a schema for each test, as each data folder has one."""
    schema = f"t{uuid4().hex}"
    with psycopg.connect(running.url) as connection:
        connection.execute(f"CREATE SCHEMA {schema}")
    monkeypatch.setenv("INSIGHTS_CHECKPOINTS", f"{running.url}&options=-csearch_path%3D{schema}")
    return running


class Cut(Exception):
    pass


def cut_after(step: str, times: int = 1) -> Any:
    seen: Counter[str] = Counter()

    def watch(event: Event) -> None:
        seen[event.step] += event.kind == "done"
        if seen[step] == times:
            raise Cut

    return watch


async def threads(folder: Path) -> list[str]:
    async with open_checkpoints(folder) as saver:
        return sorted({held.config["configurable"]["thread_id"] async for held in saver.alist(None)})


@pytest.mark.parametrize(("step", "times"), [("section", 1), ("frame", 1), ("publish", 1)])
async def test_a_run_that_was_cut_off_goes_on_on_another_machine_and_asks_nothing_twice(
    step: str, times: int, server: Server, tmp_path: Path
) -> None:
    first, second = (scripted(tmp_path / name, **MANY) for name in ("one", "other"))
    with pytest.raises(Cut):
        await run_day(DAY, first, watch=cut_after(step, times))
    outcome = await run_day(DAY, second)
    assert outcome.report.status == "complete"
    # The report of a machine that cannot be seen is written anew; all that was told is taken from the steps.
    assert outcome.kind == ("written" if step == "publish" else "resumed")
    asked = Counter(first.llm.asked) + Counter(second.llm.asked)
    assert asked >= CALLS and (step != "frame" or asked == CALLS)
    assert not list(tmp_path.rglob("runs.sqlite"))


async def test_history_and_forks_are_there_and_old_days_are_given_up(server: Server, tmp_path: Path) -> None:
    shelves = (Shelf({DAY: PAPERS, NEXT: PAPERS[:1]}),)
    first = await run_day(DAY, scripted(tmp_path, shelves=shelves))
    steps = await history(DAY, scripted(tmp_path))
    assert any("frame" in step.next for step in steps)
    forked = await fork_day(
        *(DAY, scripted(tmp_path, shelves=shelves), "frame"), name="bold", publish=False, changes={"cap": 3}
    )
    assert forked.report.items == first.report.items and forked.folder.is_relative_to(tmp_path / "forks")
    assert await threads(tmp_path) == [f"{DAY}:ko"]
    await run_day(NEXT, scripted(tmp_path, shelves=shelves, keep_days=1))
    assert await threads(tmp_path) == [f"{NEXT}:ko"]


@pytest.mark.parametrize(
    ("away", "back", "told"),
    [(Server.stop, Server.start, "cannot"), (Server.freeze, Server.thaw, "no answer within 5 seconds")],
    ids=["stopped", "frozen"],
)
async def test_a_server_that_goes_away_is_told_in_a_sentence_and_the_run_goes_on_when_it_is_back(
    away: Callable[[Server], None],
    back: Callable[[Server], None],
    told: str,
    server: Server,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(graph.postgres, "PATIENCE", 3.0)
    monkeypatch.setattr(graph.postgres, "SILENCE", 5.0)  # first the tables are made
    gone = False

    def watch(event: Event) -> None:
        nonlocal gone
        if (event.step, event.kind) == ("section", "done") and not gone:
            gone = True
            away(server)

    first = scripted(tmp_path, **MANY)
    with pytest.raises(PostgresFailed, match=r"cannot be kept in Postgres at its socket .*goes on from there") as ended:
        await run_day(DAY, first, watch=watch)
    assert told in str(ended.value)
    back(server)
    second = scripted(tmp_path, **MANY)
    outcome = await run_day(DAY, second)
    assert (outcome.kind, outcome.report.status) == ("resumed", "complete")


async def test_many_that_open_an_empty_database_at_once_make_its_tables_and_wait_for_each_other(
    server: Server, tmp_path: Path
) -> None:
    assert await asyncio.gather(*(threads(tmp_path) for _ in range(6))) == [[]] * 6


async def test_tables_that_another_process_never_ends_making_are_told_in_a_sentence(
    server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(graph.postgres, "TABLES", 0)
    with psycopg.connect(server.url) as other:
        other.execute("SELECT pg_advisory_lock(7214001)")
        with pytest.raises(PostgresFailed, match="another process has been making the tables"):
            await threads(tmp_path)


def test_another_address_than_one_of_postgres_is_refused_without_being_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("INSIGHTS_CHECKPOINTS", "mysql://me:hidden@host/db")
    with pytest.raises(UsageError, match=r"INSIGHTS_CHECKPOINTS should be .*postgresql://") as told:
        read_secrets()
    assert "hidden" not in str(told.value)
