"""Where papers come from. Each file of this folder is one source; what they share stands in ``reading``.

A source is a module with ``open_source(what, given)``; its first line says what it is. ``what`` is its own setting, the
text behind its name: ``cs.CL+cs.LG`` of ``arxiv:cs.CL+cs.LG``, empty where nothing stands there. Nothing else names it:
a new file is a new source, and so is a module that another package declares as an entry point of ``insights.sources``.
"""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import cast

from domain import registry

from .reading.given import Given
from .reading.source import BadSource, Source, Unavailable

__all__ = ["BadSource", "Given", "Source", "Unavailable", "open_sources"]


def open_sources(
    specs: Sequence[str], *, papers: Sequence[Path] = (), cache: Path | None, contact: str
) -> tuple[Source, ...]:
    """The sources of these names, in their order; those on the web share one client and its manners.

    ``papers`` are the day's papers: with files given, only they are read, unless ``specs`` asks for ``files`` beside
    other sources. ``contact`` is an e-mail or web address that sites may turn to. Raises BadSource, in a sentence,
    for settings that cannot work; nothing is read or asked before ``listing``.
    """
    if papers and "files" not in specs:
        specs = ("files",)
    given = Given(papers=tuple(papers), cache=cache, contact=contact)
    return tuple(_open(spec, given) for spec in dict.fromkeys(specs))


def _open(spec: str, given: Given) -> Source:
    if wrong := registry.fault(__name__, "source", spec):
        raise BadSource(wrong)
    name, _, what = spec.partition(":")
    opens = cast(Callable[[str, Given], Source], registry.load(__name__, name).open_source)
    return opens(what, given)
