"""Which days a backfill runs, and what each is run with."""

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from domain.errors import UsageError
from graph.context import Context
from graph.daily import FutureDay
from graph.inputs import inputs_of
from publishing import files

_DATED = re.compile(r"(\d{4}-\d{2}-\d{2})(?!\d)")


@dataclass(frozen=True)
class PlannedDay:
    """A day that is to be run."""

    day: date
    context: Context
    """As of a run of this day alone: with its own files of papers."""

    @property
    def name(self) -> str:
        """Of the folder where what is done for it is kept until it is published: another for other settings."""
        return f"{self.day}-{hashlib.sha256(inputs_of(self.context).encode()).hexdigest()[:8]}"


@dataclass(frozen=True)
class Plan:
    """What is to be done."""

    span: tuple[date, ...]
    run: tuple[PlannedDay, ...]
    skipped: tuple[date, ...]
    """Finished before."""
    not_given: tuple[date, ...]
    """Files of papers were given, and none of that day."""
    over: tuple[PlannedDay, ...] = ()
    """The skipped ones, as they would be run: of some there may be left what was kept on the way."""


def plan(first: date, last: date, context: Context) -> Plan:
    """Raises UsageError for a span or settings that cannot be."""
    if first > last:
        raise UsageError(f"a backfill goes from the earlier day to the later one, not from {first} to {last}")
    if last > context.today():
        raise FutureDay(f"{last} lies in the future; the newest day that can have listings is {context.today()}")
    if context.review != "never":
        raise UsageError("a backfill asks nobody before it publishes: leave --review out, or run such days one by one")
    span = tuple(first + timedelta(n) for n in range((last - first).days + 1))
    given = by_day(context.papers)
    if context.papers and not (held := given.keys() & set(span)):
        raise UsageError(f"none of the files of papers is named by a day from {first} to {last}")
    held = given.keys() if context.papers else set(span)
    skipped = tuple(day for day in span if files.is_whole(context.reports, day, context.language))
    return Plan(
        span,
        tuple(
            PlannedDay(day, of_day(context, given.get(day, ()))) for day in span if day in held and day not in skipped
        ),
        skipped,
        tuple(day for day in span if day not in held and day not in skipped),
        tuple(PlannedDay(day, of_day(context, given.get(day, ()))) for day in skipped),
    )


def by_day(papers: Sequence[Path]) -> dict[date, tuple[Path, ...]]:
    """Files, and those of folders, by the day with which their names begin. Raises UsageError for a file that is named
    by none."""
    found: dict[date, tuple[Path, ...]] = {}
    for path in _files(papers):
        dated = _DATED.match(path.name)
        try:
            day = date.fromisoformat(dated[1] if dated else "")
        except ValueError:
            raise UsageError(
                f"{path} is named by no day: a backfill takes files such as 2025-09-01.jsonl, or a folder of them"
            ) from None
        found[day] = (*found.get(day, ()), path)
    return found


def _files(papers: Sequence[Path]) -> Iterator[Path]:
    for path in papers:
        if path.is_dir():
            yield from (one for one in sorted(path.iterdir()) if _DATED.match(one.name))
        else:
            yield path


def of_day(context: Context, papers: tuple[Path, ...]) -> Context:
    """The context of a run of one day alone."""
    return context.but(papers=papers)
