"""``insights week``: a week looked back on from the memory and the published reports."""

import asyncio

import typer

from domain.weeks import Week, WeekId
from graph.context import Context
from graph.settings import Settings
from graph.weeks import compose, last_week
from publishing import weeks
from publishing.site.week import markdown

from .console import counted
from .exit_codes import BROKEN, COMPLETE, PARTIAL
from .stopping import stoppable

FOLDER = "weeks"
"""In the data folder."""


def write_week(week: WeekId | None, settings: Settings) -> int:
    """Writes the week and says where it is; 3 where a line did not pass any more, 4 where no day could be told."""
    ctx = Context.of(settings)
    week = week or last_week(ctx)
    with stoppable(f"left to do: {week}. Nothing of it is published; the same command for {week} begins it again"):
        found = asyncio.run(_compose(week, ctx))
        folder = weeks.write(found, markdown(found, ctx.taxonomy), ctx.folder / FOLDER)
    for drop in found.left_out:
        typer.echo(f"left out: {drop.what}: {drop.reason}")
    typer.echo(
        f"{found.week}: {counted(len(found.days_told), 'days')}, {counted(len(found.highlights), 'papers')}, "
        f"{counted(len(found.threads), 'stories')} over several days{'' if found.opening else ', arranged by rule'}"
    )
    typer.echo(folder / weeks.MARKDOWN)
    if not found.days_told:
        return BROKEN
    return PARTIAL if found.left_out else COMPLETE


async def _compose(week: WeekId, ctx: Context) -> Week:
    await asyncio.to_thread(ctx.check)
    try:
        return await compose(week, ctx)
    finally:
        await ctx.aclose()
