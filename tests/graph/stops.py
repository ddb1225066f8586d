"""A run that is stopped or killed between model calls, or run again: no answered call is made twice.

Run by name, alone: ``pytest tests/graph/stops.py`` (25 tests, 33 s). Not part of the suite yet, for the reason that
``faults.py`` gives.
"""

import json
import os
import signal
import subprocess
import sys
import threading
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from agents.llm import StopRun
from agents.meter import BudgetSpent
from cli.app import app
from graph.context import Context
from tests import answering
from tests.graph.model_days import CALM, Runs, category, check, model, receipt_of, well
from tests.graph.test_runs import finished_branches
from tests.model_server import Say, asked_for
from tests.scripted import HashEmbedder, KeyedClassifier

ROOT = Path(__file__).parents[2]


def repeated(requests: list[dict[str, Any]]) -> list[str]:
    """What was asked for by questions that were answered more than once."""
    counts = Counter(json.dumps(r, sort_keys=True) for r in requests)
    return [asked_for(json.loads(question)) for question, times in counts.items() if times > 1]


@pytest.mark.parametrize("answered", range(CALM.total()))
async def test_a_key_that_is_refused_in_the_middle_stops_the_run_and_no_answer_is_asked_for_again(
    answered: int, day: Runs
) -> None:
    right = False
    day.serve(lambda r, n: well(answering.read(r)) if right or n < answered else Say(status=401, text="no such key"))
    with pytest.raises(StopRun, match=r"refuses the key: .*no such key.*OPENAI_API_KEY"):
        await day.run()
    right = True
    outcome = await day.run()
    check(outcome, day.server)
    assert (outcome.kind, outcome.report.status) == ("resumed", "complete")
    assert day.answered == CALM


@pytest.mark.parametrize("answered", range(CALM.total()))
async def test_without_a_cache_a_stopped_run_repeats_at_most_the_step_that_was_stopped(
    answered: int, day: Runs
) -> None:
    right = False
    day.serve(lambda r, n: well(answering.read(r)) if right or n < answered else Say(status=401))
    with pytest.raises(StopRun):
        await day.run(cache_replies=False, calls_at_once=1)
    right = True
    outcome = await day.run(cache_replies=False, calls_at_once=1)
    check(outcome, day.server)
    assert (outcome.kind, outcome.report.status) == ("resumed", "complete")
    # The overview is one step of two calls: written, then judged.
    assert repeated(day.server.answered) == (["Overview"] if answered == CALM.total() - 1 else [])


async def test_a_stop_waits_for_the_calls_under_way_and_keeps_what_they_answer(day: Runs) -> None:
    refused, right = threading.Event(), False

    def answer(request: Any, number: int) -> Say:
        if right or asked_for(request) != "Draft":
            return well(answering.read(request))
        if category(request) == "robotics":
            refused.set()
            return Say(status=401)
        refused.wait()  # answered only after the refusal
        return well(answering.read(request))

    day.serve(answer)
    with pytest.raises(StopRun):
        await day.run()
    right = True
    outcome = await day.run()
    check(outcome, day.server)
    assert outcome.kind == "resumed"
    assert day.answered == CALM


async def test_a_budget_stops_the_run_before_it_is_exceeded_and_a_larger_one_resumes_it(day: Runs) -> None:
    day.serve(model())
    outcome, budgets, stops = None, iter(range(8_000, 40_000, 1_000)), 0
    while not outcome:
        try:
            outcome = await day.run(budget_tokens=(budget := next(budgets)))
        except BudgetSpent as stop:
            assert f"{budget:,}" in str(stop)
            assert sum(u.input_tokens + u.output_tokens for u in day.contexts[-1].meter.usage()) <= budget
            stops += 1
    check(outcome, day.server)
    assert stops > 2
    assert (outcome.kind, outcome.report.status) == ("resumed", "complete")
    assert day.asked == day.answered == CALM


async def test_a_budget_that_suffices_one_call_after_the_other_does_not_stop_calls_at_once(day: Runs) -> None:
    """Each call sets aside the longest answer; three of those at once are more than this budget."""
    day.serve(model())
    outcome = await day.run(budget_tokens=20_000)
    assert outcome.kind == "written" and day.asked == CALM


