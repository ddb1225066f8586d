"""``insights audit`` as its users meet it."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from cli.app import app
from tests.agents.report import PAPERS, old

run = CliRunner()


@pytest.fixture
def papers(tmp_path: Path) -> Path:
    path = tmp_path / "day.jsonl"
    rows = [{"id": p.id.removeprefix("arxiv:"), "title": p.title, "summary": p.abstract} for p in PAPERS]
    path.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    return path


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / "report.md"
    path.write_text(old("LanternNet은 40억 개의 이벤트로 학습한다.", "대화 요원이 설명한다."), encoding="utf-8")
    return path


def test_the_faults_are_printed_with_section_span_rule_and_reason_and_the_totals(report: Path, papers: Path) -> None:
    result = run.invoke(app, ["audit", str(report), "--papers", str(papers)])
    assert result.exit_code == 0, result.output
    for words in ("Computer Vision", "40억", "figure-scale", "40 billion", "대화 요원", "2 faults in 2 of them"):
        assert words in result.output


def test_json_is_one_object_and_nothing_else(report: Path, papers: Path) -> None:
    result = run.invoke(app, ["audit", str(report), "--papers", str(papers), "--json"])
    found = json.loads(result.output)
    assert {"report", "sections", "sentences", "faults", "totals"} <= found.keys()
    assert found["report"] == str(report)
    assert found["totals"] == {"figure-scale": 1, "term": 1}
    assert [(f["rule"], f["span"]) for f in found["faults"]] == [("figure-scale", "40억 개"), ("term", "대화 요원")]
    assert (len(found["sections"]), found["sentences"]) == (2, 7)


def test_papers_that_are_missing_are_named(report: Path, papers: Path) -> None:
    rows = [json.loads(line) for line in papers.read_text(encoding="utf-8").splitlines()]
    del rows[1]["summary"]
    papers.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    result = run.invoke(app, ["audit", str(report), "--papers", str(papers)])
    assert result.exit_code == 0
    assert "not checked: Mosaic: Cheap Tiling of Large Images" in result.output
    assert "no abstract" in result.output


def test_what_cannot_be_audited_is_said_in_a_sentence(report: Path, papers: Path, tmp_path: Path) -> None:
    empty, bytes_, others = tmp_path / "empty.md", tmp_path / "bytes.md", tmp_path / "others.jsonl"
    empty.write_text("no heading", encoding="utf-8")
    bytes_.write_bytes(b"\xff\xfe\x00")
    others.write_text(json.dumps({"id": "2611.00999", "title": "Else", "summary": "Else."}), encoding="utf-8")
    for arguments, words in (
        ([tmp_path / "none.md", "--papers", papers], "there is no report"),
        ([bytes_, "--papers", papers], "not UTF-8"),
        ([tmp_path, "--papers", papers], "cannot be read"),
        ([empty, "--papers", papers], "no section"),
        ([report, "--papers", tmp_path / "none.jsonl"], "there is no file"),
        ([report, "--papers", others], "none of the 3 papers"),
        ([report, "--papers", papers, "--language", "fr"], "ko or en"),
    ):
        result = run.invoke(app, ["audit", *map(str, arguments)])
        assert result.exit_code == 2
        assert words in result.output
