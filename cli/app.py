"""The command's verbs. Each loads what it needs when it is called."""

import sys
from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer(
    name="insights",
    help="Tells you each morning what the AI field did yesterday, every sentence tied to the paper it rests on.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)
memory = typer.Typer(help="What is remembered of the days before.", no_args_is_help=True)
app.add_typer(memory, name="memory")

COMPLETE, WRONG, USAGE, PARTIAL, BROKEN = 0, 1, 2, 3, 4
"""Exit codes: complete or quiet; anything unforeseen; usage; partial; broken."""


def _day(text: str) -> date:
    try:
        return datetime.strptime(text, "%Y-%m-%d").date()
    except ValueError:
        raise typer.BadParameter(f"{text!r} is no day; write it as 2024-10-06") from None


Day = Annotated[date | None, typer.Argument(parser=_day, metavar="[DAY]", help="such as 2024-10-06")]
Data = Annotated[Path | None, typer.Option("--data", help="Folder of memory, reports and unfinished runs.")]
Language = Annotated[str | None, typer.Option("--language", help="ko or en.")]


def fail(text: object, code: int) -> typer.Exit:
    """Says the sentence on standard error; raise what it returns."""
    typer.echo(f"insights: {text}", err=True)
    return typer.Exit(code)


@app.command()
def run(
    day: Day = None,
    papers: Annotated[list[Path] | None, typer.Option(help="A file with the day's papers; repeatable.")] = None,
    source: Annotated[list[str] | None, typer.Option(help="Where to look for papers; repeatable.")] = None,
    model: Annotated[str | None, typer.Option(help="offline (no key), or openai:NAME.")] = None,
    language: Language = None,
    data: Data = None,
    again: Annotated[bool, typer.Option("--again", help="Run a finished day afresh.")] = False,
) -> None:
    """Write the report of a day (default: yesterday)."""
    from .run import run_day
    from .settings import SettingsError, load_settings

    if papers and source:
        raise fail("--papers and --source exclude each other: with --papers only the files are read", USAGE)
    try:
        settings = load_settings(model=model, language=language, data=data, sources=source)
    except SettingsError as error:
        raise fail(error, USAGE) from None
    raise typer.Exit(run_day(day, settings, papers or [], again=again))


@app.command()
def show(day: Day = None, language: Language = None, data: Data = None) -> None:
    """Show the report of a day on the terminal (default: the newest one)."""
    from .settings import SettingsError, load_settings
    from .show import show_day

    try:
        settings = load_settings(language=language, data=data)
    except SettingsError as error:
        raise fail(error, USAGE) from None
    raise typer.Exit(show_day(day, settings))


@app.command()
def audit(
    report: Annotated[Path, typer.Argument(metavar="REPORT.md", help="A published report in Markdown.")],
    papers: Annotated[Path, typer.Option(help="A file with its papers, as for run.")],
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object and nothing else.")] = False,
    language: Annotated[str, typer.Option(help="Of the report: ko or en.")] = "ko",
) -> None:
    """Hold each sentence of a report against its papers, by the critic's rules, without a model."""
    from .audit import audit_report

    if language not in ("ko", "en"):
        raise fail(f"the language of a report is ko or en, not {language!r}", USAGE)
    raise typer.Exit(audit_report(report, papers, language=language, as_json=as_json))


@app.command()
def doctor(data: Data = None) -> None:
    """Look at settings, keys, sources and the store, and say what is wrong."""
    from .doctor import examine
    from .settings import SettingsError, load_settings

    try:
        settings = load_settings(data=data)
    except SettingsError as error:
        raise fail(error, USAGE) from None
    raise typer.Exit(examine(settings))


@memory.command("rebuild")
def rebuild(
    data: Data = None,
    from_reports: Annotated[
        bool, typer.Option("--from-reports", help="Make the ledger anew from the published report.json files first.")
    ] = False,
) -> None:
    """Make the index from the ledger; with --from-reports the ledger from the published reports."""
    from .memory import rebuild_memory
    from .settings import SettingsError, load_settings

    try:
        settings = load_settings(data=data)
    except SettingsError as error:
        raise fail(error, USAGE) from None
    raise typer.Exit(rebuild_memory(settings, from_reports=from_reports))


def main() -> None:
    """The console script: ``insights``."""
    # Standard output may be a pipe with an ASCII locale; the reports are Korean.
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")  # pyright: ignore[reportUnknownMemberType, reportAttributeAccessIssue]
    app()
