"""Every command of the README's code blocks does what it says, in a folder in which nothing has been done yet.

Sites answer from recordings, put in the place of the connection; the model is a server on loopback.
"""

import gzip
import json
import re
import shlex
import shutil
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import httpx
import pytest
from typer.testing import CliRunner

import sources.reading.http
from cli.app import app
from graph.context import Context
from publishing import files
from tests.graph.model_days import model
from tests.model_server import serve
from tests.scripted import PAPERS, HashEmbedder, KeyedClassifier
from tests.sources.arxiv_answers import answer, found

ROOT = Path(__file__).parents[1]
TODAY = date(2026, 11, 25)
YESTERDAY = date(2026, 11, 24)


def commands() -> list[str]:
    """The lines of the README's code blocks that are commands, without their comments."""
    blocks = re.findall(
        r"^```\w*\n(.*?)^```", (ROOT / "README.md").read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL
    )
    lines = [line.partition(" # ")[0].strip() for block in blocks for line in block.splitlines()]
    return [line for line in lines if line.startswith(("insights ", "make "))]


INSIGHTS = [line for line in commands() if line.startswith("insights ")]
WRITES = [line for line in INSIGHTS if line.startswith("insights run")]
OTHERS = [line for line in INSIGHTS if line not in WRITES]


def recorded(request: httpx.Request) -> httpx.Response:
    """What the sites answer, whatever day is asked for."""
    host, day = request.url.host, request.url.params.get("date")
    if host == "huggingface.co":
        rows = [
            {"paper": {"id": number, "title": paper.title, "summary": paper.abstract, "upvotes": 3}}
            for number, paper in zip(("2409.14674", "2611.00002"), PAPERS[:2], strict=True)
        ]
        return httpx.Response(200, json=rows if day == str(YESTERDAY) else [])
    if host == "export.arxiv.org":
        entries = [found(f"2611.1000{n}", paper.title, paper.abstract) for n, paper in enumerate(PAPERS[2:])]
        reply = answer(len(entries), *entries)
        return httpx.Response(200, text=str(reply.body), headers={"Content-Type": reply.kind})
    if host == "deeplearn.org":
        hot = f'<div class="title"><a href="/arxiv/1/x">{PAPERS[0].title}</a></div>'
        html = f'<div class="panel"><h3 class="panel-title">Hot Papers</h3>{hot}</div>'
        return httpx.Response(200, html=html)
    raise AssertionError(f"the README leads to {request.url}, of which there is no recording")


class Recorded(sources.reading.http.Web):
    """The client of the sources, its connection replaced by the recordings; it has no need to wait."""

    def __init__(self, *, contact: str, cache: Path | None = None) -> None:
        now = datetime(2026, 11, 25, 12, tzinfo=UTC).timestamp()
        super().__init__(contact=contact, cache=cache, sleep=_at_once, clock=lambda: now)

    def _open(self) -> httpx.AsyncClient:
        return httpx.AsyncClient(transport=httpx.MockTransport(recorded), headers={"User-Agent": self.user_agent})


async def _at_once(seconds: float) -> None:
    pass


@pytest.fixture(autouse=True)
def machine(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A machine on that day, with the recordings and a key for the model's server."""
    monkeypatch.setattr(sources.reading.http, "Web", Recorded)
    monkeypatch.setattr(httpx, "get", lambda url, **_: httpx.Response(200))  # the doctor's look at the sites
    monkeypatch.setattr(Context, "today", lambda self: TODAY)
    monkeypatch.setattr(Context, "embed", HashEmbedder())
    monkeypatch.setattr(Context, "classifier", KeyedClassifier())
    with serve(model()) as server:
        monkeypatch.setenv("OPENAI_BASE_URL", server.url)
        monkeypatch.setenv("OPENAI_API_KEY", "test")
        yield


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with nothing in it but the files that the README's reader brings along."""
    rows = [{"id": f"2509.0000{n}", "title": p.title, "summary": p.abstract} for n, p in enumerate(PAPERS)]
    lines = "\n".join(json.dumps(row) for row in rows)
    (tmp_path / "day.jsonl").write_text(lines, encoding="utf-8")
    (tmp_path / "day.jsonl.gz").write_bytes(gzip.compress(lines.encode()))
    monkeypatch.chdir(tmp_path)
    return tmp_path


def insights(line: str) -> str:
    """Runs a command of the README; its output."""
    result = CliRunner().invoke(app, shlex.split(line)[1:])
    assert result.exit_code == 0, f"{line}: {result.output}"
    return result.output


def test_the_readme_has_commands_and_ci_runs_those_of_make() -> None:
    assert len(WRITES) >= 4 and len(OTHERS) >= 12
    ci = (ROOT / ".ci" / "run").read_text(encoding="utf-8").splitlines()
    assert [line for line in commands() if line.startswith("make ") and line not in ci] == []


@pytest.mark.parametrize("line", WRITES)
def test_a_day_is_written(line: str, folder: Path) -> None:
    insights(line)
    (place,) = {path.parent for path in (folder / "data" / "reports").rglob("report.json")}
    report = files.read_report(place / "report.json")
    assert (report.status, report.language) == ("complete", "en" if "--language en" in line else "ko")
    assert report.day == (date(2025, 9, 3) if "2025-09-03" in line else YESTERDAY)
    assert len(report.papers) == (2 if "--papers" not in line and "arxiv" not in line else 4)
    assert ("gpt-5-mini" in report.model) == ("--model" in line)


def test_what_was_written_can_be_asked_copied_and_made_again(folder: Path) -> None:
    for line in ("insights run", "insights run 2025-09-03 --papers day.jsonl.gz"):
        insights(line)
    shutil.copy(folder / "data" / "reports" / "2025-09-03" / "report.md", folder / "OLD.md")
    said = {line: insights(line) for line in OTHERS}
    assert [line for line, output in said.items() if not output.strip()] == []
    written = [name for line in OTHERS for name in re.findall(r"(?:--picture|backup) (\S+)", line)]
    assert [name for name in written if not (folder / name).stat().st_size] == [] and len(written) == 2
    assert "2 days" in insights("insights memory info --data elsewhere")
