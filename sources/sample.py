"""Days of papers that come with the project, for a first run without key and network."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from domain.reports import Listing

from . import Unavailable
from .files import Files

_FOLDER = Path(__file__).parent / "sample_days"

DAYS: tuple[date, ...] = tuple(sorted(date.fromisoformat(file.stem) for file in _FOLDER.glob("????-??-??.jsonl")))
"""The days that are bundled, oldest first."""


@dataclass(frozen=True)
class Sample:
    """The bundled days."""

    name: str = "sample"
    signal: bool = False

    async def listing(self, day: date) -> Listing:
        """The papers of a bundled day. Raises Unavailable for every other day."""
        if day not in DAYS:
            raise Unavailable(f"there are no sample papers for {day}, only for {', '.join(map(str, DAYS))}")
        return await Files((_FOLDER / f"{day}.jsonl",), name=self.name).listing(day)
