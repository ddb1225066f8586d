"""Another run of a day from one of its steps: what it changes, and what it leaves alone."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from cli.app import app
from graph.context import Context
from tests.answering import Unsure
from tests.graph.model_days import model
from tests.graph.studio import item
from tests.model_server import ModelServer, serve
from tests.scripted import DAY, PAPERS, HashEmbedder

Insights = Callable[..., Result]


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch):  # type: ignore[no-untyped-def]
    with serve(model(Written=item)) as running:
        monkeypatch.setenv("OPENAI_BASE_URL", running.url)
        monkeypatch.setenv("OPENAI_API_KEY", "test")
        yield running


@pytest.fixture
def insights(server: ModelServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Insights:
    """A published day in a data folder, and the command on that folder."""
    monkeypatch.setattr(Context, "embed", HashEmbedder())
    monkeypatch.setattr(Context, "classifier", Unsure())
    rows = [{"id": paper.id[6:], "title": paper.title, "summary": paper.abstract} for paper in PAPERS]
    (tmp_path / "day.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")

    def run(*arguments: str, code: int = 0) -> Result:
        result = CliRunner().invoke(app, [*arguments, "--data", str(tmp_path / "data")])
        assert result.exit_code == code, result.output
        return result

    run("run", str(DAY), "--papers", str(tmp_path / "day.jsonl"), "--model", "openai:test", "--exam", "0")
    return run


def contents(data: Path) -> dict[str, bytes]:
    held = [path for name in ("reports", "memory") for path in sorted((data / name).rglob("*")) if path.is_file()]
    return {str(path.relative_to(data)): path.read_bytes() for path in held}


def report(folder: Path) -> dict[str, object]:
    return json.loads((folder / str(DAY) / "report.json").read_text(encoding="utf-8"))


def test_a_fork_from_any_step_leaves_the_published_day_and_the_memory_byte_for_byte(
    insights: Insights, server: ModelServer, tmp_path: Path
) -> None:
    data = tmp_path / "data"
    before, asked = contents(data), len(server.asked)
    steps = json.loads(insights("history", str(DAY), "--json").output)
    names = [name for step in steps for name in step["next"] if name != "__start__"]
    assert names == [
        *("begin", "retrieve", "recall", "classify", "plan", "synthesize", "examine", "look", "trends"),
        *("section", "frame", "critique"),
        *("review", "publish", "remember"),
    ]
    for name in ("begin", "synthesize", "frame", "publish", "remember"):
        insights("fork", str(DAY), "--at", name, "--name", f"from-{name}")
        if name != "remember":  # there is nothing left to write
            assert report(data / "forks" / f"from-{name}") == report(data / "reports")
            assert "tell the same" in insights("diff", str(DAY), f"from-{name}").output
    assert contents(data) == before
    assert len(server.asked) == asked  # what was answered once is not asked again
    assert json.loads(insights("history", str(DAY), "--json").output) == steps
    assert sorted(path.name for path in (data / "forks").iterdir()) == [
        f"from-{name}" for name in ("begin", "frame", "publish", "synthesize")
    ]


def test_a_fork_with_a_prompt_differs_in_what_that_prompt_writes_and_diff_tells_each_line(
    insights: Insights, tmp_path: Path
) -> None:
    data = tmp_path / "data"
    source = (Path(__file__).parents[2] / "prompts/ko/synthesize.md").read_text(encoding="utf-8")
    (tmp_path / "loud.md").write_text(f"Shout.\n{source}", encoding="utf-8")
    insights("fork", str(DAY), "--at", "synthesize", "--prompt", f"synthesize={tmp_path / 'loud.md'}", "--name", "loud")
    found = json.loads(insights("diff", str(DAY), "loud", "--json").output)
    assert [(one["place"], one["after"]) for one in found] == [("hook", f"{one['before']}!") for one in found]
    assert sorted(one["paper"] for one in found) == sorted(paper.title for paper in PAPERS)
    receipt = json.loads((data / "forks/loud" / str(DAY) / "receipt.json").read_text(encoding="utf-8"))
    assert "a fork: loud" in receipt["notes"]
    assert dict(receipt["prompts"])["ko/synthesize"].endswith("edited in this run")


def test_a_fork_takes_settings_and_takes_the_days_place_only_when_it_is_told_to(
    insights: Insights, tmp_path: Path
) -> None:
    data = tmp_path / "data"
    before = report(data / "reports")
    insights("fork", str(DAY), "--at", "plan", "--set", "in_full=0", "--revisions", "0")
    short = report(data / "forks" / f"{DAY}-1")
    assert short != before == report(data / "reports")
    insights("fork", str(DAY), "--at", "plan", "--set", "in_full=0", "--publish")
    assert report(data / "reports")["items"] == short["items"]
    assert "finished already" in insights("run", str(DAY), "--papers", str(tmp_path / "day.jsonl")).output


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--at", "breakfast"], "has no step breakfast"),
        (["--at", "frame", "--set", "colour=red"], "no setting colour"),
        (["--at", "frame", "--set", "cap=900"], "from 1 to 50"),
        (["--at", "frame", "--prompt", "poem.md"], "no agent has a prompt poem"),
        (["--at", "frame", "--prompt", "frame=bad.md"], "it has to use fence"),
        (["--at", "frame", "--name", "../reports"], "fork"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else None,
)
def test_a_fork_that_cannot_be_is_refused_in_a_sentence(
    arguments: list[str], words: str, insights: Insights, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "bad.md").write_text("Write.\n---\n{{ items }}\n", encoding="utf-8")
    assert words in insights("fork", str(DAY), *arguments, code=2).output
    assert not (tmp_path / "data" / "forks").exists()


def test_steps_are_given_up_when_enough_other_days_are_finished(insights: Insights, tmp_path: Path) -> None:
    insights("run", "2024-10-06", "--source", "sample", "--keep-days", "1")
    assert "no steps of" in insights("history", str(DAY), code=1).output
    assert "review" in insights("history", "2024-10-06").output
