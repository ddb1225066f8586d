"""What would take seconds of every start, replaced or read once: embedder, classifier, and the project's own lists."""

import asyncio
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from typing import Any

import graph.postgres
import prompts
from agents.classifier import load_examples
from graph.backfill.threads import to_its_end
from graph.context import Context
from graph.daily import builder
from graph.section import section
from graph.state import fingerprint
from prompts.taxonomy import load_taxonomy
from prompts.topics import load_topics
from tests.answering import Unsure
from tests.scripted import HashEmbedder


def replace() -> None:
    """In this process and its forks. Texts become vectors by a hash of their words; a paper is filed by the first
    word of its title, and one on speech not surely, so that a model is asked for a second look. A Postgres that is
    away is waited for by the second, and not by the minute."""
    Context.embed = HashEmbedder()  # type: ignore[assignment]
    Context.classifier = Unsure()  # type: ignore[assignment]
    graph.postgres.PATIENCE = 2.0
    graph.postgres.SILENCE = 5.0


def read_once() -> None:
    """The lists and prompts that every run reads, and nothing changes in a soak."""
    Context.taxonomy = load_taxonomy()  # type: ignore[assignment]
    Context.lexicon = load_topics()  # type: ignore[assignment]
    Context.examples = load_examples()  # type: ignore[assignment]
    Context.prompt_versions = prompts.versions(prompts.names())  # type: ignore[assignment]
    fingerprint((*builder.nodes, *section.nodes))


class Here:
    """A backfill's engine without processes of its own: its tasks run in a thread of the command, one at a time."""

    workers = 2
    dashboard = "none"
    here = True

    def __init__(self) -> None:
        self._free = asyncio.Lock()

    async def share(self, calls_at_once: int, spent: object) -> None:
        """One task at a time shares with nobody."""

    async def run(self, task: Callable[..., Any], *given: Any, turn: int) -> Any:
        async with self._free:
            return await to_its_end(lambda: task(*given))


@asynccontextmanager
async def _here(*_: object) -> AsyncGenerator[Here]:
    yield Here()


def work_here() -> None:
    """Backfills of this process and its forks need no Dask: a fork that begins to fork would have threads."""
    import cli.backfill
    import graph.backfill.forking

    cli.backfill.engine = _here  # type: ignore[assignment]
    graph.backfill.forking.begin = lambda: None
