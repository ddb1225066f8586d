"""Days against a model's server: started for a test, stopped and closed after it."""

from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.graph.model_days import Runs
from tests.model_server import Answer, ModelServer, serve


@pytest.fixture
def day_server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[Answer], ModelServer]]:
    """Starts servers; the newest is the one that the environment names."""
    with ExitStack() as running:

        def start(answer: Answer) -> ModelServer:
            server = running.enter_context(serve(answer))
            monkeypatch.setenv("OPENAI_BASE_URL", server.url)
            monkeypatch.setenv("OPENAI_API_KEY", "test")
            return server

        yield start


@pytest.fixture
async def day(day_server: Callable[[Answer], ModelServer], tmp_path: Path) -> AsyncIterator[Runs]:
    runs = Runs(tmp_path / "data", day_server)
    yield runs
    for context in runs.contexts:
        await context.aclose()
