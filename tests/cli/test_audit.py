"""``insights audit`` as its users meet it: a report and its papers in, a summary, one JSON object and a page out."""

import json
from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from typer.testing import CliRunner

from cli.app import app
from domain.audits import Audit
from graph.context import Context
from tests.agents.report import PAPERS, digest, old
from tests.agents.test_auditor import RIGHT, WRONG, knows, passes_everything
from tests.scripted import HashEmbedder, ScriptedLLM

run = CliRunner()


@pytest.fixture(autouse=True)
def _light(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Context, "embed", HashEmbedder())


@pytest.fixture
def papers(tmp_path: Path) -> Path:
    path = tmp_path / "day.jsonl"
    rows = [
        {"id": p.id.removeprefix("arxiv:"), "title": p.title, "summary": p.abstract, "upvotes": p.votes} for p in PAPERS
    ]
    path.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    return path


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / "report.md"
    path.write_text(old("LanternNet은 40억 개의 이벤트로 학습한다.", WRONG), encoding="utf-8")
    return path


@pytest.fixture
def insights(tmp_path: Path, papers: Path, report: Path) -> Callable[..., Result]:
    """Audits the report."""
    given = ["audit", str(report), "--papers", str(papers), "--data", str(tmp_path / "data")]
    return lambda *arguments: run.invoke(app, [*given, *map(str, arguments)])


def judges(monkeypatch: pytest.MonkeyPatch, **script: Any) -> None:
    """A model that judges by script."""
    llm = ScriptedLLM(script, honest="audit" in script and script["audit"] is not passes_everything)
    held = cached_property(lambda self: llm)
    held.__set_name__(Context, "judge")
    monkeypatch.setattr(Context, "judge", held)


def test_without_a_model_the_rules_are_told_and_what_they_cannot_see(
    insights: Callable[..., Result], tmp_path: Path
) -> None:
    result = insights()
    assert result.exit_code == 0, result.output
    for words in ("40억", "figure-scale", "40 billion", "1 high", "They do not see a direction turned round"):
        assert words in result.output
    assert not (tmp_path / "data").exists()


def test_with_a_model_the_faulty_lines_are_told_with_severity_reason_and_mend(
    insights: Callable[..., Result], monkeypatch: pytest.MonkeyPatch
) -> None:
    judges(monkeypatch, audit=knows({WRONG: (RIGHT, "direction: the error is lowered")}))
    result = insights("--model", "openai:judge")
    assert result.exit_code == 0, result.output
    for words in ("direction: the error", "낮춥니다", "48 of 48 planted errors caught", "1 to be mended"):
        assert words in result.output


def test_json_is_one_audit_and_nothing_else(insights: Callable[..., Result], monkeypatch: pytest.MonkeyPatch) -> None:
    judges(monkeypatch, audit=knows({WRONG: (RIGHT, "direction: the error is lowered")}))
    found = Audit.model_validate_json(insights("--model", "openai:judge", "--json").output)
    assert (found.report, found.language, found.believed) == ("report.md", "ko", True)
    assert [(line.text, line.verdict.mended) for line in found.faults if line.verdict.mended] == [(WRONG, RIGHT)]


def test_a_page_is_written_as_html_or_as_markdown(insights: Callable[..., Result], tmp_path: Path) -> None:
    for name, start in (("page.html", "<!doctype html>"), ("page.md", "# report.md 검토")):
        result = insights("--html", tmp_path / name)
        assert result.exit_code == 0 and str(tmp_path / name) in result.output
        assert (tmp_path / name).read_text(encoding="utf-8").startswith(start)


def test_a_judge_that_is_not_believed_is_told_and_leaves_the_audit_partial(
    insights: Callable[..., Result], monkeypatch: pytest.MonkeyPatch
) -> None:
    judges(monkeypatch, audit=passes_everything)
    result = insights("--model", "openai:judge")
    assert result.exit_code == 3
    assert "0 of 48 planted errors caught" in result.output and "did not reach the mark of the exam" in result.output
    assert "figure-scale" in result.output


def test_a_judge_without_an_exam_is_watched_by_its_canaries(
    insights: Callable[..., Result], monkeypatch: pytest.MonkeyPatch
) -> None:
    judges(monkeypatch, audit=passes_everything)
    result = insights("--model", "openai:judge", "--exam", "0")
    assert result.exit_code == 3 and "the judge was not believed: twice" in result.output
    assert "It sat no exam." in result.output


def test_evidence_that_is_folded_away_does_not_make_a_korean_report_english(
    insights: Callable[..., Result], report: Path
) -> None:
    folded = f"<details><summary>근거</summary>\n\n{PAPERS[0].abstract * 40}\n\n</details>\n"
    report.write_text(report.read_text(encoding="utf-8") + folded, encoding="utf-8")
    assert json.loads(insights("--json").output)["language"] == "ko"


def test_the_language_is_that_of_the_text_unless_it_is_given(insights: Callable[..., Result], report: Path) -> None:
    assert json.loads(insights("--json", "--language", "en").output)["language"] == "en"
    report.write_text("Mosaic tiles images. It is 5 times faster.", encoding="utf-8")
    found = json.loads(insights("--json").output)
    assert found["language"] == "en"
    assert [line["verdict"]["standing"] for line in found["lines"]] == ["unjudged", "objected"]


def test_papers_that_are_missing_are_named(insights: Callable[..., Result], papers: Path) -> None:
    rows = [json.loads(line) for line in papers.read_text(encoding="utf-8").splitlines()]
    del rows[1]["summary"]
    papers.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    result = insights()
    assert result.exit_code == 0
    assert "not usable: " in result.output and "no abstract" in result.output


def test_what_a_report_leaves_out_is_named(insights: Callable[..., Result], report: Path) -> None:
    report.write_text(digest(sentence="잘 찾아냅니다."), encoding="utf-8")
    result = insights()
    assert "left out of LanternNet: Seeing in the Dark with Sparse Events: 12%, 40 billion events\n" in result.output


def test_what_cannot_be_audited_is_said_in_a_sentence(report: Path, papers: Path, tmp_path: Path) -> None:
    empty, bytes_, others = tmp_path / "empty.md", tmp_path / "bytes.md", tmp_path / "others.jsonl"
    empty.write_text("# no line", encoding="utf-8")
    bytes_.write_bytes(b"\xff\xfe\x00")
    others.write_text(json.dumps({"id": "2611.00999", "title": "Else", "summary": "Else."}), encoding="utf-8")
    for arguments, words in (
        ([tmp_path / "none.md", "--papers", papers], "there is no report"),
        ([bytes_, "--papers", papers], "not UTF-8"),
        ([tmp_path, "--papers", papers], "cannot be read"),
        ([empty, "--papers", papers], "no line that says anything"),
        ([report, "--papers", tmp_path / "none.jsonl"], "there is no file"),
        ([report, "--papers", others], "of the 1 papers given"),
        ([report, "--papers", papers, "--language", "zz"], "there is no language called zz; the known ones are "),
        ([report, "--papers", papers, "--model", "judge"], "it names no model"),
        ([report, "--papers", papers, "--html", tmp_path / "none" / "page.html"], "the page cannot be written"),
    ):
        result = run.invoke(app, ["audit", *map(str, arguments), "--data", str(tmp_path / "data")])
        assert result.exit_code == 2, (words, result.output)
        assert words in result.output
