"""``insights freeze`` and ``insights replay``: a day kept in one file, and run again from it."""

import asyncio
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from bench.freezing import freeze
from bench.frozen import DAYS, FrozenDay, find, fitting, load, save
from bench.replay import context_of
from domain.errors import UsageError
from graph.context import Context
from graph.runs import run_day
from graph.settings import Settings

from .console import open_console, print_lines
from .exit_codes import COMPLETE
from .run import CODES
from .settings import DEFAULT, Loaded

FOLDER = "days"
"""Of the data folder: the days that were frozen from it."""


def folders(settings: Settings) -> tuple[Path, Path]:
    """Where frozen days lie: the data folder's own, then those that come with the project."""
    return settings.data / FOLDER, DAYS


def given(loaded: Loaded, *but: str) -> Mapping[str, Any]:
    """The settings that somebody gave, by whatever way."""
    own = {name: value for name, value in loaded.settings if loaded.origins[name] != DEFAULT and name not in but}
    return own | {"data": loaded.settings.data}


def freeze_day(day: date, settings: Settings, *, into: Path | None) -> int:
    """Prints the file that it wrote."""
    frozen = freeze(day, Context.of(settings))
    path = save(frozen, into or folders(settings)[0])
    known = sum(1 for one in frozen.memory if one.first_day or one.neighbours)
    size = f"{path.stat().st_size / 1000:.0f} kB"
    print_lines(
        open_console(),
        f"{day}: {len(frozen.papers)} papers, {known} of them with something remembered, {len(frozen.history)} days "
        f"before; {size}",
        str(path),
    )
    return COMPLETE


def replay_day(name: str, loaded: Loaded) -> int:
    """Runs a frozen day as it was run, but for the settings that are given, into a folder of its own: nothing is
    published and nothing remembered."""
    (path,) = find([name], folders(loaded.settings))
    frozen: FrozenDay = load(path)
    settings = fitting(frozen, given(loaded, "sources", "papers"))
    if loaded.settings.papers:
        raise UsageError("a frozen day brings its papers; --papers has no place here")
    place = loaded.settings.data / "replays" / path.name.partition(".")[0]
    context = context_of(frozen, settings, data=place, edited={}, fresh=False)
    outcome = asyncio.run(run_day(frozen.day, context, again=True))
    report = outcome.report
    quoted = sum(1 for item in report.items if item.quoted)
    words = f"{len(report.papers)} papers ({len(report.items) - quoted} written, {quoted} quoted)"
    print_lines(open_console(), f"{report.day} replayed: {report.status}, {words}", str(outcome.folder / "report.md"))
    return CODES[report.status]
