"""A cluster of Dask that somebody else started: its workers see no data folder, and keep steps in Postgres."""

import asyncio
import re
import signal
import subprocess
import sys
from collections.abc import AsyncIterator, Callable, Generator, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, cast

import pytest

from domain.backfills import Backfill
from domain.errors import UsageError
from graph.backfill import engine as backfill_engine
from graph.backfill.engine import Engine, NoCluster, engine
from graph.backfill.plan import plan
from graph.backfill.run import BackfillRun, DayProgress
from tests.answering import ModelContext
from tests.graph.model_days import model
from tests.graph.postgres_server import Server
from tests.graph.test_backfill import DAYS as OFFLINE
from tests.graph.test_backfill import context as offline
from tests.graph.test_backfill import published
from tests.graph.test_backfill_model import DAYS, context, in_turn
from tests.graph.test_postgres import running as running
from tests.graph.test_postgres import server as server
from tests.graph.test_postgres import threads
from tests.model_server import Answer, ModelServer

distributed = pytest.importorskip("distributed", reason="Dask is not installed: pip install -e '.[scale]'")
dask = pytest.importorskip("dask")


@pytest.fixture(autouse=True)
def files_of_dask(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Of schedulers and workers, in this process and in others."""
    monkeypatch.setenv("DASK_TEMPORARY_DIRECTORY", str(tmp_path))
    with dask.config.set({"temporary-directory": str(tmp_path)}):
        yield


@pytest.fixture
async def cluster(day_server: Callable[[Answer], ModelServer]) -> AsyncIterator[str]:
    """Its address. The workers know the model's server from their environment."""
    day_server(model())
    options: dict[str, Any] = {"threads_per_worker": 1, "host": "127.0.0.1", "dashboard_address": "127.0.0.1:0"}
    async with distributed.LocalCluster(n_workers=2, asynchronous=True, silence_logs=50, **options) as started:
        yield started.scheduler_address


async def test_workers_that_see_no_data_folder_write_the_same_days_and_leave_nothing_in_postgres(
    server: Server, cluster: str, tmp_path: Path
) -> None:
    ctx = context(tmp_path / "cluster")
    async with engine(None, cluster, tmp_path) as opened:
        assert not opened.here and opened.workers == 2
        done = await BackfillRun(plan(DAYS[0], DAYS[-1], ctx), ctx, opened).run()
    assert [one.status for one in done.days] == ["complete"] * 3, done
    assert await threads(tmp_path) == []
    assert not list((tmp_path / "cluster").rglob("runs.sqlite"))
    await in_turn(tmp_path / "in turn")
    assert published(tmp_path / "cluster") == published(tmp_path / "in turn")


async def test_a_cluster_whose_workers_could_not_go_on_with_each_others_days_is_refused(
    cluster: str, tmp_path: Path
) -> None:
    ctx: ModelContext = context(tmp_path)
    async with engine(None, cluster, tmp_path) as opened:
        with pytest.raises(UsageError, match="INSIGHTS_CHECKPOINTS"):
            await BackfillRun(plan(DAYS[0], DAYS[-1], ctx), ctx, opened).run()


async def test_a_cluster_without_workers_is_told_of_and_gone_on_with_when_one_comes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("graph.backfill.engine.LOOK", 0.01)
    said: asyncio.Queue[str] = asyncio.Queue()
    options: dict[str, Any] = {"threads_per_worker": 1, "host": "127.0.0.1", "dashboard_address": "127.0.0.1:0"}
    async with distributed.LocalCluster(
        n_workers=0, processes=False, protocol="tcp://", asynchronous=True, silence_logs=50, **options
    ) as started:
        address = started.scheduler_address

        def say(text: str) -> None:
            said.put_nowait(text)
            if "has no worker" in text:
                started.scale(1)

        async with engine(None, address, tmp_path, say) as opened:
            assert await said.get() == (
                f"the cluster at {address} has no worker, and one is waited for: start some (dask worker {address}), "
                "or stop this command, which goes on when it is given again"
            )
            assert opened.workers == 1 and "has a worker now" in await said.get()
            started.scale(0)
            assert "has no worker" in await said.get()
            assert await opened.run(abs, -7, turn=0) == 7
            assert "has a worker now" in await said.get()


@contextmanager
def scheduler() -> Generator[tuple[subprocess.Popen[str], str]]:
    """A scheduler in a process of its own, and its address."""
    command = [sys.executable, "-m", "distributed.cli.dask_scheduler", "--host", "127.0.0.1", "--port", "0"]
    with subprocess.Popen(
        [*command, "--dashboard-address", "127.0.0.1:0"], stderr=subprocess.PIPE, text=True, start_new_session=True
    ) as process:
        try:
            assert process.stderr
            yield process, next(found[0] for line in process.stderr if (found := re.search(r"tcp://\S+:\d+", line)))
        finally:
            process.kill()


class Held:
    """An engine that begins to write the last of three days when its scheduler is dead."""

    def __init__(self, engine: Engine, dead: asyncio.Event) -> None:
        self._engine, self._dead = engine, dead
        self.workers, self.here = engine.workers, engine.here

    async def run(self, task: Callable[..., Any], *given: Any, turn: int) -> Any:
        if (task.__name__, turn) == ("write", 2):
            await self._dead.wait()
        return await self._engine.run(task, *given, turn=turn)


async def test_a_scheduler_that_dies_ends_the_whole_in_a_sentence_and_the_same_call_goes_on(tmp_path: Path) -> None:
    dead = asyncio.Event()

    async def run(watch: Callable[[subprocess.Popen[str], DayProgress], None]) -> Backfill:
        ctx = offline(tmp_path)
        with scheduler() as (process, address):
            async with (
                distributed.Worker(address, nthreads=1, dashboard=False),
                engine(None, address, tmp_path) as opened,
            ):
                opened.client._timeout = 1  # for a scheduler that comes again
                found, held = plan(OFFLINE[0], OFFLINE[2], ctx), cast("Any", Held(opened, dead))
                return await BackfillRun(found, ctx, held, lambda progress: watch(process, progress)).run()

    def kill(process: subprocess.Popen[str], progress: DayProgress) -> None:
        if progress.stage == "publish":
            process.kill()
            process.wait()
            dead.set()

    done = await run(kill)
    assert done.stopped.startswith("the scheduler of Dask went away (")
    assert done.stopped.endswith("); what was done stays, and the same command goes on from there")
    assert done.of("written") and done.of("not begun") and not done.of("failed")
    rest = await run(lambda *_: None)
    assert rest.stopped == ""
    assert [one.day for one in (*done.of("written"), *rest.of("written"))] == [*OFFLINE[:3]]


async def test_a_scheduler_that_says_nothing_is_told_of_and_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("graph.backfill.engine.LOOK", 0.01)
    look, begun = backfill_engine._missing, asyncio.Event()

    async def looks(*given: Any) -> str:
        begun.set()
        return await look(*given)

    monkeypatch.setattr(backfill_engine, "_missing", looks)
    said: asyncio.Queue[str] = asyncio.Queue()
    with scheduler() as (process, address):
        async with (
            distributed.Worker(address, nthreads=1, dashboard=False),
            engine(None, address, tmp_path, said.put_nowait),
        ):
            # Only now, and not when it connects, which takes what it takes.
            monkeypatch.setattr("graph.backfill.engine.PATIENCE", 1)
            begun.clear()
            await begun.wait()
            process.send_signal(signal.SIGSTOP)
            assert f"the scheduler at {address} says nothing, and is waited for" in await said.get()
            process.send_signal(signal.SIGCONT)
            assert "has a worker now" in await said.get()


async def test_a_scheduler_that_does_not_answer_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("graph.backfill.engine.PATIENCE", 1)
    with pytest.raises(NoCluster, match=r"no scheduler of Dask answers at tcp://127\.0\.0\.1:1 "):
        async with engine(None, "tcp://127.0.0.1:1", tmp_path):
            pass


async def test_a_scheduler_that_goes_away_is_told_to_what_waits_for_it_and_to_what_comes_after(tmp_path: Path) -> None:
    options: dict[str, Any] = {"threads_per_worker": 1, "host": "127.0.0.1", "dashboard_address": "127.0.0.1:0"}
    async with (
        distributed.LocalCluster(
            n_workers=1, processes=False, protocol="tcp://", asynchronous=True, silence_logs=50, **options
        ) as started,
        engine(None, started.scheduler_address, tmp_path) as opened,
    ):
        opened.client._timeout = 1  # for a scheduler that comes again
        assert await opened.run(abs, -7, turn=0) == 7
        await started.scale(0)
        asked = asyncio.create_task(opened.run(abs, -8, turn=0))
        await asyncio.sleep(0)  # it is on its way
        await started.close()
        for waiting in (asked, opened.run(abs, -9, turn=1)):
            with pytest.raises(NoCluster, match=r"the scheduler of Dask went away .*the same command goes on"):
                await waiting
