"""A run that is stopped or killed between model calls, or run again: no answered call is made twice."""

import asyncio
import json
import os
import shutil
import signal
import subprocess
import sys
import threading
from collections import Counter
from contextlib import suppress
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from filelock import FileLock
from pydantic import Field
from typer.testing import CliRunner

from agents.synthesizer import Written
from cli.app import app
from domain.papers import Paper
from graph.context import Context
from graph.runs import Event, run_day
from models.llm import StopRun
from models.meter import BudgetSpent
from tests import answering
from tests.answering import ModelContext
from tests.graph.model_days import DESKS, EXAM, SEVERAL, Runs, calm, check, desk, model, receipt_of, well
from tests.graph.test_runs import finished_branches
from tests.model_server import Say, asked_for
from tests.scripted import DAY, HashEmbedder, KeyedClassifier, ScriptedContext, Shelf, scripted, writes_well
from tests.threads import Told
from vectorstore.memory import Memory

ROOT = Path(__file__).parents[2]
ASKED = calm(3, len(SEVERAL))
"""What the day of three desks asks, undisturbed."""


@pytest.fixture
def day(day: Runs) -> Runs:
    """With papers for three desks."""
    day.papers = SEVERAL
    return day


def repeated(requests: list[dict[str, Any]]) -> list[str]:
    """What was asked for by questions that were answered more than once."""
    counts = Counter(json.dumps(r, sort_keys=True) for r in requests)
    questions = [answering.read(json.loads(request)) for request, times in counts.items() if times > 1]
    return ["exam" if question.is_exam else question.schema for question in questions]


@pytest.mark.parametrize("answered", range(ASKED.total()))
async def test_a_key_that_is_refused_in_the_middle_stops_the_run_and_no_answer_is_asked_for_again(
    answered: int, day: Runs
) -> None:
    right = False
    day.serve(lambda r, n: well(answering.read(r)) if right or n < answered else Say(status=401, text="no such key"))
    with pytest.raises(StopRun, match=r"refuses the key; .*OPENAI_API_KEY.*no such key"):
        await day.run()
    right = True
    outcome = await day.run()
    check(day, outcome)
    assert (outcome.kind, outcome.report.status) == ("resumed", "complete")
    assert day.answered == ASKED


BESIDE = 1 + EXAM + len(SEVERAL)
"""Calls that are made side by side: the second look, the exam and the writers."""


@pytest.mark.parametrize("answered", [0, 4, 9, BESIDE, BESIDE + 3])
async def test_without_a_cache_a_stopped_run_repeats_nothing_but_an_exam_that_was_cut_off(
    answered: int, day: Runs
) -> None:
    right = False
    day.serve(lambda r, n: well(answering.read(r)) if right or n < answered else Say(status=401))
    with pytest.raises(StopRun):
        await day.run(cache_replies=False, calls_at_once=1)
    right = True
    outcome = await day.run(cache_replies=False, calls_at_once=1)
    check(day, outcome)
    assert (outcome.kind, outcome.report.status) == ("resumed", "complete")
    assert set(repeated(day.server.answered)) <= {"exam"}
    assert answered < BESIDE or not repeated(day.server.answered)


async def test_a_stop_waits_for_the_calls_under_way_and_keeps_what_they_answer(day: Runs) -> None:
    refused, right = threading.Event(), False

    def answer(request: Any, number: int) -> Say:
        if right or asked_for(request) != "Written":
            return well(answering.read(request))
        if desk(request) == "robotics":
            refused.set()
            return Say(status=401)
        refused.wait(60)  # answered only after the refusal
        return well(answering.read(request))

    day.serve(answer)
    with pytest.raises(StopRun):
        await day.run()
    right = True
    outcome = await day.run()
    check(day, outcome)
    assert outcome.kind == "resumed"
    assert day.answered == ASKED


async def test_a_budget_stops_the_run_before_it_is_exceeded_and_a_larger_one_resumes_it(day: Runs) -> None:
    day.serve(model())
    outcome, budgets, stops = None, count(2_000, 2_500), 0
    while not outcome:
        try:
            outcome = await day.run(budget_tokens=(budget := next(budgets)))
        except BudgetSpent as stop:
            assert f"{budget:,}" in str(stop)
            assert sum(u.input_tokens + u.output_tokens for u in day.contexts[-1].meter.usage()) <= budget
            stops += 1
    check(day, outcome)
    assert stops > 2
    assert (outcome.kind, outcome.report.status) == ("resumed", "complete")
    assert day.asked == day.answered == ASKED


async def test_a_budget_that_suffices_one_call_after_the_other_does_not_stop_calls_at_once(
    day: Runs, tmp_path: Path
) -> None:
    """Each call sets aside the longest answer; three of those at once are more than this budget."""
    day.serve(model())
    budget, outcome, stops = 24_000, None, -1
    while not outcome:
        budget, stops = budget + 1_000, stops + 1
        with suppress(BudgetSpent):
            outcome = await day.run(budget_tokens=budget, calls_at_once=1)
    assert stops
    at_once = Runs(tmp_path / "at once", day.start, day.papers)
    at_once.serve(model())
    outcome = await at_once.run(budget_tokens=budget + 1_000)  # another order may need a little more
    assert outcome.kind == "written" and at_once.asked == ASKED


