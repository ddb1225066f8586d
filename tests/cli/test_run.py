"""The command as its users meet it: what it prints, what it writes, how it ends."""

import json
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner

from cli.app import app
from graph.context import Context
from tests.scripted import PAPERS, HashEmbedder, KeyedClassifier, Shelf

ROOT = Path(__file__).parents[2]
run = CliRunner()


@pytest.fixture(autouse=True)
def light_services(monkeypatch: pytest.MonkeyPatch) -> None:
    """The command builds the real context; only the embedding model and the classifier fitted on it are light."""
    monkeypatch.setattr(Context, "embed", HashEmbedder())
    monkeypatch.setattr(Context, "classifier", KeyedClassifier())


def paper(number: int, **changes: object) -> dict[str, object]:
    return {
        "id": f"2611.{number:05d}",
        "title": f"Robot Study Number {number}",
        "summary": f"We present study {number} of robots. It improves accuracy by {number}%. Limits remain unclear.",
        "authors": ["A. Author"],
        "categories": ["cs.RO"],
        **changes,
    }


def lines(folder: Path, *papers: dict[str, object]) -> Path:
    path = folder / "day.jsonl"
    path.write_text("\n".join(json.dumps(p) for p in papers) + "\n", encoding="utf-8")
    return path


def test_a_day_is_written_and_its_place_printed(tmp_path: Path) -> None:
    result = run.invoke(
        app, ["run", "2025-09-01", "--papers", str(lines(tmp_path, paper(1), paper(2))), "--data", str(tmp_path / "d")]
    )
    assert result.exit_code == 0, result.output
    report = tmp_path / "d" / "reports" / "2025-09-01" / "report.md"
    assert str(report) in result.output.replace("\n", "")
    assert "2 papers" in result.output
    assert "Robot Study Number 1" in report.read_text(encoding="utf-8")


def test_a_finished_day_is_skipped_with_a_word_and_again_runs_it(tmp_path: Path) -> None:
    command = ["run", "2025-09-01", "--papers", str(lines(tmp_path, paper(1))), "--data", str(tmp_path / "d")]
    run.invoke(app, command)
    skipped, again = run.invoke(app, command), run.invoke(app, [*command, "--again"])
    assert (skipped.exit_code, again.exit_code) == (0, 0)
    assert "--again" in skipped.output
    assert "complete" in again.output and "finished already" not in again.output


def test_a_day_without_papers_is_quiet_and_ends_well(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Context, "opened_sources", (Shelf({}),))
    result = run.invoke(app, ["run", "2024-10-05", "--data", str(tmp_path)])
    assert result.exit_code == 0
    assert "quiet" in result.output


def test_a_report_with_a_dropped_record_says_which_in_its_receipt(tmp_path: Path) -> None:
    path = lines(tmp_path, paper(1), paper(2, title=""), paper(3, summary=""))
    result = run.invoke(app, ["run", "2025-09-01", "--papers", str(path), "--data", str(tmp_path / "d")])
    assert result.exit_code == 3, result.output
    assert "2611.00002 (no title)" in result.output
    receipt = json.loads((tmp_path / "d/reports/2025-09-01/receipt.json").read_text(encoding="utf-8"))
    assert len(receipt["drops"]) == 2
    assert (receipt["steps"][0]["came_in"], receipt["steps"][0]["went_out"]) == (3, 1)


@pytest.mark.parametrize(
    ("content", "words"),
    [("", "empty"), ('{"rows": 3}', "day.jsonl"), ("not json at all", "day.jsonl")],
    ids=["empty", "another shape", "no JSON"],
)
def test_a_file_that_is_not_papers_is_refused_by_name(content: str, words: str, tmp_path: Path) -> None:
    path = tmp_path / "day.jsonl"
    path.write_text(content, encoding="utf-8")
    result = run.invoke(app, ["run", "2025-09-01", "--papers", str(path), "--data", str(tmp_path / "d")])
    assert result.exit_code == 2
    assert words in result.output
    assert not (tmp_path / "d" / "reports").exists()


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["run", "tomorrow"], 2, "is no day"),
        (["run", (date.today() + timedelta(days=3)).isoformat(), "--source", "sample"], 2, "future"),
        (["run", "2024-10-06", "--source", "newspaper"], 2, "newspaper"),
        (["run", "2024-10-06", "--papers", "none.jsonl"], 2, "none.jsonl"),
        (["run", "2024-10-06", "--source", "sample", "--papers", "x"], 2, "exclude each other"),
        (["run", "2024-10-06", "--source", "sample", "--language", "zz"], 2, "language"),
        (["run", "2024-10-06", "--source", "sample", "--model", "gpt-5"], 2, "openai:NAME"),
        (["run", "2024-10-06", "--source", "sample", "--model", "openai:gpt-5"], 1, "OPENAI_API_KEY"),
        (["show", "1999-01-01"], 1, "there is no report"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else None,
)
def test_what_cannot_be_done_is_said_in_a_sentence(arguments: list[str], code: int, words: str, tmp_path: Path) -> None:
    result = run.invoke(app, [*arguments, "--data", str(tmp_path)])
    assert result.exit_code == code, result.output
    assert words in result.output
    assert "Traceback" not in result.output


