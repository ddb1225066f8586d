"""``insights backfill`` as its users meet it; what it does is tested beside ``graph/backfill``."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

import cli.backfill
from cli.app import app
from graph.backfill.engine import NoCluster
from graph.context import Context
from soak.world import write_papers
from tests.scripted import DAY, HashEmbedder


@pytest.mark.parametrize(
    ("why", "told"),
    [
        ("it is away, and the same command goes on from there", ""),
        ("it was too much", ". The same command goes on from here."),
    ],
)
def test_a_backfill_that_is_stopped_says_once_that_the_same_command_goes_on(
    why: str, told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Gone:
        workers, dashboard, here = 1, "none", True

        async def run(self, *_: Any, turn: int) -> None:
            raise NoCluster(why)

    @asynccontextmanager
    async def gone(*_: Any) -> AsyncGenerator[Gone]:
        yield Gone()

    monkeypatch.setattr(cli.backfill, "engine", gone)
    monkeypatch.setattr(Context, "embed", HashEmbedder())
    papers = write_papers(DAY, tmp_path)
    ended = CliRunner().invoke(
        app, ["backfill", str(DAY), str(DAY), "--papers", str(papers), "--data", str(tmp_path / "data")]
    )
    assert ended.exit_code == 1 and ended.stderr == f"stopped: {why}{told}\n"
    assert ended.stdout.startswith("1 day on 1 worker; ")
