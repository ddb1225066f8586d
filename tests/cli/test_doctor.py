"""What ``insights doctor`` finds on a machine, fine or wrong."""

from pathlib import Path

import httpx
import pytest
from typer.testing import CliRunner

from cli.app import app
from graph.context import Context
from tests.scripted import HashEmbedder, KeyedClassifier

run = CliRunner()


@pytest.fixture(autouse=True)
def light_services(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Context, "embed", HashEmbedder())
    monkeypatch.setattr(Context, "classifier", KeyedClassifier())
    monkeypatch.setenv("COLUMNS", "200")


def answers(monkeypatch: pytest.MonkeyPatch, *hosts: str) -> None:
    """Only these hosts can be reached."""

    def get(url: str, **_: object) -> httpx.Response:
        if not any(host in url for host in hosts):
            raise httpx.ConnectError("no route")
        return httpx.Response(200)

    monkeypatch.setattr(httpx, "get", get)


def test_a_machine_on_which_all_is_well_gets_a_clean_bill(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    answers(monkeypatch, "huggingface.co", "deeplearn.org")
    run.invoke(app, ["run", "2024-10-06", "--source", "sample", "--data", str(tmp_path)])
    result = run.invoke(app, ["doctor", "--data", str(tmp_path)])
    assert result.exit_code == 0, result.output
    assert "wrong" not in result.output
    assert "12 papers" in result.output


def test_a_source_that_cannot_be_reached_is_wrong_and_a_mere_signal_is_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers(monkeypatch, "huggingface.co")
    assert run.invoke(app, ["doctor", "--data", str(tmp_path)]).exit_code == 0
    answers(monkeypatch, "deeplearn.org")
    result = run.invoke(app, ["doctor", "--data", str(tmp_path)])
    assert result.exit_code == 1
    assert "huggingface.co cannot be reached" in result.output


def test_a_model_without_a_key_is_wrong_and_the_key_is_never_shown(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers(monkeypatch, "huggingface.co", "deeplearn.org")
    monkeypatch.setenv("INSIGHTS_MODEL", "openai:gpt-5-mini")
    result = run.invoke(app, ["doctor", "--data", str(tmp_path)])
    assert result.exit_code == 1
    assert "OPENAI_API_KEY" in result.output
    monkeypatch.setenv("OPENAI_API_KEY", "a-secret-key")
    result = run.invoke(app, ["doctor", "--data", str(tmp_path)])
    assert result.exit_code == 0
    assert "a-secret-key" not in result.output


def test_a_memory_that_another_process_holds_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from vectorstore.memory import Memory

    answers(monkeypatch, "huggingface.co", "deeplearn.org")
    monkeypatch.setattr(Context, "memory", lambda self: Memory.open(self.folder / "memory", self.embed))
    with Memory.open(tmp_path / "memory", HashEmbedder()):
        result = run.invoke(app, ["doctor", "--data", str(tmp_path)])
    assert result.exit_code == 1
    assert "in use by process" in result.output
