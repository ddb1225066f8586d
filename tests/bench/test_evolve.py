"""A search for a better prompt believes what holds on days that it never saw, and writes nothing else."""

import json
import re
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from typer.testing import CliRunner

import prompts
from bench.frozen import save
from cli.app import app
from tests import answering
from tests.answering import Question, item, verdicts
from tests.bench.days import frozen, model
from tests.model_server import Answer, ModelServer

RULE = "- hook: 초록이 둔 범위를 제목에서도 지킨다. 모든 것에 통한다고 말하지 않는다.\n"
BOAST = "모든 과제에서 최고다"
FIRST = date(2026, 11, 10)
DAYS = [FIRST + timedelta(days=n) for n in range(4)]


@pytest.fixture
def days(tmp_path: Path) -> Path:
    for place, day in enumerate(DAYS):
        save(frozen(1 + 10 * place, papers=4, day=day), tmp_path / "days")
    return tmp_path


def writer(keeps: Callable[[str, str], bool]) -> Callable[[Question], Any]:
    """Boasts of every paper but those for which the prompt ``keeps`` it from that: (prompt, title)."""

    def write(question: Question) -> Any:
        (title, _), told = question.paper, item(question)
        return (
            told
            if keeps(question.system, title)
            else {**told, "hook": f"{title}: {BOAST}", "results": [f"{title}: {BOAST}."]}
        )

    return write


def judge(question: Question) -> Any:
    return verdicts(question, doubts=lambda text: "no sentence says 'every task'" if BOAST in text else "")


def revising(answer: Answer, revised: Callable[[str, str], str]) -> Answer:
    """The same model, which rewrites a prompt by (its text, what was wrong)."""

    def say(request: Any, number: int) -> Any:
        user = str(request["messages"][-1]["content"])
        found = re.search(r"THE PROMPT\n\n(.*)\n(==\w+==)\nWHAT WAS WRONG\n(.*)", user, re.DOTALL)
        if found:
            return type(answer(ANY, 0))(answering.text({"text": revised(found[1], found[3])}))
        return answer(request, number)

    return say


ANY: dict[str, Any] = {"messages": [{"role": "user", "content": "?"}]}


def insights(folder: Path, *more: object) -> Result:
    arguments = (
        "prompts",
        "evolve",
        "ko/synthesize",
        "--model",
        "openai:scripted",
        "--exam",
        0,
        "--data",
        folder,
        *more,
    )
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


def test_a_search_finds_the_rule_that_was_missing_and_hands_it_over_as_a_file(
    days: Path, server: Callable[[Answer], ModelServer]
) -> None:
    def revised(text: str, reasons: str) -> str:
        assert "no sentence says 'every task'" in reasons, "the critic's reason is what the model is told"
        return text.replace("- results:", f"{RULE}- results:", 1)

    keeps = writer(lambda prompt, title: RULE.strip() in prompt)
    server(revising(model(Written=keeps, Verdicts=judge), revised))
    before = prompts.load("ko/synthesize")
    done = insights(days, "--budget", 30_000, "--json")
    assert done.exit_code == 0, done.output
    found = json.loads(done.stdout)
    assert found["accepted"] and found["held_back"]["a"] < 0.5 < 0.9 < found["held_back"]["b"]
    assert found["held_days"] == [day.isoformat() for day in DAYS[2:]] and found["tokens"] >= 30_000
    (file,) = (days / "candidates").rglob("*.md")
    assert RULE in file.read_text() and prompts.load("ko/synthesize") == before


def test_a_text_that_only_fits_the_days_it_saw_is_refused(days: Path, server: Callable[[Answer], ModelServer]) -> None:
    def revised(text: str, reasons: str) -> str:
        named = sorted(set(re.findall(r"\w+ Study \d+", reasons)))
        return text.replace("- results:", f"- 다음 논문은 겸손하게: {', '.join(named)}.\n- results:", 1)

    keeps = writer(lambda prompt, title: re.search(rf"겸손하게:.*\b{title}\b", prompt) is not None)
    server(revising(model(Written=keeps, Verdicts=judge), revised))
    done = insights(days, "--budget", 30_000)
    assert done.exit_code == 1, done.output
    assert "refused:" in done.output and "may only fit the days it saw" in done.output
    assert not (days / "candidates").exists()


def test_a_rewritten_text_with_slips_is_never_tried(days: Path, server: Callable[[Answer], ModelServer]) -> None:
    keeps = writer(lambda prompt, title: False)
    broken: Callable[[str, str], str] = lambda text, _: text.replace("if name %}", "if names %}")  # noqa: E731
    server(revising(model(Written=keeps, Verdicts=judge), broken))
    done = insights(days, "--budget", 30_000)
    assert done.exit_code == 1, done.output
    assert "there is no value names; did you mean name?" in done.output
    assert "nothing better was found" in done.output and "1 texts tried" in done.output
