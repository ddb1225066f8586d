"""``insights run`` of four papers against a server of each manner: a report, or one sentence and exit code 1.

What the model answers to each prompt is ``good``, and nothing else here knows the prompts.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from typer.testing import CliRunner

from cli.app import app
from graph.context import Context
from sources import sample
from tests import answering
from tests.model_server import ModelServer, serve
from tests.models.manners import HOLDS, NEVER, REFUSES, STOPS, Manner
from tests.scripted import HashEmbedder, KeyedClassifier

DAY, MANY = "2024-10-06", 4
SAMPLE = Path(sample.__file__).parent / "sample_days" / f"{DAY}.jsonl"


def good(request: dict[str, Any]) -> str:
    """A competent answer to the request."""
    return answering.text(answering.answer(answering.read(request), answering.quotes))


@pytest.fixture(autouse=True)
def light_services(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Context, "embed", HashEmbedder())
    monkeypatch.setattr(Context, "classifier", KeyedClassifier())
    monkeypatch.setenv("INSIGHTS_ATTEMPTS", "1")  # no pauses
    monkeypatch.setenv("INSIGHTS_CALLS_AT_ONCE", "2")  # what one call finds out of a server, the next one knows


@contextmanager
def served(manner: Manner, monkeypatch: pytest.MonkeyPatch) -> Iterator[ModelServer]:
    with serve(lambda request, number: manner(request, good(request))) as server:
        monkeypatch.setenv("OPENAI_BASE_URL", server.url)
        monkeypatch.setenv("OPENAI_API_KEY", "test")
        yield server


def run(data: Path) -> Result:
    papers = data / f"{DAY}.jsonl"
    papers.write_text("".join(SAMPLE.read_text("utf-8").splitlines(keepends=True)[:MANY]), encoding="utf-8")
    day = (DAY, "--papers", str(papers), "--language", "en", "--data", str(data))
    return CliRunner().invoke(app, ["run", *day, "--model", "openai:scripted"])


def published(data: Path) -> tuple[dict[str, Any], dict[str, Any]]:
    """Report and receipt."""
    folder = data / "reports" / DAY / "en"
    assert (folder / "report.md").read_text(encoding="utf-8").count("http") >= MANY
    return json.loads((folder / "report.json").read_bytes()), json.loads((folder / "receipt.json").read_bytes())


@pytest.mark.parametrize("name", [*HOLDS, *REFUSES])
def test_a_day_is_written_whatever_the_servers_manners(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with served((HOLDS | REFUSES)[name], monkeypatch):  # type: ignore[operator]
        result = run(tmp_path)
    assert result.exit_code == 0, result.output
    report, receipt = published(tmp_path)
    assert report["status"] == "complete" and not report["quoted"]
    assert not any(item["quoted"] for item in report["items"])
    assert receipt["usage"]


@pytest.mark.parametrize("name", sorted(NEVER.keys() - {"402"}))
def test_a_day_without_an_answer_is_quoted_and_says_why(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    manner, words = NEVER[name]
    with served(manner, monkeypatch):
        result = run(tmp_path)
    assert result.exit_code == 3, result.output
    report, receipt = published(tmp_path)
    assert report["status"] == "partial" and report["quoted"]
    assert any(words in drop["reason"] for drop in receipt["drops"])


@pytest.mark.parametrize("name", STOPS)
def test_a_day_that_no_answer_can_be_had_for_ends_with_one_sentence(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    manner, words = STOPS[name]
    with served(manner, monkeypatch):
        result = run(tmp_path)
    assert result.exit_code == 1, result.output
    (said,) = [line for line in result.output.splitlines() if line.startswith("insights: ")]
    assert words in said
    assert not (tmp_path / "reports").exists()
