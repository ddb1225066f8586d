"""Frozen days: all that a run of a day starts from, in one file, so that it can be run again at any time."""

import gzip
import importlib.metadata
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from pydantic import Field, ValidationError

from domain.errors import UsageError
from domain.items import Item
from domain.papers import Paper
from domain.reports import Filing, Health
from domain.trends import DayRow, Recollection
from domain.value import Day, Value
from domain.withdrawals import Withdrawn
from graph.settings import Settings

DAYS = Path(__file__).parents[1] / "evals" / "days"
"""The days that come with the project."""
LARGE = 60_000
"""Characters from which on a file is written compressed."""
_ENDINGS = (".json", ".json.gz")


class FrozenDay(Value):
    """One day as its run found it. What a model said is no part of it: that is what replays are about."""

    format: int = 1
    day: Day
    language: str
    """In which it was told; it can be replayed in any."""
    papers: tuple[Paper, ...]
    withdrawn: tuple[Withdrawn, ...] = ()
    """Papers of the day that were known to be withdrawn."""
    health: tuple[Health, ...] = ()
    memory: tuple[Recollection, ...] = ()
    earlier: tuple[Paper, ...] = ()
    """The papers of other days that stand near one of the day's."""
    history: tuple[DayRow, ...] = ()
    """The observed days before, oldest first."""
    kept: dict[str, Item] = Field(default_factory=dict)
    """How papers of earlier days were told then, by id."""
    names: dict[str, str] = Field(default_factory=dict)
    """What such papers are called, by id."""
    guesses: dict[str, tuple[tuple[str, float], ...]] = Field(default_factory=dict)
    """The classifier's likeliest categories of each new paper with their odds, the likeliest first, by paper id."""
    filings: tuple[Filing, ...] = ()
    """Where the papers were filed in the end."""
    settings: dict[str, Any] = Field(default_factory=dict)
    """Those that differ from the defaults, without folders and addresses."""
    versions: dict[str, str] = Field(default_factory=dict)
    """Of prompts, embedder, classifier and packages."""


def packages() -> dict[str, str]:
    """Versions of what a run rests on."""
    return {name: importlib.metadata.version(name) for name in ("daily-ai-insights", "langgraph", "chromadb")}


def save(frozen: FrozenDay, folder: Path, name: str | None = None) -> Path:
    """Writes ``DAY.json``, or ``DAY.json.gz`` where it is large, in the place of an earlier one. Raises UsageError."""
    text = frozen.model_dump_json(indent=1, exclude_defaults=True)
    stem = name or frozen.day.isoformat()
    plain, packed = (folder / f"{stem}{ending}" for ending in _ENDINGS)
    path, other = (packed, plain) if len(text) > LARGE else (plain, packed)
    content = text.encode() + b"\n"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        # Without time and name inside, the same day is the same file.
        path.write_bytes(gzip.compress(content, mtime=0) if path == packed else content)
        other.unlink(missing_ok=True)
    except OSError as error:
        raise UsageError(f"the day cannot be written to {path}: {error.strerror or error}") from None
    return path


def load(path: Path) -> FrozenDay:
    """A frozen day. Raises UsageError where the file is none that this version understands."""
    try:
        content = path.read_bytes()
        text = gzip.decompress(content) if content.startswith(b"\x1f\x8b") else content
        return FrozenDay.model_validate_json(text)
    except (OSError, EOFError) as error:
        raise UsageError(f"the frozen day {path} cannot be read: {getattr(error, 'strerror', '') or error}") from None
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(map(str, first["loc"])) or "the file"
        raise UsageError(f"{path} is no frozen day that this version understands: {where}: {first['msg']}") from None


def find(asked: Iterable[str], folders: Iterable[Path]) -> list[Path]:
    """The files of the days that are asked for: files by their path, days such as 2024-10-06 by their name in the
    first folder that has them; without any, all days of the first folder that has some. Raises UsageError."""
    places = list(folders)
    names = list(asked)
    if not names:
        for place in places:
            if found := days_in(place):
                return found
        raise UsageError(
            f"there are no frozen days in {' or '.join(map(str, places))}; 'insights freeze DAY' makes one"
        )
    return [_one(name, places) for name in names]


def fitting(frozen: FrozenDay, given: Mapping[str, Any]) -> Settings:
    """The settings with which the day was run, but for those that are given now."""
    known: dict[str, Any] = {name: value for name, value in frozen.settings.items() if name in Settings.model_fields}
    return Settings.model_validate({**known, "language": frozen.language, **given})


def days_in(folder: Path) -> list[Path]:
    """The frozen days in a folder, the earliest first."""
    return sorted(path for path in folder.glob("????-??-??.json*") if path.name.endswith(_ENDINGS))


def _one(name: str, places: list[Path]) -> Path:
    if Path(name).is_file():
        return Path(name)
    for place in places:
        for ending in _ENDINGS:
            if (path := place / f"{name}{ending}").is_file():
                return path
    known = sorted({path.name.partition(".")[0] for place in places for path in days_in(place)})
    raise UsageError(f"there is no frozen day {name}; known: {', '.join(known) or 'none'}")
