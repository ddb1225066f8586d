"""``insights taxonomy``: what is missing in it, how its categories fare, and what a changed one would move."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
from rich.table import Table
from rich.text import Text

from agents.classifier import UNSURE_BELOW
from domain.memories import ProposedCategory
from domain.papers import Paper
from domain.reports import Filing
from domain.taxonomy import Taxonomy
from graph.before import expect
from graph.context import Context
from graph.settings import Settings

from .console import open_console, print_json, print_lines
from .exit_codes import COMPLETE
from .refile import Move, moves
from .remembered import category_label, observed, remembered
from .shares import CategoryShare, percent, points, shares

_ALL = 1_000_000
"""Observed days: more than can be remembered."""
_EXAMPLES = 3


def show_taxonomy(settings: Settings, *, as_json: bool) -> int:
    """Prints the categories that were proposed, and how the share of each one moved."""
    with remembered(settings) as (ctx, memory):
        rows = observed(memory, _ALL)
        proposed = memory.proposals()
        examples = memory.papers([paper for one in proposed for paper in one.papers])
    half = len(rows) - len(rows) // 2
    found = shares(rows, [c.key for c in ctx.taxonomy.all], lately=half)
    console = open_console()
    if as_json:
        print_json(
            console,
            {
                "days": [row.day.isoformat() for row in rows],
                "later_days": half,
                "categories": [_share(share, ctx.taxonomy, settings.language) for share in found],
                "proposals": [_proposal(one, examples) for one in proposed],
            },
        )
        return COMPLETE
    if rows:
        middle = rows[len(rows) - half].day
        print_lines(console, f"{len(rows)} observed days; the later half begins on {middle}")
        table = Table("category", "key", box=None, padding=(0, 2, 0, 0))
        for name in ("papers", "share", "earlier half", "later half", "change"):
            table.add_column(name, justify="right")
        for share in found:
            name = category_label(share.category, ctx.taxonomy, settings.language)
            numbers = (percent(share.share), percent(share.before), percent(share.lately), points(share.change))
            table.add_row(Text(name), Text(share.category), str(share.total), *numbers)
        console.print(table)
    _print_proposals(console, proposed, examples)
    return COMPLETE


def apply_taxonomy(settings: Settings, *, dry_run: bool, as_json: bool) -> int:
    """Prints what the taxonomy would move, and moves it unless it is only asked."""
    with remembered(settings) as (ctx, memory):
        filed = memory.filed()
    # The memory is free meanwhile: many papers take a while, and where their vectors are another embedder's, minutes.
    found = _moves(filed, ctx)
    if found and not dry_run:
        with remembered(settings) as (_, memory):
            memory.refile(move.after for move in found)
    console = open_console()
    if as_json:
        print_json(console, {"dry_run": dry_run, "papers": len(filed), "moves": [_move(move) for move in found]})
        return COMPLETE
    if found:
        _print_moves(console, found, ctx.taxonomy, settings.language)
    stay = len(filed) - len(found)
    if not found:
        print_lines(console, f"all {len(filed)} remembered papers stay where they are filed")
    elif dry_run:
        print_lines(console, f"{len(found)} papers would move, {stay} would stay; without --dry-run they are moved")
    else:
        print_lines(
            console,
            f"{len(found)} papers were moved in the memory, {stay} stayed. Published reports are as they were; "
            "'insights memory rebuild --from-reports' would bring their filing back.",
        )
    return COMPLETE


def _moves(filed: Sequence[tuple[Paper, Filing]], ctx: Context) -> list[Move]:
    classifier = ctx.classifier
    expect(ctx.ahead, ctx.folder / "memory", [paper for paper, _ in filed])
    columns = (TextColumn("classifying"), BarColumn(), MofNCompleteColumn())
    errors = Console(stderr=True)
    with Progress(*columns, console=errors, transient=True, disable=not errors.is_terminal) as bar:
        task = bar.add_task("", total=None)
        return moves(filed, classifier, lambda done, total: bar.update(task, completed=done, total=total))


def _print_proposals(console: Console, proposed: Sequence[ProposedCategory], examples: Mapping[str, Paper]) -> None:
    if not proposed:
        print_lines(console, "no category was proposed; a model proposes one where it misses it, the offline one never")
        return
    print_lines(console, Text("proposed categories", "bold"))
    for one in proposed:
        *before, last = one.days
        days = f"{len(one.days)} days, the last {last}" if before else f"{last}"
        print_lines(console, Text(f"{one.name}: {len(one.papers)} papers on {days}"), indent=2)
        titles = [examples[paper].title for paper in one.papers if paper in examples]
        print_lines(console, *(Text(title, "dim") for title in titles[:_EXAMPLES]), indent=4)


def _print_moves(console: Console, found: Sequence[Move], taxonomy: Taxonomy, language: str) -> None:
    counted = Counter((move.before.category, move.after.category) for move in found)
    table = Table("from", "to", box=None, padding=(0, 2, 0, 0))
    for name in ("papers", "guesses"):
        table.add_column(name, justify="right")
    table.add_column("for example", overflow="fold")
    for pair, number in counted.most_common():
        of_pair = [move for move in found if (move.before.category, move.after.category) == pair]
        guesses = sum(move.after.certainty < UNSURE_BELOW for move in of_pair)
        surest = sorted(of_pair, key=lambda move: -move.after.certainty)[:_EXAMPLES]
        table.add_row(
            *(Text(category_label(key, taxonomy, language)) for key in pair),
            *(str(number), str(guesses)),
            Text("\n".join(move.paper.title for move in surest)),
        )
    console.print(table)


def _share(share: CategoryShare, taxonomy: Taxonomy, language: str) -> dict[str, Any]:
    return {
        "category": share.category,
        "name": taxonomy[share.category].name(language) if share.category in taxonomy else share.category,
        "total": share.total,
        "share": share.share,
        "earlier_half": share.before,
        "later_half": share.lately,
        "change": share.change,
    }


def _proposal(one: ProposedCategory, examples: Mapping[str, Paper]) -> dict[str, Any]:
    return {
        "name": one.name,
        "days": [day.isoformat() for day in one.days],
        "papers": [{"id": paper, "title": examples[paper].title if paper in examples else ""} for paper in one.papers],
    }


def _move(move: Move) -> dict[str, Any]:
    return {
        "paper": move.paper.id,
        "title": move.paper.title,
        "from": move.before.category,
        "to": move.after.category,
        "certainty": move.after.certainty,
    }
