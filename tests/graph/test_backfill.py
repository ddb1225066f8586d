"""Days that are run at once have the reports, and leave the memory, of days that are run one after the other."""

import asyncio
import multiprocessing
import os
import signal
import sqlite3
import subprocess
import sys
import tempfile
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, cast

import pytest

from agents import publisher
from domain.backfills import Backfill
from domain.reports import Listing
from graph.backfill.engine import Engine, NoCluster, engine
from graph.backfill.plan import Plan, plan
from graph.backfill.run import BackfillRun, DayProgress, Stage, WatchDays, tidy
from graph.runs import run_day
from soak.services import Here
from sources import Unavailable
from tests.graph.test_trends import DAYS, listed, shelf
from tests.scripted import ScriptedContext, Shelf, paper
from tests.threads import Told

pytest.importorskip("distributed", reason="Dask is not installed: pip install -e '.[scale]'")

ROOT = Path(__file__).parents[2]
SILENT = DAYS[6]
"""Nobody answers on this day."""
GONE = paper(500, "Quantum Circuit Withdrawn", withdrawn="This paper has been withdrawn by its authors.")


@dataclass
class Days(Shelf):
    """Eight days with papers that come again, one that is withdrawn after it was told, a quiet day and a silent one."""

    locked: frozenset[date] = frozenset({SILENT})

    async def listing(self, day: date) -> Listing:
        if day in self.locked:
            raise Unavailable("the shelf is locked")
        return await super().listing(day)


def days() -> Days:
    by_day = dict(shelf().by_day)
    by_day[DAYS[1]] = (*by_day[DAYS[1]], GONE.model_copy(update={"withdrawn": ""}))
    by_day[DAYS[4]] = (*by_day[DAYS[4]], GONE)
    by_day[DAYS[7]] = (*by_day[DAYS[7]], GONE.model_copy(update={"withdrawn": ""}), listed(2)[0])
    return Days(by_day)


def context(folder: Path, **settings: Any) -> ScriptedContext:
    return ScriptedContext(data=str(folder), shelves=(days(),), cap=3, **settings)


@dataclass
class Counting:
    """An engine that notes what it is asked to do, and for which day."""

    engine: Engine
    plan: Plan
    here: bool
    tasks: list[tuple[str, date]]

    @property
    def workers(self) -> int:
        return self.engine.workers

    async def share(self, *given: Any) -> Any:
        return await self.engine.share(*given)

    async def run(self, task: Any, *given: Any, turn: int) -> Any:
        self.tasks.append((task.__name__, self.plan.run[turn].day))
        return await self.engine.run(task, *given, turn=turn)


async def backfill(
    ctx: ScriptedContext,
    workers: int,
    watch: WatchDays = lambda _: None,
    counted: list[tuple[str, date]] | None = None,
    days: Sequence[date] = DAYS,
    earlier: Backfill | None = None,
) -> Backfill:
    found = plan(days[0], days[-1], ctx)
    async with engine(workers, "", ctx.cache) as opened:
        counting: Any = Counting(opened, found, opened.here, [] if counted is None else counted)
        return await BackfillRun(found, ctx, counting, watch, earlier).run()


