"""The command's verbs. Each loads what it needs when it is called."""

import sys
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, cast

import typer

if TYPE_CHECKING:
    from .settings import Settings

app = typer.Typer(
    name="insights",
    help="Tells you each morning what the AI field did yesterday, every sentence tied to the paper it rests on.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)
memory = typer.Typer(help="What is remembered of the days before.", no_args_is_help=True)
app.add_typer(memory, name="memory")
taxonomy = typer.Typer(help="What the categories miss, how they fare, and what a changed file would move.")
app.add_typer(taxonomy, name="taxonomy")

COMPLETE, WRONG, USAGE, PARTIAL, BROKEN = 0, 1, 2, 3, 4
"""Exit codes: complete or quiet; anything unforeseen; usage; partial; broken."""


def _day(text: str) -> date:
    try:
        return datetime.strptime(text, "%Y-%m-%d").date()
    except ValueError:
        raise typer.BadParameter(f"{text!r} is no day; write it as 2024-10-06") from None


Day = Annotated[date | None, typer.Argument(parser=_day, metavar="[DAY]", help="such as 2024-10-06")]
Data = Annotated[Path | None, typer.Option("--data", help="Folder of memory, reports and unfinished runs.")]
Json = Annotated[bool, typer.Option("--json", help="One JSON object and nothing else.")]
Categories = Annotated[list[str] | None, typer.Option("--category", help="Key or name; repeatable.")]
Language = Annotated[str | None, typer.Option("--language", help="ko or en.")]


def fail(text: object, code: int) -> typer.Exit:
    """Says the sentence on standard error; raise what it returns."""
    typer.echo(f"insights: {text}", err=True)
    return typer.Exit(code)


def _settings(**flags: object) -> "Settings":
    """Raises typer.Exit, with a sentence said, for settings that cannot be used."""
    from .settings import SettingsError, load_settings

    try:
        return load_settings(**flags)
    except SettingsError as error:
        raise fail(error, USAGE) from None


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

    if papers and source:
        raise fail("--papers and --source exclude each other: with --papers only the files are read", USAGE)
    settings = _settings(model=model, language=language, data=data, sources=source)
    raise typer.Exit(run_day(day, settings, papers or [], again=again))


@app.command()
def show(day: Day = None, language: Language = None, data: Data = None) -> None:
    """Show the report of a day on the terminal (default: the newest one)."""
    from .show import show_day

    settings = _settings(language=language, data=data)
    raise typer.Exit(show_day(day, settings))


@app.command()
def search(
    text: Annotated[str, typer.Argument(metavar="TEXT", help="Some words, in any language.")],
    days: Annotated[int | None, typer.Option(min=1, help="Only the last so many observed days.")] = None,
    category: Categories = None,
    source: Annotated[list[str] | None, typer.Option(help="Only what this source listed; repeatable.")] = None,
    kind: Annotated[str | None, typer.Option(help="paper or claim (default: both).")] = None,
    most: Annotated[int, typer.Option(min=1, max=1000, help="How many hits.")] = 10,
    as_json: Json = False,
    data: Data = None,
) -> None:
    """Search remembered papers and filed claims, by meaning (the score is a cosine) and by the letter."""
    from .search import search_memory

    if kind not in (None, "paper", "claim"):
        raise fail(f"what can be searched is a paper or a claim, not {kind!r}", USAGE)
    settings = _settings(data=data)
    raise typer.Exit(
        search_memory(
            text,
            settings,
            days=days,
            categories=category or [],
            sources=source or [],
            kind=kind,
            most=most,
            as_json=as_json,
        )
    )


@app.command()
def trends(
    days: Annotated[int, typer.Option(min=1, help="How many observed days.")] = 28,
    category: Categories = None,
    picture: Annotated[Path | None, typer.Option(metavar="FILE.png", help="Draw them too.")] = None,
    as_json: Json = False,
    data: Data = None,
) -> None:
    """Show how much of the last days each category had, and what rose and fell."""
    from .trends import show_trends

    settings = _settings(data=data)
    raise typer.Exit(show_trends(settings, days=days, categories=category or [], picture=picture, as_json=as_json))


@app.command()
def paper(
    id: Annotated[str, typer.Argument(metavar="ID", help="Such as 2409.14674, an address, or a whole title.")],
    as_json: Json = False,
    data: Data = None,
) -> None:
    """Show everything that is remembered of one paper."""
    from .paper import show_paper

    raise typer.Exit(show_paper(id, _settings(data=data), as_json=as_json))


@taxonomy.callback(invoke_without_command=True)
def taxonomy_now(ctx: typer.Context, as_json: Json = False, data: Data = None) -> None:
    """Show categories that were proposed, and how the share of each one moved."""
    if ctx.invoked_subcommand:
        ctx.obj = as_json, data
        return
    from .taxonomy import show_taxonomy

    raise typer.Exit(show_taxonomy(_settings(data=data), as_json=as_json))


@taxonomy.command("apply")
def apply(
    ctx: typer.Context,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would move.")] = False,
    as_json: Json = False,
    data: Data = None,
) -> None:
    """File remembered papers anew, as prompts/taxonomy.yaml now stands. Nothing else ever moves one."""
    from .taxonomy import apply_taxonomy

    json_before, data_before = cast(tuple[bool, Path | None], ctx.obj)
    settings = _settings(data=data or data_before)
    raise typer.Exit(apply_taxonomy(settings, dry_run=dry_run, as_json=as_json or json_before))


@app.command()
def audit(
    report: Annotated[Path, typer.Argument(metavar="REPORT.md", help="A published report in Markdown.")],
    papers: Annotated[Path, typer.Option(help="A file with its papers, as for run.")],
    as_json: Json = False,
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

    settings = _settings(data=data)
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

    settings = _settings(data=data)
    raise typer.Exit(rebuild_memory(settings, from_reports=from_reports))


@memory.command("info")
def info(as_json: Json = False, data: Data = None) -> None:
    """Where the memory is, what made it, what it holds."""
    from .memory import show_memory

    raise typer.Exit(show_memory(_settings(data=data), as_json=as_json))


@memory.command("check")
def check(data: Data = None) -> None:
    """Look for damage; 1 when something is wrong."""
    from .memory import check_memory

    raise typer.Exit(check_memory(_settings(data=data)))


@memory.command("backup")
def backup(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="Where the copy goes.")],
    data: Data = None,
) -> None:
    """Copy the memory into one file, also while a run is on."""
    from .memory import backup_memory

    raise typer.Exit(backup_memory(file, _settings(data=data)))


@memory.command("restore")
def restore(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="What 'memory backup' wrote.")],
    data: Data = None,
) -> None:
    """Make the memory from such a copy, in a data folder that has none."""
    from .memory import restore_memory

    raise typer.Exit(restore_memory(file, _settings(data=data)))


def main() -> None:
    """The console script: ``insights``."""
    # Standard output may be a pipe with an ASCII locale; the reports are Korean.
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")  # pyright: ignore[reportUnknownMemberType, reportAttributeAccessIssue]
    app()
