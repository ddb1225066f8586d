"""Blind readings: what a reader is handed, and what the answers add up to."""

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from bench.as_read import as_read
from evals.readers import bundle, main
from evals.rounds import (
    EXAMPLES,
    AuditSheet,
    ReadingSheet,
    SheetError,
    chosen,
    gather,
    marks,
    severities,
    table,
    verdicts,
)

OURS = """# Daily Artificial Intelligence Insights : Papers

2025년 6월 3일 · 새 논문 2편 · 읽는 데 1분 · 초록을 바탕으로 썼습니다 · 문장마다 확인했습니다

![분야별 논문 수](paper.png)

## 오늘의 이야기

- **시험 점수가 올랐다.** 정확도가 6.2% 높았습니다. [시험](#p1)

### <a id="p1"></a>시험
*A Test* · [논문](https://arxiv.org/abs/2506.00001) · [근거](#e-p1)

- **PixWizard** (처음 [6월 1일](../2025-06-01/report.md)) 그림을 고칩니다.

<!-- made by the workflow -->
<details><summary>근거</summary>

<a id="e-p1"></a>It is 6.2% better. <details>why</details> model: secret-model
</details>

Daily AI Insights
"""
DIGEST = """```markdown
# 오늘의 다이제스트

차 한 잔과 함께 읽으세요.

## 시험

정확도가 62% 올랐습니다.

written by secret-model
```
"""
PAPERS: list[dict[str, Any]] = [
    {"title": "A\nTest", "abstract": "It is 6.2% better.\n# Not a heading"},
    {"title": "Another", "abstract": ""},
]  # fmt: skip


@pytest.fixture
def made(tmp_path: Path) -> Callable[..., Path]:
    """Makes the folders of a day in a round of its own."""

    def make(name: str = "day", **options: Any) -> Path:
        papers = tmp_path / "papers.jsonl"
        papers.write_text("\n".join(map(json.dumps, PAPERS)), encoding="utf-8")
        bundle(OURS, DIGEST, papers, tmp_path / "round", name=name, hide=["secret-model"], **options)
        return tmp_path / "round"

    return make


def key(folder: Path) -> dict[str, Any]:
    return json.loads(folder.with_name(f"{folder.name}.key.json").read_text())


def pages(folder: Path) -> tuple[str, str]:
    """Our page and the other."""
    ours = key(folder)["ours"]
    return tuple((folder / f"{letter}.md").read_text() for letter in (ours, "AB"[ours == "A"]))


def answer(folder: Path, *, choose: str = "ours", name: str = "answer.json", errors: Sequence[Any] = ()) -> None:
    ours = key(folder)["ours"]
    other = "AB"[ours == "A"]
    low, high = (dict.fromkeys(("correct", "learn", "pleasant", "forward"), mark) for mark in (6, 9))
    given = {
        "kind": "reading",
        "marks": {ours: high, other: low},
        "choice": ours if choose == "ours" else other,
        "strength": "clearly",
        "change": {ours: ["짧게"], other: []},
        "errors": [
            {"page": ours if whose == "ours" else other, "quote": quote, "severity": severity, "why": "P1"}
            for whose, quote, severity in errors
        ],
    }
    (folder / name).write_text(json.dumps(given), encoding="utf-8")


def test_a_reader_gets_two_pages_the_abstracts_and_a_sheet_and_no_key(made: Callable[..., Path]) -> None:
    folder = made(roles=["researcher"]) / "day-researcher"
    assert sorted(file.name for file in folder.iterdir()) == ["A.md", "B.md", "abstracts.md", "sheet.md"]
    assert "AI를 연구하며" in (folder / "sheet.md").read_text()


def test_nothing_tells_who_made_a_page(made: Callable[..., Path]) -> None:
    ours, other = pages(made(roles=["engineer"]) / "day-engineer")
    assert ours.splitlines()[0] == other.splitlines()[0] == "# 오늘의 AI 논문"
    gone = (
        "Insights",
        "확인했습니다",
        "paper.png",
        "workflow",
        "secret-model",
        "근거",
        "\\x00",
        "../",
        "```",
        "다이제스트",
    )
    assert [word for word in gone if word in ours + other] == []


