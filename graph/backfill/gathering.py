"""What the sources have of a day: asked one after the other in the order of days, and kept until the day is done."""

import asyncio
import gzip
from datetime import date
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from agents import retriever
from domain.reports import Listing
from graph.context import Context

_LISTINGS = TypeAdapter(tuple[Listing, ...])


async def gather(day: date, context: Context, kept: Path) -> tuple[Listing, ...]:
    """From where they were kept, else from the sources, side by side as in any run. What did not answer is asked again
    next time; files are not kept a second time. Raises what a source raises for settings that cannot be."""
    if held := await asyncio.to_thread(_held, kept):
        return held
    listings = tuple(await asyncio.gather(*(retriever.ask_source(source, day) for source in context.opened_sources)))
    if not context.papers and all(one.health.state in ("answered", "empty") for one in listings):
        await asyncio.to_thread(_keep, kept, listings)
    return listings


def _held(kept: Path) -> tuple[Listing, ...]:
    try:
        return _LISTINGS.validate_json(gzip.decompress(kept.read_bytes()))
    except (OSError, EOFError, ValidationError):  # not there, cut off, or of another version
        return ()


def _keep(kept: Path, listings: tuple[Listing, ...]) -> None:
    kept.parent.mkdir(parents=True, exist_ok=True)
    part = kept.with_suffix(".part")
    part.write_bytes(gzip.compress(_LISTINGS.dump_json(listings), compresslevel=3))
    part.replace(kept)