async def let_go(data: Path) -> bool:
    """Nobody holds the day or its checkpoints (the last connection that is closed takes the write-ahead log away), and
    nothing of the run goes on behind the test, but for the last turns of what was cancelled."""
    if others := asyncio.all_tasks() - {asyncio.current_task()}:
        await asyncio.wait(others, timeout=60)
    with FileLock(data / "locks" / f"{DAY}.lock", timeout=0):
        closed = (data / "runs.sqlite").exists() and not (data / "runs.sqlite-wal").exists()
    return closed and asyncio.all_tasks() == {asyncio.current_task()}


CUTS = {
    "the first step": ("begin", "begun", 1),
    "the exam": ("examine", "done", 1),
    "between two steps": ("plan", "done", 1),
    "one of three questions": ("critique", "begun", 2),
    "the last section": ("section", "done", 3),
    "the frame": ("frame", "done", 1),
    "before the report": ("publish", "begun", 1),
    "before the memory": ("publish", "done", 1),
    "the end": ("remember", "done", 1),
}
BESIDE_OTHERS = ("examine", "critique")
"""Steps that run while other steps ask the model; what is asked when the run ends is given up and asked again."""


@pytest.mark.parametrize("cut", CUTS)
async def test_a_watcher_that_fails_ends_the_run_which_goes_on_where_it_was(cut: str, tmp_path: Path) -> None:
    """Standard output may be a pipe that somebody closes."""
    step, kind, times = CUTS[cut]
    seen: Counter[tuple[str, str]] = Counter()

    def closed(event: Event) -> None:
        seen[event.step, event.kind] += 1
        if seen[step, kind] == times:
            raise BrokenPipeError

    first, second = (scripted(tmp_path, **MANY) for _ in range(2))
    with pytest.raises(BrokenPipeError):
        await run_day(DAY, first, watch=closed)
    assert await let_go(tmp_path)
    outcome = await run_day(DAY, second)
    kind_of_end = "skipped" if cut == "the end" else "resumed"  # nothing was left to do
    assert (outcome.kind, outcome.report.status) == (kind_of_end, "complete")
    asked, answered = Counter(second.llm.asked), Counter(first.llm.asked)
    assert asked + answered >= CALLS
    if step not in BESIDE_OTHERS:
        assert asked + answered == CALLS
    with second.memory() as memory:
        assert memory.counts()["papers"] == len(SEVERAL)
    assert await let_go(tmp_path)


MANY: dict[str, Any] = {"shelves": (Shelf({DAY: SEVERAL}),), "in_full": len(SEVERAL)}
CALLS = Counter(
    [(ask, key) for ask in (*["synthesize"] * 3, "critique") for key in DESKS]
    + [("frame", None), ("critique", "frame")]
)
"""What the scripted model is asked on an undisturbed day."""


async def test_a_report_that_is_taken_away_before_its_cut_off_run_goes_on_is_written_again(tmp_path: Path) -> None:
    def closed(event: Event) -> None:
        if (event.step, event.kind) == ("publish", "done"):
            raise BrokenPipeError

    with pytest.raises(BrokenPipeError):
        await run_day(DAY, ScriptedContext(data=str(tmp_path)), watch=closed)
    shutil.rmtree(tmp_path / "reports")
    outcome = await run_day(DAY, ScriptedContext(data=str(tmp_path)))
    assert outcome.kind == "written" and (outcome.folder / "report.md").exists()


async def test_a_bug_in_one_section_ends_the_run_which_goes_on_when_it_is_mended(tmp_path: Path) -> None:
    def breaks(paper: Paper, **values: Any) -> Written:
        if paper.title.startswith("Robot"):
            raise ZeroDivisionError
        return writes_well(paper, **values)

    with pytest.raises(ZeroDivisionError):
        await run_day(DAY, scripted(tmp_path, synthesize=breaks, **MANY))
    assert await let_go(tmp_path)
    outcome = await run_day(DAY, scripted(tmp_path, **MANY))
    assert (outcome.kind, outcome.report.status) == ("resumed", "complete")


@pytest.mark.parametrize("end", [BrokenPipeError, asyncio.CancelledError])
async def test_a_run_that_ends_while_an_answer_is_awaited_gives_it_up_and_can_be_resumed(
    end: type[BaseException], day: Runs
) -> None:
    awaited, over = Told(), False

    def answer(request: Any, number: int) -> Say:
        if not over and desk(request) == "robotics":
            awaited.set()
            return Say(hang=True)
        return well(answering.read(request))

    def watch(event: Event) -> None:
        if end is BrokenPipeError and (event.step, event.kind) == ("synthesize", "done"):
            raise end

    day.serve(answer)
    run = asyncio.create_task(run_day(DAY, ModelContext(data=str(day.data), **MANY), watch=watch))
    if end is asyncio.CancelledError:
        await awaited.wait()
        run.cancel()
    with pytest.raises(end):
        await run
    assert await let_go(day.data)
    over = True
    outcome = await day.run()
    assert (outcome.kind, outcome.report.status) == ("resumed", "complete")
    assert day.answered["Outline"] == 1 <= day.answered["Choices"] <= 2  # it may have been asked side by side