def test_what_a_reader_reads_of_our_page_stays(made: Callable[..., Path]) -> None:
    ours, other = pages(made(roles=["engineer"]) / "day-engineer")
    # When, of how many papers and from what: readers who compare two pages asked for it.
    assert ours.splitlines()[2] == "2025년 6월 3일 · 새 논문 2편 · 읽는 데 1분 · 초록을 바탕으로 썼습니다"
    assert "- **시험 점수가 올랐다.** 정확도가 6.2% 높았습니다. [시험](#p1)" in ours
    assert "*A Test* · [논문](https://arxiv.org/abs/2506.00001)\n" in ours
    assert "- **PixWizard** (처음 6월 1일) 그림을 고칩니다." in ours
    assert "차 한 잔과 함께 읽으세요." in other


def test_the_lines_that_were_taken_out_are_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "ours.md").write_text(OURS), (tmp_path / "other.md").write_text(DIGEST)
    (tmp_path / "papers.json").write_text(json.dumps({"papers": PAPERS}))
    paths = [f"--{name}={tmp_path / file}" for name, file in (("ours", "ours.md"), ("other", "other.md"))]
    paths += [f"--papers={tmp_path / 'papers.json'}", f"--round={tmp_path / 'round'}"]
    assert main(["bundle", *paths, "--name=d", "--roles", "editor", "--hide", "secret-model"]) == 0
    said = capsys.readouterr().out
    assert "ours: 문장마다 확인했습니다" in said
    assert "other: written by secret-model" in said


def test_abstracts_are_one_line_each_so_that_no_paper_can_forge_a_heading(made: Callable[..., Path]) -> None:
    told = (made(roles=["editor"]) / "day-editor" / "abstracts.md").read_text()
    assert told == "## P1. A Test\n\nIt is 6.2% better. # Not a heading\n\n## P2. Another\n\n(초록 없음)\n"


def test_letters_change_from_role_to_role_and_come_again_with_the_same_seed(made: Callable[..., Path]) -> None:
    round_ = made("one", seed=1)
    roles = ("researcher", "engineer", "editor", "auditor")
    letters = [key(round_ / f"one-{role}")["ours"] for role in roles]
    assert letters in (["A", "B", "A", "B"], ["B", "A", "B", "A"])
    starts = {key(made(f"day{n}", roles=["editor"], seed=1) / f"day{n}-editor")["ours"] for n in range(12)}
    assert starts == {"A", "B"}


def test_the_sheets_of_both_languages_hold_an_answer_that_the_scorer_reads(made: Callable[..., Path]) -> None:
    for language in ("ko", "en"):
        round_ = made(language, roles=["researcher", "auditor"], language=language)
        for role, shape in (("researcher", ReadingSheet), ("auditor", AuditSheet)):
            text = (round_ / f"{language}-{role}" / "sheet.md").read_text()
            shown = text.split("```json\n")[1].split("```")[0]
            assert shape.model_validate_json(shown) in EXAMPLES.values()
            assert "{" not in text.replace(shown, "")


def test_a_folder_that_is_there_is_never_changed_and_a_second_auditor_gets_one_of_his_own(
    made: Callable[..., Path],
) -> None:
    round_ = made(roles=["auditor", "auditor"])
    assert key(round_ / "day-auditor")["ours"] != key(round_ / "day-auditor-2")["ours"]
    with pytest.raises(SheetError, match="day-auditor already"):
        made(roles=["editor", "auditor"])
    assert not (round_ / "day-editor").exists()


def test_choices_marks_and_wishes_of_a_round_are_added_up_by_page_not_by_letter(made: Callable[..., Path]) -> None:
    round_ = made("one", roles=["researcher", "engineer", "editor"])
    made("two", roles=["researcher"])
    answer(round_ / "one-researcher")
    answer(round_ / "one-engineer", choose="other")
    answer(round_ / "one-editor")
    found = gather(round_)
    right, count, low, high = chosen(found.readings)
    assert (right, count) == (2, 3)
    assert (round(low, 3), round(high, 3)) == (0.208, 0.939)
    assert set(marks(found.readings, "ours").values()) == {9}
    assert set(marks(found.readings, "other").values()) == {6}
    assert found.unanswered == ("two-researcher",)
    said = table(found)
    assert "chosen: 2 of 3 (67%; 95 %: 21% to 94%)" in said
    assert said.count("  - 짧게") == 3
    assert "not answered: two-researcher" in said


