"""A model's server for the bench: what the environment names, stopped after the test."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest

from tests.model_server import Answer, ModelServer, serve


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[Answer], ModelServer]]:
    with ExitStack() as running:

        def start(answer: Answer) -> ModelServer:
            started = running.enter_context(serve(answer))
            monkeypatch.setenv("OPENAI_BASE_URL", started.url)
            monkeypatch.setenv("OPENAI_API_KEY", "test")
            return started

        yield start
