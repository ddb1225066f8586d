"""The review in a terminal: answered line by line, cut off in the middle, and taken up again."""

import json
import os
import pty
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from typer.testing import CliRunner

from cli.app import app
from graph.context import Context
from tests.scripted import DAY, PAPERS, HashEmbedder, KeyedClassifier

ROOT = Path(__file__).parents[2]
# The command, but for the embedding model and the classifier fitted on it.
COMMAND = """
from graph.context import Context
from tests.scripted import HashEmbedder, KeyedClassifier
Context.embed, Context.classifier = HashEmbedder(), KeyedClassifier()
from cli.app import main
main()
"""


@dataclass
class Terminal:
    """A process at a terminal of its own."""

    process: "subprocess.Popen[bytes]"
    fd: int
    screen: str = ""

    def until(self, text: str) -> str:
        """What is printed until, and with, a text that was not there yet; all that is left where it never comes."""
        start = len(self.screen)
        while text not in self.screen[start:]:
            try:
                data = os.read(self.fd, 65536)
            except OSError:  # the process has ended
                break
            if not data:
                break
            self.screen += re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", data.decode(errors="replace"))
        return self.screen[start:]

    def type(self, line: str) -> str:
        """Types a line; what is printed until the next one is asked for, or the end."""
        os.write(self.fd, f"{line}\n".encode())
        return self.until("review> ")

    def end(self) -> int:
        self.until("\0")
        return self.process.wait()


@contextmanager
def terminal(*arguments: str) -> Iterator[Terminal]:
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-c", COMMAND, *arguments],
        cwd=ROOT,
        env={**os.environ, "COLUMNS": "200", "LINES": "60", "TERM": "xterm"},
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        start_new_session=True,
    )
    os.close(theirs)
    try:
        yield Terminal(process, ours)
    finally:
        process.kill()
        process.wait()
        os.close(ours)


@pytest.fixture
def papers(tmp_path: Path) -> Path:
    path = tmp_path / "day.jsonl"
    rows = [{"id": paper.id[6:], "title": paper.title, "summary": paper.abstract} for paper in PAPERS]
    path.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    return path


def test_a_review_that_was_cut_off_by_force_is_taken_up_where_it_was(papers: Path, tmp_path: Path) -> None:
    data = tmp_path / "data"
    own = f"{PAPERS[0].title}는 정확도를 1.5% 높입니다."
    with terminal("run", str(DAY), "--papers", str(papers), "--data", str(data), "--review") as first:
        shown, sections = first.until("review> "), 1
        while PAPERS[0].title not in shown:
            shown, sections = first.type(""), sections + 1
        number = re.search(r"(\d+) +result of Robot Arms", shown)
        assert number is not None
        assert "is edited" in first.type(f"e {number[1]} {own}")
        first.type("")
        os.kill(first.process.pid, signal.SIGKILL)
        assert first.end() == -signal.SIGKILL
    assert not (data / "reports").exists()
    asked = CliRunner().invoke(app, ["run", str(DAY), "--papers", str(papers), "--data", str(data)])
    assert asked.exit_code == 5 and f"'insights review {DAY}' opens it" in asked.output
    with terminal("review", str(DAY), "--data", str(data)) as second:
        assert f"{sections} of 3 sections were decided before" in second.until("review> ")
        assert "is rejected" in second.type("r 1 dull")
        second.type("a")
        assert second.end() == 0
    page = (data / "reports" / str(DAY) / "report.md").read_text(encoding="utf-8")
    assert f"{own} ✎" in page.replace("**", "")
    receipt = json.loads((data / "reports" / str(DAY) / "receipt.json").read_text(encoding="utf-8"))
    assert "reviewed by a person: 1 lines edited, 1 rejected" in receipt["notes"]
    assert "rejected by a person: dull" in [drop["reason"] for drop in receipt["drops"]]
    assert list((data / "runs").glob("*.review.json")) == []


def test_the_review_of_a_published_day_can_be_opened_once_more_and_harms_nothing_when_it_is_rejected(
    papers: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Context, "embed", HashEmbedder())
    monkeypatch.setattr(Context, "classifier", KeyedClassifier())
    data = tmp_path / "data"
    CliRunner().invoke(app, ["run", str(DAY), "--papers", str(papers), "--data", str(data)])
    with terminal("review", str(DAY), "--data", str(data)) as again:
        again.until("review> ")
        again.type("no wrong day")
        assert again.end() == 5
        assert "was rejected in its review (wrong day)" in again.screen
    asked = CliRunner().invoke(app, ["run", str(DAY), "--papers", str(papers), "--data", str(data)])
    assert asked.exit_code == 0 and "finished already" in asked.output  # what was published stays
    unasked = CliRunner().invoke(app, ["review", str(DAY), "--data", str(data)])
    assert unasked.exit_code == 2 and "at a terminal" in unasked.output
    with terminal("review", str(DAY), "--data", str(data)) as once_more:
        once_more.until("review> ")
        once_more.type("q")
        assert once_more.end() == 5
    asked = CliRunner().invoke(app, ["run", str(DAY), "--papers", str(papers), "--data", str(data)])
    assert asked.exit_code == 0 and "finished already" in asked.output
    with terminal("review", str(DAY), "--data", str(data)) as once_more:
        once_more.until("review> ")
        once_more.type("r 1 dull")
        once_more.type("a")
        assert once_more.end() == 0
    receipt = json.loads((data / "reports" / str(DAY) / "receipt.json").read_text(encoding="utf-8"))
    assert "rejected by a person: dull" in [drop["reason"] for drop in receipt["drops"]]


def test_without_a_terminal_a_review_waits_and_says_how_it_is_opened(
    papers: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Context, "embed", HashEmbedder())
    monkeypatch.setattr(Context, "classifier", KeyedClassifier())
    command = ["run", str(DAY), "--papers", str(papers), "--data", str(tmp_path / "data")]
    waits = CliRunner().invoke(app, [*command, "--review"])
    assert waits.exit_code == 5 and "waits for its review" in waits.output
    afresh = CliRunner().invoke(app, [*command, "--again"])
    assert afresh.exit_code == 0, afresh.output
