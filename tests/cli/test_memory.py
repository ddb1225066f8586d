"""``insights memory`` as its users meet it."""

import json
import shutil
import sqlite3
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from cli.app import app
from graph.context import Context
from tests.scripted import HashEmbedder
from tests.vectorstore.test_schemas import ARCHIVE

from .conftest import DAYS, REPEATED

Insights = Callable[..., Result]


def test_info_tells_where_the_memory_is_what_made_it_and_what_it_holds(insights: Insights, data: Path) -> None:
    found = json.loads(insights("memory", "info", "--json").stdout)
    assert found["folder"] == str(data / "memory")
    assert (found["embedder"], found["dimension"]) == ("hash-64", 64)
    assert (found["first_day"], found["last_day"]) == ("2024-10-06", DAYS[-1])
    assert (found["counts"]["days"], found["counts"]["papers"]) == (7, found["counts"]["indexed"])
    assert min(found["bytes"].values()) > 0
    output = insights("memory", "info").stdout
    assert "2024-10-06 to 2025-09-06" in output and "hash-64, 64 dimensions" in output and "7 days" in output


def test_after_a_change_of_the_embedder_the_command_says_what_to_run_and_that_works(
    insights: Insights, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Other(HashEmbedder):
        name = "other-64"

    monkeypatch.setattr(Context, "embed", Other())
    refused = insights("memory", "info")
    assert (
        refused.exit_code == 1
        and "Run 'insights memory rebuild' to embed what it holds with other-64" in refused.stderr
    )
    assert "the index was made from the ledger with other-64" in insights("memory", "rebuild").stdout
    assert json.loads(insights("memory", "info", "--json").stdout)["embedder"] == "other-64"
    assert insights("memory", "check").exit_code == 0


def test_a_sound_memory_is_said_to_be_sound(insights: Insights) -> None:
    result = insights("memory", "check")
    assert result.exit_code == 0
    assert "is sound" in result.output


def test_a_memory_with_a_fault_ends_with_1_and_a_sentence(insights: Insights, data: Path) -> None:
    with sqlite3.connect(data / "memory" / "ledger.sqlite") as ledger:
        ledger.execute("INSERT INTO sightings VALUES (20250901, 'ko', 'arxiv:0000.00000', '[]')")
    ledger.close()
    result = insights("memory", "check")
    assert result.exit_code == 1
    assert "points to a missing row" in result.output


def test_an_index_that_is_gone_is_mended_on_opening_with_a_word(insights: Insights, data: Path) -> None:
    shutil.rmtree(data / "memory" / "chroma")
    result = insights("memory", "check")
    assert result.exit_code == 0
    assert "put back from the ledger" in result.stderr
    assert insights("memory", "check").stderr == ""


def test_a_damaged_ledger_is_said_with_the_way_out(insights: Insights, data: Path) -> None:
    for path in (data / "memory").glob("ledger.sqlite*"):
        path.unlink()
    (data / "memory" / "ledger.sqlite").write_bytes(b"no database" * 1000)
    for verb in ("check", "info"):
        result = insights("memory", verb)
        assert result.exit_code == 1
        assert "is damaged" in result.output and "Traceback" not in result.output


def test_a_copy_brings_the_memory_back_in_another_place(insights: Insights, tmp_path: Path) -> None:
    copy, elsewhere = tmp_path / "copy.backup", tmp_path / "elsewhere"
    result = insights("memory", "backup", copy)
    assert result.exit_code == 0, result.output
    assert str(copy) in result.output
    result = CliRunner().invoke(app, ["memory", "restore", str(copy), "--data", str(elsewhere)])
    assert result.exit_code == 0, result.output
    told = CliRunner().invoke(app, ["paper", REPEATED, "--json", "--data", str(elsewhere)])
    there, here = json.loads(told.stdout), json.loads(insights("paper", REPEATED, "--json").stdout)
    # The copy is of the memory; published reports are files of their own.
    assert here.pop("reports") and there.pop("reports") is not None
    assert there == here
    check = CliRunner().invoke(app, ["memory", "check", "--data", str(elsewhere)])
    assert check.exit_code == 0, check.output


def test_a_memory_is_made_of_reports_of_the_version_before_items_and_says_what_they_said(
    insights: Insights, tmp_path: Path
) -> None:
    elsewhere = tmp_path / "elsewhere"
    with zipfile.ZipFile(ARCHIVE) as archive:
        archive.extractall(elsewhere, [name for name in archive.namelist() if name.startswith("reports/")])

    def there(*arguments: str) -> Result:
        return CliRunner().invoke(app, [*arguments, "--data", str(elsewhere)])

    result = there("memory", "rebuild", "--from-reports")
    assert result.exit_code == 0, result.output
    assert "made from 2 published reports" in result.output and "22 papers" in result.output
    assert there("memory", "check").exit_code == 0
    found = json.loads(there("search", "Megatron-LM training faster", "--kind", "claim", "--json").stdout)["hits"][0]
    assert (found["text"], found["role"]) == (
        "Compared with Megatron-LM, LLM training becomes up to 1.3x faster.",
        "result",
    )
    assert found["text"] in there("paper", found["paper_id"]).stdout


def test_a_memory_that_holds_something_is_not_overwritten(insights: Insights, tmp_path: Path) -> None:
    insights("memory", "backup", tmp_path / "copy")
    before = insights("memory", "info").stdout
    result = insights("memory", "restore", tmp_path / "copy")
    assert result.exit_code == 1
    assert "Traceback" not in result.output
    assert insights("memory", "info").stdout == before


def test_copies_that_cannot_be_written_or_read_are_said_in_a_sentence(insights: Insights, tmp_path: Path) -> None:
    (tmp_path / "text").write_text("no copy", encoding="utf-8")
    for arguments in (
        ["backup", tmp_path / "text" / "copy"],
        ["restore", tmp_path / "none", "--data", tmp_path / "elsewhere"],
        ["restore", tmp_path / "text", "--data", tmp_path / "elsewhere"],
    ):
        result = CliRunner().invoke(app, ["memory", *map(str, arguments)])
        assert result.exit_code == 1, result.output
        assert result.output.startswith("insights: ") and "Traceback" not in result.output
