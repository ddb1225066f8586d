"""A door to a chat model on a server on loopback, for a test that says what the server answers."""

from collections.abc import AsyncIterator, Iterator
from contextlib import ExitStack
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from agents.verdicts import Shown, Verdicts
from models.chat import ChatLLM
from models.meter import Meter
from models.provider import open_model
from tests.model_server import ModelServer, serve

GOOD = '{"ok": ["L1 P1.1"], "mend": [], "drop": [], "missing": []}'
VALUES: dict[str, Any] = {
    "again": True,
    "lines": [Shown(id="L1", about=("P1",), role="result", text="정확도를 높였다.", objection="")],
    "sentences": [("P1.1", "It improves accuracy.")],
    "fence": "====",
}


class Door:
    """A ChatLLM on the server, with the pauses it made instead of real ones."""

    def __init__(self, url: str, folder: Path, **settings: Any) -> None:
        self.pauses: list[float] = []
        meter = settings.pop("meter", None) or Meter(folder / "calls.sqlite")
        meter.start(date(2026, 11, 20), "ko")
        names = settings.pop("names", ("first",))
        self.llm = ChatLLM(
            models=[open_model(f"openai:{name}", timeout=120.0, url=url, key="test") for name in names],
            meter=meter,
            sleep=self._pause,
            **settings,
        )
        self.meter = meter

    async def _pause(self, seconds: float) -> None:
        self.pauses.append(seconds)

    async def ask(self, **changes: Any) -> Verdicts:
        return await self.llm.ask("ko/critique", Verdicts, about="robotics", **{**VALUES, **changes})


@pytest.fixture
def served() -> Iterator[Any]:
    """Starts servers for a test and stops them after it."""
    with ExitStack() as running:
        yield lambda answer, *pages: running.enter_context(serve(answer, *pages))


@pytest.fixture
async def door(tmp_path: Path) -> AsyncIterator[Any]:
    """Makes doors for a test and closes them after it."""
    opened: list[Door] = []

    def make(server: ModelServer, **settings: Any) -> Door:
        opened.append(Door(server.url, tmp_path, **settings))
        return opened[-1]

    yield make
    for each in opened:
        await each.llm.aclose()
