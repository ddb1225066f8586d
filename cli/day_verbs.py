"""The verbs of a day: its run, what became of it, and other runs from its steps."""

from datetime import date
from typing import Annotated

import typer

from graph.settings import Settings

from .arguments import AsJson, DayArgument, OptionalDay, read_day
from .flags import with_settings
from .settings import Loaded

days = typer.Typer()


@days.command()
@with_settings()
def run(
    settings: Settings,
    day: OptionalDay = None,
    again: Annotated[bool, typer.Option("--again", help="Run a finished day afresh.")] = False,
) -> int:
    """Write the report of a day (default: yesterday)."""
    from .run import run_day

    return run_day(day, settings, again=again)


@days.command()
@with_settings()
def backfill(
    settings: Settings,
    first: Annotated[date, typer.Argument(parser=read_day, metavar="FROM", help="such as 2024-10-01")],
    last: Annotated[date, typer.Argument(parser=read_day, metavar="TO", help="such as 2024-10-31, included")],
    workers: Annotated[
        int | None, typer.Option(min=1, max=256, help="Processes on this machine (default: one a processor).")
    ] = None,
    cluster: Annotated[
        str, typer.Option(metavar="tcp://HOST:8786", help="A cluster of Dask that is there, in their place.")
    ] = "",
) -> int:
    """Write the reports of many days at once, as if each had been run in its turn; finished ones are skipped."""
    from graph.backfill.forking import begin

    if not cluster:
        begin()  # before the rest is loaded here: the workers' part loads on another processor
    from .backfill import backfill_days

    return backfill_days(first, last, settings, workers=workers, cluster=cluster)


@days.command()
@with_settings("language", "data")
def review(settings: Settings, day: DayArgument) -> int:
    """Open the review of a day: the one that waits, or once more that of a day that was published or rejected."""
    from .run import review_day

    return review_day(day, settings)


@days.command()
@with_settings("language", "data")
def history(
    settings: Settings,
    day: DayArgument,
    as_json: AsJson = False,
) -> int:
    """Show the steps of a day's run, from each of which 'insights fork' can go on."""
    from .forks import show_history

    return show_history(day, settings, as_json=as_json)


@days.command()
@with_settings()
def fork(
    loaded: Loaded,
    day: DayArgument,
    at: Annotated[str, typer.Option(metavar="STEP", help="What is done next there, or its number (see history).")],
    name: Annotated[str, typer.Option(help="Of its folder under forks/ (default: the day and a number).")] = "",
    prompt: Annotated[
        list[str] | None,
        typer.Option(metavar="FILE", help="In the place of the prompt of its name, or ROLE=FILE; repeatable."),
    ] = None,
    set_: Annotated[
        list[str] | None, typer.Option("--set", metavar="SETTING=VALUE", help="As a flag would; repeatable.")
    ] = None,
    publish: Annotated[bool, typer.Option("--publish", help="Let it take the place of the published day.")] = False,
) -> int:
    """Run a day once more from one of its steps, with other settings or prompts; the published day stays as it is."""
    from .forks import run_fork

    return run_fork(day, loaded, at=at, name=name, prompt_files=prompt or [], given=set_ or [], publish=publish)


@days.command()
@with_settings("language", "data")
def diff(
    settings: Settings,
    day: DayArgument,
    fork: Annotated[str, typer.Argument(metavar="FORK", help="The name of a fork of that day.")],
    as_json: AsJson = False,
) -> int:
    """Show what a fork changed, claim by claim."""
    from .forks import show_differences

    return show_differences(day, fork, settings, as_json=as_json)


@days.command()
@with_settings("language", "data")
def trace(
    settings: Settings,
    day: DayArgument,
    fork: Annotated[str, typer.Option(help="Of a fork of that day.")] = "",
    as_json: AsJson = False,
) -> int:
    """Show what took how long in the run of a day: each step, each question to a model, and the slowest path."""
    from .trace import show_trace

    return show_trace(day, settings, fork=fork, as_json=as_json)


@days.command()
@with_settings("language", "data")
def show(settings: Settings, day: OptionalDay = None) -> int:
    """Show the report of a day on the terminal (default: the newest one)."""
    from .show import show_day

    return show_day(day, settings)
