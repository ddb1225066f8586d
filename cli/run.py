"""``insights run``: the graph, watched."""

import asyncio
from datetime import date
from pathlib import Path

import typer
from rich.console import Console
from rich.live import Live
from rich.table import Table
from rich.text import Text

from agents.classifier import ExamplesError
from domain.reports import Report
from graph.context import Context
from graph.daily import FutureDay
from graph.runs import DataFolderError, DayBusy, Event, Outcome
from graph.runs import run_day as run_graph
from models.llm import StopRun, UnknownModel
from prompts.taxonomy import TaxonomyError
from prompts.topics import TopicsError
from publishing.files import PublishError
from sources import BadSource, Unavailable
from sources.files import BadFile
from vectorstore.embedding import EmbedderUnavailable
from vectorstore.errors import MemoryUnavailable

from .app import BROKEN, COMPLETE, PARTIAL, USAGE, WRONG, fail
from .settings import Settings

CODES = {"complete": COMPLETE, "quiet": COMPLETE, "partial": PARTIAL, "broken": BROKEN}
STEPS = ("retrieve", "recall", "classify", "trends", "overview", "publish", "remember")


def context(settings: Settings, papers: list[Path]) -> Context:
    """The run's context from the settings."""
    return Context(
        model=settings.model,
        language=settings.language,
        sources=tuple(settings.sources),
        papers=tuple(str(p) for p in papers),
        arxiv_categories=tuple(settings.arxiv_categories),
        cap=settings.cap,
        revisions=settings.revisions,
        data=str(settings.data),
        fallback_model=settings.fallback_model,
        calls_at_once=settings.calls_at_once,
        attempts=settings.attempts,
        timeout=settings.timeout,
        budget_tokens=settings.budget_tokens,
        budget_usd=settings.budget_usd,
        prices=tuple((name, *both) for name, both in settings.prices.items()),
        cache_replies=settings.cache_replies,
        contact=settings.contact,
        chroma_url=settings.chroma_url,
        chroma_headers=tuple((name, value.get_secret_value()) for name, value in settings.chroma_headers.items()),
    )


def run_day(day: date | None, settings: Settings, papers: list[Path], *, again: bool) -> int:
    """Runs a day and returns the exit code. Raises typer.Exit, with a sentence said, when it cannot run."""
    console = Console()
    ctx = context(settings, papers)
    try:
        if console.is_terminal:
            outcome = _live(console, day, ctx, again)
        else:
            outcome = asyncio.run(run_graph(day, ctx, again=again, watch=_line))
    except (FutureDay, BadFile, BadSource, UnknownModel) as error:
        raise fail(error, USAGE) from None
    except (
        StopRun,
        *(DayBusy, DataFolderError, MemoryUnavailable),
        *(EmbedderUnavailable, PublishError, Unavailable),
        *(TaxonomyError, TopicsError, ExamplesError),
    ) as error:
        raise fail(error, WRONG) from None
    _say(outcome)
    return CODES[outcome.report.status]


def _line(event: Event) -> None:
    """A plain line for each step that ends, for logs and cron."""
    if event.kind == "begun" or event.step in ("begin", "synthesize", "critique", "edit", "file", "extract"):
        return
    name = f"{event.step} {event.category}" if event.category else event.step
    typer.echo(f"{'failed' if event.kind == 'failed' else 'done':6} {name}{': ' if event.note else ''}{event.note}")


def _live(console: Console, day: date | None, ctx: Context, again: bool) -> Outcome:
    """The same run as a table that fills: the day's steps, and each category with the step it is in."""
    steps: dict[str, Text] = {}
    categories: dict[str, Text] = {}
    rounds: dict[str, int] = {}

    def table() -> Table:
        grid = Table.grid(padding=(0, 2))
        for name in STEPS:
            grid.add_row(name, steps.get(name, Text("·", "dim")))
            if name == "trends":
                for key, state in categories.items():
                    grid.add_row(f"  {ctx.taxonomy[key].name(ctx.language)}", state)
        return grid

    def watch(event: Event) -> None:
        mark = {"begun": Text("…", "yellow"), "done": Text(f"✓ {event.note}", "green")}.get(
            event.kind, Text(f"✗ {event.note}", "red")
        )
        if event.category is None:
            steps[event.step] = mark
        elif event.step == "category" and event.kind != "begun":
            if (mended := rounds.get(event.category, 0)) and event.kind == "done":
                mark = Text(f"✓ mended {mended}×", "green")
            categories[event.category] = mark
        elif event.kind == "begun":
            rounds[event.category] = rounds.get(event.category, 0) + (event.step == "edit")
            categories[event.category] = Text(f"… {event.step}", "yellow")
        live.update(table())

    with Live(table(), console=console, refresh_per_second=8) as live:
        return asyncio.run(run_graph(day, ctx, again=again, watch=watch))


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
    synthesised = sum(len(s.papers) for s in report.sections)
    listed = sum(len(s.also) for s in report.sections)
    repeats = sum(len(s.repeats) for s in report.sections)
    return (
        f"{len(report.papers)} papers in {len(report.sections)} categories "
        f"({synthesised} synthesised, {listed} listed, {repeats} repeats)"
    )
