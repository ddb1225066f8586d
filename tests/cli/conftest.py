"""A memory as the command leaves it: real runs of a sample day and of six small days, with light services."""

import json
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from typer.testing import CliRunner

from cli.app import app
from graph.context import Context
from tests.scripted import HashEmbedder, KeyedClassifier

DAYS = tuple(f"2025-09-{day:02d}" for day in range(1, 7))
SUBJECTS = (
    ("Robot Hands", "robot hands grasp cups from a kitchen table"),
    ("Robot Legs", "robot legs walk over gravel and stairs"),
    ("Speech Recognition", "speech of noisy telephone calls is written down"),
    ("Language Models", "language models answer questions about long books"),
)
REPEATED = "2509.00100"
"""arXiv id of the robot paper of the first day; it comes again on the third."""


def _papers(place: int) -> list[dict[str, Any]]:
    """Two of each subject, but no speech on the last two days."""
    rows = [
        {
            "id": f"2509.{place:02d}{number}0{again}",
            "title": f"{title} Study {place}{again}",
            "summary": f"We show how {about}. It improves accuracy by 1{again}%. Limits remain unclear.",
            "authors": ["A. Author"],
            "categories": ["cs.AI"],
        }
        for number, (title, about) in enumerate(SUBJECTS, start=1)
        for again in range(2)
        if place < 4 or not title.startswith("Speech")
    ]
    return rows + (_papers(0)[:1] if place == 2 else [])


@pytest.fixture(scope="session")
def _written(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    folder = tmp_path_factory.mktemp("written")
    with pytest.MonkeyPatch.context() as patch:
        for name in [name for name in os.environ if name.startswith("INSIGHTS_") and name != "INSIGHTS_MODEL_DIR"]:
            patch.delenv(name)
        patch.chdir(folder)
        patch.setattr(Context, "embed", HashEmbedder())
        patch.setattr(Context, "classifier", KeyedClassifier())
        commands = [["2024-10-06", "--source", "sample"]]
        for place, day in enumerate(DAYS):
            path = folder / f"{day}.jsonl"
            path.write_text("\n".join(json.dumps(row) for row in _papers(place)), encoding="utf-8")
            commands.append([day, "--papers", str(path)])
        for command in commands:
            result = CliRunner().invoke(app, ["run", *command, "--data", str(folder / "data")])
            assert result.exit_code == 0, result.output
    yield folder / "data"


@pytest.fixture
def data(_written: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the data folder, and the services that filled it."""
    monkeypatch.setattr(Context, "embed", HashEmbedder())
    monkeypatch.setattr(Context, "classifier", KeyedClassifier())
    return Path(shutil.copytree(_written, tmp_path / "data"))


@pytest.fixture
def insights(data: Path) -> Callable[..., Result]:
    """Runs the command on that folder."""
    return lambda *arguments: CliRunner().invoke(app, [*map(str, arguments), "--data", str(data)])