class Slow(ScriptedContext):
    """Its memory, once it is to be written, is opened only when the test lets it."""

    writes: Told = Field(default_factory=Told)
    goes_on: threading.Event = Field(default_factory=threading.Event)

    def memory(self) -> Memory:
        if self.writing.locked():
            self.writes.set()
            self.goes_on.wait()
        return super().memory()


async def test_a_run_that_is_cancelled_while_it_writes_ends_only_when_that_is_written(tmp_path: Path) -> None:
    slow = Slow(data=str(tmp_path))
    run = asyncio.create_task(run_day(DAY, slow))
    try:
        await slow.writes.wait()
        run.cancel()
        for _ in range(100):
            await asyncio.sleep(0)
        assert not run.done()
    finally:
        slow.goes_on.set()
    with pytest.raises(asyncio.CancelledError):
        await run
    assert slow.goes_on.is_set() and await let_go(tmp_path)
    assert (await run_day(DAY, ScriptedContext(data=str(tmp_path)))).kind == "resumed"


async def test_a_finished_day_that_is_run_again_asks_nothing_that_was_answered(day: Runs) -> None:
    day.serve(model())
    first = await day.run()
    again = await day.run(again=True)
    assert day.asked == ASKED
    assert (again.kind, again.report) == ("written", first.report)
    # The items are taken over from the memory; the exam, the second look and the frame are answered by the cache.
    usage = receipt_of(again).usage
    assert sum(u.calls for u in usage) == sum(u.cached for u in usage) == EXAM + 3
    assert sum(u.input_tokens + u.output_tokens for u in usage) == 0


RUN = """
import asyncio, sys
from graph.runs import run_day
from tests.answering import ModelContext
from tests.graph.test_stops import MANY
from tests.scripted import DAY

context = ModelContext(data=sys.argv[1], cache_replies=sys.argv[2] == "True", **MANY)
asyncio.run(run_day(DAY, context, watch=lambda e: print(e.step, e.desk, e.kind, flush=True)))
"""


@pytest.mark.parametrize("cached", [True, False], ids=["cache", "no cache"])
@pytest.mark.parametrize(
    ("held", "others", "unanswered"),
    [
        (
            ("robotics", "Written"),
            ["synthesize audio done", "synthesize quantum done"] * 3 + ["examine None done", "look None done"],
            {"Written": 3, "Verdicts": 4, "Outline": 1},
        ),
        (
            ("quantum", "Verdicts"),
            ["section audio done", "section robotics done", "frame None done"],
            {"Verdicts": 2},
        ),
    ],
    ids=["a writer", "a judge"],
)
async def test_a_run_killed_in_the_middle_of_its_calls_repeats_only_the_one_without_an_answer(
    held: tuple[str, str], others: list[str], unanswered: dict[str, int], cached: bool, day: Runs, tmp_path: Path
) -> None:
    """Each of them: a writer is asked of every paper of its desk."""
    killed, arrived = threading.Event(), threading.Semaphore(0)
    alike = unanswered[held[1]] if held[1] == "Written" else 1

    def answer(request: Any, number: int) -> Say:
        if not killed.is_set() and (desk(request), asked_for(request)) == held:
            arrived.release()
            killed.wait()
            return Say(drop=True)
        return well(answering.read(request))

    day.serve(answer)
    process = subprocess.Popen(
        [sys.executable, "-c", RUN, str(day.data), str(cached)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    try:
        assert process.stdout is not None
        waited = Counter(others)
        while waited.total():
            line = process.stdout.readline()
            assert line, f"it ended before {waited}"
            waited -= Counter([line.strip()])
        for _ in range(alike):
            assert arrived.acquire(timeout=60)
        # The events may be a moment ahead of the writes.
        while finished_branches(day.data, "%") < Counter(others).total():
            assert process.poll() is None
    finally:
        os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
        killed.set()
    assert Counter(day.answered) == ASKED - Counter(unanswered)

    outcome = await day.run(cache_replies=cached)
    assert outcome.kind == "resumed"
    assert repeated(day.server.answered) == [] and day.answered == ASKED
    assert day.asked == ASKED + Counter([held[1]] * alike)
    undisturbed = Runs(tmp_path / "calm", day.start, day.papers)
    undisturbed.serve(model())
    assert outcome.report == (await undisturbed.run()).report


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
    assert "resumed" in partial.output and "quoted only" in partial.output
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