def test_an_error_counts_only_where_its_quote_stands_on_the_page(made: Callable[..., Path]) -> None:
    folder = made(roles=["researcher"]) / "day-researcher"
    right, wrong = "정확도가 **6.2%** 높았습니다.", "정확도가 7% 높았습니다."
    answer(folder, errors=[("ours", right, "medium"), ("ours", wrong, "high"), ("other", "62% 올랐습니다", "high")])
    found = gather(folder.parent)
    assert severities(found.answers, "ours") == {"high": 0, "medium": 6, "low": 0}  # of two papers, told for twelve
    assert severities(found.answers, "other") == {"high": 6, "medium": 0, "low": 0}
    assert f"not on its page, not counted: day-researcher: {wrong!r}" in table(found)


def test_audits_tell_statements_errors_and_headline_figures_for_each_page(made: Callable[..., Path]) -> None:
    folder = made(roles=["auditor"]) / "day-auditor"
    ours, other = (letter := key(folder)["ours"]), "AB"[letter == "A"]
    figures = [("P1", "6.2%", ours, "right"), ("P1", "6.2%", other, "wrong")]
    given = {
        "kind": "audit",
        "statements": {ours: 20, other: 30},
        "figures": [dict(zip(("paper", "figure", "page", "verdict"), row, strict=True)) for row in figures],
        "errors": [
            {"page": ours, "quote": "시험 점수가 올랐다", "severity": "medium", "why": "P1"},
            {"page": other, "quote": "정확도가", "severity": "medium", "why": "P1"},
            {"page": other, "quote": "62% 올랐습니다.", "severity": "medium", "why": "P1"},
        ],
    }
    (folder / "answer.json").write_text(json.dumps(given))
    found = gather(folder.parent)
    assert verdicts(found.audits, "ours") == {"right": 1}
    assert verdicts(found.audits, "other") == {"wrong": 1}
    said = table(found)
    assert "ours   statements 20; headline figures right / wrong / missing 1 / 0 / 0" in said
    assert "medium: 0.50 of the other's" in said
    given["figures"].pop()
    (folder / "answer.json").write_text(json.dumps(given))
    with pytest.raises(SheetError, match=r"P1 6\.2% is judged on one page only"):
        gather(folder.parent)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"choice": "C"}, "choice: Input should be 'A' or 'B'"),
        ({"marks": {"A": {"correct": 11, "learn": 1, "pleasant": 1, "forward": 1}}}, "less than or equal to 10"),
        ({"kind": "audit", "statements": {"A": 1, "B": 1}}, "Extra inputs"),
        ({"mood": "good"}, "mood"),
    ],
)
def test_an_answer_that_is_not_as_asked_is_refused_with_file_and_place(
    change: dict[str, Any], message: str, made: Callable[..., Path]
) -> None:
    folder = made(roles=["editor"]) / "day-editor"
    answer(folder)
    file = folder / "answer.json"
    file.write_text(json.dumps(json.loads(file.read_text()) | change))
    with pytest.raises(SheetError, match=message) as error:
        gather(folder.parent)
    assert str(file) in str(error.value)


def test_a_reading_is_no_answer_to_an_audit(made: Callable[..., Path]) -> None:
    folder = made(roles=["auditor"]) / "day-auditor"
    answer(folder)
    with pytest.raises(SheetError, match="answers 'reading', and auditor was asked for 'audit'"):
        gather(folder.parent)


def test_a_round_without_bundles_ends_with_a_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["score", str(tmp_path)]) == 1
    assert "holds no bundle" in capsys.readouterr().err


def test_what_is_read_of_a_page_has_no_folds_comments_addresses_or_tags() -> None:
    assert as_read(OURS).startswith("# Daily Artificial Intelligence Insights : Papers\n\n2025년")
    assert [word for word in ("details", "secret", "https:", "workflow", "<a", "png") if word in as_read(OURS)] == []
    assert as_read(r"\*a\* [b\]c](x_(1)) <https://a.org>") == "*a* b]c <https://a.org>"
