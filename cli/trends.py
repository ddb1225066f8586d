"""``insights trends``: how much of the days each category had, and what rose and fell."""

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from agents import historian
from domain.errors import InsightsError
from domain.taxonomy import Taxonomy
from domain.topics import Lexicon
from domain.trends import DayRow, Fact
from graph.settings import Settings
from publishing import trend_picture

from .console import open_console, print_json, print_lines
from .exit_codes import COMPLETE
from .remembered import category_label, keys_of, observed, remembered
from .shares import LATELY, CategoryShare, percent, points, shares, sparkline

TOPICS = 3
"""Of a category's day."""
WINDOW = 28
"""Observed days that a day's report looks back on."""


def show_trends(settings: Settings, *, days: int, categories: list[str], picture: Path | None, as_json: bool) -> int:
    """Prints a table, the newest day's trend facts and, on demand, a picture."""
    with remembered(settings) as (ctx, memory):
        taxonomy, keys = ctx.taxonomy, keys_of(categories, ctx.taxonomy)
        held = observed(memory, max(days, WINDOW + 1))
        rows = held[-days:]
        told_of = memory.categories(rows[0].day, rows[-1].day) if rows and len(keys) == 1 else ()
    spoken = {row.day: row.topics for row in told_of if row.category in keys and row.topics}
    if not rows:
        raise InsightsError(f"no day with papers is finished in {ctx.folder} yet; 'insights run' writes one")
    found = shares(rows, [c.key for c in taxonomy.all])
    found = [share for share in found if (share.category in keys if keys else share.total)]
    # What a report would say of the newest day.
    told = historian.day_facts(held[-1], held[-1 - WINDOW : -1], taxonomy, ctx.lexicon)
    facts = [fact for fact in told if not keys or fact.category in (*keys, None)]
    if picture:
        _draw(rows, keys, taxonomy, settings.language, picture)
    console = open_console()
    if as_json:
        print_json(console, _shape(rows, found, facts, taxonomy, settings.language))
    else:
        _print(console, rows, found, facts, taxonomy, settings.language)
        if keys:
            topics = _named(spoken, ctx.lexicon, settings.language)
            _print_days(console, rows, found, topics, taxonomy, settings.language)
        if picture:
            print_lines(console, str(picture))
    return COMPLETE


def _draw(rows: Sequence[DayRow], keys: Sequence[str], taxonomy: Taxonomy, language: str, path: Path) -> None:
    """Raises InsightsError when it cannot be drawn."""
    if len(rows) < 2:
        raise InsightsError("one observed day makes no picture; look at more with --days, or come back tomorrow")
    shown = [
        row.model_copy(update={"categories": tuple((key, n) for key, n in row.categories if not keys or key in keys)})
        for row in rows
    ]
    try:
        trend_picture.draw(shown, taxonomy, path, language=language)
    except OSError as error:
        raise InsightsError(f"{path} cannot be written: {error.strerror or error}") from None


def _shape(
    rows: tuple[DayRow, ...], found: list[CategoryShare], facts: list[Fact], taxonomy: Taxonomy, language: str
) -> dict[str, Any]:
    return {
        "days": [{"day": row.day.isoformat(), "new": row.new} for row in rows],
        "lately": min(LATELY, len(rows)),
        "categories": [
            {
                "category": share.category,
                "name": taxonomy[share.category].name(language) if share.category in taxonomy else share.category,
                "total": share.total,
                "share": share.share,
                "counts": list(share.counts),
                "before": share.before,
                "lately": share.lately,
                "change": share.change,
            }
            for share in found
        ],
        "facts": [fact.model_dump(mode="json") for fact in facts],
    }


def _print(
    console: Console,
    rows: tuple[DayRow, ...],
    found: list[CategoryShare],
    facts: list[Fact],
    taxonomy: Taxonomy,
    language: str,
) -> None:
    new = sum(row.new for row in rows)
    print_lines(console, f"{new} new papers on {len(rows)} observed days, {rows[0].day} to {rows[-1].day}")
    table = Table("category", box=None, padding=(0, 2, 0, 0))
    for name in ("papers", "share", f"last {LATELY} days", "before", "change"):
        table.add_column(name, justify="right")
    table.add_column("share by day", no_wrap=True)
    for share in found:
        table.add_row(
            Text(category_label(share.category, taxonomy, language)),
            *(str(share.total), percent(share.share)),
            *(percent(share.lately), percent(share.before), points(share.change)),
            sparkline(share.by_day[-WINDOW:]),
        )
    console.print(table)
    print_lines(console, Text("change is in percentage points; of the newest day its report says:", "dim"))
    for fact in facts:
        print_lines(console, f"{rows[-1].day}  {fact.text(language)}")


def _named(spoken: Mapping[date, Sequence[tuple[str, int]]], lexicon: Lexicon, language: str) -> dict[date, str]:
    """The topics that most papers of each day speak of, with their number."""
    return {
        day: ", ".join(f"{lexicon[key].name(language)} {papers}" for key, papers in topics[:TOPICS])
        for day, topics in spoken.items()
    }


def _print_days(
    console: Console,
    rows: tuple[DayRow, ...],
    found: list[CategoryShare],
    topics: Mapping[date, str],
    taxonomy: Taxonomy,
    language: str,
) -> None:
    """``topics``: what the new papers of a single category speak of, by day."""
    table = Table("day", box=None, padding=(0, 2, 0, 0))
    for name in ("new papers", *(category_label(share.category, taxonomy, language) for share in found)):
        table.add_column(Text(name), justify="right")
    if topics:
        table.add_column("topics")
    for at, row in enumerate(rows):
        cells: list[str | Text] = [f"{share.counts[at]} ({percent(share.by_day[at])})" for share in found]
        if topics:
            cells.append(Text(topics.get(row.day, "")))
        table.add_row(str(row.day), str(row.new), *cells)
    console.print(table)
