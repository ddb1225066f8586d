"""The command's verbs. Each loads what it needs when it is called."""

import sys
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Any, cast

import typer
from typer.core import TyperGroup

from domain import registry
from domain.errors import InsightsError, UsageError
from domain.weeks import WeekId
from graph.places import trouble
from graph.settings import Settings

from .exit_codes import USAGE, WRONG
from .flags import AsJson, with_settings
from .prompt_verbs import prompts
from .settings import Loaded, export_env, flag_of
from .stopping import AGAIN, Stopped, deafen, listen, stoppable, told


class _Insights(TyperGroup):
    """The one place where a foreseen error becomes a sentence on standard error and an exit code."""

    def invoke(self, ctx: Any) -> Any:
        try:
            with stoppable(AGAIN):
                export_env()
                return super().invoke(ctx)
        except InsightsError as error:
            raise _told(error) from None
        except Exception as error:
            if wrong := trouble(error):
                raise _told(InsightsError(f"{wrong}; {AGAIN}")) from None
            raise

    def make_context(self, *given: Any, **named: Any) -> Any:
        try:
            with stoppable(AGAIN):
                return super().make_context(*given, **named)
        except Stopped as error:
            raise _told(error) from None


def _told(error: InsightsError) -> typer.Exit:
    if isinstance(error, Stopped):
        deafen()
    typer.echo(f"insights: {error}", err=True)
    return typer.Exit(_code(error))


def _code(error: InsightsError) -> int:
    match error:
        case Stopped():
            return error.code
        case UsageError():
            return USAGE
        case _:
            return WRONG


