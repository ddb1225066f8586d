"""``insights run``: the graph, watched."""

import asyncio
from collections.abc import Callable, Coroutine
from datetime import date
from typing import Any

import typer
from rich.console import Console
from rich.live import Live
from rich.table import Table
from rich.text import Text

from domain.errors import InsightsError, UsageError
from domain.reports import Report
from graph.context import Context
from graph.events import Event, Watch
from graph.runs import Ask, Outcome, Unpublished
from graph.runs import review_day as review_graph
from graph.runs import run_day as run_graph
from graph.settings import Settings

from .console import counted
from .exit_codes import BROKEN, COMPLETE, PARTIAL, UNPUBLISHED
from .progress import Progress
from .stopping import stoppable

CODES = {"complete": COMPLETE, "quiet": COMPLETE, "partial": PARTIAL, "broken": BROKEN}
_BUG = "this is a bug of the program, told below. What the run had done is kept in {folder}, and {goes_on}"
DayRun = Callable[[Watch, Ask | None], Coroutine[Any, Any, Outcome]]
STEPS = (
    *("retrieve", "recall", "classify", "plan", "examine", "look", "trends", "frame", "critique"),
    *("review", "publish", "remember"),
)


def run_day(day: date | None, settings: Settings, *, again: bool) -> int:
    """Runs a day and returns the exit code. Raises InsightsError when it cannot run."""
    ctx = Context.of(settings)
    same = "the same command" if day else f"the same command for {ctx.default_day()}"
    day = day or ctx.default_day()  # once: midnight may pass
    return watched(
        ctx,
        lambda watch, ask: run_graph(day, ctx, again=again, watch=watch, ask=ask),
        day,
        goes_on=f"{same}, without --again, goes on from there" if again else f"{same} goes on from there",
    )


def review_day(day: date, settings: Settings) -> int:
    """Opens the review of a day, at a terminal. Raises InsightsError where there is nothing to review."""
    if not Console().is_terminal:
        raise UsageError("a review is answered at a terminal; this is none")
    ctx = Context.of(settings)
    return watched(
        ctx,
        lambda watch, ask: review_graph(day, ctx, watch=watch, ask=ask or _later),
        day,
        goes_on="the same command goes on from there",
    )


def _later(question: dict[str, Any]) -> None:
    """Leaves the review open."""


def watched(ctx: Context, run: DayRun, day: date, *, goes_on: str) -> int:
    """Runs what is given and shows it: as a table at a terminal, where a review can be answered too, else in lines.
    ``goes_on``: how it goes on when it is cut off."""
    console, progress = Console(), Progress()

    def begun(show: Watch, ask: Ask | None) -> Coroutine[Any, Any, Outcome]:
        def watch(event: Event) -> None:
            progress.see(event)
            show(event)

        return run(watch, ask)

    try:
        with stoppable(lambda: f"left to do: {progress.left()}. What is done is kept in {ctx.folder}, and {goes_on}"):
            if console.is_terminal:
                from .review import asker, decided  # it reads Markdown, which only a person's answer needs

                draft = ctx.folder / "runs" / f"{day}-{ctx.language}.review.json"
                with decided(draft):
                    outcome = _live(console, ctx, begun, asker(console, draft))
            else:
                outcome = asyncio.run(begun(_line, None))
    except Unpublished as unpublished:
        typer.echo(f"insights: {unpublished}", err=True)
        return UNPUBLISHED
    except (InsightsError, BrokenPipeError):  # a reader of what is printed who went away is no bug
        raise
    except Exception:
        typer.echo(f"insights: {_BUG.format(folder=ctx.folder, goes_on=goes_on)}", err=True)
        raise
    _say(outcome)
    return CODES[outcome.report.status]


def _line(event: Event) -> None:
    """A plain line for all that an agent tells, for logs and cron."""
    if event.kind == "told":
        typer.echo(f"{event.agent}: {event.text}")
    elif event.kind == "failed":
        where = f"{event.step} {event.desk}" if event.desk else event.step
        typer.echo(f"{where} failed: {event.text}")


def _live(console: Console, ctx: Context, run: DayRun, ask: Ask) -> Outcome:
    """The same run as a table that fills: the day's steps, and each section with what its agents tell."""
    steps: dict[str, Text] = {}
    sections: dict[str, Text] = {}
    told: dict[tuple[str, str | None], str] = {}

    def table() -> Table:
        grid = Table.grid(padding=(0, 2))
        for name in STEPS:
            grid.add_row(name, steps.get(name, Text("·", "dim")))
            if name == "look":
                for desk, state in sections.items():
                    names = (ctx.taxonomy[key].name(ctx.language) for key in desk.split("+"))
                    grid.add_row(f"  {', '.join(names)}", state)
        return grid

    def watch(event: Event) -> None:
        if event.kind == "told":
            told[event.step, event.desk] = event.text
        text = event.text or told.get((event.step, event.desk), "")
        if event.desk is None:
            marks = {"begun": Text("…", "yellow"), "failed": Text(f"✗ {text}", "red")}
            steps[event.step] = marks.get(event.kind, Text(f"✓ {text}", "green"))
        elif event.step == "section":
            last = told.get(("settle", event.desk), "")
            marks = {"done": Text(f"✓ {last}", "green"), "failed": Text(f"✗ {text}", "red")}
            sections[event.desk] = marks.get(event.kind, Text("…", "yellow"))
        elif event.kind in ("begun", "told"):
            sections[event.desk] = Text(f"… {event.agent or event.step}{': ' if text else ''}{text}", "yellow")
        live.update(table())

    with Live(table(), console=console, refresh_per_second=8) as live:

        def asked(question: dict[str, Any]) -> dict[str, Any] | None:
            live.stop()
            answer = ask(question)
            live.start()
            return answer

        return asyncio.run(run(watch, asked))


def _say(outcome: Outcome) -> None:
    report = outcome.report
    if outcome.kind == "skipped":
        typer.echo(f"{report.day} is finished already ({report.status}); --again runs it afresh.")
    else:
        word = " (resumed where it was cut off)" if outcome.kind == "resumed" else ""
        typer.echo(
            f"{report.day} {report.status}{word}: {_count(report)}{'; ' if report.reason else ''}{report.reason}"
        )
    if outcome.kept:
        typer.echo("the report of an earlier run is better, and was left in its place")
    typer.echo(outcome.folder / "report.md")


def _count(report: Report) -> str:
    quoted = sum(1 for item in report.items if item.quoted)
    parts = [f"{len(report.items) - quoted} written", f"{quoted} quoted", f"{len(report.listed)} listed"]
    parts += [f"{len(report.returning)} came again", f"{len(report.withdrawn)} withdrawn"]
    return f"{counted(len(report.papers), 'papers')} ({', '.join(part for part in parts if not part.startswith('0 '))})"
