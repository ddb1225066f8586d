"""``insights backfill``: many days at once, watched."""

import asyncio
import time
from collections.abc import Generator
from contextlib import contextmanager
from datetime import date, timedelta

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
from rich.progress import Progress as Bars

from domain.backfills import Backfill, DayFate
from graph.backfill.engine import engine
from graph.backfill.plan import plan
from graph.backfill.receipts import account, keep, place, read
from graph.backfill.run import STAGES, BackfillRun, DayProgress, WatchDays, tidy
from graph.context import Context
from graph.settings import Settings

from .console import counted
from .exit_codes import BROKEN, COMPLETE, PARTIAL, WRONG
from .stopping import stoppable

_GOES_ON = ". The same command goes on from here."


def backfill_days(first: date, last: date, settings: Settings, *, workers: int | None, cluster: str) -> int:
    """Runs the days and returns the exit code: 1 where a day failed or the whole was stopped, else that of its worst
    day. Raises InsightsError when nothing can be run."""
    ctx = Context.of(settings)
    found = plan(first, last, ctx)
    receipt = place(found, ctx)
    earlier = read(receipt)
    done = account(found, ctx, {}, earlier)

    async def run() -> None:
        nonlocal done
        await tidy(found, ctx)
        if not found.run:
            return
        async with engine(workers, cluster, ctx.cache / "workers", typer.echo) as opened:
            who = f"{counted(len(found.run), 'days')} on {counted(opened.workers, 'workers')}"
            typer.echo(f"{who}; what they do: {opened.dashboard}")
            with _watching(len(found.run)) as watch:
                under_way = BackfillRun(found, ctx, opened, watch, earlier)
                try:
                    await under_way.run()
                finally:
                    done = under_way.receipt()

    def left() -> str:
        return f"{len(done.of('not begun'))} of {len(found.run)} days are left, and the same command goes on with them"

    try:
        with stoppable(left):
            asyncio.run(run())
    finally:
        keep(done, receipt)
    _say(done)
    typer.echo(receipt)
    statuses = {one.status for one in done.days}
    if done.stopped or done.of("failed", "not begun"):
        return WRONG
    return BROKEN if "broken" in statuses else PARTIAL if "partial" in statuses else COMPLETE


@contextmanager
def _watching(days: int) -> Generator[WatchDays]:
    """Bars at a terminal, one for each stage with the time that is left; else a line for each day."""
    console = Console()
    if not console.is_terminal:
        yield _lines(days)
        return
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Bars(*columns, console=console) as bars:
        stages = {stage: bars.add_task(stage, total=days) for stage in STAGES}

        def watch(progress: DayProgress) -> None:
            if progress.stage:
                bars.advance(stages[progress.stage])
            if progress.fate and (told := _told(progress.fate)):
                bars.console.print(told, markup=False, highlight=False)

        yield watch


def _lines(days: int) -> WatchDays:
    begun, stages, ended = time.monotonic(), dict.fromkeys(STAGES, 0), 0

    def watch(progress: DayProgress) -> None:
        nonlocal ended
        if progress.stage:
            stages[progress.stage] += 1
        if progress.fate:
            ended += 1
            left = timedelta(seconds=round((time.monotonic() - begun) / ended * (days - ended)))
            under_way = ", ".join(f"{stage} {count}" for stage, count in stages.items())
            typer.echo(f"{_told(progress.fate)}; {ended} of {days}, about {left} left ({under_way})")

    return watch


def _told(fate: DayFate) -> str:
    if fate.fate == "written":
        return f"{fate.day} {fate.status}: {counted(fate.papers, 'papers')}{'; ' if fate.why else ''}{fate.why}"
    return f"{fate.day} {fate.fate}: {fate.why}"


def _say(done: Backfill) -> None:
    counts = {
        fate: len(days)
        for fate in ("written", "skipped", "failed", "not given", "not begun")
        if (days := done.of(fate))
    }
    told = ", ".join(f"{count} {fate}" for fate, count in counts.items())
    money = (
        ""
        if not any(done.tokens)
        else f"; {done.tokens[0]:,} tokens in, {done.tokens[1]:,} out"
        + (f", ${done.cost:.2f}" if done.cost is not None else "")
    )
    what = f"{counted(done.papers, 'papers')}, {counted(done.drops, 'records')} dropped"
    typer.echo(f"{done.first} to {done.last}: {told}; {what}{money}")
    if done.stopped:
        typer.echo(f"stopped: {done.stopped}{'' if 'goes on' in done.stopped else _GOES_ON}", err=True)
    elif done.of("failed"):
        typer.echo("the same command tries the days again that failed", err=True)