def test_a_data_folder_that_is_a_file_is_said_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    result = run.invoke(app, ["run", "2024-10-06", "--source", "sample", "--data", str(tmp_path / "file")])
    assert result.exit_code == 1
    assert "cannot be written" in result.output


def test_a_store_of_another_embedder_is_refused_with_the_way_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    command = ["run", "2024-10-06", "--source", "sample", "--data", str(tmp_path)]
    assert run.invoke(app, command).exit_code == 0
    other = HashEmbedder()
    other.name = "another-model"  # type: ignore[misc]
    monkeypatch.setattr(Context, "embed", other)
    result = run.invoke(app, [*command, "--again"])
    assert result.exit_code == 1
    assert "hash-64" in result.output


def test_a_source_that_is_down_ends_with_its_own_code(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    day = date(2024, 10, 6)
    down = Shelf({}, fails="it answered 503")
    monkeypatch.setattr(Context, "opened_sources", (Shelf({day: PAPERS}), down))
    assert run.invoke(app, ["run", str(day), "--data", str(tmp_path / "1")]).exit_code == 3
    monkeypatch.setattr(Context, "opened_sources", (down,))
    assert run.invoke(app, ["run", str(day), "--data", str(tmp_path / "2")]).exit_code == 4


def test_the_newest_report_is_shown_by_default(tmp_path: Path) -> None:
    for day in ("2024-10-06", "2024-10-13"):
        run.invoke(app, ["run", day, "--source", "sample", "--data", str(tmp_path)])
    shown = run.invoke(app, ["show", "--data", str(tmp_path)])
    assert shown.exit_code == 0
    assert "2024-10-13" in shown.output


def test_a_setting_that_does_not_exist_is_refused_by_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "insights.toml").write_text("colour = 3\n", encoding="utf-8")
    result = run.invoke(app, ["run", "2024-10-06", "--source", "sample"])
    assert result.exit_code == 2
    assert "colour" in result.output


def test_memory_can_be_made_again_from_what_was_published(tmp_path: Path) -> None:
    for day in ("2024-10-06", "2024-10-13"):
        run.invoke(app, ["run", day, "--source", "sample", "--data", str(tmp_path)])
    before = run.invoke(app, ["memory", "rebuild", "--data", str(tmp_path)]).output.splitlines()[-1]
    for path in sorted((tmp_path / "memory").rglob("*"), reverse=True):
        path.rmdir() if path.is_dir() else path.unlink()
    result = run.invoke(app, ["memory", "rebuild", "--from-reports", "--data", str(tmp_path)])
    assert result.exit_code == 0, result.output
    assert result.output.splitlines()[-1] == before


def test_help_loads_none_of_the_heavy_libraries() -> None:
    check = (
        "import sys; from typer.testing import CliRunner; from cli.app import app; "
        "assert CliRunner().invoke(app, ['--help']).exit_code == 0; "
        "print([m for m in ('langgraph', 'openai', 'chromadb', 'langchain_core', 'sklearn') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", check], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_a_bug_stays_a_traceback_and_says_first_what_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: object) -> None:
        raise AttributeError("a bug")

    monkeypatch.setattr(KeyedClassifier, "rank", fails)
    command = ["run", "2024-10-06", "--source", "sample", "--data", str(tmp_path)]
    result = run.invoke(app, command)
    assert isinstance(result.exception, AttributeError)
    assert f"this is a bug of the program, told below. What the run had done is kept in {tmp_path}" in result.stderr
    monkeypatch.undo()
    monkeypatch.setattr(Context, "embed", HashEmbedder())
    monkeypatch.setattr(Context, "classifier", KeyedClassifier())
    again = run.invoke(app, command)
    assert again.exit_code == 0 and "resumed where it was cut off" in again.output
