"""``insights trends``: how much of the days each category had, and what rose and fell."""

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from agents import historian
from domain.taxonomy import Taxonomy
from domain.trends import DayRow, Fact
from publishing import trend_picture

from .app import COMPLETE, WRONG, fail
from .console import open_console, print_json, print_lines
from .remembered import keys_of, label, observed, remembered
from .settings import Settings
from .shares import LATELY, Share, percent, points, shares, sparkline

KEYWORDS = 3
"""Of a category's day."""
WINDOW = 28
"""Observed days that a day's report looks back on."""


def show_trends(settings: Settings, *, days: int, categories: list[str], picture: Path | None, as_json: bool) -> int:
    """Prints a table, the newest day's trend facts and, on demand, a picture."""
    with remembered(settings) as (ctx, memory):
        taxonomy, keys = ctx.taxonomy, keys_of(categories, ctx.taxonomy)
        held = observed(memory, max(days, WINDOW + 1))
        rows = held[-days:]
        spoken = memory.categories(rows[0].day, rows[-1].day) if rows and len(keys) == 1 else ()
    keywords = {row.day: row.keyphrases for row in spoken if row.category in keys}
    if not rows:
        raise fail(f"no day with papers is finished in {ctx.folder} yet; 'insights run' writes one", WRONG)
    found = shares(rows, [c.key for c in taxonomy.all])
    found = [share for share in found if (share.category in keys if keys else share.total)]
    # What a report would say of the newest day.
    told = historian.facts(held[-1], held[-1 - WINDOW : -1], taxonomy, ctx.lexicon)
    facts = [fact for fact in told if not keys or fact.category in (*keys, None)]
    if picture:
        _draw(rows, keys, taxonomy, settings.language, picture)
    console = open_console()
    if as_json:
        print_json(console, _shape(rows, found, facts, taxonomy, settings.language))
    else:
        _print(console, rows, found, facts, taxonomy, settings.language)
        if keys:
            _print_days(console, rows, found, keywords, taxonomy, settings.language)
        if picture:
            print_lines(console, str(picture))
    return COMPLETE


def _draw(rows: Sequence[DayRow], keys: Sequence[str], taxonomy: Taxonomy, language: str, path: Path) -> None:
    """Raises typer.Exit, with a sentence said."""
    if len(rows) < 2:
        raise fail("one observed day makes no picture; look at more with --days, or come back tomorrow", WRONG)
    shown = [
        row.model_copy(update={"categories": tuple((key, n) for key, n in row.categories if not keys or key in keys)})
        for row in rows
    ]
    try:
        trend_picture.draw(shown, taxonomy, path, language=language)
    except OSError as error:
        raise fail(f"{path} cannot be written: {error.strerror or error}", WRONG) from None


def _shape(
    rows: tuple[DayRow, ...], found: list[Share], facts: list[Fact], taxonomy: Taxonomy, language: str
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
    found: list[Share],
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
            Text(label(share.category, taxonomy, language)),
            *(str(share.total), percent(share.share)),
            *(percent(share.lately), percent(share.before), points(share.change)),
            sparkline(share.by_day[-WINDOW:]),
        )
    console.print(table)
    print_lines(console, Text("change is in percentage points; of the newest day its report says:", "dim"))
    for fact in facts:
        print_lines(console, f"{rows[-1].day}  {fact.text(language)}")


def _print_days(
    console: Console,
    rows: tuple[DayRow, ...],
    found: list[Share],
    keywords: Mapping[date, Sequence[str]],
    taxonomy: Taxonomy,
    language: str,
) -> None:
    """``keywords``: what the reports said of a single category, by day."""
    table = Table("day", box=None, padding=(0, 2, 0, 0))
    for name in ("new papers", *(label(share.category, taxonomy, language) for share in found)):
        table.add_column(Text(name), justify="right")
    if keywords:
        table.add_column("keywords")
    for at, row in enumerate(rows):
        cells: list[str | Text] = [f"{share.counts[at]} ({percent(share.by_day[at])})" for share in found]
        if keywords:
            cells.append(Text(", ".join(keywords.get(row.day, ())[:KEYWORDS])))
        table.add_row(str(row.day), str(row.new), *cells)
    console.print(table)
