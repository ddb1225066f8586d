"""The verbs that bring reports to readers: the week, letters, the site."""

from pathlib import Path
from typing import Annotated, Any

import typer

from domain.errors import UsageError
from graph.settings import Settings

from .arguments import read_issue, read_week
from .flags import with_settings
from .settings import Loaded

letters = typer.Typer()
site = typer.Typer(help="The site: static pages of every published day.", no_args_is_help=True)

Out = Annotated[Path | None, typer.Option("--out", metavar="FOLDER", help="Where it goes (default: site in --data).")]


@letters.command()
@with_settings()
def week(
    settings: Settings,
    week: Annotated[
        Any, typer.Argument(parser=read_week, metavar="[WEEK]", help="such as 2026-W47 (default: the last whole one)")
    ] = None,
) -> int:
    """Look back on a week: what mattered, stories over several days, trends; every line is checked again."""
    from .week import write_week

    return write_week(week, settings)


@letters.command()
@with_settings("language", "data", "interests")
def deliver(
    loaded: Loaded,
    issue: Annotated[
        Any, typer.Argument(parser=read_issue, metavar="[DAY|WEEK]", help="such as 2024-10-06 or 2024-W40")
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
