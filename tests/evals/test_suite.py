"""One command measures, writes a table and JSON for each eval, and keeps a history by commit that a page plots."""

import json
import subprocess
from pathlib import Path

import pytest

from evals import __main__ as command
from evals import commits, history, history_page
from evals.history import Measured


def measured(commit: str, found: float) -> Measured:
    return Measured(eval="rules", day="2026-11-28", commit=commit, values={"wrong claims found": found})


def test_an_eval_is_a_table_and_json(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = tmp_path / "history.jsonl"
    monkeypatch.setattr(history, "FILE", kept)
    assert command.main(["rules", "--into", str(tmp_path / "evals"), "--no-history"]) == 0
    told = json.loads((tmp_path / "evals" / "rules.json").read_text())
    assert told["values"]["figures: wrong claims found"] > 0.5 > 0.1 > told["values"]["figures: right claims rejected"]
    assert (tmp_path / "evals" / "rules.txt").read_text() in capsys.readouterr().out
    assert (tmp_path / "evals" / "history.html").is_file() and not kept.exists()


def test_a_commit_is_written_into_the_history_once_beside_the_first_sights(tmp_path: Path) -> None:
    file = tmp_path / "history.jsonl"
    file.write_bytes(history.FILE.read_bytes())
    sights = history.load(file)
    assert history.keep(measured("aaa", 0.5), file) and not history.keep(measured("aaa", 0.7), file)
    assert history.keep(measured("bbb", 0.6), file)
    assert [one.values for one in history.load_measured(file)][-2:] == [
        {"wrong claims found": 0.5},
        {"wrong claims found": 0.6},
    ]
    assert history.load(file) == sights, "what is there for good stays as it is"


def test_what_is_not_committed_is_not_measured_for_good(tmp_path: Path) -> None:
    def git(*words: str) -> None:
        identity = ("-c", "user.name=t", "-c", "user.email=t@localhost")
        subprocess.run(["git", "-C", str(tmp_path), *identity, *words], check=True, capture_output=True)

    git("init", "-q")
    for name in ("prompts/a.md", "evals/history.jsonl", "README.md"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("1")
    git("add", "-A")
    git("commit", "-q", "-m", "all")
    (tmp_path / "evals/history.jsonl").write_text("2")
    (tmp_path / "README.md").write_text("2")
    commit, changed = commits.now(tmp_path)
    assert len(commit) >= 7 and changed == []
    (tmp_path / "prompts/a.md").write_text("2")
    assert commits.now(tmp_path) == (commit, ["prompts/a.md"])


def test_the_page_has_a_dot_for_each_commit_the_higher_the_better_drawn_above() -> None:
    shown = history_page.html([measured("aaa", 0.5), measured("<b>", 0.75)], [])
    assert shown.count("<circle") == 2 and "aaa 2026-11-28: 0.5" in shown and "&lt;b&gt; 2026-11-28: 0.75" in shown
    assert 'points="10.0,50.0 270.0,10.0"' in shown
