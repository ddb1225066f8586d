"""What the verbs that ask the memory share: opening it, naming a category, the way to a day's report."""

from collections.abc import Generator, Iterable
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import typer

from domain import languages
from domain.errors import InsightsError, UsageError
from domain.taxonomy import Taxonomy
from domain.trends import DayRow
from graph.context import Context
from graph.settings import Settings
from publishing import layout
from vectorstore.memory import Memory


@contextmanager
def remembered(settings: Settings) -> Generator[tuple[Context, Memory]]:
    """The context, and its memory opened. What was mended on opening goes to standard error.

    Raises InsightsError where there is no memory and where it cannot be used.
    """
    ctx = Context.of(settings)
    if not (ctx.folder / "memory" / "ledger.sqlite").is_file():
        raise InsightsError(f"there is no memory in {ctx.folder} yet; 'insights run' makes one")
    with ctx.memory() as memory:
        for note in memory.notes:
            typer.echo(f"insights: {note}", err=True)
        yield ctx, memory


def observed(memory: Memory, days: int) -> tuple[DayRow, ...]:
    """The last ``days`` observed days that are remembered, the oldest first."""
    return memory.history(date.max, days)


def keys_of(names: Iterable[str], taxonomy: Taxonomy) -> tuple[str, ...]:
    """The keys of categories that are named by key, name or alias. Raises UsageError for one that is unknown."""
    keys: list[str] = []
    for name in names:
        if not (category := taxonomy.find(name)):
            known = ", ".join(c.key for c in taxonomy.all)
            raise UsageError(f"there is no category {name!r}; known: {known}")
        keys.append(category.key)
    return tuple(dict.fromkeys(keys))


def category_label(key: str, taxonomy: Taxonomy, language: str, *, day: bool = False) -> str:
    """Emoji and name of a category; the bare key of one that the taxonomy no longer has. ``day``: what has no category
    is about the whole day."""
    if key in taxonomy:
        return f"{taxonomy[key].emoji} {taxonomy[key].name(language)}"
    words = languages.find(language).shell
    return f"{key} ({words.gone})" if key else words.whole_day if day else words.not_filed


def report_of(day: date, language: str, reports: Path) -> Path | None:
    """The published report of a day, where it is still there: in a language, or else in any."""
    among = (language,) if language else languages.codes()
    paths = (reports / layout.place(day, one) / layout.MARKDOWN for one in among)
    return next((path for path in paths if path.is_file()), None)
