"""``insights site``: the pages of all published days, made and shown."""

from pathlib import Path

import typer

from domain.errors import InsightsError
from domain.interests import Interests
from graph.context import Context
from graph.settings import Settings
from prompts.interests import load_interests
from publishing.site.build import Built, build
from publishing.site.maps import PaperVectors
from publishing.site.server import open_server
from vectorstore.backup import LEDGER
from vectorstore.errors import MemoryUnavailable
from vectorstore.vectors import stored_vectors

from .console import counted
from .exit_codes import COMPLETE, PARTIAL
from .settings import Loaded
from .stopping import stoppable
from .week import FOLDER


def build_site(loaded: Loaded, out: Path | None) -> int:
    """Builds the site and says where it is; a report that cannot be read is named and makes the build partial."""
    with stoppable("left to do: pages of the site. Those that are made stay; the same command makes the others"):
        built = _build(loaded, out)
    typer.echo(
        f"{counted(built.days, 'days')} in {counted(built.files, 'files')}, {built.written} of them new or changed"
        f"{f', {built.removed} removed' if built.removed else ''}"
    )
    if not loaded.delivery.site_url:
        typer.echo("links of the feeds are relative; site_url in insights.toml tells them where the site will be")
    typer.echo(built.folder / "index.html")
    return PARTIAL if built.unread else COMPLETE


def serve_site(loaded: Loaded, out: Path | None, *, host: str, port: int) -> int:
    """Builds the site and answers for it until it is interrupted."""
    built = _build(loaded, out)
    with open_server(built.folder, host, port) as server:
        typer.echo(f"http://{host}:{server.server_port}/ (Ctrl+C stops it)")
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            typer.echo()
    return COMPLETE


def _build(loaded: Loaded, out: Path | None) -> Built:
    ctx = Context.of(loaded.settings)
    if not ctx.reports.is_dir():
        raise InsightsError(f"there is no report in {ctx.reports} yet; 'insights run' writes one")
    built = build(
        ctx.reports,
        out or ctx.folder / "site",
        ctx.taxonomy,
        language=ctx.language,
        interests=read_interests(ctx),
        vectors=_vectors(ctx),
        weeks=ctx.folder / FOLDER,
        address=loaded.delivery.site_url,
    )
    for told in built.unread:
        typer.echo(f"insights: {told}", err=True)
    return built


def read_interests(ctx: Context) -> Interests:
    """The reader's interests; none where no file is named and none lies where it usually does."""
    usual = Settings.model_fields["interests"].default
    return Interests() if ctx.interests == usual and not usual.exists() else load_interests(ctx.interests, ctx.taxonomy)


def _vectors(ctx: Context) -> PaperVectors:
    """What the memory knows of the papers; without it pages have no map, which is told and no reason to stop."""
    try:
        return stored_vectors(ctx.folder / "memory" / LEDGER, ctx.embed.name)
    except MemoryUnavailable as error:
        typer.echo(f"insights: pages have no map: {error}", err=True)
        return {}