async def test_a_finished_day_that_is_run_again_asks_nothing_that_was_answered(day: Runs) -> None:
    day.serve(model())
    first = await day.run()
    again = await day.run(again=True)
    assert day.asked == CALM
    assert (again.kind, again.report) == ("written", first.report)
    usage = receipt_of(again).usage
    assert sum(u.calls for u in usage) == sum(u.cached for u in usage) == CALM.total()
    assert sum(u.input_tokens + u.output_tokens for u in usage) == 0


RUN = """
import asyncio, sys
from graph.runs import run_day
from tests.answering import ModelContext
from tests.scripted import DAY

asyncio.run(run_day(DAY, ModelContext(data=sys.argv[1], cache_replies=sys.argv[2] == "True")))
"""


@pytest.mark.parametrize("cached", [True, False], ids=["cache", "no cache"])
async def test_a_run_killed_in_the_middle_of_its_calls_repeats_only_those_without_an_answer(
    cached: bool, day: Runs, tmp_path: Path
) -> None:
    killed = threading.Event()
    held = {("robotics", "Draft"): threading.Event(), ("quantum", "Verdicts"): threading.Event()}

    def answer(request: Any, number: int) -> Say:
        if not killed.is_set() and (arrived := held.get((str(category(request)), asked_for(request)))):
            arrived.set()
            killed.wait()
            return Say(drop=True)
        return well(answering.read(request))

    day.serve(answer)
    process = subprocess.Popen(
        [sys.executable, "-c", RUN, str(day.data), str(cached)], cwd=ROOT, start_new_session=True
    )
    try:
        for arrived in held.values():
            assert arrived.wait(60)
        while finished_branches(day.data) < 1:
            assert process.poll() is None
    finally:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        killed.set()
    before = Counter(day.answered)
    assert before == Counter({"Choices": 1, "Draft": 2, "Verdicts": 1})

    outcome = await day.run(cache_replies=cached)
    assert outcome.kind == "resumed"
    assert repeated(day.server.answered) == [] and day.answered == CALM
    assert day.asked == CALM + Counter(["Draft", "Verdicts"])
    calm = Runs(tmp_path / "calm", day.start)
    calm.serve(model())
    assert outcome.report == (await calm.run()).report


def test_the_command_says_why_it_stopped_or_what_is_missing_by_its_exit_code(
    day_server: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    says = Say(status=401, text="no such key")

    def answer(request: Any, number: int) -> Say:
        return says if says.status != 200 else well(answering.read(request))

    day_server(answer)
    monkeypatch.setattr(Context, "embed", HashEmbedder())
    monkeypatch.setattr(Context, "classifier", KeyedClassifier())
    monkeypatch.setenv("INSIGHTS_ATTEMPTS", "1")
    papers = tmp_path / "day.jsonl"
    papers.write_text(json.dumps(ROBOTS) + "\n", encoding="utf-8")
    command = [
        "run",
        "2025-09-01",
        "--papers",
        str(papers),
        "--model",
        "openai:scripted",
        "--data",
        str(tmp_path / "d"),
    ]
    run = CliRunner()
    stopped = run.invoke(app, command)
    assert stopped.exit_code == 1 and "OPENAI_API_KEY" in stopped.output
    says = Say(status=503, text="under maintenance")
    partial = run.invoke(app, command)
    assert partial.exit_code == 3, partial.output
    assert "resumed" in partial.output and "quoted only, because the model failed: robotics" in partial.output
    says = Say()
    complete = run.invoke(app, [*command, "--again"])
    assert complete.exit_code == 0, complete.output


ROBOTS = {
    "id": "2611.00001",
    "title": "Robot Arms That Grasp",
    "summary": "We propose Robot Arms That Grasp. Experiments show that it improves accuracy by 1.5% over the "
    "baseline. However, its limits on long inputs remain unclear.",
    "authors": ["A. Author"],
    "categories": ["cs.RO"],
}