@pytest.fixture(scope="module")
def in_turn(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folder of the days, each run alone."""
    folder = tmp_path_factory.mktemp("in-turn")

    async def run() -> None:
        for day in DAYS:
            await run_day(day, context(folder))

    asyncio.run(run())
    return folder


def published(data: Path) -> dict[str, bytes]:
    """Every published file but the receipts."""
    files = (path for path in (data / "reports").rglob("*") if path.is_file() and path.name != "receipt.json")
    return {str(path.relative_to(data)): path.read_bytes() for path in files}


def remembered(data: Path) -> dict[str, list[tuple[Any, ...]]]:
    """The rows of the ledger but for those that say where the index stands."""
    ledger = sqlite3.connect(data / "memory" / "ledger.sqlite")
    try:
        tables = [row[0] for row in ledger.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {
            table: sorted(ledger.execute(f"SELECT * FROM {table}").fetchall(), key=repr)
            for table in tables
            if table not in ("unindexed", "paper_topics")
        }
    finally:
        ledger.close()


def kill_workers(most: int = 99) -> None:
    """Dask's, as the system would, and first those that live longest."""
    alive = sorted(child.pid for child in multiprocessing.active_children() if child.pid)
    for pid in alive[:most]:
        os.kill(pid, signal.SIGKILL)


STATUSES = dict.fromkeys(DAYS, "complete") | {DAYS[3]: "quiet", SILENT: "broken"}


@pytest.mark.parametrize(
    ("workers", "kills"), [(1, ()), (4, ("embed", "write", "publish"))], ids=["one", "four, killed"]
)
async def test_days_written_at_once_are_byte_for_byte_those_written_in_turn(
    workers: int, kills: tuple[Stage, ...], in_turn: Path, tmp_path: Path
) -> None:
    due = list(kills)

    def watch(progress: DayProgress) -> None:
        if due and progress.stage == due[0]:
            kill_workers(1)
            due.pop(0)

    done = await backfill(context(tmp_path), workers, watch)
    assert not due, done
    assert {one.day: one.status for one in done.days} == STATUSES, [one.why for one in done.days]
    assert published(tmp_path) == published(in_turn)
    assert remembered(tmp_path) == remembered(in_turn)
    assert list((tmp_path / "backfill").iterdir()) == []


async def test_a_backfill_that_is_cut_off_goes_on_from_what_was_gathered_embedded_and_published(
    in_turn: Path, tmp_path: Path
) -> None:
    task: asyncio.Task[Backfill]
    count = 0

    def watch(progress: DayProgress) -> None:
        nonlocal count
        count += progress.stage == "publish"
        if count == 3:
            task.cancel()

    task = asyncio.create_task(backfill(context(tmp_path), 1, watch))
    with pytest.raises(asyncio.CancelledError):
        await task
    kept = sorted(path.name for path in (tmp_path / "backfill").rglob("*") if path.is_file())
    assert {"listings.json.gz", "vectors.npz"} <= set(kept)
    held = {date.fromisoformat(path.parent.name[:10]) for path in (tmp_path / "backfill").rglob("vectors.npz")}
    locked = days()
    locked.locked |= {date.fromisoformat(path.parent.name[:10]) for path in (tmp_path / "backfill").rglob("listings*")}
    ctx = ScriptedContext(data=str(tmp_path), shelves=(locked,), cap=3)
    counted: list[tuple[str, date]] = []
    done = await backfill(ctx, 1, counted=counted)
    assert held.isdisjoint(day for task, day in counted if task == "embed") and held
    fates = {one.day: one.fate for one in done.days}
    assert list(fates.values())[:3] == ["skipped"] * 3 and set(list(fates.values())[3:]) == {"written"}
    assert published(tmp_path) == published(in_turn)
    assert remembered(tmp_path) == remembered(in_turn)


async def test_a_day_that_is_being_published_when_the_whole_is_stopped_is_published_and_counted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, stopped, publish, ended = Told(), threading.Event(), publisher.publish, list[str]()

    def slow(*given: Any, **named: Any) -> None:
        begun.set()
        stopped.wait()
        publish(*given, **named)
        ended.append("the day")

    class Run(BackfillRun):
        async def _days(self) -> None:
            try:
                await super()._days()
            finally:
                ended.append("the whole")

    monkeypatch.setattr(publisher, "publish", slow)
    ctx = context(tmp_path)
    run = Run(plan(DAYS[0], DAYS[0], ctx), ctx, cast("Any", Here()))
    under_way = asyncio.create_task(run.run())
    try:
        await begun.wait()
        under_way.cancel()
        for _ in range(100):
            await asyncio.sleep(0)
    finally:
        stopped.set()
    with pytest.raises(asyncio.CancelledError):
        await under_way
    assert ended == ["the day", "the whole"]
    assert [one.fate for one in run.receipt().days] == ["written"]
    assert {day.parts[1] for day in map(Path, published(tmp_path))} == {str(DAYS[0])}


async def test_a_backfill_whose_scheduler_goes_away_stops_and_calls_no_day_failed(tmp_path: Path) -> None:
    class Gone(Here):
        async def run(self, task: Any, *given: Any, turn: int) -> Any:
            if task.__name__ == "write":
                raise NoCluster("the scheduler of Dask went away")
            return await super().run(task, *given, turn=turn)

    ctx, gone = context(tmp_path), Gone()
    done = await BackfillRun(plan(DAYS[0], DAYS[-1], ctx), ctx, cast("Any", gone)).run()
    assert done.stopped == "the scheduler of Dask went away"
    assert [one.fate for one in done.days] == ["not begun"] * len(DAYS)


async def test_what_a_process_left_that_died_after_it_had_published_a_day_is_taken_away(tmp_path: Path) -> None:
    ctx = context(tmp_path)
    own, other = plan(DAYS[0], DAYS[1], ctx).run
    for day in (own, other):
        (tmp_path / "backfill" / day.name).mkdir(parents=True)
    await run_day(DAYS[0], context(tmp_path))
    await tidy(plan(DAYS[0], DAYS[1], ctx), ctx)
    assert [left.name for left in (tmp_path / "backfill").iterdir()] == [other.name]


COMMAND = """
import asyncio, sys
from pathlib import Path
from graph.backfill.engine import engine

async def work():
    async with engine(2, "", Path(sys.argv[1])):
        print("at work", flush=True)
        await asyncio.Event().wait()

asyncio.run(work())
"""


def test_a_command_that_is_killed_leaves_neither_workers_nor_temporary_files(tmp_path: Path) -> None:
    # Not in tmp_path: the way to a socket must be short.
    with tempfile.TemporaryDirectory() as place:
        command = [sys.executable, "-c", COMMAND, str(tmp_path)]
        with subprocess.Popen(
            command, cwd=ROOT, env=os.environ | {"TMPDIR": place}, stdout=subprocess.PIPE, text=True
        ) as process:
            assert process.stdout
            assert process.stdout.readline() == "at work\n" and list(Path(place).iterdir())
            process.kill()
            assert process.stdout.read() == ""  # its end comes when the last of all that have it open is gone
        assert list(Path(place).iterdir()) == []


def test_a_process_that_has_loaded_what_workers_are_forked_from_ends_in_silence() -> None:
    code = "import graph.backfill.forked; from graph.backfill import forking; forking.begin()"
    with tempfile.TemporaryDirectory() as place:
        ended = subprocess.run(
            [sys.executable, "-c", code], cwd=ROOT, env=os.environ | {"TMPDIR": place}, capture_output=True, text=True
        )
    assert (ended.returncode, ended.stderr) == (0, "")
