"""Where papers come from. One file per source; each turns what it fetched into papers, record by record."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Literal, Protocol, get_args

from domain.errors import InsightsError, UsageError
from domain.reports import Listing

SourceName = Literal["arxiv", "huggingface", "deeplearn", "files", "sample"]
KNOWN: tuple[SourceName, ...] = get_args(SourceName)
ADDRESSES = {
    "arxiv": "https://arxiv.org",
    "huggingface": "https://huggingface.co",
    "deeplearn": "https://deeplearn.org",
}
"""Where those on the web live."""


class Unavailable(InsightsError):
    """A source could not answer. The text says why, in words that a user can act on."""


class BadSource(UsageError):
    """A source that does not exist, or settings with which one cannot work."""


class Source(Protocol):
    """Something that lists papers by day."""

    @property
    def name(self) -> str: ...

    @property
    def signal(self) -> bool:
        """It only confirms papers of other sources, and its own papers carry no abstract."""
        ...

    async def listing(self, day: date) -> Listing:
        """The papers listed on a day, what was dropped, and how the source behaved. Raises Unavailable."""
        ...


def open_sources(
    names: Sequence[str],
    *,
    papers: Sequence[Path] = (),
    arxiv_categories: Sequence[str] = (),
    cache: Path | None,
    contact: str,
) -> tuple[Source, ...]:
    """The sources of these names, in their order; those on the web share one client and its manners.

    ``papers`` are the day's papers: with files given, only they are read, unless ``names`` asks for ``files`` beside
    other sources. ``contact`` is an e-mail or web address that sites may turn to. Raises BadSource, in a sentence,
    for settings that cannot work; nothing is read or asked before ``listing``.
    """
    if papers and "files" not in names:
        names = ("files",)
    if unknown := [name for name in names if name not in KNOWN]:
        raise BadSource(f"there is no source called {', '.join(unknown)}; the known ones are {', '.join(KNOWN)}")
    opened: dict[str, Source] = {}
    if {"arxiv", "huggingface", "deeplearn"} & set(names):
        from .http import Web

        web = Web(contact=contact, cache=cache)
        if "arxiv" in names:
            from .arxiv import Arxiv

            opened["arxiv"] = Arxiv(web, tuple(arxiv_categories))
        if "huggingface" in names:
            from .huggingface import HuggingFace

            opened["huggingface"] = HuggingFace(web)
        if "deeplearn" in names:
            from .deeplearn import Deeplearn

            opened["deeplearn"] = Deeplearn(web)
    if "files" in names:
        from .files import Files

        opened["files"] = Files(tuple(papers))
    if "sample" in names:
        from .sample import Sample

        opened["sample"] = Sample()
    return tuple(opened[name] for name in dict.fromkeys(names))
