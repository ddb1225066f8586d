"""What the verbs that ask the memory share: opening it, naming a category, the way to a day's report."""

from collections.abc import Generator, Iterable, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import typer

from domain.taxonomy import Taxonomy
from domain.trends import DayRow
from graph.context import Context
from prompts.taxonomy import TaxonomyError
from prompts.topics import TopicsError
from publishing import layout
from vectorstore.embedding import EmbedderUnavailable
from vectorstore.errors import MemoryUnavailable
from vectorstore.memory import Memory

from .app import USAGE, WRONG, fail
from .run import context
from .settings import Settings


@contextmanager
def remembered(settings: Settings) -> Generator[tuple[Context, Memory]]:
    """The context, and its memory opened. What was mended on opening goes to standard error.

    Raises typer.Exit, with a sentence said, where there is no memory and where it cannot be used.
    """
    ctx = context(settings, [])
    if not (ctx.folder / "memory" / "ledger.sqlite").is_file():
        raise fail(f"there is no memory in {ctx.folder} yet; 'insights run' makes one", WRONG)
    try:
        _ = ctx.taxonomy, ctx.lexicon
    except (TaxonomyError, TopicsError) as error:
        raise fail(error, WRONG) from None
    try:
        with ctx.memory() as memory:
            for note in memory.notes:
                typer.echo(f"insights: {note}", err=True)
            yield ctx, memory
    except (MemoryUnavailable, EmbedderUnavailable) as error:
        raise fail(error, WRONG) from None


def observed(memory: Memory, days: int) -> tuple[DayRow, ...]:
    """The last ``days`` observed days that are remembered, the oldest first."""
    return memory.history(date.max, days)


def keys_of(names: Iterable[str], taxonomy: Taxonomy) -> tuple[str, ...]:
    """The keys of categories that are named by key, name or alias. Raises typer.Exit, with a sentence said."""
    keys: list[str] = []
    for name in names:
        if not (category := taxonomy.find(name)):
            known = ", ".join(c.key for c in taxonomy.all)
            raise fail(f"there is no category {name!r}; known: {known}", USAGE)
        keys.append(category.key)
    return tuple(dict.fromkeys(keys))


def label(key: str, taxonomy: Taxonomy, language: str, *, none: str = "not filed") -> str:
    """Emoji and name of a category; the bare key of one that the taxonomy no longer has."""
    if key in taxonomy:
        return f"{taxonomy[key].emoji} {taxonomy[key].name(language)}"
    return f"{key} (no longer in the taxonomy)" if key else none


def report_of(day: date, language: str, reports: Path) -> Path | None:
    """The published report of a day, where it is still there: in a language, or else in any."""
    languages: Sequence[str] = (language,) if language else ("ko", "en")
    paths = (reports / layout.place(day, one) / layout.MARKDOWN for one in languages)
    return next((path for path in paths if path.is_file()), None)
