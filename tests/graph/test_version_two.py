"""What the version before wrote: its reports and its memory are read, both can be made anew, a cut-off run is run."""

import zipfile
from pathlib import Path

import pytest
from typer.testing import CliRunner

from cli.app import app
from graph.context import Context
from publishing.files import read_report
from tests.scripted import HashEmbedder, KeyedClassifier

ARCHIVE = Path(__file__).with_name("version_two.zip")
"""See ``version_two.py``."""
FINISHED, CUT_OFF = "2024-10-06", "2024-10-13"


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(Context, "embed", HashEmbedder())
    monkeypatch.setattr(Context, "classifier", KeyedClassifier())
    with zipfile.ZipFile(ARCHIVE) as archive:
        archive.extractall(tmp_path)
    return tmp_path


def insights(data: Path, *arguments: str) -> str:
    result = CliRunner().invoke(app, [*arguments, "--data", str(data)])
    assert result.exit_code == 0, result.output
    return result.output


def test_a_run_that_was_cut_off_begins_again_since_its_state_had_another_shape(data: Path) -> None:
    insights(data, "run", CUT_OFF, "--source", "sample")
    report = read_report(data / "reports" / CUT_OFF / "report.json")
    assert report.status == "complete" and len(report.papers) == 12
    (few,) = [fact for fact in report.facts if fact.id == "memory:few"]
    assert few.text("ko").startswith("기억하고 있는 관측일이 1일뿐이어서")
    assert few.text("en").startswith("Nothing is said of trends yet: 1 observed day is held")


def test_a_finished_day_is_known_its_report_read_and_the_memory_searched(data: Path) -> None:
    assert "is finished already" in insights(data, "run", FINISHED, "--source", "sample")
    report = read_report(data / "reports" / FINISHED / "report.json")
    assert [set(fact.texts) for fact in report.facts] == [{"ko", "en"}]  # as it was written
    assert "2024-10-06" in insights(data, "search", "reinforcement learning")


def test_the_memory_can_be_made_anew_from_the_old_reports(data: Path) -> None:
    assert "from 1 published report\n" in insights(data, "memory", "rebuild", "--from-reports")
    assert "is sound" in insights(data, "memory", "check")