app = typer.Typer(
    cls=_Insights,
    name="insights",
    help="Tells you each morning what the AI field did yesterday, every sentence tied to the paper it rests on.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)
memory = typer.Typer(help="What is remembered of the days before.", no_args_is_help=True)
app.add_typer(memory, name="memory")
taxonomy = typer.Typer(help="What the categories miss, how they fare, and what a changed file would move.")
app.add_typer(taxonomy, name="taxonomy")
app.add_typer(prompts, name="prompts", no_args_is_help=True)


site = typer.Typer(help="The site: static pages of every published day.", no_args_is_help=True)
app.add_typer(site, name="site")


def _day(text: str) -> date:
    try:
        return datetime.strptime(text, "%Y-%m-%d").date()
    except ValueError:
        raise typer.BadParameter(f"{text!r} is no day; write it as 2024-10-06") from None


def _week(text: str) -> WeekId:
    try:
        return WeekId.read(text)
    except ValueError as error:
        raise typer.BadParameter(str(error)) from None


def _issue(text: str) -> date | WeekId:
    return _week(text) if "W" in text.upper() else _day(text)


DayArgument = Annotated[date | None, typer.Argument(parser=_day, metavar="[DAY]", help="such as 2024-10-06")]
Categories = Annotated[list[str] | None, typer.Option("--category", help="Key or name; repeatable.")]


@app.command()
@with_settings()
def run(
    settings: Settings,
    day: DayArgument = None,
    again: Annotated[bool, typer.Option("--again", help="Run a finished day afresh.")] = False,
) -> int:
    """Write the report of a day (default: yesterday)."""
    from .run import run_day

    return run_day(day, settings, again=again)


@app.command()
@with_settings()
def backfill(
    settings: Settings,
    first: Annotated[date, typer.Argument(parser=_day, metavar="FROM", help="such as 2024-10-01")],
    last: Annotated[date, typer.Argument(parser=_day, metavar="TO", help="such as 2024-10-31, included")],
    workers: Annotated[
        int | None, typer.Option(min=1, max=256, help="Processes on this machine (default: one a processor).")
    ] = None,
    cluster: Annotated[
        str, typer.Option(metavar="tcp://HOST:8786", help="A cluster of Dask that is there, in their place.")
    ] = "",
) -> int:
    """Write the reports of many days at once, as if each had been run in its turn; finished ones are skipped."""
    from .backfill import backfill_days

    return backfill_days(first, last, settings, workers=workers, cluster=cluster)


@app.command()
@with_settings("language", "data")
def review(
    settings: Settings, day: Annotated[date, typer.Argument(parser=_day, metavar="DAY", help="such as 2024-10-06")]
) -> int:
    """Open the review of a day: the one that waits, or once more that of a day that was published or rejected."""
    from .run import review_day

    return review_day(day, settings)


@app.command()
@with_settings("language", "data")
def history(
    settings: Settings,
    day: Annotated[date, typer.Argument(parser=_day, metavar="DAY", help="such as 2024-10-06")],
    as_json: AsJson = False,
) -> int:
    """Show the steps of a day's run, from each of which 'insights fork' can go on."""
    from .forks import show_history

    return show_history(day, settings, as_json=as_json)


@app.command()
@with_settings()
def fork(
    loaded: Loaded,
    day: Annotated[date, typer.Argument(parser=_day, metavar="DAY", help="such as 2024-10-06")],
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


@app.command()
@with_settings("language", "data")
def diff(
    settings: Settings,
    day: Annotated[date, typer.Argument(parser=_day, metavar="DAY", help="such as 2024-10-06")],
    fork: Annotated[str, typer.Argument(metavar="FORK", help="The name of a fork of that day.")],
    as_json: AsJson = False,
) -> int:
    """Show what a fork changed, claim by claim."""
    from .forks import show_differences

    return show_differences(day, fork, settings, as_json=as_json)


@app.command()
@with_settings("language", "data")
def trace(
    settings: Settings,
    day: Annotated[date, typer.Argument(parser=_day, metavar="DAY", help="such as 2024-10-06")],
    fork: Annotated[str, typer.Option(help="Of a fork of that day.")] = "",
    as_json: AsJson = False,
) -> int:
    """Show what took how long in the run of a day: each step, each question to a model, and the slowest path."""
    from .trace import show_trace

    return show_trace(day, settings, fork=fork, as_json=as_json)


@app.command()
@with_settings("language", "data")
def show(settings: Settings, day: DayArgument = None) -> int:
    """Show the report of a day on the terminal (default: the newest one)."""
    from .show import show_day

    return show_day(day, settings)


@app.command()
@with_settings("data")
def search(
    settings: Settings,
    text: Annotated[str, typer.Argument(metavar="TEXT", help="Some words, in any language.")],
    days: Annotated[int | None, typer.Option(min=1, help="Only the last so many observed days.")] = None,
    category: Categories = None,
    source: Annotated[list[str] | None, typer.Option(help="Only what this source listed; repeatable.")] = None,
    kind: Annotated[str | None, typer.Option(help="paper or claim (default: both).")] = None,
    most: Annotated[int, typer.Option(min=1, max=1000, help="How many hits.")] = 10,
    as_json: AsJson = False,
) -> int:
    """Search remembered papers and claims, by meaning (the score is a cosine) and by the letter."""
    from .search import search_memory

    if kind not in (None, "paper", "claim"):
        raise UsageError(f"what can be searched is a paper or a claim, not {kind!r}")
    return search_memory(
        text,
        settings,
        days=days,
        categories=category or [],
        sources=source or [],
        kind=kind,
        most=most,
        as_json=as_json,
    )


@app.command()
@with_settings("data")
def trends(
    settings: Settings,
    days: Annotated[int, typer.Option(min=1, help="How many observed days.")] = 28,
    category: Categories = None,
    picture: Annotated[Path | None, typer.Option(metavar="FILE.png", help="Draw them too.")] = None,
    as_json: AsJson = False,
) -> int:
    """Show how much of the last days each category had, and what rose and fell."""
    from .trends import show_trends

    return show_trends(settings, days=days, categories=category or [], picture=picture, as_json=as_json)


@app.command()
@with_settings("data")
def paper(
    settings: Settings,
    id: Annotated[str, typer.Argument(metavar="ID", help="Such as 2409.14674, an address, or a whole title.")],
    as_json: AsJson = False,
) -> int:
    """Show everything that is remembered of one paper."""
    from .paper import show_paper

    return show_paper(id, settings, as_json=as_json)


@taxonomy.callback(invoke_without_command=True)
@with_settings("data")
def taxonomy_now(settings: Settings, ctx: typer.Context, as_json: AsJson = False) -> int | None:
    """Show categories that were proposed, and how the share of each one moved."""
    if ctx.invoked_subcommand:
        ctx.obj = as_json, settings
        return None
    from .taxonomy import show_taxonomy

    return show_taxonomy(settings, as_json=as_json)


@taxonomy.command("apply")
@with_settings("data")
def apply(
    loaded: Loaded,
    ctx: typer.Context,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would move.")] = False,
    as_json: AsJson = False,
) -> int:
    """File remembered papers anew, as prompts/taxonomy.yaml now stands. Nothing else ever moves one."""
    from .taxonomy import apply_taxonomy

    json_before, before = cast(tuple[bool, Settings], ctx.obj)
    settings = loaded.settings if loaded.origins["data"] == flag_of("data") else before
    return apply_taxonomy(settings, dry_run=dry_run, as_json=as_json or json_before)


@app.command("settings")
@with_settings()
def settings_now(loaded: Loaded, as_json: AsJson = False) -> int:
    """Show each setting, as 'insights run' would have it with these flags, and where its value comes from."""
    from .shown import show_settings

    return show_settings(loaded, as_json=as_json)


@app.command("check")
def check_edited(
    papers: Annotated[list[Path] | None, typer.Argument(metavar="[FILES]", help="Files of papers, as for run.")] = None,
) -> None:
    """Look through every file that a person edits: settings, prompts, glossaries, categories, topics, examples."""
    from .check import check_files

    raise typer.Exit(check_files(papers or []))


@app.command()
@with_settings("model", "critic_model", "exam", "data")
def audit(
    settings: Settings,
    report: Annotated[Path, typer.Argument(metavar="REPORT.md", help="A report in Markdown, whoever wrote it.")],
    papers: Annotated[Path, typer.Option(help="A file with its papers, as for run.")],
    language: Annotated[str | None, typer.Option(help="Of the report, such as ko (default: as it is written).")] = None,
    html: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write a page too: HTML, or Markdown where it ends with .md.")
    ] = None,
    as_json: AsJson = False,
) -> int:
    """Hold each line of a report against its papers: by the model that judges, or by rules alone without one."""
    from .audit import audit_report

    if language and (wrong := registry.fault("domain.languages", "language", language, folders=True)):
        raise UsageError(wrong)
    return audit_report(report, papers, settings, language=language, as_json=as_json, page=html)


@app.command()
@with_settings("data")
def doctor(
    settings: Settings,
    model: Annotated[str | None, typer.Option(help="Ask this model for real: how it answers, how fast.")] = None,
) -> int:
    """Look at settings, keys, sources and the store, and say what is wrong; or ask a model what it can do."""
    if model:
        from .doctor_model import check_model

        return check_model(model, settings)
    from .doctor import check_machine

    return check_machine(settings)


@app.command()
@with_settings()
def week(
    settings: Settings,
    week: Annotated[
        Any, typer.Argument(parser=_week, metavar="[WEEK]", help="such as 2026-W47 (default: the last whole one)")
    ] = None,
) -> int:
    """Look back on a week: what mattered, stories over several days, trends; every line is checked again."""
    from .week import write_week

    return write_week(week, settings)


@app.command()
@with_settings("language", "data", "interests")
def deliver(
    loaded: Loaded,
    issue: Annotated[
        Any, typer.Argument(parser=_issue, metavar="[DAY|WEEK]", help="such as 2024-10-06 or 2024-W40")
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would be sent, and to whom.")] = False,
    into: Annotated[
        Path | None, typer.Option(metavar="FOLDER", help="With --dry-run: write the letters there, to look at them.")
    ] = None,
    status: Annotated[bool, typer.Option("--status", help="Show what was sent, and what waits.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="With --status: one JSON object, the log included.")] = False,
) -> int:
    """Send a day or a week to every channel, once (default: yesterday); a broken day goes to operators alone."""
    from .deliver import deliver_issue, show_outbox

    if (into and not dry_run) or (as_json and not status):
        raise UsageError("--into goes with --dry-run, --json with --status")
    return show_outbox(loaded, as_json=as_json) if status else deliver_issue(issue, loaded, dry_run=dry_run, into=into)


@app.command()
@with_settings("language", "model", "embedder", "chroma_url", "data")
def freeze(
    settings: Settings,
    day: Annotated[date, typer.Argument(parser=_day, metavar="DAY", help="One that was run.")],
    into: Annotated[Path | None, typer.Option(metavar="FOLDER", help="Default: days/ of the data folder.")] = None,
) -> int:
    """Keep a day as its run found it (papers, memory, settings, versions) in one file, to run it again from there."""
    from .frozen_days import freeze_day

    return freeze_day(day, settings, into=into)


@app.command()
@with_settings()
def replay(
    loaded: Loaded,
    frozen: Annotated[str, typer.Argument(metavar="DAY|FILE", help="A frozen day.")],
) -> int:
    """Run a frozen day again, into replays/ of the data folder: it publishes nothing and remembers nothing."""
    from .frozen_days import replay_day

    return replay_day(frozen, loaded)


@app.command()
@with_settings()
def studio(
    loaded: Loaded,
    port: Annotated[int, typer.Option(min=1, max=65535, help="Of 127.0.0.1.")] = 2024,
) -> int:
    """Serve the graph to LangGraph Studio, its form filled with these settings; without a source, the bundled days."""
    from .studio import serve_studio

    return serve_studio(loaded, port=port)


Out = Annotated[Path | None, typer.Option("--out", metavar="FOLDER", help="Where it goes (default: site in --data).")]


@site.command("build")
@with_settings("language", "data", "embedder", "interests")
def build_pages(loaded: Loaded, out: Out = None) -> int:
    """Make the pages and feeds of all published days; only what has changed is made again."""
    from .site import build_site

    return build_site(loaded, out)


@site.command("serve")
@with_settings("language", "data", "embedder", "interests")
def serve_pages(
    loaded: Loaded,
    out: Out = None,
    host: Annotated[str, typer.Option(help="Who may look: this machine alone by default.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="0: any that is free.")] = 8000,
) -> int:
    """Make the pages and show them on this machine until it is stopped."""
    from .site import serve_site

    return serve_site(loaded, out, host=host, port=port)


@memory.command("rebuild")
@with_settings("data")
def rebuild(
    settings: Settings,
    from_reports: Annotated[
        bool, typer.Option("--from-reports", help="Make the ledger anew from the published report.json files first.")
    ] = False,
) -> int:
    """Make the index from the ledger; with --from-reports the ledger from the published reports."""
    from .memory import rebuild_memory

    return rebuild_memory(settings, from_reports=from_reports)


@memory.command("info")
@with_settings("data")
def info(settings: Settings, as_json: AsJson = False) -> int:
    """Where the memory is, what made it, what it holds."""
    from .memory import show_memory

    return show_memory(settings, as_json=as_json)


@memory.command("check")
@with_settings("data")
def check(settings: Settings) -> int:
    """Look for damage; 1 when something is wrong."""
    from .memory import check_memory

    return check_memory(settings)


@memory.command("backup")
@with_settings("data")
def backup(
    settings: Settings,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="Where the copy goes.")],
) -> int:
    """Copy the memory into one file, also while a run is on."""
    from .memory import backup_memory

    return backup_memory(file, settings)


@memory.command("restore")
@with_settings("data")
def restore(
    settings: Settings,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="What 'memory backup' wrote.")],
) -> int:
    """Make the memory from such a copy, in a data folder that has none."""
    from .memory import restore_memory

    return restore_memory(file, settings)


def main() -> None:
    """The command."""
    # Standard output may be a pipe with an ASCII locale; the reports are Korean.
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")  # pyright: ignore[reportUnknownMemberType, reportAttributeAccessIssue]
    try:
        listen()
        app()
    except (KeyboardInterrupt, SystemExit) as end:
        sys.exit(told(end))
    finally:
        deafen()
