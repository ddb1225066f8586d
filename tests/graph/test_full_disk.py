"""A disk that is full: one sentence, whoever finds it out, and the same command goes on when there is room again."""

import json
import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from cli.app import app
from graph.context import Context
from graph.places import trouble
from tests.scripted import HashEmbedder, KeyedClassifier

ROOT = Path(__file__).parents[2]
COMMAND = ("run", "2024-10-06", "--source", "sample", "--data")

LIMITED = """
import resource, sys
from cli.app import app
from graph.context import Context
from tests.scripted import HashEmbedder, KeyedClassifier

Context.embed, Context.classifier = HashEmbedder(), KeyedClassifier()
size = int(sys.argv.pop(1))
resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
app()
"""
"""The command with a limit to the size of each file that it writes, in bytes."""


@pytest.fixture(autouse=True)
def light_services(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Context, "embed", HashEmbedder())
    monkeypatch.setattr(Context, "classifier", KeyedClassifier())


def goes_on(data: Path) -> None:
    """The same command, with room, ends well."""
    result = CliRunner().invoke(app, [*COMMAND, str(data)])
    assert result.exit_code == 0, result.output
    assert json.loads((data / "reports/2024-10-06/report.json").read_text(encoding="utf-8"))["status"] == "complete"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full, a device that is always full")
def test_a_journal_that_cannot_be_written_ends_the_run_in_a_sentence(tmp_path: Path) -> None:
    journal = tmp_path / "runs" / "2024-10-06-ko.jsonl"
    journal.parent.mkdir()
    journal.symlink_to("/dev/full")
    result = CliRunner().invoke(app, [*COMMAND, str(tmp_path)])
    assert result.exit_code == 1
    assert result.stderr == (
        f"insights: nothing more can be written in {tmp_path} (No space left on device); make room, and the same "
        "command goes on from there\n"
    )
    journal.unlink()
    goes_on(tmp_path)


def fails_in_a_sentence(size: int, *command: str, cwd: Path) -> None:
    """A command whose files may have only so many bytes."""
    done = subprocess.run(
        [sys.executable, "-c", LIMITED, str(size), *command],
        cwd=cwd,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1, done.stderr
    assert done.stderr.startswith("insights: ") and done.stderr.count("\n") == 1


@pytest.mark.parametrize("size", [20_000, 100_000, 150_000, 400_000])
def test_wherever_the_disk_is_full_the_run_ends_in_a_sentence_and_goes_on_later(size: int, tmp_path: Path) -> None:
    fails_in_a_sentence(size, *COMMAND, str(tmp_path), cwd=tmp_path)
    goes_on(tmp_path)


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (PermissionError(13, "Permission denied", "d/x"), "d/x cannot be used (Permission denied); make it readable"),
        (sqlite3.OperationalError("attempt to write a readonly database"), "a file in d cannot be used (attempt to"),
        (OSError(28, "No space left on device"), "nothing more can be written in d (No space left on device); make"),
        (RuntimeError("error returned from database: (code: 13) database or disk is full"), "nothing more can be"),
    ],
)
def test_a_disk_that_refuses_is_told_with_what_to_do(error: Exception, told: str) -> None:
    try:
        try:
            raise error
        except Exception as cause:
            raise ValueError("a step failed") from cause
    except ValueError as whole:
        assert trouble(whole, Path("d")).startswith(told)
    assert trouble(ValueError("a bug"), Path("d")) == ""


def test_a_full_disk_is_told_by_every_verb(tmp_path: Path) -> None:
    goes_on(tmp_path)
    fails_in_a_sentence(20_000, "memory", "rebuild", "--data", str(tmp_path), cwd=tmp_path)
    assert CliRunner().invoke(app, ["memory", "check", "--data", str(tmp_path)]).exit_code == 0
