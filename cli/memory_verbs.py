"""The verbs of the memory: what is asked of it, its categories, and where it is kept."""

from pathlib import Path
from typing import Annotated, cast

import typer

from domain.errors import UsageError
from graph.settings import Settings

from .arguments import AsJson
from .flags import with_settings
from .settings import Loaded, flag_of

asked = typer.Typer()
memory = typer.Typer(help="What is remembered of the days before.", no_args_is_help=True)
taxonomy = typer.Typer(help="What the categories miss, how they fare, and what a changed file would move.")

Categories = Annotated[list[str] | None, typer.Option("--category", help="Key or name; repeatable.")]


@asked.command()
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


@asked.command()
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


@asked.command()
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
