"""What a source is, and how it fails."""

from datetime import date
from typing import Protocol

from domain.errors import InsightsError, UsageError
from domain.reports import Listing


class Unavailable(InsightsError):
    """A source could not answer. The text says why, in words that a user can act on."""


class BadSource(UsageError):
    """A source that does not exist, or settings with which one cannot work."""


class Source(Protocol):
    """Something that lists papers by day."""

    @property
    def name(self) -> str: ...

    @property
    def address(self) -> str:
        """Where it lives on the web; empty for one that does not."""
        ...

    @property
    def signal(self) -> bool:
        """It only confirms papers of other sources, and its own papers carry no abstract."""
        ...

    async def listing(self, day: date) -> Listing:
        """The papers listed on a day, what was dropped, and how the source behaved. Raises Unavailable."""
        ...


def takes_nothing(name: str, what: str) -> None:
    """Raises BadSource where text stands behind the name of a source that has nothing to be told."""
    if what:
        raise BadSource(f"the source {name} takes nothing behind its name: write {name}, not {name}:{what}")
