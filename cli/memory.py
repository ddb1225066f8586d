"""``insights memory``: what is remembered."""

import typer

from graph.context import Context
from publishing.files import PublishError, published, read_report
from vectorstore.embedding import EmbedderUnavailable
from vectorstore.errors import MemoryUnavailable

from .app import COMPLETE, WRONG, fail
from .run import context
from .settings import Settings


def rebuild_memory(settings: Settings, *, from_reports: bool) -> int:
    """Builds the index from the ledger; ``from_reports``: first the ledger from the published reports."""
    ctx: Context = context(settings, [])
    if not (ctx.folder / "memory").is_dir() and not from_reports:
        raise fail(f"there is no memory in {ctx.folder}; --from-reports makes one from published reports", WRONG)
    try:
        with ctx.memory() as memory:
            if from_reports:
                paths = [path for language in ("ko", "en") for path in published(ctx.reports, language)]
                if not paths:
                    raise fail(f"there is no published report in {ctx.reports}", WRONG)
                days = memory.rebuild_ledger(read_report(path) for path in paths)
                typer.echo(f"the ledger was made from {days} published reports")
            else:
                typer.echo(f"the index was made from the ledger: {memory.rebuild()} papers")
            for note in memory.notes:
                typer.echo(note)
            typer.echo(", ".join(f"{number} {what}" for what, number in memory.counts().items()))
    except (MemoryUnavailable, EmbedderUnavailable, PublishError) as error:
        raise fail(error, WRONG) from None
    return COMPLETE
