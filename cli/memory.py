"""``insights memory``: what is remembered, whether it is sound, and copies of it."""

from collections.abc import Iterable
from pathlib import Path

import typer

from domain import languages
from domain.errors import InsightsError
from graph.context import Context
from graph.settings import Settings
from publishing.files import published, read_report
from vectorstore.backup import restore
from vectorstore.database import SCHEMA

from .console import counted, open_console, print_json, print_lines
from .exit_codes import COMPLETE, WRONG
from .remembered import remembered
from .stopping import stoppable

_LEFT = "left to do: the index. The ledger, from which it is made, is whole; the same command makes it again"


def rebuild_memory(settings: Settings, *, from_reports: bool) -> int:
    """Builds the index from the ledger, embedding it anew where the embedder is another; ``from_reports``: first the
    ledger from the published reports."""
    ctx: Context = Context.of(settings)
    if not (ctx.folder / "memory").is_dir() and not from_reports:
        raise InsightsError(f"there is no memory in {ctx.folder}; --from-reports makes one from published reports")
    with stoppable(_LEFT), ctx.memory(embed_anew=True) as memory:
        if from_reports:
            found = (path for language in languages.codes() for path in published(ctx.reports, language))
            paths = sorted(found, key=lambda path: path.relative_to(ctx.reports).parts)
            if not paths:
                raise InsightsError(f"there is no published report in {ctx.reports}")
            days = memory.rebuild_ledger(read_report(path) for path in paths)
            typer.echo(f"the ledger was made from {counted(days, 'published reports')}")
        else:
            papers = counted(memory.rebuild(), "papers")
            typer.echo(f"the index was made from the ledger with {ctx.embed.name}: {papers}")
        for note in memory.notes:
            typer.echo(note)
        typer.echo(_holds(memory.counts()))
    return COMPLETE


def _holds(counts: dict[str, int]) -> str:
    return ", ".join(counted(number, what) for what, number in counts.items())


def show_memory(settings: Settings, *, as_json: bool) -> int:
    """Prints where the memory is, what made it and what it holds."""
    with remembered(settings) as (ctx, memory):
        counts, span = memory.counts(), memory.span()
        folder, embedder, server = ctx.folder / "memory", ctx.embed, ctx.chroma_url
        sizes = {
            "ledger": _bytes(folder.glob("ledger.sqlite*")),
            "index": _bytes((folder / "chroma").rglob("*")),
        }
    console = open_console()
    if as_json:
        print_json(
            console,
            {
                "folder": str(folder),
                "index": server or str(folder / "chroma"),
                "embedder": embedder.name,
                "dimension": embedder.dimension,
                "schema": SCHEMA,
                "counts": counts,
                "first_day": span[0].isoformat() if span else None,
                "last_day": span[1].isoformat() if span else None,
                "bytes": sizes,
            },
        )
        return COMPLETE
    rows = {
        "folder": str(folder),
        "index": f"on the Chroma server {server}" if server else f"in the folder, {_size(sizes['index'])}",
        "ledger": f"schema {SCHEMA}, {_size(sizes['ledger'])}",
        "embedder": f"{embedder.name}, {embedder.dimension} dimensions",
        "days": f"{span[0]} to {span[1]}" if span else "none yet",
        "holds": _holds(counts),
    }
    print_lines(console, *(f"{name:10}{value}" for name, value in rows.items()))
    return COMPLETE


def check_memory(settings: Settings) -> int:
    """Prints what is wrong, and returns 1 when something is. What opening mended is said, and is no longer wrong."""
    with remembered(settings) as (ctx, memory):
        faults, counts = memory.check(), memory.counts()
    for fault in faults:
        typer.echo(fault)
    if faults:
        typer.echo("'insights memory rebuild' makes the index anew from the ledger")
        return WRONG
    typer.echo(f"the memory in {ctx.folder} is sound: {_holds(counts)}")
    return COMPLETE


def backup_memory(target: Path, settings: Settings) -> int:
    """Writes a copy of the memory into one file."""
    try:
        with remembered(settings) as (_, memory):
            path = memory.backup(target)
    except OSError as error:
        raise InsightsError(f"{target} cannot be written: {error.strerror or error}") from None
    typer.echo(f"{path}: {_size(path.stat().st_size)}; 'insights memory restore' brings it back")
    return COMPLETE


def restore_memory(archive: Path, settings: Settings) -> int:
    """Makes the memory of the data folder from a copy, and its index with it."""
    ctx = Context.of(settings)
    try:
        restore(archive, ctx.folder / "memory")
        # Opening makes the index, from the vectors of the ledger.
        with ctx.memory() as memory:
            counts = memory.counts()
    except OSError as error:
        raise InsightsError(f"{archive} cannot be restored to {ctx.folder}: {error.strerror or error}") from None
    typer.echo(f"the memory in {ctx.folder} holds {_holds(counts)}")
    return COMPLETE


def _bytes(paths: Iterable[Path]) -> int:
    return sum(path.stat().st_size for path in paths if path.is_file())


def _size(number: int) -> str:
    return f"{number / 1e6:.1f} MB"
