"""Days of papers that come with the project, for a first run without key and network."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from domain.reports import Listing

from .files import Files
from .reading.given import Given
from .reading.source import Unavailable, takes_nothing

_FOLDER = Path(__file__).parent / "sample_days"

DAYS: tuple[date, ...] = tuple(sorted(date.fromisoformat(file.stem) for file in _FOLDER.glob("????-??-??.jsonl")))
"""The days that are bundled, oldest first."""


def open_source(what: str, given: Given) -> "Sample":
    """Raises BadSource when it is told what to read."""
    takes_nothing("sample", what)
    return Sample()


@dataclass(frozen=True)
class Sample:
    """The bundled days."""

    name: str = "sample"
    address: str = ""
    signal: bool = False

    async def listing(self, day: date) -> Listing:
        """The papers of a bundled day. Raises Unavailable for every other day."""
        if day not in DAYS:
            raise Unavailable(f"there are no sample papers for {day}, only for {', '.join(map(str, DAYS))}")
        return await Files((_FOLDER / f"{day}.jsonl",), name=self.name).listing(day)
