"""What a source is opened with."""

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .http import Web


@dataclass(frozen=True)
class Given:
    """What the run has for its sources, one for all of them."""

    papers: tuple[Path, ...] = ()
    """Files that hold the day's papers."""
    cache: Path | None = None
    contact: str = ""
    """An e-mail or web address that sites may turn to."""

    @cached_property
    def web(self) -> "Web":
        """The one client of all that live on the web, with its manners. Raises BadSource for a contact that no header
        can carry."""
        from .http import Web

        return Web(contact=self.contact, cache=self.cache)
